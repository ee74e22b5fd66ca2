"""Batches, whole: 1,000 sites by a worker that is killed half-way, 1,000 by one that is not, 10,000 rows as files.

In a scratch database with a demo of its own. What must hold: 1,000 sites take at most 60 s; of a worker that is killed
(kill -9) no row is lost and none is answered twice, the next worker goes on by itself. The files of a full batch are
told with their time and the most memory that a process of its own held for them.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "geoportal.settings")
    django.setup()

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from exports.batches import files, making
from exports.batches.stored import Batch, BatchRow
from layers.ground.parcels import Parcel
from layers.queries.snapshots import newest
from tests.addresses import address_of

ROOT = Path(__file__).parents[1]
SEED, WHOLE, FULL, PARCELS = 2026, 1_000, 10_000, 4_000
SCRATCH = "geoportal_proof_batches"
MOST_S, PATIENCE_S = 60.0, 900.0
Asked = dict[str, Any]


def sites(count: int) -> list[tuple[str, Asked]]:
    """Sites drawn by lot: a parcel, a few neighbouring numbers, a circle, a parcel by its numbers, in turn."""
    lot = random.Random(SEED)  # noqa: S311 (the same sites every time)
    parcels = list(Parcel.objects.filter(until=None).order_by("feature_id"))
    made = []
    for number in range(count):
        at = lot.randrange(len(parcels) - 5)
        one = parcels[at]
        place = one.geom.transform(4326, clone=True).centroid
        asked: tuple[Asked, ...] = (
            {"parcels": [one.feature_id]},
            {"parcels": [each.feature_id for each in parcels[at : at + 5]]},
            {"point": [round(place.x, 6), round(place.y, 6)], "radius_m": lot.randint(20, 200)},
            {"place": f"{place.y:.6f}; {place.x:.6f}", "radius": str(lot.randint(20, 200))},
        )
        made.append((f"khu {number}", asked[number % len(asked)]))
    return made


def made(count: int, client: str) -> Batch:
    return making.make(making.Wanted(client, newest() or 0, timezone.localdate(), "vi"), sites(count))


def worker() -> subprocess.Popen[bytes]:
    environment = {**os.environ, "DATABASE_URL": address_of(SCRATCH), "SECRET_KEY": str(settings.SECRET_KEY)}
    command = [sys.executable, "manage.py", "procrastinate", "worker", "--queues", "batches"]
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def end(process: subprocess.Popen[bytes], how: signal.Signals) -> None:
    os.killpg(process.pid, how)
    process.wait()


def through(batch: Batch) -> dict[int, object]:
    return dict(batch.rows.exclude(answered_at=None).values_list("number", "answered_at"))


def wait(until: Callable[[], bool]) -> None:
    started = time.monotonic()
    while not until():
        if time.monotonic() - started > PATIENCE_S:
            raise TimeoutError
        time.sleep(0.2)


def killed(count: int) -> tuple[str, bool]:
    """A batch whose worker is killed half-way; another goes on."""
    batch, started = made(count, "killed"), time.monotonic()
    first = worker()
    wait(lambda: len(through(batch)) >= count // 2)
    end(first, signal.SIGKILL)
    before = through(batch)
    second = worker()
    wait(lambda: len(through(batch)) == count)
    took = time.monotonic() - started
    end(second, signal.SIGTERM)
    after = through(batch)
    numbers = sorted(batch.rows.values_list("number", flat=True))
    kept = sum(after[number] == moment for number, moment in before.items())
    begun_twice = batch.rows.filter(tries__gt=1).count()
    whole = numbers == list(range(1, count + 1))
    line = (
        f"{count:,} sites, the worker killed (-9) after {len(before):,}: {took:.1f} s with the start of the second;"
        f" {len(after):,} rows through, {kept:,} of {len(before):,} untouched by it, {begun_twice} begun a second time,"
        f" {count - len(set(numbers)):,} lost"
    )
    return line, whole and kept == len(before) < count and begun_twice <= 1


def undisturbed(count: int) -> tuple[str, bool]:
    batch, own = made(count, "undisturbed"), worker()
    wait(lambda: len(through(batch)) > 0)
    started, beginning = time.monotonic(), len(through(batch))
    wait(lambda: len(through(batch)) == count)
    took = time.monotonic() - started
    end(own, signal.SIGTERM)
    failed = batch.rows.exclude(error="").count()
    line = (
        f"{count:,} sites by one worker: {took:.1f} s from the first answer (at most {MOST_S:.0f}),"
        f" {(count - beginning) / took:.0f} a second, {failed} without an answer"
        f" (load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors)"
    )
    return line, took <= MOST_S


def downloads(rows: int) -> list[str]:
    """The files of a batch that is filled with the answers of those before: each made in a process of its own."""
    answered = list(
        BatchRow.objects.exclude(answer=None).order_by("pk").values("asked", "answer", "ground", "answered_at")
    )
    batch = making.make(making.Wanted("full", newest() or 0, timezone.localdate(), "vi"), sites(4))
    batch.rows.all().delete()
    BatchRow.objects.bulk_create(
        [
            BatchRow(batch=batch, number=number, name=f"khu {number}", **answered[number % len(answered)])
            for number in range(1, rows + 1)
        ],
        batch_size=1_000,
    )
    making.end(batch, Batch.DONE)
    return [download(batch.code, suffix) for suffix in files.FILES]


def download(code: str, suffix: str) -> str:
    environment = {**os.environ, "DATABASE_URL": address_of(SCRATCH), "SECRET_KEY": str(settings.SECRET_KEY)}
    command = [sys.executable, "-m", "proofs.batches", "download", code, suffix]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.strip().splitlines()[-1]


def one_download(code: str, suffix: str) -> None:
    batch = Batch.objects.get(code=code)
    before, started, worked = most_megabytes(), time.monotonic(), time.process_time()
    content = files.FILES[suffix][1](batch)
    took, worked = time.monotonic() - started, time.process_time() - worked
    print(
        f"{batch.rows.count():,} rows as {suffix.upper()}: {took:.1f} s ({worked:.1f} s of processor time),"
        f" {len(content) / 2**20:.1f} MB, {most_megabytes() - before:.0f} MB of memory above the {before:.0f} MB before"
    )


def most_megabytes() -> float:
    """The most memory that this process ever held."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def main() -> int:
    from django.db import connections
    from django.test.utils import setup_databases, teardown_databases

    if sys.argv[1:2] == ["download"]:
        one_download(*sys.argv[2:4])
        return 0
    count = int(sys.argv[1]) if len(sys.argv) > 1 else WHOLE
    connections["default"].settings_dict["TEST"]["NAME"] = SCRATCH
    scratch = setup_databases(verbosity=0, interactive=False)
    try:
        with tempfile.TemporaryDirectory() as folder:
            settings.DATA_DIR = Path(folder)
            call_command("load_ground", verbosity=0)
            call_command("demo", parcels=PARCELS, verbosity=0)
            results = [killed(count), undisturbed(count)]
            lines = [*(line for line, _ in results), *downloads(FULL * count // WHOLE)]
    finally:
        connections.close_all()
        teardown_databases(scratch, verbosity=0)
    print("\n".join(lines), flush=True)
    return int(not all(held for _, held in results))


if __name__ == "__main__":
    sys.exit(main())
