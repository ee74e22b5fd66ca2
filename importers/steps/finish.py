"""The last touch: what every row of the layer carries besides its columns."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import shapely

from importers.steps.context import Context, Found

MULTI = {"MULTIPOLYGON": shapely.multipolygons, "MULTILINESTRING": shapely.multilinestrings}
_SINGLE = {"MULTIPOLYGON": 3, "MULTILINESTRING": 1}


def finish(frame: gpd.GeoDataFrame, context: Context) -> tuple[gpd.GeoDataFrame, Found]:
    """One kind of geometry (multi where the table is), and accuracy, source and day of survey where they were given."""
    done = frame.copy()
    if not context.drawn:
        return done.drop(columns="geometry"), []
    kind = context.layer.geometry_type or ""
    shapes = frame.geometry.to_numpy().copy()
    if kind in MULTI:
        single = shapely.get_type_id(shapes) == _SINGLE[kind]
        parts = np.empty(int(single.sum()), dtype=object)
        parts[:] = [MULTI[kind]([shape]) for shape in shapes[single]]
        shapes[single] = parts
    elif kind == "POINT":
        lone = (shapely.get_type_id(shapes) == 4) & (shapely.get_num_geometries(shapes) == 1)
        shapes[lone] = shapely.get_geometry(shapes[lone], 0)
    done = done.set_geometry(gpd.GeoSeries(shapes, index=frame.index), crs=None).set_crs(frame.crs, allow_override=True)
    choices = context.choices
    columns = {field.name for field in context.layer.model._meta.fields}
    given = {"accuracy_m": choices.accuracy_m, "source": choices.source, "surveyed_on": choices.surveyed_on}
    for name, value in given.items():
        if name in columns and value not in (None, ""):
            done[name] = value
    return done, []
