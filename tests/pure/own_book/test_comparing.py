"""Areas and purposes of a red book against the portal's, and the tolerance each is judged by."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from layers import codes
from layers.declare import Words
from layers.report.answers import ParcelCard, Purpose
from layers.report.own_book import tolerances
from layers.report.own_book.comparing import OwnBook, compare
from layers.report.own_book.edges import MapEdge
from layers.report.own_book.lines import Verdict

SQUARE = ((0.0, 0.0), (20.0, 0.0), (20.0, 25.0), (0.0, 25.0), (0.0, 0.0))
RINGS = (tuple(MapEdge(n, Decimal(length)) for n, length in enumerate(("20.00", "25.00", "20.00", "25.00"), 1)),)


def purpose(code: str, vocabulary: str = "2024", area: str | None = None) -> Purpose:
    title = codes.label("land_use", code, vocabulary) or Words(code, code)
    return Purpose(code, vocabulary, title, Decimal(area) if area else None)


PARCEL = ParcelCard(
    feature_id=1, since=1, commune_code="12817", commune="Xã Đông Hưng", sheet_no="45", parcel_no="123",
    old_commune="", old_district="", old_sheet_no="", old_parcel_no="", parcel_code="",
    area_paper_m2=Decimal("512.0"), area_drawn_m2=Decimal("500.0"),
    purposes=(purpose("ONT", area="300.0"), purpose("CLN", area="212.0")),
    map_scale=1000, accuracy_m=0.15, source="", surveyed_on=date(2018, 5, 1), lon=106.3, lat=20.4,
    bounds=(0, 0, 20, 25), polygons=((SQUARE,),), parents=(), children=(),
)  # fmt: skip


def of_purposes(text: str, *purposes: Purpose) -> list[str]:
    parcel = replace(PARCEL, purposes=purposes or PARCEL.purposes)
    return [line.verdict.value for line in compare(OwnBook(purposes=text), parcel, RINGS).purposes]


def test_a_book_that_is_the_portals_agrees_in_every_line() -> None:
    book = OwnBook("512,0", "ONT 300 m² + CLN 212 m²", "20; 25; 20; 25")
    found = compare(book, replace(PARCEL, area_drawn_m2=Decimal("511.8")), RINGS)
    assert found.agrees and not found.differs and not found.is_unread
    assert len(found.lines) == 2 + 2 + 4


def test_the_area_is_compared_with_the_register_exactly_and_with_the_drawing_by_its_accuracy() -> None:
    found = compare(OwnBook(area="512,0"), PARCEL, RINGS)
    assert found.register is not None and found.drawn is not None
    assert found.register.verdict is Verdict.AGREES
    # sigma = 0.15 / sqrt 2; four times the diagonal of 32.02 m squared; twice sigma_A = 6.8 m².
    assert (found.drawn.verdict, found.drawn.allowed) == (Verdict.DIFFERS, Decimal("6.8"))
    assert found.drawn.difference == Decimal("12.0")


@pytest.mark.parametrize(("area", "verdict"), [("512,04", "agrees"), ("512,1", "differs"), ("51,2", "differs")])
def test_the_figure_of_the_register_is_the_same_figure_or_not(area: str, verdict: str) -> None:
    found = compare(OwnBook(area=area), PARCEL, RINGS)
    assert found.register is not None and found.register.verdict == verdict


def test_without_an_area_in_the_register_nobody_says_that_it_differs() -> None:
    found = compare(OwnBook(area="600"), replace(PARCEL, area_paper_m2=None, accuracy_m=None), RINGS)
    assert [line.verdict for line in found.lines] == [Verdict.UNKNOWN, Verdict.UNKNOWN]
    assert not found.differs and not found.agrees


def test_a_garbled_area_is_one_line_and_the_rest_is_compared() -> None:
    found = compare(OwnBook("5l2,0", "ONT; CLN", ""), PARCEL, RINGS)
    assert found.register is not None and found.register.verdict is Verdict.UNREADABLE
    assert found.register.guess == "512,0"
    assert found.drawn is None
    assert [line.verdict for line in found.purposes] == [Verdict.AGREES, Verdict.AGREES]


@pytest.mark.parametrize(
    "text",
    [
        "ONT+CLN",
        "cln, ont",
        "ONT 300m2; CLN 212,0 m²",
        "Đất ở tại nông thôn và đất trồng cây lâu năm",
        "dat o tai nong thon 300 m2, dat trong cay lau nam 212 m2",
        "đất ở tại nông thôn: 300,0 m²\nđất trồng cây lâu năm: 212 m²",
        "ở tại nông thôn; trồng cây lâu năm",
    ],
)
def test_purposes_are_understood_as_codes_or_words(text: str) -> None:
    assert of_purposes(text) == ["agrees", "agrees"]


def test_a_purpose_left_out_and_one_too_many_are_named() -> None:
    assert of_purposes("ONT") == ["agrees", "only-map"]
    assert of_purposes("ONT; CLN; LUC") == ["agrees", "agrees", "only-paper"]


def test_the_area_of_a_purpose_is_compared_too() -> None:
    assert of_purposes("ONT 200; CLN 212") == ["differs", "agrees"]


def test_words_that_are_no_purpose_are_one_line() -> None:
    assert of_purposes("xyz; CLN") == ["unreadable", "agrees", "only-map"]


def test_words_with_several_meanings_decide_nothing() -> None:
    assert of_purposes("đất ở", purpose("ONT")) == ["unknown"]


def test_letters_whose_meaning_moved_decide_nothing() -> None:
    assert of_purposes("RSX", purpose("RSX", "2024")) == ["unknown"]


def test_letters_that_still_mean_the_same_agree_across_lists() -> None:
    assert of_purposes("LUC", purpose("LUC", "TT25-2014")) == ["agrees"]


def test_a_word_of_1995_is_not_translated() -> None:
    assert of_purposes("T", purpose("ONT")) == ["only-paper", "only-map"]


class TestTolerances:
    def test_the_law_holds_for_maps_of_its_time(self) -> None:
        found = tolerances.of_edges(1000, date(2018, 5, 1), 0.5)
        assert found is not None and found.source is not None
        assert (found.of(Decimal(20)), found.of(Decimal("4.99"))) == (Decimal("0.2"), Decimal("0.04"))

    @pytest.mark.parametrize("surveyed_on", [date(2014, 7, 4), date(2025, 1, 15), None])
    def test_another_time_is_judged_by_the_maps_accuracy(self, surveyed_on: date | None) -> None:
        found = tolerances.of_edges(1000, surveyed_on, 0.15)
        assert found is not None
        assert (found.source, found.of(Decimal(20)), found.of(Decimal(2))) == (None, Decimal("0.3"), Decimal("0.3"))

    def test_without_scale_and_accuracy_there_is_none(self) -> None:
        assert tolerances.of_edges(None, date(2018, 5, 1), None) is None
        assert tolerances.of_area(((SQUARE,),), None) is None


@pytest.mark.parametrize("book", [OwnBook(edges="1;" * 300), OwnBook(edges="9" * 5_000), OwnBook(purposes="x" * 5_000)])
def test_more_than_a_parcel_has_is_not_compared(book: OwnBook) -> None:
    assert compare(book, PARCEL, RINGS).too_long


def test_nothing_typed_is_nothing_compared() -> None:
    assert OwnBook(" ", "", "\n").is_empty
    assert compare(OwnBook(), PARCEL, RINGS).lines == ()
