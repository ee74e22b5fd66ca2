"""The list of stretches that are worth measuring, with the names of today: of zones, layers and communes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.gis.geos import Point
from django.db.models import Count, Sum

from layers import catalogue
from layers.declare import Layer
from layers.ground.admin_units import NEW, AdminUnit
from layers.queries.stretches import LEAST_M, best
from layers.queries.surroundings import WGS84
from layers.stretches import Measurable, Stretch
from layers.versioned import NOW


@dataclass(frozen=True)
class Row:
    """A stretch as it is shown. `zone` is empty when the record is no longer published; `place` in degrees."""

    stretch: Stretch
    layer: Layer
    zone: str
    accuracy_m: float | None
    commune: str
    place: Point

    @property
    def per_100_m(self) -> float:
        return 100 * self.stretch.won / max(self.stretch.length_m, LEAST_M)


@dataclass(frozen=True)
class Named:
    zone: str
    accuracy_m: float | None


def rows(stretches: Iterable[Stretch]) -> list[Row]:
    listed = list(stretches)
    records, places = names(listed), communes()
    return [
        Row(
            one,
            layer := catalogue.get(one.layer),
            (named := records.get((one.layer, one.row_id), Named("", None))).zone,
            named.accuracy_m if named.accuracy_m is not None else layer.accuracy_m,
            places.get(one.commune_code, ""),
            middle(one),
        )
        for one in listed
    ]


def names(listed: Iterable[Any]) -> dict[tuple[str, int], Named]:
    """What the records are called today, by layer and row; a withdrawn one is called nothing."""
    wanted: dict[str, set[int]] = {}
    for one in listed:
        wanted.setdefault(one.layer, set()).add(one.row_id)
    found: dict[tuple[str, int], Named] = {}
    for slug, row_ids in wanted.items():
        layer = catalogue.get(slug)
        records = layer.model._default_manager.filter(NOW, row_id__in=row_ids)
        for row_id, label, accuracy in records.values_list("row_id", layer.label, "accuracy_m"):
            found[slug, row_id] = Named(str(label or ""), accuracy)
    return found


def communes() -> dict[str, str]:
    units = AdminUnit.objects.filter(NOW, edition=NEW)
    return dict(units.values_list("code", "name"))


def middle(stretch: Stretch) -> Point:
    """A point on the stretch, in degrees (WGS 84)."""
    shape = stretch.geom
    on_it = shape if shape.geom_type == "Point" else shape.interpolate_normalized(0.5)
    found: Point = on_it.transform(WGS84, clone=True)
    return found


@dataclass(frozen=True)
class Group:
    """All stretches of one zone in one commune that are worth measuring. `won`: at least so many answers."""

    layer: Layer
    zone: str
    commune: str
    stretches: int
    length_m: float
    won: int


def groups(layer: str, commune: str, most: int) -> list[Group]:
    """By zone and commune, most answers first."""
    kept = best(layer, commune).filter(won__gt=0).order_by().values("layer", "row_id", "commune_code")
    summed = kept.annotate(stretches=Count("pk"), metres=Sum("length_m"), answers=Sum("won")).values_list(
        "layer", "row_id", "commune_code", "stretches", "metres", "answers", named=True
    )
    listed = list(summed.order_by("-answers", "layer", "row_id")[:most])
    records, places = names(listed), communes()
    return [
        Group(
            catalogue.get(one.layer),
            records.get((one.layer, one.row_id), Named("", None)).zone,
            places.get(one.commune_code, ""),
            one.stretches,
            one.metres,
            one.answers,
        )
        for one in listed
    ]


def totals(layer: str) -> dict[str, Any]:
    """What was counted, of one layer or all: as of when, how many answers, and what would decide them."""
    looked = Measurable.objects.filter(layer=layer) if layer else Measurable.objects.all()
    known = list(looked.order_by("computed_at"))
    if not known:
        return {}
    answers, by_zone = sum(one.answers for one in known), sum(one.by_zone for one in known)
    by_own = sum(one.by_own for one in known)
    return {
        "answers": answers,
        "by_zone": by_zone,
        "by_own": by_own,
        "neither": answers - by_zone - by_own,
        "computed_at": known[0].computed_at,
        "snapshot": min(one.snapshot for one in known),
    }
