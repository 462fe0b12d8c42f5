"""Questions that are counted from claims in columns, and not by their statement: the same rows, many times faster.

A question's header names what its rows are told apart by, of queries.told_apart.DIMENSIONS; or `open_ends`, for its one
row. What else a row holds, its column's name says: see queries.measures. A statement counts what columns cannot: lists
of one's own that put a city into a city, and what a process cannot hold (queries.held).
"""

import datetime
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from graph.columns import SHEETS, Columns, Numbers, differs
from graph.counts import numbered, open_end, sorting
from graph.frame import Row
from graph.tallies import nested
from queries import held
from queries.chosen import chosen_claims, in_period, open_ends
from queries.compared import compared
from queries.dealings import in_claims, with_deals
from queries.header import returned
from queries.measures import SLOTS
from queries.part import TOTAL, described, entity_keys, part
from queries.propositions import PROPOSITIONS
from queries.slots import all_known
from queries.table import Groups, Table, from_part
from queries.tied import ties
from queries.told_apart import DIMENSIONS, told_apart

if TYPE_CHECKING:
    from graph.store import Store
    from queries.header import Question

OPEN_ENDS = "open_ends"
NEW = "new"  # the month in which a story was first reported, of the others that tell rows apart
NEW_STORY = "new_story"  # only claims of stories that were first reported, of the others, in the asked time
TIE = "tie"
IN_SLOTS = (
    *("incentive", "amount", "channel", "programme", "company", "employer", "recruiter"),
    *("aspect", "compared", "tie", "companies"),
)


def rows(store: "Store", question: "Question", values: Mapping[str, Any]) -> Sequence[Row] | None:
    """Return all rows of a question; None where its statement has to count them."""
    if not question.counted or nested():
        return None
    columns = (
        tuple(column.name for column in question.columns) if question.then == "belief" else returned(question.cypher)
    )
    slots = {*question.counted} & {*IN_SLOTS} or {*columns} & {*SLOTS}
    claims = held.claims(store, values, [*SHEETS] if slots else ["claims"])
    if claims is None or not all_known(claims):
        return None
    if question.counted == (OPEN_ENDS,):
        return [open_ends(claims, values)]
    if question.counted == (TIE,):
        return ties(store, claims, values, question.most)
    found = _grouped(store, claims, question, columns, values)
    return with_deals(store, question, values, [*found]) if "companies" in question.counted else found


def days(
    store: "Store", question: "Question", values: Mapping[str, Any], wanted: Callable[[Row], bool]
) -> tuple[Numbers, Columns] | None:
    """Return on which days the claims of one row were reported, the latest first, and the columns that say so.

    The row is that whose values in the columns `behind` are wanted; None where the statement has to say.
    """
    found = rows(store, question, values)
    return found.days(question.behind, wanted) if isinstance(found, Table) else None


