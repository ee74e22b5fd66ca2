"""Does each feature lie where it says: in the province, and in its own commune?"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

from importers.findings import found, list_rows
from importers.steps.context import COMMUNE_FIELD, Context, Found

# Shares of a parcel's area outside its commune: more than the first blocks, more than the second is a decision.
BLOCKED = 0.05
DOUBTED = 0.005


def check_ground(frame: gpd.GeoDataFrame, context: Context) -> tuple[gpd.GeoDataFrame, Found]:
    """Hold every sound shape against the outlines; rows without a known commune outline are told, not passed over."""
    findings = _unknown_communes(frame, context)
    if context.drawn:
        shapes = frame.geometry.to_numpy()
        there = shapely.is_valid(shapes) & ~shapely.is_empty(shapes) & ~shapely.is_missing(shapes)
        placed = frame[there]
        findings += _outside_province(placed, context)
        if COMMUNE_FIELD in placed and context.areas:
            findings += _outside_commune(placed, context)
    return frame.copy(), findings


def _unknown_communes(frame: gpd.GeoDataFrame, context: Context) -> Found:
    if COMMUNE_FIELD not in frame or not context.ground.codes:
        return []
    codes = frame[COMMUNE_FIELD]
    unknown = codes[codes.notna() & (codes != "") & ~codes.isin(context.ground.codes)]
    return [
        found(
            "commune-unknown",
            row=int(rows[0]),
            field=COMMUNE_FIELD,
            value=str(code),
            count=len(rows),
            rows=list_rows(rows),
        )
        for code, rows in unknown.groupby(unknown).groups.items()
    ]


def _outside_province(frame: gpd.GeoDataFrame, context: Context) -> Found:
    province = context.ground.province
    shapely.prepare(province)
    outside = frame.index[~shapely.intersects(province, frame.geometry.to_numpy())]
    return [found("outside-province", row=int(row)) for row in outside]


def _outside_commune(frame: gpd.GeoDataFrame, context: Context) -> Found:
    findings: Found = []
    unchecked = []
    for code, rows in frame.groupby(frame[COMMUNE_FIELD], dropna=False).groups.items():
        outline = context.ground.communes.get(str(code))
        if outline is None:
            unchecked.append(str(code))
        else:
            findings += _against_outline(frame.loc[rows], str(code), outline)
    if unchecked:
        findings.append(found("commune-unchecked", value=list_rows(unchecked)))  # type: ignore[arg-type]  # codes are texts
    return findings


def _against_outline(frame: gpd.GeoDataFrame, code: str, outline: shapely.Geometry) -> Found:
    shapely.prepare(outline)
    shapes = frame.geometry.to_numpy()
    doubtful = ~shapely.covers(outline, shapes)
    rows, shapes = frame.index[doubtful], shapes[doubtful]
    with np.errstate(invalid="ignore", divide="ignore"):
        outside = 1 - shapely.area(shapely.intersection(shapes, outline)) / shapely.area(shapes)
    return [
        found(
            "outside-commune" if share > BLOCKED else "across-commune",
            row=int(row),
            commune=code,
            share=f"{share:.1%}".replace("%", " %"),
        )
        for row, share in zip(rows, outside, strict=True)
        if share > DOUBTED
    ]
