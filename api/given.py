"""Query parameters of every route: only those it declares, each once."""

from collections import Counter

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
    declared = {field.alias for field in route.dependant.query_params} | {item["name"] for item in described}
    times = Counter(name for name, _ in request.query_params.multi_items())
    for name in times:
        if name not in declared:
            takes = f"It takes: {', '.join(sorted(declared))}." if declared else "It takes none."
            raise WrongParameter(name, f"{request.url.path} has no parameter `{name}`. {takes}")
        if times[name] > 1:
            raise WrongParameter(name, f"`{name}` is given {times[name]} times; give it once.")
