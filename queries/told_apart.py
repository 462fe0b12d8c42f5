"""What rows counted from columns are told apart by: places, fields, periods, offers, firms, by the names of headers."""

import datetime
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from graph import reference
from graph.columns import UNDATED as NO_DAY
from graph.columns import Columns, Numbers
from graph.counts import combined
from graph.schema import UNDATED, UNSTATED
from queries.chosen import places_of

ANY, AS_STATED = "any", "as_stated"

Keys = list[list[Hashable]]
Way = tuple[Numbers, Keys]
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Dimension:
    """What rows are told apart by.

    `ways` gives for claims at these places a code each, and for each code the keys under which such a claim counts:
    once, or several times over. `largest` are the columns by which rows are sorted where nothing is asked.
    """

    ways: Callable[[Columns, Numbers, Values], list[Way]]
    largest: tuple[str, ...] = ()


def _of(column: str, keys: Callable[[Any, Values], Iterable[Hashable]]) -> Dimension:
    """Return a dimension whose keys are those of the values of one column."""

    def ways(claims: Columns, places: Numbers, values: Values) -> list[Way]:
        return [(claims.numbers[column][places], [[*dict.fromkeys(keys(v, values))] for v in claims.values[column]])]

    return Dimension(ways)


def _regions(end: str, within: str) -> Dimension:
    def ways(claims: Columns, places: Numbers, values: Values) -> list[Way]:
        stated = [places_of(value, values) for value in claims.values[end]]
        return [(claims.numbers[end][places], _at_level("Region", stated, values["region_level"], values.get(within)))]

    return Dimension(ways)


def _peers(claims: Columns, places: Numbers, values: Values) -> list[Way]:
    """Tell regions apart at the level of the one that is asked; a group is compared with countries."""
    level = reference.by_id("Region")[values["region"]].level
    level = level if level in ("continent", "province", "city") else "country"
    stated = [places_of(value, values) for value in claims.values["destinations"]]
    return [(claims.numbers["destinations"][places], _at_level("Region", stated, level, None))]


def _fields(claims: Columns, places: Numbers, values: Values) -> list[Way]:
    stated = claims.values["fields"]
    return [(claims.numbers["fields"][places], _at_level("Field", stated, values["field_level"], values.get("field")))]


def _periods(claims: Columns, places: Numbers, values: Values) -> list[Way]:
    days, codes = np.unique(claims.numbers["day"][places], return_inverse=True)
    return [(codes, [[_period(day, values["period"])] for day in days.tolist()])]


def _incentives(offers: Any, values: Values) -> Iterable[Hashable]:
    found = [offer[0] for offer in offers] or [UNSTATED]
    return [id for id in found if not values.get("incentive") or id in values["incentive"]]


def _amounts(offers: Any, values: Values) -> Iterable[Hashable]:
    return [offer[:3] for offer in offers if not values["incentive"] or offer[0] in values["incentive"]]


def parts_of(parts: Iterable[str], roles: Sequence[str], labels: Sequence[str]) -> list[tuple[str, str]]:
    """Return label and id of those that play these roles."""
    split = (part.split("|", 2) for part in parts)
    return [(label, id) for role, label, id in split if role in roles and label in labels]


RECRUITS = ("recruiter", "on_behalf_of")
ACTORS = ("Company", "Organisation", "Region")


def _recruiters(parts: Any, values: Values) -> Iterable[Hashable]:
    return parts_of(parts, RECRUITS, ACTORS) if values["by_recruiter"] else [(ANY, ANY)]


def gains(claims: Columns, places: Numbers, values: Values) -> tuple[Numbers, list[list[tuple[str, bool]]]]:
    """Return a code for each claim, and for each code the regions that gain by it (true), and those that lose.

    A claim moves people from every origin to every destination, where neither lies in the other.
    """
    found, codes = combined(claims, ("origins", "destinations"), places)
    ends = [
        _at_level("Region", [places_of(v[end], values) for v in found], values["region_level"], None) for end in (0, 1)
    ]
    moved: list[list[tuple[str, bool]]] = []
    for origins, destinations in zip(*ends, strict=True):
        pairs = [(str(o), str(d)) for o in origins for d in destinations if UNSTATED not in (o, d)]
        pairs = [pair for pair in pairs if not _nested(*pair)]
        moved.append([*dict.fromkeys([(d, True) for _, d in pairs] + [(o, False) for o, _ in pairs])])
    return codes, moved


