"""What the portal knows and what it does not, theme by commune: a page, and the same as JSON."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from geoportal import params
from geoportal.problems import Problem
from layers import catalogue
from layers.queries import snapshots
from layers.report.board import Board, coverage_board, document


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """All communes at a glance; with `commune` one, layer by layer."""
    board, chosen = _board(request)
    template = "coverage_commune.html" if chosen else "coverage.html"
    context = {"board": board, "themes": catalogue.THEMES, "row": board.communes[0] if chosen else None}
    return render(request, template, context)


@require_safe
def api(request: HttpRequest) -> JsonResponse:
    board, _ = _board(request)
    response = JsonResponse(document(board), json_dumps_params={"ensure_ascii": False})
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _board(request: HttpRequest) -> tuple[Board, str | None]:
    commune = params.commune(request)
    with snapshots.reading():
        snapshot = snapshots.newest()
        if snapshot is None:
            raise Problem("nothing-published")
        board = coverage_board(snapshot, commune)
    if commune and not board.communes:
        raise Problem("commune-unknown")
    return board, commune
