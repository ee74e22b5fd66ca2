"""OWASP ASVS 5.0, chapter V5 (file handling): a test for each requirement, here or beside what it tests."""

from __future__ import annotations

import ast
import re
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings as portal
from django.contrib.staticfiles.finders import get_finders
from django.test import Client
from PIL import Image

from desk import store, sweeping
from desk.examining import FIRM
from desk.models import Delivery
from desk.views import upload
from importers.reader import photos, signed_pdf
from importers.reader.limits import MEGABYTE, OFFICER, PUBLIC
from importers.reader.sniff import SUFFIXES, TABLE_SUFFIXES
from tests.database import deliveries
from tests.database.officers import at_the_desk, officer, parts, send, work

pytestmark = pytest.mark.django_db(databases="__all__")

ROOT = Path(__file__).resolve().parents[2]
HERE, READER = "tests/database/test_asvs_v5.py::", "tests/pure/reader/"
RIGHTS, FIRMS = "tests/database/test_desk_rights.py::", "tests/database/test_precheck.py::"
ZIPPED, DISGUISE = f"{READER}test_archives.py::", f"{READER}test_disguise.py::"
SANDBOX, PHOTOS = f"{READER}test_sandbox.py::", f"{READER}test_photos.py::"

# Requirement -> what it asks in short, and the tests that hold it.
REQUIREMENTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "5.1.1": ("kinds, suffixes and sizes of every upload are written down", (f"{HERE}test_5_1_1_",)),
    "5.2.1": (
        "only sizes that can be worked with",
        (
            f"{RIGHTS}test_a_file_too_large_is_refused_before_it_is_read",
            f"{SANDBOX}test_a_file_above_the_limit_is_refused_while_it_is_copied",
            f"{PHOTOS}test_too_large_a_file_is_refused_before_a_child_is_started",
            f"{FIRMS}test_a_body_larger_than_we_read_is_refused_before_it_is_taken",
        ),
    ),
    "5.2.2": (
        "suffix and content agree, also inside archives",
        (
            f"{DISGUISE}test_content_of_one_format_under_the_name_of_another_is_refused",
            f"{DISGUISE}test_1_to_4_a_disguised_text_inside_an_archive_is_refused_without_a_call",
            f"{HERE}test_5_2_2_",
        ),
    ),
    "5.2.3": (
        "size and number of files are known before an archive is unpacked",
        (
            f"{ZIPPED}test_10_a_bomb_is_refused_by_its_directory",
            f"{ZIPPED}test_11_sixty_thousand_entries",
            f"{ZIPPED}test_unpacked_size_is_limited_as_a_whole",
            f"{READER}test_tables.py::test_a_spreadsheet_that_swells_is_refused_by_its_directory",
        ),
    ),
    "5.2.4": (
        "a quota of bytes and of files for each user",
        (
            f"{HERE}test_5_2_4_bytes",
            f"{HERE}test_5_2_4_files",
            f"{HERE}test_5_2_4_what_nobody_owns",
            f"{HERE}test_5_2_4_a_file_that_never_arrived",
            f"{FIRMS}test_a_key_checks_one_file_at_a_time",
        ),
    ),
    "5.2.5": (
        "no symbolic links",
        (f"{ZIPPED}test_8_a_symlink_is_refused", f"{SANDBOX}test_a_link_in_a_folder_is_not_followed"),
    ),
    "5.2.6": ("no pictures of too many pixels", (f"{PHOTOS}test_what_is_no_photo_is_refused_with_words",)),
    "5.3.1": ("nothing received is run or served", (f"{HERE}test_5_3_1_",)),
    "5.3.2": (
        "paths are made of our own names",
        (f"{HERE}test_5_3_2_", f"{DISGUISE}test_5_a_name_that_means_something_to_gdal_is_just_a_name"),
    ),
    "5.3.3": (
        "paths inside an archive lead nowhere",
        (f"{ZIPPED}test_6_and_7_names_that_point_outside_are_refused_and_nothing_is_written",),
    ),
    "5.4.1": ("the name of a download is ours and stands in its header", (f"{HERE}test_5_4_1_",)),
    "5.4.2": ("names in headers cannot break out of them", (f"{HERE}test_5_4_2_",)),
    "5.4.3": ("no known malware is served", (f"{HERE}test_5_4_3_", f"{PHOTOS}test_nothing_a_camera_or_a_hand")),
}
OF_THE_CHAPTER = {"5.1": 1, "5.2": 6, "5.3": 3, "5.4": 3}

