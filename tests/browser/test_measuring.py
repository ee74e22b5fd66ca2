"""Measuring on the map: in the plane of VN-2000, by pointing and by keyboard, and the coordinates on the map's bar."""

from __future__ import annotations

import re

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from importers.crs.operation import transformer
from tests.browser.helpers import DESK, Parcel, module, wait_until_drawn

# Degrees (WGS 84) over the province and its sea.
PLACES = [(105.85 + 0.05 * (at % 23), 20.05 + 0.045 * (at // 23)) for at in range(23 * 23)]
PROJECT = "({planeOf}, places) => places.map(([lon, lat]) => planeOf(105.5, 0.9999)(lon, lat)).map(({x, y}) => [y, x])"


def in_javascript(page: Page, places: list[tuple[float, float]]) -> np.ndarray:
    found = page.evaluate(f"places => import('{module(page, 'vn2000')}').then(m => ({PROJECT})(m, places))", places)
    return np.array(found)


def test_the_browser_and_pyproj_agree_within_a_millimetre(page: Page) -> None:
    page.goto("/about")
    expected = np.column_stack(transformer(4326).transform(*zip(*PLACES, strict=True)))
    assert np.abs(in_javascript(page, PLACES) - expected).max() < 0.001


@pytest.mark.parametrize("metres", [10.0, 100.0, 1500.0])
def test_a_length_is_right_within_a_centimetre_in_a_hundred_metres(page: Page, metres: float) -> None:
    page.goto("/about")
    corner = np.array([587_498.4, 2_262_340.7])
    ends = [corner, corner + metres * np.array([0.6, 0.8])]
    degrees = [transformer(4326).transform(*end, direction="INVERSE") for end in ends]
    measured = float(np.hypot(*np.subtract(*in_javascript(page, degrees))))
    assert abs(measured - metres) <= 0.01 * metres / 100


def numbers(text: str) -> list[float]:
    return [float(found.replace(".", "").replace(",", ".")) for found in re.findall(r"[\d.]+,\d+", text)]


def test_a_square_is_measured_by_pointing(page: Page, parcel: Parcel) -> None:
    page.set_viewport_size(DESK)
    page.goto(f"/map#17/{parcel.lat}/{parcel.lon}")
    wait_until_drawn(page)
    page.get_by_role("button", name="Đo", exact=True).click()
    canvas, told = page.locator("#map .maplibregl-canvas"), page.locator("[data-measured]")
    for x, y in ((450, 400), (550, 400), (550, 500), (450, 500)):
        canvas.click(position={"x": x, "y": y})
    [length] = numbers(told.inner_text())
    page.get_by_label("Diện tích").check()
    expect(told).to_contain_text("Chu vi")
    area, around = numbers(told.inner_text())
    assert around == pytest.approx(length * 4 / 3, rel=0.002)
    assert area == pytest.approx((length / 3) ** 2, rel=0.004)
    assert page.locator(".identify").count() == 0, "a click that measures asks nothing"


def test_an_outline_that_crosses_itself_has_no_area(page: Page, parcel: Parcel) -> None:
    page.set_viewport_size(DESK)
    page.goto(f"/map#17/{parcel.lat}/{parcel.lon}")
    wait_until_drawn(page)
    page.get_by_role("button", name="Đo", exact=True).click()
    page.get_by_label("Diện tích").check()
    for x, y in ((450, 400), (550, 500), (550, 400), (450, 500)):
        page.locator("#map .maplibregl-canvas").click(position={"x": x, "y": y})
    expect(page.locator("[data-measured]")).to_contain_text("tự cắt")
    page.get_by_role("button", name="Bỏ điểm cuối").click()
    expect(page.locator("[data-measured]")).to_contain_text("m²")


def test_it_is_measured_by_keyboard_from_the_middle_of_the_map(page: Page, parcel: Parcel) -> None:
    page.goto(f"/map#17/{parcel.lat}/{parcel.lon}")
    wait_until_drawn(page)
    page.get_by_role("button", name="Đo", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Đo trên bản đồ")).to_be_focused()
    page.get_by_role("button", name="Thêm điểm").press("Enter")
    before = page.url
    page.locator("#map .maplibregl-canvas").press("ArrowRight")
    page.wait_for_url(lambda url: url != before)
    wait_until_drawn(page)
    page.locator("#map .maplibregl-canvas").press("Enter")
    [length] = numbers(page.locator("[data-measured]").inner_text())
    assert length > 10
    page.get_by_role("button", name="Đo lại").press("Escape")
    expect(page.get_by_role("button", name="Đo", exact=True)).to_be_focused()


def test_both_systems_stand_on_the_bar_and_what_is_copied_is_understood_by_the_search(
    page: Page, parcel: Parcel
) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"/map#18/{parcel.lat}/{parcel.lon}")
    wait_until_drawn(page)
    expect(page.locator("[data-coordinates=wgs84]")).to_contain_text("° B")
    page.locator("[data-coordinates=vn2000]").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".map-message")).to_contain_text("Đã chép X=")
    page.locator("#q").fill(page.evaluate("navigator.clipboard.readText()"))
    page.keyboard.press("Enter")
    expect(page.locator(".understood")).to_contain_text("VN-2000")
    expect(page.locator(f"a[href='/parcels/{parcel.id}']").first).to_be_visible()
