"""The information sheet of a site: named by its parcels or by its corners, signed, kept, computed again, verified."""

from __future__ import annotations

import html
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from exports.models import Sheet
from exports.sheets.press import press
from exports.sheets.verifying import is_reproduced
from importers.publish import Delivery
from importers.publish.withdrawing import withdraw
from layers import catalogue
from layers.ground.parcels import PARCELS
from layers.queries.snapshots import newest
from layers.rulebook.statutory_distances import STATUTORY_DISTANCES
from layers.rulebook.uncomputed_rules import UNCOMPUTED_RULES
from layers.sites import address as addresses
from layers.sites.site import Site
from tests.database.province import DAY, SOUTH, WEST, box, deliver, line, parcel, point, standing, zone
from tests.database.sheet_ground import GROUNDWATER, read, words_of
from tests.database.site_ground import publish_fields
from tests.printed import scale_error_mm

pytestmark = pytest.mark.django_db(databases="__all__")

CORRIDORS, WELLS = "source-corridors", "licensed-wells"
RULE = {"edition": "Bản thử", "source": "thử", "legal_basis": "Luật thử, điều 1"}
DRAWN = "+".join(f"{WEST + x:.0f},{SOUTH + y:.0f}" for x, y in ((20, 5), (250, 5), (250, 45), (20, 45)))


@pytest.fixture(scope="module", autouse=True)
def one_press() -> Iterator[None]:
    yield
    press.close()


