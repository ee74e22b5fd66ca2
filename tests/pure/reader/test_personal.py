"""Personal columns never leave the child process, however their names are written."""

from pathlib import Path

import pytest

from importers.reader import read
from tests.pure.reader import making

PERSONAL = frozenset({"Tên chủ", "địa chỉ", "TENCHUSUDUNG"})


@pytest.mark.parametrize(
    "name",
    ["TENCHU", "Ten_Chu", "tên chủ", "DIACHI", "Dia chi", "TENCHUSUDU", "TEN_CHU_SU"],
)
def test_personal_columns_stay_behind_whatever_their_spelling(tmp_path: Path, name: str) -> None:
    found = read(making.written(tmp_path, "a.geojson", making.collection(making.feature(**{name: "Nguyễn", "n": 1}))),
                 personal=PERSONAL)  # fmt: skip
    assert found.dropped_columns == (name,)
    assert list(found.frame.columns) == ["n", "geometry"]


@pytest.mark.parametrize("raw", ["Tªn chñ", "Teân chuû", "Tên chủ".encode().decode("latin-1")])
def test_personal_columns_of_a_dbf_stay_behind_in_any_encoding_of_the_name(tmp_path: Path, raw: str) -> None:
    fields = [("SHTHUA", "C", 5, 0), ("Q" * 10, "C", 20, 0)]
    files = making.shapefile_set(fields=fields, rows=[("1", "Nguyen")], shapes=[making.square()])
    files[".dbf"] = files[".dbf"].replace(b"Q" * 10, raw.encode("latin-1")[:10].ljust(10, b"\0"))
    found = read(making.sent(tmp_path, files), personal=PERSONAL)
    assert list(found.frame.columns) == ["SHTHUA", "geometry"]


def test_personal_members_of_nested_properties_stay_behind(tmp_path: Path) -> None:
    nested = making.feature(thua={"so": 1, "chu": [{"tenchu": "Nguyễn"}]})
    found = read(making.written(tmp_path, "a.geojson", making.collection(nested)), personal=PERSONAL)
    assert found.frame["thua"][1] == '{"so": 1, "chu": [{}]}'


def test_personal_columns_of_a_geopackage_are_never_selected(tmp_path: Path) -> None:
    found = read(making.geopackage(tmp_path / "a.gpkg"), personal=PERSONAL)
    assert found.dropped_columns == ("TENCHU",)
    assert list(found.frame.columns) == ["SHTHUA", "SOTO", "geometry"]


@pytest.mark.parametrize("name", ["TENXA", "DIENTICHPL", "SHTHUATAM", "TEN"])
def test_columns_about_land_are_no_personal_ones(tmp_path: Path, name: str) -> None:
    path = making.written(tmp_path, "a.geojson", making.collection(making.feature(**{name: "x"})))
    assert read(path, personal=PERSONAL).dropped_columns == ()
