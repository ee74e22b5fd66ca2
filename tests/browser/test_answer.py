"""A citizen's way to the answer: by keyboard, on a weak line, without scripts, without WebGL."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from tests.browser.helpers import CHROMIUM, PHONE, QUIET, Parcel, wait_until_drawn

QUESTION = "Điều gì áp dụng cho thửa này?"


def typed(parcel: Parcel) -> str:
    return f"thua {parcel.number} to {parcel.sheet} {parcel.commune}"


def test_a_typed_number_leads_to_the_answer_by_keyboard_alone(page: Page, parcel: Parcel) -> None:
    page.goto("/")
    page.keyboard.type(typed(parcel))
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?**")
    press_until_focused(page, f"/parcels/{parcel.id}")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/parcels/{parcel.id}*")
    expect(page.get_by_role("heading", name=QUESTION)).to_be_visible()
    expect(page.locator(".answer-sentence")).to_contain_text("nằm trong")


def press_until_focused(page: Page, address: str, most: int = 40) -> None:
    for _ in range(most):
        if page.evaluate("document.activeElement?.getAttribute('href')") == address:
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{address} cannot be reached by the Tab key")


def test_the_answer_says_why_it_knows_nothing_in_the_same_breath(page: Page, parcel: Parcel) -> None:
    page.goto(f"/parcels/{parcel.id}")
    unknown = page.locator("section.theme").filter(has=page.locator(".theme-head .answer-not-assessed")).first
    expect(unknown).to_contain_text("Chưa đánh giá")
    expect(unknown).to_contain_text("không có nghĩa là không ảnh hưởng")


def test_the_plan_stands_first_and_its_bar_is_as_wide_as_its_shares(page: Page, parcel: Parcel) -> None:
    page.goto(f"/parcels/{parcel.id}")
    plan = page.locator("section.theme").first
    expect(plan.get_by_role("heading", level=3)).to_have_text("Quy hoạch sử dụng đất đến 2030")
    bar = plan.locator(".plan-bar")
    drawn = bar.locator("rect.plan-part").evaluate_all("parts => parts.map(part => part.getBoundingClientRect().width)")
    whole = bar.evaluate("svg => svg.getBoundingClientRect().width")
    assert abs(sum(drawn) - whole) < 3
    expect(plan.locator(".plan-parts li")).to_have_count(len(drawn))


def test_the_plan_is_on_the_map_only_when_somebody_asks_for_it(page: Page, parcel: Parcel) -> None:
    page.goto(f"/parcels/{parcel.id}")
    wait_until_drawn(page)
    page.locator(".legend summary", has_text="Quy hoạch sử dụng đất").click()
    box = page.get_by_role("checkbox", name="Quy hoạch sử dụng đất")
    expect(box).not_to_be_checked()
    box.check()
    page.wait_for_function("() => location.hash.includes('+planned-land-use')")


def test_the_four_counts_are_told_by_word_shape_and_number(page: Page, parcel: Parcel) -> None:
    page.goto(f"/parcels/{parcel.id}")
    counts = page.locator(".counts > li")
    expect(counts).to_have_count(4)
    assert counts.locator("use").evaluate_all("found => new Set(found.map(use => use.getAttribute('href'))).size") == 4
    assert sum(int(number) for number in counts.locator("b").all_inner_texts()) == 5


def test_it_answers_without_javascript(browser: Browser, base_url: str, parcel: Parcel) -> None:
    context = browser.new_context(base_url=base_url, java_script_enabled=False, viewport=PHONE)
    context.set_default_timeout(120_000)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("searchbox").fill(typed(parcel))
    page.get_by_role("button", name="Tìm").click()
    page.locator(f"a[href='/parcels/{parcel.id}']").click()
    expect(page.locator(".answer-sentence")).to_be_visible()
    page.wait_for_load_state("load")
    still = page.locator("img.map-still")
    expect(still).to_be_visible()
    assert still.evaluate("image => image.complete && image.naturalWidth > 0")
    context.close()


def test_without_webgl_a_leaflet_map_of_the_parcel_stands_in(
    playwright: object, browser: Browser, base_url: str, parcel: Parcel
) -> None:
    blind = browser.browser_type.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", *BLIND])
    page = blind.new_page(base_url=base_url)
    page.goto(f"/parcels/{parcel.id}")
    frame = page.frame_locator("iframe.map-frame")
    expect(frame.locator(".leaflet-container path").first).to_be_attached()
    expect(frame.locator(".leaflet-control-layers")).to_contain_text("Thửa đất")
    blind.close()


BLIND = ["--disable-webgl", "--disable-webgl2", "--disable-3d-apis", *QUIET]


def test_a_card_lights_its_zone_on_the_map(page: Page, parcel: Parcel) -> None:
    page.goto(f"/parcels/{parcel.id}")
    wait_until_drawn(page)
    card = page.locator("[data-layer] .zone").first
    card.hover()
    expect(card).to_have_class("card zone answer-affected is-lit")
    page.mouse.move(0, 0)
    expect(card).to_have_class("card zone answer-affected")
