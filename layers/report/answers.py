"""The words of an answer. Four answers, never three; *not assessed* is the default and always has a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from layers.declare import Layer, Words
from layers.report.not_computed import NotComputed


class Answer(StrEnum):
    AFFECTED = "affected"
    TOO_CLOSE = "too-close"
    NOT_ASSESSED = "not-assessed"
    NOT_AFFECTED = "not-affected"


# What stands first decides for a layer and for a theme.
STRENGTH = (Answer.AFFECTED, Answer.TOO_CLOSE, Answer.NOT_ASSESSED, Answer.NOT_AFFECTED)


def strongest(answers: list[Answer]) -> Answer:
    """The answer that decides among several; not assessed when there is none."""
    return min(answers, key=STRENGTH.index, default=Answer.NOT_ASSESSED)


def of_theme(zones: Sequence[Answer], plans: Sequence[Answer | None]) -> Answer | None:
    """A theme's answer from those of its layers of zones and of its plans: what the strongest says; not assessed
    without any.

    Where a plan answers by its parts (None) a theme has no word of its own, unless a zone affects the subject or is too
    close: that zones leave it alone would read as if the plan did."""
    said = strongest(list(zones))
    if not plans or (zones and said in (Answer.AFFECTED, Answer.TOO_CLOSE)):
        return said
    return None if all(answer is None for answer in plans) else Answer.NOT_ASSESSED


class Reason(StrEnum):
    """Why something was not assessed."""

    NO_LAYER = "no-layer"
    NO_ZONES = "no-zones"
    NOT_PUBLISHED = "not-published"
    NOT_COVERED = "not-covered"
    NO_ACCURACY = "no-accuracy"


@dataclass(frozen=True)
class Attribute:
    """A public attribute of a record: `value` as stored (text, number, date), `label` the code list's words for it."""

    name: str
    title: Words
    value: object
    unit: str = ""
    label: Words | None = None


@dataclass(frozen=True)
class ZoneFinding:
    """One record that touches the parcel or lies within the margin. Areas in m², lengths in m, both of VN-2000.

    `area_m2` and `share_percent` speak of the part inside the parcel (None for lines and points), `length_m` of a
    line's part inside; `distance_m` is 0 when they touch; `margin_m` is what `answer` was decided with.
    """

    feature_id: int
    label: str
    answer: Answer
    area_m2: Decimal | None
    share_percent: Decimal | None
    length_m: Decimal | None
    distance_m: Decimal
    margin_m: Decimal
    whole_parcels: bool
    attributes: tuple[Attribute, ...]


@dataclass(frozen=True)
class Survey:
    """A coverage row that holds for the parcel: where the layer was surveyed, when, from what, how accurately."""

    name: str
    surveyed_on: date | None
    source: str
    accuracy_m: float | None
    completeness: str


@dataclass(frozen=True)
class LayerFinding:
    """`uncovered_percent`: the share of the parcel outside the layer's coverage, why it may be not assessed."""

    layer: Layer
    answer: Answer
    zones: tuple[ZoneFinding, ...]
    reason: Reason | None
    uncovered_percent: Decimal
    surveys: tuple[Survey, ...]


@dataclass(frozen=True)
class PlannedKind:
    """A use that is planned, in the words of its vocabulary. `as_today`: whether the parcel has that purpose today;
    None where nobody can say (no purpose known, or letters whose meaning changed between vocabularies)."""

    code: str
    vocabulary: str
    title: Words
    as_today: bool | None


@dataclass(frozen=True)
class PlanRecord:
    """A record of the plan that says so: its decision, its level, its year."""

    feature_id: int
    label: str
    attributes: tuple[Attribute, ...]


@dataclass(frozen=True)
class PlannedPart:
    """A part of the parcel with what is planned there, several kinds where plans lie over each other. A kind that has
    no part but lies within the margin has no area. Areas in m², lengths in m, both of VN-2000."""

    kinds: tuple[PlannedKind, ...]
    area_m2: Decimal | None
    share_percent: Decimal | None
    distance_m: Decimal
    margin_m: Decimal | None
    records: tuple[PlanRecord, ...]


