"""What axe objects to on a page as it stands, in the light and in the dark."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from playwright.sync_api import Page

from tests.browser.helpers import ROOT

Scheme = Literal["light", "dark"]
Objection = tuple[str, list[object]]

SCHEMES: tuple[Scheme, ...] = ("light", "dark")
AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()
RUN = "axe.run(document, {resultTypes: ['violations']})"
# Small controls beside each other, and half under something that lies over them, are a rule of their own in axe.
TARGETS = RUN.replace("{", "{rules: {'target-size': {enabled: true}}, ", 1)


def objections(page: Page, run: str = RUN) -> list[Objection]:
    """Each rule that is broken, and where. A page that still loads is waited for: half of one has no heading yet."""
    page.wait_for_load_state()
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    violations = page.evaluate(run)["violations"]
    return [(found["id"], [node["target"] for node in found["nodes"]][:5]) for found in violations]


def objections_in(page: Page, schemes: Iterable[Scheme] = SCHEMES) -> dict[Scheme, list[Objection]]:
    told: dict[Scheme, list[Objection]] = {}
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        told[scheme] = objections(page)
    return told


CLEAN: dict[Scheme, list[Objection]] = {scheme: [] for scheme in SCHEMES}
