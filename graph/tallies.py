"""`Tally`: the matrix of regions and fields of all time, a node a region at each pair of levels, its fields in lists.

    id country/code|CN    level country/code    region CN    fields [ai, robotics, …]    claims [12, 3, …]    …

What a claim states stands in a tally as in the claim's own lists of that level: rolled up, above it as itself, or
`unstated`; under `any` every claim stands. Counted are positive claims. So a question about all time
is answered without its claims, and as they would answer it. Fields stand in the order of their names, which answers
that are cut after some rows rely on.
"""

from collections.abc import Collection, Iterable, Mapping
from itertools import product
from typing import Any

from graph import reference
from graph.counts import OPEN_ENDS, Claims, count
from graph.declaration import COUNTS
from graph.derived import FIELD_LISTS, REGION_LISTS, Pair, levels
from graph.schema import MODALITY_GROUPS, UNDATED, UNSTATED
from graph.statements import Run, run_rows

ANY = "any"
TALLIES_AT_ONCE = 500  # each has lists of up to some hundred fields

_REMOVE_ALL = "MATCH (t:Tally) DELETE t"
_REMOVE = "UNWIND $rows AS row MATCH (t:Tally {id: row}) DELETE t"
_CREATE = "UNWIND $rows AS row CREATE (t:Tally {id: row.id}) SET t = row"

Line = tuple[str, str]  # level of the region, region


def write_tallies(run: Run, claims: Claims, stated: Collection[Pair] | None) -> None:
    """Count the tallies of some stated regions and those above them, or all, and write them instead of what is there.

    A region without claims loses its tallies.
    """
    wanted = None if stated is None else {line for region, _ in stated for line in _lines([region])}
    if wanted is None:
        run(_REMOVE_ALL)
    else:
        gone = sorted(f"{level}/{other}|{region}" for level, region in wanted for other in (*FIELD_LISTS.values(), ANY))
        run_rows(run, _REMOVE, gone)
    if nested():
        return
    for field_level in (*FIELD_LISTS.values(), ANY):
        rows = _rows(claims, field_level, wanted)
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


def _lines(regions: Iterable[str]) -> list[Line]:
    """Return the levels and regions under which a claim with these destinations is counted."""
    return [(level, id) for level, ids in _at_levels("Region", regions, REGION_LISTS).items() for id in ids]


def _at_levels(label: str, stated: Iterable[str], lists: Mapping[str, str]) -> dict[str, list[str]]:
    """Return what stands at each level for what was stated."""
    rolled = levels(label, (id for id in stated if id != UNSTATED), lists)
    return {lists[name]: ids for name, ids in rolled.items()} | {ANY: [ANY]}


def _rows(claims: Claims, field_level: str, wanted: Collection[Line] | None) -> list[dict[str, Any]]:
    """Return the tallies of one level of fields."""
    numbers: dict[tuple[Line, str], int] = {}
    lines = {regions: _lines(regions) for _, regions, _ in claims.stated}
    at_level = {fields: _at_levels("Field", fields, FIELD_LISTS)[field_level] for _, _, fields in claims.stated}
    groups = [
        [
            numbers.setdefault(key, len(numbers))
            for key in product(lines[regions], at_level[fields])
            if wanted is None or key[0] in wanted
        ]
        if modality in MODALITY_GROUPS["positive"]
        else []
        for modality, regions, fields in claims.stated
    ]
    if not numbers:
        return []
    counts = count(claims, groups, len(numbers), OPEN_ENDS)
    fields_of: dict[Line, list[str]] = {}
    for line, field in sorted(numbers, key=lambda key: (key[0], _name(key[1]), key[1])):
        fields_of.setdefault(line, []).append(field)
    rows = []
    for line, fields in fields_of.items():
        places = [numbers[line, field] for field in fields]
        level = f"{line[0]}/{field_level}"
        row: dict[str, Any] = {"id": f"{level}|{line[1]}", "level": level, "region": line[1], "fields": fields}
        for name in (*(kind.name for kind in COUNTS), *OPEN_ENDS):
            row[name] = [counts.by_name[name][place] for place in places]
        for name, days in (("first_reported", counts.first), ("last_reported", counts.last)):
            row[name] = [str(days[place] or UNDATED) for place in places]  # a list holds no null
        rows.append(row)
    return rows


def _name(field: str) -> str:
    term = reference.by_id("Field").get(field)
    return term.name if term else field
