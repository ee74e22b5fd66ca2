"""The table of base maps of others that visitors may choose under our layers."""

from __future__ import annotations

from django.db import models


class BaseMap(models.Model):
    """A raster map of somebody else, checked once when it was added.

    `tiles` is a template of tile addresses ({z}, {x}, {y}, or {bbox-epsg-3857} in metres of EPSG:3857), or, for
    `pmtiles`, the address of the archive. `address` is what the operator typed.
    """

    class Kind(models.TextChoices):
        XYZ = "xyz"
        WMS = "wms"
        WMTS = "wmts"
        PMTILES = "pmtiles"
        FILE = "file"  # an archive of ours, in the data folder

    name = models.SlugField(max_length=40, unique=True)
    title_vi = models.CharField(max_length=80)
    title_en = models.CharField(max_length=80)
    attribution = models.CharField(max_length=200)
    kind = models.CharField(max_length=8, choices=Kind)
    address = models.CharField(max_length=2000)
    tiles = models.CharField(max_length=4000)
    tile_size = models.PositiveSmallIntegerField()
    minzoom = models.PositiveSmallIntegerField()
    maxzoom = models.PositiveSmallIntegerField()
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["title_vi", "name"]

    def __str__(self) -> str:
        return self.name
