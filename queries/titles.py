"""Stories that columns tell apart by hashes, shown: their ids, and title and publisher of their earliest documents.

Their ids are found among those of the claims of the days on which they were reported.
"""

import datetime
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from graph.columns import HASHED, UNDATED, hashes
from graph.frame import Row
from queries import by_day
from queries.statement import CLAIM, decided

if TYPE_CHECKING:
    from graph.store import Store

STORIES = f"MATCH {CLAIM}\nWHERE c.story_id IS NOT NULL\nRETURN DISTINCT c.story_id AS id\n"
EARLIEST = """
UNWIND $ids AS story
CALL (story) {
  MATCH (:Story {id: story})<-[:TELLS]-(d:Document)
  WHERE d.known_at <= $known_at AND coalesce(d.known_until, '~') > $known_at
  OPTIONAL MATCH (d)-[:PUBLISHED_BY]->(p:Publisher)
  RETURN d.title AS title, p.id AS publisher_id, p.name AS publisher ORDER BY d.date IS NULL, d.date, d.id LIMIT 1
}
RETURN story AS story_id, title, publisher_id, publisher
"""


def titled(store: "Store", rows: Sequence[Row], values: Mapping[str, Any]) -> list[Row]:
    """Return rows whose `story_id` is a hash, or an id already, with the id and the story's title and publisher."""
    wanted = {row["story_id"] for row in rows if not isinstance(row["story_id"], str)}
    if not wanted:
        return [*rows]
    days = [row["first_reported"] for row in rows]
    asked = np.unique([datetime.date.fromisoformat(day).toordinal() if day else UNDATED for day in days])
    cypher, of_days = by_day.on_days(STORIES, asked)
    ids = [row["id"] for row in store.read(f"// stories of days\n{cypher}", of_days)]
    of = dict(zip(hashes(ids, HASHED["story"]).tolist(), ids, strict=True))
    known = {"known_at": values["known_at"]}
    given = {"ids": sorted(of[hash] for hash in wanted), **known}
    told = store.read(f"// titles of stories{decided(EARLIEST, known)}", given)
    shown = {row["story_id"]: row for row in told}
    nothing = {"title": None, "publisher_id": None, "publisher": None}
    return [row | nothing | {"story_id": of[row["story_id"]]} | shown.get(of[row["story_id"]], {}) for row in rows]
