"""Base maps of others: looked at once, refused in one sentence, and the page may load from no other host."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from exports.base_maps import fetching
from exports.models import BaseMap
from layers.ground.parcels import PARCELS
from tests.database.lying_server import PAGE, WMS, WMS_IN_DEGREES, WMTS, Said, picture, plain, served
from tests.database.province import deliver, parcel

pytestmark = pytest.mark.django_db(databases="__all__")

XYZ = "/{z}/{x}/{y}.png"
MIDDLE = "/12/3258/1809.png"


def add(address: str, *words: str, name: str = "ortho") -> None:
    call_command("add_basemap", name, address, "--title", "Ảnh 2025", "--attribution", "Sở NN&MT", *words)


def refused(address: str, *words: str, name: str = "ortho") -> str:
    with pytest.raises(CommandError) as told:
        add(address, *words, name=name)
    assert not BaseMap.objects.filter(name=name, address=address).exists()
    return str(told.value)


def test_tiles_are_looked_at_once_and_then_offered(capsys: pytest.CaptureFixture[str]) -> None:
    with served({MIDDLE: plain(picture())}) as server:
        add(server + XYZ, "--maxzoom", "17")
    base = BaseMap.objects.get()
    assert (base.kind, base.tile_size, base.maxzoom) == ("xyz", 256, 17)
    said = capsys.readouterr().out
    assert "hình PNG 256 × 256" in said
    assert server.removeprefix("http://") in said
    assert "https sẽ không hiện" in said


def test_a_wms_is_asked_for_one_of_its_layers_in_web_mercator() -> None:
    with served({"GetCapabilities": plain(WMS, "text/xml"), "GetMap": plain(picture(512, "JPEG"))}) as server:
        add(f"{server}/wms?map=a", "--layer", "ortho")
    base = BaseMap.objects.get()
    assert base.tile_size == 512
    for word in ("map=a", "REQUEST=GetMap", "LAYERS=ortho", "CRS=EPSG:3857", "FORMAT=image/jpeg", "{bbox-epsg-3857}"):
        assert word in base.tiles


def test_a_wmts_becomes_a_template_of_tiles_with_its_own_zooms() -> None:
    with served({"GetCapabilities": plain(WMTS, "text/xml"), "GetTile": plain(picture())}) as server:
        add(f"{server}/wmts", "--layer", "ortho")
    base = BaseMap.objects.get()
    assert (base.minzoom, base.maxzoom) == (6, 18)
    assert "TILEMATRIX=g:{z}" in base.tiles and "TILEROW={y}" in base.tiles and "STYLE=plain" in base.tiles


IN_UTF_16 = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY b "c">]><WMS_Capabilities/>'.encode("utf-16")
LIES: list[tuple[str, dict[str, Said | None], str, list[str], str]] = [
    ("a page instead of a tile", {MIDDLE: plain(PAGE, "text/html")}, XYZ, [], "hình mà là text/html: “Please"),
    ("a page that calls itself a picture", {MIDDLE: plain(PAGE)}, XYZ, [], "không phải là hình"),
    ("half a picture", {MIDDLE: plain(picture()[:200])}, XYZ, [], "không phải là hình"),
    ("a huge picture", {MIDDLE: plain(picture(4096))}, XYZ, [], "4096 × 4096"),
    ("an error", {MIDDLE: plain(b"down", "text/plain", 503)}, XYZ, [], "lỗi 503: “down”"),
    ("no capabilities", {"GetCapabilities": plain(PAGE, "text/html")}, "/wms", [], "chứ không phải bản mô tả"),
    ("entities", {"GetCapabilities": plain(b'<!DOCTYPE a [<!ENTITY b "c">]><a/>')}, "/wms", [], "không cho biết"),
    ("entities in UTF-16", {"GetCapabilities": plain(IN_UTF_16)}, "/wms", [], "không cho biết"),
    ("no such layer", {"GetCapabilities": plain(WMS)}, "/wms", ["--layer", "photo"], "Có: ortho, relief."),
    ("no layer chosen", {"GetCapabilities": plain(WMS)}, "/wms", [], "bằng --layer: ortho, relief."),
    ("degrees only", {"GetCapabilities": plain(WMS_IN_DEGREES)}, "/wms", ["--layer", "ortho"], "EPSG:3857"),
    (
        "an exception instead of a map",
        {"GetCapabilities": plain(WMS), "GetMap": plain(b"<ServiceException>no style</ServiceException>", "text/xml")},
        "/wms",
        ["--layer", "ortho"],
        "“no style”",
    ),
    ("no web tiles", {"GetCapabilities": plain(WMTS.replace(b"3857", b"4326"))}, "/wmts", ["--layer", "ortho"], "bộ ô"),
    ("no ranges", {"/a.pmtiles": plain(b"PMTiles\x03" + bytes(119))}, "/a.pmtiles", [], "HTTP Range"),
    ("no archive", {"/a.pmtiles": plain(PAGE * 3, status=206)}, "/a.pmtiles", [], "không phải là PMTiles"),
    ("a blank too many", {}, "/{s}/{z}/{x}/{y}.png", [], "không có dấu ngoặc nào khác"),
    ("an address that says nothing", {}, "/maps", [], "--kind"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "path", "words", "sentence"), [lie[1:] for lie in LIES], ids=[lie[0] for lie in LIES]
)
def test_a_lie_is_refused_in_one_sentence(
    answers: dict[str, Said | None], path: str, words: list[str], sentence: str
) -> None:
    with served(answers) as server:
        assert sentence in refused(server + path, *words)


def test_a_server_that_never_answers_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching.fetch, "__defaults__", (None, 0.5))
    with served({MIDDLE: None}) as server:
        assert "không trả lời xong" in refused(server + XYZ)


def test_a_server_that_sends_without_end_is_given_up() -> None:
    with served({MIDDLE: plain(bytes(9 * 2**20))}) as server:
        assert "hơn 8 MB" in refused(server + XYZ)


def test_nobody_leads_us_into_our_own_network(monkeypatch: pytest.MonkeyPatch) -> None:
    with served({"/secret": plain(picture())}) as inside:
        away = plain(b"", status=302, Location=inside.replace("127.0.0.1", "localhost") + "/secret")
        with served({MIDDLE: away}) as server:
            assert "mạng nội bộ (localhost)" in refused(server + XYZ)


def test_a_server_may_lead_to_another_address_of_its_own() -> None:
    with served({MIDDLE: plain(b"", status=302, Location="/real.png"), "/real.png": plain(picture())}) as server:
        add(server + XYZ)
    assert BaseMap.objects.count() == 1


@pytest.fixture
def orthophoto(tmp_path: Path) -> Path:
    """An MBTiles file as GDAL writes it, with the one tile of the province's middle at zoom 12."""
    file = tmp_path / "ortho.mbtiles"
    with sqlite3.connect(file) as made:
        made.execute("CREATE TABLE metadata (name text, value text)")
        made.execute("CREATE TABLE tiles (zoom_level int, tile_column int, tile_row int, tile_data blob)")
        said = {"format": "png", "minzoom": "12", "maxzoom": "12", "bounds": "106,20.2,106.7,20.8", "name": "ortho"}
        made.executemany("INSERT INTO metadata VALUES (?, ?)", said.items())
        made.execute("INSERT INTO tiles VALUES (12, 3258, ?, ?)", (2**12 - 1 - 1809, picture()))
    made.close()
    return file


