"""A worker of the desk that is killed in the middle of a delivery: another one makes up for it within seconds.

A sample of `./portal prove kills`, which does it at ten points of a delivery's way.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from desk import sweeping
from desk.jobs import KIND_OF, work
from desk.models import Delivery
from layers.queries.holding import held, holding
from proofs.desk_worker import POINTS
from tests.database import deliveries
from tests.database.officers import at_the_desk, officer, parts, send
from tests.database.province import deliver, parcel

pytestmark = pytest.mark.django_db(transaction=True, databases="__all__")

ROOT = Path(__file__).resolve().parents[2]
POINT = "the file is about to be opened"


def worker(data: Path, *point: str) -> subprocess.Popen[str]:
    place = connection.settings_dict
    host = str(place["HOST"])
    server = f"{place['USER']}@/{host}" if host.startswith("/") else f"{place['USER']}@{host}:{place['PORT'] or 5432}"
    return subprocess.Popen(
        [sys.executable, "-m", "proofs.desk_worker", *point],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": f"postgis://{server}/{place['NAME']}", "PORTAL_DATA": str(data)},
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def told(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def wait(what: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 120
    while not what():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.1)


@pytest.fixture(autouse=True)
def no_jobs_of_others() -> Iterator[None]:
    """The queue's tables are not emptied with the rest."""
    told("DELETE FROM procrastinate_jobs")
    yield
    told("DELETE FROM procrastinate_jobs")


@pytest.fixture
def delivery(settings: Settings, tmp_path: Path) -> Delivery:
    settings.DATA_DIR = tmp_path / "data"
    deliver("parcels", parcel(1))
    return send(at_the_desk(officer("hoa", "editor")), *parts(deliveries.parcels(tmp_path / "thua")))


def test_76_a_killed_worker_of_the_desk_is_made_up_for(delivery: Delivery, tmp_path: Path) -> None:
    def state() -> str:
        return Delivery.objects.get(pk=delivery.pk).state

    with worker(tmp_path / "data", POINT) as first:
        assert first.stdout is not None
        assert first.stdout.readline().strip() == f"at {POINT}"
        assert held("delivery") == {delivery.pk}
        first.kill()
        first.communicate()
    assert state() == "reading"
    wait(lambda: not held("delivery"))
    with worker(tmp_path / "data") as second:
        wait(lambda: state() != "reading")
        second.kill()
        second.communicate()
    assert state() == "choosing"
    assert [step.state for step in delivery.steps.all()] == ["received", "reading", "reading", "choosing"]


def test_a_job_is_dead_when_nobody_holds_its_delivery(delivery: Delivery, monkeypatch: pytest.MonkeyPatch) -> None:
    told("UPDATE procrastinate_jobs SET status = 'doing'")
    running = ProcrastinateJob.objects.get(task_name=work.name)
    told("INSERT INTO procrastinate_events (job_id, type, at) SELECT id, 'started', now() FROM procrastinate_jobs")
    assert sweeping.dead_jobs(KIND_OF) == []  # it has only just begun
    monkeypatch.setattr(sweeping, "BEGINNING", timedelta(0))
    with holding("delivery", delivery.pk) as ours:
        assert ours
        assert sweeping.dead_jobs(KIND_OF) == []
    assert [job.pk for job in sweeping.dead_jobs(KIND_OF)] == [running.pk]


def test_a_delivery_without_a_job_gets_one(delivery: Delivery) -> None:
    assert sweeping.hand_over_forgotten(work.name) == 0
    Delivery.objects.update(state_since=timezone.now() - timedelta(seconds=30))
    assert sweeping.hand_over_forgotten(work.name) == 0
    told("UPDATE procrastinate_jobs SET status = 'failed'")
    assert sweeping.hand_over_forgotten(work.name) == 1
    assert sweeping.hand_over_forgotten(work.name) == 0


def test_the_proof_kills_at_ten_points() -> None:
    assert len(POINTS) == 10
    assert all(hasattr(owner, name) for _, (owner, name, _) in POINTS.values())
