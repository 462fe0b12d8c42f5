"""What a run must know of the documents that the store already holds."""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from graph.erasure import BLANK
from graph.frame import Document, Row, StoryMembership
from graph.ids import name_key
from ingest.rewrites import Account
from ingest.signatures import BANDS
from ingest.stories import Stored, Stories

if TYPE_CHECKING:
    from graph.store import Store

_PAGE = 2_000
_COMPARED = ("revision", "url", "title", "lang", "author")  # and the date, and which publisher it is

_KNOWN = """
// ingest: which of these documents are held
MATCH (d:Document) WHERE d.id IN $ids AND d.known_until IS NULL
OPTIONAL MATCH (d)-[:PUBLISHED_BY]->(p:Publisher)
RETURN d.id AS id, d.revision AS revision, d.url AS url, d.title AS title, toString(d.date) AS date,
       d.lang AS lang, d.author AS author, p.name AS publisher
"""
_STORIES = """
// ingest: the stories so far, a page at a time
MATCH (d:Document)-[t:TELLS]->(s:Story)
WHERE d.id > $after AND d.known_until IS NULL AND size(d.signature) = $bands
RETURN d.id AS id, d.revision AS revision, d.signature AS signature, s.id AS story, t.similarity AS similarity,
       coalesce(d.traces, []) AS traces, toString(d.date) AS date
ORDER BY id LIMIT $limit
"""
_ACCOUNTS = """
// ingest: documents to compare
MATCH (d:Document) WHERE d.id IN $ids
RETURN d.id AS id, d.text AS text, d.lang AS lang, toString(d.date) AS date,
       COLLECT { MATCH (d)-[m:MENTIONS]->(e)
                 RETURN {label: labels(e)[0], id: e.id, start: m.first_start, described: e.described} } AS names,
       COLLECT { MATCH (c:Claim)-[:STATED_IN]->(d) WHERE c.known_until IS NULL
                 MATCH (c)-[:RECRUITER|DESTINATION|SEEKS]->(e)
                 RETURN DISTINCT {id: e.id, described: e.described} } AS claimed
"""


def known(store: "Store", ids: Sequence[str]) -> dict[str, Row]:
    """Return what the store says of these documents (revision, url, title, date, lang, author, publisher), by id."""
    return {row["id"]: row for row in store.read(_KNOWN, {"ids": list(ids)})} if ids else {}


def news(document: Document, held: Row) -> Document | None:
    """Return the document as it must be written over what the store holds, or None where it says nothing new.

    What it leaves unsaid (a date, a publisher) stays as the store has it, and so does a title or author that lost a
    name.
    """
    date = _day(held["date"])
    merged = replace(
        document,
        url=document.url or held["url"],
        title=_unless_blanked(document.title, held["title"]),
        author=_unless_blanked(document.author, held["author"]),
        publisher=document.publisher or held["publisher"],
        date=document.date or date,
    )
    same = merged.date == date and _same_name(merged.publisher, held["publisher"])
    return None if same and all(getattr(merged, name) == held[name] for name in _COMPARED) else merged


def _same_name(one: str | None, other: str | None) -> bool:
    return one == other or bool(one and other and name_key(one) == name_key(other))


def _unless_blanked(said: str | None, held: str | None) -> str | None:
    return held if held and BLANK in held else said or held


def stored(store: "Store") -> Iterator[Stored]:
    """Yield the revision, signature and story of every signed document, in order of id."""
    after = ""
    while rows := store.read(_STORIES, {"after": after, "limit": _PAGE, "bands": BANDS}):
        for row in rows:
            yield Stored(
                row["id"],
                row["revision"],
                tuple(row["signature"]),
                row["story"],
                row["similarity"],
                tuple(row["traces"]),
                _day(row["date"]),
            )
        after = rows[-1]["id"]


def accounts(store: "Store", ids: Sequence[str]) -> Mapping[str, Account]:
    """Return what the store holds of these documents, as far as it tells one story from another, by id."""
    return {
        row["id"]: Account(
            row["text"],
            row["lang"],
            _day(row["date"]),
            tuple(
                (name["label"], name["id"])
                for name in sorted(row["names"], key=lambda name: (name["start"], name["id"]))
                if not name["described"]
            ),
            frozenset(entity["id"] for entity in row["claimed"] if not entity["described"]),
        )
        for row in store.read(_ACCOUNTS, {"ids": list(ids)})
    }


def stories(store: "Store") -> Stories:
    """Return the stories of a store as they are now."""
    return Stories(stored(store), lambda ids: accounts(store, ids))


def stories_without(store: "Store", ids: Iterable[str]) -> list[StoryMembership]:
    """Return the memberships of the other documents in the stories of these, as they are without these.

    For whoever removes documents: ask before they are closed, and hand the answer to `Store.write([], memberships, …)`
    once they are. A story that a removed document held together falls apart, and one that had its id gets another; the
    claims and counts of the others follow.
    """
    return stories(store).remove(ids)


def _day(date: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(date) if date else None
