"""The four answers end to end: publish, ask, read. What nobody assessed is never *not affected*."""

from __future__ import annotations

import gzip
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import OperationalError
from django.test import Client
from shapely.geometry.base import BaseGeometry

from layers import catalogue
from layers.queries import zones as zone_queries
from layers.report.answers import Answer, Reason
from tests.database import any_layer
from tests.database.province import (
    DAY,
    FIELD,
    ask,
    box,
    deliver,
    finding,
    line,
    point,
    publish_ground,
    standing,
    without_default_accuracy,
    zone,
)

pytestmark = pytest.mark.django_db(databases="__all__")

GROUNDWATER, CORRIDORS, WELLS = "groundwater-zones", "source-corridors", "licensed-wells"
AWAY = box(4000, 4000, 4010, 4010)
TOMORROW = DAY + timedelta(days=1)


@pytest.fixture
def ground() -> None:
    """A field, every layer surveyed around it, and in each layer of the water theme something far away."""
    publish_ground()
    for layer in catalogue.of_theme("water"):
        if layer.report == "zones" and layer.slug not in {GROUNDWATER, CORRIDORS, WELLS}:
            away = AWAY if layer.geometry_type == "MULTIPOLYGON" else AWAY.centroid
            deliver(layer, any_layer.record(layer) | {"code": "far", "geometry": away})
    deliver(GROUNDWATER, zone(GROUNDWATER, "far", AWAY))
    deliver(CORRIDORS, zone(CORRIDORS, "far", line((4000, 4000), (4100, 4000))))
    deliver(WELLS, zone(WELLS, "far", point(4000, 4000)))


@pytest.mark.usefixtures("ground")
@pytest.mark.parametrize(
    ("shape", "answer"),
    [
        (box(50, -100, 500, 100), Answer.AFFECTED),
        (box(95, -100, 500, 100), Answer.TOO_CLOSE),
        (box(105, -100, 500, 100), Answer.TOO_CLOSE),
        (box(112, -100, 500, 100), Answer.NOT_AFFECTED),
    ],
    ids=["half of it", "5 m of it", "5 m beside it", "12 m beside it"],
)
def test_with_11_m_of_margin_a_zone_answers_by_how_deep_it_lies(shape: BaseGeometry, answer: Answer) -> None:
    deliver(GROUNDWATER, zone(GROUNDWATER, "near", shape))
    report = ask()
    assert finding(report, GROUNDWATER).answer == answer
    assert report.themes[1].answer == answer
    assert {hit.margin_m for hit in finding(report, GROUNDWATER).zones} <= {Decimal("11.00")}


@pytest.mark.usefixtures("ground")
def test_the_figures_of_a_zone_are_those_of_the_shared_ground() -> None:
    deliver(GROUNDWATER, zone(GROUNDWATER, "half", box(50, -100, 500, 100)))
    [half] = finding(ask(), GROUNDWATER).zones
    assert (half.area_m2, half.share_percent, half.distance_m) == (Decimal("2500.0"), Decimal("50.00"), Decimal("0.00"))
    assert half.label == "Vùng half"
    assert {attribute.name for attribute in half.attributes} >= {"code", "name", "decision_no", "state", "kind"}


def test_before_anything_of_a_layer_is_published_it_is_not_assessed() -> None:
    publish_ground()
    for layer in ask().themes[1].layers:
        assert (layer.answer, layer.reason) == (Answer.NOT_ASSESSED, Reason.NOT_PUBLISHED)


@pytest.mark.usefixtures("ground")
def test_a_theme_without_layers_is_never_not_affected() -> None:
    report = ask()
    empty = [theme for theme in report.themes if not theme.layers and not theme.compositions]
    answering = (*catalogue.composed(), *catalogue.reported())
    assert len(empty) == len(catalogue.THEMES) - len({layer.theme for layer in answering})
    reasons = {bool(theme.stations): (theme.answer, theme.reason) for theme in empty}
    assert reasons == {True: (Answer.NOT_ASSESSED, Reason.NO_ZONES)}


