"""Each layer gets its tests for being there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client

from layers import catalogue, codes
from layers.declare import Layer, Words
from tests.database import any_layer

pytestmark = pytest.mark.django_db(databases="__all__")


def of(layers: tuple[Layer, ...]) -> pytest.MarkDecorator:
    assert layers
    return pytest.mark.parametrize("layer", [pytest.param(layer, id=layer.slug) for layer in layers])


def words(layer: Layer) -> Iterator[tuple[str, Words]]:
    yield "title", layer.title
    yield from ((f"field {field.name}", field.title) for field in layer.fields)
    yield from ((f"class {entry.value}", entry.title) for entry in layer.legend)
    if layer.report != "none":
        explained = ("legal_basis", "office", "meaning", "next_steps")
        yield from ((name, getattr(layer, name)) for name in explained)


@of(catalogue.every())
def test_its_declaration_does_not_contradict_its_table(layer: Layer) -> None:
    layer.check()
    assert set(layer.key) <= {field.name for field in layer.fields}
    assert {column.name for column in layer.model._meta.fields} >= {"row_id", "feature_id", "since", "until", "digest"}


@of(catalogue.every())
def test_it_speaks_both_languages(layer: Layer) -> None:
    silent = [where for where, said in words(layer) if not (said.vi.strip() and said.en.strip())]
    assert silent == []


@of(catalogue.every())
def test_its_code_lists_are_known(layer: Layer) -> None:
    for field in layer.fields:
        assert field.codes is None or codes.known(field.codes)


@of(catalogue.every())
def test_no_two_of_its_fields_answer_to_one_column_name(layer: Layer) -> None:
    aliases = [alias.casefold() for field in layer.fields for alias in field.aliases]
    assert sorted(set(aliases)) == sorted(aliases)


@of(catalogue.mapped())
def test_each_class_of_its_legend_is_a_code_of_its_field(layer: Layer) -> None:
    valued = [entry.value for entry in layer.legend if entry.value is not None]
    assert len(set(valued)) == len(valued)
    declared = {field.name: field for field in layer.fields}
    listed = declared[layer.legend_by].codes if layer.legend_by else None
    assert not valued or layer.legend_by
    assert listed is None or set(valued) <= codes.known(listed)


@of(catalogue.mapped())
def test_it_is_drawn_in_its_tiles(layer: Layer) -> None:
    any_layer.put_on_a_field(layer)
    any_layer.assert_it_is_drawn(layer)


@of(catalogue.mapped())
def test_a_click_finds_it(layer: Layer, client: Client) -> None:
    any_layer.put_on_a_field(layer)
    any_layer.assert_a_click_finds_it(layer, client)


@of(catalogue.mapped())
def test_the_map_has_its_title_legend_and_tiles(layer: Layer, client: Client) -> None:
    any_layer.put_on_a_field(layer)
    any_layer.assert_the_map_explains_it(layer, client)


@of(tuple(layer for layer in catalogue.mapped() if layer.search))
def test_a_search_finds_it(layer: Layer, client: Client) -> None:
    any_layer.put_on_a_field(layer)
    any_layer.assert_a_search_finds_it(layer, client)


@of(catalogue.reported())
def test_the_answer_names_it(layer: Layer) -> None:
    any_layer.put_on_a_field(layer)
    any_layer.assert_the_answer_names_it(layer)
