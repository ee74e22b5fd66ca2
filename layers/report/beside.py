"""What stands beside the four answers and decides none: the nearest stations, and rows of tables that may apply."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from layers import catalogue, codes
from layers.declare import Field, Layer
from layers.ground.parcels import Parcel
from layers.queries import matched, nearest
from layers.queries.matched import Place
from layers.queries.snapshots import published
from layers.queries.subjects import Subject
from layers.report.answers import Attribute, Cell, MayApply, Purpose, Reason, Station, Stations, TableRow
from layers.report.composing import Codes, as_today, codes_of
from layers.report.records import attributes, code_words, is_told, unit

Record = dict[str, Any]


def stations(subject: Subject, there: set[str], snapshot: int, day: date) -> tuple[Stations, ...]:
    """What every layer of stations has near a parcel or site. `there`: the layers published by the snapshot."""
    layers = catalogue.by_rule("nearest")
    found = nearest.stations(subject, snapshot, day) if there.intersection(layer.slug for layer in layers) else []
    return tuple(
        Stations(
            layer=layer,
            reason=None if layer.slug in there else Reason.NOT_PUBLISHED,
            nearest=tuple(
                Station(one.feature_id, str(one.record[layer.label]), one.distance_m, told(layer, one.record))
                for one in found
                if one.layer is layer
            ),
        )
        for layer in layers
    )


def told(layer: Layer, record: Record) -> tuple[Attribute, ...]:
    return attributes(nearest.told(layer), record)


def may_apply(parcel: Parcel, today: tuple[Purpose, ...], snapshot: int, day: date) -> tuple[MayApply, ...]:
    """The rows of every plain table that may apply to a parcel: those of its commune, of today and of before, for a
    use that is, or may be, one of today's."""
    there = published(snapshot)
    place = Place(parcel.commune_code, parcel.old_commune_code, none_of(codes_of(today)))
    return tuple(
        table(layer, matched.rows(layer, place, snapshot, day))
        if layer.slug in there
        else MayApply(layer, Reason.NOT_PUBLISHED, (), (), 0, ())
        for layer in catalogue.by_rule("rows")
    )


@lru_cache(maxsize=512)
def none_of(today: Codes) -> tuple[tuple[str, str], ...]:
    """Land uses (code, vocabulary) that are surely none of these purposes; where letters changed their meaning, or no
    purpose is known, nothing is sure."""
    entries = ((entry.code, entry.vocabulary) for entry in codes.entries("land_use"))
    return tuple(sorted(pair for pair in entries if as_today(*pair, today) is False))


def table(layer: Layer, found: tuple[list[Record], int]) -> MayApply:
    """The rows as a table: what each says, and once each decision they come from."""
    records, total = found
    columns = told_columns(layer, records)
    decisions = {attributes(shared_fields(layer), record): None for record in records}
    place = {decision: number for number, decision in enumerate(decisions)}
    return MayApply(
        layer=layer,
        reason=None,
        columns=tuple(field.title for field in columns),
        rows=tuple(
            TableRow(
                record["feature_id"],
                tuple(cell(field, record) for field in columns),
                place[attributes(shared_fields(layer), record)],
            )
            for record in records
        ),
        total=total,
        decisions=tuple(decisions),
    )


def told_columns(layer: Layer, records: Iterable[Record]) -> tuple[Field, ...]:
    """The declared columns that at least one of the rows fills."""
    fields = {field.name: field for field in layer.public_fields}
    names = layer.matched.columns if layer.matched else ()
    return tuple(fields[name] for name in names if any(is_told(record[name]) for record in records))


def shared_fields(layer: Layer) -> tuple[Field, ...]:
    """What rows of one decision have in common."""
    return tuple(field for field in layer.public_fields if field.name in matched.SHARED)


def cell(field: Field, record: Record) -> Cell:
    return Cell(record[field.name], unit(field, record), code_words(field, record))
