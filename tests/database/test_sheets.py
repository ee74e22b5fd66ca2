"""Information sheets end to end: asked for, laid out, signed, stored, handed out again, verified."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from exports.models import Certificate, Sheet
from exports.sheets.verifying import is_reproduced
from tests.database.province import DAY, box, deliver, parcel, standing, zone
from tests.database.sheet_ground import GROUNDWATER, read, words_of

pytestmark = [
    pytest.mark.django_db(databases="__all__"),
    pytest.mark.usefixtures("one_press", "sheet_ground"),
]


def test_a_sheet_is_a_signed_pdf_that_an_independent_reader_finds_valid(
    client: Client, address: str, tmp_path: Path
) -> None:
    reply = client.get(address)
    assert (reply.status_code, reply["Content-Type"]) == (200, "application/pdf")
    said = read(reply.content, tmp_path, "pdfsig")
    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said


def test_it_carries_the_answer_as_the_same_bytes_as_the_api(client: Client, address: str, tmp_path: Path) -> None:
    pdf = client.get(address).content
    read(pdf, tmp_path, "pdfdetach", "-saveall", "-o", str(tmp_path))
    [twin] = tmp_path.glob("*.json")
    assert twin.read_bytes() == client.get(f"/api/parcels/{standing().feature_id}/report?on={DAY}").content


def test_asked_again_it_is_the_same_sheet(client: Client, address: str) -> None:
    assert client.get(address).content == client.get(address).content
    assert Sheet.objects.count() == 1


def test_another_day_or_language_is_another_sheet(client: Client, address: str) -> None:
    client.get(address)
    client.get(address + "&lang=en")
    client.get(f"/parcels/{standing().feature_id}/sheet.pdf?on={DAY + timedelta(days=1)}&lang=vi")
    assert Sheet.objects.count() == 3
    assert len({sheet.code for sheet in Sheet.objects.all()}) == 3


def test_it_says_what_it_is_and_what_it_is_not(client: Client, address: str, tmp_path: Path) -> None:
    deliver(
        "uncomputed-rules", {"code": "U", "title": "Đất quốc phòng", "why": "Không có dữ liệu.", "edition": "Bản thử"}
    )
    text = words_of(client.get(address).content, tmp_path)
    assert "không có giá trị pháp lý" in text
    assert "Cung cấp thông tin, dữ liệu đất đai" in text
    assert "Đất quốc phòng: Không có dữ liệu." in text
    assert "Ký bằng khóa thử nghiệm" in text
    assert "trích lục" not in text.lower()


def test_the_page_of_its_code_says_that_it_is_genuine_and_still_true(client: Client, address: str) -> None:
    client.get(address.replace(f"?on={DAY}", ""))
    sheet = Sheet.objects.get()
    page = client.get(f"/verify/{sheet.code}").content.decode()
    assert "Phiếu này là thật" in page
    assert "vẫn giống hệt" in page
    assert re.search(r"Thửa đất số 1, tờ bản đồ 45", page)


def test_when_the_data_change_its_page_says_how(client: Client, address: str) -> None:
    client.get(address)
    deliver(GROUNDWATER, zone(GROUNDWATER, "near", box(200, -100, 500, 100)))
    page = client.get(f"/verify/{Sheet.objects.get().code}").content.decode()
    assert "Phiếu này là thật" in page
    assert "Từ đó đến nay dữ liệu đã đổi" in page
    assert "Vùng near" in page


def test_a_sheet_computed_again_gives_the_same_bytes_after_further_publications(client: Client, address: str) -> None:
    client.get(address)
    deliver(GROUNDWATER, zone(GROUNDWATER, "near", box(200, -100, 500, 100)))
    deliver("parcels", parcel(1, box(0, 0, 90, 50)))
    assert is_reproduced(Sheet.objects.get())


@pytest.mark.parametrize("typed", ["{code}", "{dashed}", "{dashed} ", "{sha}"])
def test_a_code_is_found_however_it_is_typed(client: Client, address: str, typed: str) -> None:
    client.get(address)
    sheet = Sheet.objects.get()
    dashed = "-".join(sheet.code[i : i + 4] for i in range(0, 16, 4)).lower()
    reply = client.get("/verify", {"code": typed.format(code=sheet.code, dashed=dashed, sha=sheet.pdf_sha256)})
    assert reply.status_code == 302
    assert reply["Location"] == f"/verify/{sheet.code}"


@pytest.mark.parametrize("code", ["0000000000000000", "NOCODE", "%00", "1" * 200])
def test_an_unknown_code_is_one_sentence(client: Client, code: str) -> None:
    reply = client.get(f"/verify/{code}")
    assert reply.status_code == 404
    assert "Không có phiếu nào mang mã này" in reply.content.decode()


def test_the_certificate_can_be_downloaded(client: Client, address: str) -> None:
    client.get(address)
    certificate = Certificate.objects.get()
    assert client.get(f"/verify/certificates/{certificate.sha256}.pem").content.startswith(b"-----BEGIN CERTIFICATE")


def test_a_parcel_that_never_was_has_no_sheet(client: Client) -> None:
    assert client.get("/parcels/999999/sheet.pdf").status_code == 404
    assert Sheet.objects.count() == 0


def test_the_code_holds_nothing_of_the_parcel(client: Client, address: str) -> None:
    client.get(address)
    sheet = Sheet.objects.get()
    assert len(sheet.code) == 16
    assert json.loads(sheet.bytes_of_answer)["parcel"]["parcel_no"] == "1"
