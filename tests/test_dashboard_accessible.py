"""Axe over every page of the dashboard in both themes and languages, with what opens open; and no page is too wide."""

import re

from playwright.sync_api import Browser, Page, expect

from tests.served import Served
from tests.test_dashboard import CELL, all_panels
from tests.visit import Visit, accessible, drawn, visiting

SIZES = ({"width": 375, "height": 740}, {"width": 1400, "height": 1000}, {"width": 3840, "height": 2160})


def everywhere(page: Page) -> None:
    """Fail with what axe objects to in light and dark, English and Chinese; each is a press of a button on the page."""
    for press in (None, "theme", "language", "theme"):
        if press == "theme":
            page.get_by_role("button", name=re.compile("^(Dark|Light) colours|^[深浅]色$")).click()
        elif press == "language":
            page.get_by_role("button", name=re.compile("in Chinese|英文")).click()
            expect(page.locator("html")).to_have_attribute("lang", "zh")
        accessible(page)
    page.get_by_role("button", name=re.compile("in Chinese|英文")).click()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def fits(page: Page) -> None:
    """Fail if a page is wider than a window, from a telephone's to one of 4K."""
    for size in SIZES:
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.wait_for_function("document.documentElement.scrollWidth <= innerWidth")
    page.set_viewport_size(SIZES[1])  # type: ignore[arg-type]


def test_the_overview(visit: Visit) -> None:
    page = all_panels(visit.open("/?region=CN"))  # fewer cells of each kind; all of them have a test of their own
    everywhere(page)
    fits(page)


def test_claims_behind_a_number_and_one_of_them(visit: Visit) -> None:
    page = visit.open(f"/console?{CELL}")  # over a small page: of the overview, axe has its own test
    drawer = page.get_by_role("dialog")
    drawer.get_by_role("button", name="Cypher", exact=True).click()
    expect(drawer.locator("pre")).to_be_visible()
    accessible(page)
    fits(page)
    drawer.locator("article button").first.click()
    expect(drawer.locator("section")).to_have_attribute("aria-busy", "false")
    accessible(page)
    fits(page)


def test_the_graph(visit: Visit) -> None:
    page = visit.open("/graph?entity=CN-ZJ&nodes=30")
    drawn(page, 30)
    page.get_by_role("application").press("ArrowRight")
    everywhere(page)
    fits(page)
    page.get_by_role("button", name=re.compile("^Region any")).click()
    page.get_by_role("button", name="Show what lies in Asia").click()
    accessible(page)


def test_the_console_and_the_ingest_page(visit: Visit) -> None:
    page = visit.open("/console")
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("group", name="Rows of the answer")).to_be_visible()
    everywhere(page)
    fits(page)
    page = visit.open("/ingest")
    page.get_by_label("Text", exact=True).fill("Ten robotics engineers from Oslo were hired by a university in Graz.")
    page.get_by_role("button", name="Read on trial").click()
    page.locator("#preview").wait_for(timeout=120_000)
    everywhere(page)
    fits(page)


def test_nothing_to_show_and_no_page(chromium: Browser, dashboard: Served) -> None:
    with visiting(chromium, dashboard.address, width=375, dark=True) as visit:
        page = all_panels(visit.open("/?until=1999-01-01"))
        expect(page.locator("#region-fields")).to_contain_text("No claim fits these filters.")
        accessible(page)
