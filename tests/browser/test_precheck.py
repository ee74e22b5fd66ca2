"""A survey firm has its file checked in the browser, by the form alone: the sheet, axe, and no cookie left."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import environment
from tests.browser.desk_files import sheet
from tests.browser.helpers import DESK, ROOT
from tests.browser.looked_at import objections


@pytest.fixture(scope="module")
def key(database: str) -> str:
    command = [sys.executable, "manage.py", "precheck_key", "add", "Công ty Đo đạc"]
    done = subprocess.run(command, cwd=ROOT, env=environment(database), capture_output=True, text=True, check=True)
    return done.stdout.split()[-1]


@pytest.mark.parametrize("with_script", [True, False], ids=["script", "no-script"])
def test_a_firm_gets_its_sheet_by_the_form(
    browser: Browser, base_url: str, database: str, key: str, tmp_path: Path, with_script: bool
) -> None:
    file, commune = sheet(database, tmp_path)
    context = browser.new_context(base_url=base_url, viewport=DESK, java_script_enabled=with_script)
    context.set_default_timeout(120_000)
    page = context.new_page()
    page.goto("/precheck")
    told = objections(page) if with_script else []
    page.fill("#key", key)
    page.select_option("#layer", "parcels")
    page.select_option("#commune", commune)
    page.set_input_files("#file", str(file))
    page.locator("main button.button-main").click()
    page.locator("h2#verdict").wait_for()
    page.wait_for_load_state()  # the findings stand further down
    assert page.locator(".findings-table tbody tr").count() > 3
    assert "TENCHU" in page.locator("main").inner_text()
    assert "Bí Mật" not in page.content() and key not in page.content()
    told += objections(page) if with_script else []
    assert told == [] and context.cookies() == []
    context.close()
