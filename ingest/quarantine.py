"""Documents that could not be read, kept in the store with what it takes to try again.

A document that is found again by its path is read from there; what came by standard input, over the network or as a
part of something else is kept itself, up to `CONTENT_CHARACTERS`. A document that is read in any later run leaves,
wherever it was found then, and so does what holds it.
"""

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph import ids
from graph.errors import UnknownEntity
from graph.frame import Document, Row
from ingest.sources import FIELDS, Failure, Form, Options, Page, files, kinds, places
from ingest.web import is_address

if TYPE_CHECKING:
    from graph.store import Store

CONTENT_CHARACTERS = 1_000_000
_PART = re.compile(r"[:!#/]")  # what may stand between a file and a part of it: feed.jsonl:12, a.zip/b.txt
_LIST = """
MATCH (q:Quarantined)
RETURN q.id AS id, q.path AS path, q.reason AS reason, q.since AS since, q.last AS last, q.run AS run
ORDER BY last DESC, path, id
"""
_IDS = """
MATCH (q:Quarantined)
RETURN q.id AS id, q.since AS since, q.columns AS columns, q.document AS document
"""
_SET_ASIDE = "MATCH (q:Quarantined) WHERE q.set_aside RETURN q.id AS id"


class Quarantine:
    """The quarantine as one run changes it; `flush` writes the changes."""

    def __init__(
        self,
        store: "Store",
        run: str,
        instant: str,
        said_by_user: Mapping[str, object],
        columns: Mapping[str, str] | None = None,
    ) -> None:
        self._store = store
        self._run = run
        self._instant = instant
        self._said_by_user = dict(said_by_user)
        held = store.read(_IDS)
        self._since = {row["id"]: row["since"] for row in held}
        self._columns = {row["id"]: row["columns"] for row in held}  # what was said in the run that put it there
        self._of: dict[str, set[str]] = {}  # id of a document → what is kept of it
        for row in held:
            self._note(row["document"], row["id"])
        self._said_of_columns = json.dumps(dict(columns), ensure_ascii=False) if columns else None
        self._new: dict[str, Row] = {}
        self._gone: set[str] = set()
        self._failed: set[str] = set()  # in this run

    def put(self, failure: Failure) -> None:
        """Keep a document that cannot be read; one that is kept already has its reason renewed."""
        record = self._record(failure)
        self._new[record["id"]] = record
        self._note(record["document"], record["id"])
        self._failed.add(record["id"])
        self._gone.discard(record["id"])

    def clear(self, document: Document) -> None:
        """Let go of a document that has been read, and of what holds it, unless that failed in this very run."""
        if not self._since and not self._new:
            return
        path = document.source or ""
        place = anchored(path)
        for id in (_id(place, None), _id(path, document.text)):
            self._new.pop(id, None)
            if id in self._since:
                self._gone.add(id)
        elsewhere = {*(_id(outer, None) for outer in _holders(place)), *self._of.get(document.id, ())}
        self._gone |= elsewhere & self._since.keys() - self._failed

    def flush(self) -> None:
        """Write what changed."""
        if self._new:
            self._store.keep("Quarantined", list(self._new.values()))
        if self._gone:
            self._store.forget("Quarantined", sorted(self._gone))
        self._since |= {id: record["since"] for id, record in self._new.items()}
        self._new, self._gone = {}, set()

    def _note(self, document: str | None, id: str) -> None:
        if document:
            self._of.setdefault(document, set()).add(id)

    def _record(self, failure: Failure) -> Row:
        page, path = failure.page, anchored(failure.path)
        keep = page is not None and file_of(path) is None and len(page.content) <= CONTENT_CHARACTERS
        given = {**(page.given if page and keep else {}), **self._said_by_user}
        id = _id(path, page.content if page and keep else None)
        return {
            "id": id,
            "name": path,
            "path": path,
            "reason": failure.reason,
            "since": self._since.get(id, self._instant),
            "last": self._instant,
            "run": self._run,
            "form": page.form if page and keep else None,
            "content": page.content if page and keep else None,
            "given": json.dumps(given, ensure_ascii=False, default=str) if given else None,
            "columns": self._said_of_columns or self._columns.get(id),
            "document": None if failure.set_aside else _document(failure),
            "set_aside": failure.set_aside,
        }


def listed(store: "Store") -> list[Row]:
    """Return {id, path, reason, since, last, run} of every document in quarantine, the latest first."""
    return store.read(_LIST)


