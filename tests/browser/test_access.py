"""axe finds nothing to object to, on a desk and on a phone, in the light and in the dark."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.axe import CLEAN, objections_in
from tests.browser.helpers import DESK, HEIGHTS, PHONE, WIDEST, Parcel

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


@pytest.fixture(scope="module")
def room(browser: Browser, base_url: str) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=base_url, reduced_motion="reduce", service_workers="block")
    context.set_default_timeout(120_000)
    yield context
    context.close()


@pytest.fixture(scope="module")
def phone(browser: Browser, base_url: str) -> Iterator[BrowserContext]:
    context = browser.new_context(
        base_url=base_url, viewport=PHONE, is_mobile=True, has_touch=True, service_workers="block"
    )
    context.set_default_timeout(120_000)
    yield context
    context.close()


@pytest.mark.parametrize("address", PAGES)
def test_axe_has_no_objection(room: BrowserContext, parcel: Parcel, address: str) -> None:
    """A page with a map begins in another way on a phone, so it is opened at both widths; others are made narrower."""
    there = address.format(parcel=parcel.id, commune=parcel.commune_code)
    with room.new_page() as page:
        page.set_viewport_size(DESK)
        page.goto(there)
        told = {"desk": objections_in(page)}
        page.set_viewport_size(PHONE)
        if page.locator("#map").count():
            page.goto(there)
        told["phone"] = objections_in(page)
    assert told == {"desk": CLEAN, "phone": CLEAN}


@pytest.mark.parametrize(
    "address",
    [
        *("/", "/search?q=xa+dong+hung", "/parcels/{parcel}", "/map", "/coverage", "/coverage?commune={commune}"),
        *("/mistakes/new?layer=parcels&feature={parcel}", "/follow/new/parcel/{parcel}"),
    ],
)
def test_nothing_runs_off_the_side_of_a_phone(phone: BrowserContext, parcel: Parcel, address: str) -> None:
    with phone.new_page() as page:
        page.goto(address.format(parcel=parcel.id, commune=parcel.commune_code))
        assert page.evaluate(WIDEST) <= PHONE["width"]


def test_what_a_finger_presses_is_large_enough(phone: BrowserContext, parcel: Parcel) -> None:
    with phone.new_page() as page:
        page.goto(f"/parcels/{parcel.id}")
        pressed = page.locator("button, summary, input:not([type=checkbox]), .phone-bar a, .brand")
        heights = pressed.evaluate_all(HEIGHTS)
    assert [one for one in heights if one[1] < 44] == []
