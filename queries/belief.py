"""How far independent stories and claimants support a proposition; docs/belief.md has the formula and its reasons."""

import math
from collections import defaultdict
from collections.abc import Iterable

from graph.frame import Row

SYSTEMATIC = 0.1  # the part of any story's or voice's weight that no certainty of its words takes away
FRAME = ("recruiter_id", "recruiter", "region_id", "region", "field_id", "field")


def belief(rows: list[Row], *, min_stories: int) -> list[Row]:
    """Return one row per proposition, the most believed first.

    A row given is one story's and one claimant's `claims` and best `weight` (0 to 1) for (`positive`) or against a
    proposition, with the columns of FRAME. Propositions with fewer than `min_stories` stories, for and against, are
    left out.
    """
    frames: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        frames[tuple(row[name] for name in FRAME)].append(row)
    found = []
    for frame, given in frames.items():
        if len({row["story_id"] for row in given}) < min_stories:
            continue
        support = _side([row for row in given if row["positive"]])
        denial = _side([row for row in given if not row["positive"]])
        answer: Row = dict(zip(FRAME, frame, strict=True))
        answer["claims"] = sum(row["claims"] for row in given)  # a claim has one story, one claimant and one side
        answer["belief"] = _rounded(support["combined"] * (1 - denial["combined"]))
        for name, side in (("support", support), ("denial", denial)):
            answer[name] = _rounded(side["combined"])
            answer[f"{name}_by_stories"] = _rounded(side["by_stories"])
            answer[f"{name}_by_claimants"] = _rounded(side["by_claimants"])
            answer[f"{name}_stories"] = int(side["stories"])
            answer[f"{name}_claimants"] = int(side["claimants"])
        found.append(answer)
    found.sort(key=lambda row: (-row["belief"], -row["support"], *(row[name] for name in FRAME)))
    return found


def _side(rows: list[Row]) -> dict[str, float]:
    """Return what the rows of one side come to, by stories, by claimants and together."""
    best: dict[str, dict[str, float]] = {"story_id": {}, "claimant_key": {}}
    for row in rows:
        for name, weights in best.items():
            weights[row[name]] = max(row["weight"], weights.get(row[name], 0.0))
    by_stories, by_claimants = (_together(weights.values()) for weights in best.values())
    return {
        "stories": len(best["story_id"]),
        "claimants": len(best["claimant_key"]),
        "by_stories": by_stories,
        "by_claimants": by_claimants,
        "combined": min(by_stories, by_claimants),
    }


def _together(weights: Iterable[float]) -> float:
    """Return the probability that not all of them err, if each errs by itself."""
    return 1.0 - math.prod(1 - weight * (1 - SYSTEMATIC) for weight in sorted(weights))


def _rounded(value: float) -> float:
    return round(value, 4)
