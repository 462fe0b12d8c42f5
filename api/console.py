"""`POST /v1/cypher`: a read in Cypher, for whoever sits at this machine; `DELETE /v1/cypher/{id}` cancels it."""

import asyncio
import math
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Path, Request, Response
from pydantic import BaseModel, ConfigDict, Field, field_validator
from starlette.concurrency import run_in_threadpool

from graph.settings import Settings
from queries.console.answer import Answer
from queries.console.console import ROWS, Console
from queries.console.favourites import Favourite, favourites
from queries.console.inquiry import Inquiry, new_id

_ID = r"^[A-Za-z0-9_-]{1,64}$"
_WATCH_SECONDS = 0.2


class Query(BaseModel):
    """One read-only query."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"query": "MATCH (c:Claim) RETURN c.modality AS modality, count(*) AS claims"}]
        },
    )

    query: str = Field(min_length=1, max_length=20_000, description="Cypher that reads.")
    parameters: dict[str, Any] = Field(default_factory=dict, description="Values of its $parameters.")
    limit: int = Field(default=1000, ge=1, le=ROWS, description="Most rows to return.")
    timeout: float | None = Field(
        default=None,
        gt=0,
        allow_inf_nan=False,
        description="Seconds after which it is stopped; at most the server's own.",
    )
    plan: bool = Field(default=False, description="Return the plan too; the embedded engine has none.")
    names: bool = Field(default=False, description="Show the names of persons; without it what they are.")
    id: str | None = Field(default=None, pattern=_ID, description="What DELETE /v1/cypher/{id} shall cancel it by.")

    @field_validator("parameters")
    @classmethod
    def _finite(cls, values: dict[str, Any]) -> dict[str, Any]:
        """Refuse a number that has no finite value, such as 1e400: the graph would see an infinite one."""
        left: list[Any] = [values]
        while left:
            match left.pop():
                case dict() as inner:
                    left += inner.values()
                case list() as inner:
                    left += inner
                case float() as number if not math.isfinite(number):
                    raise ValueError("has a number that is too large or none, such as 1e400 or NaN")
        return values


class Drawn(BaseModel):
    """A node to draw."""

    id: str = Field(description="Its label and id, unique in any answer: `Region:CN-ZJ`.")
    labels: list[str]
    caption: str = Field(description="What to write on it.")
    properties: dict[str, Any]


class Line(BaseModel):
    """A relationship to draw."""

    id: str
    type: str
    start: str = Field(description="Id of the node it leaves.")
    end: str = Field(description="Id of the node it leads to.")
    caption: str = Field(description="What to write on it.")
    properties: dict[str, Any]


class Graph(BaseModel):
    """Every node and relationship that the rows hold, once; and the nodes at the ends of its relationships."""

    nodes: list[Drawn]
    relationships: list[Line]


class Cut(BaseModel):
    """What was left out, and by which limit."""

    rows: bool = Field(description="There are more rows than `limit`.")
    bytes: bool = Field(description="The rows are larger than an answer may be; those that fit are here.")
    graph: bool = Field(description="There is more to draw than a picture can show.")


class Answered(BaseModel):
    """What a query yields."""

    id: str = Field(description="The query's id.")
    columns: list[str]
    rows: list[list[Any]] = Field(description="A list of values for each row, in the order of the columns.")
    graph: Graph
    plan: dict[str, Any] | None = Field(
        description="operator, estimated_rows, details and children; null where it was not asked for or there is none."
    )
    milliseconds: float = Field(description="How long the graph took.")
    truncated: Cut
    withheld: int = Field(description="How often the name of a person was left out; `names` shows them.")
    notes: list[str] = Field(description="What a reader should know besides.")


class Kept(BaseModel):
    """A favourite."""

    name: str
    title: str
    cypher: str
    own: bool = Field(description="Whether the user saved it; the others are the questions.")


def routes(console: Console, settings: Settings) -> APIRouter:
    """Return the console's routes; where the setting is off they say so."""

    def require_on() -> None:
        if not settings.console:
            raise HTTPException(403, "The Cypher console is off here (TALENTGRAPH_CONSOLE=false).")

    router = APIRouter(tags=["console"], dependencies=[Depends(require_on)])

    @router.post("/cypher", summary="Run a read-only Cypher query", response_model=Answered)
    async def cypher(request: Request, body: Query) -> Answer:
        inquiry = Inquiry(
            body.query, body.parameters, body.limit, body.timeout, body.plan, body.names, body.id or new_id()
        )
        watching = asyncio.create_task(_cancel_when_gone(request, console, inquiry.id))
        try:
            return await run_in_threadpool(console.ask, inquiry)
        finally:
            watching.cancel()

    @router.get(
        "/cypher/favourites",
        summary="Queries to come back to: the user's own and every question",
        response_model=list[Kept],
    )
    def kept() -> list[Favourite]:
        return list(favourites(settings.home).values())

    @router.delete("/cypher/{id}", status_code=204, summary="Cancel the query of that id")
    def cancel(id: Annotated[str, Path(pattern=_ID)]) -> Response:
        if not console.cancel(id):
            raise HTTPException(404, f"No query with the id {id!r} runs.")
        return Response(status_code=204)

    return router


async def _cancel_when_gone(request: Request, console: Console, id: str) -> None:
    """Cancel the query when its client has gone away."""
    while not await request.is_disconnected():
        await asyncio.sleep(_WATCH_SECONDS)
    console.cancel(id)
