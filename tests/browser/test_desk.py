"""The whole journey of a delivery, in Chromium, by two officers: with a mouse, and by keys alone; axe on every page."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import forty_faults
from tests.browser.conftest import environment
from tests.browser.desk_files import sheet
from tests.browser.desk_people import MAIN, PASSWORD, Officer, first_day, hire, tab_to
from tests.browser.helpers import DESK, ROOT
from tests.browser.looked_at import objections


@pytest.fixture(scope="module")
def officers(database: str, base_url: str) -> dict[str, Officer]:
    return hire(environment(database))


@pytest.fixture(scope="module")
def worker(database: str) -> Iterator[None]:
    command = [sys.executable, "manage.py", "procrastinate", "worker", "--queues", "desk"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, cwd=ROOT, env=environment(database), **quiet)
    yield
    process.terminate()
    process.wait(20)


def room(browser: Browser, base_url: str) -> BrowserContext:
    context = browser.new_context(base_url=base_url, viewport=DESK, locale="vi-VN", reduced_motion="reduce")
    context.set_default_timeout(120_000)
    return context


@pytest.fixture(scope="module")
def lan(browser: Browser, base_url: str, officers: dict[str, Officer], worker: None) -> Iterator[Page]:
    context = room(browser, base_url)
    page = context.new_page()
    first_day(page, officers["lan"])
    yield page
    context.close()


@pytest.fixture(scope="module")
def minh(browser: Browser, base_url: str, officers: dict[str, Officer]) -> Iterator[Page]:
    context = room(browser, base_url)
    page = context.new_page()
    first_day(page, officers["minh"])
    yield page
    context.close()


def send(page: Page, file: Path) -> None:
    page.set_input_files("#files", str(file))
    page.click(MAIN)
    page.wait_for_url("**/understood")


def counted(page: Page) -> Counter[str]:
    """How many findings of each rule the list holds: every one, not only those of the first page."""
    with page.expect_download() as told:
        page.get_by_role("link", name="Danh sách (CSV)").click()
    with Path(told.value.path()).open(encoding="utf-8-sig", newline="") as file:
        return Counter(row["code"] for row in csv.DictReader(file) if row["severity"] != "note")


def accept_kinds(page: Page) -> None:
    """Accept every kind of decision that is still open, each with a reason."""
    while page.locator("tr.is-open a").count():
        page.locator("tr.is-open a").first.click()
        page.fill("#reason", "Theo biên bản đo đạc")
        page.check("[name=whole_kind]")
        if page.locator("#ceiling").count():
            page.fill("#ceiling", "100000")
        with page.expect_navigation():
            page.get_by_role("button", name="Chấp nhận").click()


def asked_to_undo(lan: Page, minh: Page, parcel: int) -> list[object]:
    """Pages of the history and of what is asked there: another officer declines, so that nothing is undone."""
    told: list[object] = []
    minh.locator("table a").first.click()
    minh.wait_for_url("**/history/*")
    lan.goto(minh.url)
    told += objections(lan)
    lan.fill("#reason", "Gửi nhầm đợt")
    lan.get_by_role("button", name="Đề nghị hoàn tác").click()
    lan.wait_for_url("**/undoings/*")
    minh.goto(lan.url)
    told += objections(minh)
    minh.get_by_role("button", name="Không đồng ý").click()
    for address in (f"/desk/history/parcels/{parcel}", "/desk/mistakes", "/desk/account/second/recovery/"):
        lan.goto(address)
        told += objections(lan)
    return told


def test_two_officers_bring_a_file_of_forty_faults_to_the_map(
    lan: Page, minh: Page, database: str, tmp_path: Path, base_url: str
) -> None:
    """In TCVN3, without .prj: what the portal can repair it repairs, the rest is corrected in the file or decided."""
    told: list[object] = []
    sent = forty_faults.zones(database, tmp_path / "first")
    lan.goto("/desk/deliveries/new")
    told += objections(lan)
    lan.select_option("#layer", "groundwater-zones")
    lan.select_option("#commune", sent.commune)
    send(lan, sent.file)
    expect(lan.locator(".dropped")).to_contain_text("TENCHU")
    expect(lan.locator("body")).not_to_contain_text("Bí Mật")
    expect(lan.locator("body")).to_contain_text("Tệp không ghi hệ tọa độ.")
    expect(lan.locator("#encoding-name")).to_have_value("tcvn3")
    expect(lan.locator(".samples").first).to_contain_text(forty_faults.NAME)
    told += objections(lan)
    lan.get_by_role("radio", name="105°30'").check()
    lan.click(MAIN)
    lan.wait_for_url("**/findings")
    assert counted(lan) == forty_faults.EXPECTED and forty_faults.EXPECTED.total() == 40
    expect(lan.get_by_role("button", name="Gửi phê duyệt: còn 21 lỗi chặn và 1 điều chờ quyết định")).to_be_disabled()
    expect(lan.locator(".picture .shape-chosen")).to_have_count(1)
    told += objections(lan)

    lan.get_by_role("button", name="Sửa và kiểm tra lại").click()
    lan.wait_for_url("**/findings")
    repaired = counted(lan)
    assert (repaired["shape-repaired"], repaired["vertices-removed"]) == (12, 12)
    assert repaired.total() == 40 and not repaired.keys() & {"shape-crosses", "vertices-repeated"}
    expect(lan.get_by_role("button", name="Gửi phê duyệt: còn 9 lỗi chặn")).to_be_disabled()
    lan.get_by_role("link", name="Gửi lại tệp đã sửa").click()
    lan.wait_for_url("**/new?instead=*")
    told += objections(lan)
    send(lan, forty_faults.zones(database, tmp_path / "second", corrected=True).file)
    lan.click(MAIN)
    lan.wait_for_url("**/findings")
    mended = {"shape-repaired": 12, "vertices-removed": 12, "spike-removed": 6}
    assert counted(lan) == Counter({**mended, "number-ambiguous": 1})
    accept_kinds(lan)
    lan.get_by_role("link", name="Gửi phê duyệt").click()
    lan.wait_for_url("**/difference*")
    expect(lan.locator(".desk-counts")).to_contain_text(f"Thêm{forty_faults.ROWS}")
    expect(lan.locator(".effect-lead")).to_contain_text(re.compile(r"Câu trả lời của [1-9]\d* thửa đổi"))
    lan.frame_locator("iframe.map-frame").locator("canvas, svg path").first.wait_for()
    told += objections(lan)
    lan.get_by_role("button", name="Gửi phê duyệt").click()
    lan.wait_for_url("**/record")
    told += objections(lan)
    minh.goto("/desk/")
    told += objections(minh)
    minh.get_by_role("link", name="vung_han_che.zip").first.click()
    minh.wait_for_url("**/difference")
    minh.get_by_role("button", name="Phê duyệt và công bố").click()
    minh.get_by_role("heading", name="Đã công bố").wait_for()
    told += objections(minh)
    minh.goto("/desk/history")
    expect(minh.locator("table")).to_contain_text("Phạm Văn Minh")
    told += objections(minh)
    told += asked_to_undo(lan, minh, sent.parcel)
    assert told == []
    minh.goto(f"/parcels/{sent.parcel}")
    expect(minh.locator("main")).to_contain_text(sent.name)


def test_the_journey_by_keys_alone(
    browser: Browser, base_url: str, officers: dict[str, Officer], lan: Page, database: str, tmp_path: Path
) -> None:
    file, _ = sheet(database, tmp_path, faults=False, name="dc_phim")
    context = room(browser, base_url)
    page = context.new_page()
    page.goto("/desk/")
    assert objections(page) == []
    tab_to(page, page.locator("#id_login"))
    page.keyboard.type("lan")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.locator("#id_code").wait_for()
    assert objections(page) == []
    tab_to(page, page.locator("#id_code"))
    page.keyboard.type(officers["lan"].code())
    page.keyboard.press("Enter")
    new = page.get_by_role("link", name="Gửi tệp mới")
    new.wait_for()
    tab_to(page, new)
    page.keyboard.press("Enter")
    page.locator("#layer").wait_for()
    tab_to(page, page.locator("#layer"))
    page.keyboard.type("Thửa đất")
    tab_to(page, page.locator("#files"))
    page.locator("#files").set_input_files(str(file))  # the dialogue of the system is not ours
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/understood")
    tab_to(page, page.locator(MAIN))
    page.keyboard.press("Enter")
    page.wait_for_url("**/findings")
    while page.locator("tr.is-open a").count():
        tab_to(page, page.locator("tr.is-open a").first)
        page.keyboard.press("Enter")
        page.locator("#reason").wait_for()
        tab_to(page, page.locator("#reason"))
        page.keyboard.type("Theo biên bản")
        tab_to(page, page.locator("[name=whole_kind]"))
        page.keyboard.press("Space")
        if page.locator("#ceiling").count():
            tab_to(page, page.locator("#ceiling"))
            page.keyboard.press("Control+a")
            page.keyboard.type("100000")
        tab_to(page, page.get_by_role("button", name="Chấp nhận"))
        with page.expect_navigation():
            page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("link", name="Gửi phê duyệt"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/difference*")
    send = page.get_by_role("button", name="Gửi phê duyệt")
    tab_to(page, send)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Chờ phê duyệt").wait_for()
    context.close()
