"""A row as it was asked, and the site it means.

A row is a small JSON object with one of: `parcels` (ids), `named` (a parcel by its numbers; with `sheet` and `parcel`
those of today are meant where an old book has the same), `place` with `radius` (a
typed coordinate), `point` with `radius_m` (degrees), `corners` with `system`, `geojson`, or `areas`, `lines` and `epsg`
(shapes of a file, in its own coordinates).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from layers.ground.parcels import Parcel
from layers.search.finding import find
from layers.search.hits import EXACT
from layers.sites import circle, corners, geojson, listed, placing, sent
from layers.sites.site import Site
from layers.sites.troubles import SiteTrouble

Asked = dict[str, Any]


def by_parcels(asked: Asked, snapshot: int) -> Site:
    ids = asked["parcels"]
    if not (isinstance(ids, list) and ids and all(type(one) is int and 0 < one < 2**62 for one in ids)):
        raise SiteTrouble("nothing")
    return listed.site(ids, snapshot)


def by_name(asked: Asked, snapshot: int) -> Site:
    try:
        return listed.site(listed.typed(str(asked["named"])), snapshot)
    except SiteTrouble as trouble:
        if trouble.code != "parcel-several" or not (one := of_today(asked)):
            raise
        return listed.site([one], snapshot)


def of_today(asked: Asked) -> int | None:
    """Among the parcels that the words name, the one whose own numbers they are today; None without exactly one."""
    named = [hit.id for hit in find(str(asked["named"])).results if hit.kind == "parcel" and hit.match == EXACT]
    numbers = {"sheet_no": str(asked.get("sheet", "")), "parcel_no": str(asked.get("parcel", ""))}
    today = Parcel.objects.filter(feature_id__in=[one for one in named if one], until=None, **numbers)
    found = list(today.values_list("feature_id", flat=True)[:2])
    return found[0] if len(found) == 1 else None


def by_place(asked: Asked, snapshot: int) -> Site:
    return circle.site(str(asked["place"]), str(asked.get("radius", "")))


def by_point(asked: Asked, snapshot: int) -> Site:
    point, radius = asked["point"], asked.get("radius_m")
    numbers = [*point, radius] if isinstance(point, list) else []
    if len(numbers) != 3 or not all(type(one) in (int, float) for one in numbers):
        raise SiteTrouble("point-not-read", text=str(point)[:60])
    return circle.of_numbers(*(float(one) for one in numbers))


def by_corners(asked: Asked, snapshot: int) -> Site:
    system = asked.get("system")
    return placing.site(corners.read(str(asked["corners"])), system if type(system) is int else None)


def by_geojson(asked: Asked, snapshot: int) -> Site:
    return geojson.of_value(asked["geojson"])


def by_shape(asked: Asked, snapshot: int) -> Site:
    areas = [[[(x, y) for x, y in ring] for ring in area] for area in asked["areas"]]
    lines = [[(x, y) for x, y in line] for line in asked["lines"]]
    return sent.site(areas, lines, asked["epsg"])


# The shapes of a file come from our own reader, so no program may send them.
SENT_BY_PROGRAMS: dict[str, Callable[[Asked, int], Site]] = {
    "parcels": by_parcels,
    "named": by_name,
    "point": by_point,
    "corners": by_corners,
    "geojson": by_geojson,
}
WAYS = SENT_BY_PROGRAMS | {"place": by_place, "areas": by_shape}


def site(asked: Asked, snapshot: int) -> Site:
    """The site a row means, as of the snapshot. Raises SiteTrouble and Undecided."""
    ways = [way for way in WAYS if way in asked]
    if len(ways) != 1:
        raise SiteTrouble("several-ways" if ways else "nothing", ways=", ".join(ways))
    return WAYS[ways[0]](asked, snapshot)
