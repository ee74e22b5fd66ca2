"""Statutory distances: a table, read as of the answer's snapshot."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache

from layers import catalogue
from layers.queries import distances
from layers.queries.distances import Near
from layers.queries.parcels import as_of
from layers.queries.snapshots import Edition
from layers.queries.zones import Ground
from layers.report.answers import Answer
from layers.report.build import Asked
from layers.report.sites import DistanceFinding, Rule
from layers.report.uncomputed import both
from layers.rulebook.statutory_distances import STATUTORY_DISTANCES, StatutoryDistance


def rules(there: Mapping[str, Edition], snapshot: int, day: date) -> tuple[Rule, ...]:
    """Every rule of the table, if it was published; an outdated one is told, and decides nothing. `there`: the layers
    published by the snapshot."""
    edition = there.get(STATUTORY_DISTANCES.slug)
    return () if edition is None else listed(edition, snapshot, day)


@lru_cache(maxsize=256)
def listed(edition: Edition, snapshot: int, day: date) -> tuple[Rule, ...]:
    """The rows of an edition, the same in every answer as long as it stands."""
    return tuple(rule(row, day) for row in as_of(StatutoryDistance, snapshot).order_by("code"))


def rule(row: StatutoryDistance, day: date) -> Rule:
    return Rule(
        code=row.code,
        title=both(row.title, row.title_en),
        object_layer=row.object_layer,
        kind=row.kind,
        width_m=row.width_m,
        condition=both(row.condition, row.condition_en),
        legal_basis=row.legal_basis,
        edition=row.edition,
        edition_date=row.edition_date,
        is_outdated=row.is_outdated(day),
        source=row.source,
    )


def distance_findings(asked: Asked, table: tuple[Rule, ...], ground: dict[str, Ground]) -> tuple[DistanceFinding, ...]:
    """Every object that lies within a rule's distance of the subject, or too near its limit for the maps to tell."""
    known = {layer.slug: layer for layer in catalogue.every() if layer.geometry_type}
    valid = [one for one in table if not one.is_outdated and one.object_layer in known]
    accuracies = {slug: ground[slug].accuracy_m if slug in ground else known[slug].accuracy_m for slug in known}
    margins = {slug: (accuracies[slug] or 0.0) + (asked.accuracy or 0.0) for slug in known}
    reaches: dict[str, float] = {}
    for one in valid:
        reach = one.width_m + margins[one.object_layer]
        reaches[one.object_layer] = max(reach, reaches.get(one.object_layer, 0.0))
    near = distances.near(asked.subject, reaches, asked.snapshot, asked.day)
    found = [
        finding(one, object, margin_of(object, accuracies[object.layer], asked.accuracy))
        for one in valid
        for object in near
        if object.layer == one.object_layer and one.kind in ("", object.kind)
    ]
    return tuple(one for one in found if one.answer is not Answer.NOT_AFFECTED)


def margin_of(object: Near, usual: float | None, accuracy: float | None) -> float | None:
    own = object.accuracy_m if object.accuracy_m is not None else usual
    return None if own is None or accuracy is None else own + accuracy


def finding(rule: Rule, object: Near, margin: float | None) -> DistanceFinding:
    inside = rule.width_m - object.distance
    return DistanceFinding(
        rule=rule,
        layer=object.layer,
        layer_title=catalogue.get(object.layer).title,
        feature_id=object.feature_id,
        label=object.label,
        distance_m=Decimal(str(round(object.distance, 2))),
        inside_m=Decimal(str(round(inside, 2))),
        margin_m=None if margin is None else Decimal(str(round(margin, 2))),
        answer=answer(inside, margin),
    )


def answer(inside: float, margin: float | None) -> Answer:
    """`inside`: by how many metres the nearest point lies inside the distance (negative: outside)."""
    if margin is None:
        return Answer.NOT_ASSESSED if inside >= 0 else Answer.NOT_AFFECTED
    if abs(inside) <= margin:
        return Answer.TOO_CLOSE
    return Answer.AFFECTED if inside > 0 else Answer.NOT_AFFECTED
