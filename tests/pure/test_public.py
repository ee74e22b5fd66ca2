"""A layer as the public may see it: nothing private, and an address that changes when a tile would."""

from __future__ import annotations

import dataclasses
import json

import pytest

from layers import catalogue, public
from layers.declare import Field, Layer, Words
from layers.ground.parcels import PARCELS
from layers.queries import tiles
from layers.revisions import Revision

REVISION = Revision(number=7, layer="parcels", digest="ab" * 32)
SECRET = Field("surveyed_on", Words("Ngày đo mật", "Secret day"), aliases=("CHUSUDUNG",))


def with_secrets(layer: Layer) -> Layer:
    """The layer with a field nobody made public, named wherever a declaration may name a field."""
    return dataclasses.replace(layer, fields=(*layer.fields, SECRET), legend_by="surveyed_on", reach="surveyed_on")


@pytest.mark.parametrize("layer", catalogue.mapped(), ids=lambda layer: layer.slug)
def test_no_private_field_is_told(layer: Layer) -> None:
    told = json.dumps(public.layer_json(with_secrets(layer), REVISION), ensure_ascii=False)
    assert SECRET.title.vi not in told
    assert '"surveyed_on"' not in told


def test_no_column_name_of_a_delivery_is_told() -> None:
    told = json.dumps(public.layer_json(PARCELS, REVISION))
    assert "SHTHUA" not in told


@pytest.mark.parametrize("layer", catalogue.mapped(), ids=lambda layer: layer.slug)
def test_a_layer_is_told_in_both_languages_with_its_legend(layer: Layer) -> None:
    told = json.loads(json.dumps(public.layer_json(layer, REVISION)))
    assert told["title"] == {"vi": layer.title.vi, "en": layer.title.en}
    assert told["geometry"] in ("area", "line", "point")
    assert [entry["fill"] for entry in told["legend"]] == [entry.fill for entry in layer.legend]
    assert {field["name"] for field in told["fields"]} == {field.name for field in layer.public_fields}


def test_layers_are_listed_ground_first_then_theme_by_theme() -> None:
    order = ["ground", *catalogue.THEMES]
    places = [order.index(layer.theme) for layer in catalogue.mapped()]
    assert places == sorted(places)


def test_no_two_classes_of_points_are_told_apart_by_colour_alone() -> None:
    points = [layer for layer in catalogue.mapped() if layer.geometry_type == "POINT" and layer.theme != "ground"]
    symbols = [entry.symbol for layer in points for entry in layer.legend]
    assert sorted(set(symbols)) == sorted(symbols)


def test_no_two_classes_of_a_layer_are_told_apart_by_colour_alone() -> None:
    for layer in catalogue.mapped():
        looks = [(entry.hatch, entry.dash, entry.symbol, entry.width) for entry in layer.legend]
        assert len(set(looks)) == len(looks), layer.slug


def test_a_layer_never_published_has_no_tiles() -> None:
    told = public.layer_json(PARCELS, None)
    assert told["tiles"] is None
    assert told["revision"] is None


def test_the_address_leaves_the_place_open() -> None:
    address = public.address_of(PARCELS, REVISION)
    assert address.startswith("/tiles/parcels/7-")
    assert address.endswith("/{z}/{x}/{y}.mvt")


def test_the_address_changes_with_the_revisions_digest() -> None:
    assert public.tile_token(PARCELS, "ab" * 32) != public.tile_token(PARCELS, "ac" * 32)


def test_the_address_changes_with_what_the_declaration_puts_into_a_tile() -> None:
    fewer = dataclasses.replace(PARCELS, tile_fields=("parcel_no",))
    assert public.tile_token(fewer, "ab" * 32) != public.tile_token(PARCELS, "ab" * 32)


def test_the_address_changes_with_the_format_of_tiles(monkeypatch: pytest.MonkeyPatch) -> None:
    before = public.tile_token(PARCELS, "ab" * 32)
    monkeypatch.setattr(public, "TILE_FORMAT", public.TILE_FORMAT + 1)
    assert public.tile_token(PARCELS, "ab" * 32) != before


def test_the_address_does_not_change_with_words() -> None:
    renamed = dataclasses.replace(PARCELS, title=Words("Thửa", "Plots"))
    assert public.tile_token(renamed, "ab" * 32) == public.tile_token(PARCELS, "ab" * 32)


def test_tiles_end_where_a_map_can_enlarge_them() -> None:
    assert tiles.zooms(PARCELS) == range(14, 18)
    assert public.layer_json(PARCELS, REVISION)["tiles_maxzoom"] == 17
