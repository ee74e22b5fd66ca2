"""A parcel as the public may see it: its numbers old and new, both areas, purposes, lineage and shape."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from layers import codes
from layers.declare import Words
from layers.ground.admin_units import ADMIN_UNITS, NEW, OLD, AdminUnit
from layers.ground.parcels import Parcel, ParcelSuccession
from layers.queries import parcels
from layers.queries.kept import kept
from layers.queries.snapshots import Edition
from layers.report.answers import ParcelCard, Purpose, Relative

Communes = dict[tuple[str, str], AdminUnit]


def card(parcel: Parcel, accuracy_m: float | None, snapshot: int, edition: Edition | None = None) -> ParcelCard:
    """`edition`: of the communes, where it is known; then their names need not be read again."""
    steps = parcels.successions({parcel.feature_id}, snapshot) if getattr(parcel, "has_kin", True) else []
    kin = parcels.newest_versions({step.parent_id for step in steps} | {step.child_id for step in steps}, snapshot)
    codes_needed = {(NEW, relative.commune_code) for relative in [parcel, *kin.values()]}
    codes_needed.add((OLD, parcel.old_commune_code))
    communes = kept(ADMIN_UNITS.slug, edition, codes_needed, lambda codes: parcels.communes(codes, snapshot))
    old_unit = communes.get((OLD, parcel.old_commune_code))
    point: Any = parcel.inner_point  # type: ignore[attr-defined]  # annotated
    return ParcelCard(
        feature_id=parcel.feature_id,
        since=parcel.since,
        commune_code=parcel.commune_code,
        commune=name_of(communes, parcel.commune_code),
        sheet_no=parcel.sheet_no,
        parcel_no=parcel.parcel_no,
        old_commune=old_unit.name if old_unit else "",
        old_district=old_unit.district if old_unit else "",
        old_sheet_no=parcel.old_sheet_no,
        old_parcel_no=parcel.old_parcel_no,
        parcel_code=parcel.parcel_code,
        area_paper_m2=parcel.area_paper_m2,
        area_drawn_m2=parcel.area_drawn_m2,  # type: ignore[attr-defined]  # annotated
        purposes=tuple(purpose(entry) for entry in parcel.purposes),
        map_scale=parcel.map_scale,
        accuracy_m=accuracy_m,
        source=parcel.source,
        surveyed_on=parcel.surveyed_on,
        lon=round(point.x, 6),
        lat=round(point.y, 6),
        bounds=parcel.geom.extent,
        polygons=tuple(tuple(rounded(ring) for ring in polygon) for polygon in parcel.geom.coords),
        parents=tuple(
            relative(kin[step.parent_id], step, communes, snapshot)
            for step in steps
            if step.child_id == parcel.feature_id and step.parent_id in kin
        ),
        children=tuple(
            relative(kin[step.child_id], step, communes, snapshot)
            for step in steps
            if step.parent_id == parcel.feature_id and step.child_id in kin
        ),
    )


def rounded(ring: tuple[tuple[float, float], ...]) -> tuple[tuple[float, float], ...]:
    """Corners to the millimetre."""
    return tuple((round(east, 3), round(north, 3)) for east, north in ring)


def name_of(communes: Communes, code: str) -> str:
    unit = communes.get((NEW, code))
    return unit.name if unit else code


def purpose(entry: dict[str, Any]) -> Purpose:
    """One purpose with the name its own vocabulary gives the code; the same letters may mean two things."""
    code, vocabulary = str(entry.get("code", "")), str(entry.get("vocabulary", ""))
    area = entry.get("area_m2")
    return Purpose(
        code=code,
        vocabulary=vocabulary,
        title=codes.label("land_use", code, vocabulary) or Words(code, code),
        area_m2=None if area is None else Decimal(str(area)),
    )


def relative(parcel: Parcel, step: ParcelSuccession, communes: Communes, snapshot: int) -> Relative:
    return Relative(
        feature_id=parcel.feature_id,
        kind=step.kind,
        kind_title=codes.label("succession", step.kind) or Words(step.kind, step.kind),
        sheet_no=parcel.sheet_no,
        parcel_no=parcel.parcel_no,
        commune=name_of(communes, parcel.commune_code),
        happened_on=step.happened_on,
        document=step.document,
        exists=parcel.until is None or parcel.until > snapshot,
    )
