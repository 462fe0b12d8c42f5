"""The whole dashboard by keyboard alone, in Debian's Chromium: no pointer, and the focus is always seen."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.served import Served
from tests.visit import Visit, finished, told

# What is wrong with where the focus is: lost, out of the window, behind something, or not marked. Empty if nothing.
_FOCUS = """
() => {
    let at = document.activeElement;
    while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    if (at === document.body || at === document.documentElement) return 'the focus is lost';
    const name = `${at.tagName} ${at.className} ${(at.ariaLabel ?? at.textContent).trim().slice(0, 60)}`;
    const seen = at.classList.contains('out-of-sight') ? at.closest('label') : at;
    const box = seen.getBoundingClientRect();
    const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
    const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
    if (right - left < 2 || bottom - top < 2) return `${name}: out of the window`;
    const places = [[0.5, 0.5], [0.1, 0.2], [0.9, 0.8]].map(
        ([x, y]) => [left + (right - left) * x, top + (bottom - top) * y]);
    const isFree = ([x, y]) => {
        const over = at.getRootNode().elementFromPoint(x, y);
        return over && (seen.contains(over) || over.contains(seen));
    };
    if (!places.some(isFree)) return `${name}: covered by something else`;
    const style = getComputedStyle(seen), around = getComputedStyle(seen.closest('.cm-editor, .editor') ?? seen);
    const isMarked = [style, around].some((one) => one.outlineStyle !== 'none' && parseFloat(one.outlineWidth) > 0);
    return isMarked ? '' : `${name}: nothing shows that it has the focus`;
}
"""


class Keyboard:
    """Hands that have a keyboard and nothing else."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.insert_text(text)

    def tab_to(self, target: Locator, key: str = "Tab", most: int = 150) -> None:
        """Press Tab until the target has the focus, which must be seen wherever it comes by."""
        for _ in range(most):
            self.page.keyboard.press(key)
            self.stays()
            if target.evaluate("(element) => element === element.getRootNode().activeElement"):
                return
        pytest.fail(f"Tab does not lead to {target} in {most} steps")

    def stays(self) -> None:
        """Fail if the last key has left the focus nowhere, or where it is not seen."""
        wrong = self.page.evaluate(_FOCUS)
        if wrong:
            self.page.wait_for_timeout(200)  # CodeMirror marks its focus a moment later
            wrong = self.page.evaluate(_FOCUS)
        assert wrong == ""

    def go(self, view: str) -> None:
        """Go to another view by the links on top of the page."""
        self.page.reload()  # from the first element on
        self.tab_to(self.page.get_by_role("navigation").get_by_role("link", name=view, exact=True))
        self.press("Enter")
        expect(self.page.get_by_role("link", name=view, exact=True)).to_have_attribute("aria-current", "page")
        self.stays()


@pytest.fixture
def keys(visit: Visit) -> Keyboard:
    return Keyboard(visit.page)


def opened(keys: Keyboard) -> Locator:
    """Return the drawer once claims stand in it and it has the focus."""
    drawer = keys.page.get_by_role("dialog")
    expect(drawer.locator("article").first).to_be_visible()
    expect(drawer).to_be_focused()
    return drawer


def closed(keys: Keyboard, drawer: Locator) -> None:
    """Escape closes the drawer, and the focus is where it was."""
    keys.press("Escape")
    expect(drawer).to_have_count(0)
    keys.stays()


def test_from_the_first_tab_to_a_sentence_and_through_filters(visit: Visit, keys: Keyboard) -> None:
    page = visit.open()
    keys.press("Tab")
    expect(page.get_by_text("Skip to the content")).to_be_focused()
    keys.press("Enter")
    total = page.locator("#region-fields dl button").first
    keys.tab_to(total)
    keys.press("Enter")
    drawer = opened(keys)
    keys.tab_to(drawer.locator("article button").first)
    keys.press("Enter")
    expect(drawer.locator("mark").first).to_be_visible()
    last = drawer.locator("a, button").last
    keys.tab_to(last)
    keys.press("Tab")  # round within the drawer: what is behind it would not be seen
    expect(drawer.get_by_role("button", name="Close")).to_be_focused()
    keys.tab_to(drawer.get_by_role("button", name=re.compile("All claims behind")))
    keys.press("Enter")
    opened(keys)
    closed(keys, drawer)
    expect(total).to_be_focused()

    keys.tab_to(page.locator("#region-fields td button[tabindex='0']"))
    keys.press("ArrowRight", "ArrowDown")
    label = str(page.evaluate("document.activeElement.ariaLabel"))
    assert "open the claims behind it" in label
    keys.press("Enter")
    closed(keys, opened(keys))
    expect(page.locator("#region-fields :focus")).to_have_attribute("aria-label", label)
    for panel in ("trend", "flows"):
        keys.tab_to(page.locator(f"#{panel} [role=application]"))
        keys.press("ArrowRight")
        expect(page.locator(f"#{panel} [aria-live]")).to_contain_text("stor")
        keys.press("Enter")
        closed(keys, opened(keys))
        expect(page.locator(f"#{panel} [role=application]")).to_be_focused()

    page.goto(visit.address)
    bar = page.get_by_role("region", name="Filters")
    keys.tab_to(bar.get_by_role("combobox", name="Count"))
    keys.press("Home")
    expect(page).to_have_url(re.compile("unit=claims"))
    keys.tab_to(bar.get_by_label("From", exact=True))
    for digit in "01012024":
        keys.press(digit)
    expect(page).to_have_url(re.compile("since=2024-01-01"))
    keys.tab_to(bar.get_by_role("button", name=re.compile("^Region any")))
    keys.press("Enter")
    expect(page.get_by_role("searchbox")).to_be_focused()
    keys.type("浙")
    expect(page.locator(".list li button").first).to_contain_text("CN-ZJ")
    keys.press("Enter")
    expect(page).to_have_url(re.compile("region=CN-ZJ"))
    expect(bar.get_by_role("button", name="Region Zhejiang")).to_be_focused()
    keys.tab_to(bar.get_by_role("combobox", name="Modality"))
    keys.press("End")
    expect(page).to_have_url(re.compile("modality=all"))
    keys.tab_to(bar.get_by_role("button", name="Take away the filter Region"))
    keys.press("Enter")
    expect(page).not_to_have_url(re.compile("region="))
    keys.stays()
    keys.tab_to(bar.get_by_role("button", name="Clear filters"))
    keys.press("Enter")
    expect(page).not_to_have_url(re.compile("since="))
    keys.stays()


