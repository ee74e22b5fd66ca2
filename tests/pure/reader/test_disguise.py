"""Texts that make GDAL open something else: never a foreign row, never a connection, under any name or wrapping."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from importers.reader import Refused, read
from importers.reader.refusals import REFUSALS, words
from tests.pure.reader import making

NAMES = ["x.shp", "x.geojson", "x.json", "x.topojson", "x.gpkg", "x.tab", "x.kml", "x.gml", "x.mif", "x.vrt", "x"]


class Listener:
    """Counts whoever connects to it."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.connections = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            connection.close()

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    listening = Listener()
    yield listening
    listening.close()


def secret(folder: Path) -> Path:
    return making.written(folder, "secret.csv", "name,x,y\nNguyen Van A,1,2\n")


def vrt(source: str) -> str:
    return (
        f'<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>{source}</SrcDataSource>'
        "<SrcLayer>secret</SrcLayer></OGRVRTLayer></OGRVRTDataSource>"
    )


def disguises(folder: Path, port: int) -> dict[str, str]:
    address = f"http://127.0.0.1:{port}"
    return {
        "VRT of a local file": vrt(str(secret(folder))),
        "VRT of a settings file": vrt(f"CSV:{secret(folder)}"),
        "VRT over the network": vrt(f"/vsicurl/{address}/a.geojson"),
        "VRT of a bucket": vrt("/vsis3/bucket/a.geojson"),
        "VRT of a database": vrt(f"PG:host=127.0.0.1 port={port} dbname=x"),
        "WFS": f"<OGRWFSDataSource><URL>{address}/wfs</URL></OGRWFSDataSource>",
        "WFS capabilities": f'<wfs:WFS_Capabilities xmlns:wfs="x" href="{address}"/>',
        "OAPIF": f"<OGRAPIDataSource><URL>{address}</URL></OGRAPIDataSource>",
        "CSW": f"<OGRCSWDataSource><URL>{address}/csw</URL></OGRCSWDataSource>",
        "GDALG": f'{{"type": "gdal_streamed_alg", "command_line": "gdal vector read {address}/a.geojson"}}',
        "ESRI service": f'{{"serviceDescription": "x", "url": "{address}", "layers": []}}',
    }


@pytest.mark.parametrize("name", NAMES)
def test_1_to_4_a_disguised_text_is_refused_without_a_call(tmp_path: Path, listener: Listener, name: str) -> None:
    for text in disguises(tmp_path, listener.port).values():
        with pytest.raises(Refused):
            read(making.written(tmp_path, name, text))
    assert listener.connections == 0


def test_1_to_4_a_disguised_text_inside_an_archive_is_refused_without_a_call(
    tmp_path: Path, listener: Listener
) -> None:
    table = making.shapefile_set()[".dbf"]
    for text in disguises(tmp_path, listener.port).values():
        for name in NAMES:
            content = making.zipped({name: text.encode(), "x.dbf": table})
            with pytest.raises(Refused):
                read(making.written(tmp_path, "a.zip", content))
    assert listener.connections == 0


def test_3_a_prj_with_an_address_makes_no_call(tmp_path: Path, listener: Listener) -> None:
    prj = f"http://127.0.0.1:{listener.port}/a.prj".encode()
    assert len(read(making.sent(tmp_path, making.shapefile_set() | {".prj": prj})).frame) == 3
    assert listener.connections == 0


def test_the_listener_hears_a_call_that_is_made(listener: Listener, watched: list[object]) -> None:
    with socket.create_connection(("127.0.0.1", listener.port)) as caller:
        caller.recv(1)  # returns when the listener has counted and hung up
    watched.clear()  # that was this test
    assert listener.connections == 1


@pytest.mark.parametrize(
    "name",
    [
        "/vsizip/a.zip/a.shp",
        "/vsicurl/http://127.0.0.1/a.shp",
        "http://127.0.0.1/a.shp",
        "PG:dbname=x",
        "CSV:a",
        "a\0b",
    ],
)
def test_5_a_name_that_means_something_to_gdal_is_just_a_name(name: str) -> None:
    with pytest.raises(Refused, match="file-missing"):
        read(Path(name))


ADVICE = {
    "a.dxf": b"  0\nSECTION\n", "a.dwg": b"AC1032", "a.dgn": b"\x08\x09\xfe\x02", "b.dgn": b"\xd0\xcf\x11\xe0",
    "a.tab": b"!table\n", "a.mif": b"Version 300\n", "a.kml": b"<?xml version='1.0'?><kml/>", "a.gml": b"<gml:x/>",
    "a.xls": b"\xd0\xcf\x11\xe0", "a.ods": b"PK\3\4", "a.rar": b"Rar!",
}  # fmt: skip


@pytest.mark.parametrize("name", ADVICE)
def test_69_formats_we_do_not_read_say_how_to_save_them(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refused) as refused:
        read(making.written(tmp_path, name, ADVICE[name]))
    assert refused.value.code.startswith("unread-")
    assert words(refused.value)[1]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"AC1015....", "unread-dwg"),
        (b"  0\r\nSECTION\r\n", "unread-dxf"),
        (b"\x08\x09\xfe\x02", "unread-dgn"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "unread-dgn"),
        (b"!table\n!version 300", "unread-mapinfo"),
        (b'<?xml version="1.0"?>\n<kml xmlns="x">', "unread-kml"),
        (b'<?xml version="1.0"?>\n<gml:FeatureCollection/>', "unread-gml"),
        (b"7z\xbc\xaf\x27\x1c", "unread-archive"),
        (b"hello", "format-unknown"),
    ],
)
def test_a_file_without_a_suffix_is_known_by_its_content(tmp_path: Path, content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read(making.written(tmp_path, "delivery", content))
    assert refused.value.code == code
    assert code in REFUSALS


@pytest.mark.parametrize("suffix", [".shp", ".gpkg", ".geojson", ".zip"])
def test_content_of_one_format_under_the_name_of_another_is_refused(tmp_path: Path, suffix: str) -> None:
    files = {
        ".shp": making.shapefile_set()[".shp"],
        ".gpkg": making.geopackage(tmp_path / "good.gpkg").read_bytes(),
        ".geojson": b'{"type": "FeatureCollection", "features": []}',
        ".zip": making.zipped(making.shapefile_set()),
    }
    for other in files.keys() - {suffix}:
        with pytest.raises(Refused, match=r"content-mismatch|archive-prefix"):
            read(making.written(tmp_path, "x" + suffix, files[other]))
