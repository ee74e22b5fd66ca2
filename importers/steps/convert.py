"""Text becomes what the model's columns hold: the model tells the type once, the importer follows it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import geopandas as gpd
import pandas as pd
from django.db import models

from importers.findings import found, list_rows
from importers.steps import values
from importers.steps.context import Context, Found
from importers.steps.values import Decimals, Unreadable
from layers.codes import known
from layers.declare import Field

Reader = Callable[[str], object]
NUMBERS = (models.IntegerField, models.FloatField, models.DecimalField)


def convert(frame: gpd.GeoDataFrame, context: Context) -> tuple[gpd.GeoDataFrame, Found]:
    """Every column by its model's type; a cell that cannot be read is a finding with row, field and value."""
    converted, findings = frame.copy(), []
    for field in context.layer.fields:
        if field.name not in frame:
            continue
        column = context.layer.column(field.name)
        if isinstance(column, models.JSONField):
            continue  # kinds of land: the step after this one
        converted[field.name], faults = _convert_column(frame[field.name], field, column, context)
        findings += faults
    return converted, [*findings, *_alone(converted, context)]


def _alone(converted: gpd.GeoDataFrame, context: Context) -> Found:
    """Cells that say nothing without another field of the same row, and that other is empty or not delivered."""
    findings = []
    for field in context.layer.fields:
        if field.only_with is None or field.name not in converted:
            continue
        told = converted[field.name].map(bool)
        if field.only_with in converted:
            told &= ~converted[field.only_with].map(bool)
        rows = [int(row) for row in converted.index[told]]
        if rows:
            findings.append(
                found(
                    "cell-alone",
                    field=field.name,
                    other=field.only_with,
                    row=rows[0],
                    count=len(rows),
                    rows=list_rows(rows),
                )
            )
    return findings


def _convert_column(
    delivered: pd.Series, field: Field, column: models.Field[Any, Any], context: Context
) -> tuple[pd.Series, Found]:
    distinct = [str(cell) for cell in delivered.dropna().unique()]
    reader, findings = _reader(distinct, field, column)
    meanings, unreadable = {}, set()
    for cell in distinct:
        try:
            meanings[cell] = reader(cell)
        except Unreadable:
            unreadable.add(cell)
    findings += _unreadable(delivered, unreadable, field, column, context)
    result = delivered.map(lambda cell: meanings.get(cell) if isinstance(cell, str) else None).astype(object)
    result = result.where(result.notna(), _empty(column))
    findings += _missing(delivered, field)
    if isinstance(column, models.CharField):
        findings += _too_long(result, field, column.max_length or 0, context)
    if field.codes:
        findings += _unknown_codes(result, field)
    return result, findings


def _reader(distinct: list[str], field: Field, column: models.Field[Any, Any]) -> tuple[Reader, Found]:
    """How to read one cell of the column, and what is said about the column as a whole."""
    if isinstance(column, models.BooleanField):
        return values.to_truth, []
    if isinstance(column, models.DateTimeField):
        return values.to_moment, []
    if isinstance(column, models.DateField):
        return values.to_date, []
    if field.verbatim:
        return str.strip, []
    if not isinstance(column, NUMBERS):
        spoiled = [cell for cell in distinct if values.plain_number(cell) != cell.strip()]
        told = [found("numbers-trimmed", field=field.name, value=spoiled[0], count=len(spoiled))] if spoiled else []
        return values.plain_number, told
    decimals = values.decimals_of(distinct)
    said = _say_decimals(distinct, field, decimals)
    if isinstance(column, models.FloatField):
        return lambda cell: float(values.to_number(cell, decimals)), said
    if isinstance(column, models.DecimalField):
        return lambda cell: _fitting(values.to_number(cell, decimals), column), said
    return lambda cell: values.to_whole(cell, decimals), said


def _fitting(number: Decimal, column: models.DecimalField[Any, Any]) -> Decimal:
    """Rounded to the column's places; Unreadable when it has more digits than the column holds."""
    rounded = number.quantize(Decimal(1).scaleb(-(column.decimal_places or 0)))
    if abs(rounded) >= Decimal(10) ** ((column.max_digits or 0) - (column.decimal_places or 0)):
        raise Unreadable(str(number))
    return rounded


def _say_decimals(distinct: list[str], field: Field, decimals: Decimals) -> Found:
    if decimals is Decimals.UNCLEAR:
        doubtful = next(cell for cell in distinct if "." in cell or "," in cell)
        return [found("number-ambiguous", field=field.name, value=doubtful)]
    if decimals is Decimals.COMMA:
        return [
            found(
                "decimal-comma", field=field.name, value=next(cell for cell in distinct if "," in cell or "." in cell)
            )
        ]
    return []


def _empty(column: models.Field[Any, Any]) -> object:
    """What stands for "nothing told" in this column."""
    if column.null:
        return None
    return column.get_default() if column.has_default() else column.to_python("") if _is_text(column) else None


def _is_text(column: models.Field[Any, Any]) -> bool:
    return isinstance(column, models.CharField | models.TextField)


def _unreadable(
    delivered: pd.Series, cells: set[str], field: Field, column: models.Field[Any, Any], context: Context
) -> Found:
    expected = _expected(column)
    return [
        found(
            "cell-unreadable",
            row=int(row),
            field=field.name,
            value=str(cell)[:60] if context.may_show(field.name) else "",
            expected=expected,
        )
        for row, cell in delivered[delivered.isin(cells)].items()
    ]


def _expected(column: models.Field[Any, Any]) -> str:
    kinds = {
        models.DateTimeField: "moment",
        models.DateField: "date",
        models.BooleanField: "truth",
        models.IntegerField: "whole-number",
    }
    return next((word for kind, word in kinds.items() if isinstance(column, kind)), "number")


def _missing(delivered: pd.Series, field: Field) -> Found:
    rows = [int(row) for row in delivered.index[delivered.isna()]]
    if not (field.required and rows):
        return []
    return [found("cell-missing", field=field.name, count=len(rows), rows=list_rows(rows))]


def _too_long(result: pd.Series, field: Field, limit: int, context: Context) -> Found:
    lengths = result.map(lambda value: len(value) if isinstance(value, str) else 0)
    return [
        found(
            "cell-too-long",
            row=int(row),
            field=field.name,
            value=str(result.loc[row])[:60] if context.may_show(field.name) else "",
            length=int(lengths.loc[row]),
            limit=limit,
        )
        for row in result.index[lengths > limit]
    ]


def _unknown_codes(result: pd.Series, field: Field) -> Found:
    codes = field.codes or ""
    unknown = result[result.map(lambda value: bool(value) and str(value) not in known(codes))]
    return [
        found(
            "code-unknown",
            row=int(rows[0]),
            field=field.name,
            value=str(value)[:60],
            codes=codes,
            count=len(rows),
            rows=list_rows(int(row) for row in rows),
        )
        for value, rows in unknown.groupby(unknown).groups.items()
    ]
