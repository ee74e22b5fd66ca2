"""The search box completes names: by keyboard, by finger, for a screen reader, and not at all without scripts."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.axe import CLEAN, objections_in
from tests.browser.helpers import DESK, PHONE, WIDEST, Parcel


def typed(page: Page, text: str) -> None:
    """Until the list is that of the whole text, not of its first letters."""
    with page.expect_response(lambda answer: parse_qs(urlsplit(answer.url).query).get("q") == [text]):
        page.get_by_role("combobox").press_sequentially(text)
    expect(page.get_by_role("option").first).to_be_visible()


def test_the_box_says_what_it_is(page: Page) -> None:
    page.goto("/")
    box = page.get_by_role("combobox", name="Tìm thửa đất, tên nơi hoặc tọa độ")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_attribute("aria-controls", "suggestions")
    typed(page, "dong hun")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("listbox", name="Gợi ý")).to_be_visible()
    expect(page.locator(".search [role=status]")).to_contain_text("gợi ý, chọn bằng phím mũi tên")


def test_a_suggestion_is_chosen_by_keyboard_alone(page: Page) -> None:
    page.goto("/")
    typed(page, "dong hun")
    box = page.get_by_role("combobox")
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "suggestion-1")
    expect(page.locator("#suggestion-1")).to_have_attribute("aria-selected", "true")
    expect(box).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    expect(page.locator(".results a").first).to_have_text("Xã Đông Hưng")


def test_going_past_the_ends_comes_back_to_the_box(page: Page) -> None:
    page.goto("/")
    typed(page, "dong hun")
    count, box = page.get_by_role("option").count(), page.get_by_role("combobox")
    page.keyboard.press("ArrowUp")
    expect(box).to_have_attribute("aria-activedescendant", f"suggestion-{count}")
    page.keyboard.press("ArrowDown")
    expect(box).not_to_have_attribute("aria-activedescendant", f"suggestion-{count}")
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "suggestion-1")


def test_escape_and_the_down_key_close_and_open_the_list(page: Page) -> None:
    page.goto("/")
    typed(page, "dong hun")
    box = page.get_by_role("combobox")
    page.keyboard.press("Escape")
    expect(page.locator("#suggestions")).to_be_hidden()
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("dong hun")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#suggestions")).to_be_visible()


def test_enter_without_a_choice_searches_for_what_was_typed(page: Page) -> None:
    page.goto("/")
    typed(page, "dong hun")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=dong+hun")


def test_a_parcel_query_completes_its_commune(page: Page, parcel: Parcel) -> None:
    page.goto("/")
    typed(page, f"thua {parcel.number} to {parcel.sheet} {parcel.commune[:-1]}")
    page.locator("#suggestion-1").click()
    page.locator(f"a[href='/parcels/{parcel.id}']").wait_for()


@pytest.mark.parametrize("size", [pytest.param(DESK, id="desk"), pytest.param(PHONE, id="phone")])
def test_axe_has_no_objection_to_an_open_list(page: Page, size: ViewportSize) -> None:
    page.set_viewport_size(size)
    page.goto("/search?q=xa+dong+hung")
    page.locator("#q").fill("")
    typed(page, "dong hun")
    page.keyboard.press("ArrowDown")
    assert objections_in(page) == CLEAN
    expect(page.get_by_role("option").first).to_be_visible()
    assert page.evaluate(WIDEST) <= size["width"]


def test_without_javascript_it_is_a_plain_search_box(browser: Browser, base_url: str) -> None:
    context = browser.new_context(base_url=base_url, java_script_enabled=False)
    context.set_default_timeout(120_000)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("searchbox").fill("20.45044, 106.34048")
    page.get_by_role("button", name="Tìm").click()
    expect(page.locator(".understood")).to_contain_text("hiểu là WGS 84, vĩ độ trước")
    context.close()
