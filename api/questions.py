"""`/v1/questions`: one route per question file, its parameters typed from the header."""

from typing import Any

from fastapi import APIRouter, Request, Response

from api import answers
from graph.errors import UnknownQuestion
from graph.store import Store
from queries import catalogue
from queries.catalogue import Param, Question

_SCHEMA_OF = {
    "integer": {"type": "integer"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
}
_ENTITY_NOTE = " An id, a name, an alias or a Chinese name."


def _parameter(param: Param) -> dict[str, Any]:
    schema: dict[str, Any] = dict(_SCHEMA_OF.get(param.type, {"type": "string"}))
    if param.choices:
        schema["enum"] = list(param.choices)
    if param.default is not None:
        schema["default"] = param.default
    note = "" if param.type in ("string", "integer", "boolean", "date") else _ENTITY_NOTE
    return {
        "name": param.name,
        "in": "query",
        "required": param.required,
        "description": param.doc + note,
        "schema": schema,
    }


def _response(question: Question) -> dict[str, Any]:
    kinds = {"integer": "integer", "float": "number", "boolean": "boolean"}
    columns = {
        column.name: {"type": [kinds.get(column.type, "string"), "null"], "description": column.doc}
        for column in question.columns
    }
    return {
        "description": question.title,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["items", "total", "next"],
                    "properties": {
                        "items": {"type": "array", "items": {"type": "object", "properties": columns}},
                        "total": {"type": "integer", "description": "Rows of the whole answer."},
                        "next": {"type": ["string", "null"], "description": "Address of the next page."},
                        "notes": {"type": "array", "items": {"type": "string"}},
                    },
                }
            },
            "text/csv": {"schema": {"type": "string"}},
            "application/x-ndjson": {"schema": {"type": "string"}},
        },
    }


def _add(router: APIRouter, store: Store, question: Question) -> None:
    def answer(request: Request) -> Response:
        given = {name: value for name, value in request.query_params.items() if name != "format"}
        found = catalogue.ask(store, question.name, given)
        after = found.offset + len(found.rows)
        following = str(request.url.include_query_params(offset=after)) if found.rows and after < found.total else None
        return answers.respond(request, found.columns, found.rows, total=found.total, next=following, notes=found.notes)

    router.add_api_route(
        f"/questions/{question.name}",
        answer,
        methods=["GET"],
        name=question.name,
        summary=question.title,
        description=question.doc,
        response_class=Response,
        responses={200: _response(question)},
        openapi_extra={"parameters": [*map(_parameter, question.params), answers.FORMAT_PARAMETER]},
    )


def routes(store: Store) -> APIRouter:
    """Return the routes of the catalogue and of every question in it."""
    router = APIRouter(tags=["questions"])

    @router.get(
        "/questions",
        summary="The questions that can be asked",
        response_class=Response,
        openapi_extra={"parameters": [answers.FORMAT_PARAMETER]},
    )
    def questions(request: Request) -> Response:
        rows = [
            {
                "name": question.name,
                "topic": question.topic,
                "title": question.title,
                "doc": question.doc,
                "parameters": [param.name for param in question.params],
                "columns": [column.name for column in question.columns],
                "url": str(request.url_for(question.name)),
            }
            for question in catalogue.questions().values()
        ]
        return answers.respond(request, list(rows[0]), rows)

    for question in catalogue.questions().values():
        _add(router, store, question)

    @router.get("/questions/{name}", include_in_schema=False)
    def unknown(name: str) -> Response:
        raise UnknownQuestion(
            f"No question is called {name!r}. There are: {', '.join(catalogue.questions())}. See /v1/questions."
        )

    return router
