"""Answers as the OpenAPI document describes them: every form, with an example; and what a route of rows declares."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import Response

from api.answers import FORMAT_PARAMETER
from api.examples import NAMED
from api.formats import FORMATS, Column
from api.problems import RETRY_AFTER

_TYPES = {"integer": "integer", "float": "number", "boolean": "boolean"}
_NEXT = "http://127.0.0.1:8321/v1/questions/claims?region=CN&limit=1&cursor=eyJhIjoi"  # an example may hold no null
_OF_TYPE: Mapping[str, Any] = {
    "integer": 3,
    "float": 0.5,
    "boolean": False,
    "date": "2025-03-03",
}

_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What is wrong, where, and what to do."},
        "parameter": {"type": "string", "description": "The parameter that was wrong."},
    },
}
_SAID = {
    400: "The store refused or stopped the query.",
    401: "No key, or one that does not hold.",
    403: "The key, or where the request comes from, does not allow it.",
    404: "There is nothing of that name.",
    406: "No form that can be served is accepted.",
    409: "Another run is at work.",
    413: "The body is too large.",
    415: "The body is of no type that is taken.",
    422: "A parameter or the body cannot be used.",
    429: "Too many requests; Retry-After says how many seconds to wait.",
    503: "The store, or the process that reads texts, cannot answer now; Retry-After says how many seconds to wait.",
}
_RETRY_AFTER = {"Retry-After": {"description": "Seconds to wait before asking again.", "schema": {"type": "integer"}}}
PROBLEMS: Mapping[int | str, dict[str, Any]] = {
    status: {
        "description": said,
        **({"headers": _RETRY_AFTER} if status in RETRY_AFTER else {}),
        "content": {"application/problem+json": {"schema": _PROBLEM}},
    }
    for status, said in _SAID.items()
}


_KEYS: Mapping[str, Any] = {
    "bearer": {"type": "http", "scheme": "bearer", "description": "A key of `talentgraph keys create`."},
    "header": {"type": "apiKey", "in": "header", "name": "X-API-Key", "description": "The same key."},
    "basic": {"type": "http", "scheme": "basic", "description": "The same key as the password; any user name."},
}


def with_keys(document: dict[str, Any]) -> dict[str, Any]:
    """Say how a key is sent, and that this machine needs none; return the document."""
    document.setdefault("components", {})["securitySchemes"] = dict(_KEYS)
    document["security"] = [{}, *({name: []} for name in _KEYS)]
    return document


def table(
    title: str, columns: Sequence[Column], *parameters: Mapping[str, Any], docs: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Return what a route declares that answers with rows of these columns: its summary, answer and parameters."""
    return {
        "summary": title,
        "response_class": Response,
        "responses": {200: answer(title, columns, docs)},
        "openapi_extra": {"parameters": [*parameters, FORMAT_PARAMETER]},
    }


def answer(title: str, columns: Sequence[Column], docs: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return the response with rows of these columns, in all its forms; `docs` describes columns."""
    row = {
        "type": "object",
        "required": [column.name for column in columns],
        "properties": {column.name: _property(column, (docs or {}).get(column.name)) for column in columns},
    }
    rows = {"type": "array", "items": row}
    example = {column.name: _example(column) for column in columns}
    page = {
        "type": "object",
        "required": ["items", "total", "next"],
        "properties": {
            "items": rows,
            "total": {"type": "integer", "description": "Rows of the whole answer."},
            "next": {"type": ["string", "null"], "description": "Address of the next page."},
            "notes": {"type": "array", "items": {"type": "string"}},
        },
    }
    content: dict[str, Any] = {
        "application/json": {
            "schema": {"oneOf": [page, rows]},
            "examples": {
                "page": {"summary": "A page", "value": {"items": [example], "total": 153, "next": _NEXT}},
                "records": {"summary": "With format=records", "value": [example]},
            },
        }
    }
    for name, form in FORMATS.items():
        binary = {} if form.text else {"format": "binary"}
        content[form.media_type.partition(";")[0]] = {"schema": {"type": "string", **binary}}
        if form.text:
            text = b"".join(form.pieces(columns, [example])).decode()
            content[form.media_type.partition(";")[0]]["examples"] = {name: {"value": text}}
    headers = {
        "X-Total-Count": {"description": "Rows of the whole answer.", "schema": {"type": "integer"}},
        "Link": {"description": "The next page, `rel=next`.", "schema": {"type": "string"}},
        "ETag": {"description": "Send it as If-None-Match: 304 where nothing changed.", "schema": {"type": "string"}},
    }
    return {"description": title, "headers": headers, "content": content}


def _property(column: Column, doc: str | None) -> dict[str, Any]:
    found: dict[str, Any] = {"type": [_TYPES.get(column.type, "string"), "null"]}
    return found | ({"description": doc} if doc else {})


def _example(column: Column) -> Any:
    return NAMED.get(column.name, _OF_TYPE.get(column.type, column.name.replace("_", " ")))
