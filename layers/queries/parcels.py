"""Parcels: one by its id as of a snapshot, the names of its communes, and its lineage."""

from __future__ import annotations

from typing import TypeVar

from django.contrib.gis.db.models.functions import PointOnSurface, Transform
from django.db.models import DecimalField, F, Func, Q, QuerySet

from layers.ground.admin_units import AdminUnit
from layers.ground.parcels import Parcel, ParcelSuccession
from layers.versioned import Versioned

Row = TypeVar("Row", bound=Versioned)
WGS84 = 4326


class RoundedArea(Func):
    """Drawn area in m², rounded to 0.1 by the database."""

    template = "round(ST_Area(%(expressions)s)::numeric, 1)"
    output_field = DecimalField(max_digits=14, decimal_places=1)


def as_of(model: type[Row], snapshot: int) -> QuerySet[Row]:
    """The rows that held at a snapshot. For single features: a whole table is asked half by half (see tiles)."""
    return model._default_manager.filter(Q(until=None) | Q(until__gt=snapshot), since__lte=snapshot)


def by_id(feature_id: int, snapshot: int) -> Parcel | None:
    """The parcel as of the snapshot, with `area_drawn_m2` and `inner_point` (WGS 84); None when it was not there."""
    return with_measures(as_of(Parcel, snapshot).filter(feature_id=feature_id)).first()


def last_of(feature_id: int, snapshot: int) -> Parcel | None:
    """The last version of a parcel that is no longer there at the snapshot; None when it never was."""
    gone = Parcel.objects.filter(feature_id=feature_id, until__lte=snapshot)
    return with_measures(gone).order_by("-since").first()


def with_measures(parcels: QuerySet[Parcel]) -> QuerySet[Parcel]:
    return parcels.annotate(
        area_drawn_m2=RoundedArea(F("geom")), inner_point=Transform(PointOnSurface("geom"), WGS84)
    ).defer("geom_3857")


def communes(codes: set[tuple[str, str]], snapshot: int) -> dict[tuple[str, str], AdminUnit]:
    """Communes by (edition, code); a code alone would be ambiguous."""
    wanted = Q(pk=None)
    for edition, code in codes:
        wanted |= Q(edition=edition, code=code)
    found = as_of(AdminUnit, snapshot).filter(wanted).defer("geom", "geom_3857")
    return {(unit.edition, unit.code): unit for unit in found}


def successions(feature_ids: set[int], snapshot: int) -> list[ParcelSuccession]:
    """Every step in which one of the parcels was split, merged or renumbered, as known at the snapshot."""
    touching = Q(parent_id__in=feature_ids) | Q(child_id__in=feature_ids)
    return list(as_of(ParcelSuccession, snapshot).filter(touching).order_by("happened_on", "parent_id", "child_id"))


def newest_versions(feature_ids: set[int], snapshot: int) -> dict[int, Parcel]:
    """The newest version of each parcel up to the snapshot, present or cancelled, without shapes."""
    if not feature_ids:
        return {}
    found = Parcel.objects.filter(feature_id__in=feature_ids, since__lte=snapshot)
    newest = found.order_by("feature_id", "-since").distinct("feature_id").defer("geom", "geom_3857")
    return {parcel.feature_id: parcel for parcel in newest}


def successors(feature_id: int, snapshot: int) -> list[int]:
    """The parcels that are there today of a cancelled one: its children, their children, and so on, in id order."""
    living: set[int] = set()
    seen, waiting = {feature_id}, {feature_id}
    while waiting:
        steps = as_of(ParcelSuccession, snapshot).filter(parent_id__in=waiting)
        children = set(steps.values_list("child_id", flat=True)) - seen
        present = as_of(Parcel, snapshot).filter(feature_id__in=children)
        living |= set(present.values_list("feature_id", flat=True))
        seen |= children
        waiting = children - living
    return sorted(living)
