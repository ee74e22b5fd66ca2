"""What a file says about its coordinates, cut down to texts that are safe to hand to PROJ later."""

import re

LONGEST = 16_384
DEEPEST = 30
_WKT = re.compile(r"\s*(?:PROJ|GEOG|GEOD|GEOC|COMPD|COMPOUND|BOUND|LOCAL|ENG|BASE)[A-Z_]*\s*[\[(]", re.IGNORECASE)
_CODE = re.compile(r"(?:urn:(?:x-)?ogc:def:crs:)?EPSG:(?:[\d.]*:)?(\d{4,6})", re.IGNORECASE)
_LONGITUDE_LATITUDE = re.compile(r"(?:urn:ogc:def:crs:)?OGC:(?:[\d.]*:)?CRS84", re.IGNORECASE)


def well_known(text: str) -> str | None:
    """The text if it is WKT of sane size and depth, else None: a URL or a bomb is no system of coordinates."""
    text = text.removeprefix("\ufeff").strip("\0 \r\n\t")
    if len(text) > LONGEST or not _WKT.match(text):
        return None
    depth = deepest = 0
    for sign in text:
        depth += (sign in "[(") - (sign in "])")
        deepest = max(deepest, depth)
    return text if deepest <= DEEPEST and depth == 0 else None


def named(name: object) -> str | None:
    """ "EPSG:…" for the name in a GeoJSON crs member, else None. CRS84 counts as EPSG:4326 (we read x, y)."""
    if not isinstance(name, str):
        return None
    if _LONGITUDE_LATITUDE.fullmatch(name):
        return "EPSG:4326"
    code = _CODE.fullmatch(name)
    return f"EPSG:{code[1]}" if code else None
