"""Damaged shapefiles are refused with the row of the damage (numbers: the project's list of bad inputs)."""

import json
import resource
import struct
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapefile
import shapely

from importers.reader import Limits, read
from tests.pure.reader import making
from tests.pure.reader.making import codes, patch, refusal

PARTS = making.shapefile_set()
SHP, SHX, DBF = PARTS[".shp"], PARTS[".shx"], PARTS[".dbf"]
HEAD, WIDTH = struct.unpack_from("<HH", DBF, 8)
SECOND = making.record_start(SHP, 2)


def test_19_a_missing_shx_is_rebuilt_and_told(tmp_path: Path) -> None:
    found = read(making.sent(tmp_path, {".shp": SHP, ".dbf": DBF}))
    assert codes(found) == {"index-missing"}
    assert found.frame.geometry[3].equals(making.square(2))


@pytest.mark.parametrize(
    "shx", [patch(SHX, 108, ">i", 2**30), patch(SHX, 108, ">i", 50), SHX[:-8], SHX + SHX[-8:], b"", bytes(50)]
)
def test_43_a_wrong_shx_is_rebuilt_and_told(tmp_path: Path, shx: bytes) -> None:
    found = read(making.sent(tmp_path, PARTS | {".shx": shx}))
    assert codes(found) == {"index-rebuilt"}
    assert [shape.equals(making.square(at)) for at, shape in enumerate(found.frame.geometry)] == [True] * 3


def test_20_a_missing_dbf_is_refused(tmp_path: Path) -> None:
    assert refusal(making.sent(tmp_path, {".shp": SHP, ".shx": SHX}))[0] == "dbf-missing"


def test_21_a_missing_prj_is_told(tmp_path: Path) -> None:
    found = read(making.sent(tmp_path, PARTS))
    assert found.crs_text is None
    assert "crs-missing" in {notice.code for notice in found.findings}


@pytest.mark.parametrize(
    "prj",
    [
        b"http://example.org/a.prj",
        b"/etc/passwd",
        b"PROJCS" + b"[A" * 5000 + b"]" * 5000,
        b"EPSG:9209",
        b"\xff\xfe",
        b"",
    ],
)
def test_22_a_prj_that_is_no_system_of_coordinates_is_ignored_and_told(tmp_path: Path, prj: bytes) -> None:
    found = read(making.sent(tmp_path, PARTS | {".prj": prj}))
    assert found.crs_text is None
    assert "crs-ignored" in {notice.code for notice in found.findings}


def test_33_a_dbf_that_claims_two_thousand_million_rows_is_refused_at_once(tmp_path: Path) -> None:
    started = time.monotonic()
    path = making.sent(tmp_path, PARTS | {".dbf": patch(DBF, 4, "<I", 2**31 - 1)})
    code, detail = refusal(path)
    assert (code, detail["row"]) == ("dbf-cut", "4")
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    "dbf",
    [
        patch(DBF, 10, "<H", 1),
        patch(DBF, 10, "<H", 0),
        patch(DBF, 32 + 16, "B", 200),
        patch(DBF, 32 + 11, "c", b"?"),
        patch(DBF, 32, "c", b"\0"),
        patch(DBF, HEAD - 1, "B", 0),
        patch(DBF, 8, "<H", 33),
        patch(DBF, 8, "<H", 65535),
        DBF[:20],
    ],
    ids=["length 1", "length 0", "widths", "type", "name", "no end", "short", "long", "cut"],
)
def test_34_a_dbf_whose_widths_do_not_add_up_is_refused(tmp_path: Path, dbf: bytes) -> None:
    assert refusal(making.sent(tmp_path, PARTS | {".dbf": dbf}))[0] == "dbf-header"


def test_35_a_cut_dbf_is_refused_with_the_row(tmp_path: Path) -> None:
    dbf = DBF[: HEAD + WIDTH + 3]
    assert refusal(making.sent(tmp_path, PARTS | {".dbf": dbf})) == (
        "dbf-cut", {"row": "2", "expected": "3", "found": "1"},
    )  # fmt: skip


@pytest.mark.parametrize("rows", [2, 4])
def test_36_a_dbf_of_another_length_is_refused_with_both_counts(tmp_path: Path, rows: int) -> None:
    other = making.shapefile_set([making.square(at) for at in range(rows)])
    path = making.sent(tmp_path, PARTS | {".dbf": other[".dbf"]})
    assert refusal(path) == ("count-mismatch", {"shapes": "3", "rows": str(rows)})


def test_a_dbf_with_rows_after_its_end_is_refused(tmp_path: Path) -> None:
    assert refusal(making.sent(tmp_path, PARTS | {".dbf": patch(DBF, 4, "<I", 2)}))[0] == "dbf-length"


def test_a_dbf_with_shifted_rows_is_refused_with_the_row(tmp_path: Path) -> None:
    dbf = patch(DBF, HEAD + WIDTH, "c", b"7")
    assert refusal(making.sent(tmp_path, PARTS | {".dbf": dbf})) == ("dbf-row", {"row": "2"})


def test_40_two_thousand_fields_are_refused(tmp_path: Path) -> None:
    fields = [(f"F{number}", "C", 1, 0) for number in range(2_000)]
    path = making.sent(tmp_path, making.shapefile_set([making.square()], fields, [["x"] * 2_000]))
    assert refusal(path)[0] == "too-many-fields"
    path = making.written(tmp_path, "a.geojson", making.collection(making.feature(**dict.fromkeys("abc", 1))))
    assert refusal(path, limits=Limits(fields=2))[0] == "too-many-fields"


