"""The dashboard's main paths over the embedded engine and over a real Neo4j, with the fixture of claims."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests import claims_fixture, served
from tests.conftest import Stores, absent
from tests.visit import Visit, drawn, told, visiting


@pytest.fixture(scope="module", params=["embedded", "neo4j-5.26"])
def shown(request: pytest.FixtureRequest, stores: Stores) -> Iterator[served.Served]:
    """A server over the session's own store of an engine."""
    if served.CHROMIUM is None:
        absent("There is no Chromium: apt-get install chromium.")
    store = stores.loaded(request.param)
    settings = stores.chosen[request.param]
    with served.listening(store, settings) as address:
        yield served.Served(address, store, settings.home)


@pytest.fixture
def visit(chromium: Browser, shown: served.Served) -> Iterator[Visit]:
    """A fresh browser of an English reader."""
    with visiting(chromium, shown.address) as visit:
        yield visit


def test_through_filters_from_a_cell_to_its_sentence(visit: Visit) -> None:
    page = visit.page
    page.goto(visit.address + "/?unit=claims")
    label = "{}, United States × artificial intelligence: open the claims behind it"
    expect(page.get_by_role("button", name=label.format("2 claims"), exact=True)).to_be_visible(timeout=120_000)
    filters = page.get_by_role("region", name="Filters")
    filters.get_by_role("combobox", name="Language").select_option("de")
    filters.get_by_role("combobox", name="Publishers").select_option("F")
    page.get_by_role("button", name=label.format("1 claim"), exact=True).press("Enter", timeout=120_000)
    drawer = page.get_by_role("dialog")
    expect(drawer.locator("article")).to_have_count(1)
    quote = drawer.locator("blockquote").inner_text()
    assert quote.startswith("Halcyon Robotics says that its agency won it forty AI researchers")
    drawer.locator("article button").first.click()
    expect(drawer.locator("section")).to_have_attribute("aria-busy", "false")
    assert "".join(drawer.locator("mark").all_inner_texts()) == quote


def test_the_console_runs_and_refuses(visit: Visit) -> None:
    page = visit.open("/console")
    for query in ("MATCH (c:Claim) RETURN count(c) AS claims", "MATCH (c:Claim) DELETE c"):
        page.get_by_role("textbox", name="Query in Cypher").focus()
        page.keyboard.press("Control+a")
        page.keyboard.insert_text(query)
        page.keyboard.press("Control+Enter")
        if "DELETE" in query:
            expect(page.get_by_role("alert")).to_contain_text("'DELETE' may not stand here")
        else:
            claims = len(claims_fixture.claim_ids()) + 1  # the retired one has a successor
            rows = page.get_by_role("group", name="Rows of the answer")
            expect(rows.get_by_role("cell")).to_have_text([str(claims)])
    visit.wrong.clear()  # the browser tells refused requests on the console


def test_the_graph_is_drawn(visit: Visit, shown: served.Served) -> None:
    page = visit.open("/graph?entity=CN-ZJ")
    answer = told(shown, "/v1/graph/neighbourhood?entity=CN-ZJ&modality=positive")
    drawn(page, len(answer["nodes"]))
    count = page.get_by_role("button", name=re.compile("open the claims behind it")).first
    number = count.inner_text()
    count.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text(re.compile(r"[1-9]\d* claims?"))
    assert number.isdecimal()
