"""A province of a test's own making: rows in plain words, published the way every delivery is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import geopandas
import pandas
import shapely
from shapely.geometry.base import BaseGeometry

from importers.publish import Delivery, publish
from layers import catalogue
from layers.declare import Layer
from layers.ground.parcels import PARCELS, Parcel
from layers.queries import parcels
from layers.queries.snapshots import newest
from layers.report.answers import LayerFinding, Report
from layers.report.build import report
from layers.revisions import Revision

Row = Mapping[str, Any]
DAY = date(2026, 3, 1)
WEST, SOUTH = 583_000.0, 2_260_000.0  # a place in the province, EPSG:9209
NEEDED: dict[str, dict[str, object]] = {
    "groundwater-zones": {"kind": "1", "aquifer": "qp"},
    "source-corridors": {"river": "Sông Trà Lý", "width_m": 20.0},
    "licensed-wells": {},
    "planned-land-use": {"planned_use": "ONT", "target_year": 2030, "level": "commune", "accuracy_m": 2.0},
}


def box(west: float, south: float, east: float, north: float) -> BaseGeometry:
    """A rectangle, in metres from one corner of the test's ground."""
    return shapely.box(WEST + west, SOUTH + south, WEST + east, SOUTH + north)


def line(*places: tuple[float, float]) -> BaseGeometry:
    return shapely.LineString([(WEST + x, SOUTH + y) for x, y in places])


def point(x: float, y: float) -> BaseGeometry:
    return shapely.Point(WEST + x, SOUTH + y)


FIELD = box(0, 0, 100, 50)
EVERYWHERE = box(-5000, -5000, 5000, 5000)


def parcel(number: int | str = 1, shape: BaseGeometry = FIELD, **said: object) -> Row:
    row = {"commune_code": "12817", "sheet_no": "45", "parcel_no": str(number), "accuracy_m": 1.0, "geometry": shape}
    return row | said


def zone(layer: str, code: str, shape: BaseGeometry, **said: object) -> Row:
    return {"code": code, "name": f"Vùng {code}", "decision_no": "1/QĐ", "geometry": shape} | NEEDED[layer] | said


def survey(layer: str, shape: BaseGeometry = EVERYWHERE, name: str = "Cả vùng", **said: object) -> Row:
    return {"layer": layer, "name": name, "geometry": shape} | said


def frame(rows: Sequence[Row]) -> pandas.DataFrame:
    if rows and "geometry" in rows[0]:
        return geopandas.GeoDataFrame([dict(row) for row in rows], geometry="geometry", crs=9209)
    return pandas.DataFrame([dict(row) for row in rows])


def deliver(layer: str | Layer, *rows: Row, whole_layer: bool = False, note: str = "") -> Revision | None:
    """Publish rows; what the delivery lacks within its scope is removed, as always."""
    declared = catalogue.get(layer) if isinstance(layer, str) else layer
    said = Delivery(f"{declared.slug}.gpkg", "0" * 64, "Bình", approver="An", note=note)
    return publish(declared, [frame(rows)], said, whole_layer=whole_layer)


def standing(number: int | str = 1) -> Parcel:
    """The parcel of that number as it stands today."""
    return Parcel.objects.get(parcel_no=str(number), until=None)


def ask(number: int | str = 1, at: int | None = None, on: date = DAY, feature_id: int | None = None) -> Report:
    """The report of a parcel, by its number or its id, as of a snapshot (the newest) and a day."""
    snapshot = at if at is not None else newest()
    assert snapshot is not None
    found = parcels.by_id(feature_id if feature_id is not None else standing(number).feature_id, snapshot)
    assert found is not None
    return report(found, snapshot, on)


def finding(answer: Report, slug: str) -> LayerFinding:
    """What the report says of one layer."""
    return next(layer for theme in answer.themes for layer in theme.layers if layer.layer.slug == slug)


def publish_ground() -> None:
    """One field with an accuracy of 1 m, and every layer of the report surveyed around it."""
    deliver(PARCELS, parcel(1))
    deliver("coverage", *(survey(layer.slug) for layer in catalogue.reported()))


def without_default_accuracy(slug: str) -> tuple[Layer, ...]:
    """The layer alone, as if its declaration knew no accuracy."""
    return (replace(catalogue.get(slug), accuracy_m=None),)
