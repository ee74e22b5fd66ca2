"""May I do this here? The zones of an answer, each with the rule of one activity: allowed, forbidden, on a condition.

Nothing is allowed by default. A zone without a rule, a layer that was not assessed, a rule of an edition that has
ended, a zone too close to call: each leaves the whole undecided unless something forbids it outright.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from layers import codes
from layers.declare import Layer, Words
from layers.queries import rulebook
from layers.report.answers import Answer, Composition, LayerFinding, ThemeFinding, ZoneFinding
from layers.rulebook.permissions import Permission
from layers.rulebook.procedures import Procedure


class Verdict(StrEnum):
    FORBIDDEN = "forbidden"
    UNDECIDED = "undecided"
    ON_CONDITION = "on-condition"
    ALLOWED = "allowed"


# What stands first decides for the whole.
STRENGTH = (Verdict.FORBIDDEN, Verdict.UNDECIDED, Verdict.ON_CONDITION, Verdict.ALLOWED)


@dataclass(frozen=True)
class Rule:
    """A row of the table of rules, as an answer tells it. `is_outdated`: its edition had ended by the day asked for."""

    verdict: Verdict
    condition: str
    legal_basis: str
    office: str
    papers: tuple[str, ...]
    steps: tuple[str, ...]
    procedure: Procedure | None
    edition: str
    edition_date: date | None
    source: str
    is_outdated: bool


@dataclass(frozen=True)
class Ruling:
    """One thing the answer names (a zone, a planned use) and what the rules say of the activity there; `rule` is None
    where they say nothing. `answer`: whether the thing affects the place or is too close to call."""

    layer: Layer
    label: str
    kind: Words | None
    answer: Answer
    rule: Rule | None

    @property
    def verdict(self) -> Verdict:
        if self.rule is None or self.rule.is_outdated:
            return Verdict.UNDECIDED
        if self.answer is Answer.TOO_CLOSE and self.rule.verdict is not Verdict.ALLOWED:
            return Verdict.UNDECIDED
        return self.rule.verdict


@dataclass(frozen=True)
class MayI:
    """`anywhere`: the rule that holds for the activity everywhere; `not_assessed`: layers nobody can speak for here."""

    activity: str
    title: Words
    anywhere: Rule | None
    rulings: tuple[Ruling, ...]
    not_assessed: tuple[Layer, ...]

    @property
    def verdict(self) -> Verdict:
        said = [ruling.verdict for ruling in self.rulings]
        knows = self.anywhere is not None and not self.anywhere.is_outdated
        said.append(self.anywhere.verdict if self.anywhere and knows else Verdict.UNDECIDED)
        if self.not_assessed:
            said.append(Verdict.UNDECIDED)
        return min(said, key=STRENGTH.index)


def may_i(themes: Iterable[ThemeFinding], activity: str, snapshot: int, day: date) -> MayI:
    """What the rules of the snapshot say of an activity at the place of an answer. KeyError: no such activity."""
    title = codes.label("activity", activity)
    if title is None:
        raise KeyError(activity)
    themes = tuple(themes)
    table = Table(rulebook.permissions(activity, snapshot), snapshot, day)
    zoned = [finding for theme in themes for finding in theme.layers]
    plans = [plan for theme in themes for plan in theme.compositions]
    rulings = [ruling for finding in zoned for ruling in of_zones(finding, table)]
    rulings += [ruling for plan in plans for ruling in of_plan(plan, table)]
    silent = [finding.layer for finding in zoned if finding.answer is Answer.NOT_ASSESSED]
    silent += [plan.layer for plan in plans if plan.answer is Answer.NOT_ASSESSED]
    return MayI(
        activity=activity,
        title=title,
        anywhere=table.rule("", ""),
        rulings=tuple(sorted(rulings, key=lambda ruling: STRENGTH.index(ruling.verdict))),
        not_assessed=tuple(silent),
    )


class Table:
    """The rules of one activity, asked by layer and kind of zone: the narrower row stands before the wider one."""

    def __init__(self, rows: list[Permission], snapshot: int, day: date) -> None:
        self.rows = {(row.zone_layer, row.zone_kind): row for row in rows}
        self.procedures = rulebook.named((row.procedure_code for row in rows), snapshot)
        self.day = day

    def rule(self, layer: str, kind: str) -> Rule | None:
        row = self.rows.get((layer, kind)) or self.rows.get((layer, ""))
        return self.told(row) if row else None

    def told(self, row: Permission) -> Rule:
        return Rule(
            verdict=Verdict(row.verdict),
            condition=row.condition,
            legal_basis=row.legal_basis,
            office=row.office,
            papers=lines(row.papers),
            steps=lines(row.steps),
            procedure=self.procedures.get(row.procedure_code),
            edition=row.edition,
            edition_date=row.edition_date,
            source=row.source,
            is_outdated=row.is_outdated(self.day),
        )


def lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def of_zones(finding: LayerFinding, table: Table) -> Iterator[Ruling]:
    for zone in finding.zones:
        if zone.answer in {Answer.AFFECTED, Answer.TOO_CLOSE}:
            value, words = kind_of(finding.layer, zone)
            yield Ruling(finding.layer, zone.label, words, zone.answer, table.rule(finding.layer.slug, value))


def kind_of(layer: Layer, zone: ZoneFinding) -> tuple[str, Words | None]:
    """The value by which the layer's legend tells its classes, and the words for it."""
    for attribute in zone.attributes:
        if attribute.name == layer.legend_by:
            return str(attribute.value), attribute.label
    return "", None


def of_plan(plan: Composition, table: Table) -> Iterator[Ruling]:
    for part in (*plan.parts, *plan.possible):
        answer = Answer.AFFECTED if part.area_m2 is not None else Answer.TOO_CLOSE
        for kind in part.kinds:
            yield Ruling(plan.layer, kind.code, kind.title, answer, table.rule(plan.layer.slug, kind.code))
