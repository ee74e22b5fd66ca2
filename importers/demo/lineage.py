"""The second edition of the demo: splits and merges as Thông tư 25/2014/TT-BTNMT, article 17, wants them.

The parents' numbers are cancelled; the children take the numbers after the largest of their sheet.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, NamedTuple

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from importers.demo import papers
from importers.demo.layout import GARDENS, Plan
from importers.demo.parcels import EXAMPLE_PARCEL, of_commune
from importers.demo.plane import SEED
from importers.demo.sheets import EXAMPLE_SHEET, Sheets
from layers.ground.parcels import PARCELS, Parcel

SPLITS, MERGES = 40, 20
# Small demos have fewer; the most settled communes share them.
ONE_SPLIT_IN, COMMUNES = 500, 4
HAPPENED_ON: Final = "2025-11-18"
MIN_SPLIT_M2: Final = 120.0
HOUSE_PLOTS: Final = ("ONT", "ODT")
Key = tuple[str, str, str]


class Link(NamedTuple):
    """One parent, one child, by the key of the layer (commune, sheet, number)."""

    kind: str
    parent: Key
    child: Key
    document: str


@dataclass(frozen=True)
class Edition:
    """The touched sheets, complete, and what became of what."""

    frames: list[gpd.GeoDataFrame]
    links: list[Link]


def second(plan: Plan, sheets: Sheets) -> Edition:
    splits = min(SPLITS, max(COMMUNES, plan.parcels // ONE_SPLIT_IN))
    edition = Edition([], [])
    for place, commune in enumerate(most_settled(plan)):
        share = slice(place, None, COMMUNES)
        changed = Changes(of_commune(plan, sheets, commune), np.random.default_rng([SEED, 50, commune]))
        for _ in range(splits)[share]:
            changed.split()
        for _ in range(max(1, splits * MERGES // SPLITS))[share]:
            changed.merge()
        edition.frames.append(changed.touched_sheets())
        edition.links.extend(changed.links)
    return edition


def most_settled(plan: Plan) -> list[int]:
    """The communes with most lots of the kinds that are divided among heirs."""
    strips, cells = plan.strips, plan.cells
    lots = strips.kept * (cells.kind[strips.cell] <= GARDENS)
    return [int(index) for index in np.bincount(cells.commune[strips.cell], weights=lots).argsort()[::-1][:COMMUNES]]


class Changes:
    """A commune's parcels while some are split and merged, one after the other."""

    def __init__(self, frame: gpd.GeoDataFrame, random: np.random.Generator) -> None:
        self.frame = frame.reset_index(drop=True)
        self.random = random
        self.links: list[Link] = []
        self.gone: set[int] = set()
        self.born: list[dict[str, Any]] = []
        self.largest = self.frame.parcel_no.astype(int).groupby(self.frame.sheet_no).max().to_dict()
        plain = shapely.get_type_id(self.frame.geometry.to_numpy()) == shapely.GeometryType.POLYGON
        example = (self.frame.sheet_no == str(EXAMPLE_SHEET)) & (self.frame.parcel_no == str(EXAMPLE_PARCEL))
        singly = self.frame.accuracy_m.notna()
        lots = np.flatnonzero(
            plain & ~example & ~singly & self.frame.land_use.isin(HOUSE_PLOTS) & (self.frame.area >= MIN_SPLIT_M2)
        )
        self.candidates = list(self.random.permutation(lots))

    def split(self) -> None:
        """The next candidate into two lots, sometimes three."""
        parent = self.take()
        parts = cut(self.frame.geometry[parent], 3 if self.random.random() < 0.2 else 2)
        for part in parts:
            self.bear("split", [parent], part)

    def merge(self) -> None:
        """The next candidate with its neighbour in the same row."""
        while True:
            first = self.take()
            second = first + 1
            if second not in self.gone and second in self.frame.index and self.are_neighbours(first, second):
                self.gone.add(second)
                self.bear("merge", [first, second], shapely.union_all(self.frame.geometry[[first, second]].to_numpy()))
                return
            self.gone.discard(first)

    def take(self) -> int:
        parent = next(int(lot) for lot in iter(self.candidates.pop, None) if lot not in self.gone)
        self.gone.add(parent)
        return parent

    def are_neighbours(self, first: int, second: int) -> bool:
        same = ["strip", "row", "sheet_no", "land_use"]
        a, b = self.frame.loc[first], self.frame.loc[second]
        edge = shapely.intersection(a.geometry, b.geometry)
        return bool((a[same] == b[same]).all() and edge.length > 1 and b.geometry.geom_type == "Polygon")

    def bear(self, kind: str, parents: list[int], shape: shapely.Geometry) -> None:
        """Add a child with the next free number of the sheet; its papers are the parents', by share of area."""
        was = self.frame.loc[parents]
        number = self.largest[was.sheet_no.iloc[0]] = self.largest[was.sheet_no.iloc[0]] + 1
        child = was.iloc[0].to_dict() | {"parcel_no": str(number), "geometry": shape, "surveyed_on": HAPPENED_ON}
        child |= inherited(was, shape)
        if child["parcel_code"]:
            child["parcel_code"] = papers.codes(np.array([shape], dtype=object))[0]
        self.born.append(child)
        document = f"Hồ sơ đo đạc minh họa {len(self.links) + 1:02d}/2025"
        for parent in was.itertuples(index=False):
            key = (parent.commune_code, parent.sheet_no, parent.parcel_no)
            self.links.append(Link(kind, key, (parent.commune_code, parent.sheet_no, str(number)), document))

    def touched_sheets(self) -> gpd.GeoDataFrame:
        """Complete, because what a delivery lacks of its sheets is removed."""
        sheets = {child["sheet_no"] for child in self.born}
        stayed = self.frame.drop(index=list(self.gone))
        born = gpd.GeoDataFrame(self.born, geometry="geometry", crs=9209)
        return pd.concat([stayed[stayed.sheet_no.isin(sheets)], born], ignore_index=True)


