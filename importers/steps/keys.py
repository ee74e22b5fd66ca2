"""One feature, one row: several lines of one parcel are several purposes, not duplicates; true duplicates exist too."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import shapely

from importers.findings import found, list_rows
from importers.steps.context import Context, Found


def join_rows(frame: gpd.GeoDataFrame, context: Context) -> tuple[gpd.GeoDataFrame, Found]:
    """Join rows of one key and one shape that differ only in purpose; every other repeated key is a finding.

    The land book has one line a purpose (Thông tư 25/2014/TT-BTNMT), and exports keep that.
    """
    key = list(context.layer.key)
    if not set(key) <= set(frame.columns):
        return frame.copy(), []
    repeated = frame[frame.duplicated(key, keep=False) & ~frame[key].isin([None, ""]).any(axis=1)]
    alike = _besides_purposes(repeated, context)
    title = ", ".join(str(field.title) for field in context.layer.fields if field.name in key)
    joined, gone, findings = frame.copy(), [], []
    groups: dict[tuple[object, ...], list[int]] = {}
    for row, name in zip(repeated.index, repeated[key].itertuples(index=False, name=None), strict=True):
        groups.setdefault(name, []).append(int(row))
    for name, rows in groups.items():
        value, count, listed = " / ".join(map(str, name)), len(rows), list_rows(rows)
        if alike and _only_purposes_differ(rows, alike, repeated["purposes"]):
            joined.at[rows[0], "purposes"] = [purpose for row in rows for purpose in repeated.at[row, "purposes"]]
            gone += rows[1:]
            findings.append(found("rows-joined", row=rows[0], value=value, count=count, rows=listed))
        else:
            findings.append(found("key-twice", row=rows[0], value=value, key_title=title, count=count, rows=listed))
    return joined.drop(index=gone), findings


def _besides_purposes(rows: gpd.GeoDataFrame, context: Context) -> dict[int, tuple[object, ...]]:
    """For each row all that must agree before it may be joined with another; empty where the layer has no purposes."""
    if "purposes" not in rows or not context.drawn:
        return {}
    shapes = shapely.to_wkb(shapely.normalize(rows.geometry.to_numpy()))
    others = rows.drop(columns=["geometry", "purposes", "land_use", "area_paper_m2"], errors="ignore")
    cells = others.astype(str).itertuples(index=False, name=None)
    return {int(row): (shape, *cell) for row, shape, cell in zip(rows.index, shapes, cells, strict=True)}


def _only_purposes_differ(rows: list[int], alike: dict[int, tuple[object, ...]], purposes: pd.Series) -> bool:
    one_feature = len({alike[row] for row in rows}) == 1
    return one_feature and len({str(purposes.at[row]) for row in rows}) == len(rows)
