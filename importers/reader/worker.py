"""The child process: one file, one driver, no network, no secrets, little time. It writes features to its pipe."""

import json
import os
import resource
import sys
import traceback
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO

from importers.reader import sniff, stream
from importers.reader.formats.job import Job
from importers.reader.limits import Limits
from importers.reader.outcome import Refused
from importers.reader.stream import Account, Chunk

Reader = Callable[[Job, Account], Iterator[Chunk]]


def main(arguments: list[str]) -> None:
    """Do the job saved at arguments[0]."""
    job = Job.load(Path(arguments[0]))
    confined(job.limits, lambda pipe: _work(job, pipe))


def confined(limits: Limits, work: Callable[[BinaryIO], None]) -> None:
    """Work within limits, with a pipe for frames; what goes wrong becomes a refusal without a value of the file."""
    confine(limits)
    # Whatever a library prints must not get between the frames.
    pipe = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    try:
        work(pipe)
    except Refused as refused:
        _refuse(pipe, refused.code, refused.detail)
    except MemoryError:
        _refuse(pipe, "too-heavy", {})
    except Exception as error:
        # The text of an error may quote a value of the file: only its kind and place go to the log.
        places = traceback.extract_tb(error.__traceback__)
        where = " < ".join(f"{Path(place.filename).name}:{place.lineno}" for place in reversed(places))
        print(f"{type(error).__name__} at {where}", file=sys.stderr)
        _refuse(pipe, "reader-failed", {})
    pipe.close()


def confine(limits: Limits) -> None:
    """Limits of the operating system; a child that crosses one dies alone."""
    for what, most in (
        (resource.RLIMIT_CPU, limits.processor),
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_FSIZE, limits.written),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def _work(job: Job, pipe: BinaryIO) -> None:
    driver, read = _reader(job.format)
    account = Account(driver)
    for chunk in read(job, account):
        stream.write(pipe, stream.CHUNK, stream.encode(chunk))
    stream.write(pipe, stream.END, json.dumps(asdict(account)).encode())


def _reader(kind: str) -> tuple[str, Reader]:
    """The format's reader. Imported here, so that a JSON file never loads GDAL or SQLite."""
    if kind == sniff.SHAPEFILE:
        from importers.reader.formats import shapefile

        return "ESRI Shapefile", shapefile.read
    if kind == sniff.GEOPACKAGE:
        from importers.reader.formats import geopackage

        return "GPKG", geopackage.read
    if kind in (sniff.TEXT_TABLE, sniff.SPREADSHEET):
        from importers.reader.formats import table

        return "CSV" if kind == sniff.TEXT_TABLE else "XLSX", table.read
    if kind == sniff.GPX:
        from importers.reader.formats import gpx

        return "GPX", gpx.read
    from importers.reader.formats import jsonfile

    return "GeoJSON", jsonfile.read


def _refuse(pipe: BinaryIO, code: str, detail: dict[str, str]) -> None:
    stream.write(pipe, stream.REFUSAL, json.dumps({"code": code, "detail": detail}).encode())
