"""The graph in formats of other tools, read back by a reader of each."""

import io
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import networkx as nx
import pytest
import rdflib
from arro3.io import read_parquet
from lxml import etree

from api.commands import export
from api.formats import FORMATS, attributes, cypher_script
from api.formats.graphs import GRAPH_FORMATS, tables
from graph import schema
from graph.errors import InputError
from graph.frame import Claimant, Entity
from graph.neighbourhood import neighbourhood
from graph.store import Store
from graph.subgraph import StoredLink, StoredNode, Subgraph
from tests import claims_fixture
from tests.conftest import empty
from tests.whole_claim import NOW, claim, extraction, slot

HOSTILE = (
    "]]>",
    "<!-- & \"'",
    "a\\u0027b",
    "\\",
    "'; MATCH (n) DETACH DELETE n //",
    "=cmd|' /C calc'!A0",
    "\x00\x01\x0b\x7f",
    "\r\n\t\u2028\ufeff",
    "a\ud800b",
    "\ufffe",
    '"@id": "x"',
    "浙江😀",
)
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"
TERM = rdflib.Namespace("urn:talentgraph:term:")
SCHEMA = rdflib.Namespace("https://schema.org/")
PROV = rdflib.Namespace("http://www.w3.org/ns/prov#")

# rdflib's own reader of JSON-LD makes one.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")


class Given:
    """Stands where a Subgraph is wanted, with nodes of our own: no store keeps a half of a character."""

    def __init__(self, texts: tuple[str, ...]) -> None:
        self.texts = texts

    def nodes(self) -> Iterator[StoredNode]:
        for text in self.texts:
            yield StoredNode("Company", text, {"id": text, "name": text, "aliases": [text, "x"], "described": False})

    def links(self) -> Iterator[StoredLink]:
        for text in self.texts:
            yield StoredLink("DEALS_WITH", "Company", text, "Company", text, {"document_id": text})


def written(format: str, graph: Any) -> bytes:
    return b"".join(GRAPH_FORMATS[format].pieces(graph))


def read(format: str, data: bytes) -> Any:
    if format == "graphml":
        return nx.read_graphml(io.BytesIO(data), force_multigraph=True)
    return nx.read_gexf(io.BytesIO(data), version="1.3")


def shape(store: Store) -> tuple[dict[str, int], int]:
    stored = store.read("MATCH (a)-[r]->(b) RETURN count(r) AS relationships")[0]["relationships"]
    return {label: count for label, count in store.counts().items() if count}, stored


def test_everything_is_exported_but_the_texts(embedded_store: Store) -> None:
    claims_fixture.load(embedded_store)
    graph = Subgraph(embedded_store)
    data = written("graphml", graph)
    network = read("graphml", data)
    counts, links = shape(embedded_store)
    assert Counter(data["type"] for _, data in network.nodes(data=True)) == counts
    assert network.number_of_edges() == links == graph.given_links
    assert graph.given_nodes == sum(counts.values())
    assert not any({"text", "signature", "search"} & data.keys() for _, data in network.nodes(data=True))
    claim = next(data for _, data in network.nodes(data=True) if data["type"] == "Claim" and "reported_on" in data)
    assert len(claim["reported_on"]) == len("2025-03-01")
    assert 0 < claim["confidence"] <= 1
    assert "company" in claim["label"] or "seeks" in claim["label"]
    kinds = {data["type"] for *_, data in network.edges(data=True)}
    assert {"STATED_IN", "DESTINATION", "RECRUITS", "PART_OF"} <= kinds
    ids = [edge.get("id") for edge in etree.fromstring(data).iter(f"{GRAPHML}edge")]
    assert len(ids) == len(set(ids)) == links


@pytest.mark.parametrize("format", ["graphml", "gexf"])
def test_hostile_texts_in_xml_are_read_back(format: str) -> None:
    network = read(format, written(format, Given(HOSTILE)))
    shown = {text.translate(dict.fromkeys([0, 1, 11, 0xD800, 0xFFFE], "\ufffd")) for text in HOSTILE}
    assert {data["label"] for _, data in network.nodes(data=True)} == shown
    assert {f"Company:{text}" for text in shown} == set(network)
    assert all(end == start for start, end in network.edges())


