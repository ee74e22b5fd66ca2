"""May I do this here? The page and its JSON twin for a parcel; the words of the verdict."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from geoportal import params
from geoportal.views import parcels as parcel_views
from layers import codes
from layers.queries import parcels
from layers.queries.snapshots import reading
from layers.report.build import report
from layers.report.canonical import plain
from layers.report.may_i import MayI, Verdict, may_i


@require_safe
def page(request: HttpRequest, feature_id: int) -> HttpResponse:
    activity = params.activity(request)
    with reading():
        snapshot, day = params.snapshot(request), params.day(request)
        parcel = parcels.by_id(feature_id, snapshot)
        if parcel is None:
            return parcel_views.gone(request, feature_id, snapshot, "may-i")
        answer = report(parcel, snapshot, day)
        asked = may_i(answer.themes, activity, snapshot, day) if activity else None
    context = {"report": answer, "may_i": asked, "activities": codes.entries("activity")}
    return render(request, "may_i.html", context | {"sentence": sentence(asked) if asked else ""})


@require_safe
def api(request: HttpRequest, feature_id: int) -> HttpResponse:
    activity = params.activity(request, required=True)
    with reading():
        snapshot, day = params.snapshot(request), params.day(request)
        parcel = parcels.by_id(feature_id, snapshot)
        if parcel is None:
            return parcel_views.gone(request, feature_id, snapshot, "api-may-i")
        asked = may_i(report(parcel, snapshot, day).themes, activity, snapshot, day)
    told = document(asked) | {"snapshot": snapshot, "date": day.isoformat(), "parcel": feature_id}
    response = JsonResponse(told, json_dumps_params={"ensure_ascii": False})
    response["Access-Control-Allow-Origin"] = "*"
    return response


def document(asked: MayI) -> dict[str, object]:
    """The verdict as plain JSON values; a procedure is told by its code and name."""
    return {
        "activity": asked.activity,
        "title": plain(asked.title),
        "verdict": asked.verdict.value,
        "anywhere": rule(asked.anywhere),
        "rulings": [
            {
                "layer": ruling.layer.slug,
                "label": ruling.label,
                "kind": plain(ruling.kind),
                "answer": ruling.answer.value,
                "verdict": ruling.verdict.value,
                "rule": rule(ruling.rule),
            }
            for ruling in asked.rulings
        ],
        "not_assessed": [layer.slug for layer in asked.not_assessed],
        "legal_force": False,
    }


def rule(told: object) -> dict[str, object] | None:
    if told is None:
        return None
    procedure = getattr(told, "procedure", None)
    values: dict[str, object] = {name: plain(value) for name, value in vars(told).items() if name != "procedure"}
    return values | {"procedure": {"code": procedure.code, "name": procedure.name} if procedure else None}


def sentence(asked: MayI) -> str:
    """The verdict in one sentence. What is undecided says in the same breath that it is not a yes."""
    return {
        Verdict.FORBIDDEN: _("{activity}: bị cấm ở đây theo ít nhất một quy định bên dưới."),
        Verdict.UNDECIDED: _("{activity}: chưa thể kết luận. Điều đó không có nghĩa là được phép."),
        Verdict.ON_CONDITION: _("{activity}: được, khi đáp ứng các điều kiện bên dưới."),
        Verdict.ALLOWED: _("{activity}: các quy định đã nạp cho phép."),
    }[asked.verdict].format(activity=asked.title)
