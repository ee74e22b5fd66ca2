"""The answer about a site, end to end: typed, placed, asked, read."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
import shapely
from django.test import Client

from layers import catalogue
from layers.queries.snapshots import newest
from layers.report import site as sites
from layers.report.answers import Answer
from layers.report.canonical import document
from layers.report.sites import AccuracyFrom, Band, SiteReport
from layers.rulebook.statutory_distances import STATUTORY_DISTANCES
from layers.rulebook.uncomputed_rules import UNCOMPUTED_RULES
from layers.sites import corners, listed, placing
from layers.sites.site import Site
from layers.sites.troubles import SiteTrouble
from tests.database.province import (
    DAY,
    box,
    deliver,
    line,
    point,
    standing,
    survey,
    zone,
)
from tests.database.site_ground import publish_fields, table

pytestmark = pytest.mark.django_db(databases="__all__")

GROUNDWATER, CORRIDORS, WELLS = "groundwater-zones", "source-corridors", "licensed-wells"
RULE = {"edition": "Bản thử", "source": "thử", "legal_basis": "Luật thử, điều 1"}


@pytest.fixture
def ground() -> None:
    publish_fields()


def placed(shape: shapely.Geometry) -> Site:
    return placing.site(corners.read(f"KTT 105°30'\n{table(shape)}"))


def ask(site: Site) -> SiteReport:
    snapshot = newest()
    assert snapshot is not None
    return sites.report(site, snapshot, DAY)


def finding(report: SiteReport, slug: str) -> Any:
    return next(layer for theme in report.themes for layer in theme.layers if layer.layer.slug == slug)


@pytest.mark.usefixtures("ground")
class TestTheAnswer:
    def test_a_zone_over_half_of_the_site_has_its_area_share_band_and_parcels(self) -> None:
        deliver(GROUNDWATER, zone(GROUNDWATER, "half", box(150, -100, 500, 100)))
        report = ask(placed(box(0, 0, 300, 50)))
        [half] = finding(report, GROUNDWATER).zones
        assert (half.answer, half.area_m2, half.share_percent) == (Answer.AFFECTED, Decimal("7500.0"), Decimal("50.00"))
        assert half.band is Band.ON
        assert set(half.parcels) == {standing(2).feature_id, standing(3).feature_id}

    def test_its_parcels_are_told_with_what_they_share(self) -> None:
        report = ask(placed(box(50, 0, 250, 50)))
        shared = {one.parcel_no: (one.shared_m2, one.parcel_percent, one.site_percent) for one in report.site.parcels}
        half = (Decimal("2500.0"), Decimal("50.00"), Decimal("25.00"))
        assert shared == {"1": half, "3": half, "2": (Decimal("5000.0"), Decimal("100.00"), Decimal("50.00"))}
        assert (report.site.parcel_count, report.site.outside_m2) == (3, Decimal("0.0"))

    def test_a_neighbour_that_only_shares_an_edge_is_no_parcel_of_the_site(self) -> None:
        assert [one.parcel_no for one in ask(placed(box(0, 0, 100, 50))).site.parcels] == ["1"]

    def test_the_margin_is_that_of_its_parcels_and_of_the_zone(self) -> None:
        deliver(GROUNDWATER, zone(GROUNDWATER, "near", box(105, 0, 500, 50)))
        report = ask(placed(box(0, 0, 100, 50)))
        assert (report.site.accuracy_m, report.site.accuracy_from) == (1.0, AccuracyFrom.CADASTRE)
        [near] = finding(report, GROUNDWATER).zones
        assert (near.answer, near.margin_m, near.band) == (Answer.TOO_CLOSE, Decimal("11.00"), Band.BESIDE)

    def test_a_site_on_no_cadastre_is_as_accurate_as_it_was_typed(self) -> None:
        deliver("coverage", survey("parcels", box(0, 0, 300, 50)), *(survey(x.slug) for x in catalogue.reported()))
        report = ask(placing.site(corners.read("KTT 105°30'\n2261000 584000\n2261100 584000\n2261100 584100")))
        assert (report.site.accuracy_m, report.site.accuracy_from) == (0.5, AccuracyFrom.TYPED)
        assert report.site.parcels == ()

    def test_a_site_of_named_parcels_is_their_ground_together(self) -> None:
        snapshot = newest() or 0
        report = ask(listed.site([standing(1).feature_id, standing(2).feature_id], snapshot))
        assert (report.site.area_m2, report.site.accuracy_from) == (Decimal("10000.0"), AccuracyFrom.PARCELS)

    def test_what_lies_beside_is_told_and_affects_nothing(self) -> None:
        deliver(
            GROUNDWATER,
            zone(GROUNDWATER, "beside", box(340, 0, 400, 50)),
            zone(GROUNDWATER, "far", box(900, 0, 950, 9)),
        )
        report = ask(placed(box(0, 0, 300, 50)))
        assert [(one.label, one.distance_m) for one in report.beside] == [("Vùng beside", Decimal("40.00"))]
        assert finding(report, GROUNDWATER).answer is Answer.NOT_AFFECTED

    def test_ground_outside_the_survey_is_not_assessed(self) -> None:
        deliver(
            "coverage",
            survey(GROUNDWATER, box(0, 0, 150, 50)),
            *(survey(x.slug) for x in catalogue.reported() if x.slug != GROUNDWATER),
        )
        deliver(GROUNDWATER, zone(GROUNDWATER, "far", box(4000, 4000, 4010, 4010)))
        found = finding(ask(placed(box(0, 0, 300, 50))), GROUNDWATER)
        assert (found.answer, found.uncovered_percent) == (Answer.NOT_ASSESSED, Decimal("50.00"))

    def test_the_same_site_answers_with_the_same_bytes(self) -> None:
        site = placed(box(0, 0, 300, 50))
        assert document(ask(site)) == document(ask(site))


@pytest.mark.usefixtures("ground")
class TestStatutoryDistances:
    def rule(self, code: str = "T-30", width: float = 30, **said: object) -> dict[str, object]:
        return RULE | {"code": code, "title": f"Quy tắc {code}", "object_layer": CORRIDORS, "width_m": width} | said

    @pytest.fixture(autouse=True)
    def bank(self) -> None:
        """A bank 18 m south of the fields; its map is accurate to 1 m, the fields to 1 m."""
        deliver(CORRIDORS, zone(CORRIDORS, "bank", line((-500, -18), (800, -18)), width_m=5.0, accuracy_m=1.0))

    def test_inside_by_12_m(self) -> None:
        deliver(STATUTORY_DISTANCES, self.rule())
        [found] = ask(placed(box(0, 0, 300, 50))).distances
        assert (found.inside_m, found.distance_m, found.margin_m) == (Decimal("12.0"), Decimal("18.0"), Decimal("2.0"))
        assert (found.answer, found.rule.legal_basis) == (Answer.AFFECTED, "Luật thử, điều 1")

    @pytest.mark.parametrize(("width", "answer"), [(19, Answer.TOO_CLOSE), (17, Answer.TOO_CLOSE), (15, None)])
    def test_within_the_margin_of_its_limit_it_is_too_close_to_call(self, width: float, answer: Answer | None) -> None:
        deliver(STATUTORY_DISTANCES, self.rule(width=width))
        assert [found.answer for found in ask(placed(box(0, 0, 300, 50))).distances] == ([answer] if answer else [])

    def test_an_edition_that_ended_is_told_and_decides_nothing(self) -> None:
        deliver(STATUTORY_DISTANCES, self.rule(edition_until="2024-06-30"))
        report = ask(placed(box(0, 0, 300, 50)))
        assert report.distances == ()
        assert [rule.is_outdated for rule in report.rules] == [True]

    def test_a_well_counts_by_its_own_distance(self) -> None:
        deliver(WELLS, zone(WELLS, "w", point(350, 25)))
        deliver(STATUTORY_DISTANCES, self.rule(object_layer=WELLS, width=200))
        [found] = ask(placed(box(0, 0, 300, 50))).distances
        assert (found.layer, found.distance_m, found.inside_m) == (WELLS, Decimal("50.0"), Decimal("150.0"))

    def test_what_is_not_computed_is_printed_in_the_answer(self) -> None:
        deliver(UNCOMPUTED_RULES, RULE | {"code": "D", "title": "Đê điều", "why": "Chưa có lớp đê."})
        assert [one.code for one in ask(placed(box(0, 0, 300, 50))).not_computed] == ["D"]


@pytest.mark.usefixtures("ground")
class TestPlacing:
    def test_without_a_meridian_the_cadastre_decides(self) -> None:
        site = placing.site(corners.read(table(box(0, 0, 100, 50))))
        assert site.geometry.area == pytest.approx(5000, abs=0.1)
        assert "system-fits" in {note.code for note in site.notes}

    def test_where_the_cadastre_cannot_tell_the_reader_is_asked(self) -> None:
        with pytest.raises(placing.Undecided) as asked:
            placing.site(corners.read(table(box(1013, 1011, 1113, 1061))))
        candidates = asked.value.candidates
        assert len(candidates) > 1
        assert candidates[0].system.epsg == 9209

    def test_what_the_reader_chose_is_taken(self) -> None:
        text = table(box(1013, 1011, 1113, 1061))
        assert placing.site(corners.read(text), 9209).notes[0].code == "system-chosen"
        with pytest.raises(SiteTrouble):
            placing.site(corners.read(text), 999)

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("2260000 583000\n2260050 583100\n2260000 583100\n2260050 583000", "crossing"),
            ("2260000 583000\n2260050 583100", "few-corners"),
            ("2260000 583000\n2260050 583100\n2260000 538100", "far-corner"),
            ("2260000 583000\n2260050 583100\n2260090 583300\n2260050 583100\n2260000 583200", "repeated-corner"),
            ("2260000.0 583000.0\n2260000.5 583000.0\n2260000.5 583000.5", "tiny"),
            ("2250000 583000\n2260000 583000\n2260000 590000\n2250000 590000", "huge"),
            ("1260000 583000\n1260050 583100\n1260000 583100", "no-system"),
            ("KTT 108°00'\n2260000 583000\n2260050 583100\n2260000 583100", "said-elsewhere"),
            ("KTT 105°31'\n2260000 583000\n2260050 583100\n2260000 583100", "unknown-system"),
        ],
    )
    def test_a_table_that_is_no_site_is_refused_with_its_reason(self, text: str, code: str) -> None:
        with pytest.raises(SiteTrouble) as refused:
            placing.site(corners.read(text), 9209 if code in ("tiny", "huge") else None)
        assert refused.value.code == code


@pytest.mark.usefixtures("ground")
class TestThePage:
    def test_without_a_site_it_is_the_form(self) -> None:
        page = Client().get("/check").content.decode()
        assert 'name="corners"' in page
        assert "answer-sentence" not in page

    def test_a_pasted_table_is_answered_and_can_be_linked_to(self) -> None:
        page = Client().post("/check", {"corners": table(box(0, 0, 100, 50))})
        text = page.content.decode()
        assert page.status_code == 200
        assert "Khu đất 5.000,0" in text
        assert "hệ duy nhất mà các góc khớp với ranh thửa" in text
        assert "/check?outline=" in text

    def test_a_fault_stands_in_the_form_and_nothing_is_lost(self) -> None:
        typed = "1 226O123.45 583456.78\n2 2260125.12 583467.90\n3 2260115.12 583467.90"
        page = Client().post("/check", {"corners": typed})
        text = page.content.decode()
        assert page.status_code == 422
        assert "không đọc được “226O123.45”" in text
        assert typed.splitlines()[2] in text

    def test_several_places_are_shown_to_choose_from(self) -> None:
        page = Client().post("/check", {"corners": table(box(1013, 1011, 1113, 1061))})
        text = page.content.decode()
        assert page.status_code == 422
        assert text.count("Khu đất ở đây") > 1
        assert 'name="system" value="9209"' in text

    def test_a_list_of_parcels_has_an_address(self) -> None:
        page = Client().get(f"/check?parcels={standing(1).feature_id},{standing(2).feature_id}")
        assert page.status_code == 200
        assert "Khu đất 10.000,0" in page.content.decode()


@pytest.mark.usefixtures("ground")
class TestTheApi:
    def post(self, body: object, query: str = "") -> Any:
        return Client().post(f"/api/report{query}", json.dumps(body), content_type="application/json")

    def test_it_answers_parcels_corners_geojson_and_a_point(self) -> None:
        ring = [[106.3, 20.43], [106.301, 20.43], [106.301, 20.431], [106.3, 20.43]]
        for body in (
            {"parcels": [standing(1).feature_id]},
            {"corners": table(box(0, 0, 100, 50))},
            {"geojson": {"type": "Polygon", "coordinates": [ring]}},
            {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [ring]}, "properties": {}},
            {"point": [106.3, 20.43], "radius_m": 50},
        ):
            answer = self.post(body)
            assert answer.status_code == 200, answer.content
            assert answer.json()["legal_force"] is False
            assert answer["Access-Control-Allow-Origin"] == "*"

    def test_it_answers_as_of_a_snapshot_and_a_day(self) -> None:
        told = self.post({"parcels": [standing(1).feature_id]}, "?at=2&on=2026-01-31").json()
        assert (told["snapshot"], told["date"]) == (2, "2026-01-31")

    @pytest.mark.parametrize(
        ("body", "status", "code"),
        [
            ("x", 400, "body-wrong"),
            ({}, 400, "body-wrong"),
            ({"parcels": ["1"]}, 400, "body-wrong"),
            ({"parcels": [1], "point": [1, 2]}, 400, "body-wrong"),
            ({"parcels": [999999]}, 422, "site-wrong"),
            ({"geojson": {"type": "LineString", "coordinates": [[106, 20], [106.1, 20]]}}, 422, "site-wrong"),
            ({"geojson": {"type": "Polygon", "coordinates": []}}, 422, "site-wrong"),
            ({"geojson": {"type": "Polygon", "coordinates": [[[1, 2], [3, 4], [5, 9], [1, 2]]]}}, 422, "site-wrong"),
            ({"point": [106.3, 20.43], "radius_m": -5}, 422, "site-wrong"),
            ({"corners": "2261011 584013\n2261011 584113\n2261061 584113"}, 422, "site-undecided"),
        ],
    )
    def test_what_is_wrong_is_a_named_problem(self, body: object, status: int, code: str) -> None:
        answer = self.post(body)
        assert (answer.status_code, answer.json()["code"]) == (status, code)

    def test_the_places_of_an_undecided_table_are_listed_with_their_systems(self) -> None:
        told = self.post({"corners": "2261011 584013\n2261011 584113\n2261061 584113"}).json()
        assert told["candidates"][0]["system"] == 9209
        assert len(told["candidates"]) > 1