def gexf_schema() -> etree.RelaxNG:
    """Return what gexf.net/1.3 says of a static graph: elements, their order, their attributes and these' types."""

    def attribute(name: str, values: str) -> str:
        return f'<attribute name="{name}">{values}</attribute>'

    def one_of(*values: str) -> str:
        return f"<choice>{''.join(f'<value>{value}</value>' for value in values)}</choice>"

    def optional(content: str) -> str:
        return f"<optional>{content}</optional>"

    def element(name: str, content: str) -> str:
        return f'<element name="{name}">{content or "<empty/>"}</element>'

    def many(content: str) -> str:
        return f"<zeroOrMore>{content}</zeroOrMore>"

    text = '<data type="string"/>'
    types = one_of("integer", "long", "double", "float", "boolean", "string", "liststring", "anyURI")
    declared = element("attribute", attribute("id", text) + attribute("title", text) + attribute("type", types))
    attributes_ = element(
        "attributes",
        attribute("class", one_of("node", "edge")) + optional(attribute("mode", one_of("static"))) + many(declared),
    )
    values = element("attvalues", many(element("attvalue", attribute("for", text) + attribute("value", text))))
    node = element("node", attribute("id", text) + optional(attribute("label", text)) + optional(values))
    ends = "".join(attribute(name, text) for name in ("id", "source", "target"))
    edge = element("edge", ends + "".join(optional(attribute(n, text)) for n in ("kind", "label")) + optional(values))
    graph = element(
        "graph",
        optional(attribute("mode", one_of("static", "dynamic")))
        + optional(attribute("defaultedgetype", one_of("directed", "undirected", "mutual")))
        + many(attributes_)
        + element("nodes", many(node))
        + element("edges", many(edge)),
    )
    meta = element("meta", element("creator", "<text/>"))
    return etree.RelaxNG(
        etree.fromstring(
            '<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="http://gexf.net/1.3" '
            'datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"><start>'
            + element("gexf", attribute("version", one_of("1.3")) + optional(meta) + graph)
            + "</start></grammar>"
        )
    )


def test_gexf_is_what_its_schema_says(embedded_store: Store) -> None:
    claims_fixture.load(embedded_store)
    stored = Subgraph(embedded_store, read_from_documents(embedded_store))
    for graph in (stored, Given(HOSTILE)):
        data = written("gexf", graph)
        tree = etree.fromstring(data)
        gexf_schema().assertValid(tree)
        places = {key: f"{{http://gexf.net/1.3}}{key}" for key in ("attribute", "attvalue", "node", "edge")}
        for name in ("node", "edge"):
            declared = tree.find(f".//{{*}}attributes[@class='{name}']")
            ids = {item.get("id") for item in declared.iter(places["attribute"])}
            used = {value.get("for") for one in tree.iter(places[name]) for value in one.iter(places["attvalue"])}
            assert used <= ids
        nodes = {node.get("id") for node in tree.iter(places["node"])}
        assert {edge.get(end) for edge in tree.iter(places["edge"]) for end in ("source", "target")} <= nodes
        network = read("gexf", data)
        assert set(network) == nodes
        assert network.number_of_edges() == len(list(tree.iter(places["edge"])))
    assert stored.given_links > 100


