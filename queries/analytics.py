"""The functions that question files name by `then`: from a statement's rows to the answer, where Cypher cannot.

Each is pure: rows and keyword arguments, which are the question's parameters, to rows; the same for the same.
"""

import functools
import inspect
from collections.abc import Callable, Mapping
from types import MappingProxyType

from graph.frame import Row
from queries.belief import belief
from queries.rates import emerging
from queries.series import filled
from queries.shape import bridges, central, communities, paths
from queries.similarity import similar_regions

FUNCTIONS: Mapping[str, Callable[..., list[Row]]] = MappingProxyType(
    {
        function.__name__: function
        for function in (belief, bridges, central, communities, emerging, filled, paths, similar_regions)
    }
)


@functools.cache
def arguments(name: str) -> frozenset[str]:
    """Return the names of a function's keyword arguments."""
    parameters = inspect.signature(FUNCTIONS[name]).parameters.values()
    return frozenset(p.name for p in parameters if p.kind is p.KEYWORD_ONLY)
