"""Values as people read them: Vietnamese 1.234,5 and 24/11/2026, English 1,234.5 and 24 Nov 2026."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import translation

from geoportal.templatetags import portal
from layers.declare import Words
from layers.report.answers import Answer, Attribute, Reason

ROOT = Path(__file__).parents[2]
SPACE = "\u00a0"


@pytest.mark.parametrize(
    ("write", "value", "vi", "en"),
    [
        (portal.number, Decimal("1234.5"), "1.234,5", "1,234.5"),
        (portal.number, 1000000, "1.000.000", "1,000,000"),
        (portal.number, Decimal("0.40"), "0,4", "0.4"),
        (portal.number, Decimal("-2.25"), "\u22122,25", "\u22122.25"),
        (portal.number, Decimal("-0.001"), "0", "0"),
        (portal.number, 100, "100", "100"),
        (portal.area, Decimal("512.0"), "512,0 m²", "512.0 m²"),
        (portal.whole_area, Decimal("300.0"), "300 m²", "300 m²"),
        (portal.metres, Decimal("1.15"), "1,15 m", "1.15 m"),
        (portal.percent, Decimal("37.16"), "37,2 %", "37.2%"),
        (portal.percent, Decimal("0.01"), "0,01 %", "0.01%"),
        (portal.percent, Decimal("99.98"), "99,98 %", "99.98%"),
        (portal.percent, Decimal("100.00"), "100,0 %", "100.0%"),
        (portal.day, date(2026, 11, 4), "04/11/2026", "4 Nov 2026"),
        (portal.degrees, 20.45044, "20,45044", "20.45044"),
    ],
)
def test_a_value_is_written_in_the_readers_style(
    write: Callable[[object], str], value: object, vi: str, en: str
) -> None:
    for language, expected in (("vi", vi), ("en", en)):
        with translation.override(language):
            assert write(value).replace(SPACE, " ") == expected


@pytest.mark.parametrize("write", [portal.number, portal.area, portal.metres, portal.percent, portal.day])
def test_nothing_known_is_written_as_nothing(write: Callable[[object], str]) -> None:
    assert write(None) == ""


def test_the_drawn_area_is_compared_with_the_one_on_paper() -> None:
    with translation.override("vi"):
        assert portal.difference(Decimal("509.6"), Decimal("512.0")).replace(SPACE, " ") == "\u22120,5 %"
        assert portal.difference(Decimal("515.0"), Decimal("512.0")).replace(SPACE, " ") == "+0,6 %"
        assert portal.difference(Decimal("509.6"), None) == ""


@pytest.mark.parametrize("language", ["vi", "en"])
def test_numbers_for_machines_know_no_language(language: str) -> None:
    with translation.override(language):
        assert portal.plain(Decimal("37.20")) == "37.20"
        assert portal.plain(20.45044) == "20.45044"


@pytest.mark.parametrize(
    ("attribute", "vi"),
    [
        (Attribute("a", Words("", ""), True), "Có"),
        (Attribute("a", Words("", ""), False), "Không"),
        (Attribute("a", Words("", ""), date(2026, 1, 31)), "31/01/2026"),
        (Attribute("a", Words("", ""), 12.5, unit="m"), "12,5 m"),
        (Attribute("a", Words("", ""), "in-force", label=Words("Đang có hiệu lực", "In force")), "Đang có hiệu lực"),
        (Attribute("a", Words("", ""), "QĐ 12/2025"), "QĐ 12/2025"),
    ],
)
def test_an_attribute_is_written_by_its_kind(attribute: Attribute, vi: str) -> None:
    with translation.override("vi"):
        assert portal.written(attribute).replace(SPACE, " ") == vi


def test_each_answer_has_its_own_words_in_both_languages() -> None:
    for language in ("vi", "en"):
        with translation.override(language):
            assert len({portal.answer_words(answer) for answer in Answer}) == len(Answer)


@pytest.mark.parametrize("reason", list(Reason))
def test_each_reason_says_that_it_does_not_mean_unaffected(reason: Reason) -> None:
    with translation.override("vi"):
        assert "không có nghĩa là không ảnh hưởng" in portal.reason_words(reason)


def test_a_moment_is_written_by_vietnams_clock_in_the_readers_style() -> None:
    moment = datetime(2026, 11, 20, 0, 5, tzinfo=UTC)
    told = {}
    for language in ("vi", "en"):
        with translation.override(language):
            told[language] = portal.written(Attribute("measured_at", Words("Lúc", "At"), moment))
    assert told == {"vi": "07:05 20/11/2026", "en": "20 Nov 2026 07:05"}


def test_a_unit_that_is_a_word_is_translated() -> None:
    flow = Attribute("flow", Words("Lưu lượng", "Flow"), 120.0, "m³/ngày")
    with translation.override("en"):
        assert portal.written(flow) == f"120{portal.SPACE}m³/day"


def test_the_counts_stand_in_reading_order_with_their_zeros() -> None:
    counted = portal.in_reading_order({Answer.NOT_ASSESSED: 4, Answer.AFFECTED: 1})
    assert counted == [
        (Answer.AFFECTED, 1),
        (Answer.TOO_CLOSE, 0),
        (Answer.NOT_AFFECTED, 0),
        (Answer.NOT_ASSESSED, 4),
    ]


def test_the_name_of_the_legal_document_of_another_office_stands_on_no_page() -> None:
    written = [*(ROOT / "templates").rglob("*.*"), *(ROOT / "geoportal" / "static" / "js").glob("*.js")]
    assert [file.name for file in written if "trích lục" in file.read_text(encoding="utf-8").lower()] == []


def test_no_template_styles_an_element_in_place_which_the_policy_would_block() -> None:
    found = {
        file.name: re.findall(r"\sstyle=|<style|\son[a-z]+=", file.read_text(encoding="utf-8"))
        for file in (ROOT / "templates").rglob("*.html")
    }
    assert {name: marks for name, marks in found.items() if marks} == {}
