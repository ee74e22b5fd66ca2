"""Values that can be read and make no sense: a parcel's number without a digit, a term that ends before it begins."""

from __future__ import annotations

import re

import geopandas as gpd
import pandas as pd

from importers.findings import found
from importers.steps.context import Context, Found
from importers.steps.fabric import is_fabric

NUMBER = "parcel_no"
# "12", "12a", "TĐ03-2014", "1/2", "12+13": signs without a blank, at least one of them a digit (TT 25/2014/TT-BTNMT).
PARCEL_NUMBER = re.compile(r"(?=\S*\d)[\w./+()-]+")
TERM = ("valid_from", "valid_until")


def check_senses(frame: gpd.GeoDataFrame, context: Context) -> tuple[gpd.GeoDataFrame, Found]:
    """Numbers of parcels by their form; terms by the order of their days."""
    findings: Found = []
    if is_fabric(context.layer) and NUMBER in frame:
        findings += _numbers(frame[NUMBER])
    if set(TERM) <= set(frame.columns):
        findings += _terms(frame)
    return frame.copy(), findings


def _numbers(numbers: pd.Series) -> Found:
    odd = numbers.map(lambda number: bool(number) and not PARCEL_NUMBER.fullmatch(str(number)))
    return [
        found("number-form", row=int(row), field=NUMBER, value=str(number)[:60]) for row, number in numbers[odd].items()
    ]


def _terms(frame: gpd.GeoDataFrame) -> Found:
    since, until = (frame[name] for name in TERM)
    there = frame[since.notna() & until.notna()]
    return [
        found("dates-reversed", row=int(row), field=TERM[1], since=f"{first:%d/%m/%Y}", until=f"{last:%d/%m/%Y}")
        for row, first, last in zip(there.index, there[TERM[0]], there[TERM[1]], strict=True)
        if last < first
    ]
