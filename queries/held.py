"""Claims in columns, held in memory: what the store keeps of each month (graph.claim_months), read when it is needed.

A month is read again when its version is another. Some 60 bytes a claim and sheet are held; where a question needs more
claims than MOST_CLAIMS, it is counted by its statement. What a write replaced, or erased, goes with the next question.
"""

import threading
from collections import OrderedDict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from graph import claim_months
from graph.claim_months import Version
from graph.columns import Columns, joined
from graph.frame import Row
from graph.schema import UNDATED

if TYPE_CHECKING:
    from graph.store import Store

MOST_CLAIMS = 5_000_000
ATTEMPTS = 3


@dataclass(slots=True)
class _Held:
    """The sheets of a store by version, the longest unused first, and what was joined of them last.

    `months` are those of a revision: they change with it alone.
    """

    revision: int = -1
    months: list[Row] = field(default_factory=list)
    sheets: OrderedDict[Version, Columns] = field(default_factory=OrderedDict)
    asked: frozenset[Version] = frozenset()
    joined: Columns | None = None


_HELD: "WeakKeyDictionary[Store, _Held]" = WeakKeyDictionary()
_LOCK = threading.Lock()


def claims(store: "Store", values: Mapping[str, Any], sheets: Collection[str]) -> Columns | None:
    """Return these sheets of the claims that may be within the period of a question's values, and of all undated ones.

    There may be more. None where these columns cannot be had: what is kept is to be counted anew, changes all the
    time, is too much.
    """
    for _ in range(ATTEMPTS):
        state = store.state()
        if state.pending:
            return None
        wanted = [row for row in _months(store, state.revision) if row["sheet"] in sheets]
        wanted = [row for row in wanted if _within(row["month"], values)]
        if not wanted or sum(row["claims"] for row in wanted) > MOST_CLAIMS * len(sheets):
            return None
        found = _found(store, wanted)
        if found is not None:
            return found
    return None


def _months(store: "Store", revision: int) -> list[Row]:
    """Return the sheets that there are under a revision; what is held of others is let go."""
    with _LOCK:
        held = _HELD.setdefault(store, _Held())
        if held.revision == revision:
            return held.months
    months = store.read(claim_months.MONTHS)
    versions = {(row["id"], row["version"]) for row in months}
    with _LOCK:
        held.revision, held.months = revision, months
        for version in held.sheets.keys() - versions:
            del held.sheets[version]
        if not held.asked <= versions:
            held.asked, held.joined = frozenset(), None
    return months


def _within(month: str, values: Mapping[str, Any]) -> bool:
    since, until = values.get("since"), values.get("until")
    after = since is None or month >= since.strftime("%Y-%m")
    return month == UNDATED or (after and (until is None or month <= until.strftime("%Y-%m")))


def _found(store: "Store", wanted: list[Row]) -> Columns | None:
    """Return the claims of sheets in one; None where a month was written anew meanwhile."""
    asked = [(row["id"], row["version"]) for row in wanted]
    with _LOCK:
        held = _HELD.setdefault(store, _Held())
        if held.joined is not None and held.asked.issuperset(asked):
            return held.joined
        parts = {version: held.sheets[version] for version in asked if version in held.sheets}
    parts |= claim_months.read(store.read, [row for row in wanted if (row["id"], row["version"]) not in parts])
    if len(parts) < len(asked):
        return None
    months: dict[str, Columns] = {}
    for row in wanted:
        sheet = parts[row["id"], row["version"]]
        months[row["month"]] = months[row["month"]].beside(sheet) if row["month"] in months else sheet
    whole = joined([*months.values()])
    with _LOCK:
        if not {(row["id"], row["version"]) for row in held.months}.issuperset(asked):
            return whole  # a write came between: others are not to find it here
        held.asked, held.joined = frozenset(asked), whole
        for version in asked:
            held.sheets[version] = parts[version]
            held.sheets.move_to_end(version)
        while sum(len(next(iter(s.numbers.values()))) for s in held.sheets.values()) > 2 * MOST_CLAIMS:
            held.sheets.popitem(last=False)
    return whole
