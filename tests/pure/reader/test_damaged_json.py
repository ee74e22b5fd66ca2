"""Bad GeoJSON and TopoJSON is refused with its place (numbers: the project's list of bad inputs)."""

import json
from pathlib import Path

import numpy as np
import pytest

from importers.reader import read
from tests.pure.reader import making
from tests.pure.reader.making import refusal


def listing(features: str) -> str:
    return f'{{"type": "FeatureCollection", "features": {features}}}'


def shaped(kind: str, coordinates: str) -> str:
    geometry = f'{{"type": "{kind}", "coordinates": {coordinates}}}'
    return listing(f'[{{"type": "Feature", "properties": {{}}, "geometry": {geometry}}}]')


def described(properties: str) -> str:
    return listing(f'[{{"type": "Feature", "geometry": null, "properties": {properties}}}]')


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (listing("[" * 100_000), "json-too-deep"),
        ('{"a": ' * 100_000, "json-too-deep"),
        (shaped("Point", "[NaN, 1]"), "json-not-a-number"),
        (shaped("Point", "[1, -Infinity]"), "json-not-a-number"),
        (shaped("Point", "[1e400, 1]"), "coordinate-not-finite"),
        (shaped("Point", '["1", "2"]'), "json-geometry"),
        (shaped("Point", "[null, 2]"), "json-geometry"),
        (shaped("Circle", "[1, 2]"), "json-geometry"),
        (shaped("LineString", "[[1, 2]]"), "json-geometry"),
        (shaped("Polygon", "[[[1, 2], [3]]]"), "json-geometry"),
        (shaped("MultiPolygon", "[[]]"), "json-geometry"),
        (shaped("GeometryCollection", "[]"), "geometry-type"),
        (listing("["), "json-broken"),
        (listing("[]") + " {}", "json-broken"),
        (listing("[],"), "json-broken"),
        (listing("[" + "9" * 5_000 + "]"), "json-broken"),
        (listing("{}"), "json-structure"),
        (listing('[], "features": []'), "json-structure"),
        ('{"type": "FeatureCollection"}', "json-structure"),
        ('{"type": "Topology", "arcs": []}', "json-structure"),
        ('{"type": "Point", "coordinates": [1, 2]}', "json-structure"),
        (listing('[{"type": "Feature", "properties": {}}]'), "json-feature"),
        (listing("[[]]"), "json-feature"),
        (described("[]"), "json-feature"),
        (described(r'{"a": "\ud800"}'), "text-not-unicode"),
        (described(r'{"a": "\u0000"}'), "text-not-unicode"),
        ('{"type": "Topology", "objects": {"a": {"type": "Polygon", "arcs": [[7]]}}, "arcs": []}', "json-geometry"),
    ],
)
def test_59_and_60_bad_json_is_refused(tmp_path: Path, text: str, code: str) -> None:
    assert refusal(making.written(tmp_path, "a.geojson", text))[0] == code


def test_59_doubled_keys_and_odd_names_are_plain_data(tmp_path: Path) -> None:
    text = (
        '{"type":"FeatureCollection","features":[{"type":"Feature","geometry":null,'
        '"properties":{"a":1,"a":2,"__proto__":{"x":1},"constructor":"c"}}]}'
    )
    found = read(making.written(tmp_path, "a.geojson", text))
    assert found.frame.loc[1].drop("geometry").to_dict() == {"a": "2", "__proto__": '{"x": 1}', "constructor": "c"}


def test_json_in_another_encoding_is_refused(tmp_path: Path) -> None:
    text = json.dumps(making.collection(making.feature(a="Ã")), ensure_ascii=False)
    assert refusal(making.written(tmp_path, "a.geojson", text.encode("latin-1")))[0] == "json-not-utf8"
    assert len(read(making.written(tmp_path, "b.geojson", text.encode("utf-8-sig"))).frame) == 1


def test_63_signs_of_sql_and_shells_are_plain_data(tmp_path: Path) -> None:
    nasty = {'"; drop table x; --': "' OR 1=1 --", "$(reboot)": "{{ 7*7 }}", "=1+1": "<img src=x onerror=alert(1)>"}
    found = read(making.written(tmp_path, "a.geojson", making.collection(making.feature(**nasty))))
    assert found.frame.loc[1].drop("geometry").to_dict() == nasty
    path = making.geopackage(tmp_path / "a.gpkg", layers=('x"; drop table y; --',))
    assert len(read(path).frame) == 3


def test_40_a_cell_of_a_megabyte_is_refused_with_its_place(tmp_path: Path) -> None:
    path = making.written(
        tmp_path, "a.geojson", making.collection(making.feature(), making.feature(ghichu="đ" * 10**6))
    )
    assert refusal(path) == ("cell-too-long", {"row": "2", "field": "ghichu", "limit": "4096"})


def test_51_a_hundred_thousand_rings_are_refused(tmp_path: Path) -> None:
    ring = [[0, 0], [0, 1], [1, 1], [0, 0]]
    path = making.written(tmp_path, "a.geojson", making.collection(making.feature([ring] * 100_000)))
    assert refusal(path)[0] == "too-many-rings"


@pytest.mark.parametrize("suffix", [".zip", ".shp", ".gpkg", ".geojson", ".topojson", ".dat"])
def test_73_an_empty_file_and_random_bytes_are_refused(tmp_path: Path, suffix: str) -> None:
    assert refusal(making.written(tmp_path, "empty" + suffix, b""))[0] == "file-empty"
    noise = np.random.default_rng(73).bytes(5_000)
    code, _ = refusal(making.written(tmp_path, "noise" + suffix, noise))
    assert code in ("archive-prefix", "content-mismatch", "format-unknown")
