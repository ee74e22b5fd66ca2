"""The findings of a delivery as rows, which of them are open, and what was accepted before."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable

from django.contrib.gis.geos import GEOSGeometry, Point
from django.db import transaction

from desk.models import Acceptance, Delivery, Fault
from importers.findings import RULES, Finding
from layers.declare import Layer

# What a finding's size is measured by, by the blank of its sentence that tells it.
MEASURES = ("area", "difference", "share", "count")
NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
# Rounding is no growth.
SLACK = 1.001


def keep(delivery: Delivery, findings: Iterable[Finding]) -> None:
    """Replace the delivery's findings; one accepted before, for the same feature and not larger, stays accepted."""
    earlier = remembered(delivery)
    rows = [row_of(delivery, finding, earlier) for finding in findings]
    with transaction.atomic():
        delivery.faults.all().delete()
        Fault.objects.bulk_create(rows, batch_size=1000)


def row_of(delivery: Delivery, finding: Finding, earlier: dict[tuple[str, str, str], list[Acceptance]]) -> Fault:
    fault = Fault(
        delivery=delivery,
        code=finding.code,
        severity=finding.severity,
        key=finding.key[:200],
        row=finding.row,
        field=finding.field[:60],
        value=finding.value,
        detail=finding.detail,
        place=Point(*finding.place, srid=9209) if finding.place else None,
        before=GEOSGeometry(memoryview(finding.before), srid=9209) if finding.before else None,
        is_open=finding.severity in ("block", "decide"),
    )
    if may_accept(fault):
        fault.acceptance = fitting(fault, earlier)
        fault.is_open = fault.acceptance is None
    return fault


def may_accept(fault: Fault) -> bool:
    return RULES[fault.code].acceptable


def measure(fault: Fault) -> float | None:
    """How large a finding is, from the number its sentence tells; None where it tells none."""
    for name in MEASURES:
        if found := NUMBER.search(fault.detail.get(name, "")):
            return float(found[0].replace(",", "."))
    return None


def remembered(delivery: Delivery) -> dict[tuple[str, str, str], list[Acceptance]]:
    """Acceptances of the layer by code, key and field; one of a whole kind holds within its own delivery only."""
    found: dict[tuple[str, str, str], list[Acceptance]] = {}
    for acceptance in Acceptance.objects.filter(layer_slug=delivery.layer_slug).order_by("-at"):
        if acceptance.key or acceptance.delivery_id == delivery.pk:
            found.setdefault((acceptance.code, acceptance.key, acceptance.field), []).append(acceptance)
    return found


def fitting(fault: Fault, earlier: dict[tuple[str, str, str], list[Acceptance]]) -> Acceptance | None:
    size = measure(fault)
    for key, field in ((fault.key, fault.field), ("", "")):
        for acceptance in earlier.get((fault.code, key, field), []):
            if not grown(size, acceptance.measure):
                return acceptance
    return None


def grown(size: float | None, accepted: float | None) -> bool:
    return size is not None and accepted is not None and size > accepted * SLACK


def finding_of(fault: Fault) -> Finding:
    """The finding again, for its words in the reader's language."""
    place = (fault.place.x, fault.place.y) if fault.place else None
    severity = RULES[fault.code].severity
    return Finding(fault.code, severity, fault.key, fault.row, fault.field, fault.value, place, fault.detail)


def as_told(finding: Finding, layer: Layer) -> Finding:
    """The finding with the field's title in the place of its name, for who knows titles only."""
    titles = {field.name: str(field.title) for field in layer.fields}
    if finding.field not in titles or "title" in finding.detail:
        return finding
    return dataclasses.replace(finding, field=titles[finding.field])


def accept(fault: Fault, *, reason: str, who: str, whole_kind: bool, ceiling: float | None) -> int:
    """Accept one finding, or all open ones of its kind up to a ceiling. How many are no longer open."""
    acceptance = Acceptance(
        layer_slug=fault.delivery.layer_slug,
        code=fault.code,
        key="" if whole_kind else fault.key,
        field="" if whole_kind else fault.field,
        measure=ceiling if whole_kind else measure(fault),
        place=None if whole_kind else fault.place,
        reason=reason,
        who=who,
        delivery=fault.delivery,
    )
    wanted = list(fault.delivery.faults.filter(code=fault.code, is_open=True)) if whole_kind else [fault]
    wanted = [other for other in wanted if not grown(measure(other), acceptance.measure)]
    with transaction.atomic():
        acceptance.save()
        numbers = [other.pk for other in wanted]
        return Fault.objects.filter(pk__in=numbers).update(is_open=False, acceptance=acceptance)
