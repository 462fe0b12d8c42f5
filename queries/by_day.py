"""Claims by the days on which they were reported: columns know these, so that for a page only they are read."""

from typing import Any

import numpy as np

from graph.columns import UNDATED, Columns, Numbers
from graph.counts import days
from queries.slots import kept
from queries.statement import CLAIM


def of_page(reported: Numbers, offset: int, limit: int) -> tuple[Numbers, int]:
    """Return the days of the claims of a page, and how many claims are on later ones.

    `reported` has the day of each claim, the latest first. Not empty where the page is not.
    """
    asked: Numbers = np.unique(reported[offset : offset + limit])
    return asked, int(np.count_nonzero(reported > asked[-1])) if len(asked) else 0


def claims_on(claims: Columns, asked: Numbers) -> int:
    """Return how many claims were reported on these days, whatever they say."""
    every, times = kept(claims, "claims by day", lambda: np.unique(claims.numbers["day"], return_counts=True))
    return int(times[np.isin(every, asked)].sum())


def on_days(cypher: str, asked: Numbers) -> tuple[str, dict[str, Any]]:
    """Return a statement that reads the claims of these days alone, by an index, and its parameter `days`."""
    undated = " OR c.month = 'undated'" if UNDATED in asked else ""
    begin = f"MATCH {CLAIM}\nWHERE c.reported_on IN $days{undated}\n"
    return begin + cypher.replace(CLAIM, "(c)", 1), {"days": [day for day in days(asked) if day]}
