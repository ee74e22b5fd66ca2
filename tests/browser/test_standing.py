"""Where do I stand? The browser's place, its circle on the map, the answer one step further; and when there is none."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Geolocation, Page, expect

from tests.browser.helpers import Parcel, wait_until_drawn

ASK = "Tôi đang đứng ở thửa nào?"


def stand(page: Page, parcel: Parcel, accuracy: float) -> None:
    page.context.grant_permissions(["geolocation"])
    place = Geolocation(latitude=parcel.lat, longitude=parcel.lon, accuracy=accuracy)
    page.context.set_geolocation(place)
    page.goto("/map")
    wait_until_drawn(page)
    page.locator(".map-buttons").get_by_role("button", name=ASK).click()


def test_it_ends_at_the_answer_for_the_parcel_one_stands_on(page: Page, parcel: Parcel) -> None:
    stand(page, parcel, accuracy=1)
    expect(page.locator("#panel h1")).to_contain_text(f"Thửa {parcel.number}, tờ {parcel.sheet}")
    page.wait_for_url("**accuracy=1.0**")
    page.locator("#panel a.button").click()
    expect(page.locator(".answer-sentence")).to_contain_text("nằm trong")


def test_the_circle_is_drawn_and_the_map_shows_all_of_it(page: Page, parcel: Parcel) -> None:
    stand(page, parcel, accuracy=60)
    expect(page.locator("#panel h1")).to_contain_text("một trong")
    page.wait_for_url(lambda url: f"{parcel.lat:.5f}"[:-1] in url.split("#")[-1])
    wait_until_drawn(page)
    label, bar = page.locator("[data-scale] span").inner_text(), page.locator("[data-scale] svg").bounding_box()
    assert bar is not None
    metres = float(label.split()[0]) / bar["width"] * 860
    assert 120 < metres < 900


def test_a_circle_of_kilometres_is_said_to_be_too_large(page: Page, parcel: Parcel) -> None:
    stand(page, parcel, accuracy=2500)
    expect(page.locator("#panel h1")).to_contain_text("±2,5\u00a0km, quá lớn")


def test_outside_the_province_is_one_sentence(page: Page, parcel: Parcel) -> None:
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation(Geolocation(latitude=10.77, longitude=106.7, accuracy=10))
    page.goto("/map")
    wait_until_drawn(page)
    page.locator(".map-buttons").get_by_role("button", name=ASK).click()
    expect(page.locator("#panel .problem")).to_contain_text("Điểm này nằm ngoài tỉnh.")


@pytest.mark.parametrize("address", ["/map", "/"])
def test_a_refusal_is_one_sentence_with_another_way(page: Page, address: str) -> None:
    page.add_init_script(
        "navigator.geolocation.getCurrentPosition = (found, failed) => failed({code: 1, PERMISSION_DENIED: 1})"
    )
    page.goto(address)
    if address == "/map":
        wait_until_drawn(page)
    page.get_by_role("button", name=ASK).first.click()
    expect(page.get_by_role("status").filter(has_text="không được phép")).to_contain_text("gõ tọa độ")


def test_without_javascript_the_way_by_typed_coordinates_is_named(browser: Browser, base_url: str) -> None:
    context = browser.new_context(base_url=base_url, java_script_enabled=False)
    context.set_default_timeout(120_000)
    page = context.new_page()
    page.goto("/")
    expect(page.get_by_text("Gõ tọa độ mà điện thoại cho biết")).to_be_visible()
    context.close()
