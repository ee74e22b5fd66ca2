"""Two states of the data side by side: which and of what day is said on both sides, the line moves by keyboard."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.helpers import Parcel, wait_until_drawn


def wait_for_the_other(page: Page) -> None:
    page.locator("[data-other-map][data-drawn]").wait_for(state="attached", timeout=120_000)


def open_comparing(page: Page, parcel: Parcel) -> None:
    page.goto(f"/map#16/{parcel.lat}/{parcel.lon}")
    wait_until_drawn(page)
    page.get_by_role("button", name="So sánh").click()
    page.get_by_label("So với dữ liệu").select_option("2")
    wait_for_the_other(page)


def test_nothing_of_it_is_loaded_before_somebody_asks(page: Page, parcel: Parcel) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"/map#16/{parcel.lat}/{parcel.lon}")
    wait_until_drawn(page)
    assert [url for url in asked if "comparing" in url or "/api/" in url or "measuring" in url] == []


def test_both_sides_say_which_data_they_show_and_of_which_day(page: Page, parcel: Parcel) -> None:
    open_comparing(page, parcel)
    newest = page.locator("#map").get_attribute("data-snapshot")
    for side, number in (("left", "2"), ("right", newest)):
        told = re.compile(rf"^Dữ liệu số {number}, \d\d/\d\d/\d{{4}}$")
        expect(page.locator(f"[data-side={side}]")).to_have_text(told)


def test_the_other_side_draws_the_tiles_of_its_own_snapshot(page: Page, parcel: Parcel) -> None:
    page.goto(f"/map#16/{parcel.lat}/{parcel.lon}/with=2")
    wait_until_drawn(page)
    wait_for_the_other(page)
    left = page.evaluate("fetch('/api/layers?at=2').then(answer => answer.json())")["layers"]
    published = {layer["slug"] for layer in left if layer["tiles"]}
    right = {layer["slug"] for layer in page.evaluate("JSON.parse(document.getElementById('map-layers').textContent)")}
    assert published < right
    full = page.locator("#map").screenshot()
    page.get_by_role("slider", name="Vạch chia hai thời điểm").press("Home")
    assert page.locator("#map").screenshot() != full
    expect(page.get_by_label("So với dữ liệu")).to_have_value("2")


def test_the_line_moves_by_keyboard_and_the_maps_move_together(page: Page, parcel: Parcel) -> None:
    open_comparing(page, parcel)
    line = page.get_by_role("slider", name="Vạch chia hai thời điểm")
    line.focus()
    before = page.locator("[data-other-map]").evaluate("map => getComputedStyle(map).clipPath")
    line.press("ArrowRight")
    expect(line).to_have_value("51")
    assert page.locator("[data-other-map]").evaluate("map => getComputedStyle(map).clipPath") != before
    line.press("End")
    page.locator("#map .maplibregl-canvas").first.press("ArrowRight")
    wait_until_drawn(page)
    wait_for_the_other(page)
    page.wait_for_url("**/with=2")


def test_what_is_compared_comes_back_from_the_address_and_ends_with_the_card(page: Page, parcel: Parcel) -> None:
    open_comparing(page, parcel)
    page.wait_for_url("**/with=2")
    page.reload()
    wait_for_the_other(page)
    page.locator("#card-comparing [data-close]").click()
    expect(page.locator("[data-compare]")).to_be_hidden()
    page.wait_for_url(lambda url: "with=" not in url)


def test_a_snapshot_that_never_was_is_said_in_a_sentence(page: Page, parcel: Parcel) -> None:
    page.goto(f"/map#16/{parcel.lat}/{parcel.lon}/with=4711")
    wait_until_drawn(page)
    expect(page.locator(".map-message")).to_contain_text("dữ liệu số “4711”, nhưng không có số đó")
    expect(page.locator("[data-compare]")).to_be_hidden()
