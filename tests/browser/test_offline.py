"""Without a network: a page that can be read, one's coordinates, the parcels opened before; never an old answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Geolocation, Page, expect

from tests.browser.helpers import Parcel, wait_until_drawn

pytestmark = pytest.mark.service_worker


@pytest.fixture
def visited(page: Page, context: BrowserContext, parcel: Parcel) -> Iterator[Page]:
    """A parcel's page was opened and the worker is ready; then the network goes away."""
    page.goto(f"/parcels/{parcel.id}")
    wait_until_drawn(page)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_load_state("networkidle")
    context.set_offline(True)
    yield page
    context.set_offline(False)


def test_no_answer_is_shown_that_may_be_out_of_date(visited: Page, parcel: Parcel) -> None:
    visited.reload()
    expect(visited.get_by_role("heading", level=1)).to_have_text("Thiết bị không có mạng")
    expect(visited.locator(".answer-sentence")).to_have_count(0)
    assert visited.evaluate("document.fonts.ready.then(() => document.fonts.check('16px \"Be Vietnam Pro\"'))")


def test_the_parcels_opened_here_are_listed_and_can_be_forgotten(visited: Page, parcel: Parcel) -> None:
    visited.goto("/search?q=xa+dong+hung")
    link = visited.locator(f"[data-visited] a[href='/parcels/{parcel.id}']")
    expect(link).to_contain_text(f"Thửa {parcel.number}")
    visited.get_by_role("button", name="Xóa danh sách này").click()
    expect(visited.locator("[data-visited]")).to_be_hidden()
    assert visited.evaluate("localStorage.length") == 0


def test_ones_place_is_told_in_both_systems(visited: Page, context: BrowserContext, parcel: Parcel) -> None:
    context.grant_permissions(["geolocation"])
    context.set_geolocation(Geolocation(latitude=20.45044, longitude=106.34048, accuracy=8))
    visited.goto("/map")
    visited.get_by_role("button", name="Tọa độ nơi tôi đứng").click()
    told = visited.locator("[data-here] [role=status]")
    expect(told).to_contain_text("20,45044° B 106,34048° Đ")
    expect(told).to_contain_text("X 2\u202f262\u202f340,7 · Y 587\u202f498,4")
    expect(told).to_contain_text("±8 m")


def test_when_the_network_is_back_the_answer_is_asked_anew(
    visited: Page, context: BrowserContext, parcel: Parcel
) -> None:
    visited.reload()
    expect(visited.get_by_role("heading", level=1)).to_have_text("Thiết bị không có mạng")
    context.set_offline(False)
    expect(visited.locator(".answer-sentence")).to_be_visible()


def test_a_visit_leaves_only_an_address_and_a_name_on_the_device(page: Page, parcel: Parcel) -> None:
    page.goto(f"/parcels/{parcel.id}")
    wait_until_drawn(page)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    [visit] = page.evaluate("JSON.parse(localStorage.getItem('visited-parcels'))")
    assert visit["address"] == f"/parcels/{parcel.id}"
    assert set(visit) == {"address", "title"}
    names = page.evaluate("caches.keys().then(names => Promise.all(names.map(name => caches.open(name))))"
                          ".then(all => Promise.all(all.map(kept => kept.keys())))"
                          ".then(all => all.flat().map(request => new URL(request.url).pathname))")  # fmt: skip
    assert [name for name in names if not name.startswith("/static/")] == ["/offline"]
