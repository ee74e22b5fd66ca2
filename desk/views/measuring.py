"""Where measuring pays: the stretches of borders that leave answers undecided, as a list, a map and a table."""

from __future__ import annotations

import csv
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from desk import mapping, measuring, params
from desk.measuring import Row
from desk.views.findings import plain
from exports.parcel_map import POLICY
from exports.stretch_map import Marked, stretch_map
from geoportal.problems import Problem
from layers import catalogue
from layers.queries.stretches import LONGEST_M, MEASURED_M, best
from layers.queries.surroundings import WGS84
from layers.stretches import Measurable, Stretch

A_PAGE, GROUPS = 25, 100


def asked(request: HttpRequest) -> tuple[str, str]:
    """Layer and commune of the filter; empty: all."""
    slugs = {layer.slug for layer in catalogue.reported()}
    return params.word(request, "layer", slugs), params.word(request, "commune", set(measuring.communes()))


def listed(request: HttpRequest) -> Page[Stretch]:
    return Paginator(best(*asked(request)), A_PAGE).get_page(params.number(request, "page", 1))


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    layer, commune = asked(request)
    shown = listed(request)
    rows = measuring.rows(shown)
    by_zone = params.word(request, "by") == "zone"
    context: dict[str, Any] = {
        "page": shown,
        "rows": rows,
        "first": next((row for row in rows if row.stretch.won), None),
        "together": {"won": sum(r.stretch.won for r in rows), "length_m": sum(r.stretch.length_m for r in rows)},
        "groups": measuring.groups(layer, commune, GROUPS) if by_zone else [],
        "by_zone": by_zone,
        "totals": measuring.totals(layer),
        "layers": [known for known in catalogue.reported() if Measurable.objects.filter(layer=known.slug).exists()],
        "communes": places(),
        "layer": layer,
        "commune": commune,
        "chosen": params.number(request, "stretch"),
        "longest": LONGEST_M,
        "measured": MEASURED_M,
    }
    return render(request, "desk/measuring.html", context)


def places() -> list[tuple[str, str]]:
    """The communes that have a stretch, by name."""
    codes = Stretch.objects.exclude(commune_code="").values_list("commune_code", flat=True).distinct()
    names = measuring.communes()
    return sorted(((code, names.get(code, code)) for code in codes), key=lambda place: place[1])


@require_safe
def frame(request: HttpRequest) -> HttpResponse:
    """A page of its own for a sandboxed frame: the stretches of one page of the list, or one of them among parcels."""
    shown = listed(request)
    rows, first = measuring.rows(shown), shown.start_index()
    chosen = params.number(request, "stretch")
    near = [row for row in rows if row.stretch.pk == chosen] or rows
    if not near:
        raise Problem("delivery-unknown")
    marked = [
        Marked(first + at, label(row), geojson(row.stretch), row.stretch.pk == chosen) for at, row in enumerate(rows)
    ]
    box = around([row.stretch for row in near])
    html = stretch_map(marked, box, mapping.in_degrees(box))
    return HttpResponse(html, headers={"Content-Security-Policy": POLICY})


def label(row: Row) -> str:
    words = _("{zone}: đo {length} m, {won} câu trả lời chắc chắn")
    return words.format(zone=row.zone, length=round(row.stretch.length_m), won=row.stretch.won)


def geojson(stretch: Stretch) -> str:
    text: str = stretch.geom.transform(WGS84, clone=True).json
    return text


def around(stretches: list[Stretch]) -> tuple[float, float, float, float]:
    """With 60 m of ground around, in EPSG:9209."""
    edges = [stretch.geom.extent for stretch in stretches]
    west, south = min(e[0] for e in edges), min(e[1] for e in edges)
    return west - 60, south - 60, max(e[2] for e in edges) + 60, max(e[3] for e in edges) + 60


COLUMNS = (
    "rank", "layer", "zone", "commune_code", "commune", "length_m", "answers_won", "won_per_100_m", "with_neighbours",
    "by_parcel", "neither", "accuracy_m", "east", "north", "lat", "lon",
)  # fmt: skip


@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    """Every stretch of the filter, a row each; east and north are of its middle, in EPSG:9209."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="measure.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(COLUMNS)
    for rank, row in enumerate(measuring.rows(best(*asked(request))), 1):
        writer.writerow([plain(cell) for cell in (rank, *cells(row))])
    return response


def cells(row: Row) -> tuple[object, ...]:
    one, on_it = row.stretch, row.place.clone()
    on_it.transform(one.geom.srid)
    counts = (one.won, f"{row.per_100_m:.2f}", one.shared, one.own, one.neither)
    accuracy = "" if row.accuracy_m is None else row.accuracy_m
    where = (f"{on_it.x:.2f}", f"{on_it.y:.2f}", f"{row.place.y:.6f}", f"{row.place.x:.6f}")
    named = (str(row.layer.title), row.zone, one.commune_code, row.commune)
    return (*named, f"{one.length_m:.1f}", *counts, accuracy, *where)
