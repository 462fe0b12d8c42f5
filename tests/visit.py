"""A reader of the dashboard: one browser context, and what went wrong or outside while it was used."""

import json
import re
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.served import Served

_REFUSED = re.compile(r"status of 40[13] ")

expect.set_options(timeout=30_000)  # a loaded machine is slow; what is wrong stays wrong


class Visit:
    """One browser context, and what went wrong or outside while it was used."""

    def __init__(self, context: BrowserContext, address: str, *, refused: bool) -> None:
        self.address = address
        self._refused = refused
        self.page: Page = context.new_page()
        self.page.set_default_timeout(60_000)
        self.wrong: list[str] = []
        self.outside: list[str] = []
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("console", lambda told: self._hear(told.text) if told.type == "error" else None)
        self.page.on("dialog", lambda dialog: self.wrong.append(f"dialog {dialog.message}"))
        self.page.on("request", lambda request: self._note(request.url))

    def _hear(self, error: str) -> None:
        if not (self._refused and _REFUSED.search(error)):
            self.wrong.append(error)

    def _note(self, url: str) -> None:
        if not url.startswith(self.address):
            self.outside.append(url)

    def open(self, path: str = "/") -> Page:
        """Go to a path and wait until the first question on it has been answered."""
        self.page.goto(self.address + path)
        self.page.wait_for_load_state("networkidle")
        return self.page


@contextmanager
def visiting(
    chromium: Browser,
    address: str,
    *,
    width: int = 1400,
    height: int = 1000,
    locale: str = "en-GB",
    dark: bool = False,
    headers: dict[str, str] | None = None,
    refused: bool = False,
) -> Iterator[Visit]:
    """Yield a fresh browser of a reader; afterwards nothing may have gone wrong or outside.

    `refused`: requests may want a key, or another one, which the browser tells as errors.
    """
    context = chromium.new_context(
        viewport={"width": width, "height": height},
        locale=locale,
        color_scheme="dark" if dark else "light",
        extra_http_headers=headers or {},
    )
    visit = Visit(context, address, refused=refused)
    try:
        yield visit
    finally:
        context.close()
    assert visit.wrong == []
    assert visit.outside == []


def told(dashboard: Served, path: str) -> Any:
    """Return what the API answers to a GET."""
    with urllib.request.urlopen(dashboard.address + path) as response:
        return json.load(response)


def finished(page: Page) -> None:
    """Wait until the run that was named last has finished."""
    run = re.search(r"run-\S+-\w{4}", page.get_by_text("Taken in by").inner_text())
    assert run is not None
    expect(page.locator(f"[data-run='{run[0]}']")).to_have_attribute("data-status", "finished", timeout=120_000)


def accessible(page: Page) -> None:
    """Fail with what axe objects to."""
    found = Axe().run(page).response["violations"]
    assert found == [], [(one["id"], [node["html"][:200] for node in one["nodes"][:3]]) for one in found]


def drawn(page: Page, number: int) -> list[str]:
    """Wait until so many nodes are drawn; return their ids, as Cytoscape has them."""
    page.wait_for_function(
        "number => document.querySelector('.canvas')?._cyreg?.cy.nodes().length === number", arg=number
    )
    return list(page.evaluate("document.querySelector('.canvas')._cyreg.cy.nodes().map((node) => node.id())"))
