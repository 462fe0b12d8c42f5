"""Errors as `application/problem+json` (RFC 9457): one shape, whatever went wrong."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from graph.errors import (
    AmbiguousEntity,
    InputError,
    QueryError,
    ReadingEnded,
    RunRefused,
    StoreError,
    TalentgraphError,
    UnknownEntity,
    UnknownQuestion,
    WrongParameter,
)

MEDIA_TYPE = "application/problem+json"

_TITLES = {
    400: "The request was refused",
    401: "A key is needed",
    403: "Not allowed here",
    404: "Not found",
    405: "Method not allowed",
    406: "No such format",
    409: "Another run is at work",
    413: "Too large",
    415: "No such type of body",
    416: "No such range",
    422: "The request cannot be used",
    429: "Too many requests",
    500: "Something went wrong in talentgraph",
    503: "No answer can be given now",
}
RETRY_AFTER = {429: 1, 503: 5}  # seconds
_SAID = {"missing": "is missing", "extra_forbidden": "is not known here"}


def body(status: int, detail: str, **members: Any) -> dict[str, Any]:
    """Return what a problem document says; `members` are further keys of it, such as the parameter that was wrong."""
    return {"type": "about:blank", "title": _TITLES.get(status, "Error"), "status": status, "detail": detail, **members}


def problem(status: int, detail: str, **members: Any) -> JSONResponse:
    """Return a problem document as a response."""
    return JSONResponse(body(status, detail, **members), status_code=status, media_type=MEDIA_TYPE)


def status_of(error: TalentgraphError) -> int:
    """Return the HTTP status that fits one of our errors."""
    match error:
        case UnknownQuestion():
            return 404
        case InputError():
            return 422
        case QueryError(reason="busy"):
            return 429
        case QueryError(reason="console_off"):
            return 403
        case QueryError():
            return 400
        case RunRefused():
            return 409
        case StoreError() | ReadingEnded():
            return 503
    return 500


def _ours(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, TalentgraphError)
    members: dict[str, Any] = {}
    if isinstance(error, QueryError):
        members["reason"] = error.reason
        members["position"] = error.position and error.position._asdict()
    if isinstance(error, WrongParameter | UnknownEntity | AmbiguousEntity) and error.parameter:
        members["parameter"] = error.parameter
    if isinstance(error, AmbiguousEntity):
        members["candidates"] = [{"id": key, "name": name} for key, name in error.candidates]
    answer = problem(status_of(error), str(error), **members)
    if wait := RETRY_AFTER.get(answer.status_code):
        answer.headers["Retry-After"] = str(wait)
    return answer


def _where(location: Sequence[int | str]) -> str:
    """Return the name of what is wrong; a location begins with body, query or path."""
    return ".".join(map(str, location[1:]))


def _no_json(reason: str) -> JSONResponse:
    return problem(422, f"The body is not JSON: {reason}.")


def _invalid(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    if first["type"] == "json_invalid":
        return _no_json(f"{first['ctx']['error']} at character {first['loc'][-1]}")
    if first["type"] == "missing" and tuple(first["loc"]) == ("body",):
        return problem(422, "There is no body; send a JSON object.")
    if first["type"] in ("model_attributes_type", "dict_type") and tuple(first["loc"]) == ("body",):
        return problem(422, "The body is no JSON object, or its Content-Type is not application/json.")
    faults = [
        {
            "parameter": _where(fault["loc"]),
            "message": _SAID.get(fault["type"], fault["msg"].removeprefix("Value error, ")),
        }
        for fault in error.errors()
    ]
    said = "; ".join(
        f"`{fault['parameter']}`{'' if fault['message'] in _SAID.values() else ':'} {fault['message']}"
        for fault in faults
    )
    return problem(422, f"{said}.", parameter=faults[0]["parameter"], faults=faults)


def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    if isinstance(error.__cause__, UnicodeDecodeError):
        return _no_json(f"byte {error.__cause__.start} is not UTF-8")
    if isinstance(error.__cause__, RecursionError):
        return _no_json("it is nested too deeply")
    detail = str(error.detail)
    if detail == HTTPStatus(error.status_code).phrase:  # the framework's own: no address, or not by this method
        method, path = request.method, request.url.path[:200]
        detail = f"{method} {path} is not answered; /docs lists what is."
    answer = problem(error.status_code, detail)
    answer.headers.update(error.headers or {})
    return answer


def _unexpected(request: Request, _: Exception) -> JSONResponse:
    return problem(500, f"{request.method} {request.url.path} failed; the server's log has the reason.")


def install(app: FastAPI) -> None:
    """Make every error of `app` a problem document."""
    app.add_exception_handler(TalentgraphError, _ours)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unexpected)
