"""Real numbers for the examples of the home page: an example that finds nothing teaches nothing."""

from __future__ import annotations

from dataclasses import dataclass

from layers.ground.admin_units import NEW, OLD
from layers.ground.parcels import Parcel
from layers.queries.parcels import communes


@dataclass(frozen=True)
class Numbers:
    """A parcel as the red books of today and of before print it; names are empty when nobody knows them."""

    parcel_no: str
    sheet_no: str
    commune: str
    old_parcel_no: str
    old_sheet_no: str
    old_commune: str


def parcel(snapshot: int) -> Numbers | None:
    """The first parcel that has an old number as well; None without any."""
    found = Parcel.objects.filter(until=None, since__lte=snapshot).exclude(old_parcel_no="").order_by("row_id").first()
    if found is None:
        return None
    named = communes({(NEW, found.commune_code), (OLD, found.old_commune_code)}, snapshot)
    new, old = named.get((NEW, found.commune_code)), named.get((OLD, found.old_commune_code))
    return Numbers(
        found.parcel_no,
        found.sheet_no,
        new.name if new else "",
        found.old_parcel_no,
        found.old_sheet_no,
        old.name if old else "",
    )
