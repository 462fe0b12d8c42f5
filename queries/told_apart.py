"""What rows counted from columns are told apart by: places, fields and periods, and what each puts into a row."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from graph import reference
from graph.columns import UNDATED as NO_DAY
from graph.columns import Columns, Numbers
from graph.frame import Row
from graph.schema import UNDATED, UNSTATED
from queries.chosen import places_of

ANY, AS_STATED, TOTAL = "any", "as_stated", "total"


@dataclass(frozen=True, slots=True)
class Dimension:
    """What rows are told apart by: `keys` gives, for claims at these places, codes and for each code its keys."""

    keys: Callable[[Columns, Numbers, Mapping[str, Any]], tuple[Numbers, list[list[str]]]]
    label: str | None = None


def _regions(end: str, within: str) -> Dimension:
    def keys(claims: Columns, places: Numbers, values: Mapping[str, Any]) -> tuple[Numbers, list[list[str]]]:
        stated = [places_of(value, values) for value in claims.values[end]]
        return claims.numbers[end][places], _at_level("Region", stated, values["region_level"], values.get(within))

    return Dimension(keys, "Region")


def _fields(claims: Columns, places: Numbers, values: Mapping[str, Any]) -> tuple[Numbers, list[list[str]]]:
    stated = claims.values["fields"]
    return claims.numbers["fields"][places], _at_level("Field", stated, values["field_level"], values.get("field"))


def _periods(claims: Columns, places: Numbers, values: Mapping[str, Any]) -> tuple[Numbers, list[list[str]]]:
    days, codes = np.unique(claims.numbers["day"][places], return_inverse=True)
    return codes, [[_period(day, values["period"])] for day in days.tolist()]


DIMENSIONS: Mapping[str, Dimension] = {
    "region": _regions("destinations", "region"),
    "destination": _regions("destinations", "destination"),
    "origin": _regions("origins", "origin"),
    "field": Dimension(_fields, "Field"),
    "period": Dimension(_periods),
}


def _at_level(
    label: str, stated: Sequence[Iterable[str]], level: str, wholes: str | Sequence[str] | None
) -> list[list[str]]:
    """Roll the ids of each item up to a level; what is above it stays. With wholes, rows stay within them."""
    if level == ANY:
        return [[ANY]] * len(stated)
    within = [wholes] if isinstance(wholes, str) else wholes
    ups = {id: _up(label, id, level, within) for id in {id for ids in stated for id in ids}}
    nothing = [UNSTATED] if within is None else []
    return [sorted({up for id in ids if (up := ups[id]) is not None}) or nothing for ids in stated]


def _up(label: str, id: str, level: str, wholes: Sequence[str] | None) -> str | None:
    """Return where a place or field stands at a level; None for one that is no part of the wholes."""
    above = [term.id for term in reference.ancestors(label, id)]
    up = next((term.id for term in reference.ancestors(label, id) if term.level == level), id)
    if wholes is None:
        return up
    most = max((above.index(whole) for whole in wholes if whole in above), default=None)
    return None if most is None else above[min(above.index(up), most)]


def _period(ordinal: int, kind: str) -> str:
    if ordinal == NO_DAY:
        return UNDATED
    day = datetime.date.fromordinal(ordinal)
    quarter = f"{day.year:04}-Q{(day.month + 2) // 3}"
    return {"month": f"{day.year:04}-{day.month:02}", "quarter": quarter, "year": f"{day.year:04}"}[kind]


@dataclass(frozen=True, slots=True)
class Part:
    """What a key of one dimension puts into a row, or those of all; rows are in the order of `before`, counts, `names`.

    `before` holds whether it is the total, the period, and whether it is `unstated`.
    """

    row: Row
    above: bool
    before: tuple[bool, str, bool]
    names: tuple[str, ...]

    @classmethod
    def of(cls, parts: Sequence["Part"]) -> "Part":
        row = {name: value for part in parts for name, value in part.row.items()}
        totals, periods, unstated = zip(*(part.before for part in parts), strict=True)
        names = tuple(name for part in parts for name in part.names)
        return cls(row, any(part.above for part in parts), (any(totals), max(periods), any(unstated)), names)


def combined(
    numbers: Iterable[int], dimensions: Sequence[str], known: Sequence[Sequence[str]], values: Mapping[str, Any]
) -> Iterator[list[Part]]:
    """Yield the parts of each group, which is numbered as its keys are, the first dimension first."""
    parts = [[part(name, key, values) for key in keys] for name, keys in zip(dimensions, known, strict=True)]
    for number in numbers:
        chosen = []
        for of_dimension in reversed(parts):
            number, item = divmod(number, len(of_dimension))
            chosen.append(of_dimension[item])
        yield chosen[::-1]


def part(dimension: str, key: str, values: Mapping[str, Any]) -> Part:
    """Return what a key of a dimension puts into a row."""
    label = DIMENSIONS[dimension].label
    if label is None:
        precision = None if key == UNDATED else values["period"]
        return Part(
            {"period": key, "period_start": _start(key), "precision": precision}, False, (False, key, False), ()
        )
    term = reference.by_id(label).get(key)
    level = values["field_level" if label == "Field" else "region_level"]
    levels = (up.level for up in reference.ancestors(label, key))  # where one of them is asked, the key is within it
    above = term is not None and level not in (ANY, AS_STATED, *levels)
    name = term.name if term else key
    return Part({f"{dimension}_id": key, dimension: name}, above, (key == TOTAL, "", key == UNSTATED), (name, key))


def _start(period: str) -> str | None:
    if period == UNDATED:
        return None
    year, _, part = period.partition("-")
    return f"{year}-{ {'': '01', 'Q1': '01', 'Q2': '04', 'Q3': '07', 'Q4': '10'}.get(part, part) }-01"
