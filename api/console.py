"""`POST /v1/cypher`: a read in Cypher, for whoever sits at this machine."""

from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from fastapi import APIRouter, HTTPException, Request
from pydantic import BaseModel, ConfigDict, Field

from graph.settings import Settings
from graph.store import Store

_LOOPBACK_NAMES = {"localhost", "127.0.0.1", "::1", "[::1]"}


class Query(BaseModel):
    """One read-only query."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"query": "MATCH (c:Claim) RETURN c.modality AS modality, count(*) AS claims"}]
        },
    )

    query: str = Field(min_length=1, max_length=100_000, description="Cypher that reads.")
    parameters: dict[str, Any] = Field(default_factory=dict, description="Values of its $parameters.")
    limit: int = Field(default=1000, ge=1, le=10_000, description="Most rows to return.")


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def require_local(request: Request) -> None:
    """Refuse a request that does not come from this machine under a loopback name (a rebound name is not one)."""
    peer = request.client.host if request.client else ""
    if not _is_loopback(peer) or request.url.hostname not in _LOOPBACK_NAMES:
        raise HTTPException(403, "This answers on loopback only: ask http://127.0.0.1 on the machine.")
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).hostname not in _LOOPBACK_NAMES:
        raise HTTPException(403, f"A page of {origin[:100]} may not ask this.")


def routes(store: Store, settings: Settings) -> APIRouter:
    """Return the console's route; where the setting is off it says so."""
    router = APIRouter(tags=["console"])

    @router.post("/cypher", summary="Run a read-only Cypher query (loopback only)")
    def cypher(request: Request, body: Query) -> dict[str, Any]:
        if not settings.console:
            raise HTTPException(403, "The Cypher console is off here (TALENTGRAPH_CONSOLE=false).")
        require_local(request)
        found = store.console(body.query, body.parameters, limit=body.limit)
        return {
            "columns": found.columns,
            "rows": found.rows,
            "truncated": found.truncated,
            "seconds": round(found.seconds, 4),
        }

    return router
