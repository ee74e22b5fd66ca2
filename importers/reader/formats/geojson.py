"""GeoJSON (RFC 7946; the "crs" member of the 2008 format is read as a statement, never assumed)."""

from collections.abc import Iterator
from typing import Any

from importers.reader.formats import crs
from importers.reader.formats.features import Features
from importers.reader.formats.job import Job
from importers.reader.formats.wkb import Builder, build
from importers.reader.outcome import Refused
from importers.reader.stream import Account, Chunk
from importers.reader.structure.jsontext import Walk

DRIVER = "GeoJSON"


def read(text: str, job: Job, account: Account) -> Iterator[Chunk]:
    """The features of a FeatureCollection, or the one Feature a document may be."""
    account.driver = DRIVER
    if job.sublayer is not None:
        raise Refused("layer-unknown", layers="")
    walk, features, builder = Walk(text), Features(job, account), Builder(account)
    alone: dict[str, Any] = {}
    found = 0
    for key in walk.members():
        if key == "features" and walk.starts("["):
            found += 1
            for feature in walk.items():
                _add(feature, features, builder)
                if features.full:
                    yield features.take()
        else:
            alone[key] = walk.value()
    walk.end()
    if alone.get("type") == "Feature" and not found:
        _add(alone, features, builder)
    elif found != 1:  # a second list would be a second truth
        raise Refused("json-structure")
    _read_crs(alone.get("crs"), account)
    builder.finish()
    yield features.take()


def _add(feature: Any, features: Features, builder: Builder) -> None:
    row = features.next_row()
    if not isinstance(feature, dict) or feature.get("type") != "Feature" or "geometry" not in feature:
        raise Refused("json-feature", row=row)
    properties = feature.get("properties")
    if not isinstance(properties, dict | None):
        raise Refused("json-feature", row=row)
    properties = dict(properties or {})
    if feature.get("id") is not None:
        properties.setdefault("id", feature["id"])
    features.add(row, properties, _shape(feature["geometry"], row, builder))


def _shape(geometry: Any, row: int, builder: Builder) -> bytes | None:
    """WKB, or None where the file says null or (RFC 7946, 3.1) gives no coordinates at all."""
    if geometry is None:
        return None
    if not isinstance(geometry, dict):
        raise Refused("json-geometry", row=row)
    if geometry.get("type") == "GeometryCollection":
        raise Refused("geometry-type", row=row, type="GeometryCollection")
    if geometry.get("coordinates") == []:
        return None
    return build(geometry.get("type"), geometry.get("coordinates"), row, builder, builder.points, builder.points)


def _read_crs(said: Any, account: Account) -> None:
    if said is None:
        account.tell("crs-missing")
        return
    properties = said.get("properties") if isinstance(said, dict) and said.get("type") == "name" else None
    account.crs_text = crs.named(properties.get("name")) if isinstance(properties, dict) else None
    if account.crs_text is None:
        account.tell("crs-ignored")
