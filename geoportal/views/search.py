"""Where is it? The page, its fragment and its JSON twin answer the same query with the same results."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from geoportal import params
from geoportal.problems import Problem
from layers.queries import snapshots
from layers.search.finding import Found, find
from layers.search.suggesting import suggest
from layers.search.words import described, narrower


def page(request: HttpRequest) -> HttpResponse:
    """The results as a page, or as a fragment for htmx; without a query the form alone."""
    template = "fragments/search_results.html" if getattr(request, "htmx", False) else "search.html"
    try:
        query = params.query(request)
    except Problem as problem:
        if problem.code == "query-missing":
            return render(request, template, {"query": ""})
        raise
    snapshot, found = _answer(query)
    context = {"query": query, "found": found, "understood": described(found), "narrower": narrower(found)}
    return render(request, template, context | {"answer_snapshot": snapshot})


def api(request: HttpRequest) -> JsonResponse:
    """`query`, `understood`, `snapshot`, `results` and how many `more` there are beyond those listed."""
    query = params.query(request)
    snapshot, found = _answer(query)
    answer = {
        "query": query,
        "understood": described(found),
        "snapshot": snapshot,
        "results": [asdict(hit) for hit in found.results],
        "more": found.more,
    }
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Options for the list under the search box; nothing for what is too short, too long or no name."""
    try:
        found = suggest(params.query(request))
    except Problem:
        found = []
    return render(request, "fragments/suggestions.html", {"suggestions": found})


def _answer(query: str) -> tuple[int, Found]:
    with snapshots.reading():
        snapshot = snapshots.newest()
        if snapshot is None:
            raise Problem("nothing-published")
        return snapshot, find(query)
