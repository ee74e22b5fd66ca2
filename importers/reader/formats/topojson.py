"""TopoJSON 1.0 (topojson/topojson-specification): arcs shared by shapes, put together again."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from importers.reader.container import safe_name
from importers.reader.formats.features import Features
from importers.reader.formats.job import Job
from importers.reader.formats.wkb import Builder, Points, build
from importers.reader.outcome import Refused
from importers.reader.stream import Account, Chunk
from importers.reader.structure.jsontext import Walk

DRIVER = "TopoJSON"


def read(text: str, job: Job, account: Account) -> Iterator[Chunk]:
    """The geometries of one object of the topology, each a feature."""
    account.driver = DRIVER
    builder = Builder(account)
    walk = Walk(text)
    raw_arcs: list[Points] = []
    rest: dict[str, Any] = {}
    for key in walk.members():
        if key == "arcs" and walk.starts("["):
            raw_arcs = [builder.points(arc, 0) for arc in walk.items()]
        else:
            rest[key] = walk.value()
    walk.end()
    place = _transform(rest.get("transform"))
    topology = Topology([place(np.cumsum(arc, axis=0)) if place else arc for arc in raw_arcs], place, builder)
    account.tell("crs-missing")
    features = Features(job, account)
    for geometry in _chosen(rest.get("objects"), job.sublayer):
        row = features.next_row()
        features.add(row, *topology.feature(geometry, row))
        if features.full:
            yield features.take()
    builder.finish()
    yield features.take()


def _chosen(objects: Any, sublayer: str | None) -> list[Any]:
    """The geometries of the one object, or of the one asked for; never silently the first of several."""
    if not isinstance(objects, dict) or not objects:
        raise Refused("json-structure")
    listed = ", ".join(safe_name(name) for name in list(objects)[:50])
    if sublayer is None and len(objects) > 1:
        raise Refused("layer-choose", layers=listed)
    if sublayer is not None and sublayer not in objects:
        raise Refused("layer-unknown", layers=listed)
    chosen = objects[sublayer] if sublayer is not None else next(iter(objects.values()))
    if not isinstance(chosen, dict):
        raise Refused("json-structure")
    if chosen.get("type") != "GeometryCollection":
        return [chosen]
    if not isinstance(chosen.get("geometries"), list):
        raise Refused("json-structure")
    return list(chosen["geometries"])


class Place:
    """The transform of a quantised topology: whole steps to coordinates."""

    def __init__(self, scale: Points, translate: Points) -> None:
        self._scale = scale
        self._translate = translate

    def __call__(self, points: Points) -> Points:
        return np.ascontiguousarray(points * self._scale + self._translate)


def _transform(said: Any) -> Place | None:
    if said is None:
        return None
    try:
        scale, translate = np.array([said["scale"], said["translate"]])[:, :2]
        return Place(scale.astype("<f8"), translate.astype("<f8"))
    except (TypeError, KeyError, ValueError, IndexError):
        raise Refused("json-structure") from None


class Topology:
    """Arcs in coordinates of the file, and how geometries are made of them."""

    def __init__(self, arcs: list[Points], place: Place | None, builder: Builder) -> None:
        self._arcs = arcs
        self._place = place
        self._builder = builder

    def feature(self, geometry: Any, row: int) -> tuple[dict[str, Any], bytes | None]:
        """Properties and WKB of a geometry object; no shape where its type is null."""
        if not isinstance(geometry, dict) or "type" not in geometry:
            raise Refused("json-feature", row=row)
        properties = geometry.get("properties")
        if not isinstance(properties, dict | None):
            raise Refused("json-feature", row=row)
        properties = dict(properties or {})
        if geometry.get("id") is not None:
            properties.setdefault("id", geometry["id"])
        return properties, self._shape(geometry, row)

    def _shape(self, geometry: dict[str, Any], row: int) -> bytes | None:
        kind = geometry["type"]
        if kind is None:
            return None
        if kind == "GeometryCollection":
            raise Refused("geometry-type", row=row, type="GeometryCollection")
        said = geometry.get("coordinates" if kind in ("Point", "MultiPoint") else "arcs")
        if said == []:
            return None
        return build(kind, said, row, self._builder, self._line, self._points)

    def _points(self, positions: Any, row: int) -> Points:
        points = self._builder.points(positions, row)
        return self._place(points) if self._place else points

    def _line(self, numbers: Any, row: int) -> Points:
        """Arcs one after the other (~n: arc n backwards); where two meet, the shared point counts once."""
        if not isinstance(numbers, list) or not numbers:
            raise Refused("json-geometry", row=row)
        pieces: list[Points] = []
        for number in numbers:
            piece = self._arc(number, row)
            pieces.append(piece[1:] if pieces else piece)
        return np.ascontiguousarray(np.concatenate(pieces))

    def _arc(self, number: Any, row: int) -> Points:
        if type(number) is not int or not -len(self._arcs) <= number < len(self._arcs):
            raise Refused("json-geometry", row=row)
        return self._arcs[number] if number >= 0 else self._arcs[~number][::-1]
