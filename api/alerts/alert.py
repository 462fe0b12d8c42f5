"""What is kept of an alert, and keeping it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from api.alerts.condition import Condition, condition, parse
from api.alerts.destination import Destination, destination
from graph import ids, runs
from graph.errors import UnknownEntity, WrongParameter
from graph.frame import Row
from queries import catalogue
from queries.catalogue import Answer, Question

if TYPE_CHECKING:
    from graph.store import Store

LABEL = "Alert"
MOST_ROWS = 10_000  # of an answer; it is read whole, twice
PAGES = ("limit", "offset", "known_at")  # parameters that choose a part of an answer, or a day


@dataclass(frozen=True, slots=True)
class Alert:
    """The name of a question, its parameters as given, what counts as news, and where that goes.

    `record` holds the rest of what is kept, see graph.bookkeeping.
    """

    name: str
    parameters: Mapping[str, str]
    when: Condition
    to: Destination
    record: Mapping[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Return the id: the same question, told the same way to the same place, is the same alert."""
        parts = (self.name, _parameters(self.parameters), str(self.when), str(self.to))
        return f"alert-{ids.digest(*parts)[:12]}"

    @property
    def question(self) -> Question:
        """Return the question; UnknownQuestion where this version has it no more."""
        return catalogue.find(self.name)

    @property
    def seen(self) -> str:
        """Return the instant up to which the graph was told."""
        return str(self.record["seen"])

    def answer(self, store: "Store", known_at: str) -> Answer:
        """Return the whole answer as known at an instant.

        Raises WrongParameter where it has more rows than an alert can work on, and what `catalogue.ask` raises.
        """
        found = catalogue.ask(store, self.name, {**self.parameters, "limit": MOST_ROWS}, known_at=known_at)
        if found.total > MOST_ROWS:
            raise WrongParameter(
                "param",
                f"The answer has {found.total:,} rows; an alert works on at most {MOST_ROWS:,}. Narrow it with --param,"
                " such as a region, a field or a day.",
            )
        return found


def alert(question: str, given: Sequence[str], when: str, to: str) -> Alert:
    """Return an alert from what is typed; `given` are NAME=VALUE.

    Raises UnknownQuestion, WrongParameter.
    """
    asked = catalogue.find(question)
    parameters = {}
    for item in given:
        name, equals, value = item.partition("=")
        name = name.strip().removeprefix("--").replace("-", "_")
        if not equals:
            raise WrongParameter("param", f"--param {item[:80]!r} is not NAME=VALUE, such as region=Zhejiang.")
        if name in PAGES:
            raise WrongParameter(
                "param", f"--param {name}: an alert compares the whole answer of now with that before."
            )
        parameters[name] = value
    return Alert(asked.name, parameters, condition(when, asked), destination(to))


def add(store: "Store", alert: Alert) -> bool:
    """Keep an alert, told up to now; False where it is there already."""
    if any(record["id"] == alert.id for record in store.kept(LABEL)):
        return False
    record = {
        "id": alert.id,
        "question": alert.name,
        "parameters": _parameters(alert.parameters),
        "condition": str(alert.when),
        "to": str(alert.to),
        "seen": runs.now(),
    }
    store.keep(LABEL, [record])
    return True


def listed(store: "Store") -> list[Alert]:
    """Return all alerts, in order of id."""
    return [_alert(record) for record in store.kept(LABEL)]


def chosen(store: "Store", wanted: Sequence[str]) -> list[Alert]:
    """Return the alerts with these ids; the beginning of one will do. UnknownEntity where it is none, or several."""
    held = {alert.id: alert for alert in listed(store)}
    found = []
    for id in wanted:
        fitting = [name for name in held if name == id] or [name for name in held if name.startswith(id)]
        if len(fitting) != 1:
            raise UnknownEntity(
                f"{'No' if not fitting else 'More than one'} alert is {id!r}. See `talentgraph alert list`."
            )
        found.append(held[fitting[0]])
    return found


def note(store: "Store", alert: Alert, **properties: Any) -> None:
    """Keep properties of an alert's record; one that was removed meanwhile stays removed."""
    if any(record["id"] == alert.id for record in store.kept(LABEL)):
        store.keep(LABEL, [{"id": alert.id, **properties}])


def _parameters(parameters: Mapping[str, str]) -> str:
    return json.dumps(dict(sorted(parameters.items())), ensure_ascii=False)


def _alert(record: Row) -> Alert:
    parameters, when = json.loads(record["parameters"]), parse(record["condition"])
    return Alert(record["question"], parameters, when, destination(record["to"]), record)
