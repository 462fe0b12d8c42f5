"""Ties of companies: those in claims from columns, and the dealings that documents state from the store."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from graph.frame import Row
from queries.propositions import Made, Taken
from queries.statement import decided
from queries.table import Groups

if TYPE_CHECKING:
    from graph.store import Store
    from queries.header import Question

_IN_CLAIMS = re.compile(r"(CALL \(a\) \{\n).*?\nUNION\n", re.S)
COUNTS = ("claims", "approaches", "documents", "stories", "claimants")


def in_claims(store: "Store", groups: Groups, taken: Taken, keys: Made) -> list[Row]:
    """Return a row for every two companies, and their parts, that play these in the same claims."""
    ((parts, of),) = taken
    rows = []
    for number in range(len(groups)):
        row = {**parts[of[number]].row, **{name: groups.counts.by_name[name][number] for name in COUNTS}}
        rows.append({name: row[name] for name in keys})
    return rows


def with_deals(store: "Store", question: "Question", values: Mapping[str, Any], rows: list[Row]) -> list[Row]:
    """Return the rows of claims, and those of dealings, in the order of the question's statement."""
    cypher = decided(_IN_CLAIMS.sub(r"\1", question.cypher, count=1), values)
    used = {name: value for name, value in values.items() if f"${name}" in cypher}
    deals = store.read(f"// question {question.name}: dealings\n{cypher}", used)
    names = ("company", "other", "role", "other_role", "company_id", "other_id")
    rows.sort(key=lambda row: (-row[values["order_by"]], -row["documents"], *(row[name] for name in names)))
    return [*rows, *deals]
