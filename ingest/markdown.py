"""Markdown → plain text, one block a line, with what the front matter says."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from graph.errors import UnreadableDocument
from ingest import confined

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_ENTRY = re.compile(r"^([A-Za-z_-]+)[ \t]*:[ \t]*(.*?)[ \t]*$")
_NAMES = {
    "language": "lang",
    "source": "publisher",
    "site": "publisher",
    "link": "url",
    "authors": "author",
    "byline": "author",
}
_APART, _TIGHT = "\n\n", "\n"


def plain(markdown: str) -> tuple[str, str | None]:
    """Return the text without marks, and the title if a first-level heading opens it (the text then leaves it out).

    Blocks are separated by blank lines, items and table rows by line ends; wrapped lines are joined, since a line end
    ends a paragraph. Code and embedded HTML are left out. It is parsed in a confined process.

    Raises:
        UnreadableDocument: it cannot be parsed within the limits, such as brackets nested a hundred thousand deep.
    """
    said, text = confined.call("markdown", {}, markdown.encode("utf-8", "surrogatepass"))
    return text.decode("utf-8", "surrogatepass"), said["title"]


def extracted(given: Mapping[str, Any], data: bytes, file: object = None) -> Iterator[confined.Item]:
    """Yield the title and the text; the task behind `plain`."""
    text, title = _parsed(data.decode("utf-8", "surrogatepass"))
    yield {"title": title}, text.encode("utf-8", "surrogatepass")


def _parsed(markdown: str) -> tuple[str, str | None]:
    from markdown_it import MarkdownIt  # where no Markdown is read it is not needed

    title: str | None = None
    text = ""
    separator = _APART
    row: list[str] | None = None
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown)
    for position, token in enumerate(tokens):
        if token.type in ("bullet_list_open", "ordered_list_open", "table_open"):
            separator = _APART if token.level == 0 else _TIGHT
        elif token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            text += separator + "; ".join(cell for cell in row if cell)
            separator, row = _TIGHT, None
        elif token.type == "list_item_close":
            separator = _TIGHT
        elif token.type in ("bullet_list_close", "ordered_list_close", "table_close"):
            separator = _APART if token.level == 0 else _TIGHT
        elif token.type == "inline":
            words = _inline(token)
            if row is not None:
                row.append(words)
            elif position == 1 and tokens[0].tag == "h1":
                title = words
            elif words:
                text += separator + words
                separator = _APART
    return text.strip("\n"), title


def front_matter(markdown: str) -> tuple[dict[str, object], str]:
    """Return the front matter's entries (`key: value` lines between `---`) and the Markdown after it.

    Raises:
        UnreadableDocument: the text opens a front matter that never ends.
    """
    found = _FRONT_MATTER.match(markdown)
    if not found:
        if re.match(r"---[ \t]*\n[A-Za-z_-]+[ \t]*:", markdown):
            raise UnreadableDocument("has a front matter without an end; close it with a line `---`")
        return {}, markdown
    given: dict[str, object] = {}
    for line in found.group(1).splitlines():
        entry = _ENTRY.match(line)
        if entry and entry.group(2):
            name = entry.group(1).lower()
            given[_NAMES.get(name, name)] = entry.group(2).strip("\"'")
    return given, markdown[found.end() :]


def _inline(token: "object") -> str:
    parts: list[str] = []
    for child in getattr(token, "children", None) or []:
        if child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif child.type in ("text", "text_special", "code_inline"):
            parts.append(child.content)
    return re.sub(r"[ \t]+", " ", "".join(parts)).strip()
