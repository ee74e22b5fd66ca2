"""What was understood of a file, and why; the officer confirms or corrects each, and the check begins."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from desk import pictures
from desk.choices import NOTHING
from desk.faults import as_told, finding_of
from desk.models import Delivery
from desk.queueing import hand_over
from desk.views.common import context, edited, go, officer_of, seen
from geoportal.problems import Problem
from importers.crs.systems import SYSTEMS
from importers.facts import notice_words
from importers.steps.values import Unreadable, to_date
from importers.text import ENCODINGS
from layers.declare import Layer

SOURCE_LENGTH = 200


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, number: int) -> HttpResponse:
    if request.method == "POST":
        return confirm(request, number)
    delivery = seen(request, number, "understood")
    return render(request, "desk/understood.html", context(request, delivery, **shown(delivery)))


def confirm(request: HttpRequest, number: int) -> HttpResponse:
    delivery = edited(request, number)
    said = read(request.POST, delivery)
    missing = required_but_missing(delivery, said)
    if missing:
        delivery.choices = said
        more = {**shown(delivery), "missing": missing}
        return render(request, "desk/understood.html", context(request, delivery, **more), status=400)
    with transaction.atomic():
        to = "received" if needs_reading(delivery, said) else "checking"
        whole = request.POST.get("whole_layer") == "on"
        go(delivery, to, officer_of(request), choices=said, whole_layer=whole)
        hand_over(delivery)
    return redirect("desk-delivery", number)


@require_POST
def repair(request: HttpRequest, number: int) -> HttpResponse:
    """Check again, and repair what can be: everything else stays as it was confirmed."""
    delivery = edited(request, number)
    if delivery.state != "checked":
        raise Problem("delivery-moved")
    with transaction.atomic():
        go(delivery, "checking", officer_of(request), choices=delivery.choices | {"fix": True})
        hand_over(delivery)
    return redirect("desk-delivery", number)


def required_but_missing(delivery: Delivery, said: dict[str, Any]) -> list[str]:
    """Fields a row cannot be without, for which neither a column nor a value is told. The file would be gone then."""
    if not delivery.understood or delivery.original_gone_at is not None:
        return []
    matched = {column["field"]: column["column"] for column in delivery.understood["columns"]} | said["mapping"]
    known = {*said["constants"], *(name for name, column in matched.items() if column)}
    return [str(field.title) for field in delivery.layer.fields if field.required and field.name not in known]


def needs_reading(delivery: Delivery, said: dict[str, Any]) -> bool:
    """Nothing of the file is known yet: it held several layers, and now one is named."""
    return not delivery.understood and bool(said["sublayer"])


def read(posted: QueryDict, delivery: Delivery) -> dict[str, Any]:
    """The form as choices. Names of fields and columns count only where the layer and the file have them."""
    before = NOTHING | delivery.choices
    understood = delivery.understood
    delivered = set(understood.get("delivered", []))
    fields = [field.name for field in delivery.layer.fields]
    said = {name: posted[f"column-{name}"] for name in fields if f"column-{name}" in posted}
    constants = {name: posted.get(f"constant-{name}", "").strip()[:200] for name in fields}
    return {
        **before,
        "crs": system_of(posted, before),
        "encodings": encodings(posted, understood, before),
        "mapping": {name: column for name, column in said.items() if column in {*delivered, ""}} or before["mapping"],
        "constants": {name: value for name, value in constants.items() if value and not said.get(name)},
        "fix": posted.get("fix") == "on",
        "accuracy_m": positive(posted.get("accuracy_m", "")),
        "source": posted.get("source", "").strip()[:SOURCE_LENGTH],
        "surveyed_on": day(posted.get("surveyed_on", "")),
        "document": posted.get("document", "").strip()[:SOURCE_LENGTH],
        "sublayer": posted.get("sublayer", "")[:200] or before["sublayer"],
    }


def system_of(posted: QueryDict, before: dict[str, Any]) -> str | None:
    asked = posted.get("crs", "")
    if asked == "other":
        asked = posted.get("crs_other", "")
    known = {f"EPSG:{system.epsg}" for system in SYSTEMS}
    return asked if asked in known else before["crs"] if not asked else None


def encodings(posted: QueryDict, understood: dict[str, Any], before: dict[str, Any]) -> dict[str, str]:
    asked = {text["field"]: posted.get(f"encoding-{text['field']}", "") for text in understood.get("texts", [])}
    return {field: name for field, name in asked.items() if name in ENCODINGS} or before["encodings"]


def positive(text: str) -> float | None:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return None
    return value if 0 < value < 1000 else None


def day(text: str) -> str | None:
    try:
        return to_date(text).isoformat()
    except Unreadable:
        return None


def shown(delivery: Delivery) -> dict[str, Any]:
    understood, said = delivery.understood, NOTHING | delivery.choices
    titles = {field.name: field.title for field in delivery.layer.fields}
    return {
        "said": said,
        "sublayers": sublayers(delivery),
        "columns": columns(delivery.layer, understood, said),
        "texts": [text | {"title": titles[text["field"]]} for text in understood.get("texts", [])],
        "encodings": list(ENCODINGS),
        "systems": systems(understood, said),
        "every_system": [(f"EPSG:{system.epsg}", str(system)) for system in SYSTEMS],
        "notices": notice_words(understood.get("notices", [])),
        "findings": [as_told(finding_of(fault), delivery.layer) for fault in delivery.faults.order_by("pk")],
        "may_correct_columns": delivery.original_gone_at is None,
    }


def sublayers(delivery: Delivery) -> list[str]:
    listed = delivery.why.get("detail", {}).get("layers", "")
    return [name.strip() for name in listed.split(",") if name.strip()]


def columns(layer: Layer, understood: dict[str, Any], said: dict[str, Any]) -> list[dict[str, Any]]:
    matched = {column["field"]: column["column"] for column in understood.get("columns", [])}
    return [
        {
            "field": field,
            "column": said["mapping"].get(field.name, matched.get(field.name) or ""),
            "constant": said["constants"].get(field.name, ""),
        }
        for field in layer.fields
    ]


def systems(understood: dict[str, Any], said: dict[str, Any]) -> list[dict[str, Any]]:
    """The ranked proposals, each drawn over the communes; the one in force is chosen beforehand."""
    proposals = understood.get("systems", [])
    declared = understood.get("declared_system", {}).get("epsg")
    chosen = said["crs"] or (f"EPSG:{declared}" if declared else None)
    if chosen is None and proposals and proposals[0]["inside"] >= 0.98:
        chosen = f"EPSG:{proposals[0]['epsg']}"
    return [
        {
            **proposal,
            "code": f"EPSG:{proposal['epsg']}",
            "percent": proposal["inside"] * 100,
            "declared": proposal["epsg"] == declared,
            "chosen": f"EPSG:{proposal['epsg']}" == chosen and not proposal["swapped"],
            "picture": pictures.placed(proposal["points"]),
            "before": pictures.mirrored(proposal["points"]) if proposal["swapped"] else None,
        }
        for proposal in proposals
    ]
