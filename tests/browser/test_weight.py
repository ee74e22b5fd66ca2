"""How much a page weighs when compressed, as a citizen on a poor line pays for it."""

from __future__ import annotations

import gzip

import pytest
from playwright.sync_api import Page, Response

from tests.browser.helpers import Parcel, wait_until_drawn

pytestmark = pytest.mark.service_worker
MAP_BYTES, PLAIN_BYTES = 700_000, 60_000


def weigh(page: Page, address: str, drawn: bool) -> dict[str, int]:
    """Compressed bytes of each address that the page asks for, besides tiles."""
    answers: list[Response] = []
    page.context.on("response", lambda answer: answers.append(answer))
    page.goto(address)
    if drawn:
        wait_until_drawn(page)
    page.wait_for_load_state("networkidle")
    return {
        answer.url: size(answer) for answer in answers if answer.ok and "/tiles/" not in answer.url and is_sent(answer)
    }


def is_sent(answer: Response) -> bool:
    return answer.url.startswith("http")


def size(answer: Response) -> int:
    body = answer.body()
    return len(body) if answer.url.endswith(".woff2") else len(gzip.compress(body, 6))


def test_the_map_page_weighs_at_most_700_kb_besides_tiles(page: Page) -> None:
    weights = weigh(page, "/map", drawn=True)
    assert any("maplibre-gl-worker" in address for address in weights), "the map's worker was not weighed"
    assert sum(weights.values()) <= MAP_BYTES, weights


def test_the_parcel_page_with_its_map_weighs_no_more_than_the_map(page: Page, parcel: Parcel) -> None:
    assert sum(weigh(page, f"/parcels/{parcel.id}", drawn=True).values()) <= MAP_BYTES


def test_the_page_of_results_with_its_map_weighs_no_more_than_the_map(page: Page) -> None:
    assert sum(weigh(page, "/search?q=xa+dong+hung", drawn=True).values()) <= MAP_BYTES


@pytest.mark.parametrize("address", ["/", "/about", "/procedures"])
def test_a_plain_page_weighs_at_most_60_kb_besides_fonts(page: Page, address: str) -> None:
    weights = weigh(page, address, drawn=False)
    assert sum(size for address, size in weights.items() if not address.endswith(".woff2")) <= PLAIN_BYTES, weights
