"""Holders of a licence: organisations are shown, persons dropped before anything else sees them."""

from __future__ import annotations

import geopandas as gpd

from importers.columns import is_organisation
from importers.findings import found, list_rows
from importers.steps.context import Context, Found


def keep_organisations(frame: gpd.GeoDataFrame, context: Context) -> tuple[gpd.GeoDataFrame, Found]:
    """Set a holder that does not look like an organisation to None. The finding names rows, never the value."""
    kept, findings = frame.copy(), []
    for field in context.layer.fields:
        if not field.organisation or field.name not in frame:
            continue
        column = frame[field.name]
        person = column.notna() & ~column.map(lambda value: isinstance(value, str) and is_organisation(value))
        if person.any():
            kept[field.name] = column.where(~person, None)
            rows = [int(row) for row in frame.index[person]]
            findings.append(found("holder-dropped", field=field.name, count=len(rows), rows=list_rows(rows)))
    return kept, findings
