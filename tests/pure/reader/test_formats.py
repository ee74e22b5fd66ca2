"""Good files come out whole: every row, every shape, every text as it was written."""

import json
import shutil
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import shapely

from importers.reader import Limits, Reading, Refused, read
from tests.pure.reader import making


def codes(reading: Reading) -> set[str]:
    return {notice.code for notice in reading.findings} - {"no-network-namespace"}


PRJ = b'PROJCS["VN_2000_105do30",GEOGCS["x",DATUM["d",SPHEROID["s",6378137,298.257223563]]]]'


@pytest.fixture
def parcels() -> making.Files:
    return making.shapefile_set() | {".prj": PRJ}


def test_a_zipped_shapefile_comes_out_with_rows_from_1_and_text_columns(tmp_path: Path, parcels: making.Files) -> None:
    found = read(making.sent(tmp_path, parcels))
    assert found.driver == "ESRI Shapefile"
    assert found.frame.index.tolist() == [1, 2, 3]
    assert found.frame.index.name == "row"
    assert found.frame["SHTHUA"].tolist() == ["1", "2", "3"]
    assert found.frame["DIENTICH"].tolist() == ["420.25"] * 3
    assert [shape.equals(making.square(at)) for at, shape in enumerate(found.frame.geometry)] == [True] * 3
    assert found.crs_text == PRJ.decode()
    assert found.frame.crs is None
    assert not found.encoding_known
    assert not codes(found)


@pytest.mark.parametrize("case", [str.lower, str.upper])
def test_a_bare_shapefile_brings_its_siblings_whatever_their_case(
    tmp_path: Path, parcels: making.Files, case: Callable[[str], str]
) -> None:
    for suffix, content in parcels.items():
        making.written(tmp_path, "thua" + case(suffix), content)
    making.written(tmp_path, "other.dbf", b"not ours")
    found = read(tmp_path / ("thua" + case(".shp")))
    assert len(found.frame) == 3
    assert found.crs_text == PRJ.decode()
    assert "other.dbf" not in found.members + found.ignored


def test_a_folder_of_parts_is_read_and_its_other_files_are_listed(tmp_path: Path, parcels: making.Files) -> None:
    for name, content in {"THUA.SHP": ".shp", "thua.dbf": ".dbf", "Thua.shx": ".shx"}.items():
        making.written(tmp_path, name, parcels[content])
    making.written(tmp_path, "thua.shp.xml", b"<x/>")
    found = read(tmp_path)
    assert len(found.frame) == 3
    assert set(found.members) == {"THUA.SHP", "thua.dbf", "Thua.shx"}
    assert found.ignored == ("thua.shp.xml",)


def test_the_same_bytes_have_the_same_hash_whatever_the_folder(tmp_path: Path, parcels: making.Files) -> None:
    hashes = []
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        for suffix, content in parcels.items():
            making.written(folder, "thua" + suffix, content)
        hashes.append(read(folder).sha256)
    assert hashes[0] == hashes[1]


def test_dbf_bytes_come_out_one_sign_a_byte(tmp_path: Path) -> None:
    raw = "L\xad\xeeng \xa7\xd7nh\xa0"  # TCVN3: the soft hyphen is the letter ư, and only blanks are padding
    files = making.shapefile_set(fields=[("TEN", "C", 20, 0)], rows=[(raw,)], shapes=[making.square()])
    found = read(making.sent(tmp_path, files | {".cpg": b"1258"}))
    assert found.frame["TEN"].tolist() == [raw]
    assert found.declared_encoding == "1258"


def test_numbers_of_a_dbf_stay_as_typed_also_when_they_are_none(tmp_path: Path) -> None:
    files = making.shapefile_set(fields=[("DIENTICH", "C", 8, 0)], rows=[("  12.50",), ("1e400",), ("********",)])
    files[".dbf"] = files[".dbf"].replace(b"DIENTICH\0\0\0C", b"DIENTICH\0\0\0N")
    found = read(making.sent(tmp_path, files))
    assert found.frame["DIENTICH"].tolist() == ["12.50", "1e400", "********"]


def test_null_shapes_stay_as_rows_without_a_shape(tmp_path: Path) -> None:
    files = making.shapefile_set(shapes=[making.square(), None, making.square(2)])
    found = read(making.sent(tmp_path, files))
    assert found.frame.geometry.isna().tolist() == [False, True, False]


def test_deleted_rows_are_skipped_counted_and_the_others_keep_their_numbers(
    tmp_path: Path, parcels: making.Files
) -> None:
    table = parcels[".dbf"]
    head, width = struct.unpack_from("<HH", table, 8)
    parcels[".dbf"] = making.patch(table, head + width, "c", b"*")
    found = read(making.sent(tmp_path, parcels))
    assert found.frame.index.tolist() == [1, 3]
    assert found.frame["SHTHUA"].tolist() == ["1", "3"]
    assert found.frame.geometry[3].equals(making.square(2))
    assert next(n for n in found.findings if n.code == "rows-deleted").detail == {"count": "1", "rows": "2"}


