"""Propositions counted from columns (who recruits which field to which region): how far each is believed, what changed,
what rests on one story.

These make the rows of `belief`, `what-changed` and `single-story-claims` as their statements and queries.belief do.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from graph.columns import Numbers, differs
from queries.belief import SYSTEMATIC
from queries.chosen import having, known_at
from queries.flat import joined
from queries.part import Part
from queries.table import Groups, Table

if TYPE_CHECKING:
    from graph.store import Store

Mask = NDArray[np.bool_]
Floats = NDArray[np.float64]
Taken = Sequence[tuple[Sequence[Part], Numbers]]
Made = Mapping[str, Callable[[int], Any] | None]  # of every column, in order; None where no key has it

_RATED = "MATCH (p:Publisher) WHERE p.reliability IS NOT NULL RETURN p.id AS id, p.reliability AS reliability"
# The first word of `changes`, in the order of words.
CHANGES = ("contradicted", "gone", "new", "repeated", "strengthened", "weakened")


def believed(store: "Store", groups: Groups, taken: Taken, keys: Made) -> Table:
    """Return a row for each proposition, the most believed first."""
    rated = {row["id"]: row["reliability"] for row in store.read(_RATED)}
    claims = groups.claims
    reliability = np.array([rated.get(id, 1.0) for id in claims.values["publisher"]], dtype=np.float64)
    confidence = np.array([value or 0.0 for value in claims.values["confidence"]], dtype=np.float64)
    of_claim = confidence[claims.numbers["confidence"]] * reliability[claims.numbers["publisher"]]
    positive = having(claims, "modality", groups.values["modality"].__contains__)[groups.claim]
    columns: dict[str, Callable[[int], Any]] = {"claims": groups.counts.by_name["claims"].__getitem__}
    combined = {}
    for side, chosen in (("support", positive), ("denial", ~positive)):
        by = {unit: _together(groups, column, chosen, of_claim) for unit, column in _UNITS}
        combined[side] = np.minimum(by["stories"][0], by["claimants"][0])
        for unit, (value, number) in by.items():
            columns |= {f"{side}_by_{unit}": _rounding(value), f"{side}_{unit}": number.item}
        columns[side] = _rounding(combined[side])
    belief = combined["support"] * (1 - combined["denial"])
    columns["belief"] = _rounding(belief)
    told = groups.distinct("story", np.ones(len(groups.claim), dtype=np.bool_))
    rounded = [-np.array([round(value, 4) for value in of.tolist()]) for of in (belief, combined["support"])]
    order = _sorted(rounded, taken, by_id=True)
    order = order[told[order] >= groups.values["min_stories"]]
    return Table(order, {name: make or columns[name] for name, make in keys.items()}, groups)


_UNITS = (("stories", "story"), ("claimants", "claimant"))


def _together(groups: Groups, column: str, chosen: Mask, of_claim: Floats) -> tuple[Floats, Numbers]:
    """Return for each group the probability that not all of its stories, or voices, err, and their number."""
    claim, group = groups.claim[chosen], groups.group[chosen].astype(np.int64)
    number, weight = groups.claims.numbers[column][claim], of_claim[claim]
    order = np.lexsort((number, group))
    group, number, weight = group[order], number[order], weight[order]
    starts = np.flatnonzero(differs(group) | differs(number)) if len(group) else order
    best = np.maximum.reduceat(weight, starts) if len(group) else weight
    of = group[starts]
    order = np.lexsort((best, of))
    best, of = best[order], of[order]
    erring = np.ones(len(groups), dtype=np.float64)
    begins = np.flatnonzero(differs(of)) if len(of) else order
    if len(of):
        erring[of[begins]] = np.multiply.reduceat(1 - best * (1 - SYSTEMATIC), begins)
    return 1 - erring, np.bincount(of, minlength=len(groups))


def _rounding(values: Floats) -> Callable[[int], float]:
    """Return what rounds a value when a row is looked at: few rows are."""
    return lambda number: round(values.item(number), 4)


def changed(store: "Store", groups: Groups, taken: Taken, keys: Made) -> Table:
    """Return a row for each proposition whose claims differ between `before` and `known_at`."""
    claims, values = groups.claims, groups.values
    affirms = having(claims, "modality", values["modality"].__contains__)[groups.claim]
    later, earlier = (known_at(claims, values[name])[groups.claim] for name in ("known_at", "before"))
    counts = {
        **{name: groups.distinct(column, later & affirms) for name, column in _COUNTED},
        **{f"{name}_before": groups.distinct(column, earlier & affirms) for name, column in _COUNTED},
        "denials": groups.distinct("claim", later & ~affirms),
        "denials_before": groups.distinct("claim", earlier & ~affirms),
    }
    more = {name: np.sign(counts[name] - counts[f"{name}_before"]) for name, _ in _COUNTED}
    none = np.array(-1)
    first = np.select(
        [
            (counts["claims_before"] == 0) & (counts["claims"] > 0),
            (counts["claims_before"] > 0) & (counts["claims"] == 0),
            (more["stories"] > 0) | (more["claimants"] > 0),
            (more["stories"] < 0) | (more["claimants"] < 0),
            (more["claims"] > 0) | (more["documents"] > 0),
        ],
        [CHANGES.index(name) for name in ("new", "gone", "strengthened", "weakened", "repeated")],
        none,
    )
    contradicted = (counts["denials"] > 0) & (counts["denials_before"] == 0)
    word = np.where((first < 0) & contradicted, 0, first)  # it stands alone where nothing else changed
    size = (first >= 0).astype(np.int64) + contradicted

    def changes(number: int) -> str | None:
        others = ["contradicted"] if contradicted[number] else []
        return joined([CHANGES[first[number]], *others] if first[number] >= 0 else others)

    order = _sorted([word, -size, -counts["stories"]], taken, by_id=False)
    made = {"changes": changes, **{name: column.tolist().__getitem__ for name, column in counts.items()}}
    return Table(order[size[order] > 0], {name: make or made[name] for name, make in keys.items()}, groups)


_COUNTED = (
    ("claims", "claim"), ("approaches", "approach"), ("documents", "document"), *_UNITS
)  # fmt: skip


def _sorted(first: Sequence[NDArray[Any]], taken: Taken, by_id: bool) -> Numbers:
    """Return groups in order: what comes first, then key by key its id and name, or all names and then the ids."""
    names = [[part.names for part in of] for of, _ in taken]
    places = [(at, item) for item in (0, 1) for at in range(len(taken))]
    if by_id:
        places = [(at, item) for at in range(len(taken)) for item in (1, 0)]
    keys = [np.asarray(key) for key in first]
    for at, item in places:
        different = {value: rank for rank, value in enumerate(sorted({name[item] for name in names[at]}))}
        ranks = np.array([different[name[item]] for name in names[at]], dtype=np.int64)
        keys.append(ranks[taken[at][1]])
    return np.asarray(np.lexsort(keys[::-1]), dtype=np.int64)


def single(store: "Store", groups: Groups, taken: Taken, keys: Made) -> Table:
    """Return a row for each proposition that one story alone tells, with the hash of its id: see queries.titles."""
    from queries.measures import maker  # which measures groups

    counts = {name: np.array(groups.counts.by_name[name]) for name in ("documents", "claims", "stories")}
    story = groups.claims.stories[groups.claims.numbers["story"][groups.claim[groups.starts[:-1]]] - 1].tolist()
    shown = {
        "story_id": story.__getitem__,
        **dict.fromkeys(("title", "publisher_id", "publisher"), lambda number: None),
    }
    order = _sorted([-counts["documents"], -counts["claims"]], taken, by_id=False)
    order = order[counts["stories"][order] == 1]
    return Table(
        order, {name: make or shown.get(name) or maker(name, groups, taken) for name, make in keys.items()}, groups
    )


PROPOSITIONS: Mapping[str, Callable[["Store", Groups, Taken, Made], Table]] = {
    "belief": believed,
    "change": changed,
    "single": single,
}
