"""The map: it draws, it tells what is there, it is remembered in the address, and it asks no foreign host."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.helpers import Parcel, wait_until_drawn

WELLS = "Giếng khai thác nước dưới đất có giấy phép"


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
    roads, wells = page.get_by_label("Đường", exact=True), page.get_by_role("checkbox", name=WELLS)
    page.locator(".legend summary", has_text="Nền bản đồ").click()
    page.locator(".legend summary", has_text="Tài nguyên nước").click()
    roads.uncheck()
    wells.check()
    page.wait_for_url("**/-roads,+licensed-wells")
    page.reload()
    wait_until_drawn(page)
    expect(roads).not_to_be_checked()
    expect(wells).to_be_checked()
    assert page.url.split("#")[1].startswith("16.50/")


def test_the_legend_names_the_layers_in_the_readers_language(page: Page) -> None:
    page.goto("/map?lang=en")
    wait_until_drawn(page)
    page.locator(".legend summary", has_text="Water resources").click()
    expect(page.get_by_role("checkbox", name="Water source protection corridors")).to_be_visible()


def test_the_legend_is_grouped_by_theme_in_the_order_of_the_answer(page: Page, parcel: Parcel) -> None:
    page.goto(f"/parcels/{parcel.id}")
    wait_until_drawn(page)
    groups = page.locator(".legend-groups > details > summary").all_inner_texts()
    answered = [heading.split(" đến ")[0] for heading in page.locator("section.theme h3").all_inner_texts()]
    titles = [group.rsplit(maxsplit=1)[0] for group in groups]
    assert titles == ["Nền bản đồ", *(title for title in answered if title in titles)]
    assert len(titles) >= 6


def test_a_theme_of_the_legend_opens_and_switches_by_keyboard(page: Page) -> None:
    page.goto("/map")
    wait_until_drawn(page)
    summary = page.locator(".legend summary", has_text="Khoáng sản")
    summary.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator(".legend input:focus")).to_be_checked()
    expect(summary).to_contain_text("1/")


def test_tiles_are_asked_for_the_layers_that_show_and_for_no_other(page: Page, parcel: Parcel) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    page.goto(f"/map#14/{parcel.lat}/{parcel.lon}")
    wait_until_drawn(page)
    page.locator(".legend summary", has_text="Khoáng sản").click()
    themes = page.evaluate("JSON.parse(document.getElementById('map-layers').textContent).filter(l => l.theme_title)")
    hidden = [f"/tiles/{layer['slug']}/" for layer in themes]
    assert [path for path in asked if path.startswith(tuple(hidden))] == []
    with page.expect_response(lambda answer: answer.url.split("/tiles/")[-1].startswith("mineral")):
        page.locator(".legend details", has_text="Khoáng sản").locator("input").first.check()


def test_the_zones_of_the_answer_are_switched_on_and_the_others_off(page: Page, parcel: Parcel) -> None:
    page.goto(f"/parcels/{parcel.id}")
    wait_until_drawn(page)
    answered = set(
        page.locator("[data-layer]:has([data-feature])").evaluate_all("all => all.map(e => e.dataset.layer)")
    )
    corridors = page.get_by_role("checkbox", name="Hành lang bảo vệ nguồn nước")
    assert "source-corridors" in answered
    expect(corridors).to_be_checked()
    if "licensed-wells" not in answered:
        expect(page.get_by_role("checkbox", name=WELLS)).not_to_be_checked()


@pytest.mark.service_worker
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
