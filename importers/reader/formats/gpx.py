"""GPX (a phone's or a hand-held receiver's): tracks and routes as lines, in longitude and latitude of WGS 84.

Names, descriptions, times and authors are left in the file: they may be a person's. Entities are refused unread.
"""

from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

from importers.reader.formats.features import Features
from importers.reader.formats.job import Job
from importers.reader.formats.wkb import Builder, build
from importers.reader.outcome import Refused
from importers.reader.stream import Account, Chunk

LINES, POINTS = ("trkseg", "rte"), ("trkpt", "rtept")


def read(job: Job, account: Account) -> Iterator[Chunk]:
    """One feature for each part of a track and each route."""
    if job.sublayer is not None:
        raise Refused("layer-unknown", layers="")
    lines = _lines(next(iter(job.files.values())).read_bytes())
    if not lines:
        raise Refused("gpx-no-line")
    account.crs_text = "EPSG:4326"
    features, builder = Features(job, account), Builder(account)
    for line in lines:
        row = features.next_row()
        if len(line) > job.limits.vertices:
            raise Refused("too-many-vertices", row=row, limit=job.limits.vertices)
        features.add(row, {}, build("LineString", line, row, builder, builder.points, builder.points))
        if features.full:
            yield features.take()
    builder.finish()
    yield features.take()


def _lines(text: bytes) -> list[list[list[float]]]:
    """Every line of at least two positions."""
    walk = _Walk()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = walk.start
    parser.StartDoctypeDeclHandler = walk.refuse
    parser.EntityDeclHandler = walk.refuse
    try:
        parser.Parse(text, True)
    except expat.ExpatError as error:
        raise Refused("gpx-broken", line=error.lineno) from None
    return [line for line in walk.lines if len(line) > 1]


class _Walk:
    def __init__(self) -> None:
        self.lines: list[list[list[float]]] = []
        self.is_gpx = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        plain = name.rpartition(" ")[2]
        if not self.is_gpx and plain != "gpx":
            raise Refused("gpx-broken", line=1)
        self.is_gpx = True
        if plain in LINES:
            self.lines.append([])
        elif plain in POINTS and self.lines:
            self.lines[-1].append(_place(attributes, len(self.lines)))

    def refuse(self, *_: Any) -> None:
        raise Refused("gpx-broken", line=1)


def _place(attributes: dict[str, str], row: int) -> list[float]:
    try:
        return [float(attributes["lon"]), float(attributes["lat"])]
    except (KeyError, ValueError):
        raise Refused("coordinate-not-finite", row=row) from None
