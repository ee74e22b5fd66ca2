"""Where is it? The page, its fragment and its JSON twin answer the same query with the same results."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from geoportal import params, params_search
from geoportal.problems import Problem
from geoportal.search_form import correction_of, form_of
from layers.public import map_layers
from layers.queries import snapshots
from layers.search.correcting import Corrected, query_of
from layers.search.filters import Filters
from layers.search.finding import find
from layers.search.paging import Found, PageGone
from layers.search.suggesting import suggest
from layers.search.words import described, narrower


@dataclass(frozen=True)
class Answered:
    """`query`: what was typed, or the pieces given one by one, as one would type them."""

    query: str
    corrected: Corrected
    filters: Filters
    snapshot: int
    found: Found | None


def page(request: HttpRequest) -> HttpResponse:
    """The results as a page, or as a fragment for htmx; with nothing to look for the form alone."""
    template = "fragments/search_results.html" if getattr(request, "htmx", False) else "search.html"
    with snapshots.reading():
        answered = _answer(request)
        context = _context(request, answered)
        response = render(request, template, context)
    response["Vary"] = "HX-Request"
    return response


def _context(request: HttpRequest, answered: Answered) -> dict[str, object]:
    found = answered.found
    kept = params_search.kept(request)
    context: dict[str, object] = {
        "query": answered.query,
        "form": form_of(answered.filters, answered.corrected, kept),
        "layers": map_layers(answered.snapshot),
        "answer_snapshot": answered.snapshot,
        "first_page": _address("search", kept),
        "continued": answered.filters.after is not None,
    }
    if found is None:
        return context
    return context | {
        "found": found,
        "understood": described(found),
        "box": _box(found),
        "correction": correction_of(answered.query, found, answered.filters, answered.corrected, kept),
        "narrower": narrower(found),
        "next": _next("search", request, found),
        "without_filters": _address("search", [("q", answered.query)]) if answered.filters.narrow else "",
    }


@require_safe
def api(request: HttpRequest) -> JsonResponse:
    """`query`, `understood`, `snapshot`, `results`, how many `more` there are beyond those listed, `total` as far as
    one counts, and the address of the `next` page (null on the last)."""
    with snapshots.reading():
        answered = _answer(request)
    if answered.found is None:
        raise Problem("query-missing")
    found = answered.found
    answer = {
        "query": answered.query,
        "understood": described(found),
        "trouble": found.trouble or None,
        "snapshot": answered.snapshot,
        "results": [asdict(hit) for hit in found.results],
        "more": found.more,
        "total": found.total,
        "next": _next("api-search", request, found) or None,
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


def _answer(request: HttpRequest) -> Answered:
    snapshot = snapshots.newest()
    if snapshot is None:
        raise Problem("nothing-published")
    query, corrected = params_search.query(request), params_search.corrected(request)
    filters = params_search.filters(request)
    asked = query or corrected.has_numbers or corrected.commune or filters.narrow
    try:
        found = find(query, filters, corrected) if asked else None
    except PageGone:
        raise Problem("page-gone") from None
    shown = query_of(corrected) if corrected.has_numbers else query
    return Answered(shown, corrected, filters, snapshot, found)


def _box(found: Found) -> tuple[float, float, float, float] | None:
    """The part of the map that holds all results of the page, in degrees."""
    points = [hit.point for hit in found.results if hit.point]
    if not points:
        return None
    lons, lats = zip(*points, strict=True)
    return min(lons), min(lats), max(lons), max(lats)


def _next(name: str, request: HttpRequest, found: Found) -> str:
    return _address(name, [*params_search.kept(request), ("after", str(found.behind))]) if found.behind else ""


def _address(name: str, words: list[tuple[str, str]]) -> str:
    return f"{reverse(name)}?{urlencode(words)}"
