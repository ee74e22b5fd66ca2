"""May I, and where may I: asked in the browser, with the keyboard and without any script."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from tests.browser.helpers import DESK, PHONE, Parcel, wait_until_drawn

GROUND = "document.querySelector('#map').dataset.drawn"


def test_the_rules_of_an_activity_are_drawn_as_a_map(page: Page) -> None:
    with page.expect_response("**/where/assessed.json?activity=well") as ground:
        page.goto("/where?activity=well")
    verdicts = {feature["properties"]["verdict"] for feature in ground.value.json()["features"]}
    wait_until_drawn(page)
    assert verdicts == {"on-condition", ""}
    assert page.evaluate(GROUND) == "true"


def test_a_citizen_asks_by_keyboard_on_a_phone_what_she_may_do(browser: Browser, base_url: str, parcel: Parcel) -> None:
    context = browser.new_context(base_url=base_url, viewport=PHONE, locale="vi-VN")
    context.set_default_timeout(120_000)
    page = context.new_page()
    page.goto(f"/parcels/{parcel.id}")
    page.get_by_role("link", name="Ở đây tôi được làm gì?").press("Enter")
    choice = page.get_by_label("Bạn muốn làm gì?")
    choice.focus()
    choice.select_option("house")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nhà ở: ở đây có được không?")
    expect(page.locator(".verdict-whole")).to_contain_text("Nhà ở:")
    # A corridor reaches into this parcel, and its rule names a procedure.
    expect(page.get_by_text("Không xây mới lấn hành lang; sửa chữa phải được chấp thuận.").first).to_be_visible()
    context.close()


def test_everything_is_there_without_javascript(browser: Browser, base_url: str, parcel: Parcel) -> None:
    context = browser.new_context(base_url=base_url, viewport=DESK, java_script_enabled=False)
    context.set_default_timeout(120_000)
    page = context.new_page()
    page.goto(f"/parcels/{parcel.id}/may-i?activity=house")
    page.locator("summary", has_text="Căn cứ, giấy tờ, các bước").first.click()
    page.get_by_role("link", name="Chấp thuận hoạt động trong hành lang bảo vệ nguồn nước").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Chấp thuận hoạt động trong hành lang bảo vệ nguồn nước")
    expect(page.get_by_text("15 ngày làm việc")).to_be_visible()
    context.close()


def test_before_an_activity_is_chosen_the_picture_of_the_province_stands_there(page: Page) -> None:
    page.goto("/where")
    picture = page.locator(".map-still-only")
    expect(picture).to_be_visible()
    page.wait_for_function("() => document.querySelector('.map-still-only').naturalWidth > 0")
