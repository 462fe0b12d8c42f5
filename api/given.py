"""Query parameters of every route: only those it declares, each once unless it is a list."""

from collections import Counter
from typing import Any, get_args, get_origin

from fastapi import Request

from graph.errors import WrongParameter


def check(request: Request) -> None:
    """Raise WrongParameter for a query parameter that the route does not declare, or that is given twice.

    What it declares is what its function takes and what its description in the API's document adds.
    """
    route = request.scope["route"]
    if not route.include_in_schema:  # the answer to an address that leads nowhere
        return
    described = (route.openapi_extra or {}).get("parameters", [])
    fields = route.dependant.query_params
    declared = {field.alias for field in fields} | {item["name"] for item in described}
    lists = {field.alias for field in fields if _is_list(field.field_info.annotation)}
    lists |= {item["name"] for item in described if item["schema"].get("type") == "array"}
    times = Counter(name for name, _ in request.query_params.multi_items())
    for name in times:
        if name not in declared:
            takes = f"It takes: {', '.join(sorted(declared))}." if declared else "It takes none."
            raise WrongParameter(name, f"{request.url.path} has no parameter `{name}`. {takes}")
        if times[name] > 1 and name not in lists:
            raise WrongParameter(name, f"`{name}` is given {times[name]} times; give it once.")


def arguments(request: Request, *leave_out: str) -> dict[str, str | list[str]]:
    """Return the query parameters without some; one that is given several times as a list."""
    query = request.query_params
    values = {name: query.getlist(name) for name in query if name not in leave_out}
    return {name: value[0] if len(value) == 1 else value for name, value in values.items()}


def _is_list(annotation: Any) -> bool:
    return list in (get_origin(annotation), *map(get_origin, get_args(annotation)))
