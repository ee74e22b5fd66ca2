"""The words a layer's declaration is made of. A declaration checks itself at start (`Layer.check`)."""

from __future__ import annotations

from dataclasses import astuple, dataclass, field, replace
from functools import cached_property
from typing import Literal

from django.db.models import Field as ModelField
from django.utils.translation import get_language

from layers.versioned import Versioned

ReportRule = Literal["zones", "composition", "nearest", "rows", "none"]
Hatch = Literal["none", "diagonal", "back-diagonal", "cross", "dots"]
Symbol = Literal["circle", "ring", "square", "diamond", "triangle", "down", "plus", "star"]


@dataclass(frozen=True)
class Words:
    """One text in both languages of the portal; prints itself in the reader's."""

    vi: str
    en: str

    def __str__(self) -> str:
        return self.en if (get_language() or "vi").startswith("en") else self.vi

    def of_site(self) -> Words:
        """The same said of a site. Most texts name no subject and hold for both."""
        return self


@dataclass(frozen=True)
class SpokenWords(Words):
    """A text that names what it speaks of. It reads as said of a parcel; `site` is the same said of a site."""

    site: Words

    def of_site(self) -> Words:
        return self.site


# What a text may speak of, as {subject}, and {Subject} where it begins a sentence.
SUBJECTS = (Words("thửa đất", "parcel"), Words("khu đất", "site"))


def spoken(vi: str, en: str) -> SpokenWords:
    """A text with {subject} in it, said of a parcel and of a site."""
    parcel, site = (
        Words(
            *(text.format(subject=name, Subject=name.capitalize()) for text, name in ((vi, named.vi), (en, named.en)))
        )
        for named in SUBJECTS
    )
    return SpokenWords(parcel.vi, parcel.en, site)


@dataclass(frozen=True)
class Field:
    """One attribute of a layer. Not public is the default: an attribute nobody decided about is never shown.

    `aliases` are column names met in deliveries, compared without case, marks and signs. `codes` names a code
    list in `layers/codes/`. `organisation` marks a holder: companies are shown, persons dropped while reading.
    `verbatim` is text kept as it stands (a measured "5.0" is not "5"); `only_with` names the field without which
    this one says nothing (a level of alarm without the edition that sets it); `unit_in` the field that holds the
    unit of this one, where records differ in it.
    """

    name: str
    title: Words
    aliases: tuple[str, ...] = ()
    codes: str | None = None
    unit: str = ""
    public: bool = False
    required: bool = False
    organisation: bool = False
    verbatim: bool = False
    only_with: str | None = None
    unit_in: str | None = None


@dataclass(frozen=True)
class LegendClass:
    """How one class of a layer is drawn: colour is never alone, hatch, dash, width or a point's symbol tell as well."""

    title: Words
    fill: str
    line: str
    value: str | None = None
    hatch: Hatch = "none"
    symbol: Symbol = "circle"
    dash: tuple[float, ...] = ()
    width: float = 1.5
    opacity: float = 0.25


@dataclass(frozen=True)
class Composed:
    """What a layer that answers by composition is made of, as names of its fields: the code of a planned kind, the
    vocabulary the code is written in, and the year the plan reaches to."""

    kind: str
    vocabulary: str
    year: str


@dataclass(frozen=True)
class Nearest:
    """A layer of stations decides nothing of a parcel: the answer tells the nearest station of each `kind` (a field)
    that is at most `within_m` metres away, with the fields `told`; the rest stands on the station's own page."""

    kind: str
    within_m: float
    told: tuple[str, ...]


