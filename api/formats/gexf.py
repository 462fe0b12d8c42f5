"""GEXF 1.3 (gexf.net): Gephi and networkx read it.

A node is `Label:id`, its label what to show, with `type` (its label in the graph) and its properties; an edge has its
type also as `kind`, by which Gephi keeps several edges between two nodes, and as label. Lists are one string, joined by
semicolons, and days are ISO text.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from api.formats import attributes, xml
from api.formats.column import Column
from graph.subgraph import Subgraph

NAMESPACE = "http://gexf.net/1.3"
TYPES = {"integer": "long", "float": "double", "boolean": "boolean"}  # all else is string


def pieces(graph: Subgraph) -> Iterator[bytes]:
    """Yield the graph as GEXF: nodes, then edges."""
    return xml.pieces(lambda out: _document(out, graph))


def _document(out: Any, graph: Subgraph) -> Iterator[None]:
    node_columns = [Column("type"), *attributes.of_nodes()]
    edge_columns = [Column("type"), *attributes.of_links()]
    with out.element(_tag("gexf"), {"version": "1.3"}, nsmap={None: NAMESPACE}):
        meta = etree.Element("meta")
        etree.SubElement(meta, "creator").text = "talentgraph"
        out.write(meta)
        with out.element(_tag("graph"), {"mode": "static", "defaultedgetype": "directed"}):
            for domain, columns in (("node", node_columns), ("edge", edge_columns)):
                out.write(_declared(domain, columns))
            ids = {column.name: str(number) for number, column in enumerate(node_columns)}
            with out.element(_tag("nodes")):
                for node in graph.nodes():
                    own = {"id": f"{node.label}:{node.id}", "label": node.properties["name"]}
                    out.write(_element("node", own, {"type": node.label, **node.properties}, ids))
                    yield
            ids = {column.name: str(number) for number, column in enumerate(edge_columns)}
            with out.element(_tag("edges")):
                for number, link in enumerate(graph.links()):
                    own = {
                        "id": str(number),
                        "source": f"{link.start_label}:{link.start}",
                        "target": f"{link.end_label}:{link.end}",
                        "kind": link.type,
                        "label": link.type,
                    }
                    out.write(_element("edge", own, {"type": link.type, **link.properties}, ids))
                    yield


def _declared(domain: str, columns: list[Column]) -> Any:
    element = etree.Element("attributes", {"class": domain, "mode": "static"})
    for number, column in enumerate(columns):
        own = {"id": str(number), "title": column.name, "type": TYPES.get(column.type, "string")}
        etree.SubElement(element, "attribute", own)
    return element


def _element(name: str, own: dict[str, str], values: Mapping[str, Any], ids: Mapping[str, str]) -> Any:
    element = etree.Element(name, {key: xml.text(value) for key, value in own.items()})
    if values:
        held = etree.SubElement(element, "attvalues")
        for property, value in values.items():
            etree.SubElement(held, "attvalue", {"for": ids[property], "value": xml.text(value)})
    return element


def _tag(name: str) -> str:
    """Return the name of an element that others are written into; these stand in its namespace by where they stand."""
    return f"{{{NAMESPACE}}}{name}"
