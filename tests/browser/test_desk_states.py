"""States of the desk that no journey comes by, one after another; and a connection that is cut in the middle."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.addresses import connect
from tests.browser import cut_off
from tests.browser.conftest import environment
from tests.browser.helpers import ROOT
from tests.browser.looked_at import LOOKS, OTHER_LOOKS, objections

# What each page must say, whatever else is on it.
SAID = {
    "empty": "Chưa có đợt nộp nào đang làm.",
    "nothing waits": "Không có đợt nộp nào chờ bạn.",
    "refused": "Nội dung tệp không phải là .shp",
    "failed": "Gửi lại tệp đã sửa",
    "expired": "Quá thời hạn của bước này",
    "returned": "Thiếu biên bản đo của thửa 12",
    "a withdrawal waits": "Rút đối tượng",
    "withdrawal asked": "Đồng ý và làm ngay",
    "withdrawal waits": "Chờ một cán bộ khác có quyền phê duyệt.",
    "undoing refused": "bản số 36 · Giếng khai thác nước dưới đất có giấy phép · gieng_36.zip",
    "mistake received": "Nhận xem",
    "mistake answered": "Cảm ơn; đã sửa trên bản đồ số 12.",
    "mistake closed": "Trả lời công khai",
}


@pytest.fixture(scope="module")
def made(database: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.browser.desk_states"]
    done = subprocess.run(command, cwd=ROOT, env=environment(database), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def test_states_that_no_journey_comes_by(browser: Browser, base_url: str, made: dict[str, Any]) -> None:
    assert made["pages"].keys() == SAID.keys()
    context = browser.new_context(base_url=base_url, locale="vi-VN", reduced_motion="reduce")
    context.set_default_timeout(120_000)
    page = context.new_page()
    told: list[object] = []
    for at, (name, (officer, address)) in enumerate(made["pages"].items()):
        context.add_cookies([{"name": "desk", "value": made["sessions"][officer], "url": base_url}])
        page.goto(address)
        expect(page.locator("main")).to_contain_text(SAID[name])
        look = (*LOOKS, *OTHER_LOOKS)[at % 4]  # every state at one width, every width and scheme three times
        told += objections(page, (look,))
    assert told == []
    context.close()


def test_a_file_whose_connection_is_cut_leaves_nothing_and_can_be_sent_again(
    base_url: str, database: str, made: dict[str, Any]
) -> None:
    """Over a socket of gunicorn: half of it lies on the disk when the connection ends (row 79 of the bad inputs)."""
    session, before = made["sessions"]["editor"], cut_off.lying()
    with connect(database.rpartition("/")[2]) as connection:
        count = "SELECT count(*) FROM desk_delivery WHERE sha256 = %s"
        sha256 = [hashlib.sha256(cut_off.SENT).hexdigest()]
        half = cut_off.begun(session, base_url, 0.5)
        cut_off.wait_until(lambda: bool(cut_off.lying() - before), "nothing arrived")
        half.close()
        cut_off.wait_until(lambda: cut_off.lying() <= before, "something of the half lies there still")
        assert connection.execute(count, sha256).fetchone() == (0,)
        status, told = cut_off.answer(cut_off.begun(session, base_url, 1.0))
        assert (status, list(told)) == (200, ["url"]), told
        assert connection.execute(count, sha256).fetchone() == (1,)