@dataclass(frozen=True)
class Composition:
    """What a layer that covers the ground says of a parcel: `parts` and the uncovered rest add up to its drawn area.

    `answer` is None when the parts answer, else *not assessed*. `uncovered` is ground for which nothing is planned,
    `unsurveyed_percent` the share outside the layer's coverage, where more may be planned than was delivered.
    """

    layer: Layer
    answer: Answer | None
    reason: Reason | None
    parts: tuple[PlannedPart, ...]
    possible: tuple[PlannedPart, ...]
    uncovered_m2: Decimal
    uncovered_percent: Decimal
    unsurveyed_percent: Decimal
    years: tuple[int, ...]
    surveys: tuple[Survey, ...]


@dataclass(frozen=True)
class Station:
    """A station near the parcel and what it told last; `distance_m` is 0 when it stands on the parcel."""

    feature_id: int
    label: str
    distance_m: Decimal
    attributes: tuple[Attribute, ...]


@dataclass(frozen=True)
class Stations:
    """The nearest station of each kind of a layer. They decide nothing: a value speaks of its place and moment."""

    layer: Layer
    reason: Reason | None
    nearest: tuple[Station, ...]


@dataclass(frozen=True)
class Cell:
    """A value of a table's row: `label` the code list's words for it, `unit` the row's own where rows differ in it."""

    value: object
    unit: str = ""
    label: Words | None = None


@dataclass(frozen=True)
class TableRow:
    """`cells` stand in the order of the table's columns; `decision` is the place of the row's among the decisions."""

    feature_id: int
    cells: tuple[Cell, ...]
    decision: int


@dataclass(frozen=True)
class MayApply:
    """Rows of a plain table that may apply to the parcel: never computed into an answer. `total` counts them all, also
    those beyond the first few that are told; `decisions` are what the rows were decided by, each told once."""

    layer: Layer
    reason: Reason | None
    columns: tuple[Words, ...]
    rows: tuple[TableRow, ...]
    total: int
    decisions: tuple[tuple[Attribute, ...], ...]


@dataclass(frozen=True)
class ThemeFinding:
    """`reason` is set when the theme as a whole could not be assessed (no layer of it has zones); `answer` is None when
    a composition answers instead of one of the four words."""

    theme: str
    title: Words
    answer: Answer | None
    reason: Reason | None
    layers: tuple[LayerFinding, ...]
    compositions: tuple[Composition, ...] = ()
    stations: tuple[Stations, ...] = ()

    @property
    def is_counted(self) -> bool:
        """A plan answers by its parts; its theme counts only for a zone that affects the parcel or is too close."""
        return not self.compositions or self.answer in (Answer.AFFECTED, Answer.TOO_CLOSE)


@dataclass(frozen=True)
class Purpose:
    code: str
    vocabulary: str
    title: Words
    area_m2: Decimal | None


@dataclass(frozen=True)
class Relative:
    """A parcel this one came from or went into. `exists` is False when that parcel is no longer there."""

    feature_id: int
    kind: str
    kind_title: Words
    sheet_no: str
    parcel_no: str
    commune: str
    happened_on: date | None
    document: str
    exists: bool


@dataclass(frozen=True)
class ParcelCard:
    """A parcel as the public may see it. `corners` are the outer ring's (east, north) in EPSG:9209, metres;
    `lon`, `lat` a point inside it, WGS 84; `rings` its shape for a drawing (polygons of rings of (east, north)).
    """

    feature_id: int
    since: int
    commune_code: str
    commune: str
    sheet_no: str
    parcel_no: str
    old_commune: str
    old_district: str
    old_sheet_no: str
    old_parcel_no: str
    parcel_code: str
    area_paper_m2: Decimal | None
    area_drawn_m2: Decimal
    purposes: tuple[Purpose, ...]
    map_scale: int | None
    accuracy_m: float | None
    source: str
    surveyed_on: date | None
    lon: float
    lat: float
    bounds: tuple[float, float, float, float]
    polygons: tuple[tuple[tuple[tuple[float, float], ...], ...], ...]
    parents: tuple[Relative, ...]
    children: tuple[Relative, ...]


@dataclass(frozen=True)
class Report:
    """An answer is a function of (snapshot, date, format)."""

    parcel: ParcelCard
    snapshot: int
    day: date
    format: str
    themes: tuple[ThemeFinding, ...]
    may_apply: tuple[MayApply, ...] = ()
    not_computed: tuple[NotComputed, ...] = ()

    @property
    def counts(self) -> dict[Answer, int]:
        """How many themes got which answer; what a plan answers by its parts is not counted."""
        found = [theme.answer for theme in self.themes if theme.is_counted]
        return {answer: found.count(answer) for answer in STRENGTH}
