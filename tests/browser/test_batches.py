"""A batch in a browser, with a worker that is killed while it answers: no row is lost, none is answered twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.addresses import connect
from tests.browser.axe import CLEAN, objections, objections_in
from tests.browser.conftest import environment
from tests.browser.helpers import DESK, PHONE, ROOT, Parcel

ROWS = 150
AT_MOST_S = 120


def worker(settings: dict[str, str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "manage.py", "procrastinate", "worker", "--queues", "batches"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(command, cwd=ROOT, env=settings, start_new_session=True, **quiet)


def wait(what: Callable[[], bool]) -> None:
    started = time.monotonic()
    while not what():
        assert time.monotonic() - started < AT_MOST_S, "it did not happen in time"
        time.sleep(0.05)


def test_axe_has_no_objection_to_the_form(page: Page) -> None:
    page.goto("/check/batch")
    for size in (DESK, PHONE):
        page.set_viewport_size(size)
        assert objections_in(page) == CLEAN
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_a_killed_worker_loses_no_row_and_repeats_none(
    browser: Browser, base_url: str, database: str, parcel: Parcel, tmp_path: Path
) -> None:
    settings = {**environment(database), "PORTAL_DATA": str(tmp_path / "data")}
    file = tmp_path / "khu.csv"
    file.write_text("ten;id\n" + f"Khu A;{parcel.id}\n" * (ROWS - 1) + "Khu B;999999999\n")
    context = browser.new_context(base_url=base_url, viewport=DESK, reduced_motion="reduce")
    context.set_default_timeout(120_000)
    page = context.new_page()
    page.goto("/check")
    page.get_by_role("link", name="Nhiều khu đất cùng lúc").click()
    page.get_by_label("Tệp danh sách").set_input_files(file)
    page.get_by_role("button", name="Gửi danh sách").click()
    page.wait_for_url("**/check/batch/*")
    code = page.url.rpartition("/")[2]
    with connect(database.rpartition("/")[2]) as connection:

        def through() -> dict[int, object]:
            rows = connection.execute(
                "SELECT number, answered_at FROM exports_batchrow WHERE batch_id = %s AND answered_at IS NOT NULL",
                [code],
            ).fetchall()
            connection.commit()
            return dict(rows)

        first = worker(settings)
        try:
            wait(lambda: len(through()) >= 5)
        finally:
            os.killpg(first.pid, signal.SIGKILL)
            first.wait()
        before = through()
        assert 5 <= len(before) < ROWS, "it was killed in the middle"
        assert objections(page) == []
        second = worker(settings)
        try:
            wait(lambda: len(through()) == ROWS)
        finally:
            os.killpg(second.pid, signal.SIGTERM)
            second.wait()
        after = through()
        assert {number: after[number] for number in before} == before
        rows = connection.execute("SELECT number FROM exports_batchrow WHERE batch_id = %s", [code]).fetchall()
        assert sorted(number for (number,) in rows) == list(range(1, ROWS + 1))
    # The page saw it by itself.
    page.get_by_text(f"{ROWS} trên {ROWS} dòng; 1 dòng không trả lời được.").wait_for(timeout=120_000)
    assert objections(page) == []
    with page.expect_download() as saved:
        page.get_by_role("link", name="CSV").click()
    assert len(saved.value.path().read_text("utf-8-sig").splitlines()) == ROWS + 1
    page.set_viewport_size(PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert objections(page) == []
    context.close()
