"""axe finds nothing to object to on the map in any of its states, and nothing runs off the side of a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from tests.browser.helpers import DESK, PHONE, WIDEST, Parcel, wait_until_drawn
from tests.browser.test_access import AXE, HEIGHTS, RUN


def with_legend(page: Page) -> None:
    page.locator(".legend > summary").evaluate("summary => summary.parentElement.open = true")
    page.locator(".legend summary", has_text="Nền bản đồ").click()
    page.get_by_role("button", name="Độ đậm: Đường, 100").click()


def measuring(page: Page) -> None:
    page.get_by_role("button", name="Đo", exact=True).click()
    page.get_by_role("button", name="Thêm điểm").click()


def comparing(page: Page) -> None:
    page.get_by_role("button", name="So sánh").click()
    page.get_by_label("So với dữ liệu").select_option("2")
    page.locator("[data-other-map][data-drawn]").wait_for(state="attached", timeout=90_000)


def sharing(page: Page) -> None:
    page.get_by_role("button", name="Chia sẻ, in").click()
    page.locator("img.qr-code[src]").wait_for()


STATES = (with_legend, measuring, comparing, sharing)


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
@pytest.mark.parametrize(
    ("size", "scheme"), [pytest.param(DESK, "light", id="desk"), pytest.param(PHONE, "dark", id="phone in the dark")]
)
def test_axe_has_no_objection_to_the_map_in_this_state(
    browser: Browser, base_url: str, parcel: Parcel, state: Callable[[Page], None], size: ViewportSize, scheme: str
) -> None:
    context = browser.new_context(base_url=base_url, viewport=size, color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(f"/map#16/{parcel.lat}/{parcel.lon}")
    wait_until_drawn(page)
    state(page)
    page.evaluate(AXE.read_text())
    violations = page.evaluate(RUN)["violations"]
    told = [(found["id"], [node["target"] for node in found["nodes"]][:5]) for found in violations]
    width = page.evaluate(WIDEST)
    context.close()
    assert told == []
    assert width <= size["width"]


@pytest.mark.parametrize("address", ["/offline", "/identify?lon={lon}&lat={lat}&accuracy=30"])
@pytest.mark.parametrize("size", [pytest.param(DESK, id="desk"), pytest.param(PHONE, id="phone")])
def test_axe_has_no_objection_to_the_pages_beside_it(
    browser: Browser, base_url: str, parcel: Parcel, address: str, size: ViewportSize
) -> None:
    context = browser.new_context(base_url=base_url, viewport=size)
    page = context.new_page()
    page.goto(address.format(lon=parcel.lon, lat=parcel.lat))
    page.evaluate(AXE.read_text())
    violations = page.evaluate(RUN)["violations"]
    told = [(found["id"], [node["target"] for node in found["nodes"]][:5]) for found in violations]
    context.close()
    assert told == []


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_what_a_finger_presses_on_the_map_is_large_enough(
    browser: Browser, base_url: str, parcel: Parcel, state: Callable[[Page], None]
) -> None:
    context = browser.new_context(base_url=base_url, viewport=PHONE, is_mobile=True, has_touch=True)
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.goto(f"/map#16/{parcel.lat}/{parcel.lon}")
    wait_until_drawn(page)
    state(page)
    pressed = page.locator("#map-side").locator("button, summary, select, input:not([type=checkbox], [type=radio])")
    heights = pressed.evaluate_all(HEIGHTS)
    context.close()
    assert [one for one in heights if one[1] < 44] == []
