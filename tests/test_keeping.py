"""The store's own notes: written, read and forgotten by id, and part of no count, export or revision."""

import pytest

from graph.schema import NODES
from graph.store import Store
from graph.subgraph import Subgraph


def test_records_are_kept_by_id_and_change_no_answer(store: Store) -> None:
    revision, counts, nodes = store.revision(), store.counts(), _nodes(store)
    feeds = [{"id": "b", "url": "https://b.example", "failures": 2}, {"id": "a", "url": "https://a.example"}]
    store.keep("SourceState", feeds)
    store.keep("SourceState", [{"id": "b", "etag": "x", "failures": None}])
    assert store.kept("SourceState") == [
        {"id": "a", "name": "a", "url": "https://a.example"},
        {"id": "b", "name": "b", "url": "https://b.example", "etag": "x"},
    ]
    store.keep("Erased", [{"id": "e", "removed": ["Claim 3", "Document 1"]}])
    assert store.kept("Erased")[0]["removed"] == ["Claim 3", "Document 1"]
    assert (store.revision(), store.counts(), _nodes(store)) == (revision, counts, nodes)
    store.forget("SourceState", ["b", "nobody"])
    assert [record["id"] for record in store.kept("SourceState")] == ["a"]


def _nodes(store: Store) -> int:
    return sum(1 for _ in Subgraph(store).nodes())


def test_every_internal_label_can_be_kept(embedded_store: Store) -> None:
    values = {"string": "x", "integer": 3, "float": 0.5, "boolean": True, "strings": ["x", "y"], "integers": [1, 2]}
    for node in NODES:
        if node.internal and node.label != "Ledger":
            record = {p.name: values[p.kind] for p in node.properties}
            embedded_store.keep(node.label, [record])
            assert embedded_store.kept(node.label) == [record]


def test_only_declared_internal_labels_and_properties_are_kept(embedded_store: Store) -> None:
    with pytest.raises(ValueError, match="Document is no internal label"):
        embedded_store.keep("Document", [{"id": "x"}])
    with pytest.raises(ValueError, match="no internal label"):
        embedded_store.forget("Region", ["CN"])
    with pytest.raises(ValueError, match="no property colour"):
        embedded_store.keep("Run", [{"id": "x", "colour": "red"}])
