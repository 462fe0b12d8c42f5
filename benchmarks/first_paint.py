"""How soon the dashboard's views show something, and how many bytes of files each fetches, in Debian's Chromium.

Of the overview also: when the numbers of its matrix are there.

    talentgraph demo                                         # or any server, on loopback
    python -m benchmarks.first_paint http://127.0.0.1:8321

Each round is a fresh browser context with an empty cache; printed are the median and the range of the rounds.
"""

import argparse
import shutil
import statistics
from collections.abc import Sequence

from playwright.sync_api import Browser, sync_playwright

VIEWS = ("/", "/graph", "/console", "/ingest")
_PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
# Files as they came over the wire, without what the API answered.
_BYTES = """
[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
    .filter((one) => !new URL(one.name).pathname.startsWith('/v1/'))
    .reduce((sum, one) => sum + one.encodedBodySize, 0)
"""
# Looks on every frame whether the matrix has numbers, and keeps when.
_NUMBERS = """
const look = () => {
    if (document.querySelector('#region-fields td button')) window.numbers = performance.now();
    else requestAnimationFrame(look);
};
requestAnimationFrame(look);
"""


def measured(browser: Browser, address: str) -> tuple[float, int, float | None]:
    """Return the milliseconds to the first content that is painted, the compressed bytes of all files, and the
    milliseconds to the matrix where there is one."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    page = context.new_page()
    page.add_init_script(_NUMBERS)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    found = float(page.evaluate(_PAINT)), int(page.evaluate(_BYTES)), page.evaluate("window.numbers ?? null")
    context.close()
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure each view and print a line for it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("address", help="of a running server, such as http://127.0.0.1:8321")
    parser.add_argument("--rounds", type=int, default=7, help="fresh visits of each view")
    given = parser.parse_args(arguments)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        measured(browser, given.address)  # the browser's own start is nobody's paint
        for view in VIEWS:
            visits = [measured(browser, given.address + view) for _ in range(given.rounds)]
            paints, sizes, numbers = zip(*visits, strict=True)
            paint = f"{statistics.median(paints):4.0f} ms ({min(paints):.0f} to {max(paints):.0f})"
            told = f", numbers {statistics.median(numbers):.0f} ms" if None not in numbers else ""
            print(f"{view:9} first paint {paint}, {statistics.median(sizes) / 1000:.0f} kB{told}")  # noqa: T201
        browser.close()


if __name__ == "__main__":
    main()
