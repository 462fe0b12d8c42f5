"""`/v1/dimensions`: the lists that answers are cut by, flat, with ids and labels in English and Chinese."""

from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Query, Request, Response

from api import answers, described
from api.formats import Column
from graph.store import Store
from queries import dimensions

_LISTS = [Column(name) for name in ("name", "doc", "url")]
_COLUMNS = [Column(name, "boolean" if name == "used" else "string") for name in dimensions.COLUMNS]


def routes(store: Store) -> APIRouter:
    """Return the routes of the dimensions and of each of them."""
    router = APIRouter(tags=["dimensions"])

    @router.get("/dimensions", **described.table("The lists that answers are cut by", _LISTS))
    def listed(request: Request) -> Response:
        rows = [
            {"name": name, "doc": dimension.doc, "url": str(request.url_for("dimension", name=name))}
            for name, dimension in dimensions.DIMENSIONS.items()
        ]
        return answers.respond(request, _LISTS, rows)

    @router.get(
        "/dimensions/{name}",
        name="dimension",
        **described.table("One list: ids, labels in English and Chinese, parents", _COLUMNS),
    )
    def dimension(
        request: Request,
        name: Annotated[str, Path(json_schema_extra={"enum": list(dimensions.DIMENSIONS)}, description="The list.")],
        used: Annotated[bool, Query(description="Only what a claim stands behind.")] = False,
        limit: Annotated[int, Query(ge=1, le=10_000, description="Most rows to return.")] = 5000,
        offset: Annotated[int, Query(ge=0, lt=2**31, description="Rows to skip.")] = 0,
    ) -> Response:
        if name not in dimensions.DIMENSIONS:
            raise HTTPException(404, f"No list is called {name!r}. There are: {', '.join(dimensions.DIMENSIONS)}.")
        rows = dimensions.rows(store, name, used=used)
        page, after = rows[offset : offset + limit], offset + limit
        following = str(request.url.include_query_params(offset=after)) if after < len(rows) else None
        return answers.respond(request, _COLUMNS, page, total=len(rows), next=following)

    return router
