"""`/v1/graph/neighbourhood` and `/v1/graph/paths`: graphs to draw, with positions; also as Grafana's node graph."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from api import questions
from api.given import arguments
from graph.errors import WrongParameter
from graph.store import Store
from queries import catalogue, drawing
from queries.catalogue import Param
from queries.drawing import Drawing

Shape = Annotated[
    Literal["graph", "grafana"], Query(description="graph: as described; grafana: frames of its node graph panel.")
]
_OWN = ("entity", "limit", "offset")
SPREAD = 100  # pixels for a unit of the layout and the square root of a node, in Grafana


_NODE = {"id": "Region:CN-ZJ", "entity_id": "CN-ZJ", "label": "Region", "name": "Zhejiang", "name_zh": "浙江"}
_EDGE = {"id": "Region:CN-ZJ|destination|seeks|Field:ai", "source": "Region:CN-ZJ", "target": "Field:ai"}
_EXAMPLES: JsonDict = {
    "nodes": [{**_NODE, "centre": True, "stories": 3, "x": 0.5, "y": -0.25}],
    "edges": [{**_EDGE, "role": "destination", "other_role": "seeks", **dict.fromkeys(drawing.COUNTS, 3)}],
    "total_nodes": 2,
    "total_edges": 1,
    "truncated": True,
}


class Graph(BaseModel):
    """A graph to draw, and how large it would be without the caps."""

    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLES]})

    nodes: list[dict[str, Any]] = Field(description="`id`, what it is, and where to draw it (`x`, `y` from -1 to 1).")
    edges: list[dict[str, Any]] = Field(description="`id`, `source`, `target`, the roles, and the five counts.")
    total_nodes: int | None = Field(default=None, description="Nodes without the cap.")
    total_edges: int | None = Field(default=None, description="Edges without the cap.")
    truncated: bool | None = Field(default=None, description="Whether some are left out.")
    paths: list[dict[str, Any]] | None = Field(default=None, description="The paths, best evidence first.")


def routes(store: Store) -> APIRouter:
    """Return the routes of graphs."""
    router = APIRouter(prefix="/graph", tags=["graph"])

    @router.get("/neighbourhood", summary="What entities are connected with, to be drawn", **_drawn("neighbourhood"))
    def neighbourhood(
        request: Request,
        entity: Annotated[list[str], Query(description="Entities in the middle: id, name, alias or Chinese name.")],
        role: Annotated[
            list[str] | None, Query(description="Only these connections, such as destination, seeks or part_of.")
        ] = None,
        limit: Annotated[int, Query(ge=1, le=drawing.MOST_NODES, description="Most nodes.")] = 60,
        shape: Shape = "graph",
    ) -> dict[str, Any]:
        given = _of(request, "neighbourhood")
        found = drawing.neighbourhood(
            store, _listed("entity", entity), given, roles=_listed("role", role or []), most=limit
        )
        return _answer(found, shape)

    @router.get("/paths", summary="How two entities are connected, to be drawn", **_drawn("paths"))
    def paths(
        request: Request,
        limit: Annotated[int, Query(ge=1, le=50, description="Most paths.")] = 5,
        shape: Shape = "graph",
    ) -> dict[str, Any]:
        found = drawing.paths(store, _of(request, "paths"), most=limit)
        return _answer(found, shape) | ({"paths": list(found.paths)} if shape == "graph" else {})

    return router


def _passed_on(question: str) -> list[Param]:
    """Return the parameters of a question that its drawing hands on to it; the others it has itself."""
    return [param for param in catalogue.find(question).params if param.name not in _OWN]


def _drawn(question: str) -> dict[str, Any]:
    """Return what a route declares that draws the answer of a question."""
    return {
        "response_model": Graph,
        "response_model_exclude_unset": True,
        "openapi_extra": {"parameters": [questions.parameter(param) for param in _passed_on(question)]},
    }


def _of(request: Request, question: str) -> dict[str, Any]:
    names = {param.name for param in _passed_on(question)}
    return {name: value for name, value in arguments(request).items() if name in names}


def _listed(name: str, given: list[str]) -> list[str]:
    """Return the values of a repeated parameter or of a list with commas; WrongParameter for an empty one."""
    values = [value.strip() for text in given for value in text.split(",")]
    if "" in values:
        raise WrongParameter(name, f"`{name}` is empty; give a value or leave it out.")
    return list(dict.fromkeys(values))


def _answer(found: Drawing, shape: str) -> dict[str, Any]:
    if shape == "grafana":
        return grafana(found)
    return {
        "nodes": found.nodes,
        "edges": found.edges,
        "total_nodes": found.total_nodes,
        "total_edges": found.total_edges,
        "truncated": len(found.nodes) < found.total_nodes or len(found.edges) < found.total_edges,
    }


def grafana(found: Drawing) -> dict[str, Any]:
    """Return the two frames of Grafana's node graph panel: fields are named as the panel expects them."""
    spread = SPREAD * max(len(found.nodes), 1) ** 0.5
    nodes = [
        {
            "id": node["id"],
            "title": node["name"],
            "subtitle": node["label"],
            "mainstat": node["stories"],
            "fixedx": round(node["x"] * spread),
            "fixedy": round(node["y"] * spread),
        }
        for node in found.nodes
    ]
    edges = [
        {
            "id": edge["id"],
            "source": edge["source"],
            "target": edge["target"],
            "mainstat": edge["stories"],
            "secondarystat": " – ".join(filter(None, (edge["role"], edge["other_role"]))) or None,
        }
        for edge in found.edges
    ]
    return {"nodes": nodes, "edges": edges}
