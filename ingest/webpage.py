"""HTML page → main text, and what the page says about itself."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from graph.errors import UnreadableDocument
from ingest import confined

_LANG = re.compile(r"""<html\b[^>]*?\slang\s*=\s*["']?([A-Za-z0-9_-]+)""", re.IGNORECASE)


def main_text(html: str, url: str | None = None) -> tuple[str, Mapping[str, object]]:
    """Return a page's main text and any of url, title, publisher, date, lang, author that it declares.

    Menus, comments and advertisements are left out. The date is one that the page declares, never one guessed from its
    text. The page is parsed in a confined process.

    Raises:
        UnreadableDocument: the page holds no main text, or cannot be parsed within the limits.
    """
    said, text = confined.call("main text", {"url": url}, html.encode("utf-8", "surrogatepass"))
    return text.decode("utf-8", "surrogatepass"), said


def extracted(given: Mapping[str, Any], data: bytes, file: object = None) -> Iterator[confined.Item]:
    """Yield what the page declares, and its main text; the task behind `main_text`."""
    from trafilatura import bare_extraction  # takes nearly a second; only pages pay for it

    html = data.decode("utf-8", "surrogatepass")
    found = bare_extraction(
        html,
        url=given["url"],
        with_metadata=True,
        include_comments=False,
        # a fixed limit: htmldate's own is the machine's clock, under which the same page could lose its date
        date_extraction_params={"original_date": True, "extensive_search": False, "max_date": "2100-01-01"},
    )
    if found is None or isinstance(found, dict) or not found.text or not found.text.strip():
        raise UnreadableDocument("is a page without main text (a menu, a script, a frame?); save the article as text")
    said = {
        "url": found.url,
        "title": found.title,
        "publisher": found.sitename,
        "date": found.date,
        "lang": _declared_language(html),
        "author": found.author,
    }
    text = found.text
    first, _, rest = text.partition("\n")
    if rest and found.title and first.strip() == found.title.strip():
        text = rest  # the headline is the title, not the text's first sentence
    yield {name: value for name, value in said.items() if value}, text.encode("utf-8", "surrogatepass")


def _declared_language(html: str) -> str | None:
    found = _LANG.search(html, 0, 4096)
    return found.group(1) if found else None
