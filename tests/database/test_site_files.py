"""A site from a file, and every bad input of the form: one sentence, in place, nothing else lost."""

from __future__ import annotations

import json
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import geopandas
import pytest
import shapely
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.database.province import box
from tests.database.site_ground import publish_fields, table

pytestmark = pytest.mark.django_db(databases="__all__")


@pytest.fixture
def ground() -> None:
    publish_fields()


@pytest.mark.usefixtures("ground")
class TestFiles:
    def send(self, name: str, content: bytes, **words: str) -> Any:
        return Client().post("/check", {"file": SimpleUploadedFile(name, content), **words})

    def ring(self, shape: shapely.Geometry) -> list[list[float]]:
        degrees = geopandas.GeoSeries([shape], crs=9209).to_crs(4326)
        return [list(place) for place in shapely.get_coordinates(degrees.iloc[0]).tolist()]

    def test_a_geojson_file_is_read_in_degrees(self) -> None:
        area = {"type": "Polygon", "coordinates": [self.ring(box(0, 0, 100, 50))]}
        feature = {"type": "Feature", "properties": {}, "geometry": area}
        page = self.send("khu.geojson", json.dumps({"type": "FeatureCollection", "features": [feature]}).encode())
        assert page.status_code == 200, page.content.decode()[-3000:]
        assert "Khu đất 5.000,0" in page.content.decode()
        assert "cổng không giữ tệp" in page.content.decode()

    def test_a_geopackage_and_a_zipped_shapefile_bring_their_own_system(self, tmp_path: Path) -> None:
        frame = geopandas.GeoDataFrame({"a": [1]}, geometry=[box(0, 0, 100, 50)], crs=9209)
        frame.to_file(tmp_path / "khu.gpkg", driver="GPKG")
        frame.to_file(tmp_path / "khu.shp")
        with zipfile.ZipFile(tmp_path / "khu.zip", "w") as archive:
            for suffix in ("shp", "shx", "dbf", "prj"):
                archive.write(tmp_path / f"khu.{suffix}", f"khu.{suffix}")
        for name in ("khu.gpkg", "khu.zip"):
            page = self.send(name, (tmp_path / name).read_bytes())
            assert page.status_code == 200, name
            assert "Khu đất 5.000,0" in page.content.decode()

    def track(self, places: list[list[float]]) -> bytes:
        points = "".join(
            f'<trkpt lat="{lat}" lon="{lon}"><time>2026-01-01T00:00:00Z</time></trkpt>' for lon, lat in places
        )
        head = '<?xml version="1.0"?><gpx xmlns="http://www.topografix.com/GPX/1/1">'
        return f"{head}<trk><name>Nhà ông A</name><trkseg>{points}</trkseg></trk></gpx>".encode()

    def test_a_track_round_the_site_is_closed_when_it_nearly_is(self) -> None:
        ring = self.ring(box(0, 0, 100, 50))
        ring[-1] = [ring[-1][0] + 0.00005, ring[-1][1] - 0.00005]
        page = self.send("di-bo.gpx", self.track(ring))
        assert page.status_code == 200
        assert "đã được khép kín" in page.content.decode()

    @pytest.mark.parametrize(
        ("name", "content", "words"),
        [
            ("a.gpx", b'<?xml version="1.0"?><!DOCTYPE gpx [<!ENTITY a "b">]><gpx/>', "không phải là .gpx"),
            ("a.gpx", b"<gpx><trk><trkseg>", "sai cú pháp ở dòng"),
            ("a.gpx", b"<gpx><wpt lat='20' lon='106'/></gpx>", "không có đường đi nào"),
            ("a.kml", b"<kml></kml>", "chưa đọc tệp KML"),
            ("a.exe", b"MZ\0\0", "không nhận ra định dạng"),
            ("a.geojson", b'{"type": "FeatureCollection", "features": []}', "Hình trống"),
            ("a.csv", b"\xff\xff\x00", "bảng mã UTF-8"),
            ("a.csv", b"", "Tệp rỗng"),
            ("a.csv", "số thửa,số tờ,xã\n".encode() + b"1,45,x\n" * 10_001, "nhiều hơn 200"),
            ("a.csv", b"1,2260123.45,583456.78\n" * 10_001, "nhiều hơn 10000"),
        ],
    )
    def test_a_file_that_is_no_site_is_refused_in_place(self, name: str, content: bytes, words: str) -> None:
        page = self.send(name, content)
        text = page.content.decode()
        assert page.status_code == 422
        assert 'aria-invalid="true"' in text
        assert words in text

    def test_a_walk_that_does_not_come_back_says_how_wide_the_gap_is(self) -> None:
        page = self.send("di-bo.gpx", self.track(self.ring(box(0, 0, 100, 50))[:3]))
        assert page.status_code == 422
        assert "chưa khép kín" in page.content.decode()

    def test_a_file_too_large_for_the_public_is_refused(self) -> None:
        page = self.send("a.gpkg", b"SQLite format 3\0" + b"\0" * 5_500_000)
        assert page.status_code == 422
        assert "lớn hơn giới hạn 5 MB" in page.content.decode()

    def test_a_csv_of_corners_is_a_table(self) -> None:
        page = self.send("goc.csv", ("STT,X,Y\n" + table(box(0, 0, 100, 50)).replace(";", ",")).encode())
        assert page.status_code == 200
        assert "hệ duy nhất mà các góc khớp" in page.content.decode()

    def test_nothing_of_a_file_stays(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
        self.send("di-bo.gpx", self.track(self.ring(box(0, 0, 100, 50))))
        assert list(tmp_path.rglob("*")) == []
