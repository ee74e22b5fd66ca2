"""Comparing a red book, reporting a mistake, following a parcel: by keyboard, without JavaScript, clean for axe."""

from __future__ import annotations

import io
import re
import urllib.request
from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import objections
from tests.browser.helpers import DESK, PHONE, Parcel

SAID = "Ranh phía nam sai: bờ ao đã dời."


@pytest.fixture
def plain(browser: Browser, base_url: str) -> Iterator[Page]:
    """A page in a browser that runs no script, on a phone."""
    context = browser.new_context(base_url=base_url, viewport=PHONE, java_script_enabled=False, locale="vi-VN")
    context.set_default_timeout(120_000)
    yield context.new_page()
    context.close()


def photo() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (64, 48), "green").save(written, "JPEG")
    return written.getvalue()


def report_of(parcel: Parcel) -> str:
    return f"/mistakes/new?layer=parcels&feature={parcel.id}"


def test_a_red_book_is_compared_without_a_script(plain: Page, parcel: Parcel) -> None:
    plain.goto(f"/parcels/{parcel.id}")
    plain.get_by_text("Gõ các số trên giấy").click()
    plain.get_by_label("Diện tích (m²)").fill("5l2,0")
    plain.get_by_label("Chiều dài các cạnh (m)").fill("1; 2; 3")
    plain.get_by_role("button", name="So với bản đồ").click()
    expect(plain.locator(".own-result")).to_contain_text("Có phải ý là 512,0?")
    expect(plain.locator(".own-result")).to_contain_text("Không khớp")
    expect(plain.get_by_label("Diện tích (m²)")).to_have_value("5l2,0")


def test_a_red_book_is_compared_by_keyboard_and_axe_has_no_objection(page: Page, parcel: Parcel) -> None:
    page.goto(f"/parcels/{parcel.id}")
    page.locator(".own-book summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Diện tích (m²)")).to_be_focused()
    page.keyboard.type("512,0")
    page.keyboard.press("Tab")
    page.keyboard.type("ONT")
    page.keyboard.press("Enter")
    expect(page.locator(".own-result")).to_be_visible()
    assert "512" not in page.url
    assert objections(page) == []


def test_a_mistake_is_reported_and_followed_by_its_code_without_a_script(plain: Page, parcel: Parcel) -> None:
    plain.goto(f"/parcels/{parcel.id}")
    plain.locator(".colophon").get_by_role("link", name="Báo sai sót").click()
    plain.get_by_label("Sai ở đâu, đúng phải là gì?").fill(SAID)
    plain.get_by_label("Chỗ sai").fill("20,45 106,34")
    plain.get_by_label("Ảnh").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    plain.get_by_role("button", name="Gửi báo sai sót").click()
    code = plain.locator(".case-code").inner_text()
    assert re.fullmatch(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}", code)
    plain.goto("/mistakes/")
    plain.get_by_label("Mã hồ sơ").fill(code.lower().replace("-", " "))
    plain.get_by_role("button", name="Xem tình trạng").click()
    expect(plain.locator("[aria-current=step]")).to_contain_text("Đã nhận")
    expect(plain.get_by_text(SAID)).to_have_count(0)


def test_a_fault_is_found_by_keyboard_and_nothing_typed_is_lost(page: Page, parcel: Parcel) -> None:
    page.goto(report_of(parcel))
    page.get_by_label("Sai ở đâu, đúng phải là gì?").focus()
    page.keyboard.type(SAID)
    page.get_by_label("Thư điện tử hoặc số điện thoại").focus()
    page.keyboard.type("abc")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Chưa gửi")
    assert objections(page) == []
    page.get_by_role("alert").get_by_role("link").focus()
    page.keyboard.press("Enter")
    field = page.get_by_label("Thư điện tử hoặc số điện thoại")
    expect(field).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type("0912 345 678")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Đã nhận, cảm ơn bạn")).to_be_visible()
    assert objections(page) == []


def test_the_map_to_draw_on_is_loaded_only_when_asked_for(page: Page, parcel: Parcel) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_viewport_size(DESK)
    page.goto(report_of(parcel))
    page.get_by_role("button", name="Vẽ trên bản đồ").wait_for()
    assert not [url for url in asked if "maplibre" in url or "terra-draw" in url]
    page.get_by_role("button", name="Vẽ trên bản đồ").click()
    drawn = page.locator(".mark-map[data-drawn]")
    drawn.wait_for(timeout=120_000)
    drawn.click()
    place = page.get_by_role("textbox", name="Chỗ sai")
    expect(place).to_have_value(re.compile(r"^\d\d\.\d{6} \d{3}\.\d{6}$"))
    lat, lon = map(float, place.input_value().split())
    assert abs(lat - parcel.lat) < 0.001 and abs(lon - parcel.lon) < 0.001
    assert objections(page) == []


def test_a_parcel_is_followed_by_feed_and_ended_without_a_script(plain: Page, parcel: Parcel) -> None:
    plain.goto(f"/parcels/{parcel.id}")
    plain.get_by_role("link", name="Theo dõi thửa này").click()
    plain.get_by_role("button", name="Tạo địa chỉ Atom riêng").click()
    feed = plain.get_by_label("Địa chỉ để thêm vào trình đọc tin").input_value()
    with urllib.request.urlopen(feed, timeout=120) as answer:
        assert b"<feed" in answer.read()
    plain.get_by_role("button", name="Thôi theo dõi").click()
    expect(plain.get_by_role("heading", name="Đã thôi theo dõi")).to_be_visible()
    assert plain.request.get(feed).status == 404


def test_a_parcel_is_followed_by_keyboard_and_axe_has_no_objection(page: Page, parcel: Parcel) -> None:
    page.goto(f"/follow/new/parcel/{parcel.id}")
    page.get_by_label("Địa chỉ thư điện tử").focus()
    page.keyboard.type("an@example.vn")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Xem hộp thư của bạn")).to_be_visible()
    assert objections(page) == []
    page.get_by_role("button", name="Tạo địa chỉ Atom riêng").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Bạn đang theo dõi câu trả lời này")).to_be_visible()
    assert objections(page) == []
