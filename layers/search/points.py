"""What stands at typed coordinates, or at the place a parcel code stands for: parcels first, then the place itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import gettext

from layers.queries import points
from layers.queries.points import Coded, Spot
from layers.search import hits
from layers.search.coordinates import Reading, Typed, read
from layers.search.coordinates.reading import WGS84, corrected_to
from layers.search.correcting import NOTHING_CORRECTED, Corrected
from layers.search.hits import Hit
from layers.search.parcel_codes import code_in, decode, is_meant_as_code, look_alikes
from layers.search.troubles import outside, sentence
from layers.systems import PROVINCE


@dataclass(frozen=True)
class Placed:
    """`understood`: how the query was read, in words; `trouble`: one sentence when something is wrong with it;
    `reading`: the same reading as it can be corrected, None for a code."""

    understood: str = ""
    results: list[Hit] = field(default_factory=list)
    trouble: str = ""
    reading: Reading | None = None


def answer(query: str, corrected: Corrected = NOTHING_CORRECTED) -> Placed | None:
    """The answer to a query that is a parcel code or coordinates; None to any other. Run it inside
    `snapshots.reading()`."""
    code = code_in(query)
    if code:
        return _of_code(code)
    if is_meant_as_code(query):
        return _like_code(query) or Placed(trouble=sentence("code-shape"))
    typed = read(query)
    return _of_coordinates(corrected_to(typed, corrected.epsg, corrected.north_first)) if typed else None


def _of_code(code: str) -> Placed:
    """The parcel that carries the code; without one, what lies at the code's place, marked as a guess."""
    understood = gettext("mã định danh thửa đất {code}").format(code=code)
    lon, lat = decode(code)
    carrying = points.coded([code], lon, lat)
    if carrying:
        return Placed(understood, [hits.of_coded(row, _checked(row)) for row in carrying])
    if like := _like_code(code):
        return like
    spot = points.land([(WGS84, lon, lat)], settings.STORAGE_SRID)[0]
    if not _in_province(spot):
        return Placed(understood, trouble=sentence("code-outside"))
    if spot.parcel is None:
        return Placed(understood, [hits.of_spot(spot, "", fuzzy=True)], sentence("code-no-parcel"))
    why = gettext("không thửa nào mang mã này; thửa này chứa điểm mà mã chỉ tới")
    return Placed(understood, [hits.of_parcel_at(spot, why, fuzzy=True)])


def _like_code(typed: str) -> Placed | None:
    """The parcel whose code looks like the typed one (5 for S, 0 for O), marked as a guess."""
    codes = look_alikes(typed)
    found = points.coded(codes, *decode(codes[0])) if codes else []
    why = gettext("mã gần giống mã đã gõ")
    return Placed(why, [hits.of_coded(row, why, fuzzy=True) for row in found]) if found else None


def _checked(row: Coded) -> str:
    """Whether the code's place lies in the parcel that carries it, within the map's accuracy where that is known."""
    if row.gone:
        return gettext("mã này không còn dùng")
    if row.distance_m <= (row.accuracy_m or 0):
        return gettext("điểm của mã nằm trong thửa")
    return gettext("điểm của mã cách thửa {distance} m; nên kiểm tra lại").format(distance=f"{row.distance_m:.1f}")


def _of_coordinates(typed: Typed) -> Placed:
    if typed.trouble:
        return Placed(trouble=sentence(typed.trouble))
    spots = points.land([(r.system.epsg, r.x, r.y) for r in typed.readings], settings.STORAGE_SRID)
    landed = [(typed.readings[spot.place], spot) for spot in spots if _in_province(spot)]
    if not landed:
        first = typed.readings[0]
        return Placed(assumed(first), trouble=outside(typed.readings, **typed.words), reading=first)
    known = [(reading, spot) for reading, spot in landed if spot.commune or spot.parcel]
    chosen = known or landed
    results = [hit for place, found in enumerate(chosen) for hit in _listed(*found, fuzzy=place > 0)]
    understood = assumed(chosen[0][0])
    return Placed(understood, results, "" if known else sentence("no-commune"), chosen[0][0])


def _in_province(spot: Spot) -> bool:
    west, south, east, north = PROVINCE
    return west <= spot.lon <= east and south <= spot.lat <= north


def _listed(reading: Reading, spot: Spot, *, fuzzy: bool) -> Sequence[Hit]:
    """The parcel at the place, then the place. A reading against what was typed is a guess as well."""
    said, fuzzy = assumed(reading), fuzzy or reading.swapped
    place = hits.of_spot(spot, said, fuzzy=fuzzy)
    return [place] if spot.parcel is None else [hits.of_parcel_at(spot, said, fuzzy=fuzzy), place]


def assumed(reading: Reading) -> str:
    """How a pair was read, in words, down to the axis order."""
    if reading.system.in_degrees:
        order = gettext("vĩ độ trước") if reading.north_first else gettext("kinh độ trước")
        system = reading.system.title if reading.said else "WGS 84"
    else:
        order = gettext("X (bắc) trước") if reading.north_first else gettext("Y (đông) trước")
        system = reading.system.title
    notes = [
        *([gettext("bỏ số múi {zone} đứng trước Y").format(zone=reading.zone)] if reading.zone else []),
        *([gettext("tính bằng ki-lô-mét")] if reading.in_km else []),
        *([gettext("vĩ độ và kinh độ ghi đổi chỗ cho nhau")] if reading.swapped else []),
    ]
    return ", ".join([gettext("hiểu là {system}").format(system=system), order, *notes])
