"""A layer as the public may see it: its declaration as JSON, the address of its tiles, the page of a record.

What is not public does not pass here: only `Layer.public_fields` are named, and a declaration checks at start that
label, search and tile fields are among them.
"""

from __future__ import annotations

import hashlib
import json
from urllib.parse import quote

from layers import catalogue
from layers.declare import Field, Layer, LegendClass, Words
from layers.ground.parcels import PARCELS
from layers.queries import snapshots, tiles
from layers.revisions import Revision

# Goes up when the way tiles are made changes, so that no browser keeps one of the old kind under a new address.
TILE_FORMAT = 2

SHAPES = {
    "POLYGON": "area",
    "MULTIPOLYGON": "area",
    "LINESTRING": "line",
    "MULTILINESTRING": "line",
    "POINT": "point",
    "MULTIPOINT": "point",
}


def tile_token(layer: Layer, digest: str) -> str:
    """Eight hexadecimal signs that change with everything a tile's content depends on besides its revision's number:
    the revision's digest, what the declaration puts into a tile, and the format."""
    columns = [(name, layer.column(name).get_internal_type()) for name in layer.tile_fields]
    said = json.dumps([TILE_FORMAT, digest, layer.slug, layer.geometry_type, columns])
    return hashlib.sha256(said.encode()).hexdigest()[:8]


def tile_address(layer: Layer, snapshot: int) -> str | None:
    """The template of the addresses of a layer's tiles as of a snapshot, with {z}, {x} and {y} left open.

    None when the layer had not been published by then."""
    revision = snapshots.of_layer(layer.slug, snapshot)
    return address_of(layer, revision) if revision else None


def address_of(layer: Layer, revision: Revision) -> str:
    return f"/tiles/{layer.slug}/{revision.number}-{tile_token(layer, revision.digest)}/{{z}}/{{x}}/{{y}}.mvt"


def feature_address(layer: Layer, feature_id: int, code: str | None = None) -> str:
    """The page of a record: a parcel has its own, a procedure that of its `code`; every other record is shown on the
    map, marked."""
    if layer is PARCELS:
        return f"/parcels/{feature_id}"
    if code:
        return f"/procedures/{quote(code, safe='')}"
    return f"/map?layer={layer.slug}&feature={feature_id}"


def point_address(lon: float, lat: float) -> str:
    """The page of what is at a place (degrees, WGS 84)."""
    return f"/identify?lon={lon}&lat={lat}"


def map_layers(snapshot: int) -> list[dict[str, object]]:
    """Every layer of the map as of a snapshot: the ground first, then the themes in their fixed order."""
    revisions = tiles.revisions_at(snapshot)
    return [layer_json(layer, revisions.get(layer.slug)) for layer in catalogue.mapped()]


def layer_json(layer: Layer, revision: Revision | None) -> dict[str, object]:
    """A declaration as JSON. `geometry` is area, line or point; `tiles` is None while nothing is published;
    `tiles_maxzoom` the deepest zoom with tiles of its own: a map enlarges those for what lies deeper. `covers_ground`:
    shown only when somebody switches it on; `tinted_by` the field of a tile whose land-use code gives the tint."""
    return {
        "slug": layer.slug,
        "title": both(layer.title),
        "theme": layer.theme,
        "theme_title": both(catalogue.THEMES[layer.theme]) if layer.theme in catalogue.THEMES else None,
        "geometry": SHAPES[layer.geometry_type or ""],
        "minzoom": layer.minzoom,
        "maxzoom": layer.maxzoom,
        "tiles": address_of(layer, revision) if revision else None,
        "tiles_maxzoom": tiles.zooms(layer)[-1],
        "tile_fields": list(layer.tile_fields),
        "revision": revision.number if revision else None,
        "label": layer.label,
        "legend_by": shown(layer, layer.legend_by),
        "legend": [legend_json(entry) for entry in layer.legend],
        "fields": [field_json(field) for field in layer.public_fields],
        "reach": shown(layer, layer.reach),
        "accuracy_m": layer.accuracy_m,
        "covers_ground": layer.covers_ground,
        "tinted_by": layer.tinted_by,
    }


def shown(layer: Layer, name: str | None) -> str | None:
    """The name of a field, if the field is public."""
    return name if any(field.name == name for field in layer.public_fields) else None


def legend_json(entry: LegendClass) -> dict[str, object]:
    return {
        "value": entry.value,
        "title": both(entry.title),
        "fill": entry.fill,
        "line": entry.line,
        "hatch": entry.hatch,
        "symbol": entry.symbol,
        "dash": list(entry.dash),
        "width": entry.width,
        "opacity": entry.opacity,
    }


def field_json(field: Field) -> dict[str, object]:
    return {"name": field.name, "title": both(field.title), "unit": field.unit, "codes": field.codes}


def both(words: Words) -> dict[str, str]:
    return {"vi": words.vi, "en": words.en}
