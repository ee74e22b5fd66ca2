"""Archives are judged by their directory before anything is unpacked (numbers: the project's list of bad inputs)."""

import io
import stat
import struct
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from importers.reader import Limits, Refused, container, read
from tests.pure.reader import making

PARTS = making.shapefile_set()


def refusal(path: Path, **options: object) -> Refused:
    with pytest.raises(Refused) as refused:
        read(path, **options)
    return refused.value


def archive(folder: Path, fill: Callable[[zipfile.ZipFile], None], name: str = "a.zip") -> Path:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as opened:
        fill(opened)
    return making.written(folder, name, made.getvalue())


def with_parts(name: str, content: bytes = b"x") -> Callable[[zipfile.ZipFile], None]:
    def fill(opened: zipfile.ZipFile) -> None:
        for suffix, part in PARTS.items():
            opened.writestr("thua" + suffix, part)
        opened.writestr(name, content)

    return fill


@pytest.mark.parametrize(
    "name", ["../../x.shp", "a/../../x.shp", "/etc/x.shp", "C:/x.shp", "c:x.shp", "..\\x.shp", "\\\\host\\x.shp"]
)
def test_6_and_7_names_that_point_outside_are_refused_and_nothing_is_written(tmp_path: Path, name: str) -> None:
    # zipfile turns a backslash into nothing else on this system, so the name arrives as it is.
    before = set(tmp_path.parent.rglob("x.shp"))
    assert refusal(archive(tmp_path, with_parts(name))).code == "archive-path"
    assert set(tmp_path.parent.rglob("x.shp")) == before


def test_8_a_symlink_is_refused(tmp_path: Path) -> None:
    def fill(opened: zipfile.ZipFile) -> None:
        link = zipfile.ZipInfo("thua.prj")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        opened.writestr(link, "/etc/passwd")

    assert refusal(archive(tmp_path, fill)).code == "archive-link"


def test_9_an_archive_in_an_archive_is_refused(tmp_path: Path) -> None:
    assert refusal(archive(tmp_path, with_parts("more.zip"))).code == "archive-nested"


def test_10_a_bomb_is_refused_by_its_directory(tmp_path: Path) -> None:
    started = time.monotonic()
    path = archive(tmp_path, with_parts("big.shp", bytes(64 * 2**20)))
    made = time.monotonic()
    assert refusal(path).code == "archive-bomb"
    assert time.monotonic() - made < max(1.0, made - started)


def test_10_a_bomb_whose_directory_lies_is_refused_while_it_is_unpacked(tmp_path: Path) -> None:
    path = archive(tmp_path, lambda opened: opened.writestr("thua.shp", PARTS[".shp"] + bytes(10**6)))
    lying = path.read_bytes()
    at = lying.rfind(b"PK\x01\x02")
    path.write_bytes(making.patch(lying, at + 24, "<L", len(PARTS[".shp"])))
    assert refusal(path).code == "archive-broken"


def test_a_table_of_blanks_is_no_bomb(tmp_path: Path) -> None:
    fields = [(f"GHICHU{number}", "C", 250, 0) for number in range(40)]
    files = making.shapefile_set([making.square()] * 200, fields=fields, rows=[["x"] + [""] * 39] * 200)
    path = making.sent(tmp_path, files)
    table = zipfile.ZipFile(path).getinfo("thua.dbf")
    assert table.file_size > max(2**20, 200 * table.compress_size)
    assert len(read(path).frame) == 200


def test_11_sixty_thousand_entries_are_refused_within_a_second(tmp_path: Path) -> None:
    path = archive(tmp_path, lambda opened: [opened.writestr(f"{number}", b"") for number in range(60_000)])
    started = time.monotonic()
    assert refusal(path).code == "archive-entries"
    assert time.monotonic() - started < 1


def test_11_entries_are_counted_although_the_end_of_the_archive_lies(tmp_path: Path) -> None:
    path = archive(tmp_path, lambda opened: [opened.writestr(f"{number}", b"") for number in range(3_000)])
    content = path.read_bytes()
    path.write_bytes(making.patch(content, content.rfind(b"PK\x05\x06") + 8, "<2H", 5, 5))
    assert refusal(path).code == "archive-entries"


def test_11_entries_that_share_bytes_are_refused(tmp_path: Path) -> None:
    path = archive(tmp_path, lambda opened: [opened.writestr(name, bytes(1000)) for name in ("a.prj", "b.prj")])
    content = path.read_bytes()
    second = content.rfind(b"PK\x01\x02")
    path.write_bytes(making.patch(content, second + 42, "<L", 0))
    assert refusal(path).code == "archive-bomb"


def test_11_a_large_directory_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path, with_parts("x.txt"))
    assert refusal(path, limits=Limits(directory=100)).code == "archive-directory"


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", ["thua.shp", "THUA.shp", "thua.SHP"])
def test_12_names_that_are_equal_but_for_case_are_refused(tmp_path: Path, name: str) -> None:
    assert refusal(archive(tmp_path, with_parts(name))).code == "archive-duplicate"


def test_13_an_encrypted_entry_has_its_own_words(tmp_path: Path) -> None:
    path = archive(tmp_path, with_parts("x.prj"))
    content = path.read_bytes()
    at = content.rfind(b"PK\x01\x02")
    path.write_bytes(making.patch(content, at + 8, "<H", 1))
    assert refusal(path).code == "archive-encrypted"


