"""A page of claims, or of stories, one by one and newest first: columns say on which days they were reported.

Of these days alone claims are read.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from graph.columns import SHEETS, UNDATED, Columns, Numbers, differs, story_numbers
from graph.counts import open_end
from graph.frame import Row
from graph.tallies import nested
from queries import by_day, held
from queries.chosen import chosen_claims, having, in_period, places_of
from queries.slots import all_known, counted, stated
from queries.statement import CLAIM, decided
from queries.told_apart import RECRUITS

if TYPE_CHECKING:
    from graph.store import Store
    from queries.header import Question

Mask = NDArray[np.bool_]
TOLD = "MATCH (:Story {id: told})<-[:TELLS]-(:Document)<-[:STATED_IN]-(c:Claim)\nWHERE c.story_id = told\nWITH c\n"
FEW = 20_000  # claims that are read soon enough, though the answer has fewer
IN_SLOTS = ("company", "recruiter", "programme", "incentive", "channel", "entity", "other")


def claims(store: "Store", question: "Question", values: Mapping[str, Any]) -> tuple[list[Row], int] | None:
    """Return the rows of a page of `claims`, and how many there are; None where the statement has to say."""
    if nested() or values["claimant"] is not None:  # of a chain of voices, columns have one
        return None
    slots = any(values[name] is not None for name in IN_SLOTS)
    columns = held.claims(store, values, [*SHEETS] if slots else ["claims"])
    if columns is None or not all_known(columns):
        return None
    chosen = chosen_claims(columns, values) & in_period(columns, values) & _narrowed(columns, values)
    reported: Numbers = np.sort(columns.numbers["day"][chosen].astype(np.int64))[::-1]
    asked, newer = by_day.of_page(reported, values["offset"], values["limit"])
    if not len(asked):
        return [], len(reported)
    turned = not decided(question.cypher, values).startswith(f"MATCH {CLAIM}")  # it begins at a place, say
    if turned and by_day.claims_on(columns, asked) > len(reported):
        return None
    cypher, of_days = by_day.on_days(question.cypher, asked)
    cypher = decided(cypher, values)
    given = {**values, **of_days, "offset": values["offset"] - newer}
    used = {name: value for name, value in given.items() if f"${name}" in cypher}
    return store.read(f"// question {question.name}\n{cypher}", used), len(reported)


def stories(store: "Store", question: "Question", values: Mapping[str, Any]) -> tuple[list[Row], int] | None:
    """Return the rows of a page of `stories`, the latest first, and how many there are, as `claims` does."""
    columns = None if nested() else held.claims(store, values, ["claims"])
    if columns is None or not all_known(columns):
        return None
    chosen = np.flatnonzero(chosen_claims(columns, values) & in_period(columns, values))  # they stand by story
    starts = np.flatnonzero(differs(columns.numbers["story"][chosen])) if len(chosen) else chosen
    day = columns.numbers["day"][chosen].astype(np.int64)
    last: Numbers = np.sort(np.maximum.reduceat(day, starts) if len(starts) else day)[::-1]
    asked, newer = by_day.of_page(last, values["offset"], values["limit"])
    if UNDATED in asked or by_day.claims_on(columns, asked) > max(len(chosen), FEW):
        return None
    if not len(asked):
        return [], len(last)
    cypher, of_days = told_on(question, asked)
    cypher = decided(cypher, values)
    used = {name: value for name, value in {**values, **of_days}.items() if f"${name}" in cypher}
    rows = store.read(f"// question {question.name}\n{cypher}", used)
    days = {day.isoformat() for day in of_days["days"]}
    begin = values["offset"] - newer
    return [row for row in rows if row["last_reported"] in days][begin : begin + values["limit"]], len(last)


def told_on(question: "Question", asked: Numbers) -> tuple[str, dict[str, Any]]:
    """Return a statement for all claims of the stories that are told on these days, and its parameter `days`."""
    told, of_days = by_day.on_days(f"MATCH {CLAIM}\nWITH DISTINCT c.story_id AS told\n", asked)
    return told + TOLD + question.cypher.replace(CLAIM, "(c)", 1), of_days


def _narrowed(claims: Columns, values: Mapping[str, Any]) -> Mask:
    """Return which claims the filters let through that other questions do not have."""
    found = having(claims, "known_at", lambda known: known > values["known_after"])
    for name, (column, ids_of) in _FILTERS.items():
        if values[name] is not None:
            found &= _having_one(claims, column, ids_of, values[name])
    if values["story"] is not None:
        found &= np.isin(claims.numbers["story"], story_numbers(claims, values["story"]))
    for name in ("entity", "other"):
        if values[name] is not None:
            found &= _filled(claims, values[name], values)
    if values["without"] is not None:
        found &= _open(claims, values["without"], values)
    return found


def _having_one(claims: Columns, column: str, ids_of: Callable[[Any], Collection[str]], asked: Sequence[str]) -> Mask:
    """Return the claims with one of the asked ids among those of a column."""
    ids = {*asked}
    return having(claims, column, lambda value: not ids.isdisjoint(ids_of(value)))


_FILTERS: Mapping[str, tuple[str, Callable[[Any], Collection[str]]]] = {
    "recruiter": ("parts", lambda parts: [_id(part) for part in parts if part.partition("|")[0] in RECRUITS]),
    "programme": ("programmes", lambda programmes: programmes),
    "incentive": ("offers", lambda offers: [offer[0] for offer in offers]),
    "channel": ("channels", lambda channels: [id for id, _ in channels]),
}


def _id(part: str) -> str:
    return part.split("|", 2)[2]


def _filled(claims: Columns, asked: Sequence[str], values: Mapping[str, Any]) -> Mask:
    """Return the claims in which one of these fills a slot."""
    slots: Mapping[str, Callable[[Any], Collection[str]]] = {
        "destinations": lambda places: places_of(places, values),
        "origins": lambda places: places_of(places, values),
        "fields": lambda fields: fields,
        "parts": lambda parts: [*map(_id, parts)],
        "offers": _FILTERS["incentive"][1],
        "channels": lambda channels: [id for id, excluded in channels if not excluded],
        "programmes": lambda programmes: programmes,
    }
    found: Mask = np.zeros(len(claims), dtype=np.bool_)
    for column, ids_of in slots.items():
        found |= _having_one(claims, column, ids_of, asked)
    return found


def _open(claims: Columns, slot: str, values: Mapping[str, Any]) -> Mask:
    """Return the claims that leave a slot open."""
    column = {"region": "destinations", "origin": "origins", "field": "fields"}.get(slot)
    if column is None:
        return open_end(claims, "undated" if slot == "date" else f"no_{slot}")
    lists = stated(claims, column)
    stating = lists.any(counted(lists, values["implied"]))
    open: Mask = ~stating[claims.numbers[column]]
    return open
