"""What a phone's map begins with: a picture; a touch asks at once what is there and wakes the living map under it."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import TARGETS, objections
from tests.browser.helpers import PHONE, WIDEST, Parcel, wait_until_drawn


def test_a_touch_on_the_picture_tells_what_is_there_and_wakes_the_map_with_the_same_view(
    browser: Browser, base_url: str, parcel: Parcel
) -> None:
    context = browser.new_context(base_url=base_url, viewport=PHONE, is_mobile=True, has_touch=True, locale="vi-VN")
    page = context.new_page()
    page.set_default_timeout(120_000)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"/parcels/{parcel.id}")
    page.wait_for_load_state("networkidle")
    still = page.locator("img.map-still")
    assert still.evaluate("image => image.complete && image.naturalWidth > 0")
    assert [one for one in asked if "maplibre" in one or "/tiles/" in one] == []
    assert page.evaluate(WIDEST) <= PHONE["width"]
    assert objections(page, TARGETS) == []
    bar, scale = page.locator("[data-coordinates=wgs84]").inner_text(), page.locator("[data-scale]").inner_text()
    box = still.bounding_box()
    assert box is not None
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.locator("#panel")).to_contain_text(f"Thửa {parcel.number}, tờ {parcel.sheet}")
    wait_until_drawn(page)
    expect(page.locator("[data-wake] button")).to_be_hidden()
    assert page.locator("[data-coordinates=wgs84]").inner_text() == bar
    assert page.locator("[data-scale]").inner_text() == scale
    page.go_back()
    expect(page.locator("#panel h1")).to_have_text(f"Thửa đất số {parcel.number}")
    context.close()


def test_the_map_is_woken_by_keyboard_and_takes_the_focus(page: Page) -> None:
    page.set_viewport_size(PHONE)
    page.goto("/map")
    button = page.get_by_role("button", name="Mở bản đồ tương tác")
    button.focus()
    page.keyboard.press("Enter")
    page.locator("#map canvas:focus").wait_for(timeout=120_000)
    expect(page.get_by_role("status").filter(has_text="Bản đồ đã mở.")).to_be_attached()
    page.get_by_role("button", name="Đo", exact=True).press("Enter")
    expect(page.get_by_role("heading", name="Đo trên bản đồ")).to_be_focused()


def test_on_a_phone_the_check_and_the_map_of_rules_begin_without_the_living_map(page: Page) -> None:
    page.set_viewport_size(PHONE)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/where?activity=well", wait_until="networkidle")
    page.goto("/check", wait_until="networkidle")
    assert [address for address in asked if "maplibre" in address or "assessed.json" in address] == []
    page.locator("summary", has_text="Vẽ hoặc chọn trên bản đồ").click()
    page.get_by_role("button", name="Chọn thửa").click()
    expect(page.locator("[data-site-status]")).to_contain_text("Nhấn vào từng thửa")
    wait_until_drawn(page)
