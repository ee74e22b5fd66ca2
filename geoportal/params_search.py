"""The words of a search's address: the query, its pieces put right, and what it is narrowed to."""

from __future__ import annotations

import math
import re
from collections.abc import Collection
from datetime import date

from django.contrib.gis.geos import GEOSException, Polygon
from django.http import HttpRequest

from geoportal import params
from geoportal.problems import Problem
from layers import catalogue
from layers.search import filters as narrowing
from layers.search.correcting import EDITIONS, Corrected
from layers.search.filters import Corners, Cursor, Filters
from layers.systems import by_epsg

# An outline drawn by hand has tens of corners; one of thousands is a file and has a page of its own.
MOST_CORNERS = 500
LARGEST_AREA_M2 = 1e12
# A pasted paragraph is searched for what can be recognised in it.
PARAGRAPH_LIMIT = 2000
NUMBER_LIMIT, NAME_LIMIT = 20, 120
AXES = {"north": True, "east": False}


def query(request: HttpRequest) -> str:
    """`q`, empty when there is none: filters alone list things."""
    return params.query(request, PARAGRAPH_LIMIT) if request.GET.get("q", "").strip() else ""


def corrected(request: HttpRequest) -> Corrected:
    """`sheet`, `parcel`, `commune`, `edition` (new, old); `system` (an EPSG code) and `axes` (north, east: which of
    the two coordinates stands first)."""
    epsg = _whole(request, "system")
    if epsg is not None and by_epsg(epsg) is None:
        raise Problem("choice-unknown", name="system")
    axes = _choice(request, "axes", AXES)
    return Corrected(
        sheet=_text(request, "sheet", NUMBER_LIMIT),
        parcel=_text(request, "parcel", NUMBER_LIMIT),
        commune=_text(request, "commune", NAME_LIMIT),
        edition=_choice(request, "edition", EDITIONS),
        epsg=epsg,
        north_first=AXES[axes] if axes else None,
    )


def filters(request: HttpRequest) -> Filters:
    """`layer` and `kind` (both more than once), `class` (layer:value), `state` on the day `on`, `area_from` and
    `area_to` in m², `date_from` and `date_to` (of the decision), `bbox`, `within`, `near`, `sort`, `after`."""
    box, outline, near = _box(request), _outline(request), _near(request)
    sort = _choice(request, "sort", narrowing.SORTS) or narrowing.RELEVANCE
    if sort == narrowing.DISTANCE and near is None:
        near = _middle(box, outline)
    return Filters(
        layers=tuple(params.layer(slug).slug for slug in _all(request, "layer")),
        kinds=tuple(_known("kind", kind, narrowing.KINDS) for kind in _all(request, "kind")),
        legend_class=_class(request),
        state=_choice(request, "state", narrowing.STATES),
        day=params.day(request),
        area=(_area(request, "area_from"), _area(request, "area_to")),
        decided=(_date(request, "date_from"), _date(request, "date_to")),
        box=box,
        outline=outline,
        near=near,
        sort=sort,
        after=_after(request),
    )


def kept(request: HttpRequest, *without: str) -> list[tuple[str, str]]:
    """The words of the address as they came, without the named and the empty ones: for forms and further pages."""
    return [
        (name, value)
        for name, values in request.GET.lists()
        if name not in {*without, "after", "lang"}
        for value in values
        if value
    ]


def _all(request: HttpRequest, name: str) -> list[str]:
    return list(dict.fromkeys(value for value in request.GET.getlist(name) if value))


def _text(request: HttpRequest, name: str, limit: int) -> str:
    text = "".join(sign if sign.isprintable() else " " for sign in request.GET.get(name, "")).strip()
    if len(text) > limit:
        raise Problem("query-too-long", limit=limit)
    return text


def _known(name: str, value: str, among: Collection[str]) -> str:
    if value not in among:
        raise Problem("choice-unknown", name=name)
    return value


def _choice(request: HttpRequest, name: str, among: Collection[str]) -> str:
    value = request.GET.get(name, "")
    return _known(name, value, among) if value else ""


