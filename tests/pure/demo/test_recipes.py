"""The demo's records of the further themes: each recipe, and where its layer was surveyed."""

from __future__ import annotations

from functools import cache

import geopandas as gpd
import pytest
import shapely

from importers.demo import coverage, layout, recipes
from importers.demo.recipes import Recipe
from importers.demo.themes import RECIPES
from layers import catalogue, codes

each = pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.slug)
# Recipes whose decisions name a term: permits.
PERMITS = [recipe for recipe in RECIPES if recipe.term]


@cache
def made(slug: str, size: int) -> gpd.GeoDataFrame:
    place = next(place for place, recipe in enumerate(RECIPES) if recipe.slug == slug)
    return recipes.frame(RECIPES[place], place, layout.plan(size))


def records(recipe: Recipe, plan: layout.Plan) -> gpd.GeoDataFrame:
    return made(recipe.slug, plan.parcels)


@each
def test_records_are_valid_and_named_once(recipe: Recipe, plan: layout.Plan) -> None:
    frame = records(recipe, plan)
    assert frame.is_valid.all() and not frame.is_empty.any()
    assert not frame.code.duplicated().any() and not frame.name.duplicated().any()


@each
def test_records_fill_declared_fields_with_known_codes(recipe: Recipe, plan: layout.Plan) -> None:
    layer, frame = catalogue.get(recipe.slug), records(recipe, plan)
    fields = {field.name: field for field in layer.fields}
    assert set(frame) <= {*fields, "accuracy_m", "source", "geometry"}
    assert [field.name for field in layer.fields if field.required and not frame[field.name].map(bool).all()] == []
    for name, field in fields.items():
        if field.codes and name in frame:
            assert set(frame[name].dropna()) - {""} <= codes.known(field.codes)


@each
def test_what_is_made_up_says_so(recipe: Recipe, plan: layout.Plan) -> None:
    frame = records(recipe, plan)
    assert frame.decision_no.str.contains("minh họa").all() and frame.issuer.str.contains("minh họa").all()
    assert "holder" not in frame or frame.holder.str.contains("Minh họa").all()


@each
def test_the_same_records_are_made_again(recipe: Recipe, plan: layout.Plan) -> None:
    again = recipes.frame(recipe, RECIPES.index(recipe), layout.plan(plan.parcels))
    first = records(recipe, plan)
    assert first.drop(columns="geometry").equals(again.drop(columns="geometry"))
    assert shapely.equals_exact(first.geometry.to_numpy(), again.geometry.to_numpy()).all()


@pytest.mark.parametrize("recipe", PERMITS, ids=lambda recipe: recipe.slug)
def test_of_permits_one_has_ended_and_one_is_a_draft(recipe: Recipe, plan: layout.Plan) -> None:
    frame = records(recipe, plan)
    assert (frame.valid_until.dropna() < "2025").sum() == 1
    assert (frame.state == "draft").sum() == 1


def test_every_kind_of_mineral_area_is_there(plan: layout.Plan) -> None:
    assert set(made("mineral-areas", plan.parcels).kind) == codes.known("mineral_area_kind")


def test_a_value_is_judged_by_an_edition_and_its_class_or_not_at_all(plan: layout.Plan) -> None:
    values = made("monitoring-stations", plan.parcels)[["limit_edition", "limit_class", "limit_value"]]
    told = values.map(bool)
    assert told.all(axis=1).any() and not told.any(axis=1).all()
    assert (told.all(axis=1) | ~told.any(axis=1)).all()


def test_an_alert_level_is_told_with_the_edition_that_sets_it_only(plan: layout.Plan) -> None:
    gauges = made("hydromet-stations", plan.parcels)
    told = gauges.alert_level.notna()
    assert told.sum() == 1 and gauges.alert_edition[told].all()


def test_the_zones_round_a_reserve_do_not_overlap(plan: layout.Plan) -> None:
    core, buffer, transition = made("biosphere-reserves", plan.parcels).geometry.iloc[:3]
    assert core.intersection(buffer).area + buffer.intersection(transition).area == pytest.approx(0, abs=0.01)


def test_no_parcel_lies_in_the_sea(plan: layout.Plan, drawn: gpd.GeoDataFrame) -> None:
    sea = made("sea-areas", plan.parcels)
    assert shapely.STRtree(drawn.geometry).query(sea.geometry, predicate="intersects").size == 0


@each
def test_each_layer_was_surveyed_on_most_of_the_ground(
    recipe: Recipe, plan: layout.Plan, drawn: gpd.GeoDataFrame
) -> None:
    surveys = coverage.frame(plan)
    of_layer = surveys[surveys.layer == recipe.slug]
    covered = shapely.STRtree(of_layer.geometry).query(drawn.geometry, predicate="covered_by").shape[1]
    left_out = 1 - covered / len(drawn)
    assert 0.01 < left_out < 0.1 if recipe.half_surveyed is not None else left_out == 0
