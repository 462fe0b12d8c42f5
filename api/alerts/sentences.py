"""A row of an answer → the claims behind it, and the command and address that open their sentences."""

import shlex
import urllib.parse
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from api.alerts.alert import Alert
from api.alerts.changes import of_claims
from graph.errors import AmbiguousEntity, UnknownEntity
from graph.frame import Row
from graph.schema import UNSTATED
from queries import catalogue

if TYPE_CHECKING:
    from graph.store import Store

MOST_IDS = 5  # of claims that a row names; the command opens all
_FILTERS = {  # column of an answer → parameter of the question `claims`
    "region_id": "region",
    "destination_id": "region",
    "origin_id": "origin",
    "field_id": "field",
    "company_id": "company",
    "employer_id": "company",
    "recruiter_id": "recruiter",
    "programme_id": "programme",
    "incentive_id": "incentive",
    "channel_id": "channel",
    "story_id": "story",
}
_NOBODY = (UNSTATED, "undated", "any", "total")  # ids that stand for no entity


@dataclass(frozen=True, slots=True)
class Sentences:
    """Ids of claims, the latest first and at most MOST_IDS of `total`; and how all are opened."""

    claim_ids: tuple[str, ...]
    total: int
    command: str
    path: str


def command(question: str, arguments: Mapping[str, Any]) -> str:
    """Return a question as it is typed on a command line."""
    words = ["talentgraph", "ask", question]
    for name, value in arguments.items():
        flag, text = f"--{name.replace('_', '-')}", _text(value)
        if text in ("true", "false"):
            words.append(flag if text == "true" else f"--no-{flag.removeprefix('--')}")
        else:
            words += [flag, shlex.quote(text)]
    return " ".join(words)


def path(question: str, arguments: Mapping[str, Any]) -> str:
    """Return a question as the path of a request to `talentgraph serve`."""
    query = urllib.parse.urlencode({name: _text(value) for name, value in arguments.items()})
    return f"/v1/questions/{question}{f'?{query}' if query else ''}"


def sentences(store: "Store", alert: Alert, row: Row, *, at: str, gone: bool = False) -> Sentences:
    """Return the claims of a row that became known after the alert was last told; all of it where there are none.

    `gone` looks at the row as it was known then. A row about one claim opens that.
    """
    if of_claims(alert.question):
        known: dict[str, Any] = {"known_at": alert.seen} if gone else {}
        return _opening("evidence", {"claim": row["claim_id"], **known}, (row["claim_id"],), 1)
    filters = _filters(alert, row)
    if not gone:
        arguments = {**filters, "known_after": alert.seen}
        ids, total = _claims(store, arguments, at)
        if total:
            return _opening("claims", arguments, ids, total)
    arguments = {**filters, "known_at": alert.seen}
    ids, total = _claims(store, filters, alert.seen)
    return _opening("claims", arguments, ids, total)


def _opening(question: str, arguments: Mapping[str, Any], ids: tuple[str, ...], total: int) -> Sentences:
    return Sentences(ids, total, command(question, arguments), path(question, arguments))


def _filters(alert: Alert, row: Row) -> dict[str, Any]:
    """Return parameters of `claims`: those of the alert that mean the same there, and those that the row's ids fill."""
    params = {param.name: param for param in catalogue.find("claims").params}
    known = {name: param.default for name, param in params.items()}
    asked = {param.name: param.default for param in alert.question.params if param.name in ("modality", "implied")}
    given = {("region" if name == "destination" else name): value for name, value in alert.parameters.items()}
    filters = {name: value for name, value in {**asked, **given}.items() if name in known and name != "names"}
    for column, name in _FILTERS.items():
        if row.get(column) and row[column] not in _NOBODY:
            filters[name] = row[column]
        elif row.get(column) == UNSTATED and name in (params["without"].choices or ()):
            filters.setdefault("without", name)  # one can be asked for
    if row.get("stands") == "denied":  # the other side of a contradiction
        against = next(param.default for param in alert.question.params if param.name == "against")
        filters["modality"] = given.get("against", against)
    return {name: value for name, value in filters.items() if value != known[name]}


def _claims(store: "Store", arguments: Mapping[str, Any], known_at: str) -> tuple[tuple[str, ...], int]:
    try:
        found = catalogue.ask(store, "claims", {**arguments, "limit": MOST_IDS}, known_at=known_at)
    except (UnknownEntity, AmbiguousEntity):  # it went with the last document that mentioned it
        return (), 0
    return tuple(row["claim_id"] for row in found.rows), found.total


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