def inherited(parents: gpd.GeoDataFrame, shape: shapely.Geometry) -> dict[str, Any]:
    """Area on paper and purposes of a child: its share of the parents' area, of each purpose likewise."""
    share = shape.area / parents.area.sum()
    paper = round(float(parents.area_paper_m2.sum(skipna=False)) * share, 1)
    if len(parents) > 1:
        summed: dict[tuple[str, str], float | None] = {}
        for entry in (entry for entries in parents.purposes for entry in entries):
            before, key = summed.get((entry["code"], entry["vocabulary"]), 0.0), (entry["code"], entry["vocabulary"])
            summed[key] = None if before is None or entry["area_m2"] is None else round(before + entry["area_m2"], 1)
        return {"area_paper_m2": paper, "purposes": [papers.entry(*key, unknown(area)) for key, area in summed.items()]}
    scaled = [
        papers.entry(entry["code"], entry["vocabulary"], round(unknown(entry["area_m2"]) * share, 1))
        for entry in parents.purposes.iloc[0]
    ]
    return {"area_paper_m2": paper, "purposes": scaled}


def unknown(area: float | None) -> float:
    return float("nan") if area is None else area


def cut(lot: shapely.Polygon, parts: int) -> list[shapely.Polygon]:
    """Cut across the lot's longer side into so many parts of about the same width."""
    corners = shapely.get_coordinates(shapely.minimum_rotated_rectangle(lot))
    first, second = np.diff(corners[:3], axis=0)
    lying = np.hypot(*first) >= np.hypot(*second)
    origin, long, short = (corners[0], first, second) if lying else (corners[1], second, -first)
    ends = np.linspace(0, 1, parts + 1)
    ends[0], ends[-1] = -0.5, 1.5
    left, right = origin - short, origin + 2 * short
    bands = [
        shapely.Polygon([left + long * a, left + long * b, right + long * b, right + long * a])
        for a, b in pairwise(ends)
    ]
    return [shapely.set_precision(shapely.intersection(lot, band), 0.001) for band in bands]


def successions(links: list[Link], revision: int) -> pd.DataFrame:
    """Rows of the lineage: the feature ids of what the revision closed and opened, by the numbers of the links."""
    closed, opened = (ids(until=revision), ids(since=revision))
    rows = [(link.kind, closed[link.parent], opened[link.child], HAPPENED_ON, link.document) for link in links]
    return pd.DataFrame(rows, columns=["kind", "parent_id", "child_id", "happened_on", "document"])


def ids(**revision: int) -> dict[Key, int]:
    found = Parcel.objects.using("publish").filter(**revision).values_list(*PARCELS.key, "feature_id")
    return {(commune, sheet, number): feature for commune, sheet, number, feature in found}
