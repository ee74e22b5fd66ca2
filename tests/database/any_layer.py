"""What every layer promises by being declared. Asked of all of them, and of one that no other file knows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import mapbox_vector_tile
from django.contrib.gis.db import models
from django.test import Client
from pyproj import Transformer
from shapely.geometry.base import BaseGeometry

from layers import codes, public
from layers.declare import Field, Layer
from layers.ground.admin_units import ADMIN_UNITS, NEW
from layers.ground.parcels import PARCELS
from layers.queries import tiles
from layers.queries.snapshots import newest
from tests.database.province import SOUTH, WEST, Row, ask, box, deliver, finding, line, parcel, point, survey

TO_WGS84 = Transformer.from_crs(9209, 4326, always_xy=True)
TO_TILES = Transformer.from_crs(9209, 3857, always_xy=True)
SHAPES: dict[str | None, BaseGeometry | None] = {
    "MULTIPOLYGON": box(-10, -10, 110, 60),
    "MULTILINESTRING": line((-10, 25), (110, 25)),
    "POINT": point(50, 25),
    None: None,
}
PLACE = (WEST + 50, SOUTH + 25)
# Numbers are searched as a red book says them; everything else by its label.
SPOKEN = {"parcels": "thửa 45 tờ 45"}
# What no declaration says: communes are searched in the edition of today, which has no districts.
KNOWN: dict[str, Row] = {"admin-units": {"edition": NEW, "district": ""}}


def record(layer: Layer) -> Row:
    """A record of any layer, made from its declaration alone."""
    row = {field.name: value(layer, field) for field in layer.fields} | dict(KNOWN.get(layer.slug, {}))
    shape = SHAPES[layer.geometry_type]
    return row if shape is None else row | {"geometry": shape}


def value(layer: Layer, field: Field) -> Any:
    column = layer.column(field.name)
    if column.null:
        return None
    if field.codes and not isinstance(column, models.JSONField):
        return codes.entries(field.codes)[0].code
    if isinstance(column, models.CharField):
        return f"Mẫu thử {layer.slug}" if (column.max_length or 0) >= 40 else "45"
    return {
        models.IntegerField: 1,
        models.SmallIntegerField: 1,
        models.BigIntegerField: 1,
        models.FloatField: 20.0,
        models.DecimalField: Decimal("1.5"),
        models.DateField: date(2026, 1, 1),
    }.get(type(column), column.get_default())


def put_on_a_field(layer: Layer) -> None:
    """The record published on a parcel that was surveyed for its layer, with an accuracy for all."""
    if layer is PARCELS:
        deliver(ADMIN_UNITS, record(ADMIN_UNITS))
    else:
        deliver(PARCELS, parcel(1))
    deliver("coverage", survey(layer.slug, accuracy_m=0.5))
    if layer.slug != "coverage":
        deliver(layer, record(layer))


def feature_id(layer: Layer) -> int:
    rows: Any = layer.model._default_manager
    return int(rows.get(until=None).feature_id)


def in_tile(layer: Layer) -> list[dict[str, Any]]:
    """The features of the layer's deepest tile on the field."""
    zoom = tiles.zooms(layer)[-1]
    east, north = TO_TILES.transform(*PLACE)
    across, down = (int((half / (2 * tiles.HALF_WORLD) + 0.5) * 2**zoom) for half in (east, -north))
    drawn = tiles.tile(layer, newest() or 0, zoom, across, down)
    decoded = mapbox_vector_tile.decode(drawn.data)
    return list(decoded[layer.slug]["features"]) if decoded else []


def by_click(layer: Layer, client: Client) -> list[dict[str, Any]]:
    lon, lat = TO_WGS84.transform(*PLACE)
    told = client.get("/api/identify", {"lon": lon, "lat": lat, "z": 17}).json()
    return [feature for each in told["layers"] if each["slug"] == layer.slug for feature in each["features"]]


def by_search(layer: Layer, client: Client) -> list[dict[str, Any]]:
    words = SPOKEN.get(layer.slug, str(record(layer)[layer.label]))
    results = client.get("/api/search", {"q": words}).json()["results"]
    return [result for result in results if result["id"] == feature_id(layer)]


def on_the_map(layer: Layer, client: Client) -> dict[str, Any]:
    told = client.get("/api/layers").json()
    return next(dict(each) for each in told["layers"] if each["slug"] == layer.slug)


def assert_it_is_drawn(layer: Layer) -> None:
    [drawn] = in_tile(layer)
    assert drawn["id"] == feature_id(layer)
    said = {name: text for name in layer.tile_fields if (text := record(layer)[name]) is not None}
    assert drawn["properties"] == said


def assert_a_click_finds_it(layer: Layer, client: Client) -> None:
    found = by_click(layer, client)
    assert [feature["id"] for feature in found] == [feature_id(layer)]
    assert found[0]["url"] == public.feature_address(layer, feature_id(layer))


def assert_a_search_finds_it(layer: Layer, client: Client) -> None:
    assert [result["match"] for result in by_search(layer, client)] == ["exact"]


def assert_the_map_explains_it(layer: Layer, client: Client) -> None:
    told = on_the_map(layer, client)
    assert told["title"] == {"vi": layer.title.vi, "en": layer.title.en}
    assert len(told["legend"]) == len(layer.legend) > 0
    assert told["tiles"].startswith(f"/tiles/{layer.slug}/{told['revision']}-")


def assert_the_answer_names_it(layer: Layer) -> None:
    told = finding(ask(1), layer.slug)
    assert told.answer.value == "affected"
    [zone] = told.zones
    assert (zone.feature_id, zone.label) == (feature_id(layer), str(record(layer)[layer.label]))
    units = {field.unit_in for field in layer.fields}
    public_values = {
        field.name
        for field in layer.public_fields
        if record(layer)[field.name] not in (None, "", []) and field.name not in units
    }
    assert {attribute.name for attribute in zone.attributes} == public_values
