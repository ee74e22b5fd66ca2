"""Information sheets, whole: 100 of the demo, each made, measured, read by other programs, altered, verified: half of
parcels, a quarter of sites that are several parcels, a quarter of sites by their corners.

In a scratch database with a demo of its own. What must hold: a sheet takes at most 1 s (median) and the press 150 MB;
the map's scale is right within 0.1 mm in 100 mm, measured on the paths of the printed PDF; `pdfsig` (poppler) finds
every signature valid and none after one flipped bit of what it covers; the portal finds that bit, and one in the
signature's own digits as well; the answer computed again is the same to the byte, also after
ten further publications and one expiry; after a changed release the page says "newer program".
"""

from __future__ import annotations

import math
import os
import random
import re
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
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
from exports.sheets.subjects import PARCEL, SITE, SUBJECTS, Asked, Subject
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
    """That many sheets of subjects drawn by lot, half in English; the seconds each took, by the clock and of processor
    time (this process and the press together)."""
    sheets, clock, processor = [], [], []
    with press.turn():
        pass  # a press that runs: what the first sheet waits for is not what a sheet takes
    for place, (subject, asked) in enumerate(subjects(count)):
        language = ("vi", "en")[place // len(KINDS) % 2]
        wanted = Wanted(subject, asked, newest() or 0, timezone.localdate(), language, ADDRESS)
        started, worked = time.perf_counter(), time.process_time() + press_seconds()
        sheet = issued(wanted)
        clock.append(time.perf_counter() - started)
        processor.append(time.process_time() + press_seconds() - worked)
        if sheet is None:
            raise ValueError(f"{subject.slug} {asked} has no sheet")
        sheets.append(sheet)
    return sheets, clock, processor


def subjects(count: int) -> Iterator[tuple[Subject, Asked]]:
    """Parcels drawn by lot, each asked about in one of the ways in turn."""
    ids = list(Parcel.objects.filter(until=None).order_by("feature_id").values_list("feature_id", flat=True))
    lot = random.Random(SEED)  # noqa: S311 (the same subjects every time)
    for place, feature_id in enumerate(lot.sample(ids, count)):
        yield KINDS[place % len(KINDS)](Parcel.objects.get(until=None, feature_id=feature_id), lot)


def one_parcel(parcel: Parcel, lot: random.Random) -> tuple[Subject, Asked]:
    return PARCEL, {"parcel": parcel.feature_id}


def neighbours(parcel: Parcel, lot: random.Random) -> tuple[Subject, Asked]:
    """A site: the parcel and those that touch it, a dozen at most."""
    near = Parcel.objects.filter(until=None, geom__dwithin=(parcel.geom, 1.0)).order_by("feature_id")
    ids = near.values_list("feature_id", flat=True)[:12]
    return SITE, {"site": "parcels=" + ",".join(str(one) for one in ids)}


def around(parcel: Parcel, lot: random.Random) -> tuple[Subject, Asked]:
    """A site by its corners: 4 to 12 of them around the parcel's middle, 20 to 150 m away."""
    middle, corners = parcel.geom.centroid, lot.randint(4, 12)
    turns = [math.tau * place / corners for place in range(corners)]
    reach = [lot.uniform(20, 150) for _ in turns]
    places = [(middle.x + far * math.cos(a), middle.y + far * math.sin(a)) for a, far in zip(turns, reach, strict=True)]
    return SITE, {"site": "outline=" + "+".join(f"{x:.2f},{y:.2f}" for x, y in places)}


KINDS: tuple[Callable[[Parcel, random.Random], tuple[Subject, Asked]], ...] = (
    one_parcel, neighbours, one_parcel, around,
)  # fmt: skip


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


def signature_digits(pdf: bytes) -> range:
    """Where the signature itself stands, in hexadecimal digits. It covers every byte of the file but these: none
    covers itself. "a" and "A" are the same digit, a bit apart."""
    found = re.search(rb"/ByteRange ?\[(\d+) (\d+) (\d+) (\d+)", pdf)
    if found is None:
        raise ValueError("a sheet without a signature")
    before, size, after, rest = map(int, found.groups())
    if before != 0 or after + rest != len(pdf):
        raise ValueError("a signature over a part of the sheet only")
    return range(size, after)


def flipped(pdf: bytes, places: Sequence[int], chance: random.Random) -> bytes:
    at = chance.choice(places)
    return pdf[:at] + bytes([pdf[at] ^ 1 << chance.randrange(8)]) + pdf[at + 1 :]


def under_signature(pdf: bytes, chance: random.Random) -> bytes:
    """One bit of what the signature covers is another."""
    digits = signature_digits(pdf)
    return flipped(pdf, [*range(digits.start), *range(digits.stop, len(pdf))], chance)


def in_signature(pdf: bytes, chance: random.Random) -> bytes:
    return flipped(pdf, signature_digits(pdf), chance)


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


def found_of(
    sheets: list[Sheet], alter: Callable[[bytes, random.Random], bytes], chance: random.Random, folder: Path
) -> tuple[int, int]:
    """How many of the sheets, each altered so, pdfsig finds not valid and the portal not its own."""
    altered = [alter(sheet.bytes_of_pdf, chance) for sheet in sheets]
    by_pdfsig = sum(not is_valid(one, folder) for one in altered)
    return by_pdfsig, sum(is_found(sheet, one) for sheet, one in zip(sheets, altered, strict=True))


def proven(count: int) -> tuple[list[str], bool]:
    """The lines of the result, and whether all of it holds."""
    sheets, clock, processor = made(count)
    memory, chance = press_megabytes(), random.Random(SEED)  # noqa: S311 (the same bits every time)
    press.close()
    with tempfile.TemporaryDirectory() as folder:
        errors = [scale_error_mm(sheet, Path(folder)) for sheet in sheets]
        valid = sum(is_valid(sheet.bytes_of_pdf, Path(folder)) for sheet in sheets)
        flips = [found_of(sheets, alter, chance, Path(folder)) for alter in (under_signature, in_signature)]
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
        f"{count} sheets, {count // 2} of them of sites: median {median:.2f} s, slowest {max(clock):.2f} s by the"
        f" clock (load {load:.1f} on {os.cpu_count()} processors); processor time median"
        f" {statistics.median(processor):.2f} s",
        f"the press held at most {memory:.0f} MB; this process at most"
        f" {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB with the demo's making",
        f"a sheet weighs {sizes[len(sizes) // 2] / 1024:.0f} kB (median), at most {sizes[-1] / 1024:.0f} kB",
        f"scale: at most {max(errors):.4f} mm in 100 mm off, on the paths of the printed PDF",
        f"pdfsig: {valid} of {count} valid; one bit flipped of all that the signature covers: {flips[0][0]} of {count}"
        f" no longer valid for pdfsig, {flips[0][1]} of {count} found by the portal",
        f"one bit flipped in the signature's own digits, which no signature covers: {flips[1][0]} of {count} no longer"
        f" valid for pdfsig, {flips[1][1]} of {count} found by the portal",
        f"computed again after ten publications and one expiry: {same} of {count} the same bytes;"
        f" newer program said: {newer} of {count}; handed out again: {again} of {count}",
    ]
    holds = (
        median <= MEDIAN_S and memory <= MEMORY_MB and max(errors) <= SCALE_MM
        and {valid, *flips[0], flips[1][1], same, newer, again} == {count}
    )  # fmt: skip
    return lines, holds


def issued_again(sheet: Sheet) -> Sheet:
    wanted = Wanted(SUBJECTS[sheet.subject], sheet.asked, sheet.snapshot, sheet.day, sheet.language, ADDRESS)
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
