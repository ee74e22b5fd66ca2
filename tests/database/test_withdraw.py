"""Withdrawing: two officers, a reason, nothing of it left in any version, twin or old tile."""

from __future__ import annotations

from pathlib import Path

import mapbox_vector_tile
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connections
from django.db.models import Model
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from exports import jobs
from exports.archives import render
from importers.publish import Delivery, PublishRefused, roll_back, withdraw, withdrawing
from layers import catalogue, public
from layers.declare import Layer
from layers.ground.coverage import Coverage
from layers.ground.parcels import PARCELS, Parcel
from layers.queries import tiles, withdrawn
from layers.queries.snapshots import newest
from layers.revisions import Revision
from layers.themes.groundwater_zones import GroundwaterZone
from layers.twins import CoveragePiece, ZoneEdge, ZonePiece
from layers.withdrawals import Withdrawal
from tests.database.any_layer import PLACE, TO_TILES, record
from tests.database.province import FIELD, ask, box, deliver, finding, parcel, publish_ground, standing, survey, zone

pytestmark = pytest.mark.django_db(databases="__all__")

GROUNDWATER = "groundwater-zones"
SECRET = "Nguyễn Thị Bí Mật"
TWO = Delivery("", "", "Bình", approver="An")


@pytest.fixture(autouse=True)
def ask_afresh() -> None:
    withdrawn.forget()


def published_secret() -> int:
    """A zone with a name in two versions, and a neighbour; the id of the first."""
    neighbour = zone(GROUNDWATER, "b", box(300, 0, 400, 50))
    deliver(GROUNDWATER, zone(GROUNDWATER, "a", FIELD, name=SECRET), neighbour)
    deliver(GROUNDWATER, zone(GROUNDWATER, "a", FIELD, name=SECRET, reason=SECRET), neighbour)
    return GroundwaterZone.objects.get(code="a", until=None).feature_id


def withdraw_zone(feature_id: int, delivery: Delivery = TWO, reason: str = "công bố nhầm") -> Revision:
    return withdraw(catalogue.get(GROUNDWATER), feature_id, reason=reason, delivery=delivery)


def everything_stored() -> str:
    """All rows of all tables, as text."""
    with connections["default"].cursor() as cursor:
        told = []
        for model in apps.get_models():
            cursor.execute(f"SELECT coalesce(string_agg(t::text, ' '), '') FROM {model._meta.db_table} AS t")
            told.append(cursor.fetchone()[0])
    return " ".join(told)


def test_nothing_of_it_is_left_in_any_table() -> None:
    feature_id = published_secret()
    assert SECRET in everything_stored()
    withdraw_zone(feature_id)
    assert SECRET not in everything_stored()
    assert "nguyen thi bi mat" not in everything_stored()


def test_its_versions_hold_for_no_snapshot_and_its_neighbour_stays() -> None:
    feature_id = published_secret()
    revision = withdraw_zone(feature_id)
    blanked = GroundwaterZone.objects.filter(feature_id=feature_id)
    assert set(blanked.values_list("since", "until")) == {(revision.number, revision.number)}
    assert all(row.geom.empty and row.geom_3857.empty and row.digest.int == 0 for row in blanked)
    assert list(GroundwaterZone.objects.filter(until=None).values_list("code", flat=True)) == ["b"]


def test_its_twins_go_and_those_of_others_stay() -> None:
    feature_id = published_secret()
    withdraw_zone(feature_id)
    left = GroundwaterZone.objects.get(code="b").row_id
    for twin in (ZonePiece, ZoneEdge):
        assert set(twin.objects.values_list("row_id", flat=True)) == {left}


def test_a_survey_loses_its_pieces() -> None:
    deliver("coverage", survey(GROUNDWATER), survey(GROUNDWATER, name="Khác"))
    coverage = catalogue.get("coverage")
    secret = Coverage.objects.get(name="Khác").feature_id
    withdraw(coverage, secret, reason="nhầm", delivery=TWO)
    assert CoveragePiece.objects.count() == 1


