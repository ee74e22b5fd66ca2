"""Sheets that come back: as files, by the API, under a newer program, after a withdrawal or their time."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pyhanko.pdf_utils.reader import PdfFileReader

from exports.models import Certificate, Sheet
from exports.sheets.issuing import Wanted, kept
from exports.sheets.subjects import PARCEL
from exports.sheets.withdrawing import expire
from importers.publish import Delivery
from importers.publish.withdrawing import withdraw
from layers import catalogue
from tests.database.province import DAY, box, deliver, standing, zone
from tests.database.sheet_ground import GROUNDWATER, read, words_of
from tests.printed import scale_error_mm

pytestmark = [
    pytest.mark.django_db(databases="__all__"),
    pytest.mark.usefixtures("one_press", "sheet_ground"),
]


def send(client: Client, content: bytes) -> tuple[int, str]:
    """The status and the words of the page when a file is sent to be verified."""
    reply = client.post("/verify", {"file": SimpleUploadedFile("sheet.pdf", content, "application/pdf")})
    return reply.status_code, " ".join(reply.content.decode().split())


def test_the_file_as_issued_is_recognised(client: Client, pdf: bytes) -> None:
    status, words = send(client, pdf)
    assert status == 200
    assert "giống từng byte bản cổng đã cấp" in words


@pytest.mark.parametrize("place", [0.2, 0.5, 0.9])
def test_one_flipped_bit_is_found(client: Client, pdf: bytes, place: float) -> None:
    at = int(len(pdf) * place)
    status, words = send(client, pdf[:at] + bytes([pdf[at] ^ 1]) + pdf[at + 1 :])
    assert status == 422
    assert "bị sửa" in words


def test_what_is_added_behind_the_signature_is_found(client: Client, pdf: bytes) -> None:
    assert "bị sửa" in send(client, pdf + b"\n% and more\n")[1]


def test_a_file_signed_by_somebody_else_is_not_ours(client: Client, pdf: bytes) -> None:
    Sheet.objects.all().delete()
    Certificate.objects.all().delete()
    assert "do người khác ký" in send(client, pdf)[1]


def test_our_signature_holds_even_where_the_sheet_is_no_longer_stored(client: Client, pdf: bytes) -> None:
    Sheet.objects.all().delete()
    assert "không khớp bản nào cổng còn lưu" in send(client, pdf)[1]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Tệp rỗng"),
        (b"GIF89a", "không phải là tệp PDF"),
        (b"%PDF-1.7\nnothing", "hỏng hoặc đã bị sửa"),
        (b"%PDF-" + b"0" * (11 * 2**20), "lớn hơn giới hạn 10 MB"),
    ],
    ids=["empty", "a picture", "no structure", "too large"],
)
def test_what_is_no_sheet_is_one_sentence(client: Client, content: bytes, said: str) -> None:
    status, words = send(client, content)
    assert status == 422
    assert said in words


def test_the_api_tells_what_was_issued_and_what_became_of_it(client: Client) -> None:
    parcel_id = standing().feature_id
    issued = client.get(f"/api/sheets?parcel={parcel_id}&on={DAY}").json()
    checked = client.get(f"/api/sheets/{issued['code']}").json()
    assert (issued["date"], issued["asked"]) == (DAY.isoformat(), {"parcel": parcel_id})
    assert (checked["verdict"], checked["is_intact"], checked["sha256"]) == ("identical", True, issued["sha256"])
    assert client.get("/api/sheets?parcel=x").status_code == 400


def test_under_a_newer_program_the_page_says_so(client: Client, address: str, settings: Any) -> None:
    client.get(address)
    settings.RELEASE = "9.9.9"
    page = client.get(f"/verify/{Sheet.objects.get().code}").content.decode()
    assert "Cùng dữ liệu, chương trình mới hơn" in page


def test_what_is_withdrawn_takes_the_sheets_along_that_show_it(client: Client, address: str) -> None:
    client.get(address)
    sheet = Sheet.objects.get()
    withdraw(
        catalogue.get(GROUNDWATER),
        catalogue.get(GROUNDWATER).model._default_manager.get(code="near").feature_id,
        reason="Tên người",
        delivery=Delivery("withdrawal", "0" * 64, "Bình", approver="An"),
    )
    assert "Phiếu này đã bị rút" in client.get(f"/verify/{sheet.code}").content.decode()
    assert client.get(f"/verify/{sheet.code}/sheet.pdf").status_code == 404
    sheet.refresh_from_db()
    assert (sheet.pdf, sheet.answer, sheet.tells) == (None, None, [])


def test_a_neighbour_that_is_only_drawn_takes_it_along_as_well(client: Client, address: str) -> None:
    deliver(GROUNDWATER, zone(GROUNDWATER, "drawn", box(115, 10, 140, 30)))
    client.get(address)
    drawn = catalogue.get(GROUNDWATER).model._default_manager.get(code="drawn")
    assert f"{GROUNDWATER}:{drawn.feature_id}" in Sheet.objects.get().tells


def test_a_sheet_whose_time_is_over_keeps_its_code_only(client: Client, address: str) -> None:
    client.get(address)
    sheet = Sheet.objects.get()
    assert expire(sheet.issued_at + timedelta(days=3_651)) == 1
    assert "Mã này đã hết hạn" in client.get(f"/verify/{sheet.code}").content.decode()
    assert client.get(f"/api/sheets/{sheet.code}").json()["verdict"] == "expired"
    unknown = client.get("/api/sheets/0000000000000000")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "sheet-unknown")
    assert client.get(address).status_code == 200
    assert Sheet.objects.count() == 2


def test_words_of_a_delivery_stand_in_the_sheet_as_words(client: Client, address: str, tmp_path: Path) -> None:
    hostile = '<img src="file:///etc/passwd" onerror="alert(1)">\x01'
    deliver(GROUNDWATER, zone(GROUNDWATER, "near", box(50, -100, 500, 100), name=hostile))
    text = words_of(client.get(address).content, tmp_path)
    assert '<img src="file:///etc/passwd"' in text
    assert "root:" not in text


def test_who_prints_the_same_at_the_same_moment_gets_the_one_that_is_kept(client: Client, address: str) -> None:
    client.get(address)
    first = Sheet.objects.get()
    wanted = Wanted(PARCEL, first.asked, first.snapshot, first.day, first.language, "http://testserver/")
    twin = Sheet(**wanted.identity, code="0" * 16, asked=first.asked, issued_at=first.issued_at, pdf=b"%PDF")
    assert kept(twin, wanted).code == first.code
    assert Sheet.objects.count() == 1


def test_the_printed_map_has_the_scale_that_it_names(client: Client, address: str, tmp_path: Path) -> None:
    client.get(address)
    assert scale_error_mm(Sheet.objects.get(), tmp_path) <= 0.1


def test_it_says_of_itself_that_it_is_pdf_a_3_with_all_that_belongs_to_it(pdf: bytes, tmp_path: Path) -> None:
    """No validator of PDF/A can be had here; what it would look at first is looked at."""
    root = PdfFileReader(io.BytesIO(pdf)).root
    metadata = root["/Metadata"].data.decode()
    assert re.search(r"pdfaid:part[=>\"]*3", metadata)
    assert root["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"
    assert root["/AF"][0]["/AFRelationship"] == "/Data"
    assert "/StructTreeRoot" in root
    fonts = read(pdf, tmp_path, "pdffonts").splitlines()[2:]
    assert fonts
    assert all(re.search(r" yes yes yes ", line) for line in fonts)
