"""axe finds nothing to object to, on a desk and on a phone, in the light and in the dark."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from tests.browser.helpers import DESK, PHONE, ROOT, WIDEST, Parcel

AXE = Path(ROOT / "node_modules" / "axe-core" / "axe.min.js")
PAGES = (
    *("/", "/about", "/map", "/parcels/{parcel}", "/nowhere", "/coverage", "/coverage?commune={commune}"),
    *("/help", "/glossary", "/procedures", "/procedures/MH.203", "/where?activity=well"),
    *("/parcels/{parcel}/may-i?activity=well", "/check"),
    *("/mistakes/", "/mistakes/new?layer=parcels&feature={parcel}", "/follow/new/parcel/{parcel}"),
    *("/verify", "/verify?code=abc"),
    *("/search?q=xa+dong+hung", "/search?q=khong+co+gi+ca", "/search?q=10.7769+106.7009"),
    *(
        "/search",
        "/search?kind=zone&area_from=999999999",
        "/search?layer=licensed-wells&sort=date",
        "/search?q=thua+9+to+999",
    ),
)
HEIGHTS = "all => all.filter(e => e.offsetParent).map(e => [e.textContent.trim(), e.getBoundingClientRect().height])"
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
RUN = "axe.run(document, {resultTypes: ['violations']})"


@pytest.mark.parametrize("size", [pytest.param(DESK, id="desk"), pytest.param(PHONE, id="phone")])
@pytest.mark.parametrize("address", PAGES)
def test_axe_has_no_objection(
    browser: Browser, base_url: str, parcel: Parcel, address: str, size: ViewportSize
) -> None:
    context = browser.new_context(base_url=base_url, viewport=size, reduced_motion="reduce")
    page = context.new_page()
    page.goto(address.format(parcel=parcel.id, commune=parcel.commune_code))
    page.evaluate(AXE.read_text())
    told = {scheme: objections(page, scheme) for scheme in SCHEMES}
    context.close()
    assert told == {scheme: [] for scheme in SCHEMES}


def objections(page: Page, scheme: Scheme) -> list[tuple[str, list[object]]]:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    violations = page.evaluate(RUN)["violations"]
    return [(found["id"], [node["target"] for node in found["nodes"]][:5]) for found in violations]


@pytest.mark.parametrize(
    "address",
    [
        *("/", "/search?q=xa+dong+hung", "/parcels/{parcel}", "/map", "/coverage", "/coverage?commune={commune}"),
        *("/mistakes/new?layer=parcels&feature={parcel}", "/follow/new/parcel/{parcel}"),
    ],
)
def test_nothing_runs_off_the_side_of_a_phone(browser: Browser, base_url: str, parcel: Parcel, address: str) -> None:
    context = browser.new_context(base_url=base_url, viewport=PHONE, is_mobile=True, has_touch=True)
    page = context.new_page()
    page.goto(address.format(parcel=parcel.id, commune=parcel.commune_code))
    assert page.evaluate(WIDEST) <= PHONE["width"]
    context.close()


def test_what_a_finger_presses_is_large_enough(browser: Browser, base_url: str, parcel: Parcel) -> None:
    context = browser.new_context(base_url=base_url, viewport=PHONE, is_mobile=True, has_touch=True)
    page = context.new_page()
    page.goto(f"/parcels/{parcel.id}")
    pressed = page.locator("button, summary, input:not([type=checkbox]), .phone-bar a, .brand")
    heights = pressed.evaluate_all(HEIGHTS)
    context.close()
    assert [one for one in heights if one[1] < 44] == []
