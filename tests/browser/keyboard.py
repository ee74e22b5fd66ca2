"""A visitor who has only a keyboard: what she wants is reached by Tab, and pressed by Enter."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Locator, Page

# A page on which something is farther away than this has no order a person would follow.
MOST_STEPS = 150


@dataclass(frozen=True)
class Keyboard:
    page: Page

    def reach(self, wanted: Locator) -> None:
        """Tab until the element has the focus."""
        handle = wanted.first.element_handle()
        for _ in range(MOST_STEPS):
            if handle.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{wanted} cannot be reached by the Tab key")

    def search(self, words: str) -> None:
        self.page.goto("/")
        self.reach(self.page.locator("#q"))
        self.page.keyboard.type(words)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url("**/search?**")

    def follow(self, name: str) -> None:
        """Press the link of that name, and wait for the page it leads to."""
        before = self.page.url
        self.reach(self.page.get_by_role("link", name=name))
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(lambda address: address != before)
        self.page.wait_for_load_state("domcontentloaded")

    def open(self, words: str) -> None:
        """Open the details of that name."""
        self.reach(self.page.locator("summary", has_text=words))
        self.page.keyboard.press("Enter")

    def choose(self, label: str, option: str) -> None:
        """Go down the list until the option is chosen."""
        listed = self.page.get_by_label(label)
        self.reach(listed)
        for _ in range(listed.locator("option").count()):
            if listed.evaluate("list => list.selectedOptions[0].textContent.trim()") == option:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{option} is not in the list {label}")

    def press(self, name: str) -> None:
        self.reach(self.page.get_by_role("button", name=name))
        self.page.keyboard.press("Enter")
        self.page.wait_for_load_state("domcontentloaded")