def test_json_ld_says_it_in_terms_of_schema_org_and_prov(embedded_store: Store) -> None:
    claims_fixture.load(embedded_store)
    chosen = neighbourhood(embedded_store, "Region", "FR", 1)
    graph = Subgraph(embedded_store, chosen)
    rdf = rdflib.Graph().parse(data=written("jsonld", graph), format="json-ld")
    typed = {label: set(rdf.subjects(rdflib.RDF.type, TERM[label])) for label in chosen}
    assert {label: len(found) for label, found in typed.items()} == {k: len(v) for k, v in chosen.items()}
    quotes = set()
    for stated in typed["Claim"]:
        assert (stated, rdflib.RDF.type, SCHEMA.Claim) in rdf
        assert rdf.value(stated, SCHEMA.appearance) in typed["Document"]
        assert rdf.value(stated, PROV.wasQuotedFrom) == rdf.value(stated, SCHEMA.appearance)
        assert rdf.value(stated, PROV.generatedAtTime).datatype == rdflib.XSD.dateTime
        quotation = rdf.value(stated, PROV.qualifiedQuotation)
        assert rdf.value(quotation, PROV.entity) == rdf.value(stated, SCHEMA.appearance)
        quotes.add(str(rdf.value(quotation, PROV.value)))
    stored = embedded_store.read(
        "MATCH (c:Claim)-[s:STATED_IN]->() WHERE c.id IN $ids RETURN s.quote AS quote", {"ids": sorted(chosen["Claim"])}
    )
    assert quotes == {row["quote"] for row in stored}
    assert (rdflib.URIRef("urn:talentgraph:Region:FR"), SCHEMA.name, rdflib.Literal("France")) in rdf
    assert any(rdf.subject_objects(SCHEMA.containedInPlace))


def test_hostile_texts_in_json_ld_are_read_back() -> None:
    rdf = rdflib.Graph().parse(data=written("jsonld", Given(HOSTILE)), format="json-ld")
    shown = {text.replace("\ud800", "\ufffd") for text in HOSTILE}
    assert {str(name) for name in rdf.objects(None, SCHEMA.name)} == shown
    assert len(rdflib.Graph().parse(data=rdf.serialize(format="nt"), format="nt")) == len(rdf)


def statements(data: bytes) -> list[str]:
    lines = data.decode().split("\n")
    assert all(line.startswith("//") or line.endswith(";") for line in lines[:-1])
    return [line.removesuffix(";") for line in lines if line and not line.startswith("//")]


def person_claims() -> list[Any]:
    """Return an extraction with persons and with hostile texts in its slots."""
    people = [Entity("Person", "person-ana-ribeiro", "Ana Ribeiro"), Entity("Person", "person-bo-lind", "Bo Lind")]
    said_by = (
        Claimant(slot(people[0], "firm"), "a former engineer", True),
        Claimant(slot(people[1], "It"), "Bo Lind", True, 2),
    )
    one = extraction(claim(claimants=said_by, targets=(replace(slot(people[1], "engineers"), text="engineers"),)))
    kept = [text for text in HOSTILE if text.isprintable() or "\n" in text]
    return [replace(one, document=replace(one.document, title="".join(kept), author="Ida Falk"))]


