"""What a file says about its coordinates, read by parameters: names in survey files are invented as often as not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pyproj import CRS
from pyproj.exceptions import CRSError

from importers.crs.systems import System, by_epsg, by_parameters
from layers.systems import CADASTRE_SCALE

# Rotations of the decree in seconds of arc. In +towgs84 they must stand with the other sign; many files copy them.
DECREE_ROTATIONS = (-0.00928836, 0.01975479, -0.00427372)
TOPOGRAPHIC_SCALE = 0.9996
_VN2000 = re.compile(r"vn.?2000|vietnam.?2000", re.IGNORECASE)
_HN72 = re.compile(r"hanoi.?1972|hn.?72|krass?ow?sky|krasovsky", re.IGNORECASE)
_WGS84 = re.compile(r"wgs.?(?:19)?84|world geodetic system 1984", re.IGNORECASE)
_TOWGS84 = re.compile(r"TOWGS84\s*\[((?:\s*[-+\d.eE]+\s*,?){3,7})\]", re.IGNORECASE)
_EPSG = re.compile(r"EPSG:(\d{4,6})", re.IGNORECASE)


@dataclass(frozen=True)
class Declared:
    """A file's own statement. `system` is None when it says nothing usable; `mistake` is a finding's code.

    With a known mistake, `system` is the one that was probably meant.
    """

    system: System | None = None
    mistake: str | None = None
    detail: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


def identify(text: str | None) -> Declared:
    """Read the text of a .prj, a GeoPackage or a GeoJSON crs member. No network, no name look-up."""
    if not text:
        return Declared()
    crs = _parse(text)
    if crs is None:
        return Declared(mistake="crs-unreadable")
    if crs.is_bound and crs.source_crs is not None:
        crs = crs.source_crs
    return _by_parameters(crs, _wrong_signs(text))


def _parse(text: str) -> CRS | None:
    try:
        code = _EPSG.fullmatch(text.strip())
        return CRS.from_epsg(int(code[1])) if code else CRS.from_wkt(text)
    except CRSError:
        return None


def _wrong_signs(text: str) -> tuple[str, ...]:
    """Told from the text itself: PROJ puts some parameters right while reading."""
    written = _TOWGS84.search(text)
    rotations = [float(number) for number in written[1].split(",")[3:6]] if written else []
    copied = len(rotations) == 3 and all(
        abs(given - decree) < 1e-6 for given, decree in zip(rotations, DECREE_ROTATIONS, strict=True)
    )
    return ("crs-towgs84-signs",) if copied else ()


def _by_parameters(crs: CRS, warnings: tuple[str, ...]) -> Declared:
    datum = _datum(crs)
    if datum == "HN-72":
        return Declared(mistake="crs-hn72")
    projection = _transverse_mercator(crs)
    if projection:
        return _projected(crs, datum, projection, warnings)
    known = _same_as_known(crs, datum)
    return Declared(known, warnings=warnings) if known else _unsupported(crs)


def _datum(crs: CRS) -> str | None:
    """By the datum's name; where that name is invented, by the system's name over an ellipsoid like VN-2000's."""
    geodetic = crs.geodetic_crs
    datum_name = geodetic.datum.name if geodetic is not None and geodetic.datum is not None else ""
    ellipsoid = crs.ellipsoid
    if _HN72.search(datum_name) or (ellipsoid is not None and _HN72.search(ellipsoid.name)):
        return "HN-72"
    if ellipsoid is None or abs(ellipsoid.semi_major_metre - 6378137) > 0.01:
        return None
    if _VN2000.search(datum_name):
        return "VN-2000"
    if _WGS84.search(datum_name):
        return "WGS 84"
    return "VN-2000" if _VN2000.search(f"{crs.name} {geodetic.name if geodetic else ''}") else None


def _transverse_mercator(crs: CRS) -> dict[str, float] | None:
    """Meridian, latitude and false origin in degrees and metres, scale; None for any other kind of projection."""
    conversion: dict[str, Any] = crs.to_json_dict().get("conversion") or {}
    if conversion.get("method", {}).get("name") != "Transverse Mercator" or crs.axis_info[0].unit_name != "metre":
        return None
    return {parameter["name"]: float(parameter["value"]) for parameter in conversion["parameters"]}


def _projected(crs: CRS, datum: str | None, given: dict[str, float], warnings: tuple[str, ...]) -> Declared:
    meridian = given.get("Longitude of natural origin", 0.0)
    scale = given.get("Scale factor at natural origin", 1.0)
    origin = (
        given.get("False easting"), given.get("False northing"), given.get("Latitude of natural origin")
    )  # fmt: skip
    if origin != (500_000, 0, 0):
        return _unsupported(crs)
    meant = by_parameters(meridian, CADASTRE_SCALE, "VN-2000")
    if abs(scale - TOPOGRAPHIC_SCALE) < 1e-7 and meant and not by_parameters(meridian, scale, "VN-2000"):
        detail = {"meridian": f"{meridian:g}°", "scale": f"{scale:g}", "value": f"EPSG:{meant.epsg}"}
        return Declared(meant, "crs-scale-wrong", detail, warnings)
    exact = by_parameters(meridian, scale, datum or "VN-2000")
    says_vn2000 = bool(_VN2000.search(crs.name)) or abs(scale - CADASTRE_SCALE) < 1e-7
    if datum == "WGS 84" and says_vn2000 and (same := by_parameters(meridian, scale, "VN-2000")):
        return Declared(same, "crs-datum-wrong", {"name": crs.name[:60], "value": f"EPSG:{same.epsg}"}, warnings)
    return Declared(exact, warnings=warnings) if exact else _unsupported(crs)


def _same_as_known(crs: CRS, datum: str | None) -> System | None:
    if crs.is_geographic and datum:
        return by_epsg({"VN-2000": 4756, "WGS 84": 4326}[datum])
    return by_epsg(crs.to_epsg(min_confidence=70) or 0)


def _unsupported(crs: CRS) -> Declared:
    return Declared(mistake="crs-unsupported", detail={"value": crs.name[:60]})
