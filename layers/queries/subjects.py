"""What an answer speaks of: a published parcel, or any ground somebody asks about. The report asks either."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from layers.queries.files import sql_file


@dataclass(frozen=True)
class Subject:
    """`table`: the SQL after FROM that yields one row with `geom` (areas, EPSG:9209); `values`: what it needs."""

    table: str
    values: Mapping[str, object] = field(default_factory=dict)

    def asked_in(self, query: str) -> str:
        """The query file of that name, asking this kind of subject."""
        return sql_file(query).replace("{subject}", self.table)


def parcel(row_id: int) -> Subject:
    return Subject("layers_parcel WHERE row_id = %(subject)s", {"subject": row_id})


def ground(wkb: bytes) -> Subject:
    """Any areas, as WKB in EPSG:9209: valid, because nothing here mends them."""
    return Subject("(SELECT ST_GeomFromWKB(%(subject)s::bytea, 9209) AS geom) AS given", {"subject": wkb})
