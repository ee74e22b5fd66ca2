"""A found thing in words: what it is called, and what tells it apart from others of the same number or name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext, gettext_lazy

from layers import public
from layers.ground.admin_units import ADMIN_UNITS, OLD
from layers.ground.map_sheets import MAP_SHEETS
from layers.ground.parcels import PARCELS
from layers.queries.points import Coded, Spot
from layers.queries.search import ParcelRow, SheetRow
from layers.queries.search_records import RecordRow
from layers.search.filters import kind_of
from layers.search.places import Unit
from layers.search.troubles import degrees

EXACT, FUZZY = "exact", "fuzzy"

# What became of a cancelled parcel, by the kind of its succession.
BECAME = {
    "split": gettext_lazy("đã tách thành thửa {numbers}"),
    "merge": gettext_lazy("đã hợp thành thửa {numbers}"),
}
OTHERWISE = gettext_lazy("số đã hủy, nay là thửa {numbers}")


@dataclass(frozen=True)
class Hit:
    """One result. `kind`: one of `filters.KINDS`, or point (which has no id and no layer); `point` in degrees
    (WGS 84), or None. Of records also the area in m², the date of decision, the distance from the asked place (m)."""

    id: int | None
    kind: str
    layer: str
    title: str
    subtitle: str
    match: str
    url: str
    point: tuple[float, float] | None
    area_m2: float | None = None
    decided_on: date | None = None
    distance_m: float | None = None


def of_parcel(row: ParcelRow, became: tuple[str, Sequence[str]] | None, *, fuzzy: bool) -> Hit:
    place = _within(row.commune)
    title = gettext("Thửa {parcel}, tờ {sheet}{place}").format(parcel=row.parcel_no, sheet=row.sheet_no, place=place)
    return Hit(
        row.feature_id,
        "parcel",
        PARCELS.slug,
        title,
        _told_apart(row, became),
        FUZZY if fuzzy else EXACT,
        public.feature_address(PARCELS, row.feature_id),
        (row.lon, row.lat),
    )


def _told_apart(row: ParcelRow, became: tuple[str, Sequence[str]] | None) -> str:
    old_book = _old_book(row)
    if became:
        kind, numbers = became
        state = str(BECAME.get(kind, OTHERWISE)).format(numbers=", ".join(numbers))
        return f"{old_book}; {state}" if row.book == "old" else state
    if row.now_parcel_no is None:
        return gettext("số đã hủy")
    if row.gone:
        return gettext("số trước đây; nay là thửa {parcel}, tờ {sheet}").format(
            parcel=row.now_parcel_no, sheet=row.now_sheet_no
        )
    if row.book == "old":
        return old_book
    return f"{gettext('số mới')}; {old_book}" if old_book else gettext("số mới")


def _old_book(row: ParcelRow) -> str:
    if not row.old_parcel_no:
        return ""
    return gettext("sổ cũ: thửa {parcel}, tờ {sheet}{place}").format(
        parcel=row.old_parcel_no, sheet=row.old_sheet_no, place=_within(row.old_commune, row.old_district)
    )


def of_sheet(row: SheetRow, *, fuzzy: bool) -> Hit:
    return Hit(
        row.feature_id,
        "sheet",
        MAP_SHEETS.slug,
        gettext("Tờ bản đồ {sheet}{place}").format(sheet=row.sheet_no, place=_within(row.commune)),
        gettext("tỷ lệ 1:{scale}").format(scale=row.scale) if row.scale else "",
        FUZZY if fuzzy else EXACT,
        public.feature_address(MAP_SHEETS, row.feature_id),
        (row.lon, row.lat),
    )


def of_commune(unit: Unit, point: tuple[float, float] | None, *, fuzzy: bool) -> Hit:
    """An old commune says into which new one it went; a new one which old ones it holds."""
    partners = ", ".join(in_sentence(name) for name in unit.partner_names)
    if unit.edition == OLD:
        words = gettext("đơn vị cũ{place}; nay thuộc {partners}")
    else:
        words = gettext("đơn vị mới từ ngày 1/7/2025, gồm {partners}")
    subtitle = words.format(place=_within(unit.district), partners=partners or "–")
    match = FUZZY if fuzzy else EXACT
    return Hit(
        unit.feature_id,
        "commune",
        ADMIN_UNITS.slug,
        unit.name,
        subtitle,
        match,
        public.feature_address(ADMIN_UNITS, unit.feature_id),
        point,
    )


def of_record(row: RecordRow) -> Hit:
    name, title = row.label or str(row.layer.title), str(row.layer.title)
    address = public.feature_address(row.layer, row.feature_id, row.page)
    called = f"{title} {row.page}" if row.page else title
    hit = Hit(row.feature_id, kind_of(row.layer), row.layer.slug, name, called, row.match, address, None)
    return with_facts(hit, row)


def with_facts(hit: Hit, row: RecordRow) -> Hit:
    """The same with what the row knows besides the name."""
    point = None if row.lon is None or row.lat is None else (row.lon, row.lat)
    return replace(hit, point=point, area_m2=row.area_m2, decided_on=row.decided_on, distance_m=row.distance_m)


def of_parcel_at(spot: Spot, why: str, *, fuzzy: bool) -> Hit:
    """The parcel at a place that was typed."""
    title = gettext("Thửa {parcel}, tờ {sheet}{place}").format(
        parcel=spot.parcel_no, sheet=spot.sheet_no, place=_within(spot.parcel_commune)
    )
    address = public.feature_address(PARCELS, spot.parcel or 0)
    return Hit(
        spot.parcel, "parcel", PARCELS.slug, title, why, FUZZY if fuzzy else EXACT, address, (spot.lon, spot.lat)
    )


def of_coded(row: Coded, why: str, *, fuzzy: bool = False) -> Hit:
    title = gettext("Thửa {parcel}, tờ {sheet}{place}").format(
        parcel=row.parcel_no, sheet=row.sheet_no, place=_within(row.commune)
    )
    address = public.feature_address(PARCELS, row.feature_id)
    return Hit(
        row.feature_id, "parcel", PARCELS.slug, title, why, FUZZY if fuzzy else EXACT, address, (row.lon, row.lat)
    )


def of_spot(spot: Spot, why: str, *, fuzzy: bool) -> Hit:
    """A place that was typed, with the commune and the parcel it lies in."""
    title = gettext("Điểm {lat}° B, {lon}° Đ").format(lat=degrees(spot.lat), lon=degrees(spot.lon))
    number = gettext("thửa {parcel}, tờ {sheet}").format(parcel=spot.parcel_no, sheet=spot.sheet_no)
    within = [why, in_sentence(spot.commune or ""), number if spot.parcel is not None else gettext("không có thửa")]
    address = public.point_address(spot.lon, spot.lat)
    subtitle = "; ".join(part for part in within if part)
    return Hit(None, "point", "", title, subtitle, FUZZY if fuzzy else EXACT, address, (spot.lon, spot.lat))


def in_sentence(name: str) -> str:
    """'Xã Đông Hưng' in the middle of a sentence: the kind of unit is no name."""
    return name[:1].lower() + name[1:]


def _within(*names: str | None) -> str:
    return "".join(f", {in_sentence(name)}" for name in names if name)
