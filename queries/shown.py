"""The Cypher that answers a question, with its parameters, as it can be pasted into any console."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from queries import behind, catalogue
from queries.parameters import bind

if TYPE_CHECKING:
    from graph.store import Store


@dataclass(frozen=True, slots=True)
class Shown:
    """A statement and the values of its parameters, which JSON can hold; `then` names the function that follows it."""

    question: str
    cypher: str
    parameters: dict[str, Any]
    then: str | None = None


def shown(store: "Store", name: str, arguments: Mapping[str, Any]) -> Shown:
    """Return what is sent to the store for these arguments, days as text that the statement turns into dates.

    Raises what `catalogue.ask` raises of unusable arguments.
    """
    question = catalogue.find(name)
    values = bind(store, question, arguments)
    return _shown(name, question.cypher, values, question.then)


def shown_behind(store: "Store", name: str, arguments: Mapping[str, Any]) -> Shown:
    """Return what finds the claims behind one row; see queries.behind. Each is listed as its day and its id."""
    question = catalogue.find(name)
    row = {key: arguments.get(key) for key in behind.row_parameters(question)}
    values = bind(store, question, {key: value for key, value in arguments.items() if key not in row})
    return _shown(name, behind.statement(question), values | row, None)


def _shown(name: str, cypher: str, values: Mapping[str, Any], then: str | None) -> Shown:
    used = {key: value for key, value in values.items() if re.search(rf"\${key}\b", cypher)}
    for key, value in used.items():
        if isinstance(value, datetime.date):
            cypher = re.sub(rf"\${key}\b", f"date(${key})", cypher)
            used[key] = value.isoformat()
    return Shown(name, cypher, used, then)
