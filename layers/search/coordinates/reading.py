"""In which systems a typed pair may be meant. The numbers alone cannot tell: all zones share their false easting, so
every system is a reading until the database says which of them land in the province (`layers.search.points`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from django.conf import settings

from layers.search.coordinates import angles, plane
from layers.search.coordinates.angles import Angle, Wrong
from layers.search.coordinates.plane import EAST_DIGITS, Pair
from layers.search.coordinates.wording import Hints, folded
from layers.systems import SYSTEMS, System, by_epsg

WGS84, VN2000 = 4326, 4756
# Most queries are no coordinates, and this tells it at once: what has neither a mark nor a long or decimal number.
_MAYBE = re.compile(
    r"\d{5}|\d[.,]\d\d|[°º˚∘]|\d ?\d\d\d[ .,]|\d\s*(?:đ|d)(?:ộ|o|e|\s*\d)|\d\s*[-: ]\s*\d+\s*[-: ]\s*\d"
)


@dataclass(frozen=True)
class Reading:
    """The pair in one system: `x` east, `y` north (degrees or metres). `said`: the system was named, not assumed.
    `swapped`: the directions as typed contradict the numbers. `zone`: a zone number that stood before the easting."""

    system: System
    x: float
    y: float
    north_first: bool
    said: bool = False
    swapped: bool = False
    zone: str = ""
    in_km: bool = False


@dataclass(frozen=True)
class Typed:
    """Coordinates as typed: every reading, the likeliest first; or the code of what is wrong with them."""

    readings: tuple[Reading, ...] = ()
    trouble: str = ""
    words: dict[str, object] = field(default_factory=dict)


def read(text: str) -> Typed | None:
    """The coordinates that a query types; None when it types none."""
    if not _MAYBE.search(text):
        return None
    plain, hints = folded(text)
    if re.search(r"[^\d\s.,;:/|'\"°nesw+-]", plain):
        return None
    both = angles.angles(plain)
    if isinstance(both, tuple):
        return _geographic(*both, hints)
    meant = plane.pair(plain.strip(" |nesw"))
    if isinstance(meant, Pair):
        return _projected(meant, hints)
    wrong = both or meant
    return Typed(trouble=wrong.code) if isinstance(wrong, Wrong) else None


def corrected_to(typed: Typed, epsg: int | None, north_first: bool | None) -> Typed:
    """The same numbers in the system and the order of axes that a person says they are in."""
    readings = typed.readings
    system = by_epsg(epsg) if epsg else None
    if system and readings and system.in_degrees == readings[0].system.in_degrees:
        readings = (replace(readings[0], system=system, said=True),)
    if north_first is not None:
        readings = tuple(_in_order(reading, north_first) for reading in readings)
    if any(not _lies_on_earth(reading) for reading in readings):
        return Typed(trouble="axes-wrong")
    return replace(typed, readings=readings)


def _lies_on_earth(reading: Reading) -> bool:
    if reading.system.in_degrees:
        return abs(reading.y) <= 90
    return len(str(int(reading.x))) <= EAST_DIGITS


def _in_order(reading: Reading, north_first: bool) -> Reading:
    if reading.north_first == north_first:
        return reading
    return replace(reading, x=reading.y, y=reading.x, north_first=north_first, swapped=False)


def _geographic(first: Angle, second: Angle, hints: Hints) -> Typed:
    ways = {first.way, second.way} - {""}
    if first.way and second.way and (ways <= angles.NORTH_SOUTH or ways <= angles.EAST_WEST):
        return Typed(trouble="same-direction")
    latitude_first = _latitude_first(first, second)
    said = _said_latitude_first(first, second)
    latitude, longitude = (first, second) if latitude_first else (second, first)
    if abs(latitude.degrees) > 90:
        return Typed(trouble="no-latitude")
    system = by_epsg(VN2000 if hints.datum == "VN-2000" else WGS84)
    assert system is not None  # noqa: S101  (both stand in the table)
    swapped = said is not None and said != latitude_first
    reading = Reading(
        system, longitude.degrees, latitude.degrees, latitude_first, said=hints.datum is not None, swapped=swapped
    )
    return Typed((reading,))


def _said_latitude_first(first: Angle, second: Angle) -> bool | None:
    """What the directions say; None when there are none."""
    if first.way:
        return first.way in angles.NORTH_SOUTH
    return second.way in angles.EAST_WEST if second.way else None


def _latitude_first(first: Angle, second: Angle) -> bool:
    """The numbers decide where they can: in Vietnam no latitude is a longitude. Else the directions, else the usual."""
    for one, other, answer in ((first, second, True), (second, first, False)):
        if angles.within(one.degrees, angles.LATITUDES) and angles.within(other.degrees, angles.LONGITUDES):
            return answer
    said = _said_latitude_first(first, second)
    if said is not None:
        return said
    return not (angles.within(first.degrees, angles.LONGITUDES) or abs(first.degrees) > 90)


def _projected(meant: Pair, hints: Hints) -> Typed:
    systems = [system for system in SYSTEMS if may_be_meant(system, hints)]
    if not systems:
        return Typed(trouble="no-system")
    said = hints.epsg is not None or hints.meridian is not None
    readings = [
        Reading(
            system,
            meant.east.value,
            meant.north.value,
            meant.north_first,
            said=said,
            zone=meant.east.zone,
            in_km=meant.east.in_km or meant.north.in_km,
        )
        for system in sorted(systems, key=likelihood)
    ]
    return Typed(tuple(readings), words={"north": f"{meant.north.value:.0f}", "east": f"{meant.east.value:.0f}"})


def may_be_meant(system: System, hints: Hints) -> bool:
    """A named code or meridian leaves no choice; else every zone of VN-2000, and UTM on WGS 84 only when named."""
    if system.meridian is None:
        return False
    if hints.epsg is not None:
        return system.epsg == hints.epsg
    if hints.datum == "WGS 84":
        return system.datum == "WGS 84"
    fits = hints.meridian is None or abs(system.meridian - hints.meridian) < 1 / 3600
    return system.datum == "VN-2000" and fits and hints.zone_width in (None, system.zone_width)


def likelihood(system: System) -> tuple[bool, int, float]:
    """The province's own plane first, then its neighbours of the cadastre, then the zones of 6 degrees."""
    own = by_epsg(settings.STORAGE_SRID)
    assert own is not None and own.meridian is not None and system.meridian is not None  # noqa: S101  (planes)
    return system.epsg != own.epsg, system.zone_width or 9, abs(system.meridian - own.meridian)