def test_the_departments_orthophoto_is_kept_and_served_from_here(
    orthophoto: Path, tmp_path: Path, settings: Any, client: Client
) -> None:
    settings.DATA_DIR = tmp_path / "data"
    add(str(orthophoto))
    [base] = BaseMap.objects.all()
    assert (base.kind, base.minzoom, base.maxzoom) == ("file", 12, 12)
    answer = client.get(base.tiles.format(z=12, x=3258, y=1809))
    assert (answer.status_code, answer["Content-Type"], answer.content) == (200, "image/png", picture())
    assert "immutable" in answer["Cache-Control"]
    assert client.get(base.tiles.format(z=12, x=3259, y=1809)).status_code == 204
    assert client.get("/base-maps/none-1/12/3258/1809").status_code == 204
    call_command("remove_basemap", "ortho")
    assert list((tmp_path / "data" / "base-maps").iterdir()) == []
    assert not BaseMap.objects.exists()


@pytest.mark.parametrize(
    ("name", "sentence"), [("nowhere.pmtiles", "Không có tệp"), ("bad.mbtiles", "không phải là MBTiles")]
)
def test_a_file_that_is_none_is_refused_and_leaves_nothing(
    name: str, sentence: str, tmp_path: Path, settings: Any
) -> None:
    settings.DATA_DIR = tmp_path / "data"
    (tmp_path / "bad.mbtiles").write_bytes(b"nothing at all")
    assert sentence in refused(str(tmp_path / name))
    assert not list((tmp_path / "data").rglob("*.*"))


def test_a_name_is_taken_once_and_is_fit_for_an_address() -> None:
    with served({MIDDLE: plain(picture())}) as server:
        add(server + XYZ)
        assert "Đã có nền" in refused(f"{server}/a{XYZ}")
        assert "chữ không dấu" in refused(server + XYZ, name="ảnh bay")


def test_what_is_listed_can_be_taken_away_and_nothing_else(capsys: pytest.CaptureFixture[str]) -> None:
    with served({MIDDLE: plain(picture())}) as server:
        add(server + XYZ)
    call_command("list_basemaps")
    assert "Ảnh 2025" in capsys.readouterr().out
    call_command("remove_basemap", "ortho")
    call_command("list_basemaps")
    assert "Chỉ có nền của cổng" in capsys.readouterr().out
    with pytest.raises(CommandError, match="Không có nền"):
        call_command("remove_basemap", "ortho")


def test_only_pages_with_a_map_may_load_pictures_and_only_from_the_hosts_that_were_added(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver(PARCELS, parcel(1))
    policy: Callable[[str], Any] = lambda address: client.get(address)["Content-Security-Policy"]  # noqa: E731
    assert "http" not in policy("/map")
    with served({MIDDLE: plain(picture())}) as server:
        add(server + XYZ)
    assert f"img-src 'self' data: blob: {server};" in policy("/map")
    assert f"connect-src 'self' {server};" in policy("/map")
    assert "http" not in policy("/about")
