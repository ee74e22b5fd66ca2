"""Numbers as people type them from a paper."""

from __future__ import annotations

from decimal import Decimal

import pytest

from layers.report.own_book.typed import edges, number


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("512", "512"),
        ("512,0", "512.0"),
        ("512.5", "512.5"),
        ("512,0 m²", "512.0"),
        ("512,0m2", "512.0"),
        ("512 mét vuông", "512"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("1 234,5", "1234.5"),
        ("1\u00a0234,5 m²", "1234.5"),
        ("1.234.567", "1234567"),
        ("1,234,567", "1234567"),
        ("1.234.567,89", "1234567.89"),
        ("1.234", "1234"),
        ("1,234", "1.234"),
        ("0.125", "0.125"),
        ("0,125", "0.125"),
        ("12.5 m", "12.5"),
        ("12,50m", "12.50"),
        ("５１２,０", "512.0"),
        ("  7  ", "7"),
    ],
)
def test_a_number_is_read_the_vietnamese_way_first(text: str, meant: str) -> None:
    assert number(text).readings[0] == Decimal(meant)


@pytest.mark.parametrize(("text", "second"), [("1.234", "1.234"), ("1,234", "1234")])
def test_where_a_sign_may_be_either_both_readings_are_kept(text: str, second: str) -> None:
    assert number(text).readings[1] == Decimal(second)
    assert number(text).nearest(Decimal(second)) == Decimal(second)


@pytest.mark.parametrize(
    "text",
    [
        *("", "abc", "12,,5", "12..5", "1.23.456", "1,2,3", "-5", "0", "0,0", "12,5 km", "1e3", "nan", "∞", "1" * 15),
        *("٣", "5 x 20", "12,5 hay 13", "<b>5</b>", "12;5"),
    ],
)
def test_what_is_no_number_above_zero_has_no_reading(text: str) -> None:
    assert number(text).readings == ()


@pytest.mark.parametrize(("text", "guess"), [("1O,5", "10,5"), ("l2,5", "12,5"), ("5I2", "512"), ("S12", "512")])
def test_a_letter_in_place_of_a_digit_is_guessed_and_never_taken(text: str, guess: str) -> None:
    assert (number(text).readings, number(text).guess) == ((), guess)


@pytest.mark.parametrize(
    "text",
    [
        "12,5; 20,1; 12,5; 20",
        "12,5 20,1 12,5 20",
        "12,5, 20,1, 12,5, 20",
        "12.5, 20.1, 12.5, 20",
        "12,5 m - 20,1 m - 12,5 m - 20 m",
        "12,5\n20,1\n\n12,5\n20\n",
        "12,5m;20,1m;12,5m;20m",
        "1-2: 12,5 m\n2-3: 20,1 m\n3-4: 12,5 m\n4-1: 20 m",
        "1-2 = 12,5; 2-3 = 20,1; 3-4 = 12,5; 4-1 = 20",
        "1\t12,5\n2\t20,1\n3\t12,5\n4\t20",
        "12,5 | 20,1 | 12,5 | 20",
    ],
)
def test_lengths_are_told_apart_however_they_are_listed(text: str) -> None:
    assert [entry.readings[0] for entry in edges(text)] == [Decimal(part) for part in ("12.5", "20.1", "12.5", "20")]


def test_a_garbled_length_keeps_its_place_among_the_good_ones() -> None:
    found = edges("12,5; 2O,1; ?; 20")
    assert [bool(entry.readings) for entry in found] == [True, False, False, True]
    assert (found[1].text, found[1].guess) == ("2O,1", "20,1")


def test_no_text_is_no_length() -> None:
    assert edges(" \n ") == []
