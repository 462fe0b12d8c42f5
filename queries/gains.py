"""Which regions gain by claims and which lose: where people are recruited to, and where from."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from graph import reference
from graph.columns import Columns, Numbers
from graph.counts import spread
from graph.schema import UNSTATED
from queries.slots import Lists, kept, rolled


@dataclass(frozen=True, slots=True)
class Gains:
    """A code for each claim, and for each code the regions that gain by it and those that lose, as places in `keys`."""

    codes: Numbers
    keys: Sequence[Hashable]
    gaining: Lists
    losing: Lists


def gains(claims: Columns, values: Mapping[str, Any]) -> Gains:
    """Return which regions gain by claims and which lose, at the level that is asked.

    A claim moves people from every origin to every destination, where neither lies in the other or in a member of it.
    """
    level, implied = values["region_level"], values["implied"]
    found: Gains = kept(claims, ("gains", level, implied), lambda: _gains_at(claims, level, implied))
    return found


def _gains_at(claims: Columns, level: str, implied: bool) -> Gains:
    origins, destinations = (rolled(claims, end, level, None, implied) for end in ("origins", "destinations"))
    size = len(destinations.sizes)
    whole = claims.numbers["origins"].astype(np.int64) * size + claims.numbers["destinations"]
    combinations, codes = np.unique(whole, return_inverse=True)
    at, origin = spread(combinations // size, origins.sizes, origins.items)
    place, destination = spread((combinations % size)[at], destinations.sizes, destinations.items)
    at, origin = at[place], origin[place]
    moves = [[UNSTATED not in (one, other) and not _nested(str(one), str(other)) for other in destinations.keys]
             for one in origins.keys]  # fmt: skip
    moved = np.array(moves, dtype=np.bool_).reshape(len(origins.keys), len(destinations.keys))[origin, destination]
    keys = [*dict.fromkeys([*origins.keys, *destinations.keys])]
    ends = []
    for lists, item in ((destinations, destination), (origins, origin)):
        place_of = np.array([keys.index(key) for key in lists.keys], dtype=np.int64)
        pairs = np.unique(at[moved] * len(keys) + place_of[item[moved]]) if len(item) else at
        sizes = np.bincount(pairs // max(len(keys), 1), minlength=len(combinations))
        ends.append(Lists(keys, sizes, pairs % max(len(keys), 1), np.zeros(len(pairs), dtype=np.bool_)))
    return Gains(codes, keys, *ends)


def either(one: Lists, other: Lists) -> Lists:
    """Return for each code what one of the lists has, once; both have the same keys."""
    size = max(len(one.keys), 1)
    pairs = np.unique(np.concatenate([lists.list_of() * size + lists.items for lists in (one, other)]))
    sizes = np.bincount(pairs // size, minlength=len(one.sizes))
    return Lists(one.keys, sizes, pairs % size, np.zeros(len(pairs), dtype=np.bool_))


@reference.cached
def _nested(one: str, other: str) -> bool:
    above = [reference.ancestors("Region", id) for id in (one, other)]
    wholes = [{id for term in terms for id in (term.id, *term.member_of)} for terms in above]
    return other in wholes[0] or one in wholes[1]
