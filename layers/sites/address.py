"""A site written into an address, so that an answer can be linked to: parcels by id, an outline by its corners.

An outline is `E,N E,N …` in EPSG:9209, to the centimetre; `;` parts rings of one area, `|` areas. A circle is its
middle and its radius, `E,N*R`. What is known less exactly than typed corners says so first, in metres: `5m:E,N …` was
drawn. Without that a link would answer of a finer site than the one it was made from.
"""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import unquote_plus, urlencode

from layers.sites import circle, listed, outline
from layers.sites.site import FINEST_M, Circle, Site, Way
from layers.sites.troubles import SiteTrouble

# Longer addresses are cut by some programs that pass them on.
LONGEST = 1_800
_EXACTNESS = re.compile(r"(\d{1,3}(?:\.\d{1,2})?)m:")
_PAIR = re.compile(r"(\d{1,7}(?:\.\d{1,3})?),(\d{1,7}(?:\.\d{1,3})?)")
_CIRCLE = re.compile(rf"{_PAIR.pattern}\*(\d{{1,4}}(?:\.\d{{1,2}})?)")


def written(site: Site) -> str | None:
    """The query of a link to the site's answer; None when it would be too long."""
    if site.parcels:
        query = urlencode({"parcels": ",".join(str(feature_id) for feature_id in site.parcels)}, safe=",")
    else:
        query = urlencode({"outline": exactness(site) + ground(site)}, safe=",;|:*")
    return query if len(query) <= LONGEST else None


def canonical(site: Site) -> str | None:
    """The query that stands for the site in whatever order its parcels were named."""
    return written(replace(site, parcels=tuple(sorted(site.parcels))))


def exactness(site: Site) -> str:
    return f"{centimetres(site.typed_m)}m:" if site.typed_m > FINEST_M else ""


def ground(site: Site) -> str:
    if site.circle:
        one = site.circle
        return f"{centimetres(one.east)},{centimetres(one.north)}*{centimetres(one.radius_m)}"
    return "|".join(
        ";".join(" ".join(f"{centimetres(x)},{centimetres(y)}" for x, y in ring[:-1]) for ring in polygon)
        for polygon in site.polygons
    )


def centimetres(metres: float) -> str:
    return f"{metres:.2f}".rstrip("0").rstrip(".")


def read(text: str) -> Site:
    """The site of an address that `written` made. Raises SiteTrouble."""
    said = _EXACTNESS.match(text)
    rest = text[said.end() if said else 0 :]
    if round_ := _CIRCLE.fullmatch(rest):
        return circle.in_plane(float(round_[1]), float(round_[2]), round_[3])
    metres = max(FINEST_M, float(said[1])) if said else FINEST_M
    polygons = [[ring_of(ring) for ring in polygon.split(";")] for polygon in rest.split("|")]
    return Site(outline.ground(polygons), Way.OUTLINE, metres)


def site_of(query: str, snapshot: int) -> Site | None:
    """The site of a query that `written` made, as of a snapshot; None when it is none, or lacks a parcel."""
    name, _, said = unquote_plus(query).partition("=")
    try:
        if name == "parcels":
            return listed.site([number_of(one) for one in said.split(",")], snapshot)
        return read(said) if name == "outline" else None
    except SiteTrouble:
        return None


def circle_of(query: str) -> Circle | None:
    """The circle of a query that `written` made of a point with a radius; None for any other site."""
    name, _, said = unquote_plus(query).partition("=")
    found = _CIRCLE.fullmatch(_EXACTNESS.sub("", said, count=1)) if name == "outline" else None
    return Circle(float(found[1]), float(found[2]), float(found[3])) if found else None


def number_of(text: str) -> int:
    """A feature id; 0, which no feature has, for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def ring_of(text: str) -> list[tuple[float, float]]:
    pairs = text.split()
    found = [_PAIR.fullmatch(pair) for pair in pairs]
    if not pairs or not all(found):
        raise SiteTrouble("broken", why="E,N E,N …")
    return outline.closed([(float(pair[1]), float(pair[2])) for pair in found if pair])
