"""Where measuring pays: on a ground where one can count by hand, and against what the reports of all parcels say."""

from __future__ import annotations

import csv
import io

import pytest
from django.test import Client

from desk import measuring
from importers.publish import Delivery, stretches
from importers.publish.withdrawing import withdraw
from layers import catalogue
from layers.ground.parcels import PARCELS, Parcel
from layers.queries.stretches import best
from layers.report.answers import Answer
from layers.stretches import Measurable, Stretch
from layers.themes.groundwater_zones import GroundwaterZone
from tests.database.officers import at_the_desk, officer
from tests.database.province import DAY, Row, ask, box, deliver, finding, parcel, point, survey, zone

pytestmark = pytest.mark.django_db(databases="__all__")

GROUNDWATER, WELLS = "groundwater-zones", "licensed-wells"
# 2,600 m round, so nine stretches of 288.9 m; the first goes north along x = 0.
ZONE = box(-1000, 0, 0, 300)
BESIDE = [(f"B{at}", 5.0, 10.0 + 20 * at, 1.0) for at in range(10)]
OTHERS = [
    ("across two", 5.0, 280.0, 1.0),  # the stretches meet at y = 288.9
    ("own too rough", 5.0, 230.0, 12.0),
    ("hard by", 0.5, 255.0, 1.0),
    ("far", 30.0, 10.0, 1.0),
]


def row(name: str, west: float, south: float, accuracy: float) -> Row:
    return parcel(name, box(west, south, west + 10, south + 15), accuracy_m=accuracy)


@pytest.fixture
def ground() -> None:
    """Accuracy of the zone 10 m, of the parcels 1 m: too close up to 11 m, up to 1.1 m once the zone is measured."""
    inside = parcel("inside", box(-500, 100, -480, 120))
    deliver(PARCELS, *(row(*said) for said in BESIDE + OTHERS), inside)
    deliver("coverage", *(survey(layer.slug) for layer in catalogue.reported()))
    deliver(GROUNDWATER, zone(GROUNDWATER, "one", ZONE, accuracy_m=10.0))


def counts() -> list[tuple[int, int, int, int]]:
    rows = Stretch.objects.filter(layer=GROUNDWATER).order_by("-won", "-shared")
    return list(rows.values_list("won", "shared", "own", "neither"))


def undecided(slug: str = GROUNDWATER) -> int:
    """As the reports of all parcels say."""
    parcels = Parcel.objects.filter(until=None).values_list("feature_id", flat=True)
    answers = [finding(ask(feature_id=number), slug).answer for number in parcels]
    return answers.count(Answer.TOO_CLOSE)


def computed(slug: str = GROUNDWATER) -> Measurable:
    stretches.compute(day=DAY)
    return Measurable.objects.get(layer=slug)


