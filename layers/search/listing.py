"""What the filters alone let pass: every layer in the order of the map, or by area, date or distance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from layers import catalogue
from layers.declare import Layer
from layers.ground.admin_units import ADMIN_UNITS
from layers.ground.map_sheets import MAP_SHEETS
from layers.ground.parcels import PARCELS
from layers.queries import search as by_number
from layers.queries import search_names as by_name
from layers.queries import search_records as by_record
from layers.queries.search import LIMIT
from layers.queries.search_records import RecordRow
from layers.search import hits
from layers.search.filters import Cursor, Filters, wanted_layers
from layers.search.hits import Hit
from layers.search.paging import Found
from layers.search.places import Place
from layers.search.troubles import sentence
from layers.search.understanding import Understood

NOTHING = Understood(None, None, (), False)


def listed(filters: Filters) -> Found:
    """A page of what the filters let pass. Parcels are listed only on a named piece of ground: nobody reads a whole
    province page by page."""
    filters, trouble = _bounded(filters)
    rows = by_record.listing(filters, LIMIT + 1)
    shown = rows[:LIMIT]
    goes_on = len(rows) > LIMIT
    last = shown[-1] if shown else None
    behind = Cursor(last.key, last.layer.slug, last.feature_id) if goes_on and last else None
    total = by_record.counted(filters)
    return Found(NOTHING, Place(), _hits(shown), total=total, behind=behind, trouble=trouble)


def _bounded(filters: Filters) -> tuple[Filters, str]:
    """The filters without parcels when they name no ground, and the sentence that says so when parcels were meant."""
    wanted = wanted_layers(filters, catalogue.mapped())
    if filters.has_place or PARCELS not in wanted:
        return filters, ""
    others = tuple(layer.slug for layer in wanted if layer is not PARCELS)
    trouble = "" if others else sentence("place-needed")
    return replace(filters, layers=others or ("-",)), trouble


def _hits(rows: Sequence[RecordRow]) -> list[Hit]:
    """Parcels, sheets and communes are called by more than their label; the rest is a record like any other."""
    parcels = by_number.parcels_by_id(_of(PARCELS, rows))
    sheets = by_number.sheets_by_id(_of(MAP_SHEETS, rows))
    communes = by_name.units_by_id(_of(ADMIN_UNITS, rows))
    called = {
        PARCELS.slug: {key: hits.of_parcel(row, None, fuzzy=False) for key, row in parcels.items()},
        MAP_SHEETS.slug: {key: hits.of_sheet(row, fuzzy=False) for key, row in sheets.items()},
        ADMIN_UNITS.slug: {key: hits.of_commune(unit, None, fuzzy=False) for key, unit in communes.items()},
    }
    return [
        hits.with_facts(called[row.layer.slug][row.feature_id], row)
        if row.layer.slug in called
        else hits.of_record(row)
        for row in rows
    ]


def _of(layer: Layer, rows: Sequence[RecordRow]) -> list[int]:
    return [row.feature_id for row in rows if row.layer is layer]
