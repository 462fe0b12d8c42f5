"""`Tally`: the matrix of regions and fields of all time, a node a region at each pair of levels, its fields in lists.

    id country/code|CN    level country/code    region CN    fields [ai, robotics, …]    claims [12, 3, …]    …

What a claim states stands in a tally as in the claim's own lists of that level: rolled up, above it as itself, or
`unstated`; under `any` every claim stands. Counted are positive claims. So a question about all time
is answered without its claims, and as they would answer it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from graph import reference
from graph.counts import Counts
from graph.declaration import COUNTS
from graph.derived import FIELD_LISTS, REGION_LISTS, Pair, levels
from graph.frame import Row
from graph.schema import MODALITY_GROUPS, UNDATED, UNSTATED
from graph.statements import Run, run_rows

ANY = "any"
OPEN_ENDS = ("undated", "no_origin", "no_incentive", "no_channel", "no_company")
TALLIES_AT_ONCE = 500  # each has lists of up to some hundred fields

_REMOVE_ALL = "MATCH (t:Tally) DELETE t"
_REMOVE = "UNWIND $rows AS row MATCH (t:Tally {id: row}) DELETE t"
_CREATE = "UNWIND $rows AS row CREATE (t:Tally {id: row.id}) SET t = row"


@dataclass(frozen=True, slots=True)
class _Line:
    level: str
    region: str

    @property
    def id(self) -> str:
        return f"{self.level}|{self.region}"


class _Tally(Counts):
    """The counts, and how many of the claims leave open what."""

    __slots__ = OPEN_ENDS

    def __init__(self) -> None:
        super().__init__()
        for name in OPEN_ENDS:
            setattr(self, name, 0)

    def count(self, claim: Row) -> None:
        super().count(claim)
        for name in OPEN_ENDS:
            if claim[name]:
                setattr(self, name, getattr(self, name) + 1)


class Tallies:
    """The tallies of some stated regions and of those above them, or all: first counted, then written."""

    def __init__(self, stated: Collection[Pair] | None) -> None:
        regions = None if stated is None else {region for region, _ in stated}
        self._wanted = None if regions is None else {line for region in regions for line in _lines([region])}
        self._kept = not nested()
        self._tallies: dict[_Line, dict[str, _Tally]] = {}
        self._where: dict[tuple[tuple[str, ...], tuple[str, ...]], list[_Tally]] = {}

    def count(self, claim: Row) -> None:
        """Count a claim wherever it belongs; claims come in the order that `Counts` needs."""
        if not self._kept or claim["modality"] not in MODALITY_GROUPS["positive"]:
            return
        stated = tuple(claim["regions"]), tuple(claim["fields"])
        if stated not in self._where:
            self._where[stated] = [
                self._tallies.setdefault(line, {}).setdefault(field, _Tally())
                for line in _lines(stated[0])
                if self._wanted is None or line in self._wanted
                for field in _at_levels("Field", stated[1], FIELD_LISTS)[line.level.partition("/")[2]]
            ]
        for tally in self._where[stated]:
            tally.count(claim)

    def write(self, run: Run) -> None:
        """Write what was counted instead of what is there; a region without claims loses its tallies."""
        if self._wanted is None:
            run(_REMOVE_ALL)
        else:
            run_rows(run, _REMOVE, sorted(line.id for line in self._wanted))
        rows = [_row(line, fields) for line, fields in sorted(self._tallies.items(), key=lambda item: item[0].id)]
        for start in range(0, len(rows), TALLIES_AT_ONCE):
            run(_CREATE, {"rows": rows[start : start + TALLIES_AT_ONCE]})


@reference.cached
def nested() -> bool:
    """Return whether the user's lists put a thing into another of its level, or into one of no level that is counted.

    Then a region's row among those of its level is not all that lies in it, and no tallies are kept.
    """
    for label, lists in (("Region", REGION_LISTS), ("Field", FIELD_LISTS)):
        for term in reference.by_id(label).values():
            above = [up.level for up in reference.ancestors(label, term.id)[1:]]
            if term.level in above or not set(above) <= set(lists.values()):
                return True
    return False


def _lines(regions: Iterable[str]) -> list[_Line]:
    """Return the tallies in which a claim with these destinations is counted."""
    found = _at_levels("Region", regions, REGION_LISTS)
    return [
        _Line(f"{region_level}/{field_level}", region)
        for region_level, field_level in product(found, (*FIELD_LISTS.values(), ANY))
        for region in found[region_level]
    ]


def _at_levels(label: str, stated: Iterable[str], lists: Mapping[str, str]) -> dict[str, list[str]]:
    """Return what stands at each level for what was stated."""
    rolled = levels(label, (id for id in stated if id != UNSTATED), lists)
    return {lists[name]: ids for name, ids in rolled.items()} | {ANY: [ANY]}


def _row(line: _Line, fields: Mapping[str, _Tally]) -> dict[str, Any]:
    tallies = [fields[id] for id in sorted(fields)]
    days = {
        name: [str(day) if day else UNDATED for day in found]  # a list holds no null
        for name, found in (
            ("first_reported", [tally.first for tally in tallies]),
            ("last_reported", [tally.last for tally in tallies]),
        )
    }
    counts = {
        name: [getattr(tally, name) for tally in tallies] for name in (*(count.name for count in COUNTS), *OPEN_ENDS)
    }
    return {"id": line.id, "level": line.level, "region": line.region, "fields": sorted(fields), **counts, **days}
