"""What axe says of a page, at both widths and in both schemes."""

from __future__ import annotations

from typing import Literal

from playwright.sync_api import Page, ViewportSize

from tests.browser.helpers import DESK, PHONE, ROOT

AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()
RUN = "axe.run(document, {resultTypes: ['violations']})"
Look = tuple[ViewportSize, Literal["light", "dark"]]
# Each width in one scheme and each scheme at one width: what a colour does does not hang on the width.
LOOKS: tuple[Look, ...] = ((DESK, "light"), (PHONE, "dark"))
OTHER_LOOKS: tuple[Look, ...] = ((DESK, "dark"), (PHONE, "light"))


def objections(page: Page, looks: tuple[Look, ...] = LOOKS) -> list[object]:
    """Nothing runs off the side of a phone, either."""
    told: list[object] = []
    page.wait_for_load_state()  # a click returns when the next page begins: half a page has no heading yet
    page.evaluate(AXE)
    for size, scheme in looks:
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found = page.evaluate(RUN)["violations"]
        told += [(page.url, one["id"], [node["target"] for node in one["nodes"]][:4]) for one in found]
        if page.evaluate("document.documentElement.scrollWidth") > size["width"]:
            told.append((page.url, "wider than", size["width"]))
    page.set_viewport_size(DESK)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    return told