def test_no_answer_of_any_snapshot_tells_of_it() -> None:
    publish_ground()
    feature_id = published_secret()
    withdraw_zone(feature_id)
    for snapshot in range(3, (newest() or 0) + 1):
        assert [found.label for found in finding(ask(at=snapshot), GROUNDWATER).zones] == []


def test_the_history_says_withdrawn_and_by_whom() -> None:
    revision = withdraw_zone(published_secret())
    kept = Withdrawal.objects.get()
    assert (kept.number, kept.layer, kept.since, kept.reason) == (revision.number, GROUNDWATER, 1, "công bố nhầm")
    assert (kept.publisher, kept.approver) == ("Bình", "An")
    assert (revision.removed, revision.added) == (1, 0)


def test_what_is_gone_already_can_be_withdrawn_from_the_past() -> None:
    feature_id = published_secret()
    deliver(GROUNDWATER, zone(GROUNDWATER, "b", box(300, 0, 400, 50)))
    assert withdraw_zone(feature_id).removed == 0
    assert SECRET not in everything_stored()


@pytest.mark.parametrize("layer", catalogue.every(), ids=lambda layer: layer.slug)
def test_every_layer_can_be_blanked(layer: Layer) -> None:
    deliver(layer, record(layer))
    manager = layer.model._default_manager
    feature_id = manager.get(until=None).feature_id
    withdraw(layer, feature_id, reason="thử", delivery=TWO)
    assert not manager.filter(until=None).exists()


def test_every_column_of_every_model_has_a_nothing() -> None:
    models: list[type[Model]] = [layer.model for layer in catalogue.every()]
    for column in (column for model in models for column in model._meta.fields):
        if column.name not in withdrawing.KEPT_COLUMNS and not column.generated:
            withdrawing.blank_of(column)


class TestTheAddressesOfAParcel:
    """It said something it never should have; that it did is told, what it said is not."""

    @pytest.mark.parametrize("at", ["", "at=1"])
    def test_they_answer_410_with_day_and_revision_and_without_the_reason(self, client: Client, at: str) -> None:
        deliver(PARCELS, parcel(1), parcel(2, box(200, 0, 300, 50)))
        first = standing(1).feature_id
        withdraw(PARCELS, first, reason=f"có tên {SECRET}", delivery=TWO)
        today = timezone.localdate().strftime("%d/%m/%Y")
        pages = ("", "/may-i", "/still.svg", "/sheet.pdf")
        addresses = [f"/parcels/{first}{page}?{at}" for page in pages]
        addresses += [f"/api/parcels/{first}/report?{at}", f"/api/parcels/{first}/may-i?activity=well&{at}"]
        for address in addresses:
            answer = client.get(address)
            told = answer.content.decode()
            assert answer.status_code == 410, address
            assert f"rút khỏi cổng ngày {today}, bằng bản công bố số 2" in told
            assert not [word for word in (SECRET, "có tên", "Bình") if word in told]

    def test_programs_get_the_same_as_numbers(self, client: Client) -> None:
        deliver(PARCELS, parcel(1))
        first = standing(1).feature_id
        withdraw(PARCELS, first, reason="nhầm", delivery=TWO)
        told = client.get(f"/api/parcels/{first}/report").json()
        assert told["code"] == "parcel-withdrawn"
        today = timezone.localdate().isoformat()
        assert told["withdrawn"] == {"layer": "parcels", "id": first, "revision": 2, "since": 1, "on": today}

    def test_a_parcel_never_there_stays_unknown(self, client: Client) -> None:
        deliver(PARCELS, parcel(1))
        assert client.get("/api/parcels/999999/report").status_code == 404


