"""Makes the answer for a parcel, and the themes of any: a function of the snapshot, the day and the release."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.conf import settings

from layers import catalogue
from layers.declare import Layer
from layers.ground.admin_units import ADMIN_UNITS
from layers.ground.coverage import COVERAGE
from layers.ground.parcels import PARCELS, Parcel
from layers.queries import composition as query
from layers.queries import subjects, zones
from layers.queries.snapshots import Edition, editions
from layers.queries.subjects import Subject
from layers.queries.zones import Ground, Hit
from layers.report import records
from layers.report.answers import (
    STRENGTH,
    Answer,
    Composition,
    LayerFinding,
    Purpose,
    Reason,
    Report,
    Stations,
    Survey,
    ThemeFinding,
    ZoneFinding,
    of_theme,
    strongest,
)
from layers.report.beside import may_apply, stations
from layers.report.composing import composition
from layers.report.parcel_card import card, purpose
from layers.report.uncomputed import not_computed


@dataclass(frozen=True)
class Asked:
    """What is asked about, as of when. `accuracy`: the subject's own in metres, None if unknown; `today`: the
    purposes it is used for, as far as they are known. `tell`: how the hits of a layer are put into words; `quoted`: its
    declaration with the words that fit the subject."""

    subject: Subject
    accuracy: float | None
    today: tuple[Purpose, ...]
    snapshot: int
    day: date
    tell: Callable[[Layer, list[Hit]], tuple[ZoneFinding, ...]] = records.described
    quoted: Callable[[Layer], Layer] = lambda layer: layer

    @cached_property
    def there(self) -> dict[str, Edition]:
        """The layers that were published by the snapshot, each with the edition that stood."""
        return editions(self.snapshot)


def report(parcel: Parcel, snapshot: int, day: date) -> Report:
    """What applies to the parcel on that day, by the data of that snapshot. Read inside `snapshots.reading()`."""
    subject = subjects.parcel(parcel.row_id)
    ground = ground_under(subject, snapshot)
    accuracy = parcel.accuracy_m if parcel.accuracy_m is not None else ground[PARCELS.slug].accuracy_m
    today = tuple(purpose(entry) for entry in parcel.purposes)
    asked = Asked(subject, accuracy, today, snapshot, day)
    return Report(
        parcel=card(parcel, accuracy, snapshot, asked.there.get(ADMIN_UNITS.slug)),
        snapshot=snapshot,
        day=day,
        format=settings.RELEASE,
        themes=themes(asked, ground),
        may_apply=may_apply(parcel, today, asked.there, snapshot, day),
        not_computed=not_computed(asked.there, snapshot, day),
    )


def ground_under(subject: Subject, snapshot: int) -> dict[str, Ground]:
    """Coverage of every layer of the answer, and of the cadastre, by slug."""
    return zones.ground_of(subject, (*catalogue.reported(), *catalogue.composed(), PARCELS), snapshot)


def themes(asked: Asked, ground: dict[str, Ground]) -> tuple[ThemeFinding, ...]:
    """Every theme in the fixed order, for a parcel or any other subject."""
    layers = (layer for layer in (*catalogue.reported(), *catalogue.composed()) if layer.slug in asked.there)
    rows = {row for layer in layers for row in ground[layer.slug].coverage_rows}
    surveys = records.surveys(rows, asked.there.get(COVERAGE.slug))
    findings = judged(asked, ground, surveys)
    compositions = composed(asked, ground, surveys)
    near = stations(asked.subject, asked.there, asked.snapshot, asked.day, asked.quoted)
    return tuple(theme_finding(theme, findings, compositions, near) for theme in catalogue.THEMES)


def judged(asked: Asked, ground: dict[str, Ground], surveys: dict[int, Survey]) -> dict[str, LayerFinding]:
    """The finding of every layer that answers by zones, by slug."""
    layers, accuracy, there = catalogue.reported(), asked.accuracy, asked.there
    known = {layer.slug: ground[layer.slug].accuracy_m for layer in layers if layer.slug in there}
    blind = zones.without_accuracy([slug for slug, metres in known.items() if metres is None], asked.snapshot)
    found: dict[str, list[Hit]] = defaultdict(list)
    if accuracy is not None and known:
        for hit in zones.hits(asked.subject, accuracy, known, asked.snapshot, asked.day):
            found[hit.layer].append(hit)
    return {
        layer.slug: LayerFinding(
            layer=asked.quoted(layer),
            zones=(zone_findings := asked.tell(layer, found[layer.slug])),
            reason=(reason := obstacle(layer, accuracy, ground[layer.slug], there, blind)),
            answer=layer_answer(zone_findings, reason),
            uncovered_percent=ground[layer.slug].uncovered_percent,
            surveys=tuple(surveys[row] for row in ground[layer.slug].coverage_rows if row in surveys),
        )
        for layer in layers
    }


def obstacle(
    layer: Layer, accuracy: float | None, ground: Ground, there: Collection[str], blind: set[str]
) -> Reason | None:
    """Why the layer cannot say *not affected* here; None when it can."""
    if layer.slug not in there:
        return Reason.NOT_PUBLISHED
    if accuracy is None or layer.slug in blind:
        return Reason.NO_ACCURACY
    return None if ground.is_covered else Reason.NOT_COVERED


def layer_answer(found: tuple[ZoneFinding, ...], reason: Reason | None) -> Answer:
    base = Answer.NOT_AFFECTED if reason is None else Answer.NOT_ASSESSED
    return strongest([base, *(zone.answer for zone in found)])


def composed(asked: Asked, ground: dict[str, Ground], surveys: dict[int, Survey]) -> tuple[Composition, ...]:
    """What every layer that covers the ground makes of the subject."""
    plans, accuracy, there = catalogue.composed(), asked.accuracy, asked.there
    unknown = [plan.slug for plan in plans if plan.slug in there and ground[plan.slug].accuracy_m is None]
    blind = zones.without_accuracy(unknown, asked.snapshot)
    made = []
    for plan in plans:
        under = ground[plan.slug]
        parts = query.parts(plan, asked.subject, accuracy, under.accuracy_m, asked.snapshot, asked.day)
        reason = obstacle(plan, accuracy, under, there, blind)
        made.append(composition(asked.quoted(plan), parts, asked.today, under, reason, surveys))
    return tuple(made)


def theme_finding(
    theme: str,
    findings: dict[str, LayerFinding],
    compositions: tuple[Composition, ...],
    stations: tuple[Stations, ...] = (),
) -> ThemeFinding:
    """All that is said under one theme."""
    layers = tuple(finding for finding in findings.values() if finding.layer.theme == theme)
    plans = tuple(plan for plan in compositions if plan.layer.theme == theme)
    near = tuple(each for each in stations if each.layer.theme == theme)
    without_zones = Reason.NO_ZONES if near else Reason.NO_LAYER
    return ThemeFinding(
        theme=theme,
        title=catalogue.THEMES[theme],
        answer=of_theme([finding.answer for finding in layers], [plan.answer for plan in plans]),
        reason=None if layers or plans else without_zones,
        layers=tuple(sorted(layers, key=lambda finding: STRENGTH.index(finding.answer))),
        compositions=plans,
        stations=near,
    )
