"""`/v1/runs` and `/v1/quarantine`: what was taken in, how far it is, and what could not be read."""

from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query

from api import declared, uploaded
from api.documents import Accepted, accepted
from api.intake import Intake, Job
from graph import runs
from graph.errors import UnknownEntity
from graph.store import Store
from ingest import quarantine

Limit = Annotated[int, Query(ge=1, le=1000, description="Most items to return.")]


def routes(store: Store, intake: Intake, home: Path) -> APIRouter:
    """Return the routes of runs and of the quarantine."""
    router = APIRouter()

    @router.get(
        "/runs",
        tags=["runs"],
        summary="The runs, the latest first",
        **declared.answer("The runs.", declared.page(declared.RUN)),
    )
    def listed(limit: Limit = 100) -> dict[str, Any]:
        return _items(runs.listed(store), limit)

    @router.get(
        "/runs/{id}", tags=["runs"], summary="One run and how far it is", **declared.answer("The run.", declared.RUN)
    )
    def run(id: str) -> dict[str, Any]:
        record = runs.found(store, id)
        if record is None:
            raise HTTPException(404, f"No run has the id {id!r}.")
        return record

    @router.get(
        "/quarantine",
        tags=["quarantine"],
        summary="Documents that could not be read",
        **declared.answer("The documents.", declared.page(declared.QUARANTINED)),
    )
    def held(limit: Limit = 100) -> dict[str, Any]:
        return _items(uploaded.listed(store, home), limit)

    @router.post("/quarantine/{id}/retry", tags=["quarantine"], status_code=202, summary="Read one once more")
    def retry(id: str) -> Accepted:
        _require(store, id)
        return accepted(intake.submit(Job(f"quarantine retry {id}", retry=(id,))))

    @router.delete("/quarantine/{id}", tags=["quarantine"], status_code=204, summary="Take one off the list for good")
    def drop(id: str) -> None:
        _require(store, id)
        candidates = uploaded.paths(store)
        quarantine.drop(store, [id])
        uploaded.tidy(store, home, candidates)

    return router


def _items(rows: list[dict[str, Any]], limit: int) -> dict[str, Any]:
    return {"items": rows[:limit], "total": len(rows), "next": None}


def _require(store: Store, id: str) -> None:
    try:
        quarantine.chosen(store, [id])
    except UnknownEntity as error:
        raise HTTPException(404, f"Nothing in quarantine has the id {id!r}.") from error
