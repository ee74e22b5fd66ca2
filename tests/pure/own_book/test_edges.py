"""Edges typed in any order, from any corner, in either direction, with some left out."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from layers.report.own_book import edges
from layers.report.own_book.edges import MapEdge
from layers.report.own_book.lines import Line, Verdict
from layers.report.own_book.tolerances import EdgeTolerance
from layers.report.own_book.typed import edges as typed

LENGTHS = ("12.50", "20.10", "7.30", "15.00", "3.20")
WITHIN = EdgeTolerance(Decimal("0.2"), Decimal(5), Decimal("0.04"))


def ring(*lengths: str, first: int = 1) -> tuple[MapEdge, ...]:
    return tuple(MapEdge(corner, Decimal(length)) for corner, length in enumerate(lengths, first))


OUTLINE = (ring(*LENGTHS),)


def told(text: str, rings: edges.Rings = OUTLINE, tolerance: EdgeTolerance | None = WITHIN) -> tuple[Line, ...]:
    return edges.compare(typed(text), rings, tolerance)


def verdicts(lines: tuple[Line, ...]) -> list[str]:
    return [line.verdict.value for line in lines]


def paper(lengths: tuple[str, ...] | list[str]) -> str:
    return "; ".join(length.replace(".", ",") for length in lengths)


@pytest.mark.parametrize("first", range(5))
@pytest.mark.parametrize("backwards", [False, True])
def test_any_first_corner_and_either_direction_agree(first: int, backwards: bool) -> None:
    turned = [*LENGTHS[first:], *LENGTHS[:first]]
    lines = told(paper(turned[::-1] if backwards else turned))
    assert verdicts(lines) == ["agrees"] * 5
    assert sorted(corner for line in lines for corner in line.corners) == [1, 2, 3, 4, 5]
    assert all(line.difference == 0 for line in lines)


def test_any_order_agrees() -> None:
    for seed in range(30):
        shuffled = list(LENGTHS)
        random.Random(seed).shuffle(shuffled)
        assert verdicts(told(paper(shuffled))) == ["agrees"] * 5


def test_the_order_of_the_outline_tells_equal_edges_apart() -> None:
    rectangle = (ring("10.00", "20.00", "10.00", "20.00"),)
    assert [line.corners for line in told("20 10 20 10", rectangle)] == [(2,), (3,), (4,), (1,)] or [
        line.corners for line in told("20 10 20 10", rectangle)
    ] == [(2,), (1,), (4,), (3,)]


def test_a_wrong_edge_is_told_beside_the_one_in_its_place() -> None:
    lines = told(paper(["7.30", "15.00", "3.20", "14.00", "20.10"]))
    assert verdicts(lines) == ["agrees", "agrees", "agrees", "differs", "agrees"]
    assert (lines[3].corners, lines[3].known, lines[3].difference) == ((1,), Decimal("12.50"), Decimal("1.50"))


def test_a_missing_edge_is_named_and_the_others_still_agree() -> None:
    for missing in range(5):
        rest = [length for at, length in enumerate(LENGTHS) if at != missing]
        lines = told(paper(rest))
        assert verdicts(lines) == ["agrees"] * 4 + ["only-map"]
        assert (lines[-1].corners, lines[-1].known) == ((missing + 1,), Decimal(LENGTHS[missing]))


def test_an_edge_too_many_is_on_paper_only() -> None:
    assert verdicts(told(paper([*LENGTHS, "99.00"]))) == ["agrees"] * 5 + ["only-paper"]


def test_one_edge_on_paper_may_be_two_in_a_row_on_the_map() -> None:
    lines = told("32,6; 7,3; 15; 3,2")
    assert verdicts(lines) == ["agrees"] * 4
    assert (lines[0].corners, lines[0].known) == ((1, 2), Decimal("32.60"))


def test_a_row_of_edges_may_go_over_the_first_corner() -> None:
    assert told("15,7; 20,1; 7,3; 15")[0].corners == (5, 1)


def test_edges_that_do_not_follow_each_other_are_never_added_up() -> None:
    lines = told("19,8; 20,1; 15; 3,2")
    assert lines[0].verdict is Verdict.DIFFERS
    assert verdicts(lines).count("only-map") == 1


@pytest.mark.parametrize(
    ("length", "verdict"),
    [("12,70", "agrees"), ("12,71", "differs"), ("12,30", "agrees"), ("12,29", "differs")],
)
def test_the_tolerance_is_kept_to_the_centimetre(length: str, verdict: str) -> None:
    assert verdicts(told(f"{length}; 20,1; 7,3; 15; 3,2"))[0] == verdict


def test_a_short_edge_has_the_smaller_tolerance() -> None:
    assert verdicts(told("12,5; 20,1; 7,3; 15; 3,25"))[4] == "differs"
    assert verdicts(told("12,5; 20,1; 7,3; 15; 3,24"))[4] == "agrees"


def test_without_a_tolerance_nobody_says_that_it_differs() -> None:
    lines = told("12,5; 20,2; 7,3; 15; 3,2", tolerance=None)
    assert verdicts(lines) == ["agrees", "unknown", "agrees", "agrees", "agrees"]


def test_garbled_lengths_are_told_in_place_and_hold_nothing_up() -> None:
    lines = told("12,5; 2O,1; 7,3; 15; 3,2")
    assert verdicts(lines) == ["agrees", "unreadable", "agrees", "agrees", "agrees", "only-map"]
    assert lines[1].guess == "20,1"


def test_nothing_readable_leaves_the_outline_to_the_map() -> None:
    assert verdicts(told("abc")) == ["unreadable"] + ["only-map"] * 5


def test_parts_of_a_parcel_are_compared_together() -> None:
    parts = (ring("10.00", "20.00", "30.00"), ring("11.00", "21.00", "31.00", first=4))
    assert verdicts(told("31; 10; 21; 20; 11; 30", parts)) == ["agrees"] * 6


def test_a_point_for_thousands_and_one_for_decimals_are_told_by_the_map() -> None:
    far = (ring("1234.00", "12.345", "900.00"),)
    lines = told("1.234; 12.345; 900", far)
    assert verdicts(lines) == ["agrees"] * 3
    assert [line.read for line in lines] == [Decimal(1234), Decimal("12.345"), Decimal(900)]


def test_two_hundred_edges_are_compared_within_a_second() -> None:
    import time

    lengths = [f"{10 + at * 0.31:.2f}" for at in range(200)]
    started = time.perf_counter()
    lines = told(paper(lengths[70:] + lengths[:70]), (ring(*lengths),))
    assert verdicts(lines) == ["agrees"] * 200
    assert time.perf_counter() - started < 5