@dataclass(frozen=True)
class Matched:
    """How rows of a plain table (no shape) are found that may apply to a parcel, as names of fields: the `commune` by
    code and `edition`, the `purpose` by land-use code and `vocabulary`. `columns` are told row by row, in that order
    and sorted by `order`; every other public field (decision, date, source) is told once for the rows that share it."""

    commune: str
    edition: str
    purpose: str
    vocabulary: str
    columns: tuple[str, ...]
    order: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Layer:
    """A layer, declared once; tiles, search, identify, report, import, legend and metadata take it as argument. A
    declaration equals only itself.

    `key` are the fields that name a feature in its field's own terms (for a parcel: commune, sheet, number);
    `scope` the fields within which a delivery is complete: a feature of the same scope that the delivery lacks
    is reported as removed. `accuracy_m` is the default accuracy in metres, or None: then a record without
    accuracy in an area without a coverage row can only be *not assessed*. `reach` names a field in metres: the
    record applies to all ground within that distance of its line or point (a corridor along a bank). `composed`,
    `nearest` and `matched` say how a layer speaks of a parcel whose report rule is "composition", "nearest" or "rows".
    """

    slug: str
    title: Words
    model: type[Versioned]
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    label: str
    theme: str = "ground"
    scope: tuple[str, ...] = ()
    search: tuple[str, ...] = ()
    legend: tuple[LegendClass, ...] = ()
    legend_by: str | None = None
    minzoom: int = 10
    maxzoom: int = 22
    tile_fields: tuple[str, ...] = ()
    accuracy_m: float | None = None
    report: ReportRule = "none"
    reach: str | None = None
    composed: Composed | None = None
    nearest: Nearest | None = None
    matched: Matched | None = None
    on_map: bool = True
    legal_basis: Words = field(default_factory=lambda: Words("", ""))
    office: Words = field(default_factory=lambda: Words("", ""))
    meaning: Words = field(default_factory=lambda: Words("", ""))
    next_steps: Words = field(default_factory=lambda: Words("", ""))

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    @cached_property
    def geometry_type(self) -> str | None:
        """PostGIS' name of the geometry type (MULTIPOLYGON, MULTILINESTRING, POINT), None for a plain table."""
        column = {f.name: f for f in self.model._meta.fields}.get("geom")
        return getattr(column, "geom_type", None)

    @cached_property
    def of_site(self) -> Layer:
        """The declaration as an answer about a site quotes it: what explains it speaks of the site."""
        return replace(self, meaning=self.meaning.of_site(), next_steps=self.next_steps.of_site())

    @property
    def is_judged(self) -> bool:
        """Whether its shapes decide an answer, so that coverage, accuracy and the derived twins matter."""
        return self.report in ("zones", "composition")

    @property
    def covers_ground(self) -> bool:
        """Drawn over everything else it would hide it: such a layer is shown when somebody asks for it."""
        return self.report == "composition"

    @property
    def tinted_by(self) -> str | None:
        """The field of the tiles whose land-use code gives a shape its tint."""
        coded = {field.name for field in self.public_fields if field.codes == "land_use"}
        return next((name for name in self.tile_fields if name in coded), None)

    @cached_property
    def public_fields(self) -> tuple[Field, ...]:
        return tuple(f for f in self.fields if f.public)

    def column(self, name: str) -> ModelField[object, object]:
        """The model's column behind a declared field: its type is told once, there."""
        return self.model._meta.get_field(name)  # type: ignore[return-value]  # never a relation

    def check(self) -> None:
        """Raise ValueError with a sentence when the declaration contradicts itself or its model."""
        columns = {f.name for f in self.model._meta.fields}
        declared = {f.name for f in self.fields}
        self._refuse("no column for the field", declared - columns)
        named = {self.label, *self.key, *self.scope, *self.search, *self.tile_fields}
        named |= {name for name in (self.legend_by, self.reach, *(f.only_with for f in self.fields)) if name}
        named |= {field.unit_in for field in self.fields if field.unit_in}
        self._refuse("no field called", (named | self._told_by()) - declared)
        hidden = {self.label, *self.search, *self.tile_fields} - {f.name for f in self.public_fields}
        self._refuse("shown, but not public:", hidden)
        for rule, how in (("composition", self.composed), ("nearest", self.nearest), ("rows", self.matched)):
            if (self.report == rule) != (how is not None):
                raise ValueError(f"{self.slug}: the report rule {rule!r} and the words that say how go together")
        if self.report != "none" and not (self.meaning.vi and self.next_steps.vi and self.legal_basis.vi):
            raise ValueError(f"{self.slug}: a layer of the report explains itself (meaning, next_steps, legal_basis)")
        indexes = " ".join(index.name for index in self.model._meta.indexes)
        if self.geometry_type and not ("_geom_now" in indexes and "_tile_now" in indexes):
            raise ValueError(f"{self.slug}: no spatial index (its Meta must extend that of Areas, Lines or Points)")

    def _told_by(self) -> set[str]:
        """The fields that the report rule names."""
        composed = set(astuple(self.composed)) if self.composed else set()
        nearest = {self.nearest.kind, *self.nearest.told} if self.nearest else set()
        if self.matched is None:
            return composed | nearest
        rows = self.matched
        return {rows.commune, rows.edition, rows.purpose, rows.vocabulary, *rows.columns, *rows.order}

    def _refuse(self, why: str, names: set[str]) -> None:
        if names:
            raise ValueError(f"{self.slug}: {why} {', '.join(sorted(names))}")
