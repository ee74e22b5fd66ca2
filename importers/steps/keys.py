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
    key = [name for name in context.layer.key if name in frame]
    if len(key) < len(context.layer.key):
        return frame.copy(), []
    names = pd.Series(list(map(tuple, frame[key].to_numpy())), index=frame.index, dtype=object)
    whole = names.map(lambda parts: all(part not in (None, "") for part in parts))
    repeated = names[whole & names.duplicated(keep=False)]
    joined, gone, findings = frame.copy(), [], []
    title = ", ".join(str(field.title) for field in context.layer.fields if field.name in key)
    for name, rows in repeated.groupby(repeated, sort=False).groups.items():
        value, count, listed = " / ".join(map(str, name)), len(rows), list_rows(map(int, rows))
        if _only_purposes_differ(frame.loc[rows], context):
            joined.at[rows[0], "purposes"] = _union(frame.loc[rows, "purposes"])
            gone += list(rows[1:])
            findings.append(found("rows-joined", row=int(rows[0]), value=value, count=count, rows=listed))
        else:
            findings.append(
                found("key-twice", row=int(rows[0]), value=value, key_title=title, count=count, rows=listed)
            )
    return joined.drop(index=gone), findings


def _only_purposes_differ(rows: gpd.GeoDataFrame, context: Context) -> bool:
    if "purposes" not in rows or not context.drawn:
        return False
    shapes = shapely.normalize(rows.geometry.to_numpy())
    same_shape = bool(shapely.equals_exact(shapes, shapes[0], 0.001).all())
    others = rows.drop(columns=["geometry", "purposes", "land_use", "area_paper_m2"], errors="ignore")
    return same_shape and len(others.drop_duplicates()) == 1 and len({str(p) for p in rows["purposes"]}) == len(rows)


def _union(purposes: pd.Series) -> list[dict[str, object]]:
    return [purpose for row in purposes for purpose in row]
