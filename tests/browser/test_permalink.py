"""The state of the map in the address: what it holds comes back, what it names in vain is said in one sentence."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.helpers import Parcel, wait_until_drawn


def strength(page: Page, layer: str) -> str:
    return str(page.get_by_role("slider", name=f"Độ đậm: {layer}", include_hidden=True, exact=True).input_value())


def test_the_strength_of_a_layer_comes_back_from_the_address(page: Page, parcel: Parcel) -> None:
    page.goto(f"/map#17/{parcel.lat}/{parcel.lon}/roads:40,+licensed-wells")
    wait_until_drawn(page)
    assert strength(page, "Đường") == "40"
    assert strength(page, "Thửa đất") == "100"
    expect(page.locator(".map-message")).to_be_hidden()


def test_a_slider_moved_by_keyboard_changes_the_picture_and_the_address(page: Page, parcel: Parcel) -> None:
    page.goto(f"/map#17/{parcel.lat}/{parcel.lon}")
    wait_until_drawn(page)
    before = page.locator("#map").screenshot()
    page.locator(".legend summary", has_text="Nền bản đồ").click()
    page.get_by_role("button", name="Độ đậm: Thửa đất, 100").press("Enter")
    slider = page.get_by_role("slider", name="Độ đậm: Thửa đất", exact=True)
    expect(slider).to_be_focused()
    slider.press("Home")
    page.wait_for_url("**/parcels:10")
    expect(page.get_by_role("button", name="Độ đậm: Thửa đất, 10")).to_be_visible()
    wait_until_drawn(page)
    page.locator(".legend summary", has_text="Nền bản đồ").click()
    assert page.locator("#map").screenshot() != before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("-gone-layer,-roads", "Liên kết nhắc tới lớp không còn trên bản đồ (gone-layer); phần còn lại vẫn hiện."),
        ("-roads,parcels:much", "Độ đậm “much” trong liên kết không phải là số từ 0 đến 100"),
        ("-roads,parcels:101", "Độ đậm “101” trong liên kết không phải là số từ 0 đến 100"),
        ("-roads/base=moon", "Nền “moon” trong liên kết không có trên cổng này"),
        ("-roads/with=yesterday", "Liên kết so sánh với dữ liệu số “yesterday”"),
    ],
)
def test_what_an_address_names_in_vain_is_said_and_the_rest_is_shown(
    page: Page, parcel: Parcel, words: str, said: str
) -> None:
    page.goto(f"/map#17/{parcel.lat}/{parcel.lon}/{words}")
    wait_until_drawn(page)
    expect(page.locator(".map-message")).to_contain_text(said)
    expect(page.get_by_label("Đường", exact=True)).not_to_be_checked()


@pytest.mark.parametrize("place", ["17/48.85/2.35", "17/hai/muoi", "90/20.45/106.34", "17//"])
def test_a_place_outside_the_map_is_said_and_the_map_opens_as_usual(page: Page, place: str) -> None:
    page.goto(f"/map#{place}/-roads")
    wait_until_drawn(page)
    expect(page.locator(".map-message")).to_contain_text("nằm ngoài bản đồ này")
    expect(page.get_by_label("Đường", exact=True)).not_to_be_checked()
    usual = page.locator("#map").get_attribute("data-box")
    assert usual is not None
    west, south, east, north = (float(edge) for edge in usual.split(","))

    def lies_inside(url: str) -> bool:
        found = re.fullmatch(r"[\d.]+/([\d.]+)/([\d.]+)/-roads", url.split("#")[-1])
        return bool(found and south < float(found[1]) < north and west < float(found[2]) < east)

    page.wait_for_url(lies_inside)


def test_a_click_is_an_entry_of_the_history_and_back_brings_the_panel_of_before(page: Page, parcel: Parcel) -> None:
    page.goto(f"/parcels/{parcel.id}")
    wait_until_drawn(page)
    page.locator("#map .maplibregl-canvas").click(position={"x": 200, "y": 500})
    expect(page.locator(".identify")).to_be_visible()
    page.wait_for_url(re.compile(r"/identify\?lon="))
    page.go_back()
    expect(page.locator(".answer-sentence")).to_be_visible()
    page.wait_for_url(re.compile(rf"/parcels/{parcel.id}#"))
    page.go_forward()
    expect(page.locator(".identify")).to_be_visible()
    page.reload()
    expect(page.locator(".identify")).to_be_visible()


def test_a_click_on_a_page_of_the_past_asks_the_past(page: Page, parcel: Parcel) -> None:
    at = page.request.get(f"/api/parcels/{parcel.id}/report").json()["snapshot"]
    page.goto(f"/parcels/{parcel.id}?at={at}&on=2026-01-31")
    wait_until_drawn(page)
    with page.expect_request("**/identify?*") as asked:
        page.locator("#map .maplibregl-canvas").click()
    assert f"at={at}" in asked.value.url and "on=2026-01-31" in asked.value.url
    expect(page.locator(f"#panel a[href='/parcels/{parcel.id}?at={at}&on=2026-01-31']")).to_be_visible()