def test_13_an_unknown_compression_has_its_own_words(tmp_path: Path) -> None:
    path = archive(tmp_path, with_parts("x.prj"))
    content = path.read_bytes()
    path.write_bytes(making.patch(content, content.rfind(b"PK\x01\x02") + 10, "<H", 97))
    assert refusal(path).code == "archive-method"


def test_14_two_layers_are_listed_and_one_must_be_chosen(tmp_path: Path) -> None:
    def fill(opened: zipfile.ZipFile) -> None:
        for stem, count in (("thua", 3), ("nha", 1)):
            for suffix, part in making.shapefile_set([making.square(at) for at in range(count)]).items():
                opened.writestr(stem + suffix, part)

    path = archive(tmp_path, fill)
    refused = refusal(path)
    assert refused.code == "layer-choose"
    assert refused.detail == {"layers": "thua.shp, nha.shp"}
    assert len(read(path, sublayer="nha").frame) == 1
    assert refusal(path, sublayer="rung").code == "layer-unknown"


def test_15_companions_of_no_use_are_ignored_and_listed(tmp_path: Path) -> None:
    names = ["__MACOSX/._thua.shp", "thua.shp.xml", "thua.sbn", "thua.sbx", "thua.qix", "ghi chú.txt"]

    def fill(opened: zipfile.ZipFile) -> None:
        with_parts("folder/")(opened)
        for name in names:
            opened.writestr(name, b"x")

    found = read(archive(tmp_path, fill))
    assert set(found.ignored) == set(names)
    assert len(found.frame) == 3


def test_16_upper_case_suffixes_are_accepted(tmp_path: Path) -> None:
    files = {f"BANDO/THUA{suffix.upper()}": part for suffix, part in PARTS.items()}
    assert len(read(making.written(tmp_path, "A.ZIP", making.zipped(files))).frame) == 3


def test_17_names_in_old_encodings_are_accepted_and_shown_safely(tmp_path: Path) -> None:
    content = making.zipped({"Th\u201eXY" + suffix: part for suffix, part in PARTS.items()})
    raw = content.replace("Th\u201eXY".encode(), b"Th\xad\xa7\x1b\xfeY"[:7])
    # Without the UTF-8 flag the same bytes are read as code page 437.
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = raw.find(signature)
        while start >= 0:
            raw = making.patch(raw, start + at, "<H", 0)
            start = raw.find(signature, start + 4)
    found = read(making.written(tmp_path, "a.zip", raw))
    assert len(found.frame) == 3
    assert all("\x1b" not in name and "\N{REPLACEMENT CHARACTER}" in name for name in found.members)


def test_shown_names_hold_no_direction_marks_and_are_short() -> None:
    assert container.safe_name("a\u202egpj.exe\n") == "a\N{REPLACEMENT CHARACTER}gpj.exe\N{REPLACEMENT CHARACTER}"
    assert len(container.safe_name("x" * 500)) == 121


@pytest.mark.parametrize("around", [b"\x89PNG%s", b"PK\x03\x04%s", b"%s<script>", b"#!/bin/sh\n%s"])
def test_18_an_archive_with_something_before_or_after_it_is_refused(tmp_path: Path, around: bytes) -> None:
    path = making.written(tmp_path, "a.zip", around % making.zipped(PARTS))
    assert refusal(path).code == "archive-prefix"


def test_57_a_kmz_is_told_how_to_be_saved(tmp_path: Path) -> None:
    for name in ("a.kmz", "a.zip"):
        path = making.written(tmp_path, name, making.zipped({"doc.kml": b"<kml/>"}))
        assert refusal(path).code == "unread-kml"


@pytest.mark.parametrize("kept", [0.3, 0.9, 0.99])
def test_a_truncated_archive_is_refused(tmp_path: Path, kept: float) -> None:
    content = making.zipped(PARTS)
    assert refusal(making.written(tmp_path, "a.zip", content[: int(len(content) * kept)])).code.startswith("archive-")


def test_a_damaged_entry_is_refused(tmp_path: Path) -> None:
    content = making.zipped(PARTS)
    at = content.find(b"thua.shp") + 20
    assert refusal(making.written(tmp_path, "a.zip", making.patch(content, at, "<Q", 0))).code == "archive-broken"


def test_unpacked_size_is_limited_as_a_whole(tmp_path: Path) -> None:
    assert refusal(making.sent(tmp_path, PARTS), limits=Limits(unpacked=700)).code == "archive-too-large"


def test_an_archive_without_a_layer_is_refused(tmp_path: Path) -> None:
    assert refusal(making.written(tmp_path, "a.zip", making.zipped({"a.pdf": b"x"}))).code == "layer-none"
    assert refusal(making.written(tmp_path, "b.zip", making.zipped({".dbf": PARTS[".dbf"]}))).code == "shp-missing"
    assert refusal(making.written(tmp_path, "c.zip", b"PK\x05\x06" + bytes(18))).code == "layer-none"


def test_a_zip64_archive_that_claims_the_moon_is_refused(tmp_path: Path) -> None:
    content = making.zipped(PARTS)
    end = content.rfind(b"PK\x05\x06")
    path = making.written(
        tmp_path,
        "a.zip",
        content[:end] + struct.pack("<4s4H2LH", b"PK\x05\x06", *[0xFFFF] * 4, 0xFFFFFFFF, 0xFFFFFFFF, 0),
    )
    assert refusal(path).code == "archive-directory"


def test_a_geojson_in_an_archive_is_read(tmp_path: Path) -> None:
    content = making.written(tmp_path, "x.json", making.collection(making.feature(n=1))).read_bytes()
    assert len(read(making.written(tmp_path, "a.zip", making.zipped({"a.geojson": content}))).frame) == 1
