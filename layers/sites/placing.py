"""Which system a table of corners is meant in: decided by where it lands and by the cadastre there, never guessed.

All zones of VN-2000 share their false easting, so a table without its meridian may lie in several places of one
province. It is placed when only one system brings it into the province, or when only one makes its corners those of
parcels; else the reader is asked, with every possible place.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from django.contrib.gis.geos import GEOSGeometry, MultiPolygon, Polygon

from layers.queries import sites, subjects
from layers.queries.sites import Landing
from layers.search.coordinates.reading import likelihood, may_be_meant
from layers.sites import edges, outline
from layers.sites.corners import Corner, Table
from layers.sites.notes import Note
from layers.sites.site import FINEST_M, Rings, Site, Way, polygons_of
from layers.sites.troubles import SiteTrouble
from layers.systems import SYSTEMS, System, by_epsg

# Corners taken from the cadastre lie on its boundaries; another system's table lies on them only by chance.
FITS_M, OFF_M = 0.5, 3.0
# Ground of parcels that are half inside is counted whole; so much of the area may then differ.
HALF, MISMATCH, MOST_FOLLOWED = 50, Decimal("0.05"), 1_000
# The newest versions, whatever their number.
EVER = 2**31 - 1
# A corner farther from the middle of its table than this belongs to another place (m; degrees).
FAR_M, FAR_DEGREES = 20_000.0, 0.2
METRES_A_DEGREE = 111_000.0


@dataclass(frozen=True)
class Candidate:
    """One possible place: `miss_m` as in `Landing`; `shape` in EPSG:9209."""

    system: System
    commune: str | None
    miss_m: float | None
    shape: MultiPolygon

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        return self.shape.extent

    @property
    def polygons(self) -> tuple[Rings, ...]:
        return polygons_of(self.shape)

    @property
    def fits(self) -> bool:
        return self.miss_m is not None and self.miss_m <= FITS_M


class Undecided(Exception):
    """Several places are possible; `candidates` are ranked, the likeliest first."""

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        super().__init__("undecided")
        self.candidates = tuple(candidates)


@dataclass(frozen=True)
class Drawn:
    """A table as rings (closed), with what was noted on the way. `labels` name the corners of the first ring."""

    rings: tuple[tuple[Corner, ...], ...]
    notes: tuple[Note, ...]


def site(table: Table, chosen: int | None = None) -> Site:
    """The table as a site. `chosen`: the EPSG code the reader picked. Raises SiteTrouble and Undecided."""
    drawn = ringed(table)
    shape = typed_shape(drawn)
    candidates = landed(shape, systems_of(table, chosen))
    placed, why = decided(candidates, said=is_said(table), chosen=chosen is not None)
    outline.sized(placed.shape)
    notes = [Note(why, {"system": placed.system.title}), *order_notes(table), *drawn.notes, miss_note(placed)]
    return Site(placed.shape, Way.CORNERS, typed_accuracy(table), notes=tuple(notes))


def typed_accuracy(table: Table) -> float:
    """Half a unit of the last digit typed, in metres."""
    unit = 10.0**-table.decimals * (METRES_A_DEGREE if table.in_degrees else 1)
    return max(FINEST_M, round(unit / 2, 3))


def is_said(table: Table) -> bool:
    return (
        table.hints.epsg is not None
        or table.hints.meridian is not None
        or (table.in_degrees and bool(table.hints.datum))
    )


def systems_of(table: Table, chosen: int | None) -> list[System]:
    """The systems the table may be meant in, the likeliest first. Raises SiteTrouble when its words name none."""
    if chosen is not None:
        one = by_epsg(chosen)
        if one is None or one.in_degrees != table.in_degrees:
            raise SiteTrouble("unknown-system")
        return [one]
    if table.in_degrees:
        fitting = [one for one in SYSTEMS if one.in_degrees and table.hints.datum in (None, one.datum)]
        return sorted(fitting, key=lambda one: one.datum != "WGS 84")
    fitting = sorted((one for one in SYSTEMS if may_be_meant(one, table.hints)), key=likelihood)
    if not fitting:
        raise SiteTrouble("unknown-system")
    return fitting


def landed(shape: MultiPolygon, systems: list[System]) -> list[Candidate]:
    found = sites.landings(bytes(shape.wkb), [system.epsg for system in systems])
    if not found:
        raise elsewhere(systems)
    return [candidate(landing, systems) for landing in found]


def elsewhere(systems: list[System]) -> SiteTrouble:
    if all(system.in_degrees for system in systems):
        return SiteTrouble("outside")
    one = len(systems) == 1
    return SiteTrouble("said-elsewhere", system=systems[0].title) if one else SiteTrouble("no-system")


def candidate(landing: Landing, systems: list[System]) -> Candidate:
    shape = outline.areas(GEOSGeometry(memoryview(landing.wkb), srid=9209))
    return Candidate(systems[landing.place], landing.commune, landing.miss_m, shape)


def decided(candidates: list[Candidate], *, said: bool, chosen: bool) -> tuple[Candidate, str]:
    """The place that is surely meant, and the note that says why. Raises Undecided."""
    if len(candidates) == 1:
        return candidates[0], "system-chosen" if chosen else "system-said" if said else "system-only"
    fitting = [one for one in candidates if one.fits and follows_parcels(one)]
    others = [one for one in candidates if one not in fitting]
    if len(fitting) == 1 and all(one.miss_m is None or one.miss_m > OFF_M for one in others):
        return fitting[0], "system-fits"
    raise Undecided([*fitting, *others])


def follows_parcels(candidate: Candidate) -> bool:
    """Whether the ground is that of whole parcels: corners alone may be those of parcels and their order be wrong."""
    subject = subjects.ground(bytes(candidate.shape.wkb))
    area = Decimal(str(candidate.shape.area))
    inside = [one for one in sites.parcels_under(subject, EVER, MOST_FOLLOWED) if one.parcel_percent >= HALF]
    covered = sum((one.shared_m2 for one in inside), Decimal(0))
    beyond = sum((one.area_m2 - one.shared_m2 for one in inside), Decimal(0))
    return area - covered + beyond <= MISMATCH * area


def ringed(table: Table) -> Drawn:
    """The corners in rings: a corner that repeats the first of its ring closes it, and what follows begins another."""
    refuse_far(table)
    notes: list[Note] = []
    kept = [one for one, before in zip(table.corners, (None, *table.corners), strict=False) if not same(one, before)]
    if len(kept) < len(table.corners):
        notes.append(Note("duplicates-dropped", {"count": len(table.corners) - len(kept)}))
    rings: list[tuple[Corner, ...]] = []
    while kept:
        again = next((at for at, one in enumerate(kept) if at > 2 and same(one, kept[0])), None)
        ring = kept[:again]
        notes.append(Note("closed" if again is None else "first-repeated"))
        refuse_repeated(ring)
        rings.append((*ring, ring[0]))
        kept = [] if again is None else kept[again + 1 :]
    if len(rings) > 1:
        notes.append(Note("several-parts", {"count": len(rings)}))
    lengths = edges.compared(rings[0], table.lengths) if len(rings) == 1 and not table.in_degrees else None
    told = {note.code: note for note in (*notes, lengths) if note}
    return Drawn(tuple(rings), tuple(told.values()))


def same(one: Corner, other: Corner | None) -> bool:
    return other is not None and one.x == other.x and one.y == other.y


def refuse_far(table: Table) -> None:
    """A corner of another place: a mistyped digit, or a second system in one table; where half of them are, no site."""
    if len(table.corners) < 3:
        raise SiteTrouble("few-corners", count=len(table.corners))
    middle = median(one.x for one in table.corners), median(one.y for one in table.corners)
    limit = FAR_DEGREES if table.in_degrees else FAR_M
    distances = [math.dist((one.x, one.y), middle) for one in table.corners]
    far = sum(apart > limit for apart in distances)
    for place, (one, apart) in enumerate(zip(table.corners, distances, strict=True), 1):
        if apart > limit:
            metres = apart * (METRES_A_DEGREE if table.in_degrees else 1)
            raise SiteTrouble(
                "far-corner" if 2 * far < len(table.corners) else "spread",
                corner=one.label or place,
                line=one.line,
                distance=Decimal(f"{metres / 1000:.1f}"),
            )


def refuse_repeated(ring: Sequence[Corner]) -> None:
    if len(ring) < 3:
        raise SiteTrouble("few-corners", count=len(ring))
    seen: dict[tuple[float, float], int] = {}
    for place, one in enumerate(ring, 1):
        other = seen.setdefault((one.x, one.y), place)
        if other != place:
            raise SiteTrouble(
                "repeated-corner", corner=one.label or place, line=one.line, other=ring[other - 1].label or other
            )


def typed_shape(drawn: Drawn) -> MultiPolygon:
    """The rings as typed, in whatever system: whether they cross themselves does not depend on it."""
    polygons = []
    for ring in drawn.rings:
        labels = [one.label or str(place) for place, one in enumerate(ring[:-1], 1)]
        places = [(one.x, one.y) for one in ring]
        outline.refuse_many([[places]])
        outline.refuse_crossing(places, labels)
        polygons.append(Polygon(places))
    return outline.united(MultiPolygon(*polygons))


def order_notes(table: Table) -> list[Note]:
    if table.in_degrees:
        notes = [Note("latitude-first" if table.north_first else "longitude-first")]
    else:
        notes = [Note("north-first" if table.north_first else "east-first")]
    return [
        Note("table-read", {"count": len(table.corners)}),
        *notes,
        *([Note("zone-dropped", {"zone": table.zone})] if table.zone else []),
    ]


def miss_note(placed: Candidate) -> Note:
    if placed.miss_m is None:
        return Note("off-cadastre", {"limit": f"{sites.REACH_M:.0f}"})
    return Note("fits-cadastre", {"miss": Decimal(f"{placed.miss_m:.2f}")})
