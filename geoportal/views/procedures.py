"""The catalogue of procedures: what to bring, how long it takes, who decides. We explain and lead there, no more."""

from __future__ import annotations

import re
from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from geoportal import params
from geoportal.problems import Problem
from layers import catalogue, codes
from layers.queries import rulebook
from layers.queries.snapshots import reading
from layers.report.records import attributes
from layers.rulebook.permissions import Permission
from layers.rulebook.procedures import PROCEDURES, Procedure

PAGE = 30
# The code as the national portal knows it, perhaps with the province's suffix; others lead nowhere.
NATIONAL = re.compile(r"\d\.\d{6}(\.[0-9A-Z.]+)?")
NATIONAL_PORTAL = "https://dichvucong.gov.vn/p/home/dvc-tthc-thu-tuc-hanh-chinh.html?ma_thu_tuc={code}"


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    words, field = params.words(request), params.text(request, "field")
    with reading():
        snapshot, day = params.snapshot(request), params.day(request)
        listed = Paginator(rulebook.procedures(snapshot, words, field), PAGE).get_page(params.text(request, "page"))
        context = {
            "words": words,
            "field": field,
            "fields": rulebook.fields(snapshot),
            "listed": listed,
            "procedures": [summary(procedure, day) for procedure in listed],
        }
    return render(request, "procedures.html", context)


@require_safe
def one(request: HttpRequest, code: str) -> HttpResponse:
    with reading():
        snapshot, day = params.snapshot(request), params.day(request)
        procedure = found(code, snapshot)
        rules = rulebook.leading_to(code, snapshot)
        context = {
            "procedure": procedure,
            "outdated": procedure.is_outdated(day),
            "online": codes.label("online_level", procedure.online),
            "papers": procedure.papers.splitlines(),
            "national": NATIONAL_PORTAL.format(code=code) if NATIONAL.fullmatch(code) else "",
            "rules": [where(rule) for rule in rules],
        }
    return render(request, "procedure.html", context)


@require_safe
def api(request: HttpRequest) -> JsonResponse:
    """Every procedure that fits `q` and `field`, with all it says."""
    words, field = params.words(request), params.text(request, "field")
    with reading():
        snapshot, day = params.snapshot(request), params.day(request)
        told = [details(procedure, day) for procedure in rulebook.procedures(snapshot, words, field)]
    return JsonResponse({"snapshot": snapshot, "procedures": told}, json_dumps_params={"ensure_ascii": False})


def found(code: str, snapshot: int) -> Procedure:
    procedure = rulebook.procedure(code, snapshot)
    if procedure is None:
        raise Problem("procedure-unknown", number=code[:40])
    return procedure


def summary(procedure: Procedure, day: date) -> dict[str, object]:
    online = codes.label("online_level", procedure.online)
    return {"record": procedure, "outdated": procedure.is_outdated(day), "online": online}


def details(procedure: Procedure, day: date) -> dict[str, object]:
    values = {field.name: getattr(procedure, field.name) for field in PROCEDURES.public_fields}
    told = {said.name: said.value for said in attributes(PROCEDURES.public_fields, values)}
    return told | {"outdated": procedure.is_outdated(day)}


def where(rule: Permission) -> dict[str, object]:
    """The activity and the zones for which a rule asks for a procedure."""
    known = {layer.slug: layer for layer in catalogue.every()}
    layer = known.get(rule.zone_layer)
    kinds = {entry.value: entry.title for entry in layer.legend} if layer else {}
    return {
        "activity": codes.label("activity", rule.activity),
        "layer": layer.title if layer else "",
        "kind": kinds.get(rule.zone_kind, ""),
        "verdict": codes.label("verdict", rule.verdict),
    }
