"""Officers in the browser: their first day, signing in again, and getting about by keys alone."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page

from tests.browser.helpers import ROOT

PASSWORD = "ruong-dong-bat-ngat-2026"
MAIN = "main button.button-main[type=submit]"


@dataclass
class Officer:
    name: str
    one_time: str
    secret: str = ""
    used: set[str] = field(default_factory=set)

    def code(self) -> str:
        """A code not used before: each is good once."""
        from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

        now = int(time.time()) // 30
        fresh = [format_hotp_value(hotp_value(self.secret, at)) for at in (now, now + 1, now - 1)]
        code = next(each for each in fresh if each not in self.used)
        self.used.add(code)
        return code


def hire(environment: dict[str, str]) -> dict[str, Officer]:
    """The officers of the demo, with the passwords the command prints."""
    command = [sys.executable, "manage.py", "demo_officers"]
    told = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout
    found = re.findall(r"/desk/: (\w+) \(\w+\), one-time password (\S+)", told)
    return {name: Officer(name, password) for name, password in found}


def first_day(page: Page, officer: Officer) -> None:
    """Sign in with the password somebody else made, set one's own, enrol the second factor."""
    page.goto("/desk/")
    page.fill("#id_login", officer.name)
    page.fill("#id_password", officer.one_time)
    page.click(MAIN)
    page.fill("#id_oldpassword", officer.one_time)
    page.fill("#id_password1", PASSWORD)
    page.fill("#id_password2", PASSWORD)
    with page.expect_navigation():
        page.click(MAIN)
    page.goto("/desk/")
    officer.secret = page.locator("[data-secret]").inner_text()
    page.fill("#id_code", officer.code())
    with page.expect_navigation():
        page.click(MAIN)
    page.goto("/desk/")
    page.get_by_role("heading", name="Bàn nhập dữ liệu").wait_for()


def tab_to(page: Page, target: Locator, most: int = 250) -> None:
    """Press Tab until the target has the focus, as somebody without a mouse does."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"the Tab key never reached {target}")
