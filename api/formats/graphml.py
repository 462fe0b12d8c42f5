"""GraphML (graphml.graphdrawing.org): networkx, Gephi, yEd and Cytoscape read it.

A node is `Label:id`, with `type` (its label), `label` (what to show) and its properties; an edge has `type`, `label`
(its type too) and its properties. Lists are one string, joined by semicolons, and days are ISO text.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from api.formats import attributes, xml
from api.formats.column import Column
from graph.subgraph import Subgraph

NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
TYPES = {"integer": "long", "float": "double", "boolean": "boolean"}  # all else is string


def pieces(graph: Subgraph) -> Iterator[bytes]:
    """Yield the graph as GraphML: nodes, then edges."""
    return xml.pieces(lambda out: _document(out, graph))


def _document(out: Any, graph: Subgraph) -> Iterator[None]:
    node_keys, edge_keys = _keys("n", attributes.of_nodes()), _keys("e", attributes.of_links())
    with out.element(_tag("graphml"), nsmap={None: NAMESPACE}):
        for domain, keys in (("node", node_keys), ("edge", edge_keys)):
            for name, (id, type) in keys.items():
                out.write(etree.Element("key", {"id": id, "for": domain, "attr.name": name, "attr.type": type}))
        with out.element(_tag("graph"), edgedefault="directed"):
            for node in graph.nodes():
                values = {"type": node.label, "label": node.properties["name"], **node.properties}
                out.write(_element("node", {"id": f"{node.label}:{node.id}"}, values, node_keys))
                yield
            for number, link in enumerate(graph.links()):
                ends = {"source": f"{link.start_label}:{link.start}", "target": f"{link.end_label}:{link.end}"}
                values = {"type": link.type, "label": link.type, **link.properties}
                out.write(_element("edge", {"id": f"e{number}", **ends}, values, edge_keys))
                yield


def _keys(prefix: str, columns: list[Column]) -> dict[str, tuple[str, str]]:
    """Return key and type of each attribute by its name."""
    named = [Column("type"), Column("label"), *columns]
    return {column.name: (f"{prefix}{n}", TYPES.get(column.type, "string")) for n, column in enumerate(named)}


def _element(name: str, own: dict[str, str], values: Mapping[str, Any], keys: Mapping[str, tuple[str, str]]) -> Any:
    element = etree.Element(name, {key: xml.text(value) for key, value in own.items()})
    for property, value in values.items():
        etree.SubElement(element, "data", key=keys[property][0]).text = xml.text(value)
    return element


def _tag(name: str) -> str:
    """Return the name of an element that others are written into; these stand in its namespace by where they stand."""
    return f"{{{NAMESPACE}}}{name}"