def set_aside(store: "Store") -> set[str]:
    """Return the ids of what can be read, but whose place another text of its URL has."""
    return {row["id"] for row in store.read(_SET_ASIDE)}


def chosen(store: "Store", wanted: Sequence[str] | None) -> list[str]:
    """Return these ids, or all; UnknownEntity where one is not in quarantine."""
    held = [row["id"] for row in listed(store)]
    for id in wanted or ():
        if id not in held:
            raise UnknownEntity(f"Nothing in quarantine has the id {id!r}. `talentgraph quarantine list` shows them.")
    return held if wanted is None else list(dict.fromkeys(wanted))


def drop(store: "Store", wanted: Sequence[str] | None) -> int:
    """Take these documents, or all, off the list for good; return how many. UnknownEntity as `chosen`."""
    gone = chosen(store, wanted)
    store.forget("Quarantined", gone)
    return len(gone)


def pages(record: Mapping[str, Any], options: Options) -> Iterator[Page | Failure]:
    """Yield the document of a record anew: the page kept, the part of its file that has its path, or its address."""
    said = json.loads(record.get("given") or "{}")
    options = replace(options, columns={**json.loads(record.get("columns") or "{}"), **options.columns})
    path = record["path"]
    if "content" in record:
        yield Page(path, _form(record["form"]), record["content"], said)
        return
    if is_address(path):
        for page in places.read([path], options):
            yield page if isinstance(page, Failure) else replace(page, given={**page.given, **said})
        return
    file = file_of(path)
    if file is None:
        yield Failure(path, "is no longer there, and was not kept; put it back, or drop it from quarantine", False)
        return
    found = False
    for page in files.read([file], options):
        if page.path in (path, files.shown(file)) or file == Path(path):
            found = True
            yield page if isinstance(page, Failure) else replace(page, given={**page.given, **said})
    if not found:
        yield Failure(path, f"is no longer in {files.shown(file)}; drop it from quarantine", False)


def of_document(document: Document, reason: str) -> Failure:
    """Return the failure of a document whose text is there, but could not be understood."""
    said = {name: getattr(document, name) for name in FIELDS if name != "id"}
    given = {name: str(value) for name, value in said.items() if value is not None}
    path = document.source or ""
    return Failure(path, reason, page=Page(path, "record", document.text, given))


def anchored(path: str) -> str:
    """Return a path that holds wherever a command runs: a file's made absolute, any other as it is."""
    end = _end_of_file(path)
    if not end:
        return path
    file, part = path[:end], path[end:]
    plain = os.path.abspath(file)
    same = ".." not in Path(file).parts or (os.path.exists(plain) and os.path.samefile(plain, file))
    return (plain if same else os.path.realpath(file)) + part  # not the same where `..` follows a link


def file_of(path: str) -> Path | None:
    """Return the file that a path, or a part's path (`feed.jsonl:12`), leads to, or None."""
    end = _end_of_file(path)
    return Path(path[:end]) if end else None


def _end_of_file(path: str) -> int:
    """Return where the name of the file ends to which a path leads; 0 where there is none."""
    ends = [len(path), *(found.start() for found in reversed(list(_PART.finditer(path))))]
    try:
        return next((end for end in ends if end and Path(path[:end]).is_file()), 0)
    except (OSError, ValueError):  # a name that is too long, or holds a NUL
        return 0


def _holders(path: str) -> Iterator[str]:
    """Yield the paths of what may hold a document: its file, the archives in it; on the web, what is named as such."""
    shortest = _end_of_file(path)
    for found in _PART.finditer(path):
        outer = path[: found.start()]
        if shortest:
            if len(outer) >= shortest:
                yield outer
        elif is_address(outer) and (kind := kinds.by_suffix(outer)) and kind.many:
            yield outer


def _id(path: str, content: str | None) -> str:
    return "quarantined-" + ids.digest(path, content or "")


def _document(failure: Failure) -> str | None:
    """Return the id that what failed has as a document: by its URL, else, where its text is given, by that."""
    page = failure.page
    url = page.given.get("url") if page else failure.path if is_address(failure.path) else None
    if url is None and page and page.form == "record":
        return ids.document_id(None, page.content)
    try:
        return ids.document_id(url, "") if isinstance(url, str) and url else None
    except ValueError:  # no URL
        return None


def _form(value: Any) -> Form:
    forms: tuple[Form, ...] = ("text", "record", "markdown", "html")
    return next(form for form in forms if form == value)