@pytest.mark.usefixtures("ground")
def test_themes_stand_in_their_fixed_order() -> None:
    assert [theme.theme for theme in ask().themes] == list(catalogue.THEMES)


@pytest.mark.usefixtures("ground")
def test_counts_speak_of_every_theme_but_the_plan() -> None:
    counts = ask().counts
    assert counts == {"affected": 0, "too-close": 0, "not-assessed": 4, "not-affected": 1}


@pytest.mark.usefixtures("ground")
class TestTime:
    """A record counts on a day only while it is in force."""

    def on(self, day: date, **said: object) -> Answer:
        deliver(WELLS, zone(WELLS, "well", point(50, 25), **said))
        return finding(ask(on=day), WELLS).answer

    @pytest.mark.parametrize(
        ("state", "answer"),
        [
            ("in-force", Answer.AFFECTED),
            ("draft", Answer.NOT_AFFECTED),
            ("suspended", Answer.NOT_AFFECTED),
            ("ended", Answer.NOT_AFFECTED),
        ],
    )
    def test_only_what_is_in_force_counts(self, state: str, answer: Answer) -> None:
        assert self.on(DAY, state=state) == answer

    def test_a_licence_ends_after_its_last_day_without_a_publication(self) -> None:
        assert self.on(DAY, valid_until=TOMORROW) == Answer.AFFECTED
        assert finding(ask(on=TOMORROW), WELLS).answer == Answer.AFFECTED
        assert finding(ask(on=TOMORROW + timedelta(days=1)), WELLS).answer == Answer.NOT_AFFECTED

    def test_a_decision_counts_from_its_first_day(self) -> None:
        assert self.on(DAY, valid_from=TOMORROW) == Answer.NOT_AFFECTED
        assert finding(ask(on=TOMORROW), WELLS).answer == Answer.AFFECTED


