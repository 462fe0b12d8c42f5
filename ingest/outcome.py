"""How documents end in a run, and what a run reports.

Outcome     one document
Report      all of them
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from ingest.sources import Failure

STATUSES = {
    "stored": "read and written, or written anew because its text or what is known about it changed",
    "unchanged": "the store holds this very text under this id",
    "duplicate": "the same text under the same id came earlier in this run",
    "erased": "it was erased for good, and is not taken again",
    "irrelevant": "new, and its words speak of no recruiting; not parsed and not stored",
    "quarantined": "cannot be read; the reason says why, and `talentgraph quarantine` tries again",
}
NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one document ended: `status` is a key of `STATUSES`; `reason` where quarantined.

    Of a path that leads to no document the status is `NOTHING`, and a reason is given too.
    """

    path: str
    status: str
    reason: str = ""
    claims: int = 0


@dataclass(slots=True)
class Report:
    """What a run did; `counts` has every status, `known_at` is the instant (UTC, ISO) at which it started.

    `run` is the id of its record, `opened` how many documents were opened. `failures` are the documents quarantined
    and, besides, the paths that lead to none.
    """

    known_at: str
    run: str = ""
    counts: Counter[str] = field(default_factory=lambda: Counter(dict.fromkeys(STATUSES, 0)))
    claims: int = 0
    opened: int = 0
    failures: list[Failure] = field(default_factory=list)
    seconds: float = 0.0

    def totals(self) -> dict[str, int]:
        """Return the counts and the claims, as the record of the run holds them, and how many documents were opened."""
        opened = {"opened": self.opened} if self.opened else {}
        return {**opened, **self.counts, "claims": self.claims}


Progress = Callable[[Outcome], None]
"""Called as each document is done, a moment before its batch is written."""
