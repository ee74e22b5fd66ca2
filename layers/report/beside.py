"""What stands beside the four answers and decides none: the nearest stations, and rows of tables that may apply."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from layers import catalogue, codes
from layers.declare import Field, Layer
from layers.ground.parcels import Parcel
from layers.queries import matched, nearest
from layers.queries.matched import Place
from layers.queries.snapshots import Edition
from layers.queries.subjects import Subject
from layers.report.answers import Attribute, Cell, MayApply, Purpose, Reason, Station, Stations, TableRow
from layers.report.composing import Codes, as_today, codes_of
from layers.report.records import attributes, code_words, is_told, unit

Record = dict[str, Any]


def stations(
    subject: Subject, there: Collection[str], snapshot: int, day: date, quoted: Callable[[Layer], Layer]
) -> tuple[Stations, ...]:
    """What every layer of stations has near a parcel or site. `there`: the layers published by the snapshot; `quoted`:
    a declaration with the words that fit the subject."""
    layers = catalogue.by_rule("nearest")
    found = nearest.stations(subject, snapshot, day) if any(layer.slug in there for layer in layers) else []
    return tuple(
        Stations(
            layer=quoted(layer),
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


def may_apply(
    parcel: Parcel, today: tuple[Purpose, ...], there: Mapping[str, Edition], snapshot: int, day: date
) -> tuple[MayApply, ...]:
    """The rows of every plain table that may apply to a parcel: those of its commune, of today and of before, for a
    use that is, or may be, one of today's."""
    place = Place(parcel.commune_code, parcel.old_commune_code, none_of(codes_of(today)))
    return tuple(
        table(layer, place, snapshot, day, there[layer.slug])
        if layer.slug in there
        else MayApply(layer, Reason.NOT_PUBLISHED, (), (), 0, ())
        for layer in catalogue.by_rule("rows")
    )


@lru_cache(maxsize=512)
def none_of(today: Codes) -> str:
    """Land uses that are surely none of these purposes, as `Place` takes them; where letters changed their meaning, or
    no purpose is known, nothing is sure."""
    entries = ((entry.code, entry.vocabulary) for entry in codes.entries("land_use"))
    return ",".join(sorted(f"{code} {of}" for code, of in entries if as_today(code, of, today) is False))


@lru_cache(maxsize=2048)
def table(layer: Layer, place: Place, snapshot: int, day: date, edition: Edition) -> MayApply:
    """The rows as a table: what each says, and once each decision they come from. The same for all parcels of a
    commune with the same purposes, as long as the edition stands."""
    records, total = matched.rows(layer, place, snapshot, day)
    columns, shared = told_columns(layer, records), shared_fields(layer)
    said_of = [tuple(record[field.name] for field in shared) for record in records]
    decisions = list(dict.fromkeys(said_of))
    first = [records[said_of.index(said)] for said in decisions]
    return MayApply(
        layer=layer,
        reason=None,
        columns=tuple(field.title for field in columns),
        rows=tuple(
            TableRow(
                record["feature_id"],
                tuple(cell(field, record) for field in columns),
                decisions.index(said),
            )
            for record, said in zip(records, said_of, strict=True)
        ),
        total=total,
        decisions=tuple(attributes(shared, record) for record in first),
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