@pytest.mark.usefixtures("ground")
class TestOneZone:
    def test_every_answer_is_counted_at_the_stretch_that_decides_it(self) -> None:
        found = computed()
        # Ten beside the first stretch; one near both; two that no better border decides alone.
        assert counts() == [(10, 1, 0, 2), (0, 1, 0, 0)]
        assert (found.answers, found.by_zone, found.by_own) == (13, 11, 0)
        assert found.answers == undecided()

    def test_a_stretch_is_where_it_says_and_at_most_so_long(self) -> None:
        computed()
        first = best(GROUNDWATER)[0]
        assert round(first.length_m, 1) == 288.9 == round(first.geom.length, 1)
        assert first.geom.extent == pytest.approx((583_000, 2_260_000, 583_000, 2_260_288.9), abs=0.1)
        assert measuring.rows([first])[0].per_100_m == pytest.approx(3.46, abs=0.01)

    def test_measuring_it_makes_so_many_answers_certain(self) -> None:
        """The promise itself: the same border, as accurate as a survey leaves it."""
        before = undecided()
        won = computed().by_zone
        deliver(GROUNDWATER, zone(GROUNDWATER, "one", ZONE, accuracy_m=0.1))
        assert undecided() == before - won

    def test_where_the_border_is_good_the_parcel_is_to_be_measured(self) -> None:
        deliver(GROUNDWATER, zone(GROUNDWATER, "one", ZONE, accuracy_m=1.0))
        found = computed()
        assert (found.answers, found.by_zone, found.by_own) == (2, 0, 1)
        assert counts() == [(0, 0, 1, 1)]

    def test_an_answer_that_another_zone_gives_is_none_to_win(self) -> None:
        over = zone(GROUNDWATER, "over", box(-20, -20, 40, 120), accuracy_m=1.0)
        deliver(GROUNDWATER, zone(GROUNDWATER, "one", ZONE, accuracy_m=10.0), over)
        assert computed().answers == undecided() < 13

    def test_a_decision_by_whole_parcels_leaves_nothing_to_measure(self) -> None:
        deliver(GROUNDWATER, zone(GROUNDWATER, "one", ZONE, whole_parcels=True))
        assert (computed().answers, counts()) == (0, [])

    def test_a_parcel_between_two_zones_needs_both(self) -> None:
        other = zone(GROUNDWATER, "two", box(20, 0, 1000, 300), accuracy_m=10.0)
        deliver(GROUNDWATER, zone(GROUNDWATER, "one", ZONE, accuracy_m=10.0), other)
        found = computed()
        assert found.answers == undecided()
        assert found.by_zone == 0

    def test_a_point_is_measured_as_one(self) -> None:
        deliver(WELLS, zone(WELLS, "well", point(10, 5)))
        found = computed(WELLS)
        assert found.answers == undecided(WELLS) > 0
        assert set(Stretch.objects.filter(layer=WELLS).values_list("length_m", flat=True)) == {0.0}


@pytest.mark.usefixtures("ground")
class TestKeeping:
    def test_only_what_was_published_since_is_looked_at_again(self) -> None:
        assert computed().answers == 13
        assert stretches.stale() == []
        deliver(WELLS, zone(WELLS, "new", point(4000, 4000)))
        assert [layer.slug for layer in stretches.stale()] == [WELLS]
        deliver(PARCELS, row("B0", 5.0, 10.0, 1.0))
        assert GROUNDWATER in [layer.slug for layer in stretches.stale()]

    def test_what_is_withdrawn_takes_its_stretches_with_it(self) -> None:
        computed()
        feature = GroundwaterZone.objects.get(until=None).feature_id
        said = Delivery("withdraw", "", "Bình", approver="An")
        withdraw(catalogue.get(GROUNDWATER), feature, reason="không được công bố", delivery=said)
        assert not Stretch.objects.filter(layer=GROUNDWATER).exists()


@pytest.mark.usefixtures("ground")
class TestTheOfficersList:
    def test_before_it_was_computed_the_page_says_so(self) -> None:
        page = at_the_desk(officer("hoa", "editor")).get("/desk/measure").content.decode()
        assert "Chưa tính." in page

    def test_the_page_the_table_and_the_map_tell_the_same(self) -> None:
        computed()
        hoa = at_the_desk(officer("hoa", "editor"))
        page = hoa.get("/desk/measure").content.decode()
        assert "Đo <strong>289 m</strong> ranh “Vùng one”" in page
        assert "<strong>10 câu trả lời</strong> trở nên chắc chắn" in page
        assert "Vùng one" in hoa.get("/desk/measure?by=zone").content.decode()
        rows = list(csv.DictReader(io.StringIO(hoa.get("/desk/measure.csv").content.decode("utf-8-sig"))))
        assert [(row["answers_won"], row["with_neighbours"], row["neither"]) for row in rows] == [
            ("10", "1", "2"),
            ("0", "1", "0"),
        ]
        assert (float(rows[0]["east"]), float(rows[0]["north"])) == pytest.approx((583_000, 2_260_144.4), abs=0.1)
        frame = hoa.get("/desk/measure/map")
        assert "sandbox allow-scripts" in frame["Content-Security-Policy"]
        assert "1. V\\u00f9ng one" in frame.content.decode()

    def test_whoever_has_not_signed_in_sees_nothing_of_it(self, client: Client) -> None:
        assert client.get("/desk/measure.csv").status_code == 302
