"""Coordinate lists: X north, Y east, as offices write them; several outlines, merged heads, several tables."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import shapely

from importers.reader import Reading, Refused, read
from importers.reader.refusals import words

N, E = 2_262_000.0, 587_000.0
SQUARE = [(N, E), (N + 20, E), (N + 20, E + 30), (N, E + 30)]
OTHER = [(N, E + 30), (N + 20, E + 30), (N + 20, E + 50), (N, E + 50)]


def csv_file(folder: Path, text: str, name: str = "goc.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def book(folder: Path, sheets: dict[str, list[list[Any]]], merged: dict[str, list[str]] | None = None) -> Path:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
        for cells in (merged or {}).get(title, []):
            sheet.merge_cells(cells)
    path = folder / "goc.xlsx"
    made.save(path)
    return path


def lines(corners: list[tuple[float, float]], first: int = 1) -> list[list[Any]]:
    return [[first + at, north, east] for at, (north, east) in enumerate(corners)]


def shapes(reading: Reading) -> list[list[tuple[float, float]]]:
    return [shapely.get_coordinates(shape).tolist() for shape in reading.frame.geometry]


def areas(reading: Reading) -> list[float]:
    return [round(shape.area, 1) for shape in reading.frame.geometry]


def refusal(path: Path, **said: Any) -> Refused:
    with pytest.raises(Refused) as refused:
        read(path, **said)
    assert all(words(refused.value)[:1])
    return refused.value


def test_x_is_north_and_y_is_east(tmp_path: Path) -> None:
    reading = read(csv_file(tmp_path, "STT;X;Y\n" + "".join(f"{n};{x};{y}\n" for n, x, y in lines(SQUARE))))
    [shape] = reading.frame.geometry
    assert shape.bounds == (E, N, E + 30, N + 20)
    assert (reading.driver, reading.crs_text) == ("CSV", None)
    assert {notice.code for notice in reading.findings} >= {"crs-missing", "table-read"}


@pytest.mark.parametrize(
    ("north", "east"),
    [
        ("2262000.5", "587000.25"),
        ("2262000,5", "587000,25"),
        ("2.262.000,5", "587.000,25"),
        ("2,262,000.5", "587,000.25"),
        ("2 262 000,5", "587 000,25"),
        ("2'262'000.5", "587'000.25"),
    ],
)
def test_a_number_is_read_as_people_write_it(tmp_path: Path, north: str, east: str) -> None:
    text = f"X\tY\n{north}\t{east}\n2262020\t587000\n2262020\t587030\n"
    assert shapes(read(csv_file(tmp_path, text)))[0][0] == [E + 0.25, N + 0.5]


def test_thousands_without_decimals_are_no_decimals(tmp_path: Path) -> None:
    text = "X\tY\n2.262.000\t587.448\n2.262.020\t587.448\n2.262.020\t587.478\n"
    assert shapes(read(csv_file(tmp_path, text)))[0][0] == [587_448.0, N]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "latin-1"])
def test_any_encoding_of_a_text_table(tmp_path: Path, encoding: str) -> None:
    text = "Th\u00f4n,X,Y\n" + "".join(f"Th\u00f4n \u00e0,{x},{y}\n" for x, y in SQUARE)
    reading = read(csv_file(tmp_path, text, encoding=encoding))
    assert reading.frame["Th\u00f4n"].tolist() == ["Th\u00f4n \u00e0"]
    assert reading.encoding_known is (encoding != "latin-1")


class TestSeveralOutlines:
    def two(self, reading: Reading) -> None:
        assert areas(reading) == [600.0, 400.0]

    @pytest.mark.parametrize(
        "head", ["Thửa", "SHTHUA", "Số thửa", "Thửa đất số", "SOTHUTUTHUA", "Khu vực", "parcel_no"]
    )
    def test_by_a_column(self, tmp_path: Path, head: str) -> None:
        rows = [[head, "X", "Y"], *(["1", *at] for at in SQUARE), *(["2", *at] for at in OTHER)]
        reading = read(book(tmp_path, {"A": rows}))
        self.two(reading)
        assert reading.frame[head].tolist() == ["1", "2"]

    def test_by_a_merged_column(self, tmp_path: Path) -> None:
        rows = [["Thửa", "X", "Y"], *([number, *at] for number, at in zip("1   2   ", SQUARE + OTHER, strict=True))]
        rows = [[cell if cell != " " else None for cell in row] for row in rows]
        reading = read(book(tmp_path, {"A": rows}, {"A": ["A2:A5", "A6:A9"]}))
        self.two(reading)

    def test_by_numbers_of_corners_that_start_again(self, tmp_path: Path) -> None:
        self.two(read(book(tmp_path, {"A": [["Điểm", "X", "Y"], *lines(SQUARE), *lines(OTHER)]})))

    def test_by_a_blank_row(self, tmp_path: Path) -> None:
        self.two(read(book(tmp_path, {"A": [["X", "Y"], *SQUARE, [], *OTHER]})))

    def test_by_a_title(self, tmp_path: Path) -> None:
        rows = [["STT", "X", "Y"], ["Khu 1"], *lines(SQUARE), ["Khu 2"], *lines(OTHER)]
        reading = read(book(tmp_path, {"A": rows}))
        self.two(reading)
        assert reading.frame["outline"].tolist() == ["khu 1", "khu 2"]

    def test_by_the_first_corner_repeated(self, tmp_path: Path) -> None:
        closed = [*SQUARE, SQUARE[0], *OTHER, OTHER[0]]
        self.two(read(book(tmp_path, {"A": [["X", "Y"], *closed]})))

    def test_a_repeated_first_corner_with_its_number_is_no_new_outline(self, tmp_path: Path) -> None:
        rows = [["STT", "X", "Y"], *lines(SQUARE), [1, *SQUARE[0]], *lines(OTHER), [1, *OTHER[0]]]
        self.two(read(book(tmp_path, {"A": rows})))

    def test_in_two_tables_under_each_other(self, tmp_path: Path) -> None:
        rows = [
            ["Bảng 1"],
            ["STT", "X", "Y"],
            *lines(SQUARE),
            ["Tổng", 600],
            [],
            ["Bảng 2"],
            ["STT", "X", "Y"],
            *lines(OTHER),
        ]
        self.two(read(book(tmp_path, {"A": [row for row in rows if row != ["Tổng", 600]]})))

    def test_a_long_list_in_two_blocks_side_by_side_is_one_outline(self, tmp_path: Path) -> None:
        head = ["STT", "X", "Y", "STT", "X", "Y"]
        rows = [head, [1, *SQUARE[0], 3, *SQUARE[2]], [2, *SQUARE[1], 4, *SQUARE[3]]]
        assert areas(read(book(tmp_path, {"A": rows}))) == [600.0]


def test_a_merged_head_of_two_rows_with_units(tmp_path: Path) -> None:
    rows = [
        ["PHỤ LỤC: BẢNG KÊ TỌA ĐỘ"],
        ["Số hiệu", "Tọa độ VN-2000", None, "Diện tích (m²)"],
        [None, "X (m)", "Y (m)", None],
        [None, "(m)", "(m)", None],
        *(["VHC-1", *at, 600] for at in SQUARE),
    ]
    reading = read(book(tmp_path, {"A": rows}, {"A": ["A1:D1", "A2:A3", "B2:C2", "D2:D3"]}))
    assert areas(reading) == [600.0]
    assert reading.frame["Số hiệu"].tolist() == ["VHC-1"]
    assert reading.frame["Diện tích (m²)"].tolist() == ["600"]


def test_rows_of_one_corner_with_their_own_names_are_points(tmp_path: Path) -> None:
    rows = [["Giếng", "X", "Y"], ["G1", *SQUARE[0]], ["G2", *SQUARE[1]]]
    reading = read(book(tmp_path, {"A": rows}))
    assert [shape.geom_type for shape in reading.frame.geometry] == ["Point", "Point"]


def test_longitude_and_latitude_are_known_by_their_names(tmp_path: Path) -> None:
    text = "lat,lon\n20.45,106.34\n20.46,106.34\n20.46,106.35\n"
    assert shapes(read(csv_file(tmp_path, text)))[0][0] == [106.34, 20.45]


def test_a_formula_is_the_text_it_is(tmp_path: Path) -> None:
    rows = [["Thửa", "X", "Y", "Ghi chú"], *(["1", *at, '=HYPERLINK("http://127.0.0.1/x")'] for at in SQUARE)]
    reading = read(book(tmp_path, {"A": rows}))
    assert reading.frame["Ghi chú"].tolist() == ['=HYPERLINK("http://127.0.0.1/x")']


def test_a_formula_is_no_coordinate(tmp_path: Path) -> None:
    said = refusal(book(tmp_path, {"A": [["X", "Y"], *SQUARE, ["=B2+1", 587000]]}))
    assert (said.code, said.detail["row"]) == ("table-number", "6")


def test_personal_columns_stay_behind(tmp_path: Path) -> None:
    rows = [["Thửa", "X", "Y", "Chủ sử dụng"], *(["1", *at, "Nguyễn Văn Bí Mật"] for at in SQUARE)]
    reading = read(book(tmp_path, {"A": rows}), personal=frozenset({"CHUSUDUNG"}))
    assert "Chủ sử dụng" not in reading.frame
    assert reading.dropped_columns == ("Chủ sử dụng",)


def test_a_title_that_may_be_a_name_is_not_kept(tmp_path: Path) -> None:
    rows = [
        ["STT", "X", "Y"],
        ["1. Thửa đất của ông Nguyễn Văn Bí Mật"],
        *lines(SQUARE),
        ["Người lập: Trần Thị Bí Mật"],
    ]
    reading = read(book(tmp_path, {"A": rows}))
    assert "Bí Mật" not in reading.frame.to_csv()
    assert "outline" not in reading.frame


def test_several_sheets_with_tables_are_a_choice(tmp_path: Path) -> None:
    path = book(tmp_path, {"Khu A": [["X", "Y"], *SQUARE], "Ghi chú": [["abc"]], "Khu B": [["X", "Y"], *OTHER]})
    said = refusal(path)
    assert (said.code, said.detail["layers"]) == ("layer-choose", "Khu A, Khu B")
    assert areas(read(path, sublayer="Khu B")) == [400.0]


@pytest.mark.parametrize(
    ("code", "row", "bad"),
    [
        ("table-corner", "4", "2262020;\n"),
        ("table-number", "4", "226202O;587030\n"),
        ("table-number", "4", "1,298179;587030\n"),
        ("table-number", "4", "1e400;587030\n"),
        ("table-number", "4", "NaN1;587030\n"),
    ],
    ids=["one coordinate", "the letter O", "a misplaced comma", "too large", "not a number"],
)
def test_a_corner_that_cannot_be_read_stops_with_its_row(tmp_path: Path, code: str, row: str, bad: str) -> None:
    said = refusal(csv_file(tmp_path, f"X;Y\n2262000;587000\n2262020;587000\n{bad}2262000;587030\n"))
    assert (said.code, said.detail["row"]) == (code, row)


def test_an_outline_of_two_corners_is_refused(tmp_path: Path) -> None:
    rows = [["Thửa", "X", "Y"], *(["1", *at] for at in SQUARE), *(["2", *at] for at in OTHER[:2])]
    assert refusal(book(tmp_path, {"A": rows})).code == "table-short"


@pytest.mark.parametrize("text", ["", " ", "a;b;c\n1;2;3\n", "<OGRVRTDataSource/>", '{"type": "FeatureCollection"}'])
def test_a_text_without_a_corner_table_is_refused(tmp_path: Path, text: str) -> None:
    assert refusal(csv_file(tmp_path, text)).code in {"table-head", "file-empty"}


def test_a_spreadsheet_that_is_none_is_refused(tmp_path: Path) -> None:
    for content in (b"\xd0\xcf\x11\xe0" + bytes(600), b"x;y\n1;2\n"):
        path = tmp_path / "a.xlsx"
        path.write_bytes(content)
        assert refusal(path).code == "content-mismatch"
    archive = tmp_path / "b.xlsx"
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("xl/workbook.xml", "<workbook/>")
    assert refusal(archive).code == "table-broken"


def poisoned(folder: Path, member: str, content: str) -> Path:
    """A good spreadsheet with one of its parts exchanged."""
    good = book(folder, {"A": [["X", "Y"], *SQUARE]})
    out = io.BytesIO()
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, content if name == member else old.read(name))
    path = folder / "xau.xlsx"
    path.write_bytes(out.getvalue())
    return path


CELL = '<worksheet><sheetData><row><c t="inlineStr"><is><t>{}</t></is></c></row></sheetData></worksheet>'
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))


@pytest.mark.parametrize(
    "content",
    [
        f'<!DOCTYPE x [<!ENTITY a0 "ha">{LAUGHS}]>{CELL.format("&a11;")}',
        f'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>{CELL.format("&a;")}',
        "<worksheet><sheetData>" + "<row>" * 5000,
    ],
    ids=["billion laughs", "foreign entity", "never closed"],
)
def test_a_poisoned_sheet_is_refused(tmp_path: Path, content: str) -> None:
    assert refusal(poisoned(tmp_path, "xl/worksheets/sheet1.xml", content)).code in {"table-broken", "table-head"}


def test_a_spreadsheet_that_swells_is_refused_by_its_directory(tmp_path: Path) -> None:
    swollen = "<worksheet>" + " " * 400_000_000
    assert refusal(poisoned(tmp_path, "xl/worksheets/sheet1.xml", swollen)).code == "archive-bomb"


def test_a_text_table_beside_a_shapefile_is_a_note(tmp_path: Path) -> None:
    from tests.pure.reader import making

    parts = making.shapefile_set()
    path = tmp_path / "thua.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for suffix, content in parts.items():
            archive.writestr(f"thua{suffix}", content)
        archive.writestr("ghi chú.csv", "X;Y\n1;2\n")
    assert read(path).ignored == ("ghi chú.csv",)
