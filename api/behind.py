"""`/v1/questions/NAME/claims` and `/cypher`: the claims behind a row, and the Cypher behind an answer or a row."""

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from api import answers, questions
from graph.store import Store
from queries import behind, catalogue
from queries.catalogue import Question
from queries.shown import shown, shown_behind


class Cypher(BaseModel):
    """A statement as it can be pasted into a console, with the values of its parameters."""

    question: str = Field(description="The question it belongs to.")
    cypher: str = Field(description="The statement; days are given as text and turned into dates by it.")
    parameters: dict[str, Any] = Field(description="Values of its $parameters.")
    then: str | None = Field(description="Function of queries.analytics that makes the answer from its rows, if any.")


def _row_parameters(question: Question) -> list[dict[str, Any]]:
    docs = {column.name: column.doc for column in question.columns}
    return [
        {
            "name": name,
            "in": "query",
            "required": False,
            "description": f"The row in which it stands: {docs[name.removeprefix(behind.ROW)]} Absent: null.",
            "schema": {"type": "string"},
        }
        for name in behind.row_parameters(question)
    ]


def _add_cypher(router: APIRouter, store: Store, question: Question) -> None:
    def cypher(request: Request) -> Cypher:
        return Cypher(**asdict(shown(store, question.name, dict(request.query_params))))

    router.add_api_route(
        f"/questions/{question.name}/cypher",
        cypher,
        methods=["GET"],
        name=f"{question.name} cypher",
        summary=f"The Cypher of: {question.title}",
        openapi_extra={"parameters": [questions.parameter(param) for param in question.params]},
    )


def _add_claims(router: APIRouter, store: Store, question: Question) -> None:
    described = [*map(questions.parameter, question.params), *_row_parameters(question)]

    def claims(request: Request) -> Response:
        given = {name: value for name, value in request.query_params.items() if name != "format"}
        found = behind.claims(store, question.name, given)
        after = found.offset + len(found.rows)
        following = str(request.url.include_query_params(offset=after)) if found.rows and after < found.total else None
        return answers.respond(request, found.columns, found.rows, total=found.total, next=following)

    def cypher(request: Request) -> Cypher:
        return Cypher(**asdict(shown_behind(store, question.name, dict(request.query_params))))

    router.add_api_route(
        f"/questions/{question.name}/claims",
        claims,
        methods=["GET"],
        name=f"{question.name} claims",
        summary=f"The claims behind one row of: {question.title}",
        response_class=Response,
        responses={200: questions.response(catalogue.find("claims"))},
        openapi_extra={"parameters": [*described, answers.FORMAT_PARAMETER]},
    )
    router.add_api_route(
        f"/questions/{question.name}/claims/cypher",
        cypher,
        methods=["GET"],
        name=f"{question.name} claims cypher",
        summary=f"The Cypher of the claims behind one row of: {question.title}",
        openapi_extra={"parameters": described},
    )


def routes(store: Store) -> APIRouter:
    """Return the routes that open an answer: its Cypher, and the claims behind its rows."""
    router = APIRouter(tags=["behind an answer"])
    for question in catalogue.questions().values():
        _add_cypher(router, store, question)
        if question.behind:
            _add_claims(router, store, question)
    return router
