"""A table of corners as people paste it: read exactly, or refused with the line and the reason."""

from __future__ import annotations

import pytest

from layers.sites import corners, edges
from layers.sites.corners import Corner
from layers.sites.troubles import TROUBLES, SiteTrouble

PLACES = [(583456.78, 2260123.45), (583467.9, 2260125.12), (583467.9, 2260115.12)]
SPELLINGS = {
    "spaces and an edge column": """
        1 2260123.45 583456.78 11.24
        2 2260125.12 583467.90 10.00
        3 2260115.12 583467.90 13.90""",
    "semicolons, decimal comma": "1;2260123,45;583456,78\n2;2260125,12;583467,90\n3;2260115,12;583467,90",
    "commas as in CSV": "1,2260123.45,583456.78\n2,2260125.12,583467.90\n3,2260115.12,583467.90",
    "commas for everything": "2260123,45,583456,78\n2260125,12,583467,90\n2260115,12,583467,90",
    "thousand points": "1\t2.260.123,45\t583.456,78\n2\t2.260.125,12\t583.467,90\n3\t2.260.115,12\t583.467,90",
    "thousand commas": "1 | 2,260,123.45 | 583,456.78\n2 | 2,260,125.12 | 583,467.90\n3 | 2,260,115.12 | 583,467.90",
    "thousand spaces, east first": """STT  Y(m)  X(m)
        1  583 456,78  2 260 123,45
        2  583 467,90  2 260 125,12
        3  583 467,90  2 260 115,12""",
    "labelled": """Hệ tọa độ VN-2000, KTT 105°30', múi chiếu 3°
        Điểm 1: X = 2260123.45; Y = 583456.78
        Điểm 2: X = 2260125.12; Y = 583467.90
        Điểm 3: X = 2260115.12; Y = 583467.90""",
    "one column after the other": "X\n2260123.45\n2260125.12\n2260115.12\nY\n583456.78\n583467.90\n583467.90",
    "a cell a line": "1\n2260123.45\n583456.78\n2\n2260125.12\n583467.90\n3\n2260115.12\n583467.90",
    "a zone number before Y": "18583456.78 2260123.45\n18583467.90 2260125.12\n18583467.90 2260115.12",
    "lengths between the lines": "1 2260123.45 583456.78\n  11,24\n2 2260125.12 583467.90\n3 2260115.12 583467.90",
    "an area above the table": """Diện tích 123456,7 m2
        1 2260123.45 583456.78
        2 2260125.12 583467.90
        3 2260115.12 583467.90""",
}


@pytest.mark.parametrize("text", SPELLINGS.values(), ids=SPELLINGS.keys())
def test_every_spelling_reads_the_same_corners(text: str) -> None:
    table = corners.read(text)
    assert [(corner.x, corner.y) for corner in table.corners] == PLACES


def test_a_table_says_its_own_system_order_lengths_and_fineness() -> None:
    labelled = corners.read(SPELLINGS["labelled"])
    assert (labelled.hints.meridian, labelled.hints.zone_width, labelled.decimals) == (105.5, 3, 2)
    assert [corner.label for corner in labelled.corners] == ["1", "2", "3"]
    assert corners.read(SPELLINGS["spaces and an edge column"]).lengths == (11.24, 10.0, 13.9)
    assert not corners.read(SPELLINGS["thousand spaces, east first"]).north_first
    assert corners.read(SPELLINGS["a zone number before Y"]).zone == "18"


@pytest.mark.parametrize(
    "text",
    [
        "1 20.450440 106.340480\n2 20.450540 106.340480\n3 20.450540 106.340680",
        "106,340480; 20,450440\n106,340480; 20,450540\n106,340680; 20,450540",
        "1. 20°27'01.584\"B 106°20'25.728\"Đ\n2. 20°27'01.944\"B 106°20'25.728\"Đ\n3. 20°27'01.944\"B 106°20'26.448\"Đ",
    ],
    ids=["decimal", "longitude first", "sexagesimal"],
)
def test_degrees_are_read_as_degrees(text: str) -> None:
    table = corners.read(text)
    assert table.in_degrees
    assert [(round(corner.x, 6), round(corner.y, 6)) for corner in table.corners] == [
        (106.34048, 20.45044),
        (106.34048, 20.45054),
        (106.34068, 20.45054),
    ]


REST = "\n2 2260125.12 583467.90\n3 2260115.12 583467.90"


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("1 226O123.45 583456.78" + REST, "garbled", {"line": 1, "text": "226O123.45", "meant": " (2260123.45?)"}),
        ("1 1,298179 583456" + REST, "garbled", {"line": 1, "text": "1,298179", "meant": " (1298179?)"}),
        ("1 2260123.45 58356.78" + REST, "garbled", {"line": 1, "text": "58356.78"}),
        ("1 22601233.45 583456.78" + REST, "garbled", {"line": 1, "text": "22601233.45"}),
        ("1 2260123.45.1 583456.78" + REST, "garbled", {"line": 1}),
        ("1 2260123.45" + REST, "no-partner", {"line": 1, "missing": "Y"}),
        ("1 2260123.45 583456.78\n2 2260125.12 583467.90\n4 2260115.12 583467.90", "missing-corner", {"before": 2}),
        ("M1 2260123 583456\n20.4561 106.3455", "mixed-systems", {"degrees": 2, "metres": 1}),
        ("xin chào", "no-corners", {}),
        ("", "no-corners", {}),
        ("1 2260123.45 583456.78\n" * 10_001, "too-many-rows", {"limit": 10_000}),
    ],
)
def test_what_cannot_be_read_is_refused_with_line_and_reason(text: str, code: str, words: dict[str, object]) -> None:
    with pytest.raises(SiteTrouble) as refused:
        corners.read(text)
    assert refused.value.code == code
    assert words.items() <= refused.value.words.items()
    assert "{" not in refused.value.sentence


SQUARE = [
    Corner(0, 0, 1, "1"),
    Corner(10, 0, 2, "2"),
    Corner(10, 20, 3, "3"),
    Corner(0, 20, 4, "4"),
    Corner(0, 0, 1, "1"),
]


def test_edge_lengths_agree_beside_the_corner_they_begin_or_end_at() -> None:
    for said in ([10, 20, 10, 20], [20, 10, 20, 10]):
        note = edges.compared(SQUARE, said)
        assert note is not None
        assert note.code == "edges-agree"


def test_one_edge_that_differs_names_the_mistyped_corner() -> None:
    with pytest.raises(SiteTrouble) as refused:
        edges.compared(SQUARE, [10, 20.9, 10, 20])
    assert "Cạnh 2–3 ghi 20,90 m nhưng tính từ tọa độ được 20,00 m." in refused.value.sentence


def test_numbers_that_are_no_lengths_are_told_and_not_used() -> None:
    for said in ([1.5, 2.5], [1.1, 2.2, 3.3, 4.4]):
        note = edges.compared(SQUARE, said)
        assert note is not None
        assert note.code == "edges-not-used"


def test_every_sentence_says_something_in_both_languages() -> None:
    from django.utils.translation import override

    for words in TROUBLES.values():
        with override("vi"):
            vietnamese = str(words)
        with override("en"):
            assert str(words) != vietnamese
