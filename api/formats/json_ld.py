"""JSON-LD 1.1: the graph in terms of schema.org and PROV where they have one, in the schema's own names elsewhere.

Each node is an object; each relationship adds its terms to its start node (`STATED_IN` is schema:appearance and
prov:wasQuotedFrom too). One with properties is also a node of its own, a schema:Role (or, of PROV, a Quotation or an
Attribution) that holds them. The context stands in the file: nothing is fetched to read it.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from api.formats import attributes
from api.values import json_text
from graph.subgraph import StoredLink, StoredNode, Subgraph

BASE = "urn:talentgraph:"
CLASSES = {
    "Document": ("schema:Article", "prov:Entity"),
    "Publisher": ("schema:Organization", "prov:Agent"),
    "Story": ("schema:CreativeWork",),
    "Claim": ("schema:Claim", "prov:Entity"),
    "Region": ("schema:Place",),
    "Field": ("schema:DefinedTerm",),
    "Company": ("schema:Corporation", "prov:Organization"),
    "Organisation": ("schema:Organization", "prov:Organization"),
    "Person": ("schema:Person", "prov:Person"),
    "Voice": ("prov:Agent",),
    "Programme": ("schema:DefinedTerm",),
    "Incentive": ("schema:DefinedTerm",),
    "Channel": ("schema:DefinedTerm",),
}
PROPERTIES = {
    "name": "schema:name",
    "aliases": "schema:alternateName",
    "url": "schema:url",
    "title": "schema:headline",
    "date": "schema:datePublished",
    "lang": "schema:inLanguage",
    "author": "schema:author",
    "quote": "prov:value",
    "known_at": "prov:generatedAtTime",
    "known_until": "prov:invalidatedAtTime",
}
RELATIONSHIPS = {
    "PUBLISHED_BY": ("schema:publisher", "prov:wasAttributedTo"),
    "TELLS": ("schema:exampleOfWork",),
    "REPLACES": ("prov:wasRevisionOf",),
    "MENTIONS": ("schema:mentions",),
    "STATED_IN": ("schema:appearance", "prov:wasQuotedFrom"),
    "SAID_BY": ("schema:author", "prov:wasAttributedTo"),
    "BASED_IN": ("schema:location",),
}
QUALIFIED = {  # what holds the properties of a relationship: property of its start, class, property to its end
    "STATED_IN": ("prov:qualifiedQuotation", "prov:Quotation", "prov:entity"),
    "SAID_BY": ("prov:qualifiedAttribution", "prov:Attribution", "prov:agent"),
}
ROLE = ("role", "schema:Role", "filledBy")
TYPES = {"date": "xsd:date", "known_at": "xsd:dateTime", "known_until": "xsd:dateTime", "float": "xsd:double"}


def pieces(graph: Subgraph) -> Iterator[bytes]:
    """Yield the graph as JSON-LD, an object a line: nodes, then relationships."""
    yield f'{{"@context":{json_text(_context())},"@graph":[\n'.encode()
    separator = ""
    for item in _objects(graph):
        yield (separator + json_text(item)).encode()
        separator = ",\n"
    yield b"\n]}\n"


def _objects(graph: Subgraph) -> Iterator[dict[str, Any]]:
    extractors: set[str] = set()
    for node in graph.nodes():
        yield _node(node)
        extractor = node.properties.get("extractor")
        if extractor and extractor not in extractors:
            extractors.add(extractor)
            yield _extraction(extractor)
    for link in graph.links():
        yield from _link(link)


def _context() -> dict[str, Any]:
    context: dict[str, Any] = {
        "@version": 1.1,
        "@vocab": f"{BASE}term:",
        "schema": "https://schema.org/",
        "prov": "http://www.w3.org/ns/prov#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
    for column in (*attributes.of_nodes(), *attributes.of_links()):
        term, type = PROPERTIES.get(column.name), TYPES.get(column.name) or TYPES.get(column.type)
        if term or type:
            context[column.name] = {"@id": term or f"{BASE}term:{column.name}"} | ({"@type": type} if type else {})
    return context


def _node(node: StoredNode) -> dict[str, Any]:
    item = {"@id": _iri(node.label, node.id), "@type": [node.label, *CLASSES[node.label]], **node.properties}
    if "extractor" in node.properties:
        item["prov:wasGeneratedBy"] = {"@id": _iri("extraction", node.properties["extractor"])}
    return item


def _extraction(extractor: str) -> dict[str, Any]:
    agent = {"@id": _iri("extractor", extractor), "@type": "prov:SoftwareAgent", "schema:name": extractor}
    return {"@id": _iri("extraction", extractor), "@type": "prov:Activity", "prov:wasAssociatedWith": agent}


def _link(link: StoredLink) -> Iterator[dict[str, Any]]:
    start, end = {"@id": _iri(link.start_label, link.start)}, {"@id": _iri(link.end_label, link.end)}
    terms = (link.type, *RELATIONSHIPS.get(link.type, ()))
    if link.type == "PART_OF" and link.start_label == "Region":
        terms = (*terms, "schema:containedInPlace")
    if not link.properties:
        yield start | dict.fromkeys(terms, end)
        return
    qualifies, kind, to = QUALIFIED.get(link.type, ROLE)
    ends = (link.start_label, link.start, link.end_label, link.end, link.properties.get("document_id", ""))
    held = {"@id": _iri(link.type, *ends), "@type": kind, "schema:roleName": link.type, to: end, **link.properties}
    yield start | dict.fromkeys(terms, end) | {qualifies: held}


def _iri(*parts: str) -> str:
    """Return the IRI of a thing; what an IRI may not hold is percent-encoded."""
    return BASE + ":".join(quote(part, safe="-._~@", errors="replace") for part in parts)
