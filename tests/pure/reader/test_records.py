"""Tables of a layer without shapes: a row is a record, under the head of the first filled row."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from importers.reader import Refused, read


def written(folder: Path, text: str) -> Path:
    file = folder / "thu-tuc.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_each_row_is_a_record_of_text_without_a_shape(tmp_path: Path) -> None:
    reading = read(written(tmp_path, "\ncode;name\n1.01;Tách thửa\n1.02;\n\n1.03;Hợp thửa\n"), shapes=False)
    assert reading.frame["code"].tolist() == ["1.01", "1.02", "1.03"]
    assert reading.frame["name"].tolist() == ["Tách thửa", None, "Hợp thửa"]
    assert reading.frame.index.tolist() == [1, 2, 3]
    assert reading.frame.geometry.isna().all()


def test_a_formula_stays_the_text_it_is(tmp_path: Path) -> None:
    assert read(written(tmp_path, "code,name\n1,=1+1\n"), shapes=False).frame["name"].tolist() == ["=1+1"]


def test_a_personal_column_never_leaves_the_reader(tmp_path: Path) -> None:
    reading = read(
        written(tmp_path, "code,CHUSUDUNG\n1,Nguyễn Văn A\n"), shapes=False, personal=frozenset({"chusudung"})
    )
    assert [name for name in reading.frame.columns if name != "geometry"] == ["code"]
    assert reading.dropped_columns == ("CHUSUDUNG",)


@pytest.mark.parametrize("text", ["code,name\n", "\n \n"], ids=["only a head", "nothing"])
def test_a_table_without_rows_is_refused_in_words(tmp_path: Path, text: str) -> None:
    with pytest.raises(Refused) as refusal:
        read(written(tmp_path, text), shapes=False)
    assert refusal.value.code == "table-empty"


def test_of_several_sheets_one_must_be_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for sheet in (book.active, book.create_sheet("Phí")):
        sheet.append(["code", "name"])
        sheet.append(["1", sheet.title])
    book.save(file := tmp_path / "thu-tuc.xlsx")
    with pytest.raises(Refused) as refusal:
        read(file, shapes=False)
    assert refusal.value.code == "layer-choose"
    assert read(file, shapes=False, sublayer="Phí").frame["name"].tolist() == ["Phí"]
