"""The area on paper against the drawn one. Both are right and both are kept; a large difference is a decision.

Thông tư 25/2014/TT-BTNMT, article 7, fixes the error of a boundary point by map scale, and no tolerance of areas.
The tolerance here is ours, computed from that error: sigma_A = (sigma / 2) * sqrt(sum |P(i+1) - P(i-1)|^2), with
sigma = point error / sqrt 2 for one coordinate; a difference above twice sigma_A is told.
"""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from importers.findings import found
from importers.steps.context import Context, Found
from importers.steps.rings import rings_of
from layers.report.own_book.tolerances import ROUNDING_M2, TIMES_SIGMA

PAPER = "area_paper_m2"
SCALE = "map_scale"
# Map scale -> error of a boundary point in metres (Thông tư 25/2014/TT-BTNMT, article 7).
POINT_ERROR_M = {200: 0.05, 500: 0.07, 1000: 0.15, 2000: 0.30, 5000: 1.50, 10_000: 3.00}
USUAL_ERROR_M = 0.15


def compare_areas(frame: gpd.GeoDataFrame, context: Context) -> tuple[gpd.GeoDataFrame, Found]:
    """Where a row's areas differ by more than the accuracy of its map explains."""
    if PAPER not in frame or not context.areas:
        return frame.copy(), []
    told = frame[frame[PAPER].notna() & frame.geometry.notna() & frame.geometry.is_valid]
    shapes = told.geometry.to_numpy()
    drawn, paper = shapely.area(shapes), told[PAPER].astype(float).to_numpy()
    tolerance = np.maximum(TIMES_SIGMA * area_error(shapes, _point_errors(told, context)), float(ROUNDING_M2))
    findings = [
        found(
            "area-differs",
            row=int(told.index[at]),
            field=PAPER,
            value=f"{paper[at]:.1f}",
            paper=f"{paper[at]:.1f}",
            drawn=f"{drawn[at]:.1f}",
            difference=f"{abs(paper[at] - drawn[at]):.1f}",
            tolerance=f"{tolerance[at]:.1f}",
        )
        for at in np.flatnonzero(np.abs(drawn - paper) > tolerance)
    ]
    return frame.copy(), findings


def _point_errors(frame: pd.DataFrame, context: Context) -> NDArray[np.float64]:
    """Metres for each row: what the officer said, else by map scale, else that of 1:1000."""
    if context.choices.accuracy_m is not None:
        return np.full(len(frame), context.choices.accuracy_m)
    if SCALE not in frame:
        return np.full(len(frame), USUAL_ERROR_M)
    return np.array([POINT_ERROR_M.get(scale, USUAL_ERROR_M) for scale in frame[SCALE]], dtype=float)


def area_error(shapes: NDArray[np.object_], point_error: NDArray[np.float64]) -> NDArray[np.float64]:
    """sigma_A in m² of polygons in metres, from the error of their points."""
    rings, of_shape = rings_of(shapes)
    points, of_ring = shapely.get_coordinates(rings, return_index=True)
    total = np.zeros(len(shapes))
    if len(points):
        last = np.append(of_ring[1:] != of_ring[:-1], True)
        first = np.append(True, of_ring[1:] != of_ring[:-1])
        before, after = np.roll(points, 1, axis=0), np.roll(points, -1, axis=0)
        before[first] = points[np.flatnonzero(last) - 1]
        squares = ((after - before) ** 2).sum(axis=1)
        np.add.at(total, of_shape[of_ring[~last]], squares[~last])
    error: NDArray[np.float64] = point_error / np.sqrt(2) / 2 * np.sqrt(total)
    return error
