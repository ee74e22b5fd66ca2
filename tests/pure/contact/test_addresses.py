"""What is an address, and what is none."""

from __future__ import annotations

import pytest

from contact import addresses


@pytest.mark.parametrize("typed", ["an@example.vn", " an@example.vn ", "a.b+c@sub.example.com"])
def test_an_email_address_is_taken_without_blanks(typed: str) -> None:
    assert addresses.email(typed) == typed.strip()


@pytest.mark.parametrize(
    "typed", ["", "an", "an@", "@x.vn", "an@b", "a b@c.vn", "an@example.vn\nBcc: x@y.vn", "ăn@example.vn"]
)
def test_what_no_letter_could_reach_is_none(typed: str) -> None:
    assert addresses.email(typed) is None


@pytest.mark.parametrize(
    ("typed", "number"),
    [("0912 345 678", "0912345678"), ("+84 912-345-678", "+84912345678"), ("(0227) 3831.234", "02273831234")],
)
def test_a_telephone_number_is_its_digits(typed: str, number: str) -> None:
    assert addresses.phone(typed) == number


@pytest.mark.parametrize("typed", ["", "123", "1" * 20, "0912x345678", "+", "٠٩١٢٣٤٥٦٧٨"])
def test_what_nobody_could_call_is_none(typed: str) -> None:
    assert addresses.phone(typed) is None
