"""The effect before the act: how many parcels' answers a delivery would change, from what to what.

The delivery is published in a transaction that is taken back; inside, the touched parcels are answered as of before and
after by the queries of the report itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import pandas as pd

from importers.publish.delivery import Difference
from importers.publish.publishing import CONNECTION, compare
from importers.publish.trying import Pair, Trial, tried
from layers import catalogue
from layers.declare import Layer
from layers.ground.coverage import COVERAGE
from layers.ground.parcels import PARCELS
from layers.queries.snapshots import published
from layers.queries.undecided import Standing
from layers.report import many
from layers.report.answers import Answer
from layers.report.many import NOTHING, Grounds, Moment, Told

# Up to so many touched parcels each is answered (a plan takes five times as long as a theme of zones); beyond, a sample
# stands for them, which tells a share to within 3 points (95 %).
EVERY_PARCEL_UP_TO, WITH_PLANS_UP_TO, SAMPLE = 8_000, 2_500, 1_000
LISTED = 1_000


@dataclass(frozen=True)
class ThemeShift:
    """A theme's answer before and after; None where a plan answers by its parts."""

    theme: str
    before: Answer | None
    after: Answer | None


@dataclass(frozen=True)
class ParcelShift:
    """A parcel whose answers change. `number`: commune, sheet, parcel; `share_change`: the largest change of the share
    of one record or planned kind, in points of a per cent, with its sign."""

    feature_id: int
    number: tuple[str, str, str]
    themes: tuple[ThemeShift, ...]
    share_change: Decimal


@dataclass(frozen=True)
class Effect:
    """What publishing would do to answers on a day.

    `touched` parcels lie near what changes, `examined` of them were answered (fewer: a sample). Of these, `changed`
    get another answer in some theme, `shifted` the same answers with other figures. `themes` counts parcels by what
    their theme's answer was and would be; `parcels` are at most LISTED of the changed and shifted, the largest change
    of a share first.
    """

    difference: Difference
    touched: int = 0
    examined: int = 0
    changed: int = 0
    shifted: int = 0
    themes: dict[ThemeShift, int] = field(default_factory=dict)
    parcels: tuple[ParcelShift, ...] = ()

    @property
    def is_sample(self) -> bool:
        return self.examined < self.touched

    @property
    def changed_in_all(self) -> int:
        """How many of the touched parcels change their answer; an estimate where a sample was asked."""
        return round(self.changed * self.touched / self.examined) if self.examined else 0

    @property
    def largest_share_change(self) -> Decimal:
        return self.parcels[0].share_change if self.parcels else NOTHING


def effect(layer: Layer, frames: Iterable[pd.DataFrame], *, whole_layer: bool = False, on: date) -> Effect:
    """What publishing these rows would do to the answers of that day; nothing is written. Raises PublishRefused."""
    if not answers_depend_on(layer):
        return Effect(compare(layer, frames, whole_layer=whole_layer))
    with tried(layer, frames, whole_layer=whole_layer) as trial:
        layers = speaking(trial)
        if trial.difference.changes_nothing or not layers:
            return Effect(trial.difference)
        before, after = moments(trial, on)
        touched = trial.find_touched(everywhere=is_everywhere(trial, before, after))
        most = WITH_PLANS_UP_TO if any(layer.report == "composition" for layer in layers) else EVERY_PARCEL_UP_TO
        pairs = trial.pairs(touched if touched <= most else SAMPLE)
        return weighed(trial.difference, touched, shifts(layer, layers, pairs, before, after), len(pairs))


def answers_depend_on(layer: Layer) -> bool:
    return layer in (PARCELS, COVERAGE) or layer.is_judged


def speaking(trial: Trial) -> tuple[Layer, ...]:
    """The layers whose themes the delivery may change."""
    every = (*catalogue.reported(), *catalogue.composed())
    if trial.layer is PARCELS:
        return every
    named = trial.speaks_of() if trial.layer is COVERAGE else {trial.layer.slug}
    if PARCELS.slug in named:
        return every
    themes = {layer.theme for layer in every if layer.slug in named}
    return tuple(layer for layer in every if layer.theme in themes)


def moments(trial: Trial, on: date) -> tuple[Moment, Moment]:
    snapshot = trial.number - 1
    there = frozenset(published(snapshot))
    return (
        Moment(snapshot, on, there, CONNECTION),
        Moment(trial.number, on, there | {trial.layer.slug}, CONNECTION),
    )


def is_everywhere(trial: Trial, before: Moment, after: Moment) -> bool:
    """A layer that is published for the first time, or that gains or loses a record of unknown accuracy, may answer
    otherwise on all the ground it was surveyed on."""
    if trial.layer in (PARCELS, COVERAGE):
        return False
    unknown: dict[str, float | None] = {trial.layer.slug: None}
    return before.there != after.there or many.blind_layers(unknown, before) != many.blind_layers(unknown, after)


def shifts(
    layer: Layer, layers: Sequence[Layer], pairs: list[Pair], before: Moment, after: Moment
) -> list[ParcelShift]:
    ground_moves = layer in (PARCELS, COVERAGE)
    was, ground = told([pair.before for pair in pairs], layers, before)
    would, _ = told([pair.after for pair in pairs], layers, after, None if ground_moves else ground)
    found = [shift_of(pair, layers, was[pair.before.row_id], would[pair.after.row_id]) for pair in pairs]
    return sorted(
        (shift for shift in found if shift is not None),
        key=lambda shift: (-abs(shift.share_change), not shift.themes, shift.number),
    )


def told(
    parcels: list[Standing], layers: Sequence[Layer], moment: Moment, ground: Grounds | None = None
) -> tuple[dict[int, Told], Grounds]:
    known = ground if ground is not None else many.grounds(parcels, layers, moment)
    return many.answers(parcels, layers, known, moment), known


def shift_of(pair: Pair, layers: Sequence[Layer], was: Told, would: Told) -> ParcelShift | None:
    """None when nothing of the parcel's answers changes."""
    themes = []
    for theme in dict.fromkeys(layer.theme for layer in layers):
        own = [layer for layer in layers if layer.theme == theme]
        shift = ThemeShift(theme, was.of_theme(own), would.of_theme(own))
        if shift.before != shift.after:
            themes.append(shift)
    if not themes and was == would:
        return None
    return ParcelShift(pair.feature_id, pair.number, tuple(themes), share_change(was, would))


def share_change(was: Told, would: Told) -> Decimal:
    none = ("", NOTHING)
    named = {*was.figures, *would.figures}
    changes = [would.figures.get(name, none)[1] - was.figures.get(name, none)[1] for name in named]
    return max(changes, key=abs, default=NOTHING)


def weighed(difference: Difference, touched: int, found: list[ParcelShift], examined: int) -> Effect:
    themes = Counter(shift for parcel in found for shift in parcel.themes)
    changed = sum(bool(parcel.themes) for parcel in found)
    return Effect(
        difference=difference,
        touched=touched,
        examined=examined,
        changed=changed,
        shifted=len(found) - changed,
        themes=dict(themes.most_common()),
        parcels=tuple(found[:LISTED]),
    )