class TestTiles:
    def address(self, revision: int) -> str:
        east, north = TO_TILES.transform(*PLACE)
        across, down = (int((half / (2 * tiles.HALF_WORLD) + 0.5) * 2**14) for half in (east, -north))
        return public.address_of(PARCELS, Revision.objects.get(number=revision)).format(z=14, x=across, y=down)

    @pytest.fixture(autouse=True)
    def own_folder(self, settings: Settings, tmp_path: Path) -> None:
        settings.DATA_DIR = tmp_path

    def withdrawn_parcel(self) -> None:
        deliver(PARCELS, parcel(1), parcel(2, box(200, 0, 300, 50)))
        first = Parcel.objects.get(parcel_no="1").feature_id
        withdraw(PARCELS, first, reason="nhầm", delivery=TWO)

    def test_an_address_from_before_answers_410_in_words(self, client: Client) -> None:
        self.withdrawn_parcel()
        answer = client.get(self.address(1))
        assert (answer.status_code, answer.json()["code"]) == (410, "tile-withdrawn")
        assert "immutable" not in answer["Cache-Control"]

    def test_the_new_address_shows_the_others(self, client: Client) -> None:
        self.withdrawn_parcel()
        answer = client.get(self.address(2))
        drawn = mapbox_vector_tile.decode(answer.content)
        assert [found["properties"]["parcel_no"] for found in drawn["parcels"]["features"]] == ["2"]

    def test_a_tile_rendered_ahead_answers_410_and_its_archive_goes(self, client: Client, tmp_path: Path) -> None:
        deliver(PARCELS, parcel(1))
        render.render(PARCELS, Revision.objects.get(number=1))
        assert client.get(self.address(1)).status_code == 200
        withdraw(PARCELS, Parcel.objects.get().feature_id, reason="nhầm", delivery=TWO)
        assert client.get(self.address(1)).status_code == 410
        jobs.render_tiles(0)
        assert not list(tmp_path.rglob("1-*.pmtiles"))


class TestRefusal:
    def refused(self, feature_id: int, delivery: Delivery = TWO, reason: str = "nhầm") -> str:
        with pytest.raises(PublishRefused) as refusal:
            withdraw_zone(feature_id, delivery, reason)
        assert not Withdrawal.objects.filter(reason=reason).exists()
        assert refusal.value.sentence
        return refusal.value.code

    @pytest.mark.parametrize(
        ("publisher", "approver"), [("Bình", ""), ("", "An"), ("Bình", "Bình"), ("Bình", " bình ")]
    )
    def test_one_officer_is_not_enough(self, publisher: str, approver: str) -> None:
        assert self.refused(published_secret(), Delivery("", "", publisher, approver)) == "two-officers"

    def test_no_reason(self) -> None:
        assert self.refused(published_secret(), reason=" ") == "no-reason"

    def test_no_such_feature(self) -> None:
        assert self.refused(7) == "unknown-feature"

    def test_twice(self) -> None:
        feature_id = published_secret()
        withdraw_zone(feature_id)
        assert self.refused(feature_id, reason="lần hai") == "already-withdrawn"

    def test_a_withdrawal_is_never_rolled_back(self) -> None:
        number = withdraw_zone(published_secret()).number
        with pytest.raises(PublishRefused, match="withdrawal"):
            roll_back(number, TWO)

    def test_rolling_back_an_older_delivery_does_not_bring_it_back(self) -> None:
        deliver(GROUNDWATER, zone(GROUNDWATER, "a", FIELD, name=SECRET), zone(GROUNDWATER, "b", FIELD))
        deliver(GROUNDWATER, zone(GROUNDWATER, "c", FIELD))
        withdraw_zone(GroundwaterZone.objects.get(code="a").feature_id)
        roll_back(2, TWO)
        assert list(GroundwaterZone.objects.filter(until=None).values_list("code", flat=True)) == ["b"]
        assert SECRET not in everything_stored()


def test_the_console_takes_two_names(capsys: pytest.CaptureFixture[str]) -> None:
    said = ["withdraw", GROUNDWATER, str(published_secret()), "--reason", "nhầm", "--by", "Bình", "--lang", "en"]
    with pytest.raises(SystemExit):
        call_command(*said, "--approved-by", "Bình")
    assert "two different officers" in capsys.readouterr().err
    call_command(*said, "--approved-by", "An")
    assert "Withdrawn by number 3" in capsys.readouterr().out
