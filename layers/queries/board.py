"""What was surveyed of each commune, and of how many of its parcels the portal can say nothing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from django.db.models import Max

from layers.ground.admin_units import ADMIN_UNITS, NEW, AdminUnit
from layers.ground.coverage import COVERAGE
from layers.queries.parcels import as_of
from layers.queries.snapshots import of_layer
from layers.queries.zones import rows
from layers.undecided import UndecidedRate


@dataclass(frozen=True)
class Share:
    """How much of a commune a layer covers. `layer` is None where nothing at all was surveyed."""

    commune_code: str
    commune: str
    layer: str | None
    coverage_rows: tuple[int, ...]
    covered_percent: Decimal


def shares(layers: tuple[str, ...], snapshot: int, commune: str | None = None) -> tuple[Share, ...]:
    """Of every commune that has a boundary (or of one), in order of name, what each layer covers."""
    known = [of_layer(slug, snapshot) for slug in (COVERAGE.slug, ADMIN_UNITS.slug)]
    digests = tuple(revision.digest for revision in known if revision)
    return measured(
        digests, layers, max((revision.number for revision in known if revision), default=snapshot), commune
    )


@lru_cache(maxsize=256)
def measured(
    digests: tuple[str, ...], layers: tuple[str, ...], snapshot: int, commune: str | None
) -> tuple[Share, ...]:
    """What was measured of one state of the two layers (`digests` tell it apart) need not be measured again."""
    found = rows("board", layers=list(layers), snapshot=snapshot, commune=commune, edition=NEW)
    return tuple(
        Share(code, name, layer, tuple(row_ids or ()), percent or Decimal(0))
        for code, name, layer, row_ids, percent in found
    )


def without_boundary(snapshot: int) -> int:
    """How many communes of today have none: of their ground no share can be told."""
    return as_of(AdminUnit, snapshot).filter(edition=NEW, geom=None).count()


def rates(snapshot: int, commune: str | None = None) -> list[UndecidedRate]:
    """The undecided rates of the newest snapshot up to this one for which they were computed."""
    known = UndecidedRate.objects.filter(snapshot__lte=snapshot)
    newest = known.aggregate(newest=Max("snapshot"))["newest"]
    found = known.filter(snapshot=newest)
    return list(found.filter(commune_code=commune) if commune else found)