def test_two_fields_of_one_name_are_kept_apart_and_told(tmp_path: Path) -> None:
    fields = [("TEN", "C", 5, 0), ("TEM", "C", 5, 0)]
    files = making.shapefile_set(fields=fields, rows=[("a", "b")], shapes=[making.square()])
    files[".dbf"] = files[".dbf"].replace(b"TEM", b"TEN")
    found = read(making.sent(tmp_path, files))
    assert found.frame[["TEN", "TEN#2"]].iloc[0].tolist() == ["a", "b"]
    assert "field-renamed" in codes(found)


@pytest.mark.parametrize("kind", [11, 13, 15, 18, 21, 23, 25, 28])
def test_shapes_with_heights_or_measures_come_out_flat_and_told(tmp_path: Path, kind: str) -> None:
    points = [[EAST, NORTH, 1.0, 2.0] for EAST, NORTH in ((1.0, 1.0), (1.0, 9.0), (9.0, 9.0), (1.0, 1.0))]
    method = {11: "pointz", 21: "pointm", 13: "linez", 23: "linem", 15: "polyz", 25: "polym"}
    method |= {18: "multipointz", 28: "multipointm"}
    import io

    import shapefile

    parts = {suffix: io.BytesIO() for suffix in ("shp", "shx", "dbf")}
    with shapefile.Writer(**parts, shapeType=kind) as writer:
        writer.field("A", "C", 3)
        writer.record("x")
        if kind in (11, 21):
            getattr(writer, method[kind])(*points[0][: 4 if kind == 11 else 3])
        else:
            getattr(writer, method[kind])(points if kind in (18, 28) else [points])
    found = read(making.sent(tmp_path, {f".{suffix}": part.getvalue() for suffix, part in parts.items()}))
    assert not shapely.has_z(found.frame.geometry.values).any()
    assert not found.frame.geometry.is_empty.any()
    assert "height-dropped" in codes(found)


def test_a_polygon_with_a_hole_and_one_of_two_parts_are_put_together(tmp_path: Path) -> None:
    holed = making.square().difference(shapely.buffer(making.square().centroid, 3))
    double = shapely.MultiPolygon([making.square(1), making.square(2)])
    found = read(making.sent(tmp_path, making.shapefile_set(shapes=[holed, double])))
    assert [shape.equals(wanted) for shape, wanted in zip(found.frame.geometry, (holed, double), strict=True)]
    assert found.frame.geometry.area.round(3).tolist() == [round(holed.area, 3), round(double.area, 3)]


def test_geojson_texts_stay_as_written(tmp_path: Path) -> None:
    text = json.dumps(making.collection(making.feature(a="12.50", b=0, c=None, d=True, e=[1, {"x": "đ"}])))
    path = making.written(tmp_path, "a.geojson", text.replace('"b": 0', '"b": 12.50, "big": 12345678901234567890'))
    row = read(path).frame.loc[1]
    assert row[["a", "b", "big", "c", "d", "e"]].tolist() == [
        "12.50", "12.50", "12345678901234567890", None, "true", '[1, {"x": "đ"}]',
    ]  # fmt: skip


def test_features_with_other_properties_share_one_table(tmp_path: Path) -> None:
    found = read(making.written(tmp_path, "a.geojson", making.collection(making.feature(a=1), making.feature(b=2))))
    assert found.frame[["a", "b"]].values.tolist() == [["1", None], [None, "2"]]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (None, None),
        ({"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}, "EPSG:4326"),
        ({"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::9209"}}, "EPSG:9209"),
        ({"type": "name", "properties": {"name": "EPSG:3405"}}, "EPSG:3405"),
        ({"type": "name", "properties": {"name": "http://example.org/crs"}}, None),
        ({"type": "link", "properties": {"href": "http://example.org/crs"}}, None),
        ("EPSG:4326", None),
    ],
)
def test_the_crs_of_geojson_is_what_it_states_and_nothing_is_assumed(
    tmp_path: Path, said: Any, expected: str | None
) -> None:
    found = read(making.written(tmp_path, "a.geojson", making.collection(making.feature(), crs=said)))
    assert found.crs_text == expected
    assert found.encoding_known
    assert codes(found) == ({"crs-missing"} if said is None else set() if expected else {"crs-ignored"})


@pytest.mark.parametrize("geometry", [None, {"type": "Polygon", "coordinates": []}])
def test_a_geojson_feature_without_a_shape_is_a_row_without_a_shape(tmp_path: Path, geometry: Any) -> None:
    empty = making.feature(n=1) | {"geometry": geometry}
    found = read(making.written(tmp_path, "a.geojson", making.collection(empty, making.feature(n=2))))
    assert found.frame.geometry.isna().tolist() == [True, False]


