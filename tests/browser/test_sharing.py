"""The address of what is seen: to copy, to scan, to print, and it brings back the same."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.helpers import Parcel, wait_until_drawn

COLOURS = """picture => {
  const pixels = picture.getContext('2d').getImageData(200, 200, 300, 200).data
  return new Set(new Uint32Array(pixels.buffer)).size
}"""


def open_sharing(page: Page, address: str) -> None:
    page.add_init_script("window.print = () => document.documentElement.dataset.printed = 'true'")
    page.goto(address)
    wait_until_drawn(page)
    page.get_by_role("button", name="Chia sẻ, in").click()
    page.locator("#card-sharing").wait_for()


def test_the_link_keeps_parcel_snapshot_day_view_layers_and_strength(
    page: Page, browser: Browser, parcel: Parcel
) -> None:
    open_sharing(page, f"/parcels/{parcel.id}#17.5/{parcel.lat}/{parcel.lon}/-roads,parcels:60")
    link = page.locator("[data-link]").input_value()
    query = parse_qs(urlsplit(link).query)
    assert query["at"] == [page.locator("#map").get_attribute("data-snapshot")]
    assert query["on"] == [page.locator("#map").get_attribute("data-day")]
    other = browser.new_page()
    other.goto(link)
    wait_until_drawn(other)
    expect(other.locator(".answer-sentence")).to_be_visible()
    expect(other.get_by_label("Đường", exact=True)).not_to_be_checked()
    assert other.get_by_role("slider", name="Độ đậm: Thửa đất", include_hidden=True, exact=True).input_value() == "60"
    assert other.url.split("#")[1].startswith("17.50/")
    other.close()


def test_without_the_pin_the_link_always_shows_the_newest_data(page: Page, parcel: Parcel) -> None:
    open_sharing(page, f"/map#17/{parcel.lat}/{parcel.lon}")
    page.get_by_label("Giữ nguyên dữ liệu số").uncheck()
    expect(page.locator("[data-link]")).not_to_have_value(re.compile("at="))


def test_the_code_is_a_picture_of_ours_and_follows_the_map(page: Page, base_url: str, parcel: Parcel) -> None:
    open_sharing(page, f"/map#17/{parcel.lat}/{parcel.lon}")
    code = page.locator("img.qr-code")
    expect(code).to_have_attribute("src", re.compile(r"/qr\.svg\?address="))
    assert code.evaluate("image => image.decode().then(() => image.naturalWidth)") > 100
    before = code.get_attribute("src")
    page.locator(".legend summary", has_text="Nền bản đồ").click()
    page.get_by_label("Đường", exact=True).uncheck()
    expect(code).not_to_have_attribute("src", str(before))
    expect(page.locator("[data-link]")).to_have_value(re.compile("/-roads$"))


@pytest.mark.parametrize("address", ["/map#16.5/{lat}/{lon}/+source-corridors", "/parcels/{id}"])
def test_the_map_on_paper_says_all_that_a_map_must_say(page: Page, parcel: Parcel, address: str) -> None:
    open_sharing(page, address.format(lat=parcel.lat, lon=parcel.lon, id=parcel.id))
    page.get_by_role("button", name="In bản đồ").click()
    page.locator("html[data-printed]").wait_for()
    page.emulate_media(media="print")
    paper = page.locator(".map-paper")
    way_back = "/map?" if "map" in address else "/parcels/"
    for words in (
        "Tỷ lệ khoảng 1:",
        "hướng bắc",
        "Dữ liệu số",
        "in ngày",
        "Nền: Natural Earth",
        way_back,
    ):
        expect(paper).to_contain_text(words)
    expect(paper.locator("[data-paper-legend]")).to_contain_text("Hành lang bảo vệ nguồn nước")
    expect(page.locator("#panel")).to_be_hidden()
    picture = paper.locator("[data-paper-map] canvas")
    expect(picture).to_be_visible()
    assert picture.evaluate(COLOURS) > 20
    assert paper.locator("[data-paper-code]").evaluate("image => image.naturalWidth") > 100
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator("#panel")).to_be_visible()


def test_the_browsers_own_command_prints_the_map_and_beside_an_answer_the_answer(page: Page, parcel: Parcel) -> None:
    page.goto(f"/map#16/{parcel.lat}/{parcel.lon}")
    wait_until_drawn(page)
    page.wait_for_function(
        "() => { dispatchEvent(new Event('beforeprint')); return document.body.classList.contains('prints-map') }"
    )
    page.goto(f"/parcels/{parcel.id}")
    wait_until_drawn(page)
    page.wait_for_load_state("networkidle")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("body")).not_to_have_class("prints-map")
