"""Ten questions of a citizen, a business and a clerk, answered from the words of a page alone, on a phone, by keyboard.

Each names who asks, what, the way there and the words that answer. The words are those of the demo, worked out from its
declarations and not read off the page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.helpers import PHONE, Parcel
from tests.browser.keyboard import Keyboard

Way = Callable[[Keyboard, Parcel], None]


@dataclass(frozen=True)
class Task:
    who: str
    question: str
    way: Way
    answer: tuple[str, ...]


def to_the_parcel(keyboard: Keyboard, parcel: Parcel) -> None:
    keyboard.search(f"thua {parcel.number} to {parcel.sheet} {parcel.commune}")
    keyboard.follow(f"Thửa {parcel.number}, tờ {parcel.sheet}")


def by_coordinates(keyboard: Keyboard, parcel: Parcel) -> None:
    keyboard.search(f"{parcel.lat} {parcel.lon}")
    keyboard.follow(f"Thửa {parcel.number}, tờ {parcel.sheet}")


def to_the_decision(keyboard: Keyboard, parcel: Parcel) -> None:
    to_the_parcel(keyboard, parcel)
    keyboard.open("Quyết định và thời hạn")


def to_the_sources(keyboard: Keyboard, parcel: Parcel) -> None:
    to_the_parcel(keyboard, parcel)
    keyboard.follow("Dữ liệu của cả xã có gì")


def to_the_rules_of(activity: str) -> Way:
    def way(keyboard: Keyboard, parcel: Parcel) -> None:
        to_the_parcel(keyboard, parcel)
        keyboard.follow("Ở đây tôi được làm gì?")
        keyboard.choose("Bạn muốn làm gì?", activity)
        keyboard.press("Xem quy định")

    return way


def to_the_procedure(keyboard: Keyboard, parcel: Parcel) -> None:
    keyboard.page.goto("/procedures")
    keyboard.reach(keyboard.page.get_by_label("Tên hoặc mã thủ tục"))
    keyboard.page.keyboard.type("khai thac nuoc duoi dat")
    keyboard.press("Tìm")
    keyboard.follow("Cấp giấy phép khai thác nước dưới đất")


def to_the_glossary(keyboard: Keyboard, parcel: Parcel) -> None:
    keyboard.page.goto("/")
    keyboard.follow("Từ ngữ")


CITIZEN, BUSINESS, CLERK = "người dân", "doanh nghiệp", "cán bộ"
PLAN, SURVEY = "Quy hoạch sử dụng đất đến 2030", ("Cắm mốc hành lang minh họa", "31/05/2024")
TASKS = (
    Task(CITIZEN, "Thửa của tôi có vướng gì không?", to_the_parcel, ("Điều gì áp dụng cho thửa này?", "nằm trong")),
    Task(CITIZEN, "Sổ cũ ghi số khác, đây có phải thửa của tôi?", to_the_parcel, ("Số cũ:", "thửa ")),
    Task(CITIZEN, "Tôi có tọa độ, đó là thửa nào?", by_coordinates, ("Thửa đất số {number}",)),
    Task(CITIZEN, "Tôi xây nhà ở đây được không?", to_the_rules_of("Nhà ở"), ("Không xây mới lấn hành lang",)),
    Task(CITIZEN, "“Chưa đánh giá” là gì?", to_the_glossary, ("Điều đó không có nghĩa là không ảnh hưởng.",)),
    Task(BUSINESS, "Đất này được quy hoạch làm gì, đến năm nào?", to_the_parcel, (PLAN,)),
    Task(
        BUSINESS,
        "Mở xưởng ở đây thì vướng gì?",
        to_the_rules_of("Nhà máy, xưởng sản xuất"),
        ("Không xây cơ sở sản xuất mới",),
    ),
    Task(BUSINESS, "Xin phép khoan giếng cần giấy tờ gì?", to_the_procedure, ("Sơ đồ khu vực", "45 ngày")),
    Task(CLERK, "Hành lang theo quyết định nào, từ khi nào?", to_the_decision, ("Quyết định số", "Có hiệu lực từ")),
    Task(CLERK, "Hành lang của xã khảo sát khi nào, từ đâu?", to_the_sources, SURVEY),
)


@pytest.mark.parametrize("task", TASKS, ids=lambda task: f"{task.who}: {task.question}")
def test_the_question_is_answered(browser: Browser, base_url: str, parcel: Parcel, task: Task) -> None:
    context = browser.new_context(base_url=base_url, viewport=PHONE, locale="vi-VN", reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(120_000)
    task.way(Keyboard(page), parcel)
    for words in task.answer:
        expect(page.locator("main")).to_contain_text(words.format(number=parcel.number))
    context.close()


def test_there_are_ten_questions_of_three_kinds_of_people() -> None:
    assert len(TASKS) == 10
    assert {task.who for task in TASKS} == {CITIZEN, BUSINESS, CLERK}
