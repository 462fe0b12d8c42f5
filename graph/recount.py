"""Counting anew what is kept of the claims: their columns by month, RECRUITS cells and tallies.

    rebuild   all of them
    recount   the columns of some months, and what counts some pairs of region and field

The claims themselves are read of those months alone; counted is from the columns of all, and what was counted is
written: that is many times faster than a walk of the graph for every count, and takes the same on every engine.
"""

from collections.abc import Collection

from graph import claim_months
from graph.cells import write_cells
from graph.claim_months import Progress
from graph.columns import joined
from graph.counts import all_claims
from graph.derived import Pair
from graph.statements import Run
from graph.tallies import write_tallies


def rebuild(run: Run, tell: Progress | None = None) -> None:
    """Count everything anew; `tell` is told how far it has come."""
    _count(run, None, None, tell)


def recount(run: Run, months: Collection[str], stated: Collection[Pair]) -> None:
    """Count anew what counts claims of these months, which state these (region, field) pairs, or `unstated`."""
    if months or stated:
        _count(run, months, stated)


def _count(
    run: Run, months: Collection[str] | None, stated: Collection[Pair] | None, tell: Progress | None = None
) -> None:
    claim_months.rewrite(run, months, tell)
    sheets = [row for row in run(claim_months.MONTHS) if row["sheet"] == "claims"]
    claims = all_claims(joined([*claim_months.read(run, sheets).values()]))
    write_cells(run, claims, stated)
    write_tallies(run, claims, stated)
