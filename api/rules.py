"""What every address of the API needs: a scope, and what it costs. What no rule names needs `admin`."""

from typing import NamedTuple

PUBLIC = "public"  # the program itself: its page, its documentation, whether it lives
OTHER = "admin"


class Rule(NamedTuple):
    """Requests with one of these methods to this path, or below it where it ends with `*`."""

    methods: str
    path: str
    scope: str
    cost: int = 1


RULES = (
    Rule("GET", "/v1/health", PUBLIC),
    *(Rule("GET", path, PUBLIC) for path in ("/", "/graph", "/console", "/ingest", "/favicon.svg", "/assets/*")),
    *(Rule("GET", path, PUBLIC) for path in ("/docs", "/docs/oauth2-redirect", "/openapi.json")),
    Rule("GET", "/static-offline-docs/*", PUBLIC),
    Rule("GET", "/v1/questions", "read"),
    Rule("GET", "/v1/questions/*", "read", 5),
    Rule("GET", "/v1/dimensions", "read"),
    Rule("GET", "/v1/dimensions/*", "read", 2),
    Rule("GET", "/v1/graph/*", "read", 10),
    Rule("GET", "/v1/entities", "read"),
    Rule("GET", "/v1/entities/*", "read", 2),
    Rule("GET", "/v1/claims/*", "read"),
    Rule("GET", "/v1/documents/*", "read"),
    Rule("GET POST DELETE", "/v1/cypher", "console", 20),
    Rule("GET POST DELETE", "/v1/cypher/*", "console", 2),
    Rule("POST", "/v1/extract", "ingest", 20),
    Rule("POST", "/v1/documents", "ingest", 20),
    Rule("POST", "/v1/documents/file", "ingest", 20),
    Rule("POST", "/v1/documents/preview", "ingest", 20),
    Rule("GET", "/v1/runs", "ingest"),
    Rule("GET", "/v1/runs/*", "ingest"),
    Rule("GET", "/v1/quarantine", "ingest"),
    # Whether a document that could not be read gets another chance or is given up: whoever feeds the graph must not.
    Rule("POST DELETE", "/v1/quarantine/*", "review", 5),
)


def rule(method: str, path: str) -> Rule:
    """Return the rule for a request; HEAD is a GET."""
    method = "GET" if method == "HEAD" else method
    for one in RULES:
        fits = path.startswith(one.path[:-1]) if one.path.endswith("*") else path == one.path
        if fits and method in one.methods.split():
            return one
    return Rule(method, path, OTHER, 5)