def test_the_graph_and_a_path_between_two(visit: Visit, keys: Keyboard) -> None:
    page = visit.open()
    keys.go("Graph")
    keys.tab_to(page.get_by_role("searchbox", name="In the middle"))
    keys.type("浙江")
    expect(page.locator(".search li button").first).to_contain_text("Zhejiang")
    keys.press("Enter")
    drawing = page.get_by_role("application")
    expect(page.get_by_text("nodes,")).to_be_visible()
    keys.stays()
    keys.tab_to(drawing)
    keys.press("ArrowRight", "ArrowRight", "+", "-", "0", "Enter")
    expect(page).to_have_url(re.compile("entity=CN-ZJ%2C"))
    keys.stays()
    table = page.get_by_role("group", name="Connections as a table")
    keys.tab_to(table.get_by_role("button", name="Show all"))
    keys.press("Enter")
    keys.stays()
    keys.tab_to(table.get_by_role("button", name=re.compile("open the claims behind it")).first)
    keys.press("Enter")
    closed(keys, opened(keys))
    keys.tab_to(page.get_by_role("searchbox", name="Path to"), "Shift+Tab")
    keys.type("artificial intelligence")
    expect(page.locator(".search li button").first).to_contain_text("field")
    keys.press("Enter")
    expect(page.locator("ol.paths li").first).to_contain_text("artificial intelligence")
    keys.stays()
    keys.tab_to(page.get_by_role("button", name="Leave the path"))
    keys.press("Enter")
    expect(page).not_to_have_url(re.compile("to=ai"))
    keys.stays()


def test_a_query_runs_and_its_answer_is_walked(visit: Visit, keys: Keyboard) -> None:
    page = visit.open()
    keys.go("Console")
    editor = page.get_by_role("textbox", name="Query in Cypher")
    expect(editor).to_be_visible()
    keys.tab_to(editor)
    keys.press("Control+a")
    keys.type("MATCH (c:Claim)-[s:SEEKS]->(f:Field) RETURN c, s, f LIMIT 3")
    keys.tab_to(page.get_by_role("button", name="Run"))
    keys.press("Enter")
    expect(page.get_by_text("3 rows in")).to_be_visible()
    keys.stays()
    keys.tab_to(page.get_by_role("radio", name="Table"))
    keys.press("ArrowRight", "ArrowRight")
    drawing = page.get_by_role("application")
    expect(drawing).to_be_visible()
    keys.tab_to(drawing)
    keys.press("ArrowRight", "Enter")
    expect(page.locator("dl").get_by_text("modality", exact=True)).to_have_count(1)
    keys.stays()
    keys.tab_to(page.get_by_role("searchbox", name="Search the favourites"))
    keys.type("region-trend")
    keys.tab_to(page.get_by_role("button", name="region-trend"))
    keys.press("Enter")
    expect(page.get_by_label("Parameters, as a JSON object")).to_have_value(re.compile("known_at"))
    keys.stays()


def test_a_text_is_read_on_trial_and_stored(visit: Visit, keys: Keyboard, dashboard: Served) -> None:
    page = visit.open()
    keys.go("Ingest")
    keys.tab_to(page.get_by_label("Text", exact=True))
    keys.type("Quillfeather Optics in Graz hired ten photonics engineers from Norway in May 2026, its director said.")
    keys.tab_to(page.get_by_role("button", name="Read on trial"))
    keys.press("Enter")
    page.locator("#preview").wait_for(timeout=120_000)
    keys.stays()
    keys.tab_to(page.locator("#preview ~ .both ol .what").first)
    keys.press("Enter")
    keys.tab_to(page.get_by_role("button", name="Store", exact=True), "Shift+Tab")
    keys.press("Enter")
    expect(page.get_by_text("Taken in by")).to_be_visible()
    keys.stays()
    finished(page)
    found = told(dashboard, "/v1/questions/claims?company=Quillfeather%20Optics")["items"]
    assert [claim["modality"] for claim in found] == ["asserted"]
    assert urlsplit(page.url).path == "/ingest"
