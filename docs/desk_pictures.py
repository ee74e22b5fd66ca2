"""Takes the pictures of docs/desk.md: a file of forty faults on its way to the map, in a portal with the demo.

    DATABASE_URL=… PORTAL_DATA=… .venv/bin/python -m docs.desk_pictures http://127.0.0.1:8000

The portal's worker must run. What the pictures show is published there: take a demo that nobody else needs.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

import django
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

if TYPE_CHECKING:
    from tests.browser.forty_faults import Zones

ROOT: Final = Path(__file__).parents[1]
CHROMIUM: Final = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
SIZE: Final[ViewportSize] = {"width": 1200, "height": 860}
MAIN: Final = "main button.button-main[type=submit]"


def main(portal: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "geoportal.settings")
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    django.setup()
    sessions = {name: session(name) for name in ("lan", "minh")}
    from tests.browser import forty_faults

    database, folder = os.environ["DATABASE_URL"], Path(tempfile.mkdtemp())
    first = forty_faults.zones(database, folder / "first")
    second = forty_faults.zones(database, folder / "second", corrected=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        lan, minh = (room(browser, portal, sessions[name]) for name in ("lan", "minh"))
        delivered(lan, first)
        mended(lan, second.file)
        published(lan, minh)
        browser.close()


def session(name: str) -> str:
    """An officer of the demo who has had her first day: a password of her own and a second factor."""
    from allauth.mfa.models import Authenticator
    from django.contrib.auth.models import User

    from tests.database.officers import at_the_desk

    user = User.objects.get(username=name)
    user.officer.must_change_password = False
    user.officer.save()
    Authenticator.objects.get_or_create(
        user=user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": "A" * 16}}
    )
    return str(at_the_desk(user).cookies["desk"].value)


def room(browser: Browser, portal: str, cookie: str) -> Page:
    context = browser.new_context(base_url=portal, viewport=SIZE, locale="vi-VN", reduced_motion="reduce")
    context.add_cookies([{"name": "desk", "value": cookie, "url": portal}])
    context.set_default_timeout(120_000)
    return context.new_page()


def delivered(lan: Page, zones: Zones) -> None:
    lan.goto("/desk/deliveries/new")
    lan.select_option("#layer", "groundwater-zones")
    lan.select_option("#commune", zones.commune)
    lan.set_input_files("#files", str(zones.file))
    taken(lan, "new")
    lan.click(MAIN)
    lan.wait_for_url("**/understood")
    lan.get_by_role("radio", name="105°30'").check()
    taken(lan, "understood")
    lan.locator(".text-choice").first.scroll_into_view_if_needed()
    taken(lan, "letters")
    lan.click(MAIN)
    lan.wait_for_url("**/findings")
    taken(lan, "findings")


def mended(lan: Page, corrected: Path) -> None:
    lan.get_by_role("button", name="Sửa và kiểm tra lại").click()
    lan.wait_for_url("**/findings")
    lan.get_by_role("link", name="Phóng tới").first.wait_for()
    lan.select_option("#severity", "fix")
    lan.get_by_role("button", name="Lọc").click()
    lan.wait_for_url("**severity=fix**")
    lan.locator("#repair").scroll_into_view_if_needed()
    taken(lan, "repaired")
    lan.get_by_role("link", name="Gửi lại tệp đã sửa").click()
    lan.wait_for_url("**/new?instead=*")
    lan.set_input_files("#files", str(corrected))
    lan.click(MAIN)
    lan.wait_for_url("**/understood")
    lan.click(MAIN)
    lan.wait_for_url("**/findings")
    lan.locator("tr.is-open a").first.click()
    lan.wait_for_url("**fault=**")
    lan.fill("#reason", "Độ sâu 1.500 là một mét rưỡi, theo biên bản khảo sát")
    taken(lan, "accept")
    lan.get_by_role("button", name="Chấp nhận").click()
    lan.get_by_role("link", name="Gửi phê duyệt").click()
    lan.wait_for_url("**/difference*")
    drawn(lan)
    lan.locator("iframe.map-frame").scroll_into_view_if_needed()
    taken(lan, "difference")
    lan.get_by_role("button", name="Gửi phê duyệt").click()
    lan.wait_for_url("**/record")


def published(lan: Page, minh: Page) -> None:
    minh.goto("/desk/")
    taken(minh, "home")
    minh.locator("#waiting ~ ul a").first.click()
    minh.wait_for_url("**/difference")
    drawn(minh)
    minh.get_by_role("button", name="Phê duyệt và công bố").scroll_into_view_if_needed()
    taken(minh, "approve")
    minh.get_by_role("button", name="Phê duyệt và công bố").click()
    minh.get_by_role("heading", name="Đã công bố").wait_for()
    lan.goto("/desk/history")
    taken(lan, "history")


def drawn(page: Page) -> None:
    page.frame_locator("iframe.map-frame").locator("canvas, svg path").first.wait_for()


def taken(page: Page, name: str) -> None:
    page.wait_for_load_state()
    page.screenshot(path=ROOT / "docs" / "images" / f"desk-{name}.png")


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