@pytest.mark.parametrize(
    ("at", "form", "value"),
    [
        (40, "<i", 50_000_000),
        (40, "<i", 4),
        (36, "<i", -1),
        (36, "<i", 2),
        (36, "<i", 2**31 - 1),
        (44, "<i", 3),
        (0, "<i", 3),
        (0, "<i", 0),
    ],
)
def test_41_and_42_counts_and_offsets_that_lie_are_refused_with_the_row(
    tmp_path: Path, at: int, form: str, value: Any
) -> None:
    shp = patch(SHP, SECOND + at, form, value)
    code, detail = refusal(making.sent(tmp_path, PARTS | {".shp": shp}))
    assert code in ("shp-record", "too-many-rings")
    assert detail["row"] == "2"


def test_42_part_offsets_that_fall_are_refused(tmp_path: Path) -> None:
    double = shapely.MultiPolygon([making.square(1), making.square(2)])
    files = making.shapefile_set([double])
    start = making.record_start(files[".shp"], 1)
    files[".shp"] = patch(files[".shp"], start + 44, "<2i", 0, 0)
    assert refusal(making.sent(tmp_path, files)) == ("shp-record", {"row": "1"})


def test_44_a_cut_shp_is_refused_with_both_lengths(tmp_path: Path) -> None:
    code, detail = refusal(making.sent(tmp_path, PARTS | {".shp": SHP[:-200]}))
    assert code == "shp-length"
    assert detail == {"expected": str(len(SHP)), "found": str(len(SHP) - 200)}


def test_44_a_cut_shp_with_an_honest_header_is_refused_with_the_row(tmp_path: Path) -> None:
    shp = patch(SHP[:-20], 24, ">i", (len(SHP) - 20) // 2)
    assert refusal(making.sent(tmp_path, PARTS | {".shp": shp})) == ("shp-chain", {"row": "3"})


@pytest.mark.parametrize("shp", [SHP + bytes(8), patch(SHP, 24, ">i", 50), patch(SHP, 24, ">i", -1)])
def test_45_trailing_bytes_and_a_wrong_header_length_are_refused(tmp_path: Path, shp: bytes) -> None:
    assert refusal(making.sent(tmp_path, PARTS | {".shp": shp}))[0] == "shp-length"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf"), 1e300])
def test_46_coordinates_that_are_no_numbers_are_refused_with_the_row(tmp_path: Path, value: Any) -> None:
    shp = patch(SHP, SECOND + 48, "<d", value)
    assert refusal(making.sent(tmp_path, PARTS | {".shp": shp})) == ("coordinate-not-finite", {"row": "2"})


def test_46_points_are_checked_too(tmp_path: Path) -> None:
    files = making.shapefile_set([shapely.Point(1, 2)], rows=[("1", 1)], kind=shapefile.POINT)
    files[".shp"] = patch(files[".shp"], 112, "<d", float("nan"))
    assert refusal(making.sent(tmp_path, files)) == ("coordinate-not-finite", {"row": "1"})


def test_a_shape_outside_its_own_box_is_refused_with_the_row(tmp_path: Path) -> None:
    shp = patch(SHP, SECOND + 48, "<d", making.EAST)
    assert refusal(making.sent(tmp_path, PARTS | {".shp": shp})) == ("shp-box", {"row": "2"})


def test_47_a_shape_that_was_made_null_leaves_bytes_behind_and_is_refused(tmp_path: Path) -> None:
    shp = patch(SHP, SECOND, "<i", 0)
    assert refusal(making.sent(tmp_path, PARTS | {".shp": shp})) == ("shp-record", {"row": "2"})


def test_49_an_unclosed_ring_is_closed_and_told(tmp_path: Path) -> None:
    last = SECOND + 48 + 16 * 4
    x, y = struct.unpack_from("<2d", SHP, SECOND + 48 + 16)
    found = read(making.sent(tmp_path, PARTS | {".shp": patch(SHP, last, "<2d", x, y + 0.01)}))
    assert "rings-closed" in codes(found)
    assert not found.frame.geometry.isna().any()


def test_records_numbered_from_0_are_read_and_told(tmp_path: Path) -> None:
    shp = SHP
    for row in (1, 2, 3):
        shp = patch(shp, making.record_start(SHP, row) - 8, ">i", row - 1)
    assert codes(read(making.sent(tmp_path, PARTS | {".shp": shp}))) == {"records-misnumbered"}


def test_51_two_million_vertices_are_refused_within_the_memory_of_the_child(tmp_path: Path) -> None:
    corners = np.linspace(0, 2 * np.pi, 2_000_000, endpoint=False)
    ring = np.column_stack([np.cos(corners), np.sin(corners)])
    files = making.shapefile_set([], rows=[])
    box = struct.pack("<i4d2ii", 5, *ring.min(0), *ring.max(0), 1, len(ring), 0)
    content = box + ring.tobytes()
    shp = files[".shp"][:100] + struct.pack(">2i", 1, len(content) // 2) + content
    one_row = making.shapefile_set([making.square()])[".dbf"]
    making.written(tmp_path, "a.dbf", one_row)
    path = making.written(tmp_path, "a.shp", patch(shp, 24, ">i", len(shp) // 2))
    assert refusal(path)[0] == "too-many-vertices"
    text = json.dumps(making.collection(making.feature("RING"))).replace(
        '"RING"', f"[[{'[1, 2], ' * 2_000_000}[1, 2]]]"
    )
    assert refusal(making.written(tmp_path, "a.geojson", text))[0] == "too-many-vertices"
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 1_500_000
