"""The site check as people use it: by keyboard, without JavaScript, drawn on the map; axe has no objection."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.conftest import ask
from tests.browser.helpers import DESK, PHONE, WIDEST, Parcel, wait_until_drawn
from tests.browser.test_access import AXE, RUN

# An answer and a map take their time on a machine that draws without a graphics card.
expect.set_options(timeout=60_000)
UNPLACED = "2262011 584013\n2262011 584113\n2262061 584113"


@pytest.fixture(scope="module")
def table(base_url: str, parcel: Parcel) -> str:
    """The parcel's corners as a red book prints them."""
    [ring] = ask(f"{base_url}/api/parcels/{parcel.id}/report")["parcel"]["polygons"][0][:1]
    return "\n".join(f"{n}; {y:.2f}; {x:.2f}".replace(".", ",") for n, (x, y) in enumerate(ring[:-1], 1))


def test_without_javascript_a_pasted_table_is_answered(browser: Browser, base_url: str, table: str) -> None:
    context = browser.new_context(base_url=base_url, java_script_enabled=False, viewport=PHONE, locale="vi-VN")
    page = context.new_page()
    page.goto("/check")
    page.locator("summary", has_text="Bảng tọa độ góc ranh").click()
    page.get_by_label("Dán bảng như trong sổ đỏ").fill(table)
    page.get_by_role("button", name="Kiểm tra khu đất").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Khu đất")
    expect(page.locator(".answer-sentence")).not_to_be_empty()
    expect(page.locator("#not-computed")).to_be_visible()
    link = page.get_by_role("link", name="Liên kết tới khu đất này").get_attribute("href") or ""
    page.goto(link)
    expect(page.locator(".answer-sentence")).not_to_be_empty()
    context.close()


def test_the_whole_journey_goes_by_keyboard(page: Page, table: str) -> None:
    page.goto("/check")
    page.locator("summary", has_text="Bảng tọa độ góc ranh").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.insert_text("1 226O123,45 583456,78")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "submit":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("226O123")
    field = page.get_by_label("Dán bảng như trong sổ đỏ")
    expect(field).to_have_value(re.compile("226O123"))
    field.focus()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(table)
    page.locator(".site-form button[type=submit]").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".answer-sentence")).not_to_be_empty()


def test_an_outline_drawn_on_the_map_is_checked(page: Page, parcel: Parcel) -> None:
    page.goto(f"/check#18/{parcel.lat}/{parcel.lon}")
    wait_until_drawn(page)
    page.locator("summary", has_text="Vẽ hoặc chọn trên bản đồ").click()
    page.get_by_role("button", name="Vẽ đường ranh").click()
    expect(page.locator("[data-site-status]")).to_contain_text("Nhấn từng góc")
    box = page.locator("#map").bounding_box() or {"x": 0, "y": 0, "width": 0, "height": 0}
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    for dx, dy in ((-60, -50), (60, -50), (60, 50), (-60, 50), (-60, -50)):
        page.mouse.move(middle[0] + dx, middle[1] + dy, steps=4)
        page.mouse.click(middle[0] + dx, middle[1] + dy, delay=60)
    expect(page.locator("#site-drawn")).to_have_value(re.compile('"Polygon"'))
    page.locator(".site-form button[type=submit]").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Khu đất")
    wait_until_drawn(page)


def test_a_parcel_pressed_on_the_map_is_picked_and_left_out_again(page: Page, parcel: Parcel) -> None:
    page.goto(f"/check#19/{parcel.lat}/{parcel.lon}")
    wait_until_drawn(page)
    page.locator("summary", has_text="Vẽ hoặc chọn trên bản đồ").click()
    page.get_by_role("button", name="Chọn thửa").click()
    page.locator("#map canvas").click()
    expect(page.locator("#site-parcels")).to_have_value(str(parcel.id))
    page.locator("#map canvas").click()
    expect(page.locator("#site-parcels")).to_have_value("")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [pytest.param(DESK, id="desk"), pytest.param(PHONE, id="phone")])
@pytest.mark.parametrize("address", ["/check", "/check?parcels={parcel}", "/check?parcels=1", "/api"])
def test_axe_has_no_objection_to_the_check(
    browser: Browser, base_url: str, parcel: Parcel, address: str, size: ViewportSize, scheme: str
) -> None:
    context = browser.new_context(base_url=base_url, viewport=size, color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    page.goto(address.format(parcel=parcel.id))
    page.evaluate(AXE.read_text())
    told = [
        (found["id"], [node["target"] for node in found["nodes"]][:5]) for found in page.evaluate(RUN)["violations"]
    ]
    wide = page.evaluate(WIDEST)
    context.close()
    assert told == []
    assert wide <= size["width"]


def test_axe_has_no_objection_to_the_choice_of_places(page: Page) -> None:
    page.goto("/check")
    page.locator("summary", has_text="Bảng tọa độ góc ranh").click()
    page.get_by_label("Dán bảng như trong sổ đỏ").fill(UNPLACED)
    page.locator(".site-form button[type=submit]").click()
    expect(page.get_by_role("alert")).to_contain_text("nơi")
    page.evaluate(AXE.read_text())
    assert [(found["id"], found["nodes"][0]["target"]) for found in page.evaluate(RUN)["violations"]] == []
    page.get_by_role("button", name="Khu đất ở đây").first.click()
    expect(page.locator(".answer-sentence")).not_to_be_empty()
