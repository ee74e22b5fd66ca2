"""Columns of the file become fields of the layer; what is no field is left behind here."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd

from importers.columns import Match, match
from importers.findings import found
from importers.steps.context import Context, Found
from layers.declare import Field


def match_columns(frame: gpd.GeoDataFrame, context: Context) -> tuple[gpd.GeoDataFrame, Found]:
    """Rename by declaration and choice, fill constants in, drop the rest: values of unknown columns go no further."""
    delivered = [str(name) for name in frame.columns if name != "geometry"]
    constants = context.choices.constants
    matched = match(context.layer, delivered, context.choices.mapping, constants)
    columns = {name: frame[column] for name, column in matched.columns.items()}
    fields = {field.name: field for field in context.layer.fields}
    columns |= {
        name: pd.Series(value, index=frame.index, dtype=object) for name, value in constants.items() if name in fields
    }
    named = gpd.GeoDataFrame(columns, index=frame.index, geometry=frame.geometry.array.copy(), crs=frame.crs)
    return named, [*_said(matched, delivered, context), *_missing(fields, set(columns))]


def _said(matched: Match, delivered: list[str], context: Context) -> Found:
    findings = [
        found("map-wrong", field=name, value=column, fields=_listed(context), columns=", ".join(delivered))
        for name, column in matched.wrong.items()
    ]
    findings += [
        found("map-wrong", field=name, value=value, fields=_listed(context), columns=", ".join(delivered))
        for name, value in context.choices.constants.items()
        if name not in {field.name for field in context.layer.fields}
    ]
    findings += [found("column-twice", field=name, columns=", ".join(c)) for name, c in matched.rivals.items()]
    findings += [found("column-cut", field=name, column=matched.columns[name]) for name in sorted(matched.cut)]
    if context.dropped_columns:
        findings.append(found("personal-dropped", columns=", ".join(context.dropped_columns)))
    if unused := matched.unused(delivered):
        findings.append(found("columns-unused", columns=", ".join(unused)))
    return findings


def _listed(context: Context) -> str:
    return ", ".join(field.name for field in context.layer.fields)


def _missing(fields: dict[str, Field], columns: set[str]) -> Found:
    return [
        found("column-missing", field=name, title=field.title)
        for name, field in fields.items()
        if field.required and name not in columns
    ]
