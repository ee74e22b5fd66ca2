"""Where may I? The table of rules as a map for one activity: the theme layers, drawn by what the rules say of them."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from exports import phone_map
from exports.phone_map import Fill, Wanted
from geoportal import params, stills
from geoportal.problems import Problem
from geoportal.verdicts import STYLES, Style, legend_class, look
from geoportal.views.map import picture
from layers import catalogue, codes
from layers.declare import Layer
from layers.public import map_layers
from layers.queries import not_assessed, rulebook
from layers.queries.extents import of_sheets
from layers.queries.snapshots import reading
from layers.report.may_i import Rule, Table


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The map and, in words, every zone kind with its rule. Without an activity: what one may ask for."""
    activity = params.activity(request)
    with reading():
        snapshot, day = params.snapshot(request), params.day(request)
        table = Table(rulebook.permissions(activity, snapshot), snapshot, day) if activity else None
        context: dict[str, object] = {
            "activities": codes.entries("activity"),
            "activity": codes.find("activity", activity) if activity else None,
            "layers": map_layers(snapshot),
            "box": of_sheets(snapshot),
            "still": stills.of_rules(snapshot, day, activity) if activity else stills.of_map(snapshot, None),
        }
        if table:
            context |= {
                "anywhere": table.rule("", ""),
                "rows": told(table),
                "layers": [ruled(layer, table) for layer in map_layers(snapshot)],
                "verdicts": STYLES,
                "styles": {code: drawn(style) for code, style in STYLES.items()},
            }
    return render(request, "where.html", context)


@require_safe
def still(request: HttpRequest) -> HttpResponse:
    """What a phone's map begins with: the ground that is assessed and, hatched, that is not; what zones there are as
    the living map draws them from so far. It says on its face that it is a summary."""
    activity = params.activity(request, required=True)
    with reading():
        snapshot, day = params.snapshot(request), params.day(request)
        box = of_sheets(snapshot)
        if box is None:
            raise Problem("place-unknown")
        table = Table(rulebook.permissions(activity, snapshot), snapshot, day)
        layers = tuple(looking(layer, table) for layer in catalogue.mapped() if layer.theme != "ground")
        note = gettext("Hình tóm tắt; mở bản đồ để xem đủ mọi vùng")
        return picture(
            request, phone_map.of_box(box), snapshot, Wanted(layers, fills=fills(table, snapshot), note=note)
        )


def looking(layer: Layer, table: Table) -> Layer:
    """The same layer with the looks of the rules, for a picture."""
    by, kinds = ruling(layer, table)
    looks = tuple(look(layer, kind, verdict_of(table.rule(layer.slug, kind))) for kind in ("", *kinds))
    return replace(layer, legend=looks, legend_by=by)


def fills(table: Table, snapshot: int) -> tuple[Fill, ...]:
    ground = not_assessed.ground(snapshot)
    known = (ground.assessed, verdict_of(table.rule("", ""))), (ground.not_assessed, "")
    return tuple(
        Fill(shape, style.fill, style.line, "none" if verdict else style.hatch)
        for shape, verdict in known
        if shape
        for style in (STYLES[verdict],)
    )


@require_safe
def assessed(request: HttpRequest) -> JsonResponse:
    """The province in two GeoJSON features: `assessed` true with the verdict that holds anywhere, and false."""
    activity = params.activity(request, required=True)
    with reading():
        snapshot, day = params.snapshot(request), params.day(request)
        anywhere = Table(rulebook.permissions(activity, snapshot), snapshot, day).rule("", "")
        ground = not_assessed.ground(snapshot)
    known = (ground.assessed, verdict_of(anywhere)), (ground.not_assessed, "")
    features = [
        {"type": "Feature", "properties": {"verdict": verdict}, "geometry": shape} for shape, verdict in known if shape
    ]
    return JsonResponse({"type": "FeatureCollection", "features": features})


def drawn(style: Style) -> dict[str, str]:
    return {"fill": style.fill, "line": style.line, "hatch": style.hatch}


def verdict_of(rule: Rule | None) -> str:
    """The verdict of a rule that still holds; empty when there is none: not assessed."""
    return "" if rule is None or rule.is_outdated else rule.verdict.value


def ruled(declared: dict[str, object], table: Table) -> dict[str, object]:
    """A layer's declaration for the map with the rules' drawing in place of its own; the ground keeps its looks. The
    first class is every kind that nobody named: what holds in the whole layer, else not assessed."""
    layer = catalogue.get(str(declared["slug"]))
    if layer.theme == "ground":
        return declared
    by, kinds = ruling(layer, table)
    entries = [legend_class(layer, kind, verdict_of(table.rule(layer.slug, kind))) for kind in ("", *kinds)]
    drawn = {"legend": entries, "legend_by": by, "tinted_by": None}
    return declared | drawn | {"covers_ground": layer.covers_ground}


def ruling(layer: Layer, table: Table) -> tuple[str | None, list[str]]:
    """The field that tells a layer's kinds apart, and the kinds; none where it has no kinds."""
    by = layer.legend_by or layer.tinted_by
    named = {kind for slug, kind in table.rows if slug == layer.slug and kind}
    kinds = sorted({*named, *(entry.value for entry in layer.legend if entry.value)}) if by else []
    return (by if kinds else None), kinds


def told(table: Table) -> list[dict[str, object]]:
    """Every kind of zone of every layer of the answer, with its rule; what has none is there as well."""
    rows: list[dict[str, object]] = []
    for layer in (*catalogue.composed(), *catalogue.reported()):
        kinds = [(entry.value, entry.title) for entry in layer.legend if entry.value and layer.legend_by]
        if not kinds:
            rows.append({"layer": layer.title, "rule": table.rule(layer.slug, "")})
        for value, title in kinds:
            rows.append({"layer": layer.title, "kind": title, "rule": table.rule(layer.slug, value)})
    return rows
