"""`/v1/questions`: one route per question file, its parameters typed from the header."""

from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from api import answers
from graph.errors import UnknownQuestion
from graph.frame import Row
from graph.store import Store
from queries import behind, catalogue, columns
from queries.catalogue import Param, Question

_SCHEMA_OF = {
    "integer": {"type": "integer"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
}
_ENTITY_NOTE = " An id, a name, an alias or a Chinese name."
_OF_THE_PAGE = ("format", "links", "limit", "offset", "order_by")  # say nothing about which claims are counted
_LINKS = {
    "name": "links",
    "in": "query",
    "required": False,
    "description": "Add to each row `claims_url`, the address of the claims it counts.",
    "schema": {"type": "boolean", "default": False},
}
CLAIMS_URL = "claims_url"


def parameter(param: Param) -> dict[str, Any]:
    """Return a question's parameter as OpenAPI describes it."""
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


def response(question: Question) -> dict[str, Any]:
    """Return the answer of a question as OpenAPI describes it, in all its forms."""
    kinds = {"integer": "integer", "float": "number", "boolean": "boolean", "strings": "array"}
    described = {
        column.name: {
            "type": [kinds.get(column.type, "string"), "null"],
            "description": column.doc,
            **({"items": {"type": "string"}} if column.type == "strings" else {}),
        }
        for column in question.columns
    }
    return answers.described(question.title, described)


def claims_url(request: Request, question: Question, row: Row) -> str | None:
    """Return the address of the claims behind a row of an answer; None where there are none."""
    if not question.behind or not row.get("claims"):
        return None
    given = [(k, v) for k, v in request.query_params.multi_items() if k not in _OF_THE_PAGE]
    address = request.url_for(f"{question.name} claims")
    return f"{address}?{urlencode([*given, *behind.of_row(question, row).items()])}"


def _add(router: APIRouter, store: Store, question: Question) -> None:
    def answer(request: Request) -> Response:
        given = dict(request.query_params)
        given.pop("format", None)
        links = given.pop("links", "false")
        found = catalogue.ask(store, question.name, given)
        after = found.offset + len(found.rows)
        following = str(request.url.include_query_params(offset=after)) if found.rows and after < found.total else None
        names, rows = found.columns, found.rows
        if answers.flag("links", links):
            names = (*names, CLAIMS_URL)
            rows = [{**row, CLAIMS_URL: claims_url(request, question, row)} for row in rows]
        return answers.respond(request, names, rows, total=found.total, next=following, notes=found.notes)

    router.add_api_route(
        f"/questions/{question.name}",
        answer,
        methods=["GET"],
        name=question.name,
        summary=question.title,
        description=question.doc,
        response_class=Response,
        responses={200: response(question)},
        openapi_extra={"parameters": [*map(parameter, question.params), _LINKS, answers.FORMAT_PARAMETER]},
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
                "behind": list(question.behind),
                "url": str(request.url_for(question.name)),
            }
            for question in catalogue.questions().values()
        ]
        return answers.respond(request, list(rows[0]), rows)

    for question in catalogue.questions().values():
        _add(router, store, question)

    @router.get(
        "/questions/{name}/columns",
        summary="What the columns of a question's answer are",
        response_class=Response,
        openapi_extra={"parameters": [answers.FORMAT_PARAMETER]},
    )
    def columns_of(request: Request, name: str) -> Response:
        return answers.respond(request, columns.COLUMNS, columns.described(catalogue.find(name)))

    @router.get(
        "/questions/{name}/parameters",
        summary="What a question can be told",
        response_class=Response,
        openapi_extra={"parameters": [answers.FORMAT_PARAMETER]},
    )
    def parameters_of(request: Request, name: str) -> Response:
        rows = [
            {
                "name": param.name,
                "type": param.type,
                "required": param.required,
                "default": None if param.default is None else str(param.default),
                "choices": list(param.choices or ()),
                "doc": param.doc,
            }
            for param in catalogue.find(name).params
        ]
        return answers.respond(request, list(rows[0]), rows)

    @router.get("/questions/{name}", include_in_schema=False)
    def unknown(name: str) -> Response:
        raise UnknownQuestion(
            f"No question is called {name!r}. There are: {', '.join(catalogue.questions())}. See /v1/questions."
        )

    return router