def _grouped(
    store: "Store", claims: Columns, question: "Question", columns: Sequence[str], values: Mapping[str, Any]
) -> Sequence[Row]:
    """Return a row for each combination of keys, in the order of the question's statement."""
    new, peers = NEW in question.counted, "peer" in question.counted
    filters = {**values, "region": None} if peers or "side" in question.counted else values
    chosen = chosen_claims(claims, filters) & in_period(claims, values)
    dated = new or NEW_STORY in question.counted
    places = np.flatnonzero(chosen & ~open_end(claims, "undated") if dated else chosen)
    at, group = np.arange(len(places)), np.zeros(len(places), dtype=np.int64)
    known: list[list[Hashable]] = []
    names = [name for name in question.counted if name in DIMENSIONS]
    own = {**PROPOSITIONS, "compared": compared, "companies": in_claims}.get(question.counted[-1])
    anywhere = values
    if question.counted[-1] in (*PROPOSITIONS, NEW_STORY):  # rows show all that the chosen claims state
        anywhere = {**values, "region": None, "field": None}
    for name in names:
        keys, place, item = told_apart(DIMENSIONS[name].ways(claims, places, anywhere), at)
        at, group = at[place], group[place] * len(keys) + item
        known.append(keys)
    if NEW_STORY in question.counted:
        at, group = _of_new_stories(claims, places, at, group, values)
    if not len(group):
        return []
    group, number = numbered(group)
    items = _items(number, [len(keys) for keys in known])
    if values.get("total") or new:
        at = np.concatenate([at, np.arange(len(places))])
        group = np.concatenate([group, np.full(len(places), len(number))])
        items = [np.append(item, len(keys)) for item, keys in zip(items, known, strict=True)]
        known = [[*keys, TOTAL] for keys in known]
    if new:
        at, group, months = _new_stories(claims, places[at], group, len(items[0]))
        group, number = numbered(group)
        items = [*(item[number // len(months)] for item in items), number % len(months)]
        known.append([*months])
        places = np.arange(len(claims))
    known, items = _occurring(known, items)
    names += [NEW] if new else []
    keys_of = [(name, key) for name, keys in zip(names, known, strict=True) for key in keys]
    wanted = {entity for name, key in keys_of if key != TOTAL for entity in entity_keys(name, key)}
    if "recruiters" in columns:
        wanted |= {tuple(p.split("|", 2)[1:]) for value in claims.values["parts"] for p in value}
    entities = described(store, wanted)
    parts = [[part(name, key, values, entities) for key in keys] for name, keys in zip(names, known, strict=True)]
    groups = Groups.of(claims, places[at], group, len(items[0]), values, known, items, entities)
    if own:
        taken = [(of, item) for of, item in zip(parts, groups.items, strict=True)]
        return own(store, groups, taken, {name: from_part(taken, name) for name in columns})
    largest = ("stories",) if NEW_STORY in question.counted else DIMENSIONS[question.counted[0]].largest
    largest = (values["order_by"],) if "order_by" in values else largest
    several = [column.name for column in question.columns if column.several and column.name in columns]
    return Table.of(groups, parts, columns, largest, several, whole=not (new or peers))


def _occurring(
    known: Sequence[Sequence[Hashable]], items: Sequence[Numbers]
) -> tuple[list[list[Hashable]], list[Numbers]]:
    """Return the keys that groups have, without all others, and for each group the places of its own."""
    fewer = [np.unique(item, return_inverse=True) for item in items]
    return (
        [[keys[place] for place in places.tolist()] for keys, (places, _) in zip(known, fewer, strict=True)],
        [item for _, item in fewer],
    )


def _items(number: Numbers, sizes: Sequence[int]) -> list[Numbers]:
    """Return for groups, numbered as their keys are, the place of each dimension's key."""
    items = []
    for size in reversed(sizes):
        items.append(number % max(size, 1))
        number = number // max(size, 1)
    return items[::-1]


def _of_new_stories(
    claims: Columns, places: Numbers, at: Numbers, group: Numbers, values: Mapping[str, Any]
) -> tuple[Numbers, Numbers]:
    """Return the claims of groups, and these, of stories whose first claim in the group is of the asked time."""
    number = np.unique(group, return_inverse=True)[1]
    order = sorting(number, int(number.max(initial=0)) + 1)
    at, group = at[order], group[order]
    claim = places[at]
    starts = np.flatnonzero(differs(group) | differs(claims.numbers["story"][claim]))
    first = np.minimum.reduceat(claims.numbers["day"][claim], starts) if len(starts) else starts
    since, until = values["new_since"] or datetime.date.min, values["new_until"] or datetime.date.max
    within = (first >= since.toordinal()) & (first <= until.toordinal())
    asked = np.repeat(within, np.diff(np.append(starts, len(at))))
    return at[asked], group[asked]


def _new_stories(claims: Columns, claim: Numbers, group: Numbers, number: int) -> tuple[Numbers, Numbers, list[str]]:
    """Return a claim for each story of a group, groups that tell apart the months of its first report, and these.

    Such a group is the number of the one before, times the number of months, and the month's place.
    """
    order = sorting(group, number)
    claim, group = claim[order], group[order]
    starts = np.flatnonzero(differs(group) | differs(claims.numbers["story"][claim]))
    days, codes = np.unique(np.minimum.reduceat(claims.numbers["day"][claim], starts), return_inverse=True)
    of_day = [datetime.date.fromordinal(day).strftime("%Y-%m") for day in days.tolist()]
    months = sorted(set(of_day))
    month = np.array([months.index(name) for name in of_day], dtype=np.int64)[codes]
    return claim[starts], group[starts].astype(np.int64) * len(months) + month, months
