"""Rows that are never overwritten: each is one version of a feature, between two revisions.

A feature keeps its `feature_id` for ever (public addresses, tile ids); a row is what was known of it from the
revision `since` up to, but not including, the revision `until` (NULL: still known so today).
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GistIndex, OpClass
from django.db.models import Func, Q

NOW = Q(until__isnull=True)
PAST = Q(until__isnull=False)


def spatial_index(column: str, condition: Q, name: str) -> GistIndex:
    """A partial index of shapes. Written as an expression, because GeoDjango drops the condition of an index that
    names a geometry field (its schema editor makes a plain spatial index of it)."""
    return GistIndex(OpClass(column, "gist_geometry_ops_2d"), condition=condition, name=name)


class Fold(Func):
    """Text folded for search by the one function of the database (marks, case, đ, NFD, quí/quý)."""

    function = "public.portal_fold"
    arity = 1


class FoldNumber(Func):
    """A sheet or parcel number folded for search: '045' and '45', 'TĐ03-2014' and 'td3-2014' are one."""

    function = "public.portal_fold_number"
    arity = 1


class Versioned(models.Model):
    """A row of a revisioned table. Only `importers.publish` writes such rows."""

    row_id = models.BigAutoField(primary_key=True)
    feature_id = models.BigIntegerField()
    since = models.IntegerField()
    until = models.IntegerField(null=True)
    digest = models.UUIDField()

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["feature_id"], condition=NOW, name="%(class)s_one_now"),
        ]
        indexes = [
            models.Index(fields=["feature_id", "since"], name="%(class)s_history"),
        ]


class Drawn(Versioned):
    """A version with a shape: `geom` in the province's VN-2000 plane (EPSG:9209, metres), where areas are legal;
    `geom_3857` the same shape for tiles, filled on publishing; `accuracy_m` the record's own accuracy, if known.
    """

    accuracy_m = models.FloatField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)
    surveyed_on = models.DateField(null=True, blank=True)

    class Meta(Versioned.Meta):
        abstract = True
        indexes = [
            *Versioned.Meta.indexes,
            spatial_index("geom", NOW, "%(class)s_geom_now"),
            spatial_index("geom", PAST, "%(class)s_geom_past"),
            spatial_index("geom_3857", NOW, "%(class)s_tile_now"),
            spatial_index("geom_3857", PAST, "%(class)s_tile_past"),
        ]


class Areas(Drawn):
    geom = models.MultiPolygonField(srid=settings.STORAGE_SRID, spatial_index=False)
    geom_3857 = models.MultiPolygonField(srid=3857, spatial_index=False)

    class Meta(Drawn.Meta):
        abstract = True


class Lines(Drawn):
    geom = models.MultiLineStringField(srid=settings.STORAGE_SRID, spatial_index=False)
    geom_3857 = models.MultiLineStringField(srid=3857, spatial_index=False)

    class Meta(Drawn.Meta):
        abstract = True


class Points(Drawn):
    geom = models.PointField(srid=settings.STORAGE_SRID, spatial_index=False)
    geom_3857 = models.PointField(srid=3857, spatial_index=False)

    class Meta(Drawn.Meta):
        abstract = True
