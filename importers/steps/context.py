"""What the steps need to know besides the frame: the layer, what was read, what an officer chose, the ground."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

from importers.findings import Finding
from layers.declare import Layer

# Window of the new Hưng Yên, to which old Thái Bình belongs since 2025-07-01, in EPSG:9209 (metres).
WINDOW = shapely.box(541_000, 2_240_000, 621_000, 2_324_000)
COMMUNE_FIELD = "commune_code"


@dataclass(frozen=True)
class Ground:
    """The outlines a delivery is held against, in EPSG:9209: the province, and the communes by code.

    `communes` holds, for a code, all ground it may mean (an old commune without a shape: its successors').
    `codes` are all commune codes known, of every edition; empty when no list is published.
    """

    province: BaseGeometry = WINDOW
    communes: Mapping[str, BaseGeometry] = field(default_factory=dict)
    codes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Choices:
    """What a person said. `encodings`: field -> encoding, "" for every field; `mapping`: field -> delivered column;
    `constants`: field -> one value for all rows; `accepted`: codes of decisions taken; `fix`: repair what can be;
    `commune`: the code of where the file lies, for a layer whose rows do not say it.
    """

    crs: str | None = None
    encodings: Mapping[str, str] = field(default_factory=dict)
    mapping: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    accepted: frozenset[str] = frozenset()
    fix: bool = False
    accuracy_m: float | None = None
    source: str = ""
    surveyed_on: datetime.date | None = None
    commune: str = ""


@dataclass(frozen=True)
class Context:
    layer: Layer
    choices: Choices = field(default_factory=Choices)
    ground: Ground = field(default_factory=Ground)
    crs_text: str | None = None
    driver: str = ""
    encoding_known: bool = False
    declared_encoding: str | None = None
    dropped_columns: tuple[str, ...] = ()
    widths: Mapping[str, int] = field(default_factory=dict)

    @property
    def drawn(self) -> bool:
        return self.layer.geometry_type is not None

    @property
    def areas(self) -> bool:
        return "POLYGON" in (self.layer.geometry_type or "")

    def may_show(self, name: str) -> bool:
        """False for a column that may hold a person's name: its values appear in no finding."""
        return not any(f.organisation for f in self.layer.fields if f.name == name)


Found = list[Finding]
Step = Callable[[gpd.GeoDataFrame, Context], tuple[gpd.GeoDataFrame, Found]]
