"""`/v1/questions/NAME/claims` and `/cypher`: the claims behind a row, and the Cypher behind an answer or a row."""

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter, Request, Response

from api import answers, questions
from api.given import arguments
from api.paging import CURSOR, Page
from graph.store import Store
from queries import behind, catalogue
from queries.catalogue import Question
from queries.shown import Shown, shown, shown_behind

# A statement as it can be pasted into a console, with the values of its parameters.
_CYPHER: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The statement.",
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["question", "cypher", "parameters", "then"],
                    "properties": {
                        "question": {"type": "string", "description": "The question it belongs to."},
                        "cypher": {
                            "type": "string",
                            "description": "The statement; it turns days given as text into dates.",
                            "examples": ["MATCH (c:Claim) WHERE c.modality IN $modality RETURN c.id AS claim_id"],
                        },
                        "parameters": {
                            "type": "object",
                            "description": "Values of its $parameters.",
                            "examples": [{"modality": ["asserted"]}],
                        },
                        "then": {
                            "type": ["string", "null"],
                            "description": "Function of queries.analytics that makes the answer from its rows, if any.",
                        },
                    },
                },
            }
        },
    },
}


def _told(found: Shown) -> Response:
    return Response(answers.encoded(asdict(found)), media_type="application/json")


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
    def cypher(request: Request) -> Response:
        return _told(shown(store, question.name, arguments(request)))

    router.add_api_route(
        f"/questions/{question.name}/cypher",
        cypher,
        methods=["GET"],
        name=f"{question.name} cypher",
        summary=f"The Cypher of: {question.title}",
        response_class=Response,
        responses=_CYPHER,
        openapi_extra={"parameters": [questions.parameter(param) for param in question.params]},
    )


def _add_claims(router: APIRouter, store: Store, question: Question) -> None:
    listed = questions.columns_of(catalogue.find("claims"))
    described = [*map(questions.parameter, question.params), *_row_parameters(question)]

    def claims(request: Request) -> Response:
        page = Page(request, store)
        found = behind.claims(store, question.name, arguments(request, "format", "cursor") | page.arguments())
        next = page.next(found.offset + len(found.rows), found.total, len(found.rows))
        return answers.respond(request, listed, found.rows, total=found.total, next=next)

    def cypher(request: Request) -> Response:
        return _told(shown_behind(store, question.name, arguments(request)))

    router.add_api_route(
        f"/questions/{question.name}/claims",
        claims,
        methods=["GET"],
        name=f"{question.name} claims",
        summary=f"The claims behind one row of: {question.title}",
        response_class=Response,
        responses=questions.response(catalogue.find("claims")),
        openapi_extra={"parameters": [*described, CURSOR, answers.FORMAT_PARAMETER]},
    )
    router.add_api_route(
        f"/questions/{question.name}/claims/cypher",
        cypher,
        methods=["GET"],
        name=f"{question.name} claims cypher",
        summary=f"The Cypher of the claims behind one row of: {question.title}",
        response_class=Response,
        responses=_CYPHER,
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