def test_an_unclosed_and_a_too_short_ring_are_kept_and_told(tmp_path: Path) -> None:
    unclosed = making.feature([[[0, 0], [0, 1], [1, 1]]])
    short = making.feature([[[0, 0], [0, 1], [0, 0]]])
    found = read(making.written(tmp_path, "a.geojson", making.collection(unclosed, short)))
    assert codes(found) == {"rings-closed", "rings-short", "crs-missing"}
    assert found.frame.geometry.area.tolist() == [0.5, 0.0]


def test_every_kind_of_geojson_shape_is_read(tmp_path: Path) -> None:
    ring = [[0, 0], [0, 1], [1, 1], [0, 0]]
    shapes = {
        "Point": [1, 2], "LineString": ring, "Polygon": [ring],
        "MultiPoint": ring, "MultiLineString": [ring], "MultiPolygon": [[ring]],
    }  # fmt: skip
    features = [making.feature(coordinates, kind) for kind, coordinates in shapes.items()]
    found = read(making.written(tmp_path, "a.json", making.collection(*features)))
    assert found.frame.geometry.geom_type.tolist() == list(shapes)


TOPOLOGY = {
    "type": "Topology",
    "transform": {"scale": [0.5, 0.5], "translate": [10, 20]},
    "objects": {
        "zones": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Polygon", "arcs": [[0, 1]], "properties": {"n": 1}},
                {"type": "Polygon", "arcs": [[~1, 2]], "id": "b"},
                {"type": None},
            ],
        },
    },
    "arcs": [
        [[0, 0], [0, 2], [2, 0]],  # left side and top of the left square
        [[2, 2], [0, -2], [-2, 0]],  # the shared side, and the bottom
        [[2, 2], [2, 0], [0, -2], [-4, 0]],
    ],
}


def test_topojson_arcs_are_put_together_forwards_and_backwards(tmp_path: Path) -> None:
    found = read(making.written(tmp_path, "a.topojson", TOPOLOGY))
    assert found.driver == "TopoJSON"
    assert found.frame.geometry[1].equals(shapely.box(10, 20, 11, 21))
    assert found.frame.geometry[3] is None
    assert found.frame["id"].tolist() == [None, "b", None]


def test_of_several_topojson_objects_one_must_be_chosen(tmp_path: Path) -> None:
    objects = TOPOLOGY["objects"] | {"points": {"type": "Point", "coordinates": [2, 4]}}
    path = making.written(tmp_path, "a.topojson", TOPOLOGY | {"objects": objects})
    with pytest.raises(Refused) as refused:
        read(path)
    assert refused.value.code == "layer-choose"
    assert refused.value.detail == {"layers": "zones, points"}
    assert read(path, sublayer="points").frame.geometry[1].equals(shapely.Point(11, 22))


def test_a_geopackage_keeps_whole_numbers_whole_beside_empty_cells(tmp_path: Path) -> None:
    found = read(making.geopackage(tmp_path / "a.gpkg"))
    assert found.driver == "GPKG"
    assert found.frame["SOTO"].tolist() == ["12", "13", None]
    assert found.frame["SHTHUA"].tolist() == ["1", "2", None]
    assert found.crs_text is not None
    assert "105.5" in found.crs_text
    assert found.frame.geometry[3].equals(making.square(2))


def test_of_several_geopackage_layers_one_must_be_chosen(tmp_path: Path) -> None:
    path = making.geopackage(tmp_path / "a.gpkg", layers=("thua", "nha"))
    with pytest.raises(Refused) as refused:
        read(path)
    assert refused.value.detail == {"layers": "thua, nha"}
    assert len(read(path, sublayer="nha").frame) == 3


def test_a_layer_that_is_not_there_is_refused_with_those_that_are(tmp_path: Path) -> None:
    for path in (making.geopackage(tmp_path / "a.gpkg"), making.written(tmp_path, "a.topojson", TOPOLOGY)):
        with pytest.raises(Refused) as refused:
            read(path, sublayer="rung")
        assert refused.value.code == "layer-unknown"


def test_limits_are_kept_at_the_last_feature(tmp_path: Path) -> None:
    path = making.written(tmp_path, "a.geojson", making.collection(*[making.feature()] * 3))
    assert len(read(path, limits=Limits(features=3)).frame) == 3
    with pytest.raises(Refused, match="too-many-features"):
        read(path, limits=Limits(features=2))


def test_an_empty_list_of_features_is_an_empty_frame(tmp_path: Path) -> None:
    assert len(read(making.written(tmp_path, "a.geojson", making.collection())).frame) == 0
    assert len(read(making.sent(tmp_path, making.shapefile_set(shapes=[]))).frame) == 0


def test_a_read_only_folder_is_enough(tmp_path: Path, parcels: making.Files) -> None:
    folder = tmp_path / "sealed"
    folder.mkdir()
    path = making.sent(folder, parcels)
    before = sorted(folder.iterdir())
    folder.chmod(0o500)
    assert len(read(path).frame) == 3
    folder.chmod(0o700)
    assert sorted(folder.iterdir()) == before
    shutil.rmtree(folder)
