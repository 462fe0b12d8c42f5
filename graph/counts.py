"""The five counts of groups of claims, by sorting numbers: a claim is a row of columns, a group a number.

Claims come in order: by story, in it by document, in it by approach. Approaches lie within a document and documents
within a story, so in a group each is new when it differs from the one before; only claimants, who come again in other
stories, are sorted once more. A million claims in twenty groups each take seconds, and no more memory than the numbers.
"""

import datetime
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from graph.frame import Row

Numbers = NDArray[np.int64]

OPEN_ENDS = ("undated", "no_origin", "no_incentive", "no_channel", "no_company")
NESTED = ("approach", "document", "story")
UNDATED = 0  # as a day, which are counted from 1


@dataclass(slots=True)
class Claims:
    """Claims in columns; `stated` is the number of what each states: modality, destinations, fields."""

    columns: dict[str, "array[int]"] = field(
        default_factory=lambda: {name: array("q") for name in (*NESTED, *OPEN_ENDS, "claimant", "day", "stated")}
    )
    stated: dict[tuple[str, tuple[str, ...], tuple[str, ...]], int] = field(default_factory=dict)
    _claimants: dict[str, int] = field(default_factory=dict)
    _last: dict[str, tuple[str, int]] = field(default_factory=lambda: dict.fromkeys(NESTED, ("", 0)))

    def add(self, claim: Row) -> None:
        """Add a claim, which comes after those before it in the order that counting needs."""
        columns = self.columns
        for name in NESTED:
            last, number = self._last[name]
            if claim[name] != last:
                number += 1
                self._last[name] = claim[name], number
            columns[name].append(number)
        columns["claimant"].append(self._claimants.setdefault(claim["claimant"], len(self._claimants)))
        for name in OPEN_ENDS:
            columns[name].append(claim[name])
        day = claim["reported"]
        columns["day"].append(day.toordinal() if day else UNDATED)
        key = claim["modality"], tuple(claim["regions"]), tuple(claim["fields"])
        columns["stated"].append(self.stated.setdefault(key, len(self.stated)))


@dataclass(frozen=True, slots=True)
class Counts:
    """What groups of claims count, an item a group: the five counts, the open ends, the first and the last day."""

    by_name: Mapping[str, list[int]]
    first: list[datetime.date | None]
    last: list[datetime.date | None]


def count(claims: Claims, groups: Sequence[Sequence[int]], number: int, names: Sequence[str] = ()) -> Counts:
    """Count claims in groups 0 to `number` - 1, none of them empty.

    `groups` says for each number of `claims.stated` in which groups such a claim is counted; `names` which open ends
    are counted besides the five counts.
    """
    of: dict[str, Numbers] = {name: np.frombuffer(column, dtype=np.int64) for name, column in claims.columns.items()}
    claim, group = _expanded(of["stated"], groups)
    starts = np.flatnonzero(_differs(group))
    counts = {"claims": np.diff(np.append(starts, len(group)))}
    new = _differs(group)
    for plural, name in (("stories", "story"), ("documents", "document"), ("approaches", "approach")):
        new = new | _differs(of[name][claim])
        counts[plural] = np.add.reduceat(new.astype(np.int64), starts)
    voices = int(of["claimant"].max(initial=0)) + 1
    counts["claimants"] = np.bincount(np.unique(group * voices + of["claimant"][claim]) // voices, minlength=number)
    for name in names:
        counts[name] = np.add.reduceat(of[name][claim], starts)
    day = of["day"][claim]
    never = np.iinfo(np.int64).max
    first = np.minimum.reduceat(np.where(day == UNDATED, never, day), starts)
    last = np.maximum.reduceat(day, starts)
    return Counts(
        {name: found.tolist() for name, found in counts.items()},
        [None if number == never else datetime.date.fromordinal(number) for number in first.tolist()],
        [None if number == UNDATED else datetime.date.fromordinal(number) for number in last.tolist()],
    )


def _expanded(stated: Numbers, groups: Sequence[Sequence[int]]) -> tuple[Numbers, Numbers]:
    """Return the claim and the group of every counting of a claim in a group: by group, in it in the claims' order."""
    sizes = np.array([len(found) for found in groups], dtype=np.int64)
    flat = np.array([group for found in groups for group in found], dtype=np.int64)
    begins = np.cumsum(sizes) - sizes
    times = sizes[stated]
    claim = np.repeat(np.arange(len(stated)), times)
    place = np.arange(len(claim)) - np.repeat(np.cumsum(times) - times, times)
    group = flat[np.repeat(begins[stated], times) + place]
    order = np.argsort(group, kind="stable")
    return claim[order], group[order]


def _differs(numbers: Numbers) -> NDArray[np.bool_]:
    """Return where a number differs from the one before; the first does."""
    new = np.ones(len(numbers), dtype=np.bool_)
    new[1:] = numbers[1:] != numbers[:-1]
    return new
