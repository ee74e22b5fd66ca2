"""The answer of a layer that covers the ground: what is planned on the subject, and whether it is so today."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from layers import codes
from layers.declare import Composed, Layer, Words
from layers.queries.composition import Part
from layers.queries.records import public_records
from layers.queries.zones import Ground
from layers.report.answers import Answer, Composition, PlannedKind, PlannedPart, PlanRecord, Purpose, Reason, Survey
from layers.report.records import attributes

NOTHING = Decimal("0.0")
Record = dict[str, Any]
# Land uses, each a code and the vocabulary that it is written in.
Codes = frozenset[tuple[str, str]]


def composition(
    layer: Layer,
    found: list[Part],
    today: tuple[Purpose, ...],
    ground: Ground,
    obstacle: Reason | None,
    surveys: dict[int, Survey],
) -> Composition:
    """What the layer makes of a subject that was cut into the parts found. `today`: what it is used for; `obstacle`:
    what coverage, accuracy and publication say against it; `surveys`: the coverage rows told, by row."""
    records = public_records(layer, {row for part in found for row in part.row_ids})
    told = [described(layer, part, records, today) for part in found if part.row_ids]
    parts = tuple(part for part in told if part.area_m2 is not None)
    bare = next((part for part in found if not part.row_ids), None)
    reason = obstacle or (Reason.NOT_COVERED if bare else None)
    answers = bool(parts) and reason in (None, Reason.NOT_COVERED)
    return Composition(
        layer=layer,
        answer=None if answers else Answer.NOT_ASSESSED,
        reason=reason,
        parts=parts,
        possible=tuple(part for part in told if part.area_m2 is None),
        uncovered_m2=bare.area_m2 or NOTHING if bare else NOTHING,
        uncovered_percent=bare.share_percent or NOTHING if bare else NOTHING,
        unsurveyed_percent=ground.uncovered_percent,
        years=years(layer, records.values()),
        surveys=tuple(surveys[row] for row in ground.coverage_rows if row in surveys),
    )


def described(layer: Layer, part: Part, records: dict[int, Record], today: tuple[Purpose, ...]) -> PlannedPart:
    mine = [records[row] for row in part.row_ids]
    made = composed_of(layer)
    pairs = sorted({(str(record[made.kind]), str(record[made.vocabulary])) for record in mine})
    # A kind says its own code and vocabulary; the records tell the rest.
    fields = [field for field in layer.public_fields if field.name not in (made.kind, made.vocabulary)]
    return PlannedPart(
        kinds=tuple(kind(layer, code, vocabulary, today) for code, vocabulary in pairs),
        area_m2=part.area_m2,
        share_percent=part.share_percent,
        distance_m=part.distance_m,
        margin_m=part.margin_m,
        records=tuple(
            PlanRecord(record["feature_id"], str(record[layer.label]), attributes(fields, record)) for record in mine
        ),
    )


def composed_of(layer: Layer) -> Composed:
    if layer.composed is None:
        raise ValueError(f"{layer.slug} does not answer by composition")
    return layer.composed


def kind(layer: Layer, code: str, vocabulary: str, today: tuple[Purpose, ...]) -> PlannedKind:
    declared = next(field for field in layer.fields if field.name == composed_of(layer).kind)
    title = codes.label(declared.codes, code, vocabulary) if declared.codes else None
    return PlannedKind(code, vocabulary, title or Words(code, code), as_today(code, vocabulary, codes_of(today)))


def codes_of(purposes: Iterable[Purpose]) -> Codes:
    return frozenset((purpose.code, purpose.vocabulary) for purpose in purposes)


def as_today(code: str, vocabulary: str, today: Codes) -> bool | None:
    """Whether one of today's purposes is the planned one; None where it cannot be told.

    Two codes are compared in the vocabulary of 2024, and only where their letters still mean there what they meant.
    """
    if (code, vocabulary) in today:
        return True
    planned, present = in_2024(code, vocabulary), {in_2024(*pair) for pair in today}
    if not planned or not present:
        return None
    if planned in present:
        return True
    return None if "" in present else False


def in_2024(code: str, vocabulary: str) -> str:
    entry = codes.find("land_use", code, vocabulary) if vocabulary else None
    return entry.as_2024 if entry else ""


def years(layer: Layer, records: Iterable[Record]) -> tuple[int, ...]:
    """The target years of the records, the earliest first."""
    found = {record[composed_of(layer).year] for record in records}
    return tuple(sorted(year for year in found if year is not None))
