"""“Kiểm tra khu đất”: the form with every way in, the answer as a page, and its JSON twin for programs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from exports.drawing import drawing
from geoportal import params, site_body, stills
from geoportal.packing import open_json
from geoportal.problems import Problem
from geoportal.site_form import SiteForm
from geoportal.site_sentence import sentences
from geoportal.views.may_i import document as may_i_document
from geoportal.views.may_i import sentence
from layers import codes
from layers.public import both, map_layers
from layers.queries import extents, subjects
from layers.queries.sites import box_of, in_degrees
from layers.queries.snapshots import reading
from layers.report.canonical import as_json, dumps
from layers.report.may_i import may_i
from layers.report.site import report
from layers.report.sites import SiteReport
from layers.sites import address
from layers.sites.placing import Candidate, Undecided
from layers.sites.troubles import SiteTrouble
from layers.systems import SYSTEMS


# The form changes nothing and keeps nothing, so it needs no cookie and no token.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """The form; or, of a site that was typed, sent or linked to, its answer. What is wrong stands in the form."""
    form = params.site_form(request)
    activity = params.activity(request)
    fault: SiteTrouble | None = None
    try:
        form = form.open_file()
    except SiteTrouble as trouble:
        fault = trouble
    with reading():
        snapshot, day = params.snapshot(request), params.day(request)
        context: dict[str, object] = {"form": form, "systems": planes(), "layers": map_layers(snapshot)}
        context |= {"box": extents.of_sheets(snapshot), "still": stills.of_map(snapshot, None)}
        context |= {"activities": codes.entries("activity"), "activity": activity}
        if not form.ways and request.method != "POST":
            return render(request, "check.html", context)
        try:
            if fault:
                raise fault
            site = form.site(snapshot)
        except SiteTrouble as trouble:
            return render(request, "check.html", context | {"trouble": trouble, "field": field_of(form)}, status=422)
        except Undecided as undecided:
            return render(request, "check.html", context | {"choices": choices(undecided)}, status=422)
        answer = report(site, snapshot, day)
        ruled = may_i(answer.themes, activity, snapshot, day) if activity else None
        outline = in_degrees(subjects.ground(site.wkb))
    link = address.written(site)
    box = box_of(outline)
    touched = [finding.layer.slug for theme in answer.themes for finding in theme.layers if finding.zones]
    dated = f"&at={snapshot}&on={day.isoformat()}"
    told = {
        "answer": answer,
        "may_i": ruled,
        "sentence": sentence(ruled) if ruled else "",
        "sentences": sentences(answer),
        "drawing": drawing(answer.site),
        "outline": outline,
        "box": box,
        "still": stills.of_site(box, link, snapshot, touched),
        "link": f"{reverse('check')}?{link}" if link else None,
        "follow": reverse("follow-new", args=["site", link]) if link else None,
        "sheet": f"{reverse('site-sheet')}?{link}{dated}" if link else None,
        "dated_link": f"{reverse('check')}?{link}{dated}" if link else None,
        "is_dated": params.is_dated(request),
    }
    return render(request, "check.html", context | told)


@csrf_exempt
@require_POST
def api(request: HttpRequest) -> HttpResponse:
    """The answer about a site as JSON. What is wrong with the site is one problem, with its code and its words."""
    with reading():
        snapshot, day = params.snapshot(request), params.day(request)
        answer = asked(request, snapshot, day)
    return open_json(request, dumps(answer))


@csrf_exempt
@require_POST
def may_i_api(request: HttpRequest) -> HttpResponse:
    """What the rules say of an `activity` at a site, sent as for its report."""
    activity = params.activity(request, required=True)
    with reading():
        snapshot, day = params.snapshot(request), params.day(request)
        told = may_i(asked(request, snapshot, day).themes, activity, snapshot, day)
    return open_json(request, as_json(may_i_document(told) | {"snapshot": snapshot, "date": day.isoformat()}))


def asked(request: HttpRequest, snapshot: int, day: date) -> SiteReport:
    """The answer about the site a program sent. Raises Problem with the trouble, or with the places it may mean."""
    with told_as_problems():
        return report(site_body.read(request, snapshot), snapshot, day)


@contextmanager
def told_as_problems() -> Iterator[None]:
    """What is wrong with a site as a Problem, for whoever has no form to be told it in."""
    try:
        yield
    except SiteTrouble as trouble:
        extra: dict[str, object] = {"trouble": trouble.code}
        raise Problem("site-wrong", sentence=trouble.sentence, extra=extra) from None
    except Undecided as undecided:
        extra = {"candidates": [candidate_json(one) for one in undecided.candidates]}
        raise Problem("site-undecided", count=len(undecided.candidates), extra=extra) from None


def candidate_json(candidate: Candidate) -> dict[str, object]:
    return {
        "system": candidate.system.epsg,
        "title": both(candidate.system.title),
        "commune": candidate.commune,
        "miss_m": None if candidate.miss_m is None else round(candidate.miss_m, 2),
        "polygons": candidate.polygons,
    }


def planes() -> list[object]:
    """The systems a table may be in: what is offered beside "find out yourself"."""
    return [system for system in SYSTEMS if system.datum == "VN-2000" or system.epsg == 4326]


def field_of(form: SiteForm) -> str:
    """Beside which field the trouble is told; beside the button when it belongs to none or several."""
    return form.ways[0] if len(form.ways) == 1 else "form"


def choices(undecided: Undecided) -> list[dict[str, object]]:
    """The possible places of a table, the likeliest first, each with its picture."""
    return [{"candidate": one, "drawing": drawing(one)} for one in undecided.candidates]
