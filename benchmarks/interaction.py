"""How quickly the dashboard answers a hand: clicks and filters over a served store, frames of a moved drawing.

    talentgraph serve                                        # or any server, on loopback
    python -m benchmarks.interaction http://127.0.0.1:8321

Each interaction is timed in the page, from the event to the first frame that shows its result, and then once more: what
was asked before comes from the cache. Where the result takes longer, `progress` is when the page first shows that it is
at work. Frames are counted while a graph of up to 500 nodes is dragged and zoomed. With `--alone`, questions other than
the matrix and its claims are held back and stay at work for as long as it is measured: over a large store they would
compete for its processors, and asking them all anew for each line would take an hour.
"""

import argparse
import re
import shutil
import statistics
from collections.abc import Sequence

from playwright.sync_api import Page, sync_playwright

SECONDS = 3.0  # of dragging, and of zooming
# Does something, then resolves with the milliseconds until its result shows, and until progress showed.
_TIMED = """
({act, value, shown}) => new Promise((resolve) => {
    const begun = performance.now();
    const element = document.querySelector(act);
    if (value === null) element.click();
    else { element.value = value; element.dispatchEvent(new Event('change', {bubbles: true})); }
    let progress = null;
    const look = () => {
        const passed = performance.now() - begun;
        if (document.querySelector(shown)) return resolve([passed, progress]);
        if (document.querySelector('#region-fields [role=alert], [role=dialog] [role=alert]')) {
            return resolve([null, progress]);
        }
        if (document.querySelector('#region-fields[aria-busy=true], [role=dialog] [role=status]')) progress ??= passed;
        requestAnimationFrame(look);
    };
    requestAnimationFrame(() => requestAnimationFrame(look));
})
"""
# Moves the drawing on every frame, by drags or turns of the wheel, and resolves with the milliseconds between frames.
_FRAMES = """
({seconds, zoom}) => new Promise((resolve) => {
    const sheet = document.querySelector('.sheet'), canvas = sheet.querySelector('canvas');
    const box = sheet.getBoundingClientRect(), x = box.x + box.width / 2, y = box.y + box.height / 2;
    const at = (type, x, y) => canvas.dispatchEvent(
        new MouseEvent(type, {clientX: x, clientY: y, button: 0, buttons: 1, bubbles: true, cancelable: true}));
    const frames = [];
    let last = performance.now(), begun = last, turn = 0;
    sheet.focus();
    if (!zoom) at('mousedown', x, y);
    const step = (now) => {
        frames.push(now - last);
        last = now;
        turn += 1;
        if (now - begun > seconds * 1000) {
            if (!zoom) at('mouseup', x, y);
            return resolve(frames.slice(2));
        }
        if (zoom) canvas.dispatchEvent(new WheelEvent('wheel',
            {clientX: x, clientY: y, deltaY: turn % 40 < 20 ? -40 : 40, bubbles: true, cancelable: true}));
        else at('mousemove', x + 150 * Math.sin(turn / 10), y + 100 * Math.cos(turn / 10));
        requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
})
"""
MATRIX = "#region-fields[aria-busy=false] table"
CELL = "#region-fields .scroll button[aria-label*='open the claims']"
OTHERS = re.compile(r"/v1/questions/(?!(regions-recruiting-fields|claims)\b)[\w-]+\?")
INTERACTIONS = (
    ("open a cell", CELL, None, "[role=dialog] article"),
    ("regions by province", "#region-fields .controls label:nth-of-type(3) input", None, MATRIX),
    ("count claimants", "section.bar select", "claimants", "#region-fields td button[aria-label*=claimant]"),
    ("asserted only", "section.bar select:has(option[value=firm])", "firm", MATRIX),
    ("a grade of publishers", "section.bar select:has(option[value=F])", "F", MATRIX),
    ("a language", "section.bar select:has(option[value=en])", "en", MATRIX),
    ("the last 12 months", "section.bar .controls > button", None, MATRIX),
)


def timed(page: Page, address: str, act: str, value: str | None, shown: str, *, alone: bool) -> str:
    """Return how long one interaction with a fresh overview takes, in words."""
    page.goto(address)
    page.wait_for_selector(MATRIX, timeout=120_000)
    if alone:
        page.wait_for_timeout(2000)
    else:
        page.wait_for_load_state("networkidle", timeout=600_000)
    done, progress = page.evaluate(_TIMED, {"act": act, "value": value, "shown": shown})
    result = "not answered" if done is None else f"{done:6.0f} ms"
    return result if progress is None else f"{result} (progress at {progress:.0f} ms)"


def frames(page: Page, address: str, *, zoom: bool) -> list[float]:
    """Return the milliseconds between frames while the drawing is dragged, or zoomed."""
    page.goto(address)
    page.wait_for_selector(".sheet canvas", timeout=600_000)
    page.wait_for_load_state("networkidle", timeout=600_000)
    return [float(each) for each in page.evaluate(_FRAMES, {"seconds": SECONDS, "zoom": zoom})]


def main(arguments: Sequence[str] | None = None) -> None:
    """Time each interaction twice, count frames, and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("address", help="of a running server, such as http://127.0.0.1:8321")
    parser.add_argument("--entities", default="CN,US,ai", help="in the middle of the graph that is moved")
    parser.add_argument("--alone", action="store_true", help="hold back all questions but the matrix and its claims")
    given = parser.parse_args(arguments)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        page = browser.new_page(viewport={"width": 1400, "height": 1000}, locale="en-GB")
        page.set_default_timeout(600_000)
        if given.alone:
            page.route(OTHERS, lambda route: None)
        for name, act, value, shown in INTERACTIONS:
            first, again = (timed(page, given.address, act, value, shown, alone=given.alone) for _ in range(2))
            print(f"{name:22} first {first}, again {again}", flush=True)  # noqa: T201
        page.unroute_all()
        graph = f"{given.address}/graph?entity={given.entities}&nodes=500&modality=all"
        for name, zoom in (("drag", False), ("zoom", True)):
            found = frames(page, graph, zoom=zoom)
            nodes = page.locator("p[role=status]").inner_text().split(" of ")[0]
            rate = 1000 / statistics.median(found)
            slow = sorted(found)[int(len(found) * 0.95)]
            print(f"{name} {nodes} nodes: {rate:.0f} frames/s (median), 95% of frames within {slow:.0f} ms")  # noqa: T201
        browser.close()


if __name__ == "__main__":
    main()
