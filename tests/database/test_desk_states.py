"""The states of a delivery: none lasts for ever, none is left but as the table says, nothing lies about for long."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from desk import store, sweeping
from desk.models import Delivery, Fault
from desk.moves import WrongMove, move
from desk.states import MAY_FOLLOW, STATES, STRIP
from desk.views.findings import plain
from tests.database.officers import at_the_desk, officer

pytestmark = pytest.mark.django_db(databases="__all__")
PATIENT = [state for state in STATES.values() if state.patience]


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, settings: Any) -> Path:
    settings.DATA_DIR = tmp_path / "data"
    return tmp_path / "data"


def delivery_in(state: str, since: timedelta = timedelta(0)) -> Delivery:
    folder = store.new_folder()
    (store.root() / folder / "original" / "delivery.zip").write_bytes(b"PK")
    return Delivery.objects.create(
        layer_slug="parcels",
        name="thua.zip",
        sender=officer("lan", "editor"),
        size=2,
        sha256="0",
        folder=folder,
        state=state,
        state_since=timezone.now() - since,
    )


@pytest.mark.parametrize("state", STATES.values(), ids=list(STATES))
def test_a_state_ends_or_has_a_time_out(state: Any) -> None:
    assert state.ended == (state.patience is None)
    assert state.ended or state.late in MAY_FOLLOW[state.code]
    assert state.ended or STATES[state.late].ended


def test_every_state_under_way_stands_in_the_strip() -> None:
    shown = {code for _, codes in STRIP for code in codes}
    assert {state.code for state in STATES.values() if not state.ended} <= shown


@pytest.mark.parametrize("state", PATIENT, ids=[state.code for state in PATIENT])
def test_a_delivery_nobody_moves_on_is_closed_and_leaves_nothing(state: Any, data_folder: Path) -> None:
    assert state.patience is not None
    delivery = delivery_in(state.code, since=state.patience - timedelta(minutes=1))
    assert sweeping.close_late() == 0
    Delivery.objects.update(state_since=timezone.now() - state.patience - timedelta(minutes=1))
    assert sweeping.close_late() == 1
    delivery.refresh_from_db()
    assert delivery.state == state.late
    assert list((data_folder / "desk").iterdir()) == []


def test_a_file_that_nobody_confirms_is_deleted_after_a_week() -> None:
    delivery = delivery_in("choosing")
    Delivery.objects.update(received_at=timezone.now() - timedelta(days=6))
    assert sweeping.delete_old_originals() == 0
    Delivery.objects.update(received_at=timezone.now() - timedelta(days=8))
    assert sweeping.delete_old_originals() == 1
    assert store.originals(delivery.folder) == []


def test_a_state_is_left_only_as_the_table_says() -> None:
    delivery = delivery_in("waiting")
    with pytest.raises(WrongMove):
        move(delivery, "published")
    delivery.refresh_from_db()
    assert (delivery.state, delivery.steps.count()) == ("waiting", 0)


def test_the_folders_of_deliveries_are_for_the_portal_alone(data_folder: Path) -> None:
    delivery = delivery_in("received")
    for folder in (data_folder / "desk", data_folder / "desk" / delivery.folder):
        assert folder.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("cell", ["=1+1", "+84", "-1", "@SUM(A1)", "\tx", "=cmd|' /C calc'!A0"])
def test_a_cell_that_a_spreadsheet_would_run_is_text(cell: str) -> None:
    assert plain(cell) == f"'{cell}"


def test_the_list_of_findings_runs_nothing_and_shows_signs_as_they_are() -> None:
    delivery = delivery_in("checked")
    Delivery.objects.update(digest="x")
    nasty = "<img src=x onerror=alert(1)>"
    Fault.objects.create(delivery=delivery, code="cell-unreadable", severity="block", field="sheet_no", value=nasty,
                         detail={"expected": "number"}, row=1, is_open=True)  # fmt: skip
    Fault.objects.create(delivery=delivery, code="decimal-comma", severity="note", field="map_scale", value="=1+1")
    client = at_the_desk(delivery.sender)
    page = client.get(f"/desk/deliveries/{delivery.pk}/findings").content.decode()
    assert nasty not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    lines = client.get(f"/desk/deliveries/{delivery.pk}/findings.csv").content.decode()
    assert ",'=1+1," in lines