@pytest.fixture(autouse=True)
def ground(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Three fields in a row, the second half and the third in a zone, a corridor near them with a distance by law."""
    settings.DATA_DIR = tmp_path_factory.getbasetemp() / "portal"
    publish_fields()
    deliver(GROUNDWATER, zone(GROUNDWATER, "half", box(150, -100, 500, 100)))
    deliver(CORRIDORS, zone(CORRIDORS, "canal", line((-200, 90), (500, 90)), width_m=5.0))
    rule = {"code": "K-1", "title": "Hành lang thử 60 m", "object_layer": CORRIDORS, "width_m": 60.0, **RULE}
    deliver(STATUTORY_DISTANCES, rule)
    deliver(UNCOMPUTED_RULES, {"code": "U-1", "title": "Đất quốc phòng", "why": "Không có dữ liệu.", **RULE})


def named(*numbers: int) -> str:
    return "parcels=" + ",".join(str(standing(number).feature_id) for number in numbers)


@pytest.fixture
def query() -> str:
    return named(1, 2)


@pytest.fixture
def pdf(client: Client, query: str) -> bytes:
    content: bytes = client.get(f"/check/sheet.pdf?{query}&on={DAY}").content
    return content


def page_of(client: Client, query: str, day: date | None = None) -> str:
    """The page of the code of a new sheet."""
    client.get(f"/check/sheet.pdf?{query}" + (f"&on={day}" if day else ""))
    return verify_page(client)


def verify_page(client: Client) -> str:
    page = client.get(f"/verify/{Sheet.objects.get().code}").content.decode()
    return " ".join(html.unescape(page).split())


def test_it_is_a_signed_pdf_that_an_independent_reader_finds_valid(pdf: bytes, tmp_path: Path) -> None:
    said = read(pdf, tmp_path, "pdfsig")
    assert "Signature is Valid" in said
    assert "Total document signed" in said


def test_it_carries_the_same_bytes_as_the_report_of_the_api(client: Client, pdf: bytes, tmp_path: Path) -> None:
    read(pdf, tmp_path, "pdfdetach", "-saveall", "-o", str(tmp_path))
    [twin] = tmp_path.glob("*.json")
    body = {"parcels": [standing(1).feature_id, standing(2).feature_id]}
    asked = client.post(f"/api/report?on={DAY}", body, content_type="application/json")
    assert twin.read_bytes() == asked.content


def test_it_tells_the_site_its_parcels_the_distances_and_what_nobody_computed(pdf: bytes, tmp_path: Path) -> None:
    text = words_of(pdf, tmp_path)
    for said in (
        "Phiếu thông tin khu đất",
        "Khu đất 10.000,0 m²",
        "Thửa đất trong khu",
        "Vùng half",
        "Hành lang thử 60 m",
        "Đất quốc phòng",
        "không có giá trị pháp lý",
        "Ký bằng khóa thử nghiệm",
    ):
        assert said in text
    assert "trích lục" not in text.lower()


def test_it_never_speaks_of_the_site_as_of_one_parcel(client: Client, query: str, tmp_path: Path) -> None:
    deliver(WELLS, zone(WELLS, "well", point(50, 25)))
    text = words_of(client.get(f"/check/sheet.pdf?{query}&on={DAY}").content, tmp_path)
    assert "Trên khu đất này có giếng" in text
    for wrong in ("cho thửa này", "diện tích thửa", "phần của thửa nằm trong vùng", "Cả thửa đã", "thửa đất này"):
        assert wrong not in text


def test_an_english_sheet_has_no_vietnamese_sentence_of_the_portal(client: Client, query: str, tmp_path: Path) -> None:
    text = words_of(client.get(f"/check/sheet.pdf?{query}&on={DAY}&lang=en").content, tmp_path)
    assert "Site information sheet" in text
    assert "Site of 10,000.0 m²" in text
    assert "About the site" in text
    assert "Accuracy of the site's outline" in text.replace("’", "'")
    assert "Ask: ." not in text
    for vietnamese in ("Khu đất", "Thửa", "Phần của", "Cổng", "Sai số"):
        assert vietnamese not in text


def test_a_site_by_its_corners_has_one_too(client: Client, tmp_path: Path) -> None:
    reply = client.get(f"/check/sheet.pdf?outline={DRAWN}&on={DAY}")
    assert reply.status_code == 200
    assert "Khu đất 9.200,0 m²" in words_of(reply.content, tmp_path)


def test_asked_again_it_is_the_same_sheet_and_another_site_is_another(client: Client, query: str) -> None:
    address = f"/check/sheet.pdf?{query}&on={DAY}"
    assert client.get(address).content == client.get(address).content
    assert Sheet.objects.count() == 1
    client.get(f"/check/sheet.pdf?{named(2, 3)}&on={DAY}")
    assert len(set(Sheet.objects.values_list("code", "key"))) == 2


def test_in_another_order_the_same_parcels_are_the_same_sheet_and_their_page_keeps_the_order(client: Client) -> None:
    asked = client.get(f"/check/sheet.pdf?{named(2, 1)}&on={DAY}")
    assert client.get(f"/check/sheet.pdf?{named(1, 2)}&on={DAY}").content == asked.content
    assert Sheet.objects.get().asked == {"site": named(1, 2)}
    assert named(2, 1) in client.get(f"/check?{named(2, 1)}").content.decode()


def test_the_printed_map_has_the_scale_that_it_names(client: Client, tmp_path: Path) -> None:
    client.get(f"/check/sheet.pdf?outline={DRAWN}&on={DAY}")
    assert scale_error_mm(Sheet.objects.get(), tmp_path) <= 0.1


def test_the_page_of_its_code_says_that_it_is_genuine_and_still_true(client: Client, query: str) -> None:
    page = page_of(client, query)
    assert "Phiếu này là thật" in page
    assert "vẫn giống hệt" in page
    assert "Khu đất 10.000,0 m²" in page
    assert f'href="/check?{query}"' in page


def test_it_is_computed_again_to_the_byte_after_further_publications(client: Client, query: str) -> None:
    client.get(f"/check/sheet.pdf?{query}")
    deliver(GROUNDWATER, zone(GROUNDWATER, "half", box(200, -100, 500, 100)))
    deliver(PARCELS, parcel(1, box(0, 0, 90, 50)))
    deliver(
        STATUTORY_DISTANCES,
        {"code": "K-1", "title": "Hành lang thử", "object_layer": CORRIDORS, "width_m": 70.0, **RULE},
    )
    assert is_reproduced(Sheet.objects.get())


def test_when_a_zone_changes_its_page_says_how(client: Client, query: str) -> None:
    client.get(f"/check/sheet.pdf?{query}")
    deliver(GROUNDWATER, zone(GROUNDWATER, "half", box(180, -100, 500, 100)))
    page = verify_page(client)
    assert "Từ đó đến nay dữ liệu đã đổi" in page
    assert "Vùng half" in page


def test_when_a_distance_of_the_law_changes_its_page_says_how(client: Client, query: str) -> None:
    client.get(f"/check/sheet.pdf?{query}")
    rule = {"code": "K-1", "title": "Hành lang thử 60 m", "object_layer": CORRIDORS, "width_m": 45.0, **RULE}
    deliver(STATUTORY_DISTANCES, rule)
    page = verify_page(client)
    assert "Từ đó đến nay dữ liệu đã đổi" in page
    assert "Khoảng cách theo luật" in page
    assert "45 m" in page


def test_when_a_parcel_is_redrawn_its_page_says_so_of_the_site(client: Client, query: str) -> None:
    client.get(f"/check/sheet.pdf?{query}")
    deliver(PARCELS, parcel(1, box(0, 0, 90, 50)), parcel(2, box(100, 0, 200, 50)))
    page = verify_page(client)
    assert "Từ đó đến nay dữ liệu đã đổi" in page
    assert "Ranh khu đất" in page
    assert "45/1: 4500,0; 45/2: 5000,0" in page


def test_when_a_parcel_is_gone_its_page_says_so_of_the_site(client: Client, query: str) -> None:
    client.get(f"/check/sheet.pdf?{query}")
    deliver(PARCELS, parcel(1, box(0, 0, 100, 50)))
    assert "Một thửa của khu đất không còn" in verify_page(client)


def test_under_a_newer_program_the_page_says_so(client: Client, query: str, settings: Any) -> None:
    client.get(f"/check/sheet.pdf?{query}")
    settings.RELEASE = "9.9.9"
    assert "Cùng dữ liệu, chương trình mới hơn" in verify_page(client)


def test_what_is_withdrawn_takes_the_sheets_along_that_measure_it(client: Client, query: str) -> None:
    client.get(f"/check/sheet.pdf?{query}")
    canal: int = catalogue.get(CORRIDORS).model._default_manager.values_list("feature_id", flat=True)[0]
    assert f"{CORRIDORS}:{canal}" in Sheet.objects.get().tells
    delivery = Delivery("withdrawal", "0" * 64, "Bình", approver="An")
    withdraw(catalogue.get(CORRIDORS), canal, reason="Tên người", delivery=delivery)
    assert "Phiếu này đã bị rút" in verify_page(client)


def test_the_answers_page_leads_to_its_sheet_of_the_same_data_and_day(client: Client, query: str) -> None:
    page = html.unescape(client.get(f"/check?{query}&on={DAY}").content.decode())
    assert f"/check/sheet.pdf?{query}&at={newest()}&on={DAY}" in page
    assert "Tải phiếu thông tin (PDF, ký số)" in page


def test_the_api_issues_and_verifies_it(client: Client, query: str) -> None:
    issued = client.get(f"/api/sheets?{query}").json()
    checked = client.get(f"/api/sheets/{issued['code']}").json()
    assert (issued["subject"], issued["asked"]) == ("site", {"site": query})
    assert (issued["date"], checked["verdict"]) == (timezone.localdate().isoformat(), "identical")


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [("parcels=999999", "không có thửa nào"), ("outline=1,2", "khác nhau"), ("", "Chưa có khu đất nào")],
    ids=["no such parcel", "one corner", "nothing"],
)
def test_what_is_no_site_is_one_sentence(client: Client, asked: str, sentence: str) -> None:
    reply = client.get(f"/check/sheet.pdf?{asked}")
    assert reply.status_code == 422
    assert sentence in html.unescape(reply.content.decode())
    assert not Sheet.objects.exists()


def test_a_site_without_a_short_address_is_told_that_it_has_no_sheet(
    client: Client, query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(addresses, "LONGEST", 5)
    assert client.get(f"/check/sheet.pdf?{query}").status_code == 422
    assert "quá nhiều góc để lập phiếu" in client.get(f"/check/sheet.pdf?{query}").content.decode()
    assert "quá nhiều góc để lập phiếu" in client.get(f"/check?{query}").content.decode()


def test_an_address_gives_back_the_site_that_it_was_written_of(query: str) -> None:
    snapshot = newest()
    assert snapshot is not None
    site = addresses.site_of(query, snapshot)
    assert isinstance(site, Site)
    assert addresses.written(site) == query
    assert addresses.site_of("parcels=x", snapshot) is None
    assert addresses.site_of("corners=1", snapshot) is None


def test_a_round_site_is_told_by_its_middle_and_radius_and_not_by_its_corners(client: Client, tmp_path: Path) -> None:
    query = f"outline=10m:{WEST + 100:.0f},{SOUTH + 20:.0f}*40"
    words = words_of(client.get(f"/check/sheet.pdf?{query}&on={DAY}").content, tmp_path)
    assert "Vòng tròn" in words and "40,00 m" in words
    assert "Đỉnh" not in words
