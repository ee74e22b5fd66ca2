"""Derived twins of the report's layers: the same shapes cut small, so that an index finds the piece that matters.

A zone of 12,000 vertices is asked about a parcel of six: `ZonePiece` holds its area (or line, or point) and
`ZoneEdge` its boundary, both cut by ST_Subdivide at 64 vertices; `CoveragePiece` the same of surveyed ground.
They copy what the answer needs of the record, so one query decides for all layers. Publishing fills them.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.gis.db import models

from layers.versioned import NOW, PAST, spatial_index


class Piece(models.Model):
    piece_id = models.BigAutoField(primary_key=True)
    layer = models.SlugField(max_length=60, db_index=False)
    row_id = models.BigIntegerField()
    since = models.IntegerField()
    until = models.IntegerField(null=True)
    geom = models.GeometryField(srid=settings.STORAGE_SRID, spatial_index=False)

    class Meta:
        abstract = True
        indexes = [
            spatial_index("geom", NOW, "%(class)s_now"),
            spatial_index("geom", PAST, "%(class)s_past"),
            models.Index(fields=["layer", "row_id"], name="%(class)s_row"),
        ]


class ZonePiece(Piece):
    """`overlap_m2`: of a layer that covers the ground, the ground (m²) that a piece shares with those of its layer that
    stood when it was published or came with it. Of any two that hold at one snapshot the later one has counted what
    they share, so no piece ever changes: where the sum is nothing, nothing is covered twice. NULL: nobody looked."""

    accuracy_m = models.FloatField(null=True)
    whole_parcels = models.BooleanField()
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    state = models.CharField(max_length=20)
    overlap_m2 = models.FloatField(null=True)

    class Meta(Piece.Meta):
        indexes = [*Piece.Meta.indexes, models.Index(fields=["accuracy_m"], name="zonepiece_accuracy")]


class ZoneEdge(Piece):
    pass


class CoveragePiece(Piece):
    accuracy_m = models.FloatField(null=True)
