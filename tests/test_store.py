"""The store's contract, on every engine."""

import datetime

from graph import ids
from graph.frame import Claim, Document, Entity, Extraction, Mention, Slot
from graph.store import Store

NOW = "2026-01-01T00:00:00Z"


def region(id: str, name: str) -> Slot:
    return Slot(Entity("Region", id, name), name, 0, 5)


def report(text: str = "A firm in Zhejiang seeks AI engineers.", **claim: object) -> Extraction:
    document = Document(
        ids.document_id(None, text), text, ids.revision(text), publisher="Daily", date=datetime.date(2025, 3, 1)
    )
    values = {
        "destinations": (region("CN-ZJ", "Zhejiang"),),
        "fields": (Slot(Entity("Field", "ai", "AI")),),
        "factors": {"trigger_strength": 0.5},
    }
    mention = Mention(Entity("Region", "CN-ZJ", "Zhejiang"), 10, 18)
    return Extraction(document, (mention,), (Claim(0, len(text), **{**values, **claim}),), "rules/1")  # type: ignore[arg-type]


def test_a_document_written_twice_changes_nothing(store: Store) -> None:
    first = store.write([report()], [], known_at=NOW)
    revision = store.revision()
    second = store.write([report()], [], known_at="2026-01-02T00:00:00Z")
    assert (first.documents, first.claims) == (1, 1)
    assert (second.documents, second.unchanged_documents, second.claims) == (0, 1, 0)
    assert store.revision() == revision
    assert store.read("MATCH (c:Claim) RETURN c.known_at AS at") == [{"at": NOW}]
