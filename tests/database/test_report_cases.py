"""The hand-made cases of the oracle, published and asked the way the portal does it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
import shapely
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker
from shapely.geometry.base import BaseGeometry

from importers.publish import PublishRefused
from layers import catalogue
from layers.declare import Layer
from layers.ground.parcels import PARCELS, Parcel
from layers.queries import subjects
from layers.queries.snapshots import newest
from layers.queries.subjects import Subject
from layers.queries.zones import Hit, hits
from tests.database.province import DAY, deliver, frame, parcel, zone
from tests.oracle.cases import CASES
from tests.oracle.decide import clean, decide
from tests.oracle.drawings import Case

pytestmark = pytest.mark.django_db(databases="__all__")

# A line itself, as a decision about a line would have it: without the ground beside it that a corridor takes in.
LAYERS: dict[int, Layer] = {
    2: catalogue.get("groundwater-zones"),
    1: replace(catalogue.get("source-corridors"), reach=None),
    0: catalogue.get("licensed-wells"),
}
# The margin of a case is what both maps are wrong by; each has its part of it.
ZONE_PART = 0.6
LIMIT_M = 0.002
BROKEN = [case for case in CASES if case.broken]


def at_its_place(number: int, shape: BaseGeometry) -> BaseGeometry:
    """Each case at a place of its own, so that all of them stand in one province."""
    return shapely.transform(shape, lambda xy: np.add(xy, (2000.0 * (number % 8), 2000.0 * (number // 8))))


def records(number: int, case: Case, shape: BaseGeometry) -> list[dict[str, object]]:
    """The records of a case; several points are several wells."""
    layer = LAYERS[shapely.get_dimensions(shape)].slug
    parts = shapely.get_parts(shape) if shape.geom_type == "MultiPoint" else [shape]
    said = {"accuracy_m": case.margin * ZONE_PART, "whole_parcels": case.whole_parcels}
    return [dict(zone(layer, f"{number}-{part}", at_its_place(number, at), **said)) for part, at in enumerate(parts)]


@pytest.fixture(scope="module")
def told(one_connection: None, django_db_blocker: DjangoDbBlocker) -> Iterator[dict[str, list[Hit]]]:
    """What the portal finds of each case's own zone, by the case's name."""
    with django_db_blocker.unblock(), transaction.atomic():
        deliver(
            PARCELS,
            *(parcel(n, at_its_place(n, clean(case.parcel_at_site()))) for n, case in enumerate(CASES)),
        )
        zones = [(n, case, clean(case.zone_at_site())) for n, case in enumerate(CASES)]
        for dimension, layer in LAYERS.items():
            mine = [record for z in zones if shapely.get_dimensions(z[2]) == dimension for record in records(*z)]
            deliver(layer, *mine)
        parcels = {case.name: own_hits(n, case, parcel_row(n)) for n, case in enumerate(CASES)}
        yield parcels | {as_site(case): own_hits(n, case, site_of(n, case)) for n, case in enumerate(CASES)}
        transaction.set_rollback(True)


def as_site(case: Case) -> str:
    return f"{case.name}, asked as a site"


def parcel_row(number: int) -> Subject:
    return subjects.parcel(Parcel.objects.get(parcel_no=str(number)).row_id)


def site_of(number: int, case: Case) -> Subject:
    """The same ground as no parcel, but as somebody drew it."""
    return subjects.ground(shapely.to_wkb(at_its_place(number, clean(case.parcel_at_site()))))


def own_hits(number: int, case: Case, subject: Subject) -> list[Hit]:
    known = dict.fromkeys((layer.slug for layer in LAYERS.values()), 0.0)
    found = hits(subject, case.margin * (1 - ZONE_PART), known, newest() or 0, DAY)
    return [hit for hit in found if code_of(hit).startswith(f"{number}-")]


def code_of(hit: Hit) -> str:
    return str(catalogue.get(hit.layer).model._default_manager.values_list("code", flat=True).get(row_id=hit.row_id))


def strongest(found: list[Hit]) -> str:
    return next((name for name in ("affected", "too-close") if name in {hit.answer for hit in found}), "not-affected")


def possible(case: Case) -> set[str]:
    """The answers of a case; one that lies on a limit has those on both sides of it."""
    if not case.at_limit:
        return {case.answer}
    if case.whole_parcels:
        return {"affected", "not-affected"}
    margins = (max(0.0, case.margin - LIMIT_M), case.margin + LIMIT_M)
    pair = clean(case.parcel_at_site()), clean(case.zone_at_site())
    return {case.answer} | {decide(*pair, margin).answer for margin in margins}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_hand_made_case_is_answered_as_by_hand(case: Case, told: dict[str, list[Hit]]) -> None:
    assert strongest(told[case.name]) in possible(case)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_same_ground_asked_as_a_site_is_answered_alike(case: Case, told: dict[str, list[Hit]]) -> None:
    assert strongest(told[as_site(case)]) in possible(case)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_its_figures_are_those_worked_out_by_hand(case: Case, told: dict[str, list[Hit]]) -> None:
    found = told[case.name]
    if not found:
        assert not case.area
        assert case.distance is None or case.distance >= (0 if case.whole_parcels else case.margin)
        return
    if case.distance is not None:
        assert float(min(hit.distance_m for hit in found)) == pytest.approx(case.distance, abs=0.00501)
    if found[0].area_m2 is not None and found[0].share_percent is not None:
        assert case.area is None or float(found[0].area_m2) == pytest.approx(case.area, abs=0.0501)
        assert case.share is None or float(found[0].share_percent) == pytest.approx(100 * case.share, abs=0.00501)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_margin_told_is_the_one_it_was_decided_with(case: Case, told: dict[str, list[Hit]]) -> None:
    expected = Decimal(0) if case.whole_parcels else round(Decimal(str(case.margin)), 2)
    assert {hit.margin_m for hit in told[case.name]} <= {expected}


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case.name)
def test_a_broken_drawing_is_refused_until_it_is_repaired(case: Case) -> None:
    drawings = [(PARCELS, parcel(1, case.parcel_at_site())), (LAYERS[2], records(1, case, case.zone_at_site())[0])]
    broken = [(layer, row) for layer, row in drawings if not frame([row]).geometry.iloc[0].is_valid]
    assert broken
    for layer, row in broken:
        with pytest.raises(PublishRefused) as refusal:
            deliver(layer, row)
        assert refusal.value.code == "invalid-shape"
        assert deliver(layer, {**row, "geometry": clean(row["geometry"])}) is not None
