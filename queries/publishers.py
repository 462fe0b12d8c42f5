"""The publishers of a grade of reliability, by which questions are filtered."""

from typing import TYPE_CHECKING

from graph.grades import grade
from graph.schema import UNSTATED
from queries.remembered import Found, remembered

if TYPE_CHECKING:
    from graph.store import Store

_PUBLISHERS = "MATCH (p:Publisher) RETURN p.id AS id, p.reliability AS reliability ORDER BY id"


def graded(store: "Store", wanted: str) -> list[str]:
    """Return the ids of the publishers of a grade; to F belongs `unstated` too: whoever published is not known."""

    def read() -> Found:
        rows = [{"id": row["id"], "grade": grade(row["reliability"])} for row in store.read(_PUBLISHERS)]
        return Found((*rows, {"id": UNSTATED, "grade": grade(None)}), len(rows), ())

    return [row["id"] for row in remembered(store, "graded publishers", read).rows if row["grade"] == wanted]
