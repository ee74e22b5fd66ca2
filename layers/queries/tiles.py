"""One vector tile of one layer, as of one of its revisions (EPSG:3857; Mapbox Vector Tile 2.1)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.db import connections
from django.db.backends.postgresql.psycopg_any import sql

from layers import catalogue
from layers.declare import Layer
from layers.queries import prepared
from layers.queries.files import sql_file
from layers.revisions import Revision

CONNECTION = "tiles"

# A boolean expression over a shape in EPSG:3857, to be formatted with `geom`; publishing keeps it as `plain_shape`.
PLAIN_SHAPE = sql_file("plain_shape")

# From here on a map enlarges tiles: a coordinate of a z17 tile is 7 cm on the ground, finer than any survey.
DEEPEST = 17
# No tile is heavier, in bytes before compression; one with more features is not even tried.
HEAVIEST, MOST_FEATURES = 500_000, 25_000
# Half the width of EPSG:3857's world in metres, and how many units a tile counts along an edge.
HALF_WORLD, EXTENT = 20037508.342789244, 4096
# How far beyond the tile's edge shapes are drawn, in units (8 are a pixel): half a line's width, half a symbol.
MARGIN = {"MULTIPOLYGON": 32, "MULTILINESTRING": 64, "POINT": 128}

# Before this zoom a shape may stray so many units from its true line (a quarter of a pixel): a zone of thousands of
# vertices is made three times as fast and weighs a quarter. Parcels share their edges and are never simplified.
EXACT_FROM, STRAY = 15, 2

SIMPLE = "CASE WHEN %(stray)s > 0 THEN ST_Simplify(geom_3857, %(stray)s, true) ELSE geom_3857 END"
PLAIN = "ST_SnapToGrid(ST_TransScale(geom_3857, %(dx)s, %(dy)s, %(scale)s, -%(scale)s), 0, 0, 1, 1)"
WINDOW = "ST_MakeEnvelope(%(left)s, %(bottom)s, %(right)s, %(top)s, 3857)"
BOX = "ST_MakeBox2D(ST_Point(%(west)s, %(south)s), ST_Point(%(east)s, %(north)s))"
SIZE = "ST_XMax(geom_3857) - ST_XMin(geom_3857) + ST_YMax(geom_3857) - ST_YMin(geom_3857)"


@dataclass(frozen=True)
class Tile:
    """`digest` is the revision's (None: the layer has no such revision); `cut`: something was left out."""

    digest: str | None
    data: bytes
    cut: bool


def zooms(layer: Layer) -> range:
    """The zooms at which a layer has tiles."""
    return range(layer.minzoom, min(layer.maxzoom, DEEPEST) + 1)


def revisions_at(snapshot: int) -> dict[str, Revision]:
    """The newest revision of every layer within a snapshot, by slug."""
    newest = Revision.objects.filter(number__lte=snapshot).order_by("layer", "-number").distinct("layer")
    return {revision.layer: revision for revision in newest}


def tile(layer: Layer, revision: int, z: int, x: int, y: int) -> Tile:
    """The layer's rows of that revision in a tile. Raises OperationalError when it takes longer than the connection's
    time-out allows."""
    whole, cut = statements(layer.slug)
    values = place(layer, z, x, y) | {"revision": revision, "most": MOST_FEATURES + 1}
    [(digest, features, data)] = prepared.rows(CONNECTION, whole, values)
    if features <= MOST_FEATURES and len(data) <= HEAVIEST:
        return Tile(digest, bytes(data), cut=False)
    weight = 0.9 * HEAVIEST
    while True:
        [(digest, _, data)] = prepared.rows(CONNECTION, cut, values | {"weight": int(weight)})
        if len(data) <= HEAVIEST:
            return Tile(digest, bytes(data), cut=True)
        weight *= 0.9 * HEAVIEST / len(data)


def place(layer: Layer, z: int, x: int, y: int) -> dict[str, object]:
    """Where a tile lies in EPSG:3857 (metres), and the way from there to its own units; constants, so PostGIS need not
    compute them for every row."""
    width = 2 * HALF_WORLD / 2**z
    west, north = x * width - HALF_WORLD, HALF_WORLD - y * width
    east, south = west + width, north - width
    margin = MARGIN[layer.geometry_type or ""] * width / EXTENT
    return {
        "west": west,
        "south": south,
        "east": east,
        "north": north,
        "left": west - margin,
        "bottom": south - margin,
        "right": east + margin,
        "top": north + margin,
        "dx": -west,
        "dy": -north,
        "scale": EXTENT / width,
        "stray": STRAY * width / EXTENT if z < EXACT_FROM else 0.0,
    }


@cache
def statements(slug: str) -> tuple[str, str]:
    """The statement for a layer's tile, and the one for a tile that must be cut."""
    layer = catalogue.get(slug)
    margin = MARGIN[layer.geometry_type or ""]
    has_plain = any(column.name == "plain_shape" for column in layer.model._meta.fields)
    source = "geom_3857" if has_plain else SIMPLE
    clipped = f"ST_AsMVTGeom({source}, {BOX}, {EXTENT}, {margin})"
    parts = {
        "slug": sql.Literal(slug),
        "table": sql.Identifier(layer.table),
        "fields": sql.SQL("").join(sql.SQL("{}, ").format(sql.Identifier(name)) for name in layer.tile_fields),
        "shape": sql.SQL(f"CASE WHEN plain_shape THEN {PLAIN} ELSE {clipped} END" if has_plain else clipped),
        "coarse": sql.SQL(f"ST_AsMVTGeom({source}, {BOX}, {EXTENT // 4}, {margin // 4})"),
        "size": sql.SQL(SIZE),
        "window": sql.SQL(WINDOW),
    }
    connections[CONNECTION].ensure_connection()
    whole, cut = (
        sql.SQL(sql_file(name)).format(**parts).as_string(connections[CONNECTION].connection)
        for name in ("tile", "tile_cut")
    )
    return whole, cut
