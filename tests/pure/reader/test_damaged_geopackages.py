"""Damaged and hostile GeoPackages are refused (numbers: the project's list of bad inputs)."""

import sqlite3
import time
from pathlib import Path

import pytest

from importers.reader import read
from tests.pure.reader import making
from tests.pure.reader.making import codes, refusal

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS fid, NULL AS geom FROM n"


def test_64_a_view_in_a_geopackage_never_runs(tmp_path: Path) -> None:
    def change(database: sqlite3.Connection) -> None:
        database.execute(f"CREATE VIEW endless AS {ENDLESS}")
        database.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, srs_id) VALUES ('endless', 'features', 9209)"
        )
        database.execute("INSERT INTO gpkg_geometry_columns VALUES ('endless', 'geom', 'POLYGON', 9209, 0, 0)")

    path = making.geopackage(tmp_path / "a.gpkg", change=change)
    started = time.monotonic()
    assert len(read(path).frame) == 3
    assert refusal(path, sublayer="endless")[0] == "layer-unknown"
    assert time.monotonic() - started < 20


def test_64_a_geopackage_whose_list_of_contents_is_a_view_is_refused(tmp_path: Path) -> None:
    def change(database: sqlite3.Connection) -> None:
        database.execute("DROP TABLE gpkg_contents")
        database.execute(f"CREATE VIEW gpkg_contents AS {ENDLESS}")

    assert refusal(making.geopackage(tmp_path / "a.gpkg", change=change))[0] == "gpkg-broken"


def test_64_computed_columns_are_left_out_and_told(tmp_path: Path) -> None:
    def change(database: sqlite3.Connection) -> None:
        database.execute("ALTER TABLE thua ADD COLUMN heavy AS (zeroblob(2000000000))")

    found = read(making.geopackage(tmp_path / "a.gpkg", change=change))
    assert codes(found) == {"field-unread"}
    assert "heavy" not in found.frame


def test_65_ten_thousand_layers_are_refused(tmp_path: Path) -> None:
    def change(database: sqlite3.Connection) -> None:
        rows = [(f"layer{number}",) for number in range(10_000)]
        insert = "INSERT INTO gpkg_contents (table_name, data_type, srs_id) VALUES (?, 'features', 9209)"
        database.executemany(insert, rows)
        database.executemany("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'POLYGON', 9209, 0, 0)", rows)

    assert refusal(making.geopackage(tmp_path / "a.gpkg", change=change))[0] == "too-many-layers"


def test_66_another_sqlite_file_named_gpkg_is_refused(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "a.gpkg")
    database.execute("CREATE TABLE secrets (a)")
    database.commit()
    database.close()
    assert refusal(tmp_path / "a.gpkg")[0] == "gpkg-application"


def test_a_geopackage_row_that_lost_its_shape_is_refused_by_the_index(tmp_path: Path) -> None:
    def change(database: sqlite3.Connection) -> None:
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f'DROP TRIGGER "{name}"')
        database.execute("UPDATE thua SET geom = NULL WHERE fid = 2")

    assert refusal(making.geopackage(tmp_path / "a.gpkg", change=change)) == ("geometry-broken", {"row": "2"})


@pytest.mark.parametrize(
    "blob", [b"GP", b"not a shape at all", b"GP\0\x01" + bytes(40), b"GP\0\x21" + bytes(60), b"GP\0\x0f" + bytes(99)]
)
def test_a_geopackage_shape_that_is_none_is_refused_with_the_row(tmp_path: Path, blob: bytes) -> None:
    def change(database: sqlite3.Connection) -> None:
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f'DROP TRIGGER "{name}"')
        database.execute("UPDATE thua SET geom = ? WHERE fid = 3", (blob,))

    assert refusal(making.geopackage(tmp_path / "a.gpkg", change=change)) == ("geometry-broken", {"row": "3"})


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.95])
def test_a_cut_geopackage_is_refused(tmp_path: Path, kept: float) -> None:
    path = making.geopackage(tmp_path / "a.gpkg")
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * kept)])
    assert refusal(path)[0] == "gpkg-broken"
