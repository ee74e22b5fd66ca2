"""Kinds of land: "ONT300+CLN212", "ONT; CLN", "LUC*" become a list of purposes, each code with its vocabulary.

The same letters change meaning between vocabularies, so a code is never translated: it keeps the list it came from
(Thông tư 25/2014/TT-BTNMT, the law of 2024, the circular of 2007, the decision of 1995).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import geopandas as gpd
import pandas as pd
from django.db import models

from importers.findings import found, list_rows
from importers.steps.context import Context, Found
from importers.steps.values import Unreadable, decimals_of, to_number
from layers.codes import entries, find
from layers.declare import Field

Purpose = dict[str, Any]
_BETWEEN = re.compile(r"\s*[+;,&]\s*(?=[^\W\d])|\s+(?=[^\W\d])")
_ONE = re.compile(r"(?P<code>[^\W\d][^\s:(=*]*?)(?P<kind>-[CP])?\*?\s*[:(=]?\s*(?P<area>\d[\d.,]*)?\s*(?:m2|m²)?\)?\*?")
_HOUSE_LAND_MARK = "§"  # "N§" is "NĐ" typed in a .Vn font, met even in columns that are otherwise plain


def read_purposes(frame: gpd.GeoDataFrame, context: Context) -> tuple[gpd.GeoDataFrame, Found]:
    """Fill the purposes column (a JSON list), and the column of the main kind where the file has none of its own."""
    result, findings = frame.copy(), []
    for field in context.layer.fields:
        if not (field.codes and isinstance(context.layer.column(field.name), models.JSONField)):
            continue
        if field.name in frame:
            lists, said = _read_column(frame[field.name], field)
            result[field.name] = lists
            result = _with_main_kind(result, lists, field, context)
            findings += said
    return result, findings


def _read_column(delivered: pd.Series, field: Field) -> tuple[pd.Series, Found]:
    codes = field.codes or ""
    distinct = [str(cell) for cell in delivered.dropna().unique()]
    parsed = {cell: _parse(cell) for cell in distinct}
    vocabulary = _vocabulary(codes, {code for parts in parsed.values() for code, _ in parts})
    meanings = {cell: [_purpose(codes, vocabulary, *part) for part in parts] for cell, parts in parsed.items()}
    unknown = {
        cell for cell, purposes in meanings.items() if not purposes or any(p["vocabulary"] is None for p in purposes)
    }
    lists = [meanings.get(cell, []) if isinstance(cell, str) else [] for cell in delivered]
    findings = _unknown(delivered, unknown)
    findings += _retired(delivered, meanings, codes)
    if distinct and vocabulary:
        findings.append(found("purpose-vocabulary", field=field.name, value=vocabulary))
    return pd.Series(lists, index=delivered.index, dtype=object), findings


def _parse(cell: str) -> list[tuple[str, float | None]]:
    """The codes of a cell with their areas in m², the main one (suffix -C of the land book) first; [] if unreadable."""
    parts = []
    for text in _BETWEEN.split(cell.strip().replace(_HOUSE_LAND_MARK, "Đ")):
        one = _ONE.fullmatch(text)
        if one is None:
            return []
        try:
            area = float(to_number(one["area"], decimals_of([one["area"]]))) if one["area"] else None
        except Unreadable:
            return []
        parts.append((one["kind"] != "-C", one["code"], area))
    return [(code, area) for _, code, area in sorted(parts, key=lambda part: part[0])]


def _vocabulary(codes: str, used: Iterable[str]) -> str:
    """The vocabulary that knows most of the codes used; the newest one where several do."""
    used = set(used)
    vocabularies = list(dict.fromkeys(entry.vocabulary for entry in entries(codes)))
    return max(vocabularies, key=lambda vocabulary: sum(_spelt(codes, code, vocabulary) is not None for code in used))


def _spelt(codes: str, code: str, vocabulary: str | None) -> str | None:
    """The code as the vocabulary spells it ("ont" -> "ONT"), None when it has none such."""
    for spelling in (code, code.upper(), code.capitalize()):
        if find(codes, spelling, vocabulary):
            return spelling
    return None


def _purpose(codes: str, vocabulary: str, code: str, area: float | None) -> Purpose:
    """One purpose; its vocabulary is None when no list knows the code."""
    if spelling := _spelt(codes, code, vocabulary):
        return {"code": spelling, "vocabulary": vocabulary, "area_m2": area}
    if (spelling := _spelt(codes, code, None)) and (entry := find(codes, spelling)):
        return {"code": spelling, "vocabulary": entry.vocabulary, "area_m2": area}
    return {"code": code, "vocabulary": None, "area_m2": area}


def _unknown(delivered: pd.Series, cells: set[str]) -> Found:
    findings = []
    for cell in sorted(cells):
        rows = [int(row) for row in delivered.index[delivered == cell]]
        value = cell[:60]
        findings.append(found("purpose-unknown", row=rows[0], value=value, count=len(rows), rows=list_rows(rows)))
    return findings


def _retired(delivered: pd.Series, meanings: dict[str, list[Purpose]], codes: str) -> Found:
    """One finding for each code that today's list (the first vocabulary of the file) no longer has."""
    today = entries(codes)[0].vocabulary
    cells: dict[tuple[str, str], set[str]] = {}
    for cell, purposes in meanings.items():
        for purpose in purposes:
            if purpose["vocabulary"] and not find(codes, purpose["code"], today):
                cells.setdefault((purpose["code"], purpose["vocabulary"]), set()).add(cell)
    findings = []
    for (code, vocabulary), holding in sorted(cells.items()):
        rows = [int(row) for row in delivered.index[delivered.isin(holding)]]
        findings.append(
            found("purpose-retired", value=code, vocabulary=vocabulary, count=len(rows), rows=list_rows(rows))
        )
    return findings


def _with_main_kind(frame: gpd.GeoDataFrame, lists: pd.Series, field: Field, context: Context) -> gpd.GeoDataFrame:
    """The kind with the largest area, else the first named, in the plain column of the same code list."""
    for other in context.layer.fields:
        if other.codes == field.codes and other.name != field.name and other.name not in frame:
            frame[other.name] = [_main(purposes) for purposes in lists]
    return frame


def _main(purposes: list[Purpose]) -> str:
    if not purposes:
        return ""
    return str(max(purposes, key=lambda purpose: purpose["area_m2"] or 0)["code"])
