"""Two regions compared, from columns: the rows of `compare-regions` as its statement makes them."""

import math
from collections import defaultdict
from typing import TYPE_CHECKING

from graph.frame import Row
from graph.schema import UNSTATED
from queries.part import TOTAL
from queries.propositions import Made, Taken
from queries.table import Groups

if TYPE_CHECKING:
    from graph.store import Store

COUNTS = ("claims", "approaches", "documents", "stories", "claimants")


def compared(store: "Store", groups: Groups, taken: Taken, keys: Made) -> list[Row]:
    """Return a row for each value that is compared, those first in which the two regions differ most."""
    (sides, side_of), (values, value_of) = taken
    asked = (("", groups.values["region"]), ("other_", groups.values["other"]))  # which may be the same
    found: dict[str, Row] = {}
    counts: dict[str, Row] = defaultdict(lambda: {f"{side}{name}": 0 for side in ("", "other_") for name in COUNTS})
    for number in range(len(groups)):
        value, side = values[value_of[number]].row, sides[side_of[number]].row["side"]
        found[value["id"]] = value
        counted = {name: groups.counts.by_name[name][number] for name in COUNTS}
        for before, region in asked:
            if region == side:
                counts[value["id"]] |= {before + name: count for name, count in counted.items()}
    total = counts[TOTAL]
    rows = []
    for id, value in found.items():
        of = counts[id]
        share, other = (of[name] / total[name] if total[name] else 0.0 for name in ("stories", "other_stories"))
        difference = math.floor((share - other) * 10_000 + 0.5) / 10_000  # half up, as engines round
        row = {**value, "share": share, "other_share": other, "difference": difference, **of}
        rows.append({name: row[name] for name in keys})
    rows.sort(
        key=lambda row: (row["id"] == TOTAL, row["id"] == UNSTATED, -abs(row["difference"]), row["name"], row["id"])
    )
    return rows
