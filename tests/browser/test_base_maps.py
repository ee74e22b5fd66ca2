"""A base map of somebody else under our layers: shown with whose it is; when it lies or is slow, ours goes on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect

from tests.addresses import connect
from tests.browser.helpers import Parcel, wait_until_drawn
from tests.database.lying_server import PAGE, Said, picture, plain, served

GREEN = plain(picture())
PATIENCE_MS = 10_000  # as long as base-maps.js has


@contextmanager
def added(database: str, tiles: str) -> Iterator[None]:
    """A base map in the table, as the command leaves it."""
    with connect(database.rpartition("/")[2]) as connection:
        connection.execute(
            "INSERT INTO exports_basemap (name, title_vi, title_en, attribution, kind, address, tiles, tile_size,"
            " minzoom, maxzoom, added_at) VALUES ('ortho', 'Ảnh 2025', 'Photo 2025', 'Sở NN&MT', 'xyz', %s, %s, 256,"
            " 0, 19, now())",
            (tiles, tiles),
        )
    try:
        yield
    finally:
        with connect(database.rpartition("/")[2]) as connection:
            connection.execute("DELETE FROM exports_basemap")


def open_with(page: Page, parcel: Parcel, zoom: float = 16) -> None:
    page.goto(f"/map#{zoom}/{parcel.lat}/{parcel.lon}")
    wait_until_drawn(page)


def test_without_one_added_there_is_no_choice(page: Page, parcel: Parcel) -> None:
    open_with(page, parcel)
    expect(page.locator("[data-bases]")).to_be_hidden()


def test_a_chosen_base_map_is_drawn_named_and_remembered(page: Page, parcel: Parcel, database: str) -> None:
    with served({"/tile": GREEN}) as server, added(database, f"{server}/tile?z={{z}}&x={{x}}&y={{y}}"):
        open_with(page, parcel)
        with page.expect_response(lambda answer: answer.url.startswith(server) and answer.ok):
            page.get_by_role("radio", name="Ảnh 2025").check()
        page.wait_for_url("**/base=ortho")
        expect(page.locator("[data-base-source]")).to_have_text("Nền: Sở NN&MT")
        wait_until_drawn(page)
        page.reload()
        wait_until_drawn(page)
        expect(page.get_by_role("radio", name="Ảnh 2025")).to_be_checked()
        expect(page.locator("[data-base-trouble] span")).to_be_empty()
        page.get_by_role("radio", name="Nền của cổng").check()
        expect(page.locator("[data-base-source]")).to_have_text("Nền: Natural Earth")


@pytest.mark.parametrize(
    "answer", [pytest.param(plain(PAGE, "text/html"), id="a page"), pytest.param(plain(b"", status=503), id="an error")]
)
def test_a_lying_base_map_is_told_in_place_and_the_map_goes_on(
    page: Page, parcel: Parcel, database: str, answer: Said
) -> None:
    with served({"/tile": answer}) as server, added(database, f"{server}/tile?z={{z}}&x={{x}}&y={{y}}"):
        open_with(page, parcel)
        page.get_by_role("radio", name="Ảnh 2025").check()
        trouble = page.locator("[data-base-trouble]")
        expect(trouble).to_contain_text("Nền “Ảnh 2025” không tải được; đang hiện nền của cổng.", timeout=120_000)
        expect(page.locator("[data-base-source]")).to_have_text("Nền: Natural Earth")
        wait_until_drawn(page)
        page.locator("#map .maplibregl-canvas").click()
        expect(page.locator("#panel h1")).to_have_text("Ở đây có gì?")


def test_a_base_map_that_never_answers_is_given_up_and_can_be_asked_again(
    page: Page, parcel: Parcel, database: str
) -> None:
    answers: dict[str, Said | None] = {"/tile": None}
    with served(answers) as server, added(database, f"{server}/tile?z={{z}}&x={{x}}&y={{y}}"):
        page.clock.install()
        open_with(page, parcel)
        with page.expect_request(f"{server}/tile*"):
            page.get_by_role("radio", name="Ảnh 2025").check()
        trouble = page.locator("[data-base-trouble]")
        expect(trouble.locator("span")).to_be_empty()
        page.clock.fast_forward(PATIENCE_MS)
        expect(trouble).to_contain_text("không tải được", timeout=120_000)
        answers["/tile"] = GREEN
        trouble.get_by_role("button", name="Thử lại").click()
        expect(page.locator("[data-base-source]")).to_have_text("Nền: Sở NN&MT")
        wait_until_drawn(page)
        expect(trouble.locator("span")).to_be_empty()


def test_a_host_that_was_not_added_is_not_asked(page: Page, parcel: Parcel) -> None:
    """Its picture is good, but even a page that was tampered with cannot make the browser load it."""
    with served({"/tile": GREEN}) as server:
        tampered = [{"name": "evil", "title": {"vi": "x", "en": "x"}, "attribution": "", "archive": False, "tiles":
                     server + "/tile", "tile_size": 256, "minzoom": 0, "maxzoom": 19}]  # fmt: skip
        page.add_init_script(
            "const read = JSON.parse; JSON.parse = text => text === '[]' ? read("
            + json.dumps(json.dumps(tampered))
            + ") : read(text)"
        )
        open_with(page, parcel)
        page.get_by_role("radio", name="x").check()
        expect(page.locator("[data-base-trouble]")).to_contain_text("không tải được")
