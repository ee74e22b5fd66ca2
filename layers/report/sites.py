"""The words of an answer about a site: what a parcel's answer has, and what only a site has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from layers.declare import Words
from layers.report.answers import STRENGTH, Answer, Attribute, ThemeFinding, ZoneFinding
from layers.report.not_computed import NotComputed
from layers.sites.site import Way


class Band(StrEnum):
    """How near a record is: it shares ground with the site, or lies beside it within the margin."""

    ON = "on"
    BESIDE = "beside"


class AccuracyFrom(StrEnum):
    """What the site's accuracy was taken from: its own parcels, the cadastre it lies on, else how it was typed."""

    PARCELS = "parcels"
    CADASTRE = "cadastre"
    TYPED = "typed"


@dataclass(frozen=True)
class SiteNote:
    """What was assumed when the site was read."""

    code: str
    text: Words


@dataclass(frozen=True)
class SiteParcel:
    """A parcel under the site. Areas in m²; `parcel_percent` of the parcel, `site_percent` of the site."""

    feature_id: int
    commune_code: str
    commune: str
    sheet_no: str
    parcel_no: str
    area_m2: Decimal
    shared_m2: Decimal
    parcel_percent: Decimal
    site_percent: Decimal


@dataclass(frozen=True)
class SiteCard:
    """The site itself. `parcels` are the largest of `parcel_count`; `outside_m2` is ground under which no parcel lies.
    `polygons` as of a parcel: (east, north) in EPSG:9209; `lon`, `lat` a point inside, WGS 84."""

    way: Way
    area_m2: Decimal
    accuracy_m: float
    accuracy_from: AccuracyFrom
    notes: tuple[SiteNote, ...]
    communes: tuple[str, ...]
    parcels: tuple[SiteParcel, ...]
    parcel_count: int
    outside_m2: Decimal
    lon: float
    lat: float
    bounds: tuple[float, float, float, float]
    polygons: tuple[tuple[tuple[tuple[float, float], ...], ...], ...]


@dataclass(frozen=True)
class SiteZone(ZoneFinding):
    """A zone of a site's answer. `parcels`: which of the site's listed parcels it touches, by feature id."""

    band: Band
    parcels: tuple[int, ...]


@dataclass(frozen=True)
class Beside:
    """A record that is not affected, but lies within the stated metres of the site."""

    layer: str
    layer_title: Words
    theme: str
    feature_id: int
    label: str
    distance_m: Decimal
    attributes: tuple[Attribute, ...]


@dataclass(frozen=True)
class Rule:
    """A row of the table of statutory distances, as an answer tells it."""

    code: str
    title: Words
    object_layer: str
    kind: str
    width_m: float
    condition: Words
    legal_basis: str
    edition: str
    edition_date: date | None
    is_outdated: bool
    source: str


@dataclass(frozen=True)
class DistanceFinding:
    """An object within reach of a rule. `inside_m`: by how much the site lies inside the distance (its nearest point);
    `answer`: affected when that exceeds the margin, too close when it does not."""

    rule: Rule
    layer: str
    layer_title: Words
    feature_id: int
    label: str
    distance_m: Decimal
    inside_m: Decimal
    margin_m: Decimal | None
    answer: Answer


@dataclass(frozen=True)
class SiteReport:
    """An answer about a site: a function of (ground, snapshot, date, format). `beside_m`: how far `beside` looks."""

    site: SiteCard
    snapshot: int
    day: date
    format: str
    themes: tuple[ThemeFinding, ...]
    beside_m: float
    beside: tuple[Beside, ...]
    rules: tuple[Rule, ...]
    distances: tuple[DistanceFinding, ...]
    not_computed: tuple[NotComputed, ...]

    @property
    def counts(self) -> dict[Answer, int]:
        found = [theme.answer for theme in self.themes if theme.is_counted]
        return {answer: found.count(answer) for answer in STRENGTH}