def read_from_documents(store: Store) -> dict[str, set[str]]:
    """Return the ids of all that documents say something of: a store that is emptied keeps the rest."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in store.read(
        """
        MATCH (a)-[r]->(b)
        WHERE NOT type(r) IN ['PART_OF', 'MEMBER_OF', 'BASED_IN', 'RUN_BY'] OR r.document_id IS NOT NULL
        RETURN DISTINCT labels(a)[0] AS label, a.id AS id, labels(b)[0] AS other_label, b.id AS other_id
        """
    ):
        found[row["label"]].add(row["id"])
        found[row["other_label"]].add(row["other_id"])
    return found


def test_cypher_script_makes_the_same_graph(store: Store) -> None:
    claims_fixture.load(store)
    store.write(person_claims(), known_at=NOW)
    before, counted = store.hash(), shape(store)
    script = statements(written("cypher", Subgraph(store, read_from_documents(store), names=True, complete=True)))
    empty(store)
    assert store.hash() != before
    for part in (script, [statement for statement in script if "MERGE (a)" in statement]):  # twice does no harm
        for statement in part:
            store._connection.write(lambda transaction, s=statement: transaction.run(s).consume())  # type: ignore[misc]
        assert (store.hash(), shape(store)) == (before, counted)


def test_literals_come_back_from_every_engine(store: Store) -> None:
    for text in HOSTILE:
        row = store.read(
            f"UNWIND [{{t: {cypher_script.literal(text)}, f: 1e-07, n: -1, l: []}}] AS row RETURN row.t AS t"
        )
        assert row == [{"t": text.replace("\ud800", "\ufffd")}]


@pytest.mark.parametrize("format", GRAPH_FORMATS)
def test_persons_are_shown_by_what_they_are_unless_names_are_asked_for(format: str, embedded_store: Store) -> None:
    embedded_store.write(person_claims(), known_at=NOW)
    chosen = {
        label: [row["id"] for row in embedded_store.read(f"MATCH (n:{label}) RETURN n.id AS id")]
        for label in ("Claim", "Person", "Story")
    }  # without the document: its sentences say what they say
    data = written(format, Subgraph(embedded_store, chosen)).decode()
    assert "a former engineer" in data
    assert "person-2" in data
    for name in ("Ribeiro", "ribeiro", "Lind", "lind"):
        assert name not in data
    assert "Ribeiro" in written(format, Subgraph(embedded_store, chosen, names=True)).decode()
    chosen["Document"] = [row["id"] for row in embedded_store.read("MATCH (d:Document) RETURN d.id AS id")]
    whose = ["Ida Falk" in written(format, Subgraph(embedded_store, chosen, names=n)).decode() for n in (False, True)]
    assert whose == [False, True]


def test_neighbourhood_is_what_shares_claims(embedded_store: Store) -> None:
    claims_fixture.load(embedded_store)
    one = neighbourhood(embedded_store, "Region", "FR", 1)
    shared = embedded_store.read(
        "MATCH (c:Claim)-->(r:Region)-[:PART_OF*0..3]->(:Region {id: 'FR'}) RETURN DISTINCT c.id AS id"
    )
    named = embedded_store.read(
        "MATCH (c:Claim)-[:SEEKS]->(f:Field) WHERE c.id IN $ids RETURN DISTINCT f.id AS id",
        {"ids": sorted(one["Claim"])},
    )
    assert one["Claim"] == {row["id"] for row in shared} != set()
    assert {row["id"] for row in named} <= one["Field"]
    assert {"FR", "M49:150"} <= one["Region"]
    assert one["Document"]
    assert one["Story"]
    two = neighbourhood(embedded_store, "Region", "FR", 2)
    assert all(ids <= two[label] for label, ids in one.items())
    assert len(two["Claim"]) > len(one["Claim"])


def test_tables_hold_what_is_stored(embedded_store: Store) -> None:
    claims_fixture.load(embedded_store)
    chosen = read_from_documents(embedded_store)
    found = {}
    for part, columns, rows in tables(Subgraph(embedded_store, chosen)):
        found[part] = list(rows)
        data = b"".join(FORMATS["parquet"].pieces(columns, found[part]))
        assert read_parquet(io.BytesIO(data)).read_all().num_rows == len(found[part])
        assert all(row.keys() <= {column.name for column in columns} for row in found[part])
    assert Counter(row["label"] for row in found["nodes"]) == {label: len(ids) for label, ids in chosen.items()}
    assert {row["start_id"] for row in found["links"]} <= {row["id"] for row in found["nodes"]}
    assert {"STATED_IN", "DESTINATION", "RECRUITS"} <= {row["type"] for row in found["links"]}


def test_properties_of_one_name_have_one_type() -> None:
    for declared in (schema.NODES, schema.RELATIONSHIPS):
        kinds = {(p.name, p.kind) for one in declared if not getattr(one, "internal", False) for p in one.properties}
        assert len({name for name, _ in kinds}) == len(kinds)
    assert not {"type", "label"} & {column.name for column in (*attributes.of_nodes(), *attributes.of_links())}


def test_tables_need_a_file() -> None:
    with pytest.raises(InputError, match="two files"):
        export.export("csv")
