"""Answers about many parcels at once, without their words: what is compared before and after a delivery."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from layers.declare import Layer
from layers.ground.parcels import PARCELS
from layers.queries import many, zones
from layers.queries.undecided import Standing
from layers.queries.zones import Ground
from layers.report.answers import Answer, Reason, of_theme, strongest
from layers.report.build import obstacle

NOTHING = Decimal(0)
Grounds = dict[int, dict[str, Ground]]
# A record is named by its id for ever, a planned kind by its code and vocabulary.
Subject = tuple[str, object]


@dataclass
class Told:
    """`answers` by layer; None where the parts of a plan answer. `figures`: the answer and share (%) of every record
    that touches the parcel, or of every kind that is planned on it."""

    answers: dict[str, Answer | None] = field(default_factory=dict)
    figures: dict[Subject, tuple[str, Decimal]] = field(default_factory=dict)

    def of_theme(self, layers: Sequence[Layer]) -> Answer | None:
        """The theme's answer, as a report gives it; None where a composition answers."""
        zones = [layer for layer in layers if layer.report == "zones"]
        plans = [layer for layer in layers if layer.report == "composition"]
        said = [answer for layer in zones if (answer := self.answers[layer.slug]) is not None]
        return of_theme(said, [self.answers[layer.slug] for layer in plans])


@dataclass(frozen=True)
class Moment:
    """As of when, and through which of the portal's connections. `there`: the layers that were published by then."""

    snapshot: int
    day: date
    there: frozenset[str]
    using: str


def grounds(parcels: Sequence[Standing], layers: Sequence[Layer], moment: Moment) -> Grounds:
    return many.grounds(parcels, (*layers, PARCELS), moment.snapshot, moment.using)


def answers(parcels: Sequence[Standing], layers: Sequence[Layer], ground: Grounds, moment: Moment) -> dict[int, Told]:
    """What the layers say of each parcel, by its row. `ground`: what coverage says, from `grounds`."""
    told = {parcel.row_id: Told() for parcel in parcels}
    own = [exact(parcel, ground[parcel.row_id]) for parcel in parcels]
    of_zones = [layer for layer in layers if layer.report == "zones"]
    for known, alike in alike_in_accuracy(own, of_zones, ground).items():
        judge(alike, of_zones, dict(known), ground, moment, told)
    for plan in (layer for layer in layers if layer.report == "composition"):
        for known, alike in alike_in_accuracy(own, [plan], ground).items():
            compose(alike, plan, dict(known)[plan.slug], ground, moment, told)
    return told


def exact(parcel: Standing, ground: dict[str, Ground]) -> Standing:
    """The parcel with the accuracy that holds for it: its own, else that of the survey."""
    return parcel if parcel.accuracy_m is not None else replace(parcel, accuracy_m=ground[PARCELS.slug].accuracy_m)


def alike_in_accuracy(
    parcels: Sequence[Standing], layers: Sequence[Layer], ground: Grounds
) -> dict[tuple[tuple[str, float | None], ...], list[Standing]]:
    """Parcels in groups for which every layer has the same accuracy: each group is one question."""
    groups: dict[tuple[tuple[str, float | None], ...], list[Standing]] = defaultdict(list)
    for parcel in parcels:
        groups[tuple((layer.slug, ground[parcel.row_id][layer.slug].accuracy_m) for layer in layers)].append(parcel)
    return groups


def judge(
    parcels: list[Standing],
    layers: list[Layer],
    known: dict[str, float | None],
    ground: Grounds,
    moment: Moment,
    told: dict[int, Told],
) -> None:
    known = {slug: metres for slug, metres in known.items() if slug in moment.there}
    blind = blind_layers(known, moment)
    located = [parcel for parcel in parcels if parcel.accuracy_m is not None]
    found = many.hits(located, known, moment.snapshot, moment.day, moment.using) if located and known else {}
    features = features_of(layers, {(hit.layer, hit.row_id) for hits in found.values() for hit in hits}, moment.using)
    for parcel in parcels:
        hits = found.get(parcel.row_id, [])
        for layer in layers:
            reason = obstacle(layer, parcel.accuracy_m, ground[parcel.row_id][layer.slug], set(moment.there), blind)
            base = Answer.NOT_AFFECTED if reason is None else Answer.NOT_ASSESSED
            said = strongest([base, *(Answer(hit.answer) for hit in hits if hit.layer == layer.slug)])
            told[parcel.row_id].answers[layer.slug] = said
        told[parcel.row_id].figures |= {
            (hit.layer, features[hit.layer, hit.row_id]): (hit.answer, hit.share_percent or NOTHING) for hit in hits
        }


def compose(
    parcels: list[Standing],
    plan: Layer,
    accuracy: float | None,
    ground: Grounds,
    moment: Moment,
    told: dict[int, Told],
) -> None:
    blind = blind_layers({plan.slug: accuracy}, moment)
    found = many.parts(plan, parcels, accuracy, moment.snapshot, moment.day, moment.using)
    kinds = kinds_of(plan, {row for parts in found.values() for part in parts for row in part.row_ids}, moment.using)
    for parcel in parcels:
        reason = obstacle(plan, parcel.accuracy_m, ground[parcel.row_id][plan.slug], set(moment.there), blind)
        planned = [part for part in found[parcel.row_id] if part.row_ids]
        answers_itself = reason in (None, Reason.NOT_COVERED) and any(part.area_m2 is not None for part in planned)
        told[parcel.row_id].answers[plan.slug] = None if answers_itself else Answer.NOT_ASSESSED
        for part in planned:
            named = (plan.slug, frozenset(kinds[row] for row in part.row_ids))
            said = "planned" if part.area_m2 is not None else "possible"
            told[parcel.row_id].figures[named] = (said, part.share_percent or NOTHING)


def blind_layers(known: dict[str, float | None], moment: Moment) -> set[str]:
    unknown = [slug for slug, metres in known.items() if metres is None and slug in moment.there]
    return zones.without_accuracy(unknown, moment.snapshot, moment.using)


def features_of(layers: list[Layer], rows: set[tuple[str, int]], using: str) -> dict[tuple[str, int], int]:
    """The ids for ever of records, by layer and row."""
    found: dict[tuple[str, int], int] = {}
    for layer in layers:
        own = [row for slug, row in rows if slug == layer.slug]
        versions = layer.model._default_manager.using(using).filter(row_id__in=own)
        found |= {(layer.slug, row): feature for row, feature in versions.values_list("row_id", "feature_id")}
    return found


def kinds_of(plan: Layer, rows: set[int], using: str) -> dict[int, tuple[Any, ...]]:
    """The planned kind of records of a plan (its code, and the vocabulary it is written in), by row."""
    if plan.composed is None:
        raise ValueError(f"{plan.slug} does not answer by composition")
    versions = plan.model._default_manager.using(using).filter(row_id__in=rows)
    listed = versions.values_list("row_id", plan.composed.kind, plan.composed.vocabulary)
    return {row: tuple(kind) for row, *kind in listed}
