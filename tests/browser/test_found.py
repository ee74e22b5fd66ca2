"""The page of results in Chromium: the list and the map light each other, filters ask anew, without scripts a list."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Browser, Page, expect

from tests.browser.helpers import DESK, PHONE, wait_until_drawn

WELLS = "/search?layer=licensed-wells"


def words_of(url: str, *names: str) -> list[str]:
    """What the query says of each."""
    query = parse_qs(urlsplit(url).query)
    return [word for name in names for word in query.get(name, [])]


def test_results_are_numbered_on_the_map_and_light_each_other(page: Page) -> None:
    page.goto(WELLS)
    wait_until_drawn(page)
    marks = page.locator(".found-mark")
    expect(marks).to_have_count(20)
    page.locator(".result").nth(2).hover()
    expect(marks.nth(2)).to_have_class(re.compile("is-lit"))
    marks.nth(4).focus()
    expect(page.locator(".result").nth(4)).to_have_class(re.compile("is-lit"))


def test_a_filter_asks_anew_without_leaving_the_page(page: Page) -> None:
    page.goto(WELLS)
    wait_until_drawn(page)
    page.evaluate("window.kept = true")
    page.get_by_text("Lọc và sắp xếp").click()
    page.get_by_label("Trạng thái").select_option("planned")
    expect(page.locator(".narrowed")).to_contain_text("Chưa có hiệu lực")
    assert page.evaluate("window.kept")
    page.wait_for_url(lambda url: words_of(url, "layer", "state") == ["licensed-wells", "planned"])
    expect(page.locator(".found-mark")).to_have_count(page.locator(".result").count())


def test_the_view_of_the_map_is_one_more_filter(page: Page) -> None:
    page.goto(WELLS)
    wait_until_drawn(page)
    page.get_by_text("Lọc và sắp xếp").click()
    page.get_by_role("button", name="Chỉ trong khung bản đồ").click()
    expect(page.locator(".narrowed")).to_contain_text("trong khung bản đồ")
    page.wait_for_url(lambda url: [words.count(",") for words in words_of(url, "bbox")] == [3])


def test_an_outline_drawn_on_the_map_is_one_more_filter(page: Page) -> None:
    page.set_viewport_size(DESK)
    page.goto(WELLS)
    wait_until_drawn(page)
    page.get_by_text("Lọc và sắp xếp").click()
    page.get_by_role("button", name="Vẽ vùng trên bản đồ").click()
    expect(page.locator(".map-message")).to_contain_text("Nhấn từng góc")
    canvas = page.locator("#map canvas").first
    page.wait_for_function("() => window.terraDrawMaplibreGlAdapter !== undefined")
    for x, y in ((150, 150), (450, 160), (440, 560), (150, 150)):  # left of the open legend
        canvas.click(position={"x": x, "y": y}, force=True)
    expect(page.locator(".narrowed")).to_contain_text("trong vùng vẽ")


def test_without_scripts_the_form_filters_and_the_list_stands(browser: Browser, base_url: str) -> None:
    context = browser.new_context(base_url=base_url, java_script_enabled=False, locale="vi-VN")
    context.set_default_timeout(120_000)
    page = context.new_page()
    page.goto("/search")
    page.get_by_label("Vùng, công trình, giấy phép").check()
    page.get_by_label("Trạng thái").select_option("in-force")
    page.get_by_role("button", name="Lọc").click()
    expect(page.locator(".result")).to_have_count(20)
    page.get_by_role("link", name="Trang sau").click()
    expect(page.get_by_role("link", name="Về trang đầu")).to_be_visible()
    context.close()


def test_on_a_phone_the_list_comes_first_and_a_button_leads_to_the_map(browser: Browser, base_url: str) -> None:
    context = browser.new_context(base_url=base_url, viewport=PHONE, is_mobile=True, has_touch=True, locale="vi-VN")
    context.set_default_timeout(120_000)
    page = context.new_page()
    page.goto(WELLS)
    list_top, map_top = (page.locator(place).bounding_box()["y"] for place in ("#results", "#map-side"))  # type: ignore[index]
    assert list_top < PHONE["height"] < map_top
    page.locator(".phone-bar").get_by_text("Bản đồ").tap()
    expect(page.locator("#map-side")).to_be_in_viewport()
    context.close()