def _gains(claims: Columns, places: Numbers, values: Values) -> list[Way]:
    codes, moved = gains(claims, places, values)
    return [(codes, [[*dict.fromkeys(region for region, _ in regions)] for regions in moved])]


def _nested(one: str, other: str) -> bool:
    above = [{term.id for term in reference.ancestors("Region", id)} for id in (one, other)]
    return other in above[0] or one in above[1]


def _aspects(claims: Columns, places: Numbers, values: Values) -> list[Way]:
    """Tell all that is said of a claim apart, each aspect for itself."""

    def way(column: str, keys: Callable[[Any], Iterable[tuple[str, str]]]) -> Way:
        asked = values["aspect"]
        made = [[key for key in dict.fromkeys(keys(v)) if asked in (None, key[0])] for v in claims.values[column]]
        return claims.numbers[column][places], [[*found] for found in made]

    def places_as(aspect: str) -> Callable[[Any], Iterable[tuple[str, str]]]:
        return lambda stated: [(aspect, f"Region|{id}") for id in places_of(stated, values)]

    days, codes = np.unique(claims.numbers["day"][places], return_inverse=True)
    years = [[("year", _period(day, "year"))] if values["aspect"] in (None, "year") else [] for day in days.tolist()]
    return [
        way("modality", lambda modality: [("all", "all"), ("modality", modality)]),
        way("stage", lambda stage: [("stage", stage)]),
        (codes, [[*found] for found in years]),
        way("parts", lambda parts: [tuple(part.split("|", 1)) for part in parts]),
        way("destinations", places_as("destination")),
        way("origins", places_as("origin")),
        way("fields", lambda fields: [("seeks", f"Field|{id}") for id in fields]),
        way("offers", lambda offers: [("offers", f"Incentive|{offer[0]}") for offer in offers]),
        way("channels", lambda channels: [("via", f"Channel|{id}") for id, excluded in channels if not excluded]),
        way("programmes", lambda programmes: [("under", f"Programme|{id}") for id in programmes]),
    ]


DIMENSIONS: Mapping[str, Dimension] = {
    "region": _regions("destinations", "region"),
    "destination": _regions("destinations", "destination"),
    "origin": _regions("origins", "origin"),
    "field": Dimension(_fields),
    "peer": Dimension(_peers),
    "period": Dimension(_periods),
    "incentive": _of("offers", _incentives),
    "amount": _of("offers", _amounts),
    "channel": _of("channels", lambda channels, values: channels or [(UNSTATED, False)]),
    "programme": _of("programmes", lambda programmes, values: programmes),
    "company": _of("parts", lambda parts, values: [id for _, id in parts_of(parts, RECRUITS, ("Company",))]),
    "employer": _of("parts", lambda parts, values: parts_of(parts, ("from_employer",), ACTORS)),
    "recruiter": _of("parts", _recruiters),
    "gain": Dimension(_gains, ("net", "to_claims")),
    "aspect": Dimension(_aspects, ("claims",)),
}


def _at_level(label: str, stated: Sequence[Iterable[str]], level: str, wholes: str | Sequence[str] | None) -> Keys:
    """Roll the ids of each item up to a level; what is above it stays. With wholes, rows stay within them."""
    if level == ANY:
        return [[ANY] for _ in stated]
    within = [wholes] if isinstance(wholes, str) else wholes
    ups = {id: _up(label, id, level, within) for id in {id for ids in stated for id in ids}}
    nothing: list[Hashable] = [UNSTATED] if within is None else []
    return [[*sorted({up for id in ids if (up := ups[id]) is not None})] or nothing for ids in stated]


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
