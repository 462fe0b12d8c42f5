"""`/v1/questions`: one route per question file, its parameters typed from the header."""

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Request, Response

from api import answers, described
from api.formats import Column
from api.given import arguments
from api.paging import CURSOR, MOST_ROWS, Page
from graph.frame import Row
from graph.store import Store
from queries import behind, catalogue, columns
from queries.catalogue import Param, Question
from queries.flat import joined

_SCHEMA_OF = {
    "integer": {"type": "integer"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
}
_EXAMPLES = {
    "region": ["CN-ZJ", "Spain", "浙江"],
    "field": ["ai", "semiconductors"],
    "company": ["Huawei"],
    "programme": ["Thousand Talents Plan"],
    "incentive": ["salary"],
    "claimant": ["Huawei", "DE"],
    "entity": ["CN-ZJ", "ai", "Huawei"],
}
_DATE_NOTE = " An ISO day, or milliseconds since 1970."
_LIST_NOTE = " Several values: repeated, or separated by commas."
_ENTITY_NOTE = " An id, a name, an alias or a Chinese name."
_OF_THE_FORM = ("format", "links", "cursor")  # are no parameters of the question
_OF_THE_PAGE = (*_OF_THE_FORM, "limit", "offset", "order_by")  # say nothing about which claims are counted
_LINKS = {
    "name": "links",
    "in": "query",
    "required": False,
    "description": "Add to each row `claims_url`, the address of the claims it counts.",
    "schema": {"type": "boolean", "default": False},
}
Name = Annotated[str, Path(json_schema_extra={"enum": list(catalogue.questions())}, description="The question.")]
CLAIMS_URL = "claims_url"


def _columns(*names: str) -> list[Column]:
    return [Column(name) for name in names]


_OF_CATALOGUE = _columns("name", "topic", "title", "doc", "parameters", "columns", "behind", "url")
_OF_COLUMNS = _columns(*columns.COLUMNS)
_OF_PARAMETERS = [
    *_columns("name", "type"),
    *(Column(name, "boolean") for name in ("required", "many")),
    *_columns("default", "choices", "doc"),
]


def parameter(param: Param) -> dict[str, Any]:
    """Return a question's parameter as OpenAPI describes it."""
    schema: dict[str, Any] = dict(_SCHEMA_OF.get(param.type, {"type": "string"}))
    if param.choices:
        schema["enum"] = list(param.choices)
    if param.default is not None:
        schema["default"] = param.default
    note = "" if param.type in ("string", "integer", "boolean", "date") else _ENTITY_NOTE
    if param.type in _EXAMPLES:
        schema["examples"] = _EXAMPLES[param.type]
    if param.type == "date" or param.sent_as == "instant":
        note = _DATE_NOTE
        schema = {"type": "string", "examples": ["2025-03-01", "1740787200000"]}
    if param.name in ("limit", "offset"):
        schema |= {"minimum": 0, "maximum": MOST_ROWS if param.name == "limit" else 2**31 - 1}
    if param.many:
        note += _LIST_NOTE
        default = schema.pop("default", None)
        schema = {"type": "array", "items": schema, **({} if default is None else {"default": [default]})}
    return {
        "name": param.name,
        "in": "query",
        "required": param.required,
        "description": param.doc + note,
        "schema": schema,
    }


def columns_of(question: Question) -> list[Column]:
    """Return the columns of a question's answer, with their types."""
    return [Column(column.name, column.type) for column in question.columns]


def response(question: Question) -> dict[int | str, dict[str, Any]]:
    """Return the answer of a question as OpenAPI describes it, in all its forms."""
    docs = {column.name: column.doc for column in question.columns}
    return {200: described.answer(question.title, columns_of(question), docs)}


def claims_url(request: Request, question: Question, row: Row) -> str | None:
    """Return the address of the claims behind a row of an answer; None where there are none."""
    if not question.behind or not row.get("claims"):
        return None
    given = [(k, v) for k, v in request.query_params.multi_items() if k not in _OF_THE_PAGE]
    address = request.url_for(f"{question.name} claims")
    return f"{address}?{urlencode([*given, *behind.of_row(question, row).items()])}"


def _add(router: APIRouter, store: Store, question: Question) -> None:
    def answer(request: Request) -> Response:
        page = Page(request, store)
        links = answers.flag("links", request.query_params.get("links", "false"))
        found = catalogue.ask(store, question.name, arguments(request, *_OF_THE_FORM) | page.arguments())
        next = page.next(found.offset + len(found.rows), found.total, len(found.rows))
        names, rows = columns_of(question), found.rows
        if links:
            names.append(Column(CLAIMS_URL))
            rows = [{**row, CLAIMS_URL: claims_url(request, question, row)} for row in rows]
        return answers.respond(request, names, rows, total=found.total, next=next, notes=found.notes)

    router.add_api_route(
        f"/questions/{question.name}",
        answer,
        methods=["GET"],
        name=question.name,
        description=question.doc,
        **described.table(
            question.title,
            columns_of(question),
            *map(parameter, question.params),
            CURSOR,
            _LINKS,
            docs={column.name: column.doc for column in question.columns},
        ),
    )


def routes(store: Store) -> APIRouter:
    """Return the routes of the catalogue and of every question in it."""
    router = APIRouter(tags=["questions"])

    @router.get("/questions", **described.table("The questions that can be asked", _OF_CATALOGUE))
    def questions(request: Request) -> Response:
        rows = [
            {
                "name": question.name,
                "topic": question.topic,
                "title": question.title,
                "doc": question.doc,
                "parameters": joined(param.name for param in question.params),
                "columns": joined(column.name for column in question.columns),
                "behind": joined(question.behind),
                "url": str(request.url_for(question.name)),
            }
            for question in catalogue.questions().values()
        ]
        return answers.respond(request, _OF_CATALOGUE, rows)

    for question in catalogue.questions().values():
        _add(router, store, question)

    @router.get(
        "/questions/{name}/columns",
        **described.table("What the columns of a question's answer are", _OF_COLUMNS),
    )
    def described_columns(request: Request, name: Name) -> Response:
        return answers.respond(request, _OF_COLUMNS, columns.described(catalogue.find(name)))

    @router.get("/questions/{name}/parameters", **described.table("What a question can be told", _OF_PARAMETERS))
    def parameters_of(request: Request, name: Name) -> Response:
        rows = [
            {
                "name": param.name,
                "type": param.type,
                "required": param.required,
                "many": param.many,
                "default": None if param.default is None else str(param.default),
                "choices": joined(param.choices),
                "doc": param.doc,
            }
            for param in catalogue.find(name).params
        ]
        return answers.respond(request, _OF_PARAMETERS, rows)

    @router.get("/questions/{name}", include_in_schema=False)
    def unknown(name: str) -> None:
        catalogue.find(name)  # raises: those that there are have addresses of their own

    return router
