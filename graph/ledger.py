"""The store's note of its own state: revision, version of the reference data, what is still to be recounted.

It is one node. A writer takes it first, so that writers stand in line on a server that locks what is written.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from graph.statements import Run

EVERYTHING = "*"  # too many pairs to list: everything is to be counted anew
MOST_PAIRS = 2_000


@dataclass(frozen=True, slots=True)
class Ledger:
    """What the node says; `pending` holds `region|field` pairs and months, or `*` alone."""

    revision: int = 0
    reference_version: str | None = None
    pending: tuple[str, ...] = ()

    def pairs(self) -> list[tuple[str, str]]:
        """Return the pending pairs; empty also where everything is pending."""
        return [(pair.partition("|")[0], pair.partition("|")[2]) for pair in self.pending if "|" in pair]

    def months(self) -> list[str]:
        """Return the months of claims that are pending; empty also where everything is."""
        return [month for month in self.pending if "|" not in month and month != EVERYTHING]


READ = """
MATCH (l:Ledger {id: 'ledger'})
RETURN l.revision AS revision, l.reference_version AS reference_version, l.pending AS pending
"""
_TAKE = "MERGE (l:Ledger {id: 'ledger'}) SET l.name = 'ledger'"
_NOTE = """
MATCH (l:Ledger {id: 'ledger'})
SET l.revision = $revision, l.reference_version = $reference_version, l.pending = $pending
"""


def from_rows(rows: list[dict[str, object]]) -> Ledger:
    """Return the ledger of what `READ` found; a new store has none yet."""
    if not rows:
        return Ledger()
    row = rows[0]
    pending = row["pending"]
    version = row["reference_version"]
    return Ledger(
        int(str(row["revision"] or 0)),
        str(version) if version else None,
        tuple(map(str, pending)) if isinstance(pending, list) else (),
    )


def take(run: Run) -> Ledger:
    """Read the ledger and keep other writers out until the transaction ends."""
    run(_TAKE)
    return from_rows(run(READ))


def note(run: Run, ledger: Ledger, *, reference_version: str | None = None, pending: Iterable[str]) -> None:
    """Write the ledger for a transaction that changed something: a new revision, and what is pending now."""
    listed = sorted(set(pending))
    if EVERYTHING in listed or len(listed) > MOST_PAIRS:
        listed = [EVERYTHING]
    run(
        _NOTE,
        {
            "revision": ledger.revision + 1,
            "reference_version": reference_version or ledger.reference_version,
            "pending": listed,
        },
    )
