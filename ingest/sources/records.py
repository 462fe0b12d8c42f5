"""JSON → pages: one object, a list of objects, or one object a line.

An object is {id, url, title, publisher, date, lang, author, text}; only `text` is required.
"""

import json
from collections.abc import Iterator

from graph.errors import UnreadableDocument
from ingest.sources import FIELDS, Entry, Failure, Options, Page
from ingest.sources.encoding import charset, decode
from ingest.sources.joined import all_bytes

_KINDS = {bool: "true or false", list: "a list", dict: "an object"}
_LINES_HINT = " or write it as JSON Lines (.jsonl), where the limit holds for each line"


def lines(entry: Entry, options: Options) -> Iterator[Page | Failure]:
    """Yield one page a line of JSON Lines."""
    return line_pages(entry, options)


def whole(entry: Entry, options: Options) -> Iterator[Page | Failure]:
    """Yield the pages of a JSON file."""
    yield from record_pages(entry, decode(all_bytes(entry, options, _LINES_HINT), charset(entry.media_type)))


def record_pages(entry: Entry, text: str) -> Iterator[Page | Failure]:
    """Yield the pages of an entry's JSON text: an object, or a list whose bad items fail one by one.

    Raises:
        UnreadableDocument: the text is no JSON, or neither object nor list.
    """
    value = _parsed(text)
    if isinstance(value, list):
        if not value:
            raise UnreadableDocument("is an empty list")
        for number, item in enumerate(value, start=1):
            yield _page(f"{entry.path}:{number}", item, entry)
    else:
        yield _page(entry.path, value, entry)


def line_pages(entry: Entry, options: Options, *, first: bytes | None = None) -> Iterator[Page | Failure]:
    """Yield one page a line, reading no more than a line at once; a bad line fails alone. `first` was read before."""
    stream, max_bytes = entry.stream, options.max_bytes
    number = 0
    found = False
    line = first if first is not None else stream.readline(max_bytes + 1)
    while line:
        number += 1
        place = f"{entry.path}:{number}"
        if len(line) > max_bytes and not line.endswith(b"\n"):
            while line and not line.endswith(b"\n"):  # pass over the rest of it
                line = stream.readline(max_bytes + 1)
            found = True
            yield Failure(place, f"is longer than {max_bytes:,} bytes; raise TALENTGRAPH_MAX_DOCUMENT_BYTES")
        elif line.strip(b" \t\r\n\xef\xbb\xbf"):
            found = True
            try:
                yield _page(place, _parsed(decode(line)), entry)
            except UnreadableDocument as error:
                yield Failure(place, str(error))
        line = stream.readline(max_bytes + 1)
    if not found:
        raise UnreadableDocument("is empty")


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise UnreadableDocument(f"is not JSON ({error})") from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, brackets nested thousands deep
        raise UnreadableDocument(f"is JSON that cannot be read ({error})") from error


def _page(path: str, value: object, entry: Entry) -> Page | Failure:
    if not isinstance(value, dict):
        return Failure(path, "is not a JSON object with a key `text`")
    text = value.get("text")
    if text is not None and not isinstance(text, str):
        return Failure(path, f"has a `text` that is not a string but {_KINDS.get(type(text), 'a number')}")
    if text is None or not text.strip():
        return Failure(path, "has no text; an object needs a key `text` that holds the article")
    said = {key: value[key] for key in FIELDS if value.get(key) not in (None, "")}
    return Page(path, "record", text, {**entry.given, **said}, entry.assumed)
