"""One dead layer degrades its own line only, visibly, and comes back when asked again."""

from __future__ import annotations

from playwright.sync_api import Page, Route, expect

from tests.browser.helpers import Parcel, wait_until_drawn

SAID = "Lớp này tạm thời không tải được."
PATIENCE_MS = 15_000  # as long as failing.js has


def test_a_layer_whose_tiles_fail_says_so_at_its_own_line_and_comes_back(page: Page, parcel: Parcel) -> None:
    broken = [True]

    def answer(route: Route) -> None:
        route.fulfill(status=503) if broken[0] else route.continue_()

    page.route("**/tiles/roads/**", answer)
    page.goto(f"/map#15/{parcel.lat}/{parcel.lon}")
    wait_until_drawn(page)
    expect(page.locator(".legend-trouble")).to_have_text("1 lớp không tải được")
    page.locator(".legend summary", has_text="Nền bản đồ").click()
    away = page.locator(".legend li.is-away")
    expect(away).to_have_count(1)
    expect(away).to_contain_text("Đường")
    expect(away).to_contain_text(SAID)
    page.locator("#map .maplibregl-canvas").click()
    expect(page.locator("#panel h1")).to_have_text("Ở đây có gì?")
    broken[0] = False
    with page.expect_response(lambda answer: "/tiles/roads/" in answer.url and answer.ok):
        away.get_by_role("button", name="Thử lại").click()
    wait_until_drawn(page)
    expect(page.locator(".legend li.is-away")).to_have_count(0)
    expect(page.locator(".legend-trouble")).to_be_empty()


def test_a_layer_that_never_answers_is_told_after_a_while(page: Page, parcel: Parcel) -> None:
    page.route("**/tiles/waters/**", lambda route: None)
    page.clock.install()
    with page.expect_request("**/tiles/waters/**"):
        page.goto(f"/map#15/{parcel.lat}/{parcel.lon}")
    page.locator(".legend summary", has_text="Nền bản đồ").click()
    away = page.locator(".legend li.is-away")
    expect(away).to_have_count(0)
    page.clock.fast_forward(PATIENCE_MS)
    # One that was only slow comes back by itself.
    expect(away).to_have_count(1, timeout=120_000)
    expect(away).to_contain_text(SAID)
    expect(away).to_contain_text("Sông, kênh, ao hồ")
