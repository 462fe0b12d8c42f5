"""The dashboard's console in Debian's Chromium, over a real server with the sample articles."""

import json
import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from tests.served import Served
from tests.test_inquiry import ENDLESS

REFUSED = "Failed to load resource: the server responded with a status of 400 (Bad Request)"  # Chromium's own line


@pytest.fixture
def page(chromium: Browser, dashboard: Served) -> Iterator[Page]:
    """The console as an English reader opens it; afterwards nothing may have gone wrong or been asked outside."""
    context = chromium.new_context(viewport={"width": 1400, "height": 1000}, locale="en-GB", color_scheme="light")
    page = context.new_page()
    page.set_default_timeout(30_000)
    expect.set_options(timeout=30_000)
    wrong: list[str] = []
    outside: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda told: wrong.append(told.text) if told.type == "error" and told.text != REFUSED else None)
    page.on("request", lambda asked: None if asked.url.startswith(dashboard.address) else outside.append(asked.url))
    page.goto(f"{dashboard.address}/console")
    expect(editor(page)).to_be_visible()
    yield page
    context.close()
    assert wrong == []
    assert outside == []


def editor(page: Page) -> Locator:
    """Return the editor's field; a role reaches into its shadow root."""
    return page.get_by_role("textbox", name="Query in Cypher")


def ask(page: Page, query: str) -> None:
    """Type a query and run it by keys alone."""
    editor(page).focus()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(query)
    page.keyboard.press("Control+Enter")


def clean(page: Page) -> None:
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_a_query_with_parameters_runs_by_keys_and_is_kept(page: Page, dashboard: Served) -> None:
    page.get_by_label("Parameters, as a JSON object").fill('{"id": "CN-ZJ"}')
    ask(page, "MATCH (r:Region {id: $id}) RETURN r.name AS name, 7 AS n")
    rows = page.get_by_role("group", name="Rows of the answer")
    expect(rows.get_by_role("columnheader")).to_have_text(["name", "n"])
    expect(rows.get_by_role("cell")).to_have_text(["Zhejiang", "7"])
    expect(page.get_by_text("1 row in")).to_contain_text(" ms")
    page.get_by_role("radio", name="JSON").check(force=True)
    assert json.loads(page.locator("pre").inner_text()) == [{"name": "Zhejiang", "n": 7}]
    page.reload()
    expect(page.locator("#console-history + ul li")).to_have_count(1)
    expect(editor(page)).to_contain_text("MATCH (r:Region {id: $id})")
    expect(page.get_by_label("Parameters, as a JSON object")).to_have_value('{"id": "CN-ZJ"}')


def test_a_label_is_completed_and_what_runs_is_cancelled(page: Page) -> None:
    ask(page, "MATCH (c:Claim) RETURN count(*)")
    expect(page.get_by_text("1 row in")).to_be_visible()
    editor(page).focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("MATCH (p:Progr")
    page.keyboard.press("Control+Space")
    expect(page.get_by_role("option").filter(has_text="Programme").first).to_be_visible()
    page.wait_for_timeout(200)  # the editor takes no key for a moment, so that nothing is chosen by chance
    page.keyboard.press("Enter")
    expect(editor(page)).to_contain_text("MATCH (p:Programme)")
    ask(page, ENDLESS)
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("alert").locator("code")).to_have_text("cancelled")
    expect(page.get_by_role("alert").get_by_role("heading")).to_have_text("Cancelled")  # nothing was refused


def test_a_refused_query_says_why_and_where(page: Page) -> None:
    ask(page, "MATCH (c:Claim)\nDELETE c")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("'DELETE' may not stand here")
    expect(alert.locator("code")).to_have_text("clause")
    expect(alert.locator("mark")).to_have_text("DELETE")
    clean(page)
    page.get_by_role("button", name="Go to line 2, column 1").press("Enter")
    expect(editor(page)).to_be_focused()
    page.keyboard.type("X")  # the cursor's selection is the first letter of what was refused
    expect(editor(page)).to_contain_text("XELETE c")
    ask(page, "RETURN (1")
    expect(alert.locator("p", has_text="Reason")).to_have_text(re.compile(r"Reason\s*brackets\s*Go to"))


def test_parameters_that_are_no_json_are_told_before_anything_is_sent(page: Page) -> None:
    page.get_by_label("Parameters, as a JSON object").fill("[1]")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("must be a JSON object")


def test_the_answer_is_drawn_and_walked_by_keys(page: Page) -> None:
    ask(page, "MATCH (c:Claim)-[s:SEEKS]->(f:Field) RETURN c, s, f LIMIT 3")
    page.get_by_role("radio", name="Graph").check(force=True)
    drawing = page.get_by_role("application")
    drawing.focus()
    drawing.press("ArrowRight")
    drawing.press("Enter")
    expect(page.locator("[aria-live]").filter(has_text=re.compile(r"connections: [1-3]"))).to_have_count(1)
    expect(page.locator("dl").get_by_text("modality", exact=True)).to_have_count(1)
    assert page.evaluate("document.querySelector('.canvas')._cyreg.cy.edges().length") == 3
    page.get_by_text("3 relationships").click()
    expect(page.locator("details").get_by_role("cell", name="SEEKS", exact=True)).to_have_count(3)


def test_a_question_among_the_favourites_brings_its_parameters(page: Page) -> None:
    page.get_by_role("searchbox", name="Search the favourites").fill("region-trend")
    page.get_by_role("button", name="region-trend").click()
    expect(page.get_by_label("Parameters, as a JSON object")).to_have_value(re.compile("known_at"))
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("columnheader", name="claims")).to_be_visible()


def test_what_was_cut_off_and_a_missing_plan_are_told(page: Page) -> None:
    page.get_by_label("Rows at most").select_option("100")
    page.get_by_role("checkbox", name="Plan").check()
    ask(page, "UNWIND range(1, 150) AS n RETURN n")
    expect(page.get_by_text("only the first are shown")).to_be_visible()
    page.get_by_role("radio", name="Plan").check(force=True)
    expect(page.get_by_text("The store gave no plan")).to_be_visible()
