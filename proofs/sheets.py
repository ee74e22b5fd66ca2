"""Information sheets, whole: 100 parcels of the demo, each made, measured, read by other programs, altered, verified.

In a scratch database with a demo of its own. What must hold: a sheet takes at most 1 s (median) and the press 150 MB;
the map's scale is right within 0.1 mm in 100 mm, measured on the paths of the printed PDF; `pdfsig` (poppler) finds
every signature valid and, after one flipped bit, none; the answer computed again is the same to the byte, also after
ten further publications and one expiry; after a changed release the page says "newer program".
"""

from __future__ import annotations

import os
import random
import resource
import statistics
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "geoportal.settings")
    django.setup()

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from exports.models import Sheet
from exports.sheets.issuing import Wanted, issued
from exports.sheets.press import press
from exports.sheets.subjects import PARCEL
from exports.sheets.verifying import Verdict, is_reproduced, of_then
from layers.ground.parcels import Parcel
from layers.queries.snapshots import newest
from proofs.publications import expire_one, publish_ten
from tests.printed import is_valid, scale_error_mm

SEED, WHOLE, PARCELS = 2026, 100, 4_000
SCRATCH = "geoportal_proof_sheets"
MEDIAN_S, MEMORY_MB, SCALE_MM = 1.0, 150.0, 0.1
ADDRESS = "http://127.0.0.1:8000"


def made(count: int) -> tuple[list[Sheet], list[float], list[float]]:
    """That many sheets of parcels drawn by lot, half in English; the seconds each took, by the clock and of processor
    time (this process and the press together)."""
    ids = list(Parcel.objects.filter(until=None).order_by("feature_id").values_list("feature_id", flat=True))
    chosen = random.Random(SEED).sample(ids, count)  # noqa: S311 (the same parcels every time)
    sheets, clock, processor = [], [], []
    with press.turn():
        pass  # a press that runs: what the first sheet waits for is not what a sheet takes
    for place, feature_id in enumerate(chosen):
        wanted = Wanted(
            PARCEL, {"parcel": feature_id}, newest() or 0, timezone.localdate(), ("vi", "en")[place % 2], ADDRESS
        )
        started, worked = time.perf_counter(), time.process_time() + press_seconds()
        sheet = issued(wanted)
        clock.append(time.perf_counter() - started)
        processor.append(time.process_time() + press_seconds() - worked)
        if sheet is None:
            raise ValueError(f"parcel {feature_id} has no sheet")
        sheets.append(sheet)
    return sheets, clock, processor


def press_process() -> Path:
    if press.child is None:
        raise ValueError("the press does not run")
    return Path("/proc") / str(press.child.pid)


def press_seconds() -> float:
    """Processor time of the press so far."""
    fields = (press_process() / "stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def press_megabytes() -> float:
    """The most memory that the press ever held."""
    lines = (press_process() / "status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def flipped(pdf: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(pdf))
    return pdf[:at] + bytes([pdf[at] ^ 1 << chance.randrange(8)]) + pdf[at + 1 :]


def is_found(sheet: Sheet, altered: bytes) -> bool:
    """Whether the portal says of an altered file that it is not the one it issued."""
    from geoportal.views.sheets import fate_of, found_file
    from importers.reader.outcome import Refused
    from importers.reader.signed_pdf import examine

    if found_file(altered) is not None:
        return False
    try:
        return fate_of(examine(altered)) != ""
    except Refused:
        return True


def proven(count: int) -> tuple[list[str], bool]:
    """The lines of the result, and whether all of it holds."""
    sheets, clock, processor = made(count)
    memory, chance = press_megabytes(), random.Random(SEED)  # noqa: S311 (the same bits every time)
    press.close()
    with tempfile.TemporaryDirectory() as folder:
        errors = [scale_error_mm(sheet, Path(folder)) for sheet in sheets]
        valid = sum(is_valid(sheet.bytes_of_pdf, Path(folder)) for sheet in sheets)
        altered = [flipped(sheet.bytes_of_pdf, chance) for sheet in sheets]
        by_pdfsig = sum(not is_valid(one, Path(folder)) for one in altered)
    found = sum(is_found(sheet, one) for sheet, one in zip(sheets, altered, strict=True))
    publish_ten()
    expire_one()
    same = sum(is_reproduced(sheet) for sheet in sheets)
    release, settings.RELEASE = settings.RELEASE, "9.9.9"
    newer = sum(of_then(sheet) is Verdict.NEWER_PROGRAM for sheet in sheets)
    settings.RELEASE = release
    again = sum(issued_again(sheet).code == sheet.code for sheet in sheets)
    median = statistics.median(clock)
    sizes = sorted(len(sheet.bytes_of_pdf) for sheet in sheets)
    load = os.getloadavg()[0]
    lines = [
        f"{count} sheets: median {median:.2f} s, slowest {max(clock):.2f} s by the clock (load {load:.1f} on"
        f" {os.cpu_count()} processors); processor time median {statistics.median(processor):.2f} s",
        f"the press held at most {memory:.0f} MB; this process at most"
        f" {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB with the demo's making",
        f"a sheet weighs {sizes[len(sizes) // 2] / 1024:.0f} kB (median), at most {sizes[-1] / 1024:.0f} kB",
        f"scale: at most {max(errors):.4f} mm in 100 mm off, on the paths of the printed PDF",
        f"pdfsig: {valid} of {count} valid; one flipped bit: {by_pdfsig} of {count} no longer valid for pdfsig,"
        f" {found} of {count} found by the portal",
        f"computed again after ten publications and one expiry: {same} of {count} the same bytes;"
        f" newer program said: {newer} of {count}; handed out again: {again} of {count}",
    ]
    holds = (
        median <= MEDIAN_S and memory <= MEMORY_MB and max(errors) <= SCALE_MM
        and {valid, found, same, newer, again} == {count}
    )  # fmt: skip
    return lines, holds


def issued_again(sheet: Sheet) -> Sheet:
    wanted = Wanted(PARCEL, sheet.asked, sheet.snapshot, sheet.day, sheet.language, ADDRESS)
    found = issued(wanted)
    if found is None:
        raise ValueError(f"sheet {sheet.code} is not there any more")
    return found


def main() -> int:
    from django.db import connections
    from django.test.utils import setup_databases, teardown_databases

    connections["default"].settings_dict["TEST"]["NAME"] = SCRATCH
    scratch = setup_databases(verbosity=0, interactive=False)
    count = int(sys.argv[1]) if len(sys.argv) > 1 else WHOLE
    start = time.monotonic()
    try:
        with tempfile.TemporaryDirectory() as folder:
            settings.DATA_DIR = Path(folder)
            call_command("load_ground", verbosity=0)
            call_command("demo", parcels=PARCELS, verbosity=0)
            lines, holds = proven(count)
    finally:
        press.close()
        connections.close_all()
        teardown_databases(scratch, verbosity=0)
    print("\n".join(lines) + f"\n{timedelta(seconds=round(time.monotonic() - start))}", flush=True)
    return int(not holds)


if __name__ == "__main__":
    sys.exit(main())
