"""The command: a survey file goes in, is told about in plain words, and stands in the table only when asked for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import geopandas
import pytest
import shapefile
import shapely
from django.core.management import call_command
from pyproj import CRS

from importers.publish import Delivery, publish
from layers import catalogue
from layers.ground.admin_units import ADMIN_UNITS, NEW
from layers.ground.parcels import Parcel
from layers.revisions import Revision
from tests.database import deliveries
from tests.database.deliveries import COMMUNE, OUTLINE, SHARED, box, in_tcvn3

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def commune() -> Iterator[None]:
    """One commune with a shape is published; the rest of the province has none yet."""
    unit = {"edition": NEW, "code": COMMUNE, "name": "Thái Ninh", "level": "xã"}
    unit |= {"province_code": "33", "province": "Hưng Yên"}
    frame = geopandas.GeoDataFrame([unit], geometry=[shapely.MultiPolygon([OUTLINE])], crs=9209)
    publish(ADMIN_UNITS, [frame], Delivery("test", "0", "test"))
    yield


def run(*words: object, code: int = 0) -> str:
    """Run the command; what it said on both streams. It must end with that code."""
    out = StringIO()
    try:
        call_command("import_layer", *map(str, words), stdout=out, stderr=out)
        ended = 0
    except SystemExit as end:
        ended = int(str(end.code))
    assert ended == code, out.getvalue()
    return out.getvalue()


def standing() -> list[Parcel]:
    return list(Parcel.objects.filter(until__isnull=True).order_by("parcel_no"))


def everything_stored(model: Any) -> str:
    return json.dumps(list(model.objects.values()), default=str, ensure_ascii=False)


def test_without_publish_nothing_is_written(commune: None, tmp_path: Path) -> None:
    said = run("parcels", deliveries.parcels(tmp_path / "thua"))
    assert "Chưa công bố" in said
    assert standing() == []


def test_a_shapefile_without_prj_is_understood_and_published(commune: None, tmp_path: Path) -> None:
    said = run("parcels", deliveries.parcels(tmp_path / "thua"), "--publish", "--source", "Đo đạc 2025")
    assert "EPSG:9209" in said
    assert [(p.sheet_no, p.parcel_no, p.land_use) for p in standing()] == [("45", str(n), "ONT") for n in range(1, 6)]
    assert [purpose["code"] for purpose in standing()[0].purposes] == ["ONT", "CLN"]
    drawn = shapely.from_wkb(bytes(standing()[0].geom.wkb))
    assert shapely.hausdorff_distance(drawn, box(0)) < 0.001
    assert standing()[0].source == "Đo đạc 2025"


def test_a_name_in_the_file_is_nowhere_afterwards(commune: None, tmp_path: Path) -> None:
    said = run("parcels", deliveries.parcels(tmp_path / "thua"), "--publish")
    assert "TENCHU" in said
    stored = everything_stored(Parcel) + everything_stored(Revision)
    for trace in ("Bí Mật", "BÝ MËt", in_tcvn3("Nguyễn")):
        assert trace not in said + stored


def test_the_history_names_the_console_and_what_was_decided(commune: None, tmp_path: Path) -> None:
    run("parcels", deliveries.parcels(tmp_path / "thua"), "--publish", "--crs", "105°30'", "--accept", "area-differs")
    revision = Revision.objects.get(layer="parcels")
    assert "by the operator at the console" in revision.publisher
    assert "--crs 105°30'" in revision.note
    assert "--accept area-differs" in revision.note
    assert revision.delivery_name == "thua.shp"


def test_the_same_file_twice_changes_nothing_and_says_so(commune: None, tmp_path: Path) -> None:
    file = deliveries.parcels(tmp_path / "thua")
    run("parcels", file, "--publish")
    said = run("parcels", file, "--publish")
    assert "không thay đổi gì" in said
    assert "file-seen" in said
    assert Revision.objects.filter(layer="parcels").count() == 1


def test_one_changed_parcel_is_one_change(commune: None, tmp_path: Path) -> None:
    run("parcels", deliveries.parcels(tmp_path / "one"), "--publish")
    kinds = ["ONT+CLN", "LUC", *["ONT+CLN"] * 3]
    run("parcels", deliveries.parcels(tmp_path / "two", KHLOAIDAT=kinds), "--publish")
    revision = Revision.objects.filter(layer="parcels").latest("number")
    assert (revision.added, revision.changed, revision.removed) == (0, 1, 0)


def test_many_lost_rows_are_a_decision(commune: None, tmp_path: Path) -> None:
    run("parcels", deliveries.parcels(tmp_path / "whole"), "--publish")
    cut = deliveries.parcels(tmp_path / "cut", count=2)
    assert "rows-lost" in run("parcels", cut, "--publish", code=1)
    assert len(standing()) == 5
    run("parcels", cut, "--publish", "--accept", "rows-lost", "gone-unexplained")
    assert len(standing()) == 2


def test_values_that_a_leaner_file_would_empty_are_a_decision(commune: None, tmp_path: Path) -> None:
    rich = deliveries.parcels(tmp_path / "rich", MATHUADAT=[f"w7es7ff3vvh{at}" for at in range(5)])
    run("parcels", rich, "--publish")
    assert "parcel_code" in run("parcels", deliveries.parcels(tmp_path / "lean"), "--publish", code=1)
    assert standing()[0].parcel_code == "w7es7ff3vvh0"


def test_a_fault_keeps_everything_out(commune: None, tmp_path: Path) -> None:
    overlapping = deliveries.parcels(tmp_path / "thua", shapes=[box(0, width=25), box(1), box(2)])
    said = run("parcels", overlapping, "--publish", code=1)
    assert "overlap" in said
    assert f"{COMMUNE} / 45 / 1" in said
    assert standing() == []


def test_publishing_at_the_console_can_be_forbidden(commune: None, tmp_path: Path, settings: Any) -> None:
    settings.CONSOLE_MAY_PUBLISH = False
    file = deliveries.parcels(tmp_path / "thua")
    assert "CONSOLE_MAY_PUBLISH" in run("parcels", file, "--publish", code=1)
    assert standing() == []
    run("parcels", file)


def test_an_unknown_layer_is_answered_with_the_list() -> None:
    said = run("nothing", "x.shp", code=1)
    assert all(layer.slug in said for layer in catalogue.every())


def test_a_decision_nobody_asks_for_is_answered_with_the_list(tmp_path: Path) -> None:
    said = run("parcels", tmp_path / "x.shp", "--accept", "overlap", code=1)
    assert "area-differs" in said


def test_a_missing_file_is_one_sentence_in_either_language(tmp_path: Path) -> None:
    assert "Không tìm thấy tệp" in run("parcels", tmp_path / "no.shp", code=1)
    assert str(tmp_path) not in run("parcels", tmp_path / "no.shp", "--lang", "en", code=1)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.shp", b""),
        ("vrt.shp", b"<OGRVRTDataSource><OGRVRTLayer name='x'/></OGRVRTDataSource>"),
        ("cut.zip", b"PK\x03\x04"),
        ("noise.gpkg", bytes(range(256)) * 20),
    ],
)
def test_bad_files_end_in_a_sentence_with_a_code(name: str, content: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    said = run("parcels", tmp_path / name, code=1)
    assert ": " in said.strip().splitlines()[0]
    assert "Traceback" not in said
    assert str(tmp_path) not in said


def test_signs_that_move_a_cursor_never_reach_the_terminal(commune: None, tmp_path: Path) -> None:
    kinds = ["ONT", "\x9b2J\x1b[31mONT", "ONT", "ONT", "ONT"]
    said = run("parcels", deliveries.parcels(tmp_path / "thua", KHLOAIDAT=kinds), code=1)
    assert not {"\x1b", "\x9b"} & set(said)


def test_zones_in_tcvn3_arrive_in_vietnamese(commune: None, tmp_path: Path) -> None:
    file = deliveries.shapefile_of(
        tmp_path / "vung",
        [box(0), box(0, width=500)],
        {
            "SOHIEU": ["V1", "V2"],
            "TENVUNG": [in_tcvn3("Vùng hạn chế Đông Hưng"), in_tcvn3("Vùng hạn chế Tiền Hải")],
            "LOAIVUNG": ["1.0", "2.0"],
            "TANGCN": ["qp", "qh"],
            "NGAYQD": ["31/12/2024", "2025-01-15"],
            "SAUTU": ["10,5", "20,25"],
        },
        prj=CRS(9209).to_wkt("WKT1_ESRI"),
    )
    run("groundwater-zones", file, "--publish", "--accuracy", "10")
    model: Any = catalogue.get("groundwater-zones").model
    zones = model.objects.order_by("code")
    assert [zone.name for zone in zones] == ["Vùng hạn chế Đông Hưng", "Vùng hạn chế Tiền Hải"]
    assert [zone.depth_from_m for zone in zones] == [10.5, 20.25]
    assert [str(zone.decision_date) for zone in zones] == ["2024-12-31", "2025-01-15"]
    assert {zone.state for zone in zones} == {"in-force"}
    assert {zone.accuracy_m for zone in zones} == {10}


def test_bank_lines_and_wells_arrive_too(commune: None, tmp_path: Path) -> None:
    prj = CRS(9209).to_wkt("WKT1_ESRI")
    bank = shapely.LineString([box(0).centroid, box(9).centroid])
    columns = {"SOHIEU": ["L1"], "TEN": ["Bo song"], "SONG": ["Tra Ly"], "RONG": ["20.0"]}
    run(
        "source-corridors",
        deliveries.shapefile_of(tmp_path / "bo", [bank], columns, shapefile.POLYLINE, prj),
        "--publish",
    )
    columns = {
        "SOHIEU": ["G1", "G2"], "TEN": ["Gieng 1", "Gieng 2"], "CHUGP": ["UBND xa Thai Ninh", "Nguyen Van Bi Mat"],
    }  # fmt: skip
    wells = deliveries.shapefile_of(tmp_path / "g", [box(0).centroid, box(1).centroid], columns, shapefile.POINT, prj)
    said = run("licensed-wells", wells, "--publish")
    model: Any = catalogue.get("licensed-wells").model
    assert [well.holder for well in model.objects.order_by("code")] == ["UBND xa Thai Ninh", ""]
    assert "Bi Mat" not in said + everything_stored(model)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared test data are not beside the repository")
def test_a_real_cadastre_spoiled_like_a_survey_file_is_found_in_the_table(commune: None, tmp_path: Path) -> None:
    """4,241 parcels, TCVN3, no .prj, numbers as floats, an old code of 1995, names of owners."""
    shapes, numbers = deliveries.french_parcels_in_thai_binh()
    kinds = [in_tcvn3(["ONT+CLN", "LUC", "NĐ", "DGT", "ONT"][at % 5]) for at in range(len(shapes))]
    file = deliveries.parcels(
        tmp_path / "thua",
        shapes=shapes,
        SHBANDO=[sheet for sheet, _ in numbers],
        SHTHUA=[f"{number}.0" for _, number in numbers],
        KHLOAIDAT=kinds,
    )
    assert "purpose-retired" in run("parcels", file, "--publish", code=1)
    assert "sliver" in run("parcels", file, "--publish", "--accept", "purpose-retired", code=1)
    run("parcels", file, "--publish", "--accept", "purpose-retired", "sliver")
    assert Parcel.objects.count() == len(shapes)
    sheet, number = numbers[2]
    parcel = Parcel.objects.get(commune_code=COMMUNE, sheet_no=sheet, parcel_no=str(number))
    assert parcel.land_use == "NĐ"
    assert parcel.geom.area == pytest.approx(shapes[2].area, rel=1e-6)


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared test data are not beside the repository")
@pytest.mark.parametrize(
    ("file", "options", "code"),
    [
        ("cadastre_fr_91216_parcels.geojson", ["--map", "sheet_no=section", "parcel_no=numero"], "outside-province"),
        ("cambridge_parcels_fy2013.topojson", [], "crs-nowhere"),
    ],
)
def test_raw_files_of_other_countries_are_told_to_lie_outside(file: str, options: list[str], code: str) -> None:
    said = run("parcels", SHARED / file, "--set", f"commune_code={COMMUNE}", *options, code=1)
    assert code in said
    assert "ngoài tỉnh" in said
