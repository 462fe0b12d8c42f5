"""Taking documents and persons out of the graph: the stories they told are told anew by those that stay.

remove      closes documents: the graph as known on an earlier day still has them
erase       deletes documents or persons for good, with a receipt; they stay erased when their text comes again
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from graph import ids, runs
from graph.erasure import Erasures
from graph.errors import UnknownEntity
from graph.frame import Row
from graph.removal import Removed
from ingest.bylines import authors
from ingest.known import stories_without

if TYPE_CHECKING:
    from graph.store import Store

Say = Callable[[str], None]

_HELD = "MATCH (d:Document) WHERE d.id IN $ids AND d.known_until IS NULL RETURN d.id AS id"
_FORMS = """
MATCH (d:Document) WHERE d.id = $id OR d.id STARTS WITH $id + '@'
RETURN d.id AS id, d.revision AS revision, d.text AS text, d.url AS url
"""
_AUTHORS = """
MATCH (d:Document) WHERE toLower(d.author) CONTAINS toLower($name)
RETURN DISTINCT d.author AS author ORDER BY author
"""
_PERSONS = """
MATCH (p:Person) WHERE p.id = $given OR (p.document_bound = false AND $key IN p.search)
RETURN p.id AS id, p.name AS name, p.document_bound AS bound ORDER BY id
"""


def remove(store: "Store", given: Sequence[str], *, wait: bool = False, say: Say | None = None) -> Removed:
    """Close documents, named by id or URL, with their claims.

    Raises UnknownEntity where one is not in the graph, or was removed before; RunRefused where a run is at work.
    """
    with runs.turn(store, f"remove {' '.join(given)}", wait=wait, say=say):
        documents = _current(store, given)
        return store.remove(documents, stories_without(store, documents), now=runs.now())


def erase(store: "Store", given: str, *, wait: bool = False, say: Say | None = None) -> Row:
    """Delete a document (id or URL) or a person (id or full name) for good; return the receipt.

    Raises UnknownEntity where the graph has neither, and RunRefused where a run is at work.
    """
    with runs.turn(store, "erase", wait=wait, say=say):  # the record must not say what was erased
        erasures, now = Erasures(store), runs.now()
        document = _document_id(given)
        if forms := store.read(_FORMS, {"id": document}):
            receipt = erasures.receipt("document", [document, *(form["revision"] for form in forms)], now)
            store.keep("Erased", [receipt])  # first: what is half erased must not come again either
            removed = store.erase([document], stories_without(store, [document]), now=now)
            _forget_content(store, {form["text"] for form in forms})
            _forget_commands(store, {given, *(form["url"] for form in forms if form["url"])})
        elif persons := _persons(store, given):
            receipt = erasures.receipt("person", persons, now)
            store.keep("Erased", [receipt])
            for id, (name, bound) in persons.items():
                store.withhold(id, name, bound=bound)
            removed = Removed({"Person": len(persons)})
        else:
            raise UnknownEntity(f"The graph has no document or person {given!r}. Give an id, a URL, or a full name.")
        gone = [f"{label} {number}" for label, number in sorted(removed.nodes.items()) if number]
        store.keep("Erased", [receipt | {"removed": gone}])
        return receipt | {"removed": gone}


def _persons(store: "Store", given: str) -> dict[str, tuple[str, bool]]:
    """Return name, and whether it is bound to its document, of the persons of an id or name, by id.

    Whoever only wrote a document has no node, and the id that one would have.
    """
    key = ids.name_key(given)
    found = {row["id"]: (row["name"], bool(row["bound"])) for row in store.read(_PERSONS, {"given": given, "key": key})}
    names = {given, *(name for name, bound in found.values() if not bound)}
    lines = [row["author"] for name in names for row in store.read(_AUTHORS, {"name": name})]
    for name in (name for line in lines for name in authors(line) if ids.name_key(name) == key):
        found.setdefault(ids.named_id("Person", name), (name, False))
    return found


def _forget_content(store: "Store", texts: set[str]) -> None:
    held = [row["id"] for row in store.kept("Quarantined") if row.get("content") in texts]
    store.forget("Quarantined", held)


def _forget_commands(store: "Store", names: set[str]) -> None:
    """Take what was erased out of the records of runs that name it."""
    told = [run for run in store.kept("Run") if any(name in run["command"] for name in names)]
    store.keep("Run", [{"id": run["id"], "name": run["id"], "command": "(names what was erased)"} for run in told])


def _document_id(given: str) -> str:
    return ids.document_id(given, "") if "/" in given or "://" in given else given


def _current(store: "Store", given: Sequence[str]) -> list[str]:
    wanted = {_document_id(name): name for name in given}
    held = {row["id"] for row in store.read(_HELD, {"ids": list(wanted)})}
    for id, name in wanted.items():
        if id not in held:
            raise UnknownEntity(
                f"The graph holds no document {name!r} now. Give the id or the URL of one that it holds."
            )
    return list(wanted)