def _class(request: HttpRequest) -> tuple[str, str] | None:
    """`class`: a layer's slug and one of the values its legend tells apart, with a colon between."""
    text = request.GET.get("class", "")
    if not text:
        return None
    slug, _, value = text.partition(":")
    if value not in {entry.value for entry in params.layer(slug).legend if entry.value}:
        raise Problem("choice-unknown", name="class")
    return slug, value


def _whole(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 8):
        raise Problem("number-wrong", name=name)
    return int(text)


def _area(request: HttpRequest, name: str) -> float | None:
    """Square metres as typed: 1234.5, or the way Vietnamese print it, 1.234,5."""
    text = request.GET.get(name, "").strip().replace(" ", "")
    if not text:
        return None
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+,\d+", text):
        text = text.replace(".", "").replace(",", ".")
    if not re.fullmatch(r"\d+(?:\.\d+)?", text) or float(text) > LARGEST_AREA_M2:
        raise Problem("area-wrong", name=name)
    return float(text)


def _date(request: HttpRequest, name: str) -> date | None:
    """A day as browsers send it (2026-01-31) or as people type it (31/1/2026)."""
    text = request.GET.get(name, "").strip()
    if not text:
        return None
    typed = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", text)
    try:
        return date(*map(int, reversed(typed.groups()))) if typed else date.fromisoformat(text)
    except ValueError:
        raise Problem("date-wrong", name=name) from None


def _numbers(text: str) -> list[float]:
    try:
        found = [float(part) for part in text.split(",")]
    except ValueError:
        return []
    return found if all(math.isfinite(number) for number in found) else []


def _lies_on_earth(lon: float, lat: float) -> bool:
    return -180 <= lon <= 180 and -85 <= lat <= 85


def _box(request: HttpRequest) -> tuple[float, float, float, float] | None:
    """`bbox`: west,south,east,north in degrees."""
    text = request.GET.get("bbox", "")
    if not text:
        return None
    found = _numbers(text)
    if len(found) != 4:
        raise Problem("box-wrong")
    west, south, east, north = found
    if not (west < east and south < north and _lies_on_earth(west, south) and _lies_on_earth(east, north)):
        raise Problem("box-wrong")
    return west, south, east, north


def _outline(request: HttpRequest) -> Corners:
    """`within`: the corners of an outline, lon,lat;lon,lat;… in degrees; it need not be closed."""
    text = request.GET.get("within", "")
    if not text:
        return ()
    corners = [tuple(_numbers(part)) for part in text.split(";") if part.strip()]
    if len(corners) > 1 and corners[0] == corners[-1]:
        corners.pop()
    if not 3 <= len(corners) <= MOST_CORNERS or not all(len(c) == 2 and _lies_on_earth(*c) for c in corners):
        raise Problem("outline-wrong", limit=MOST_CORNERS)
    try:
        drawn = Polygon([*corners, corners[0]])
        crosses = not drawn.valid or drawn.area == 0
    except GEOSException:
        crosses = True
    if crosses:
        raise Problem("outline-crossing")
    return tuple((corner[0], corner[1]) for corner in corners)


def _near(request: HttpRequest) -> tuple[float, float] | None:
    """`near`: lon,lat in degrees."""
    text = request.GET.get("near", "")
    if not text:
        return None
    found = _numbers(text)
    if len(found) != 2 or not _lies_on_earth(*found):
        raise Problem("near-wrong")
    return found[0], found[1]


def _middle(box: tuple[float, float, float, float] | None, outline: Corners) -> tuple[float, float]:
    """Where distances are measured from when nobody says: the middle of the view or the outline."""
    if box:
        return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    if not outline:
        raise Problem("near-missing")
    return sum(lon for lon, _ in outline) / len(outline), sum(lat for _, lat in outline) / len(outline)


def _after(request: HttpRequest) -> Cursor | None:
    """`after`: where the page begins, as the page before it says."""
    text = request.GET.get("after", "")
    if not text:
        return None
    try:
        found = Cursor.read(text)
        sort = request.GET.get("sort") or narrowing.RELEVANCE
        if found.key and sort != narrowing.RELEVANCE:
            float(found.key)
    except ValueError:
        raise Problem("page-gone") from None
    if found.layer not in {layer.slug for layer in catalogue.mapped()}:
        raise Problem("page-gone")
    return found
