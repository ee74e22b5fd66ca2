"""What the browser tests share: sizes, how Chromium is started, a parcel of the demo, waiting for the map."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, ViewportSize

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium")
QUIET = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
# WebGL in software, and the page round it without any: drawn through the same emulation a map page costs twice as much.
SOFTWARE_WEBGL = ["--use-angle=swiftshader-webgl", "--enable-unsafe-swiftshader"]
DESK, PHONE = ViewportSize(width=1360, height=860), ViewportSize(width=390, height=844)
# A desk as well, for tests that are not about sizes: a map drawn without a graphics card costs by the pixel.
SMALL_DESK = ViewportSize(width=1160, height=720)
# How wide the page and, on a phone, what scrolls in it would have to be.
WIDEST = "() => Math.max(...[document.documentElement, ...document.querySelectorAll('.reel')].map(e => e.scrollWidth))"
# Of what can be seen: its words and how high it is.
HEIGHTS = "all => all.filter(e => e.offsetParent).map(e => [e.textContent.trim(), e.getBoundingClientRect().height])"


@dataclass(frozen=True)
class Parcel:
    """A parcel of the demo that a corridor reaches into and that has an old number."""

    id: int
    number: str
    sheet: str
    commune: str
    commune_code: str
    lon: float
    lat: float


def wait_until_drawn(page: Page) -> None:
    page.locator("#map[data-drawn]").wait_for(timeout=120_000)


def module(page: Page, name: str) -> str:
    """The address of one of our script modules on the page that is open."""
    return str(page.locator("script[src$='/suggest.js']").get_attribute("src")).replace("suggest", name)
