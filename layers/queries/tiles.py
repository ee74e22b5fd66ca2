"""One vector tile of one layer, as of one of its revisions (EPSG:3857, extent 4096, Mapbox vector tile 2)."""

from __future__ import annotations

from pathlib import Path

from layers.declare import Layer
from layers.revisions import Revision

SQL = Path(__file__).resolve().parent.parent / "sql"

# A boolean expression over a shape in EPSG:3857, to be formatted with `geom`; publishing keeps it as `plain_shape`.
PLAIN_SHAPE = (SQL / "plain_shape.sql").read_text(encoding="utf-8")

# From here on a map enlarges tiles: a coordinate of a z17 tile is 7 cm on the ground, finer than any survey.
DEEPEST = 17


def zooms(layer: Layer) -> range:
    """The zooms at which a layer has tiles."""
    return range(layer.minzoom, min(layer.maxzoom, DEEPEST) + 1)


def revisions_at(snapshot: int) -> dict[str, Revision]:
    """The newest revision of every layer within a snapshot, by slug."""
    newest = Revision.objects.filter(number__lte=snapshot).order_by("layer", "-number").distinct("layer")
    return {revision.layer: revision for revision in newest}
