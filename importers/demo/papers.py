"""What the papers say of a lot: its area, its purposes, its code. They never agree quite with the drawing."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import numpy as np
import shapely
from pyproj import Transformer

from importers.demo.layout import KINDS
from importers.demo.plane import Floats, Ints, Shapes

OLD_LAW, NEW_LAW, DECREE_1995 = "TT25-2014", "2024", "QD499-1995"
# Main purposes and their shares by kind of cell; SKC, DGD … are what a village has one of.
PURPOSES: Final[dict[str, dict[str, float]]] = {
    "town": {"ONT": 0.86, "TMD": 0.07, "SKC": 0.02, "DGD": 0.01, "TSC": 0.01, "DVH": 0.01, "DYT": 0.01, "BCS": 0.01},
    "village": {"ONT": 0.91, "CLN": 0.03, "NTS": 0.02, "TMD": 0.01, "TIN": 0.01, "TON": 0.01, "DVH": 0.01},
    "gardens": {"ONT": 0.82, "CLN": 0.10, "NTS": 0.05, "DGD": 0.01, "TON": 0.01, "NTD": 0.01},
    "orchard": {"CLN": 0.40, "NTS": 0.28, "ONT": 0.27, "NKH": 0.05},
    "rice": {"LUC": 0.86, "LUK": 0.05, "BHK": 0.05, "NTD": 0.02, "DTL": 0.02},
    "wide rice": {"LUC": 0.88, "LUK": 0.06, "BHK": 0.03, "NTS": 0.03},
    "ponds": {"NTS": 0.91, "MNC": 0.06, "DTL": 0.03},
}
# Codes that the vocabulary of 2024 writes otherwise.
RENAMED: Final = {"BHK": "HNK"}
# The residential part that a decision allots, m²; the rest of the lot is garden or pond.
ALLOTTED: Final = (100.0, 150.0, 200.0, 240.0, 300.0, 360.0)
BASE32: Final = np.array(list("0123456789bcdefghjkmnpqrstuvwxyz"))
CODE_LENGTH: Final = 12


def areas(shapes: Shapes, random: np.random.Generator) -> Floats:
    """Area on paper, m²: the drawn one with an old measurement's error, some in whole metres, some unknown (NaN)."""
    drawn = shapely.area(shapes)
    error = np.where(random.random(len(drawn)) < 0.9, 0.006, 0.05) * random.normal(size=len(drawn))
    paper = np.round(drawn * (1 + np.clip(error, -0.3, 0.3)), 1)
    paper = np.asarray(np.where(random.random(len(drawn)) < 0.25, np.round(paper), paper))
    paper[random.random(len(drawn)) < 0.015] = np.nan
    return paper


def main_purposes(kind: Ints, urban: bool, random: np.random.Generator) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    chance = random.random(len(kind))
    chosen = np.empty(len(kind), dtype=object)
    for index, one in enumerate(KINDS):
        here = np.flatnonzero(kind == index)
        codes = np.array(list(PURPOSES[one.name]), dtype=object)
        upto = np.cumsum(list(PURPOSES[one.name].values()))
        chosen[here] = codes[np.minimum(np.searchsorted(upto, chance[here]), len(codes) - 1)]
    if urban:
        chosen[chosen == "ONT"] = "ODT"
    return chosen


def purposes(main: Any, vocabulary: Any, paper: Floats, random: np.random.Generator) -> list[list[dict[str, Any]]]:
    """Entries {"code", "vocabulary", "area_m2"}; a house plot larger than what was allotted has a second one."""
    house = (main == "ONT") | (main == "ODT")
    allotted = random.choice(ALLOTTED, len(paper))
    rest = np.round(paper - allotted, 1)
    two = house & (rest >= 20) & (vocabulary != DECREE_1995)
    second = np.where(random.random(len(paper)) < 0.1, "NTS", "CLN").tolist()
    amounts = np.where(two, allotted, paper).tolist()
    rows = zip(main.tolist(), vocabulary.tolist(), amounts, two.tolist(), second, rest.tolist(), strict=True)
    return [
        [entry(code, whose, amount), entry(beside, whose, left)] if more else [entry(code, whose, amount)]
        for code, whose, amount, more, beside, left in rows
    ]


def entry(code: str, vocabulary: str, area: float) -> dict[str, Any]:
    # NaN is the one number that is not itself: the paper's area is unknown.
    return {"code": code, "vocabulary": vocabulary, "area_m2": area if area == area else None}


@cache
def to_wgs84() -> Transformer:
    """VN-2000 to WGS 84; PROJ chooses EPSG:6960 here, and a made-up code needs no more."""
    return Transformer.from_crs(9209, 4326, always_xy=True)


def codes(shapes: Shapes) -> np.ndarray[tuple[int], np.dtype[np.object_]]:
    """Parcel codes: GeoHash of length 12 of a point inside, '' where the middle lies outside the lot."""
    middle = shapely.get_coordinates(shapely.centroid(shapes))
    inside = shapely.contains_xy(shapes, middle)
    lon, lat = to_wgs84().transform(middle[:, 0], middle[:, 1])
    return np.where(inside, geohash(np.asarray(lon), np.asarray(lat)), "").astype(object)


def geohash(lon: Floats, lat: Floats) -> np.ndarray[tuple[int], np.dtype[np.str_]]:
    """GeoHash: 30 bits of longitude and 30 of latitude, taken in turn, five to a character."""
    bits = CODE_LENGTH * 5 // 2
    x = np.floor((lon + 180) / 360 * 2**bits).astype(np.int64)
    y = np.floor((lat + 90) / 180 * 2**bits).astype(np.int64)
    mixed = np.zeros(len(x), dtype=np.int64)
    for place in range(bits - 1, -1, -1):
        mixed = (mixed << 2) | (((x >> place) & 1) << 1) | ((y >> place) & 1)
    letters = [BASE32[(mixed >> shift) & 31] for shift in range(5 * CODE_LENGTH - 5, -5, -5)]
    joined = np.stack(letters, -1).view(f"U{CODE_LENGTH}")
    return joined.ravel()
