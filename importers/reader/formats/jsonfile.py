"""GeoJSON (RFC 7946) and TopoJSON, told apart by the "type" of the document, not by the suffix."""

from collections import deque
from collections.abc import Iterator

from importers.reader.formats import geojson, topojson
from importers.reader.formats.job import Job
from importers.reader.outcome import Refused
from importers.reader.stream import Account, Chunk
from importers.reader.structure import jsontext

DOCUMENTS = {"FeatureCollection": geojson.read, "Feature": geojson.read, "Topology": topojson.read}


def read(job: Job, account: Account) -> Iterator[Chunk]:
    """The features of the document; personal properties dropped."""
    text = jsontext.load(next(iter(job.files.values())))
    return DOCUMENTS[_kind(text)](text, job, account)


def _kind(text: str) -> str:
    walk = jsontext.Walk(text)
    for key in walk.members():
        if key == "type":
            kind = walk.value()
            if isinstance(kind, str) and kind in DOCUMENTS:
                return kind
            break
        if walk.starts("["):  # the features may stand before the type: one at a time, not all at once
            deque(walk.items(), maxlen=0)
        else:
            walk.value()
    raise Refused("json-structure")
