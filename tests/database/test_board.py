"""The coverage board: what was surveyed of a commune, when, from what, and how often the portal cannot tell."""

from __future__ import annotations

from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from importers.publish import undecided
from layers.ground.admin_units import ADMIN_UNITS, NEW
from layers.ground.parcels import PARCELS
from layers.queries import snapshots
from layers.queries.board import measured
from layers.queries.undecided import standing_for
from layers.report import undecided as counting
from layers.report.answers import Answer
from layers.report.board import Board, CommuneRow, LayerCell, ThemeCell, coverage_board
from layers.undecided import UndecidedRate
from tests.database.province import DAY, FIELD, ask, box, deliver, line, parcel, point, survey, zone

pytestmark = pytest.mark.django_db(databases="__all__")

GROUNDWATER, CORRIDORS, WELLS = "groundwater-zones", "source-corridors", "licensed-wells"
COMMUNE, NEIGHBOUR = "12817", "12820"
HOME, BESIDE = box(0, 0, 1000, 1000), box(1000, 0, 2000, 1000)


@pytest.fixture(autouse=True)
def measured_anew() -> None:
    """What a rolled-back test published gets the same digests in the next, but other rows."""
    measured.cache_clear()


def commune(code: str, shape: Any, name: str) -> dict[str, object]:
    return {
        "edition": NEW,
        "code": code,
        "name": name,
        "level": "Xã",
        "province_code": "33",
        "province": "Tỉnh Hưng Yên",
        "geometry": shape,
    }


@pytest.fixture
def ground() -> None:
    """Two communes; in the first groundwater was surveyed whole, corridors in a quarter (twice), wells nowhere."""
    deliver(ADMIN_UNITS, commune(COMMUNE, HOME, "Xã Một"), commune(NEIGHBOUR, BESIDE, "Xã Hai"))
    deliver(PARCELS, parcel(1), parcel(2, box(100, 0, 200, 50)), parcel(3, box(0, 600, 100, 650)))
    deliver(
        "coverage",
        survey(GROUNDWATER, HOME, "Một", surveyed_on=DAY, source="Dự án A", accuracy_m=10.0, completeness="cả xã"),
        survey(CORRIDORS, box(0, 0, 500, 500), "Góc", surveyed_on=DAY, source="Cắm mốc"),
        survey(CORRIDORS, box(250, 0, 500, 500), "Lại", surveyed_on=DAY, source="Cắm mốc lại"),
    )
    deliver(GROUNDWATER, zone(GROUNDWATER, "near", box(-500, -100, 95, 60)))
    deliver(CORRIDORS, zone(CORRIDORS, "far", line((4000, 4000), (4100, 4000))))
    deliver(WELLS, zone(WELLS, "far", point(4000, 4000)))


def board() -> Board:
    newest = snapshots.newest()
    assert newest is not None
    return coverage_board(newest)


def row(name: str = "Xã Một") -> CommuneRow:
    return next(found for found in board().communes if found.name == name)


def theme(slug: str = "water", name: str = "Xã Một") -> ThemeCell:
    return next(cell for cell in row(name).themes if cell.theme == slug)


def layer(slug: str, name: str = "Xã Một") -> LayerCell:
    return next(cell for cell in theme(name=name).layers if cell.layer.slug == slug)


@pytest.mark.usefixtures("ground")
class TestWhatWasSurveyed:
    def test_a_whole_survey_covers_the_commune_and_tells_of_itself(self) -> None:
        cell = layer(GROUNDWATER)
        assert cell.covered_percent == Decimal("100.00")
        assert [(s.name, s.surveyed_on, s.source, s.accuracy_m, s.completeness) for s in cell.surveys] == [
            ("Một", DAY, "Dự án A", 10.0, "cả xã")
        ]

    def test_overlapping_surveys_count_once(self) -> None:
        cell = layer(CORRIDORS)
        assert cell.covered_percent == Decimal("25.00")
        assert {survey.name for survey in cell.surveys} == {"Góc", "Lại"}

    def test_a_theme_is_covered_as_far_as_its_least_covered_layer(self) -> None:
        assert theme().covered_percent == 0
        assert layer(WELLS).surveys == ()

    def test_a_theme_without_a_layer_has_no_share_at_all(self) -> None:
        empty = [cell for cell in row().themes if not cell.layers]
        assert [(cell.covered_percent, cell.rate) for cell in empty] == [(None, None)] * len(empty)

    def test_a_survey_up_to_the_border_is_none_of_the_neighbours(self) -> None:
        assert layer(GROUNDWATER, "Xã Hai").covered_percent == 0
        assert layer(GROUNDWATER, "Xã Hai").surveys == ()

    def test_the_board_stays_as_it_was_at_its_snapshot(self) -> None:
        before = board()
        deliver("coverage", survey(GROUNDWATER, box(0, 0, 500, 1000), "Một"))
        assert layer(GROUNDWATER).covered_percent == Decimal("50.00")
        assert coverage_board(before.snapshot).communes == before.communes


