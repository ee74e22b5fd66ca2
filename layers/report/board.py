"""The coverage board: theme by commune, what was surveyed, when, from what, how well, how often nobody can tell."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from layers import catalogue
from layers.declare import Layer, Words
from layers.queries import board
from layers.queries.board import Share
from layers.report import records
from layers.report.answers import Survey
from layers.report.canonical import plain
from layers.undecided import UndecidedRate


@dataclass(frozen=True)
class Rate:
    """Undecided parcels: too close to call plus not assessed, of those asked. `asked` < `parcels`: a sample."""

    parcels: int
    asked: int
    too_close: int
    not_assessed: int
    percent: float

    @property
    def is_sample(self) -> bool:
        return self.asked < self.parcels


@dataclass(frozen=True)
class LayerCell:
    """One layer in one commune. `accuracy_m`: the declaration's, where a survey does not know its own."""

    layer: Layer
    covered_percent: Decimal
    surveys: tuple[Survey, ...]
    rate: Rate | None


@dataclass(frozen=True)
class ThemeCell:
    """One theme in one commune. `covered_percent` is that of its least covered layer: *not affected* needs them all;
    None when the portal has no layer of the theme, and then nothing of it is ever assessed."""

    theme: str
    title: Words
    covered_percent: Decimal | None
    rate: Rate | None
    layers: tuple[LayerCell, ...]


@dataclass(frozen=True)
class CommuneRow:
    code: str
    name: str
    themes: tuple[ThemeCell, ...]


@dataclass(frozen=True)
class Board:
    """As of `snapshot`; the rates as of `rates_snapshot` and `rates_day`, None when they were never computed."""

    snapshot: int
    rates_snapshot: int | None
    rates_day: date | None
    communes: tuple[CommuneRow, ...]
    without_boundary: int


def coverage_board(snapshot: int, commune: str | None = None) -> Board:
    """Every commune with a boundary, or one. Read inside `snapshots.reading()`."""
    layers = catalogue.judged()
    shares = board.shares(tuple(layer.slug for layer in layers), snapshot, commune)
    found = board.rates(snapshot, commune)
    rates = {(rate.commune_code, rate.theme, rate.layer): rate_of(rate) for rate in found}
    surveys = records.surveys({row for share in shares for row in share.coverage_rows})
    grouped: dict[tuple[str, str], dict[str | None, Share]] = defaultdict(dict)
    for share in shares:
        grouped[share.commune_code, share.commune][share.layer] = share
    rows = [
        CommuneRow(code, name, themes_of(code, own, layers, rates, surveys)) for (code, name), own in grouped.items()
    ]
    return Board(
        snapshot=snapshot,
        rates_snapshot=found[0].snapshot if found else None,
        rates_day=found[0].day if found else None,
        communes=tuple(rows),
        without_boundary=board.without_boundary(snapshot),
    )


def rate_of(rate: UndecidedRate) -> Rate:
    return Rate(rate.parcels, rate.asked, rate.too_close, rate.not_assessed, rate.percent)


def themes_of(
    commune: str,
    shares: dict[str | None, Share],
    layers: tuple[Layer, ...],
    rates: dict[tuple[str, str, str], Rate],
    surveys: dict[int, Survey],
) -> tuple[ThemeCell, ...]:
    cells = []
    for theme, title in catalogue.THEMES.items():
        own = tuple(
            layer_cell(layer, shares.get(layer.slug), rates.get((commune, theme, layer.slug)), surveys)
            for layer in layers
            if layer.theme == theme
        )
        covered = min((cell.covered_percent for cell in own), default=None)
        cells.append(ThemeCell(theme, title, covered, rates.get((commune, theme, "")), own))
    return tuple(cells)


def layer_cell(layer: Layer, share: Share | None, rate: Rate | None, surveys: dict[int, Survey]) -> LayerCell:
    if share is None:
        return LayerCell(layer, Decimal(0), (), rate)
    known = tuple(surveys[row] for row in share.coverage_rows if row in surveys)
    return LayerCell(layer, share.covered_percent, known, rate)


def document(found: Board) -> dict[str, Any]:
    """The board as plain JSON values, in both languages. A layer is named; /api/layers tells the rest of it."""
    tree: dict[str, Any] = plain(found)
    for row in tree["communes"]:
        for cell in row["themes"]:
            for own in cell["layers"]:
                own["layer"] = {name: own["layer"][name] for name in ("slug", "title")}
    return tree
