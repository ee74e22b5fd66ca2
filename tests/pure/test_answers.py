"""The words of an answer: which one decides, and what is counted."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from typing import Any

import pytest

from layers import catalogue
from layers.declare import Words
from layers.report.answers import (
    STRENGTH,
    Answer,
    Report,
    Stations,
    ThemeFinding,
    of_theme,
    strongest,
)
from layers.report.build import layer_answer, theme_finding


def test_there_are_four_answers_and_each_has_its_rank() -> None:
    assert sorted(STRENGTH) == sorted(Answer)
    assert len(set(STRENGTH)) == 4


def test_nothing_asked_is_not_assessed() -> None:
    assert strongest([]) == Answer.NOT_ASSESSED


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_the_strongest_decides_in_whatever_order(count: int) -> None:
    for answers in permutations(STRENGTH, count):
        assert strongest(list(answers)) == min(answers, key=STRENGTH.index)


def test_not_affected_needs_every_layer_to_say_so() -> None:
    for other in set(Answer) - {Answer.NOT_AFFECTED}:
        assert strongest([Answer.NOT_AFFECTED, other, Answer.NOT_AFFECTED]) == other


def test_a_layer_without_zones_and_without_obstacle_is_not_affected() -> None:
    assert layer_answer((), None) == Answer.NOT_AFFECTED


def test_a_theme_without_layers_is_not_assessed_and_says_why() -> None:
    empty = theme_finding("minerals", {}, ())
    assert (empty.answer, str(empty.reason), empty.layers) == (Answer.NOT_ASSESSED, "no-layer", ())


def test_a_theme_of_stations_alone_is_not_assessed_and_says_that_it_has_no_zones() -> None:
    layer = catalogue.by_rule("nearest")[0]
    theme = theme_finding(layer.theme, {}, (), (Stations(layer, None, ()),))
    assert (theme.answer, str(theme.reason)) == (Answer.NOT_ASSESSED, "no-zones")


def report_of(*answers: tuple[str, Answer]) -> Report:
    plan: Any = object()
    themes = tuple(
        ThemeFinding(slug, Words(slug, slug), answer, None, (), (plan,) if slug == "land-use-plan" else ())
        for slug, answer in answers
    )
    nobody: Any = None
    return Report(parcel=nobody, snapshot=1, day=date(2026, 1, 1), format="1", themes=themes)


def test_every_theme_is_counted_once_but_the_plan_which_answers_otherwise() -> None:
    counts = report_of(*((theme, Answer.NOT_AFFECTED) for theme in catalogue.THEMES)).counts
    assert counts == {
        Answer.AFFECTED: 0,
        Answer.TOO_CLOSE: 0,
        Answer.NOT_ASSESSED: 0,
        Answer.NOT_AFFECTED: len(catalogue.THEMES) - 1,
    }


@pytest.mark.parametrize("parts_answer", [None, Answer.NOT_ASSESSED])
@pytest.mark.parametrize("zone", list(Answer))
def test_beside_a_plan_only_a_zone_that_applies_or_may_apply_speaks_for_the_theme(
    zone: Answer, parts_answer: Answer | None
) -> None:
    applies = zone in (Answer.AFFECTED, Answer.TOO_CLOSE)
    assert of_theme([zone], [parts_answer]) is (zone if applies else parts_answer)


def test_counts_are_told_from_the_strongest_down() -> None:
    assert tuple(report_of(("water", Answer.TOO_CLOSE)).counts) == STRENGTH