@pytest.mark.usefixtures("ground")
class TestHowOftenNobodyCanTell:
    def test_the_rate_is_what_the_reports_of_all_parcels_say(self) -> None:
        undecided.compute(day=DAY)
        reports = [ask(number) for number in (1, 2, 3)]
        waters = [next(t.answer for t in report.themes if t.theme == "water") for report in reports]
        zones = [f.answer for r in reports for t in r.themes for f in t.layers if f.layer.slug == GROUNDWATER]
        rate, own = theme().rate, layer(GROUNDWATER).rate
        assert rate is not None and own is not None
        assert (rate.parcels, rate.asked) == (3, 3)
        assert rate.too_close == waters.count(Answer.TOO_CLOSE)
        assert rate.not_assessed == waters.count(Answer.NOT_ASSESSED) > 0
        assert own.too_close == zones.count(Answer.TOO_CLOSE) > 0

    def test_before_it_was_computed_the_board_says_so(self, client: Client) -> None:
        assert (board().rates_snapshot, theme().rate) == (None, None)
        assert "Tỷ lệ chưa kết luận: chưa tính." in client.get("/coverage").content.decode()

    def test_after_a_publication_the_old_rates_keep_their_snapshot(self) -> None:
        computed = undecided.compute(day=DAY)
        deliver(WELLS, zone(WELLS, "new", point(4100, 4000)))
        assert board().rates_snapshot == computed != board().snapshot
        assert undecided.is_due()
        undecided.compute(day=DAY)
        assert board().rates_snapshot == board().snapshot
        assert not undecided.is_due()

    def test_a_large_commune_is_judged_by_a_stated_sample(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(counting, "EVERY_PARCEL_UP_TO", 2)
        monkeypatch.setattr(counting, "SAMPLE", 1)
        undecided.compute(day=DAY)
        rate = theme().rate
        assert rate is not None
        assert (rate.parcels, rate.asked, rate.is_sample) == (3, 1, True)

    def test_the_same_parcels_stand_for_the_commune_each_time(self) -> None:
        newest = snapshots.newest() or 0
        assert standing_for(COMMUNE, newest, 2) == standing_for(COMMUNE, newest, 3)[:2]

    def test_a_run_that_was_stopped_is_gone_on_with(self) -> None:
        undecided.compute(day=DAY)
        first = UndecidedRate.objects.order_by("id").values_list("id", flat=True).first()
        undecided.compute(day=DAY)
        assert UndecidedRate.objects.order_by("id").values_list("id", flat=True).first() == first

    def test_only_the_last_snapshots_are_kept(self) -> None:
        for place in range(undecided.KEPT + 2):
            undecided.compute(day=DAY)
            deliver(WELLS, zone(WELLS, f"new {place}", point(4200 + place, 4000)))
        assert UndecidedRate.objects.values("snapshot").distinct().count() <= undecided.KEPT

    def test_the_command_says_what_it_did(self) -> None:
        said = StringIO()
        call_command("undecided_rates", stdout=said)
        assert f"{COMMUNE}: 1 of 1 communes" in said.getvalue()
        assert f"snapshot {snapshots.newest()}" in said.getvalue()


def test_in_an_empty_portal_there_is_nothing_to_compute() -> None:
    said = StringIO()
    call_command("undecided_rates", stdout=said)
    assert "Nothing is published" in said.getvalue()
    assert not undecided.is_due()


@pytest.mark.usefixtures("ground")
class TestThePages:
    def test_every_commune_leads_to_its_own_page(self, client: Client) -> None:
        page = client.get("/coverage").content.decode()
        assert f'href="/coverage?commune={COMMUNE}">Xã Một</a>' in page
        assert "khảo sát 0,0\u00a0%" in page

    def test_a_commune_tells_when_from_what_and_how_accurately(self, client: Client) -> None:
        page = client.get("/coverage", {"commune": COMMUNE}).content.decode()
        for words in ("01/03/2026", "Dự án A", "10\u00a0m", "cả xã", "25,0\u00a0%", "chưa khảo sát"):
            assert words in page

    def test_a_sample_is_stated_on_the_page(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(counting, "EVERY_PARCEL_UP_TO", 2)
        monkeypatch.setattr(counting, "SAMPLE", 1)
        undecided.compute(day=DAY)
        assert "(mẫu 1 trên 3 thửa)" in client.get("/coverage").content.decode()

    def test_it_speaks_english_as_well(self, client: Client) -> None:
        page = client.get("/coverage", {"commune": COMMUNE, "lang": "en"}).content.decode()
        for words in ("Surveyed when", "From what", "not surveyed; that does not mean unaffected", "25.0%"):
            assert words in page

    @pytest.mark.parametrize("code", ["99999", "1", "abcde", "12817' OR 1=1"])
    def test_an_unknown_commune_is_a_problem_in_words(self, client: Client, code: str) -> None:
        answer = client.get("/api/coverage", {"commune": code})
        assert (answer.status_code, answer.json()["code"]) == (404, "commune-unknown")

    def test_the_json_holds_the_same(self, client: Client) -> None:
        undecided.compute(day=DAY)
        found = client.get("/api/coverage").json()
        assert found["snapshot"] == found["rates_snapshot"] == snapshots.newest()
        water = next(t for t in found["communes"][1]["themes"] if t["theme"] == "water")
        assert (found["communes"][1]["code"], water["covered_percent"]) == (COMMUNE, 0)
        corridors = next(own for own in water["layers"] if own["layer"]["slug"] == CORRIDORS)
        assert (corridors["covered_percent"], corridors["surveys"][0]["source"]) == (25.0, "Cắm mốc")
        assert corridors["rate"]["asked"] == 3

    def test_every_answer_leads_to_the_board_of_its_commune(self, client: Client) -> None:
        page = client.get(f"/parcels/{ask(1).parcel.feature_id}").content.decode()
        assert f'href="/coverage?commune={COMMUNE}#{GROUNDWATER}"' in page
        assert f'href="/coverage?commune={COMMUNE}"' in page


def test_nothing_published_is_said(client: Client) -> None:
    assert client.get("/coverage").status_code == 503


def test_the_field_of_these_tests_lies_in_its_commune() -> None:
    assert HOME.covers(FIELD)