@pytest.mark.usefixtures("ground")
class TestWholeParcels:
    """A decision that lists whole parcels knows no margin."""

    def test_a_strip_of_two_square_metres_is_enough(self) -> None:
        deliver(GROUNDWATER, zone(GROUNDWATER, "listed", box(99.96, -100, 500, 100), whole_parcels=True))
        [listed] = finding(ask(), GROUNDWATER).zones
        assert (listed.answer, listed.area_m2, listed.margin_m) == (Answer.AFFECTED, Decimal("2.0"), Decimal(0))

    def test_less_is_not_affected_but_told_with_its_area(self) -> None:
        deliver(GROUNDWATER, zone(GROUNDWATER, "listed", box(99.99, -100, 500, 100), whole_parcels=True))
        told = finding(ask(), GROUNDWATER)
        assert told.answer == Answer.NOT_AFFECTED
        assert [(hit.answer, hit.area_m2) for hit in told.zones] == [(Answer.NOT_AFFECTED, Decimal("0.5"))]

    def test_it_needs_nobody_s_accuracy(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(catalogue, "reported", lambda: without_default_accuracy(GROUNDWATER))
        deliver(GROUNDWATER, zone(GROUNDWATER, "far", AWAY, whole_parcels=True))
        assert finding(ask(), GROUNDWATER).answer == Answer.NOT_AFFECTED


@pytest.mark.usefixtures("ground")
def test_zones_over_each_other_are_each_at_most_the_whole_parcel() -> None:
    two = box(-5, -5, 80, 55).union(box(20, -5, 105, 55))
    deliver(GROUNDWATER, *(zone(GROUNDWATER, code, two) for code in ("upper", "lower")))
    told = finding(ask(), GROUNDWATER).zones
    assert [hit.share_percent for hit in told] == [Decimal(100), Decimal(100)]
    assert {hit.area_m2 for hit in told} == {Decimal("5000.0")}


@pytest.mark.usefixtures("ground")
@pytest.mark.parametrize(
    ("width", "answer"), [(30.0, Answer.NOT_AFFECTED), (39.0, Answer.TOO_CLOSE), (60.0, Answer.AFFECTED)]
)
def test_a_corridor_reaches_as_far_as_its_width(width: float, answer: Answer) -> None:
    bank = line((140, -500), (140, 500))
    deliver(CORRIDORS, zone(CORRIDORS, "bank", bank, width_m=width))
    assert finding(ask(), CORRIDORS).answer == answer


@pytest.mark.usefixtures("ground")
def test_a_corridor_tells_the_ground_it_takes() -> None:
    deliver(CORRIDORS, zone(CORRIDORS, "bank", line((140, -500), (140, 500)), width_m=60.0))
    [corridor] = finding(ask(), CORRIDORS).zones
    assert (corridor.area_m2, corridor.share_percent) == (Decimal("1000.0"), Decimal("20.00"))


@pytest.mark.usefixtures("ground")
def test_ground_in_the_middle_of_a_shore_line_lies_in_its_corridor() -> None:
    shore = line((-200, -200), (300, -200), (300, 250), (-200, 250), (-200, -200))
    deliver(CORRIDORS, zone(CORRIDORS, "lake", shore, width_m=400.0))
    [corridor] = finding(ask(), CORRIDORS).zones
    assert (corridor.answer, corridor.share_percent) == (Answer.AFFECTED, Decimal(100))


@pytest.mark.usefixtures("ground")
def test_the_strongest_zone_is_told_first() -> None:
    deliver(
        GROUNDWATER,
        zone(GROUNDWATER, "doubtful", box(105, -100, 500, 100)),
        zone(GROUNDWATER, "small", box(60, -100, 500, 100)),
        zone(GROUNDWATER, "large", box(30, -100, 500, 100)),
    )
    assert [hit.label for hit in finding(ask(), GROUNDWATER).zones] == ["Vùng large", "Vùng small", "Vùng doubtful"]


@pytest.mark.usefixtures("ground")
def test_no_attribute_is_told_that_nobody_made_public() -> None:
    deliver(WELLS, zone(WELLS, "well", point(50, 25), holder="Công ty Nước sạch"))
    public = {field.name for field in catalogue.get(WELLS).public_fields}
    assert {attribute.name for attribute in finding(ask(), WELLS).zones[0].attributes} <= public


@pytest.mark.usefixtures("ground")
@pytest.mark.parametrize("address", ["/api/parcels/{}/report", "/parcels/{}"])
def test_a_database_that_fails_is_a_problem_and_never_an_answer(
    address: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OperationalError("canceling statement due to statement timeout")

    monkeypatch.setattr(zone_queries, "hits", fail)
    reply = client.get(address.format(standing().feature_id))
    assert reply.status_code == 503
    assert "not-affected" not in reply.content.decode()
    assert "statement" not in reply.content.decode()


def test_whoever_takes_gzip_gets_the_same_bytes_compressed(client: Client) -> None:
    publish_ground()
    address = f"/api/parcels/{standing().feature_id}/report?on={DAY}"
    plain, packed = client.get(address), client.get(address, headers={"accept-encoding": "gzip"})
    assert "Content-Encoding" not in plain
    assert (packed["Content-Encoding"], packed["Vary"]) == ("gzip", "Accept-Encoding")
    assert gzip.decompress(packed.content) == plain.content


@pytest.mark.usefixtures("ground")
def test_the_api_says_what_the_report_says(client: Client) -> None:
    deliver(GROUNDWATER, zone(GROUNDWATER, "half", box(50, -100, 500, 100)))
    said = client.get(f"/api/parcels/{standing().feature_id}/report?on={DAY}").json()
    assert [theme["answer"] for theme in said["themes"]] == [theme.answer.value for theme in ask().themes]
    assert said["counts"] == {answer.value: count for answer, count in ask().counts.items()}
    assert (said["date"], said["legal_force"]) == (DAY.isoformat(), False)


def test_the_field_of_these_tests_measures_half_a_hectare() -> None:
    assert FIELD.area == 5000
