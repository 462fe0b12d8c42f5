"""How reliable publishers are, where somebody said so."""

from collections.abc import Mapping

from graph import ids, ledger
from graph.statements import Run

_CHANGED = """
UNWIND $rows AS row
MATCH (p:Publisher {id: row.id})
WHERE coalesce(p.reliability, -1.0) <> coalesce(row.reliability, -1.0)
RETURN p.id AS id, row.reliability AS reliability
"""
_RATE = "UNWIND $rows AS row MATCH (p:Publisher {id: row.id}) SET p.reliability = row.reliability"


def rate(run: Run, ratings: Mapping[str, float | None]) -> int:
    """Rate publishers by name, 0 to 1 or None for unrated; return how many ratings changed.

    Names that published nothing that is held are passed over: they are rated once they did.
    """
    rows = [{"id": ids.named_id("Publisher", name), "reliability": rating} for name, rating in ratings.items()]
    changed = run(_CHANGED, {"rows": rows}) if rows else []
    if changed:
        state = ledger.take(run)
        run(_RATE, {"rows": [dict(row) for row in changed]})
        ledger.note(run, state, pending=state.pending)
    return len(changed)
