"""The dashboard in Debian's Chromium, over a real server with the sample articles."""

import json
import re
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.served import Served

expect.set_options(timeout=30_000)  # a loaded machine is slow; what is wrong stays wrong


class Visit:
    """One browser context, and what went wrong or outside while it was used."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.address = address
        self.page: Page = context.new_page()
        self.page.set_default_timeout(60_000)
        self.wrong: list[str] = []
        self.outside: list[str] = []
        self.asked: list[str] = []
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))
        self.page.on("console", lambda told: self.wrong.append(told.text) if told.type == "error" else None)
        self.page.on("dialog", lambda dialog: self.wrong.append(f"dialog {dialog.message}"))
        self.page.on("request", lambda request: self._note(request.url))

    def _note(self, url: str) -> None:
        if url.startswith(self.address):
            self.asked.append(url.removeprefix(self.address))
        else:
            self.outside.append(url)

    def open(self, path: str = "/") -> Page:
        """Go to a path and wait until what is in the window has been answered."""
        self.page.goto(self.address + path)
        self.page.wait_for_load_state("networkidle")
        return self.page


@pytest.fixture
def visit(chromium: Browser, dashboard: Served) -> Iterator[Visit]:
    """A fresh browser of an English reader on a laptop; afterwards nothing may have gone wrong or outside."""
    context = chromium.new_context(viewport={"width": 1400, "height": 1000}, locale="en-GB", color_scheme="light")
    visit = Visit(context, dashboard.address)
    yield visit
    context.close()
    assert visit.wrong == []
    assert visit.outside == []


def told(dashboard: Served, path: str) -> Any:
    with urllib.request.urlopen(dashboard.address + path) as response:
        return json.load(response)


def test_cells_hold_the_numbers_of_the_api(visit: Visit, dashboard: Served) -> None:
    page = visit.open("/?unit=claims")
    rows = told(dashboard, "/v1/questions/regions-recruiting-fields?total=true&limit=5000")["items"]
    total = rows[-1]
    for unit in ("claims", "approaches", "documents", "stories", "claimants"):
        expect(page.locator("#region-fields dl")).to_contain_text(re.compile(rf"{total[unit]}\s*{unit}"))
    for row in rows[:5]:
        label = f"{row['claims']} claims, {row['region']} × {row['field']}: open the claims behind it"
        expect(page.locator("#region-fields").get_by_role("button", name=label, exact=True)).to_have_text(
            str(row["claims"])
        )
