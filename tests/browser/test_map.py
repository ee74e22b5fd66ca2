"""The map: it draws, it tells what is there, it is remembered in the address, and it asks no foreign host."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import Page, Request, expect

from tests.browser.helpers import Parcel, wait_until_drawn


def test_the_map_draws_and_a_click_tells_what_is_there(page: Page, parcel: Parcel) -> None:
    page.goto(f"/map#18/{parcel.lat}/{parcel.lon}")
    wait_until_drawn(page)
    page.locator("#map canvas").click()
    panel = page.locator("#panel")
    expect(panel).to_contain_text(f"Thửa {parcel.number}, tờ {parcel.sheet}")
    panel.locator(f"a[href='/parcels/{parcel.id}']").click()
    expect(page.locator(".answer-sentence")).to_be_visible()


def test_the_middle_of_the_map_can_be_asked_by_keyboard(page: Page, parcel: Parcel) -> None:
    page.goto(f"/map#18/{parcel.lat}/{parcel.lon}")
    wait_until_drawn(page)
    page.locator("#map canvas").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#panel")).to_contain_text(f"Thửa {parcel.number}, tờ {parcel.sheet}")


def test_a_switched_layer_and_the_view_survive_a_reload(page: Page, parcel: Parcel) -> None:
    page.goto(f"/map#16.5/{parcel.lat}/{parcel.lon}")
    wait_until_drawn(page)
    wells = page.get_by_label("Giếng khai thác nước dưới đất có giấy phép")
    wells.uncheck()
    page.wait_for_url("**/-licensed-wells")
    page.reload()
    wait_until_drawn(page)
    expect(wells).not_to_be_checked()
    assert page.url.split("#")[1].startswith("16.50/")


def test_the_legend_names_the_layers_in_the_readers_language(page: Page) -> None:
    page.goto("/map?lang=en")
    wait_until_drawn(page)
    expect(page.get_by_label("Water source protection corridors")).to_be_checked()


def test_the_zones_of_the_answer_are_switched_on_and_the_others_off(page: Page, parcel: Parcel) -> None:
    page.goto(f"/parcels/{parcel.id}")
    wait_until_drawn(page)
    answered = set(
        page.locator("[data-layer]:has([data-feature])").evaluate_all("all => all.map(e => e.dataset.layer)")
    )
    corridors = page.get_by_label("Hành lang bảo vệ nguồn nước")
    assert "source-corridors" in answered
    expect(corridors).to_be_checked()
    if "licensed-wells" not in answered:
        expect(page.get_by_label("Giếng khai thác nước dưới đất có giấy phép")).not_to_be_checked()


def test_no_page_asks_a_foreign_host(page: Page, base_url: str, parcel: Parcel) -> None:
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(host(request)))
    for address in ("/", "/about", "/search?q=xa+dong+hung", f"/parcels/{parcel.id}/map"):
        page.goto(address)
    for address in ("/map", f"/parcels/{parcel.id}"):
        page.goto(address)
        wait_until_drawn(page)
    assert {one for one in asked if one} == {urlsplit(base_url).netloc}


def host(request: Request) -> str:
    parts = urlsplit(request.url)
    return "" if parts.scheme in {"data", "blob"} else parts.netloc


def test_a_record_found_by_search_is_shown_on_the_map(page: Page) -> None:
    page.goto("/search?q=kenh")
    page.locator("a[href^='/map?layer=']").first.click()
    wait_until_drawn(page)
    expect(page.locator("#panel h1")).not_to_be_empty()
    assert scale_in_metres(page) <= 2000


def scale_in_metres(page: Page) -> float:
    length, unit = page.locator("[data-scale] span").inner_text().split()
    return float(length) * {"m": 1, "km": 1000}[unit]
