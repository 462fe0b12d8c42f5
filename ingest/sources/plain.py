"""Text, Markdown, HTML, and whatever has no name: one page, read whole."""

import json
from collections.abc import Iterator

from ingest.sources import Entry, Failure, Form, Options, Page
from ingest.sources.encoding import charset, decode
from ingest.sources.joined import all_bytes, within
from ingest.sources.records import line_pages, record_pages


def text(entry: Entry, options: Options) -> Iterator[Page | Failure]:
    """Yield one page of plain text."""
    return _page(entry, options, "text")


def markdown(entry: Entry, options: Options) -> Iterator[Page | Failure]:
    """Yield one page of Markdown."""
    return _page(entry, options, "markdown")


def html(entry: Entry, options: Options) -> Iterator[Page | Failure]:
    """Yield one web page."""
    return _page(entry, options, "html")


def unnamed(entry: Entry, options: Options) -> Iterator[Page | Failure]:
    """Yield pages of what has no known name: JSON Lines where the first line is a JSON object, JSON, HTML, or text."""
    first = entry.stream.readline(options.max_bytes + 1)
    if _is_object(first):
        yield from line_pages(entry, options, first=first)
        return
    data = first + entry.stream.read(max(0, options.max_bytes + 1 - len(first)))
    content = decode(within(data, options), charset(entry.media_type))
    if content.lstrip().startswith(("{", "[")) and _is_json(content):
        yield from record_pages(entry, content)
    else:
        start = content.lstrip()[:200].lower()
        form: Form = "html" if start.startswith(("<!doctype html", "<html", "<?xml")) else "text"
        yield Page(entry.path, form, content, entry.given, entry.assumed)


def _page(entry: Entry, options: Options, form: Form) -> Iterator[Page | Failure]:
    content = decode(all_bytes(entry, options), charset(entry.media_type))
    yield Page(entry.path, form, content, entry.given, entry.assumed)


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
