"""Text that fills a DBF field narrower than 254 bytes: told where it was cut, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from importers.keeping import keep, kept
from importers.pipeline import context_of, first_look
from importers.reader import read
from importers.steps.context import Choices, Ground
from importers.text.cut import brimming, ends_inside_a_word
from layers import catalogue
from tests.database.deliveries import box, in_tcvn3, shapefile_of
from tests.pure.steps.making import codes, only, typed

NAMES = [
    "Vùng hạn chế giếng khoan Đông Hưng",
    "Vùng hạn chế giếng khoan Tiền Hải",
    "Vùng cấm khoan thôn Đông Thượng",
    "Vùng hạn chế nước mặn Thái Thụy",
    "Vùng cấm Quỳnh Phụ",
    "Vùng đệm Vũ Thư",
]


def cut(texts: list[str], width: int, encoding: str = "tcvn3") -> list[str]:
    return [typed(text, encoding)[:width].rstrip() for text in texts]


@pytest.mark.parametrize(("encoding", "width"), [("tcvn3", 20), ("tcvn3", 23), ("utf-8", 27), ("utf-8", 30)])
def test_names_cut_by_their_field_are_told(encoding: str, width: int) -> None:
    told = brimming(cut(NAMES, width, encoding), width, encoding)
    assert len(told) >= 2 and all(len(value) == width for value in told)


@pytest.mark.parametrize(
    ("values", "width"),
    [
        (["12817", "12826", "12790"], 5),  # a commune's code
        (["ONT+CLN", "LUC+NTS", "ONT+NTS"], 7),
        (["10-728 494", "10-728 495", "10-728 496"], 10),  # a national sheet code has a blank, and no word
        (["Loại 1", "Loại 2", "Loại 3"], 6),
        (["20/11/2026", "21/11/2026"], 10),
        (["Khu A", "Khu B", "Khu C", "Khu D"], 5),
        (NAMES, max(map(len, NAMES))),  # a field made as wide as its longest text
        (["Công ty TNHH", "Công ty TNHH", "Xã"], 12),
        (["Thôn Đông", "Thôn Đoài"], 9),  # two that happen to fill it
        ([*NAMES[:1], None, ""], 20),
    ],
)
def test_codes_and_fields_as_wide_as_their_longest_text_are_not(values: list[str | None], width: int) -> None:
    assert brimming([value and in_tcvn3(value) for value in values], width, "tcvn3") == set()


def test_one_name_in_every_row_is_told_only_where_it_ends_inside_a_word() -> None:
    whole, torn = typed("Vùng hạn chế", "tcvn3"), typed("Vùng hạn chế giếng k", "tcvn3")
    assert brimming([whole] * 9, len(whole), "tcvn3") == set()
    assert brimming([torn] * 9, len(torn), "tcvn3") == {torn}
    assert brimming([torn], len(torn), "tcvn3") == set()


def test_words_of_another_language_end_nowhere() -> None:
    assert not ends_inside_a_word("Groundwater protection zo")
    assert ends_inside_a_word("Vùng bảo vệ ngu" + "ồ" + "nz")


def test_widths_come_from_the_file_and_are_kept_with_the_columns(tmp_path: Path) -> None:
    names = cut([name for name in NAMES for _ in range(2)], 20)
    columns = {"MASO": [f"HC-{at}" for at in range(len(names))], "TENVUNG": names}
    shp = shapefile_of(tmp_path / "vung", [box(at) for at in range(len(names))], columns, widths={"TENVUNG": 20})
    reading = read(shp)
    assert reading.widths == {"MASO": 80, "TENVUNG": 20}
    layer, choices = catalogue.get("groundwater-zones"), Choices(crs="EPSG:9209")
    keep(reading, layer, choices, tmp_path / "kept")
    again = kept(tmp_path / "kept")
    for one in (reading, again):
        told = first_look(one.frame, context_of(one, layer, choices, Ground()))
        finding = only(told, "text-fills")
        assert (finding.severity, finding.field, finding.detail["count"]) == ("warn", "name", "6")
        assert "đầy đúng 20 byte của cột, như “…Vùng hạn chế giếng k”" in finding.sentence
    narrow = context_of(reading, layer, Choices(crs="EPSG:9209", mapping={"name": "MASO"}), Ground())
    assert "text-fills" not in codes(first_look(reading.frame, narrow))