HOSTILE_NAMES = (
    "../../evil.geojson",
    "/etc/cron.d/x.geojson",
    "x\r\nSet-Cookie: a=b.geojson",
    'a";b=".geojson',
    "x.php",
)
# The pattern by which every scanner shows that it works, in two halves so that none finds it here.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD" + rb"-ANTIVIRUS-TEST-FILE!$H+H*"


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, settings: Any) -> Path:
    settings.DATA_DIR = tmp_path / "data"
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "data" / "arriving")
    return tmp_path / "data"


@pytest.fixture
def lan() -> Client:
    return at_the_desk(officer("lan", "editor"))


def names_in(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def offer(client: Client, name: str, content: bytes) -> Any:
    """Send a file under any name at all: as RFC 5987 writes it, where no sign has to be left out."""
    head = '--end\r\nContent-Disposition: form-data; name="layer"\r\n\r\nparcels\r\n--end\r\n'
    head += f"Content-Disposition: form-data; name=\"files\"; filename*=UTF-8''{quote(name, safe='')}\r\n\r\n"
    body = head.encode() + content + b"\r\n--end--\r\n"
    return client.post("/desk/deliveries/new", body, content_type="multipart/form-data; boundary=end")


def test_every_requirement_of_the_chapter_is_in_the_table() -> None:
    expected = [f"{part}.{number}" for part, most in OF_THE_CHAPTER.items() for number in range(1, most + 1)]
    assert list(REQUIREMENTS) == expected


@pytest.mark.parametrize("requirement", REQUIREMENTS)
def test_every_requirement_has_its_tests(requirement: str) -> None:
    _what, tests = REQUIREMENTS[requirement]
    assert tests
    for test in tests:
        file, start = test.split("::")
        assert any(name.startswith(start) for name in names_in(ROOT / file)), test


def rows_of(document: str, heading: str) -> dict[str, str]:
    """Rows of the table under that heading, by their first word."""
    text = (ROOT / "docs" / document).read_text(encoding="utf-8").partition(f"## {heading}")[2].partition("\n## ")[0]
    return {line.split("|")[1].strip().split(",")[0]: line for line in text.splitlines() if line.startswith("| ")}


def test_5_1_1_kinds_suffixes_and_sizes_of_every_upload_are_written_down_as_they_are() -> None:
    rows = rows_of("reading.md", "What may be sent, where, and how large")
    desk, firms = rows["`/desk/deliveries/new`"], rows["`/precheck`"]
    site, photo, pdf = rows["the outline of a site"], rows["a photo with a reported mistake"], rows["`/verify`"]
    for row, limits in ((desk, OFFICER), (firms, FIRM), (site, PUBLIC)):
        assert f"| {limits.file // MEGABYTE} MB" in row and f"| {limits.unpacked // MEGABYTE} MB" in row
    assert f"{photos.PHOTO.file // MEGABYTE} MB, {photos.MOST_PIXELS // 10**6} million pixels" in photo
    assert f"{signed_pdf.SHEET.file // MEGABYTE} MB" in pdf
    assert f"{upload.OPEN_AT_ONCE} open deliveries and {upload.MOST_BYTES // MEGABYTE} MB" in desk
    written = set(re.findall(r"\.[a-z]+", desk + site))
    assert {*SUFFIXES, *TABLE_SUFFIXES} <= written


def test_5_2_2_a_program_under_the_name_of_a_survey_file_is_refused_and_gone(lan: Client, tmp_path: Path) -> None:
    file = tmp_path / "thua.zip"
    file.write_bytes(b"\x7fELF" + bytes(500))
    delivery = work(send(lan, file))
    assert (delivery.state, list(store.root().iterdir())) == ("refused", [])


def test_5_2_4_bytes_of_one_officer_are_limited(lan: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(upload, "MOST_BYTES", 10_000)
    shp = deliveries.parcels(tmp_path / "thua")
    sent = send(lan, *parts(shp))
    answer = offer(lan, "more.geojson", b"x" * (10_001 - sent.size))
    assert answer.status_code == 400 and "vượt quá" in answer.content.decode()
    assert Delivery.objects.count() == 1 and len(list(store.root().iterdir())) == 1
    assert offer(at_the_desk(officer("minh", "editor")), "more.geojson", b"x" * 9_000).status_code == 302


def test_5_2_4_files_of_one_officer_are_limited(lan: Client) -> None:
    for at in range(upload.OPEN_AT_ONCE):
        assert offer(lan, "x.geojson", f'{{"number": {at}}}'.encode()).status_code == 302
    assert offer(lan, "x.geojson", b"{}").status_code == 400
    assert len(list(store.root().iterdir())) == upload.OPEN_AT_ONCE


def test_5_2_4_what_nobody_owns_is_deleted(lan: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    offer(lan, "x.geojson", b"{}")
    kept = Delivery.objects.get().folder
    stray = store.new_folder()
    assert sweeping.delete_strays() == 0  # it may still be on its way in
    monkeypatch.setattr(sweeping, "RECEIVING", -sweeping.RECEIVING)
    assert sweeping.delete_strays() == 1
    assert [folder.name for folder in store.root().iterdir()] == [kept] and kept != stray


def test_5_2_4_a_file_that_never_arrived_whole_is_deleted(
    lan: Client, data_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer(lan, "x.geojson", b"{" + bytes(3 * MEGABYTE))  # larger than what is held in memory
    arriving = data_folder / "arriving"
    assert arriving.stat().st_mode & 0o077 == 0 and list(arriving.iterdir()) == []
    (arriving / "tmp1.upload.zip").write_bytes(b"PK")  # as a killed server leaves it
    assert sweeping.delete_strays() == 0
    monkeypatch.setattr(sweeping, "RECEIVING", -sweeping.RECEIVING)
    sweeping.delete_strays()
    assert list(arriving.iterdir()) == [] and store.originals(Delivery.objects.get().folder)


@pytest.mark.parametrize("name", ["x.php", "x.py", "x.html", "x.svg"])
def test_5_3_1_nothing_received_is_run_or_served(lan: Client, name: str) -> None:
    secret = b"print('chay') <script>alert(1)</script>"
    assert offer(lan, name, secret).status_code == 302
    path = store.originals(Delivery.objects.get().folder)[0]
    assert path.stat().st_mode & 0o177 == 0
    inside = path.relative_to(portal.DATA_DIR)
    for address in (f"/{inside}", f"/static/{inside}", f"/static/../{inside}", f"/desk/{inside}", f"/media/{inside}"):
        answer = lan.get(address)
        assert answer.status_code == 404 and secret not in answer.content
    served = [Path(storage.location).resolve() for finder in get_finders() for _name, storage in finder.list([])]
    assert not any(path.resolve().is_relative_to(folder) for folder in served)


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_5_3_2_a_sent_name_makes_no_path(lan: Client, name: str, data_folder: Path) -> None:
    assert offer(lan, name, b"{}").status_code == 302
    files = [str(path.relative_to(data_folder)) for path in data_folder.rglob("*") if path.is_file()]
    assert len(files) == 1
    assert re.fullmatch(r"desk/[0-9a-f]{32}/original/delivery\.[a-z]+", files[0])


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_5_4_1_a_download_has_a_name_of_ours(lan: Client, name: str) -> None:
    offer(lan, name, b"{}")
    delivery = Delivery.objects.get()
    answer = lan.get(f"/desk/deliveries/{delivery.pk}/findings.csv")
    assert answer["Content-Disposition"] == f'attachment; filename="delivery-{delivery.pk}-findings.csv"'
    assert "Set-Cookie" not in answer and answer["X-Content-Type-Options"] == "nosniff"


# What may stand in the name of a download: numbers, slugs of layers and codes, all made by us.
# The suffix of a batch is one of a table of ours, its code one that we drew.
OURS = {"delivery.pk", "sheet.layer.slug", "sheet.sha256[:12]", "sheet.code", "batch.code", "suffix"}


def test_5_4_2_every_name_in_a_header_is_made_of_our_own_signs() -> None:
    sources = [file for room in ("desk", "geoportal", "exports", "contact") for file in (ROOT / room).rglob("*.py")]
    lines = [line for file in sources for line in file.read_text("utf-8").splitlines() if "Content-Disposition" in line]
    assert len(lines) >= 4
    for line in lines:
        assert re.search(r"""(attachment|inline)(; filename="[a-z0-9{}._:\[\]-]+")?["']""", line), line
        assert set(re.findall(r"\{(.+?)\}", line.partition("Content-Disposition")[2].lstrip('"]: ='))) <= OURS, line


def test_5_4_3_what_a_scanner_would_find_is_never_handed_out_and_the_documents_say_who_scans(
    lan: Client, tmp_path: Path
) -> None:
    for name in ("virus.geojson", "virus.zip", "virus.csv"):
        file = tmp_path / name
        file.write_bytes(EICAR)
        delivery = work(send(lan, file))
        assert delivery.state == "refused"
        assert EICAR not in lan.get(f"/desk/deliveries/{delivery.pk}").content
    assert list(store.root().iterdir()) == []
    picture = BytesIO()
    Image.new("RGB", (40, 40), "green").save(picture, "JPEG", comment=EICAR)
    assert EICAR in picture.getvalue() and EICAR not in photos.redraw(picture.getvalue() + EICAR)
    told = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    assert "no virus scanner" in told and "5.4.3" in told
