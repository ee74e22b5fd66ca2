"""The public words of records: attributes of the zones an answer names, and of the surveys behind it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from layers import codes
from layers.declare import Field, Layer, Words
from layers.ground.coverage import COVERAGE
from layers.queries.kept import kept
from layers.queries.records import public_records, surveyed
from layers.queries.snapshots import Edition
from layers.queries.zones import Hit
from layers.report.answers import Answer, Attribute, Survey, ZoneFinding


def described(layer: Layer, hits: list[Hit]) -> tuple[ZoneFinding, ...]:
    """The hits of one layer with their records' public attributes, in the order given."""
    if not hits:
        return ()
    by_row = public_records(layer, [hit.row_id for hit in hits])
    return tuple(finding(layer, hit, by_row[hit.row_id]) for hit in hits)


def finding(layer: Layer, hit: Hit, record: dict[str, Any]) -> ZoneFinding:
    return ZoneFinding(
        feature_id=record["feature_id"],
        label=str(record[layer.label]),
        answer=Answer(hit.answer),
        area_m2=hit.area_m2,
        share_percent=hit.share_percent,
        length_m=hit.length_m,
        distance_m=hit.distance_m,
        margin_m=hit.margin_m,
        whole_parcels=hit.whole_parcels,
        attributes=attributes(layer.public_fields, record),
    )


def attributes(fields: Iterable[Field], record: dict[str, Any]) -> tuple[Attribute, ...]:
    """Public attributes that have a value, with the code list's words where there is one. What says nothing without
    another field is not told where that other is empty: no level of alarm without the edition that sets it. A field
    that holds a unit is told with the value it belongs to."""
    declared = tuple(fields)
    units = {field.unit_in for field in declared}
    return tuple(
        Attribute(field.name, field.title, record[field.name], unit(field, record), code_words(field, record))
        for field in declared
        if is_told(record[field.name])
        and field.name not in units
        and (field.only_with is None or is_told(record[field.only_with]))
    )


def unit(field: Field, record: dict[str, Any]) -> str:
    return str(record[field.unit_in] or "") if field.unit_in else field.unit


def code_words(field: Field, record: dict[str, Any]) -> Words | None:
    return codes.label(field.codes, str(record[field.name])) if field.codes else None


def is_told(value: object) -> bool:
    return value not in (None, "", [])


def surveys(coverage_rows: set[int], edition: Edition | None = None) -> dict[int, Survey]:
    """Coverage rows as an answer tells them, by row id. `edition`: of the coverage, where it is known."""
    return kept(COVERAGE.slug, edition, coverage_rows, as_told)


def as_told(coverage_rows: set[int]) -> dict[int, Survey]:
    return {row_id: Survey(*rest) for row_id, *rest in surveyed(coverage_rows)}
