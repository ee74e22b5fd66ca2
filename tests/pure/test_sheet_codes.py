"""Codes of sheets as people type them, and the scale and the grid of the map."""

from __future__ import annotations

import pytest

from exports.sheets import codes
from exports.sheets.scaled_map import SCALES, WIDTH_MM, framed, grid_step, scale_for
from layers.declare import Words
from layers.report.differing import written


def test_codes_are_80_bits_and_do_not_repeat() -> None:
    made = {codes.new_code() for _ in range(2_000)}
    assert len(made) == 2_000
    assert all(codes.understood(code) == code for code in made)


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("7K2M-9QXD-4T6R-W8NB", "7K2M9QXD4T6RW8NB"),
        ("7k2m 9qxd 4t6r w8nb", "7K2M9QXD4T6RW8NB"),
        ("oK2M9QXD4T6RW8Nl", "0K2M9QXD4T6RW8N1"),
        ("7K2M9QXD4T6RW8N", ""),
        ("7K2M9QXD4T6RW8NU", ""),
        ("", ""),
    ],
)
def test_a_code_is_understood_as_it_is_read_aloud(typed: str, understood: str) -> None:
    assert codes.understood(typed) == understood


@pytest.mark.parametrize("size", [3.0, 12.0, 40.0, 90.0, 400.0, 580.0])
def test_the_scale_is_the_largest_that_leaves_room(size: float) -> None:
    bounds = (587_000.0, 2_262_000.0, 587_000.0 + size, 2_262_000.0 + size)
    scale = scale_for(bounds)
    assert 200 <= scale <= 10_000
    larger = [one for one in SCALES if one < scale]
    assert size * 1000 / scale <= 0.56 * 104
    assert all(size * 1000 / one > 0.56 * 104 for one in larger)


@pytest.mark.parametrize("scale", SCALES)
def test_a_frame_is_as_wide_on_the_ground_as_its_scale_says(scale: int) -> None:
    frame = framed((0.0, 0.0, 10.0, 10.0), scale)
    assert frame.box[2] - frame.box[0] == pytest.approx(WIDTH_MM * scale / 1000)
    assert 14 <= grid_step(scale) * 1000 / scale <= 50


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (True, "", Words("có", "yes")),
        (10.0, "m", Words("10 m", "10 m")),
        (5.33, "ha", Words("5,33 ha", "5.33 ha")),
        ("2024-03-15", "", Words("15/03/2024", "2024-03-15")),
        ("21/QĐ", "", Words("21/QĐ", "21/QĐ")),
        (None, "", Words("", "")),
    ],
)
def test_values_of_a_difference_read_as_people_write_them(value: object, unit: str, words: Words) -> None:
    assert written(value, unit) == words
