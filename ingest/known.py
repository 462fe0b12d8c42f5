"""What a run must know of the documents that the store already holds."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from graph.erasure import BLANK
from graph.frame import Document, Row
from ingest.signatures import BANDS
from ingest.stories import Stored

if TYPE_CHECKING:
    from graph.store import Store

_PAGE = 2_000

_KNOWN = """
// ingest: which of these documents are held
MATCH (d:Document) WHERE d.id IN $ids AND d.known_until IS NULL
OPTIONAL MATCH (d)-[:PUBLISHED_BY]->(p:Publisher)
RETURN d.id AS id, d.revision AS revision, d.url AS url, d.title AS title, toString(d.date) AS date,
       d.lang AS lang, p.name AS publisher
"""
_STORIES = """
// ingest: the stories so far, a page at a time
MATCH (d:Document)-[t:TELLS]->(s:Story)
WHERE d.id > $after AND d.known_until IS NULL AND size(d.signature) = $bands
RETURN d.id AS id, d.revision AS revision, d.signature AS signature, s.id AS story, t.similarity AS similarity
ORDER BY id LIMIT $limit
"""
_TEXTS = """
// ingest: texts to compare
MATCH (d:Document) WHERE d.id IN $ids RETURN d.id AS id, d.text AS text
"""


def known(store: "Store", ids: Sequence[str]) -> dict[str, Row]:
    """Return what the store says of these documents (revision, url, title, date, lang, publisher), by id."""
    return {row["id"]: row for row in store.read(_KNOWN, {"ids": list(ids)})} if ids else {}


def news(document: Document, held: Row) -> Document | None:
    """Return the document as it must be written over what the store holds, or None where it says nothing new.

    What it leaves unsaid (a date, a publisher) stays as the store has it, and so does a title that lost a name.
    """
    date = datetime.date.fromisoformat(held["date"]) if held["date"] else None
    merged = replace(
        document,
        url=document.url or held["url"],
        title=held["title"] if BLANK in (held["title"] or "") else document.title or held["title"],
        publisher=document.publisher or held["publisher"],
        date=document.date or date,
    )
    new = (merged.revision, merged.url, merged.title, merged.publisher, merged.date, merged.lang)
    old = (held["revision"], held["url"], held["title"], held["publisher"], date, held["lang"])
    return merged if new != old else None


def stored(store: "Store") -> Iterator[Stored]:
    """Yield the revision, signature and story of every signed document, in order of id."""
    after = ""
    while rows := store.read(_STORIES, {"after": after, "limit": _PAGE, "bands": BANDS}):
        for row in rows:
            yield Stored(row["id"], row["revision"], tuple(row["signature"]), row["story"], row["similarity"])
        after = rows[-1]["id"]


def texts(store: "Store", ids: Sequence[str]) -> Mapping[str, str]:
    """Return the texts that the store holds of these documents, by id."""
    return {row["id"]: row["text"] for row in store.read(_TEXTS, {"ids": list(ids)})}
