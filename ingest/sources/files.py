"""Files, folders, globs and standard input → pages.

paths ─► files (folders walked, globs matched, sorted) ─► bytes ─► text ─► page(s) by form
"""

import glob
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from graph.errors import UnreadableDocument
from ingest.sources import Failure, Form, Page
from ingest.sources.encoding import decode
from ingest.sources.records import LINES_HINT, line_pages, record_pages

STANDARD_INPUT = "-"
FORMS: dict[str, Form] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
}
RECORDS = (".json",)
LINES = (".jsonl", ".ndjson")
KNOWN = (*FORMS, *RECORDS, *LINES)


def read(
    paths: Iterable[str | Path],
    *,
    max_bytes: int = 10_000_000,
    standard_input: BinaryIO | None = None,
    say: Callable[[str], None] | None = None,
) -> Iterator[Page | Failure]:
    """Yield the pages of all paths in order, and a failure for each that gives none.

    A path is a file, a folder (walked, sorted; hidden files left out), a glob pattern, or `-` for standard input
    (of `standard_input`, else the process's own). Files named outright are read whatever their suffix; in folders those
    of other kinds are left out, and `say` is told how many. `max_bytes` is the size above which one document is
    refused; in JSON Lines it holds for each line.
    """
    for path in paths:
        if str(path) == STANDARD_INPUT:
            yield from _guarded(STANDARD_INPUT, _stream(standard_input or sys.stdin.buffer, max_bytes))
            continue
        for found in find(path, say):
            if isinstance(found, Failure):
                yield found
            else:
                yield from _guarded(shown(found), _file(found, max_bytes))


def find(path: str | Path, say: Callable[[str], None] | None = None) -> Iterator[Path | Failure]:
    """Yield the files that a path stands for, without opening them; `say` is told what a folder holds besides."""
    given = Path(path)
    try:
        if given.is_dir():
            yield from _walk(given, say or (lambda line: None))
        elif given.exists():
            yield given
        elif glob.has_magic(str(path)):
            matches = sorted(glob.glob(str(path), recursive=True))
            if not matches:
                yield Failure(shown(path), "matches no file; quote the pattern and check the folder", document=False)
            for match in matches:
                if not Path(match).is_dir():
                    yield Path(match)
        else:
            yield Failure(shown(path), "does not exist; check the path", document=False)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        yield Failure(shown(path), _why(error), document=False)


def shown(path: str | Path) -> str:
    """Return a path as text that can be printed and stored, whatever bytes its name holds."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _walk(folder: Path, say: Callable[[str], None]) -> Iterator[Path | Failure]:
    problems: list[OSError] = []
    others = 0
    found_any = False
    for root, folders, names in os.walk(folder, onerror=problems.append):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__")))
        for name in sorted(names):
            if name.startswith((".", "__")):
                continue
            path = Path(root, name)
            if path.suffix.lower() in KNOWN:
                found_any = True
                yield path
            else:
                others += 1
    for problem in problems:
        yield Failure(shown(problem.filename or folder), _why(problem), document=False)
    if others:
        say(f"{shown(folder)}: {others:,} file{'' if others == 1 else 's'} of other kinds left out")
    elif not found_any and not problems:
        yield Failure(shown(folder), "is a folder without files", document=False)


def _guarded(path: str, pages: Iterator[Page | Failure]) -> Iterator[Page | Failure]:
    """Pass pages on; what goes wrong in reading them becomes a failure of the path."""
    try:
        yield from pages
    except UnreadableDocument as error:
        yield Failure(path, str(error))
    except OSError as error:
        yield Failure(path, _why(error))


def _file(path: Path, max_bytes: int) -> Iterator[Page | Failure]:
    suffix = path.suffix.lower()
    with path.open("rb") as stream:
        if suffix in LINES:
            yield from line_pages(shown(path), stream, max_bytes)
            return
        data = stream.read(max_bytes + 1)
    hint = LINES_HINT if suffix in RECORDS else ""
    yield from _pages(shown(path), suffix, _within(data, max_bytes, hint))


def _stream(stream: BinaryIO, max_bytes: int) -> Iterator[Page | Failure]:
    """Standard input: JSON Lines where its first line is a JSON object of its own, else one document."""
    first = stream.readline(max_bytes + 1)
    if _is_object(first):
        yield from line_pages(STANDARD_INPUT, stream, max_bytes, first=first)
        return
    data = first + stream.read(max_bytes + 1 - len(first))
    yield from _pages(STANDARD_INPUT, "", _within(data, max_bytes))


def _pages(path: str, suffix: str, data: bytes) -> Iterator[Page | Failure]:
    text = decode(data)
    form = FORMS.get(suffix)
    if suffix in RECORDS or (suffix not in KNOWN and text.lstrip().startswith(("{", "[")) and _is_json(text)):
        yield from record_pages(path, text)
    elif form:
        yield Page(path, form, text)
    else:
        start = text.lstrip()[:200].lower()
        yield Page(path, "html" if start.startswith(("<!doctype html", "<html", "<?xml")) else "text", text)


def _within(data: bytes, max_bytes: int, hint: str = "") -> bytes:
    if len(data) > max_bytes:
        raise UnreadableDocument(
            f"is larger than {max_bytes:,} bytes; split it{hint}, or raise TALENTGRAPH_MAX_DOCUMENT_BYTES"
        )
    return data


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


def _why(error: OSError | ValueError) -> str:
    if isinstance(error, PermissionError):
        return "may not be read; check its permissions"
    reason = (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
    return f"cannot be read ({reason})"
