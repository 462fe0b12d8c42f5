"""Ties between entities counted from columns: two that fill slots of the same claims, and how many stories tie them.

The rows are those of the statements of `central`, `communities`, `bridges` and `paths`.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from graph.columns import Columns, differs
from graph.counts import numbered, sorting
from graph.frame import Row
from queries.chosen import chosen_claims, in_period, places_of
from queries.part import described, name_of
from queries.slots import Lists
from queries.told_apart import Way, told_apart

if TYPE_CHECKING:
    from graph.store import Store


def ties(store: "Store", claims: Columns, values: Mapping[str, Any], most: int) -> list[Row]:
    """Return the ties of a network in the order of their ends, and one more than `most` where there are more."""
    places = np.flatnonzero(chosen_claims(claims, values) & in_period(claims, values))
    keys, place, item = told_apart(_ways(claims, places, values), np.arange(len(places)))
    if not len(item):
        return []
    names: list[Any] = keys
    in_order = sorted(range(len(keys)), key=names.__getitem__)
    rank = np.empty(len(keys), dtype=np.int64)
    rank[in_order] = np.arange(len(keys))
    filled = np.unique(place * len(keys) + rank[item])  # by claim, in it by entity
    place, item = filled // len(keys), filled % len(keys)
    first, second = _pairs(place)
    pair = item[first] * len(keys) + item[second]
    number, found = numbered(pair)
    order = sorting(number, len(found))  # within a pair claims stay in order: by story
    number, story = number[order], claims.numbers["story"][places[place[first]]][order]
    new = differs(number) | differs(story)
    stories = np.bincount(number[new], minlength=len(found)) if len(found) else np.zeros(0, dtype=np.int64)
    asked = np.flatnonzero(stories >= values["min_stories"])[: most + 1]
    ends = [[names[in_order[rank]] for rank in part.tolist()] for part in np.divmod(found[asked], len(keys))]
    entities = described(store, {end for part in ends for end in part})
    return [
        {
            "label": label,
            "id": id,
            "name": name_of(label, id, entities),
            "other_label": other_label,
            "other_id": other,
            "other_name": name_of(other_label, other, entities),
            "stories": count,
        }
        for (label, id), (other_label, other), count in zip(*ends, stories[asked].tolist(), strict=True)
    ]


def _pairs(place: Any) -> tuple[Any, Any]:
    """Return every two items with the same number, numbers being in order: where the one stands, and the other."""
    begins = np.flatnonzero(differs(place))
    sizes = np.diff(np.append(begins, len(place)))
    later = np.repeat(begins + sizes, sizes) - np.arange(len(place)) - 1  # items of the same number after each
    first = np.repeat(np.arange(len(place)), later)
    within = np.arange(len(first)) - np.repeat(np.cumsum(later) - later, later)
    return first, first + 1 + within


def _ways(claims: Columns, places: Any, values: Mapping[str, Any]) -> list[Way]:
    """Return label and id of what fills the slots of claims."""
    counting = {"implied": values.get("implied", True)}
    of = {
        "parts": lambda parts: [tuple(part.split("|", 2)[1:]) for part in parts],
        "destinations": lambda stated: [("Region", id) for id in places_of(stated, counting)],
        "origins": lambda stated: [("Region", id) for id in places_of(stated, counting)],
    }
    if values["among"] == "all":
        of |= {
            "fields": lambda fields: [("Field", id) for id in fields],
            "offers": lambda offers: [("Incentive", offer[0]) for offer in offers],
            "channels": lambda channels: [("Channel", id) for id, excluded in channels if not excluded],
            "programmes": lambda programmes: [("Programme", id) for id in programmes],
        }
    return [
        (claims.numbers[column][places], Lists.of(map(ids_of, claims.values[column]))) for column, ids_of in of.items()
    ]
