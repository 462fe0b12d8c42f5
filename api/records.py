"""`/v1/claims/{id}`, `/v1/documents/{id}`, `/v1/entities` and `/v1/entities/{id}`: single records, whole."""

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path, Query, Request, Response

from api import answers, declared, described
from api.formats import Column
from graph import entities
from graph.errors import UnknownEntity, WrongParameter
from graph.frame import Row
from graph.store import Store
from queries import records

_FOUND = [Column(name) for name in ("id", "label", "name", "name_zh")]

Names = Annotated[bool, Query(description="Show the names of persons; without it what they are.")]


def _found(row: Row | None, kind: str, id: str) -> Row:
    if row is None:
        raise HTTPException(404, f"No {kind} has the id {id!r}.")
    return row


def _label(type: str) -> str:
    labels = {label.lower(): label for label in entities.FINDABLE}
    if type.lower() not in labels:
        raise WrongParameter("type", f"type is {type!r}; it may be {', '.join(labels)}.")
    return labels[type.lower()]


def routes(store: Store) -> APIRouter:
    """Return the routes of single claims, documents and entities."""
    router = APIRouter()

    @router.get(
        "/claims/{id}",
        tags=["claims"],
        summary="One claim with its sentence, its slots and its factors",
        **declared.answer("The claim.", declared.CLAIM),
    )
    def claim(id: str, names: Names = False) -> dict[str, Any]:
        return _found(records.claim(store, id, names=names), "claim", id)

    @router.get(
        "/documents/{id}",
        tags=["documents"],
        summary="One document with its text, claims and copies",
        **declared.answer("The document.", declared.DOCUMENT),
    )
    def document(id: str, names: Names = False) -> dict[str, Any]:
        return _found(records.document(store, id, names=names), "document", id)

    @router.get(
        "/entities",
        tags=["entities"],
        **described.table("Entities whose id, name or alias, in either language, begins with q", _FOUND),
    )
    def find(
        request: Request,
        q: Annotated[str, Query(min_length=1, max_length=200, description="How it begins, such as zhej or 浙.")],
        type: Annotated[str | None, Query(description="Only entities of this kind, such as region or company.")] = None,
        limit: Annotated[int, Query(ge=1, le=200, description="Most entities to return.")] = 20,
    ) -> Response:
        rows = entities.find(store, q, _label(type) if type else None, limit)
        return answers.respond(request, _FOUND, rows)

    @router.get(
        "/entities/{id}",
        tags=["entities"],
        summary="One entity: what it belongs to, and how many claims it or its parts fill which slot of",
        **declared.answer("The entity.", declared.ENTITY),
    )
    def entity(id: Annotated[str, Path(description="Its id.", examples=["CN-ZJ"])]) -> dict[str, Any]:
        try:
            known = entities.resolve(store, id)
        except UnknownEntity as error:
            raise HTTPException(404, str(error)) from error
        return _found(records.entity(store, known["id"], known["label"]), "entity", id)

    return router
