"""axe finds nothing to object to on the map in any of its states, and nothing runs off the side of a phone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.axe import objections
from tests.browser.helpers import DESK, HEIGHTS, PHONE, WIDEST, Parcel, wait_until_drawn

LOOKS: dict[str, dict[str, Any]] = {
    "desk": {"viewport": DESK, "color_scheme": "light"},
    "phone in the dark": {"viewport": PHONE, "color_scheme": "dark", "is_mobile": True, "has_touch": True},
}


@pytest.fixture(scope="module", params=LOOKS)
def opened(request: pytest.FixtureRequest, browser: Browser, base_url: str, parcel: Parcel) -> Iterator[Page]:
    """One map for all states: a tool that is opened closes the one before."""
    look = LOOKS[request.param]
    context = browser.new_context(base_url=base_url, reduced_motion="reduce", service_workers="block", **look)
    page = context.new_page()
    page.set_default_timeout(120_000)
    page.goto(f"/map#16/{parcel.lat}/{parcel.lon}")
    wait_until_drawn(page)
    yield page
    context.close()


def measuring(page: Page) -> None:
    page.get_by_role("button", name="Đo", exact=True).click()
    page.get_by_role("button", name="Thêm điểm").click()


def comparing(page: Page) -> None:
    page.get_by_role("button", name="So sánh").click()
    page.get_by_label("So với dữ liệu").select_option("2")
    page.locator("[data-other-map][data-drawn]").wait_for(state="attached", timeout=120_000)


def sharing(page: Page) -> None:
    page.get_by_role("button", name="Chia sẻ, in").click()
    page.locator("img.qr-code[src]").wait_for()


def with_legend(page: Page) -> None:
    """The last one: what it opens stays open."""
    if (tool := page.locator("[data-close]:visible")).count():
        tool.click()
    page.locator(".legend > summary").evaluate("summary => summary.parentElement.open = true")
    page.locator(".legend summary", has_text="Nền bản đồ").click()
    page.get_by_role("button", name="Độ đậm: Đường, 100").click()


STATES = (measuring, comparing, sharing, with_legend)


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_axe_has_no_objection_to_the_map_in_this_state_and_a_finger_finds_all_of_it(
    opened: Page, state: Callable[[Page], None]
) -> None:
    state(opened)
    assert objections(opened) == []
    width = (opened.viewport_size or DESK)["width"]
    assert opened.evaluate(WIDEST) <= width
    if width == PHONE["width"]:
        pressed = "button, summary, select, input:not([type=checkbox], [type=radio])"
        heights = opened.locator("#map-side").locator(pressed).evaluate_all(HEIGHTS)
        assert [one for one in heights if one[1] < 44] == []


@pytest.mark.parametrize("address", ["/offline", "/identify?lon={lon}&lat={lat}&accuracy=30"])
def test_axe_has_no_objection_to_the_pages_beside_it(page: Page, parcel: Parcel, address: str) -> None:
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        page.goto(address.format(lon=parcel.lon, lat=parcel.lat))
        assert objections(page) == [], size
