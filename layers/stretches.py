"""Where measuring pays: stretches of zones' borders that leave answers of parcels undecided. Computed after publishing.

The exact definition stands in `layers/sql/stretches.sql`, for officers in docs/desk.md.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.gis.db import models


class Measurable(models.Model):
    """That the stretches of a layer were looked for: as of which snapshot and day, and what came out.

    `answers` of parcels are undecided by the layer; measuring borders alone would make `by_zone` of them certain,
    measuring parcels alone `by_own` of the rest."""

    layer = models.SlugField(max_length=60, primary_key=True)
    snapshot = models.IntegerField()
    day = models.DateField()
    computed_at = models.DateTimeField()
    answers = models.IntegerField()
    by_zone = models.IntegerField()
    by_own = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.layer}, snapshot {self.snapshot}"


class Stretch(models.Model):
    """A part of a zone's border (a line, EPSG:9209), or a zone that is a point. Of the record only its row: what it is
    called is read where it is shown. Counts as in `stretches.sql`."""

    layer = models.SlugField(max_length=60, db_index=False)
    row_id = models.BigIntegerField()
    commune_code = models.CharField(max_length=5, blank=True)
    length_m = models.FloatField()
    won = models.IntegerField()
    shared = models.IntegerField()
    own = models.IntegerField()
    neither = models.IntegerField()
    geom = models.GeometryField(srid=settings.STORAGE_SRID, spatial_index=False)

    class Meta:
        indexes = [models.Index(fields=["layer", "row_id"], name="stretch_row")]

    def __str__(self) -> str:
        return f"{self.layer} {self.row_id}: {self.won} in {self.length_m:.0f} m"
