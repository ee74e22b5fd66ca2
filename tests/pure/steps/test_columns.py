from __future__ import annotations

import pytest

from importers.columns import PERSONAL_COLUMNS, is_organisation, match
from importers.reader.personal import Personal
from layers import catalogue
from layers.catalogue import get
from tests.pure.steps.making import typed


def test_columns_are_found_without_case_marks_and_signs() -> None:
    found = match(get("parcels"), ["ma_xa", "Số hiệu tờ bản đồ", "so-thua"], {}, ())
    assert found.columns == {"commune_code": "ma_xa", "sheet_no": "Số hiệu tờ bản đồ", "parcel_no": "so-thua"}


def test_a_name_typed_in_a_vn_font_is_found() -> None:
    assert match(get("parcels"), ["M· x·"], {}, ()).columns == {"commune_code": "M· x·"}


def test_a_name_cut_by_a_dbf_is_found_and_told() -> None:
    found = match(get("parcels"), ["SOTHUTUTHU", "SOHIEUTOBA"], {}, ())
    assert found.columns["parcel_no"] == "SOTHUTUTHU"
    assert "parcel_no" in found.cut


def test_what_an_officer_says_wins() -> None:
    found = match(get("parcels"), ["SHTHUA", "numero"], {"parcel_no": "numero"}, ())
    assert found.columns["parcel_no"] == "numero"


def test_a_column_that_is_not_there_is_told() -> None:
    assert match(get("parcels"), ["A"], {"parcel_no": "B", "colour": "A"}, ()).wrong == {
        "parcel_no": "B",
        "colour": "A",
    }


def test_two_columns_for_one_field_are_told_by_position() -> None:
    found = match(get("parcels"), ["SHTHUA", "SHTHUA_2", "SOTHUA"], {}, ())
    assert found.columns["parcel_no"] == "SHTHUA"
    assert found.rivals["parcel_no"] == ("SHTHUA", "SOTHUA")


@pytest.mark.parametrize(
    "column", ["TENCHU", "Tên chủ", "DIA_CHI", "cccd", "So_CMND", "SODT", "NguoiSD", "SOGCN", "Owner"]
)
def test_personal_columns_are_known(column: str) -> None:
    assert column in Personal(PERSONAL_COLUMNS)


@pytest.mark.parametrize("layer", ["parcels", "map-sheets", "admin-units", "licensed-wells", "groundwater-zones"])
def test_no_field_of_a_layer_counts_as_personal(layer: str) -> None:
    personal = Personal(PERSONAL_COLUMNS)
    fields = catalogue.get(layer).fields
    assert not [name for field in fields for name in (field.name, *field.aliases) if name in personal]


@pytest.mark.parametrize(
    "name",
    [
        "Công ty TNHH Hoa Sen",
        "CÔNG TY CP NƯỚC SẠCH",
        "UBND xã Đông Hưng",
        "HTX Tân Bình",
        "Trường THCS Vũ Tiến",
        "Sở Y tế",
        "Ban quản lý dự án",
        "Golden Rice JSC",
    ],
)
def test_organisations_are_kept(name: str) -> None:
    assert is_organisation(name)


@pytest.mark.parametrize("name", ["Nguyễn Văn Đức", "Hộ ông Trần Văn Công", "Bà Sở", "Đoàn Văn An", "Đình Thị Hoa", ""])
def test_persons_are_not(name: str) -> None:
    assert not is_organisation(name)


def test_every_personal_column_says_what_it_holds() -> None:
    assert len(PERSONAL_COLUMNS) > 50


@pytest.mark.parametrize(
    "field, names",
    [
        ("commune_code", ("MAXA", "KVHCID")),
        ("sheet_no", ("SHTOBD", "TOBD", "SOBANDO", "Tờ", typed("Tờ", "tcvn3"))),
        ("parcel_no", ("SHTHUATAM", "Thửa", typed("Thửa", "tcvn3"))),
    ],
)
def test_numbers_of_sheets_and_parcels_are_known_by_the_heads_that_offices_write(
    field: str, names: tuple[str, ...]
) -> None:
    for name in names:
        assert match(get("parcels"), [name], {}, ()).columns == {field: name}
