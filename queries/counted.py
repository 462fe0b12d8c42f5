"""Questions that are counted from claims in columns, and not by their statement: the same rows, many times faster.

A question's header names what its rows are told apart by, of queries.told_apart.DIMENSIONS; or `open_ends`, for its one
row. A statement counts what columns cannot: the graph as known on an earlier day, lists of one's own that put a city
into a city, and what a process cannot hold (queries.held).
"""

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from graph import reference
from graph.columns import Columns
from graph.counts import count_groups, expanded, numbered
from graph.frame import Row
from graph.tallies import nested
from queries import held
from queries.chosen import chosen_claims, in_period, open_ends
from queries.parameters import ALWAYS
from queries.told_apart import DIMENSIONS, TOTAL, Part, combined, part

if TYPE_CHECKING:
    from graph.store import Store
    from queries.header import Question

OPEN_ENDS = "open_ends"


def rows(store: "Store", question: "Question", values: Mapping[str, Any]) -> list[Row] | None:
    """Return all rows of a question; None where its statement has to count them."""
    if not question.counted or values["known_at"] != ALWAYS or nested():
        return None
    claims = held.claims(store, values)
    if claims is None or not _known(claims):
        return None
    if question.counted == (OPEN_ENDS,):
        return [open_ends(claims, values)]
    return _grouped(claims, question, values)


def _known(claims: Columns) -> bool:
    """Whether the reference data of this process have every place and field that is stated."""
    places = {id for end in ("destinations", "origins") for value in claims.values[end] for id, _ in value}
    fields = {id for value in claims.values["fields"] for id in value}
    return places <= reference.by_id("Region").keys() and fields <= reference.by_id("Field").keys()


def _grouped(claims: Columns, question: "Question", values: Mapping[str, Any]) -> list[Row]:
    """Return a row for each combination of keys, in the order of the question's statement."""
    places = claims.in_order(np.flatnonzero(chosen_claims(claims, values) & in_period(claims, values)))
    at, group = np.arange(len(places)), np.zeros(len(places), dtype=np.int64)
    known: list[list[str]] = []
    for name in question.counted:
        codes, keys = DIMENSIONS[name].keys(claims, places, values)
        numbers: dict[str, int] = {}
        lists = [[numbers.setdefault(key, len(numbers)) for key in found] for found in keys]
        place, item = expanded(codes[at], lists)
        at, group = at[place], group[place] * len(numbers) + item
        known.append(list(numbers))
    group, number = numbered(group)
    rows = [Part.of(parts) for parts in combined(number.tolist(), question.counted, known, values)]
    if values.get("total") and len(places):
        at = np.concatenate([at, np.arange(len(places))])
        group = np.concatenate([group, np.full(len(places), len(rows))])
        rows.append(Part.of([part(name, TOTAL, values) for name in question.counted]))
    if not rows:
        return []
    counts = count_groups(claims, places[at], group, len(rows))
    for made, found in zip(rows, zip(*counts.by_name.values(), strict=True), strict=True):
        made.row.update(zip(counts.by_name, found, strict=True))
    for made, first, last in zip(rows, counts.first, counts.last, strict=True):
        made.row.update(stated_above=made.above, first_reported=_day(first), last_reported=_day(last))
    first_count = values.get("order_by")
    rows.sort(key=lambda p: (*p.before, -p.row[first_count] if first_count else 0, p.names))
    columns = [column.name for column in question.columns]
    return [{name: made.row[name] for name in columns} for made in rows]


def _day(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None
