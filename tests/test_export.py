"""The graph as GraphML."""

import io
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import networkx as nx

from graph import projection
from graph.store import Store
from tests import claims_fixture


def exported(store: Store) -> tuple[str, Any]:
    text = "\n".join(projection.graphml(projection.network(store)))
    return text, nx.read_graphml(io.BytesIO(text.encode()), force_multigraph=True)


def test_everything_is_exported_but_the_texts(store: Store) -> None:
    claims_fixture.load(store)
    _, graph = exported(store)
    labels = [data["label"] for _, data in graph.nodes(data=True)]
    counts = {label: count for label, count in store.counts().items() if count}
    assert {label: labels.count(label) for label in counts} == counts
    assert graph.edges["Region:CN-ZJ", "Region:CN", next(iter(graph["Region:CN-ZJ"]["Region:CN"]))]["type"] == "PART_OF"
    stored = store.read("MATCH (a)-[r]->(b) RETURN count(r) AS relationships")[0]["relationships"]
    assert graph.number_of_edges() == stored
    assert not any({"text", "signature", "search"} & data.keys() for _, data in graph.nodes(data=True))


def test_claim_keeps_its_slots_and_dates(embedded_store: Store) -> None:
    claims_fixture.load(embedded_store)
    _, graph = exported(embedded_store)
    claim = next(key for key, data in graph.nodes(data=True) if data["label"] == "Claim" and "reported_on" in data)
    types = {data["type"] for _, _, data in graph.out_edges(claim, data=True)}
    assert "STATED_IN" in types
    assert len(graph.nodes[claim]["reported_on"]) == len("2025-03-01")
    assert ";" in "".join(str(data.get("countries", "")) for _, data in graph.nodes(data=True))


def test_edge_ids_are_unique(embedded_store: Store) -> None:
    text, _ = exported(embedded_store)
    ids = [edge.get("id") for edge in ElementTree.fromstring(text).iter("{http://graphml.graphdrawing.org/xmlns}edge")]
    assert len(ids) == len(set(ids)) > 1000


def test_character_that_xml_forbids_is_left_out(tmp_path: Path) -> None:
    graph: Any = nx.MultiDiGraph()
    graph.add_node("a", **projection._plain({"name": "A\x00\x0bB\ud800", "aliases": ["x", "y"], "none": None}))
    path = tmp_path / "graph.graphml"
    path.write_text("\n".join(projection.graphml(graph)), encoding="utf-8")
    assert nx.read_graphml(path).nodes["a"] == {"name": "AB", "aliases": "x; y"}
