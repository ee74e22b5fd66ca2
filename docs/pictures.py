"""Takes the pictures of the help page and of these documents from a running portal with the demo.

    .venv/bin/python -m docs.pictures http://127.0.0.1:8000

Pictures of help are WebP of 720 × 480 in geoportal/static/img/help, those of the documents PNG in docs/images.
"""

from __future__ import annotations

import io
import json
import sys
import urllib.request
from pathlib import Path
from typing import Any, Final

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT: Final = Path(__file__).parents[1]
CHROMIUM: Final = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
DESK, PHONE = (1200, 800), (390, 844)
# Name of the picture and its address.
HELP: Final = (
    ("search", "/search?q=xa+dong+hung"),
    ("parcel", "/parcels/{parcel}"),
    ("may-i", "/parcels/{parcel}/may-i?activity=well"),
    ("own-book", "/parcels/{parcel}#own-book"),
    ("mistake", "/mistakes/new?layer=parcels&feature={parcel}"),
    ("check", "/check"),
    ("where", "/where?activity=sand-extraction"),
    ("procedures", "/procedures"),
    ("verify", "/verify"),
)
DOCUMENTS: Final = (
    ("home", "/", DESK),
    ("map", "/map", DESK),
    ("parcel", "/parcels/{parcel}", DESK),
    ("parcel-en", "/parcels/{parcel}?lang=en", DESK),
    ("phone", "/parcels/{parcel}", PHONE),
    ("where", "/where?activity=sand-extraction", DESK),
    ("check", "/check", DESK),
)


def main(portal: str) -> None:
    parcel = touched(portal)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        for name, address in HELP:
            help_picture(taken(browser, portal + address.format(parcel=parcel), DESK), name)
        for name, address, size in DOCUMENTS:
            shot = taken(browser, portal + address.format(parcel=parcel), size)
            (ROOT / "docs" / "images" / f"{name}.png").write_bytes(shot)
        browser.close()


def touched(portal: str) -> int:
    """A parcel of the demo with an answer worth a picture: something of water affects it."""
    for number in range(1, 200):
        found = ask(f"{portal}/api/search?q=thua+{number}+to+3+xa+dong+hung")["results"]
        for hit in found:
            if hit["kind"] == "parcel" and ask(f"{portal}/api/parcels/{hit['id']}/report")["counts"]["affected"]:
                return int(hit["id"])
    raise SystemExit("This portal has no parcel that anything affects; start it with the demo.")


def ask(address: str) -> dict[str, Any]:
    with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310  (the portal that was named)
        told: dict[str, Any] = json.load(answer)
    return told


def taken(browser: Browser, address: str, size: tuple[int, int]) -> bytes:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="vi-VN")
    page = context.new_page()
    page.goto(address)
    wait_for_the_map(page)
    shot = page.screenshot()
    context.close()
    return shot


def wait_for_the_map(page: Page) -> None:
    """The living map is drawn; or, on a phone, the picture that it begins with."""
    if page.locator("#map").count():
        page.locator("#map[data-drawn], .is-asleep #map").first.wait_for(timeout=90_000)
        page.wait_for_load_state("networkidle")


def help_picture(shot: bytes, name: str) -> None:
    picture = Image.open(io.BytesIO(shot)).convert("RGB").resize((720, 480), Image.Resampling.LANCZOS)
    folder = ROOT / "geoportal" / "static" / "img" / "help"
    folder.mkdir(parents=True, exist_ok=True)
    picture.save(folder / f"{name}.webp", quality=80, method=6)


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
