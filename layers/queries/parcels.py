"""Parcels: one by its id as of a snapshot, the names of its communes, and its lineage."""

from __future__ import annotations

import json
from typing import TypeVar

from django.contrib.gis.db.models.functions import PointOnSurface, Transform
from django.contrib.gis.geos import GEOSGeometry
from django.db.models import DecimalField, F, Func, Q, QuerySet

from layers.ground.admin_units import AdminUnit
from layers.ground.parcels import Parcel, ParcelSuccession
from layers.queries import prepared
from layers.queries.instances import AS_OF, columns, instances
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


# A parcel with what its card measures: drawn area (m², rounded to 0.1 by the database) and a point inside, WGS 84.
# PostgreSQL's own JSON comes as objects from one driver and as text from the other.
MEASURED = """
    SELECT {columns}, ST_AsEWKB(geom), round(ST_Area(geom)::numeric, 1),
           ST_AsEWKB(ST_Transform(ST_PointOnSurface(geom), %(wgs84)s::int)),
           EXISTS (SELECT FROM layers_parcelsuccession WHERE %(feature_id)s IN (parent_id, child_id))
    FROM layers_parcel WHERE feature_id = %(feature_id)s AND {as_of}"""


def by_id(feature_id: int, snapshot: int) -> Parcel | None:
    """The parcel as of the snapshot, with `area_drawn_m2`, `inner_point` (WGS 84) and `has_kin`: whether it was ever
    split or merged; None when it was not there."""
    names = columns(Parcel)
    statement = MEASURED.format(columns=", ".join(names).replace("purposes", "purposes::text"), as_of=AS_OF)
    values = {"feature_id": feature_id, "snapshot": snapshot, "wgs84": WGS84}
    found = prepared.rows("default", statement, values)
    if not found:
        return None
    *told, shape, area, point, has_kin = found[0]
    parcel = Parcel.from_db("default", names, told)
    parcel.purposes = json.loads(parcel.purposes)
    parcel.geom = GEOSGeometry(memoryview(shape))  # type: ignore[assignment]  # always a multipolygon
    parcel.area_drawn_m2 = area  # type: ignore[attr-defined]  # measured here
    parcel.inner_point = GEOSGeometry(memoryview(point))  # type: ignore[attr-defined]  # measured here
    parcel.has_kin = has_kin  # type: ignore[attr-defined]  # looked up here
    return parcel


def last_of(feature_id: int, snapshot: int) -> Parcel | None:
    """The last version of a parcel that is no longer there at the snapshot; None when it never was."""
    gone = Parcel.objects.filter(feature_id=feature_id, until__lte=snapshot)
    return with_measures(gone).order_by("-since").first()


def with_measures(parcels: QuerySet[Parcel]) -> QuerySet[Parcel]:
    return parcels.annotate(
        area_drawn_m2=RoundedArea(F("geom")), inner_point=Transform(PointOnSurface("geom"), WGS84)
    ).defer("geom_3857")


def communes(codes: set[tuple[str, str]], snapshot: int) -> dict[tuple[str, str], AdminUnit]:
    """Communes by (edition, code), without shapes; a code alone would be ambiguous."""
    editions, named = ([pair[place] for pair in codes] for place in (0, 1))
    rest = f"WHERE edition = ANY(%(editions)s) AND code = ANY(%(codes)s) AND {AS_OF}"
    found = instances(AdminUnit, rest, {"editions": editions, "codes": named, "snapshot": snapshot})
    return {pair: unit for unit in found if (pair := (unit.edition, unit.code)) in codes}


def successions(feature_ids: set[int], snapshot: int) -> list[ParcelSuccession]:
    """Every step in which one of the parcels was split, merged or renumbered, as known at the snapshot."""
    touching = "parent_id = ANY(%(ids)s) OR child_id = ANY(%(ids)s)"
    rest = f"WHERE ({touching}) AND {AS_OF} ORDER BY happened_on, parent_id, child_id"
    return instances(ParcelSuccession, rest, {"ids": list(feature_ids), "snapshot": snapshot})


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
