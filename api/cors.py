"""Pages of other servers that may ask from a browser; one that may not is told so as every other error is."""

from fastapi.middleware.cors import CORSMiddleware
from starlette.datastructures import Headers
from starlette.responses import Response

from api.problems import problem


def refused(origin: str, fault: str = "origin") -> str:
    """Return what a page of another server is told that may not ask, for its origin or for what it asks."""
    hint = " TALENTGRAPH_CORS_ORIGINS names the pages that may." if "origin" in fault else ""
    return f"A page of {origin[:100]} may not ask this: {fault} not allowed.{hint}"


class Cors(CORSMiddleware):
    """The framework's middleware, whose refusal of a preflight is a problem document."""

    def preflight_response(self, request_headers: Headers) -> Response:
        """Return what a browser is told that asks whether a page may ask."""
        answer = super().preflight_response(request_headers)
        if answer.status_code < 400:
            return answer
        said = bytes(answer.body).decode().removeprefix("Disallowed CORS ")
        refusal = problem(answer.status_code, refused(request_headers["origin"], said))
        for name, value in answer.headers.items():
            if name not in ("content-type", "content-length"):
                refusal.headers[name] = value
        return refusal
