"""The eight edge cases on which another cadastre's program was seen to fail, asked as sites: each right."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
import shapely
from django.test import Client

from layers.queries.snapshots import newest
from layers.report import site as sites
from layers.report.answers import Answer
from layers.sites import corners, placing
from layers.sites.troubles import SiteTrouble
from tests.database.province import DAY, box, deliver, parcel, point, zone
from tests.database.site_ground import publish_fields, table
from tests.oracle.decide import clean

pytestmark = pytest.mark.django_db(databases="__all__")

GROUNDWATER, WELLS = "groundwater-zones", "licensed-wells"
FIELD = box(0, 0, 100, 50)


@pytest.fixture(autouse=True)
def ground() -> None:
    publish_fields()


def zones(slug: str) -> list[Any]:
    site = placing.site(corners.read(f"KTT 105°30'\n{table(FIELD)}"))
    report = sites.report(site, newest() or 0, DAY)
    return [
        zone for theme in report.themes for layer in theme.layers if layer.layer.slug == slug for zone in layer.zones
    ]


def test_two_overlapping_parts_of_80_percent_are_united_before_they_are_measured() -> None:
    both = clean(shapely.MultiPolygon([box(-5, -5, 80, 55), box(20, -5, 105, 55)]))
    deliver(GROUNDWATER, zone(GROUNDWATER, "both", both))
    [found] = zones(GROUNDWATER)
    assert (found.share_percent, found.area_m2) == (Decimal("100.00"), Decimal("5000.0"))


def test_a_zone_over_all_of_it_is_100_percent_whatever_the_margin() -> None:
    deliver(GROUNDWATER, zone(GROUNDWATER, "all", box(-500, -500, 500, 500)))
    [found] = zones(GROUNDWATER)
    assert (found.share_percent, found.answer) == (Decimal("100.00"), Answer.AFFECTED)


def test_200_slivers_count_together_and_are_never_left_out() -> None:
    slivers = shapely.MultiPolygon([box(0.5 * n, 10, 0.5 * n + 0.125, 17.2) for n in range(200)])
    deliver(
        GROUNDWATER,
        zone(GROUNDWATER, "listed", slivers, whole_parcels=True),
        zone(GROUNDWATER, "drawn", slivers, accuracy_m=0.5),
    )
    found = {one.label: (one.area_m2, one.share_percent, one.answer) for one in zones(GROUNDWATER)}
    assert set(found) == {"Vùng listed", "Vùng drawn"}
    assert set(found.values()) == {(Decimal("180.0"), Decimal("3.60"), Answer.AFFECTED)}


def test_a_zone_that_crosses_itself_is_its_two_triangles() -> None:
    cross = shapely.Polygon([(583_020, 2_260_010), (583_060, 2_260_040), (583_060, 2_260_010), (583_020, 2_260_040)])
    deliver(GROUNDWATER, zone(GROUNDWATER, "bow", clean(cross), accuracy_m=1.0))
    [found] = zones(GROUNDWATER)
    assert (found.area_m2, found.answer) == (Decimal("600.0"), Answer.AFFECTED)


def test_a_site_that_crosses_itself_is_refused_with_the_edges_that_do() -> None:
    with pytest.raises(SiteTrouble) as refused:
        placing.site(
            corners.read("KTT 105°30'\n1 2260010 583020\n2 2260040 583060\n3 2260010 583060\n4 2260040 583020")
        )
    assert refused.value.code == "crossing"
    assert "1–2 × 3–4" in refused.value.sentence


@pytest.mark.parametrize("paper", ["0", "2500"], ids=["rounds to nothing", "half the drawn one"])
def test_an_area_on_paper_never_rescales_a_share(paper: str) -> None:
    deliver("parcels", *(parcel(n, box(100 * n - 100, 0, 100 * n, 50), area_paper_m2=paper) for n in (1, 2, 3)))
    deliver(GROUNDWATER, zone(GROUNDWATER, "half", box(50, -100, 500, 100)))
    [found] = zones(GROUNDWATER)
    assert (found.area_m2, found.share_percent) == (Decimal("2500.0"), Decimal("50.00"))


def test_a_point_on_the_corner_and_0_1_mm_outside_are_both_too_close_to_call() -> None:
    deliver(WELLS, zone(WELLS, "on", point(100, 50)), zone(WELLS, "off", point(100.0001, 50)))
    assert [found.answer for found in zones(WELLS)] == [Answer.TOO_CLOSE, Answer.TOO_CLOSE]


def test_the_page_answers_all_of_them_without_an_error() -> None:
    deliver(GROUNDWATER, zone(GROUNDWATER, "all", box(-500, -500, 500, 500)))
    assert Client().post("/check", {"corners": table(FIELD)}).status_code == 200
