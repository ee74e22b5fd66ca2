"""A site that is a list of parcels: by id, or by the numbers of a red book, a line each."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.contrib.gis.geos import GEOSGeometry

from layers.queries import sites
from layers.search.finding import find
from layers.search.hits import EXACT
from layers.sites import outline
from layers.sites.site import FINEST_M, Site, Way
from layers.sites.troubles import SiteTrouble

MOST_PARCELS, LONGEST_LINE = 200, 300
# The first line of a pasted table may name its columns.
_HEAD = re.compile(r"[^\d]*")


def site(feature_ids: Sequence[int], snapshot: int) -> Site:
    """The ground of those parcels as of the snapshot. Raises SiteTrouble."""
    wanted = list(dict.fromkeys(feature_ids))
    if len(wanted) > MOST_PARCELS:
        raise SiteTrouble("too-many-parcels", count=len(wanted), limit=MOST_PARCELS)
    wkb, there = sites.ground_of(wanted, snapshot)
    for place, feature_id in enumerate(wanted, 1):
        if feature_id not in there:
            raise SiteTrouble("parcel-unknown", line=place, text=feature_id)
    if wkb is None:
        raise SiteTrouble("nothing")
    shape = outline.areas(GEOSGeometry(memoryview(wkb), srid=9209))
    return Site(outline.sized(shape), Way.PARCELS, FINEST_M, parcels=tuple(wanted))


def typed(text: str) -> list[int]:
    """The parcels that lines of text name, in order. Raises SiteTrouble with the line that names none, or several."""
    lines = [(place, line.strip(" \t;,")) for place, line in enumerate(text.splitlines(), 1)]
    filled = [(place, line) for place, line in lines if line]
    if filled and _HEAD.fullmatch(filled[0][1]):
        filled = filled[1:]
    if not filled:
        raise SiteTrouble("nothing")
    if len(filled) > MOST_PARCELS:
        raise SiteTrouble("too-many-parcels", count=len(filled), limit=MOST_PARCELS)
    return [named(place, line) for place, line in filled]


def named(place: int, line: str) -> int:
    """The one parcel of today that the line names."""
    if len(line) > LONGEST_LINE:
        raise SiteTrouble("parcel-not-read", line=place, text=line[:40] + "…")
    found = find(" ".join(re.split(r"[;\t]", line)))
    hits = {hit.id for hit in found.results if hit.kind == "parcel" and hit.match == EXACT and hit.id is not None}
    if len(hits) == 1:
        return hits.pop()
    if hits:
        raise SiteTrouble("parcel-several", line=place, text=line[:80], count=len(hits))
    raise SiteTrouble("parcel-unknown", line=place, text=line[:80])
