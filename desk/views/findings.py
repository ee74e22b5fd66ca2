"""What is wrong with a delivery: listed, filtered, drawn, accepted with a reason; and what was checked and is fine."""

from __future__ import annotations

import csv
from collections import Counter
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from desk import faults, params, pictures, repairs
from desk.advice import advice
from desk.models import Delivery, Fault
from desk.views.common import context, edited, officer_of, seen
from desk.views.delivery import LONGEST_WORDS, obstacle_words
from geoportal.problems import Problem
from importers.findings import RULES
from importers.findings.rules import SEVERITIES

A_PAGE = 50
# What the portal repairs itself when it is asked to; all else that blocks is corrected in the file.
REPAIRED = ("shape-crosses", "rings-reversed", "vertices-repeated", "spike", "axes-swapped")
# A cell that begins like this is a formula to a spreadsheet (row 62 of the bad inputs).
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@require_safe
def page(request: HttpRequest, number: int) -> HttpResponse:
    delivery = seen(request, number, "findings")
    severity = params.word(request, "severity", set(SEVERITIES))
    code = params.word(request, "code", set(RULES))
    listed = filtered(delivery, severity, code, params.word(request, "key"))
    pages = Paginator(listed, A_PAGE)
    shown = pages.get_page(params.number(request, "page", 1))
    chosen = delivery.faults.filter(pk=params.number(request, "fault")).first() or first_open(shown)
    more = {
        "page": shown,
        "rows": [row(fault) for fault in shown],
        "counts": counts(delivery),
        "severity": severity,
        "code": code,
        "chosen": row(chosen) if chosen else None,
        "picture": pictures.of_fault(chosen) if chosen else None,
        "repair": repairs.repair_of(chosen) if chosen else None,
        "beside": pictures.beside(chosen) if chosen else [],
        "obstacle": obstacle_words(delivery),
        "repairable": 0 if delivery.choices.get("fix") else delivery.faults.filter(code__in=REPAIRED).count(),
        "to_correct": delivery.faults.filter(is_open=True, severity="block").exclude(code__in=REPAIRED).count(),
        "quiet": [rule(code) for code in delivery.quiet],
        "unchecked": [rule(code) for code in delivery.unchecked],
    }
    return render(request, "desk/findings.html", context(request, delivery, **more))


def filtered(delivery: Delivery, severity: str, code: str, key: str) -> list[Fault]:
    found = delivery.faults.select_related("acceptance").order_by("pk")
    if severity:
        found = found.filter(severity=severity)
    if code:
        found = found.filter(code=code)
    if key:
        found = found.filter(key__icontains=key)
    order = {str(name): at for at, name in enumerate(SEVERITIES)}
    return sorted(found, key=lambda fault: (not fault.is_open, order[fault.severity], fault.pk))


def first_open(shown: Any) -> Fault | None:
    return next((fault for fault in shown if fault.place is not None), None)


def counts(delivery: Delivery) -> list[tuple[str, int]]:
    found: Counter[str] = Counter(delivery.faults.values_list("severity", flat=True))
    return [(str(severity), found[severity]) for severity in SEVERITIES if found[severity]]


def row(fault: Fault) -> dict[str, Any]:
    finding = faults.as_told(faults.finding_of(fault), fault.delivery.layer)
    return {
        "fault": fault,
        "sentence": finding.sentence,
        "key": short_key(fault),
        "field": finding.field,
        "advice": advice(finding),
        "may_accept": fault.is_open and faults.may_accept(fault),
        "measure": faults.measure(fault),
        "whole_file": fault.code == "axes-turned",
    }


def short_key(fault: Fault) -> str:
    """Sheet and parcel where the whole delivery lies in one commune: its code says nothing new in each row."""
    communes = fault.delivery.communes
    prefix = f"{communes[0]} / " if len(communes) == 1 else ""
    return fault.key.removeprefix(prefix)


def rule(code: str) -> dict[str, str]:
    """A rule by what it would say, with its blanks left open."""
    return {"code": code, "title": RULES[code].said}


@require_POST
def accept(request: HttpRequest, number: int, fault: int) -> HttpResponse:
    """One finding, or all of its kind up to a ceiling, with a reason: who and why stand beside it from then on."""
    delivery = edited(request, number)
    chosen = delivery.faults.filter(pk=fault).first()
    if chosen is None or delivery.state != "checked" or not (chosen.is_open and faults.may_accept(chosen)):
        raise Problem("delivery-moved")
    reason = request.POST.get("reason", "").strip()[:LONGEST_WORDS]
    if not reason:
        raise Problem("reason-missing")
    whole = request.POST.get("whole_kind") == "on"
    ceiling = ceiling_of(request.POST.get("ceiling", ""))
    faults.accept(chosen, reason=reason, who=officer_of(request).name, whole_kind=whole, ceiling=ceiling)
    return redirect(f"{reverse('desk-findings', args=[number])}?fault={fault}")


def ceiling_of(text: str) -> float | None:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None


@require_safe
def as_csv(request: HttpRequest, number: int) -> HttpResponse:
    """Every finding, a row each; a cell that a spreadsheet would run is text."""
    delivery = seen(request, number, "findings")
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="delivery-{delivery.pk}-findings.csv"'
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(["severity", "code", "open", "key", "row", "field", "value", "east", "north", "finding", "advice"])
    for fault in filtered(delivery, "", "", ""):
        finding = faults.as_told(faults.finding_of(fault), delivery.layer)
        place = [f"{fault.place.x:.3f}", f"{fault.place.y:.3f}"] if fault.place else ["", ""]
        told = [fault.severity, fault.code, fault.is_open, fault.key, fault.row or "", fault.field, fault.value]
        writer.writerow([plain(cell) for cell in [*told, *place, finding.sentence, advice(finding)]])
    return response


def plain(cell: object) -> str:
    """A cell that a spreadsheet shows and does not run."""
    text = str(cell)
    return f"'{text}" if text.startswith(FORMULA) else text
