"""The site check as people use it: by keyboard, without JavaScript, drawn on the map; axe has no objection."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.axe import CLEAN, Objection, objections, objections_in
from tests.browser.conftest import ask
from tests.browser.helpers import DESK, PHONE, WIDEST, Parcel, wait_until_drawn
from tests.browser.keyboard import Keyboard

UNPLACED = "2262011 584013\n2262011 584113\n2262061 584113"


def objections_to(page: Page, looking: Page) -> list[Objection]:
    """axe is a script: a page that runs none is looked at in another one, as it stands and without its own scripts."""
    bare = re.sub(r"<script\b.*?</script>", "", page.content(), flags=re.DOTALL)
    looking.route("**/as-it-stands", lambda route: route.fulfill(body=bare, content_type="text/html; charset=utf-8"))
    looking.goto("/as-it-stands")
    found = objections(looking)
    looking.unroute("**/as-it-stands")
    return found


@pytest.fixture(scope="module")
def table(base_url: str, parcel: Parcel) -> str:
    """The parcel's corners as a red book prints them."""
    [ring] = ask(f"{base_url}/api/parcels/{parcel.id}/report")["parcel"]["polygons"][0][:1]
    return "\n".join(f"{n}; {y:.2f}; {x:.2f}".replace(".", ",") for n, (x, y) in enumerate(ring[:-1], 1))


def test_from_the_table_to_the_verified_sheet_by_keyboard_without_javascript_on_a_phone(
    browser: Browser, base_url: str, table: str
) -> None:
    """A business checks a site, asks whether it may build there, reads the procedure, takes the sheet; a clerk verifies
    it. Nothing but the keyboard, no script, and axe looks at every stop."""
    context = browser.new_context(base_url=base_url, java_script_enabled=False, viewport=PHONE, locale="vi-VN")
    context.set_default_timeout(120_000)
    page = context.new_page()
    keyboard = Keyboard(page)
    looking = browser.new_page(base_url=base_url, viewport=PHONE, reduced_motion="reduce")
    told = []

    def stop(heading: str) -> None:
        expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
        told.extend((heading, objection) for objection in objections_to(page, looking))
        assert page.evaluate(WIDEST) <= PHONE["width"], heading

    page.goto("/")
    keyboard.follow("Kiểm tra khu đất")
    stop("Kiểm tra khu đất")
    keyboard.open("Bảng tọa độ góc ranh")
    keyboard.reach(page.get_by_label("Dán bảng như trong sổ đỏ"))
    page.keyboard.insert_text(table)
    keyboard.choose("Bạn muốn làm gì ở đó?", "Nhà ở")
    keyboard.press("Kiểm tra khu đất")
    stop("Khu đất")
    expect(page.locator(".answer-sentence")).not_to_be_empty()
    expect(page.locator(".may-i .verdict-whole")).to_contain_text("Nhà ở:")
    expect(page.locator("#not-computed")).to_be_visible()
    answer = page.get_by_role("link", name="Liên kết tới khu đất này").get_attribute("href") or ""
    sheet = page.get_by_role("link", name="Tải phiếu thông tin").get_attribute("href") or ""
    keyboard.open("Căn cứ, giấy tờ, các bước")
    keyboard.follow("Chấp thuận hoạt động trong hành lang bảo vệ nguồn nước")
    stop("Chấp thuận hoạt động trong hành lang bảo vệ nguồn nước")
    expect(page.get_by_text("15 ngày làm việc")).to_be_visible()
    page.goto(answer)
    expect(page.locator(".answer-sentence")).not_to_be_empty()
    keyboard.reach(page.get_by_role("link", name="Tải phiếu thông tin"))
    printed = context.request.get(sheet)
    assert (printed.headers["content-type"], printed.body()[:5]) == ("application/pdf", b"%PDF-")
    [code] = re.findall(r"phieu-thong-tin-(\w{16})\.pdf", printed.headers["content-disposition"])
    page.goto("/verify")
    stop("Xác minh phiếu thông tin")
    keyboard.reach(page.get_by_label("Mã phiếu"))
    page.keyboard.type(code.lower())
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/verify/{code}")
    expect(page.locator("main")).to_contain_text("Phiếu này là thật")
    expect(page.locator("main")).to_contain_text("vẫn giống hệt")
    stop("Phiếu này là thật")
    looking.close()
    context.close()
    assert told == []


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


@pytest.mark.parametrize("size", [pytest.param(DESK, id="desk"), pytest.param(PHONE, id="phone")])
@pytest.mark.parametrize("address", ["/check", "/check?parcels={parcel}", "/check?parcels=1", "/api"])
def test_axe_has_no_objection_to_the_check(page: Page, parcel: Parcel, address: str, size: ViewportSize) -> None:
    page.set_viewport_size(size)
    page.goto(address.format(parcel=parcel.id))
    assert objections_in(page) == CLEAN
    assert page.evaluate(WIDEST) <= size["width"]


def test_axe_has_no_objection_to_the_choice_of_places(page: Page) -> None:
    page.goto("/check")
    page.locator("summary", has_text="Bảng tọa độ góc ranh").click()
    page.get_by_label("Dán bảng như trong sổ đỏ").fill(UNPLACED)
    page.locator(".site-form button[type=submit]").click()
    expect(page.get_by_role("alert")).to_contain_text("nơi")
    assert objections(page) == []
    page.get_by_role("button", name="Khu đất ở đây").first.click()
    expect(page.locator(".answer-sentence")).not_to_be_empty()
