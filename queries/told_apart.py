"""What rows counted from columns are told apart by: places, fields, periods, offers, firms, by the names of headers."""

import datetime
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from graph import reference
from graph.columns import UNDATED as NO_DAY
from graph.columns import Columns, Numbers
from graph.schema import UNDATED, UNSTATED
from queries.chosen import places_of
from queries.gains import either, gains
from queries.slots import ANY, Lists, kept, rolled

AS_STATED = "as_stated"

Way = tuple[Numbers, Lists]
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Dimension:
    """What rows are told apart by.

    `ways` gives for claims at these places a code each, and for each code the keys under which such a claim counts:
    once, or several times over. `largest` are the columns by which rows are sorted where nothing is asked.
    """

    ways: Callable[[Columns, Numbers, Values], list[Way]]
    largest: tuple[str, ...] = ()


def _of(column: str, keys: Callable[[Any, Values], Iterable[Hashable]], *uses: str) -> Dimension:
    """Return a dimension whose keys are those of the values of one column; `uses` are the parameters that matter."""

    def ways(claims: Columns, places: Numbers, values: Values) -> list[Way]:
        key = (column, keys, *(repr(values.get(name)) for name in uses))
        lists = kept(claims, key, lambda: Lists.of(dict.fromkeys(keys(v, values)) for v in claims.values[column]))
        return [(claims.numbers[column][places], lists)]

    return Dimension(ways)


def _regions(end: str, within: str) -> Dimension:
    def ways(claims: Columns, places: Numbers, values: Values) -> list[Way]:
        lists = rolled(claims, end, values["region_level"], values.get(within), values["implied"])
        return [(claims.numbers[end][places], lists)]

    return Dimension(ways)


def _peers(claims: Columns, places: Numbers, values: Values) -> list[Way]:
    """Tell regions apart at the level of the one that is asked; a group is compared with countries."""
    level = reference.by_id("Region")[values["region"]].level
    level = level if level in ("continent", "province", "city") else "country"
    return [(claims.numbers["destinations"][places], rolled(claims, "destinations", level, None, values["implied"]))]


def _fields(claims: Columns, places: Numbers, values: Values) -> list[Way]:
    lists = rolled(claims, "fields", values["field_level"], values.get("field"), implied=True)
    return [(claims.numbers["fields"][places], lists)]


def _periods(claims: Columns, places: Numbers, values: Values) -> list[Way]:
    days, codes = np.unique(claims.numbers["day"][places], return_inverse=True)
    return [(codes, Lists.of([_period(day, values["period"])] for day in days.tolist()))]


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


def _gains(claims: Columns, places: Numbers, values: Values) -> list[Way]:
    found = gains(claims, values)
    return [(found.codes[places], either(found.gaining, found.losing))]


def _aspect(aspect: str, column: str, keys: Callable[[Any], Iterable[Hashable]]) -> tuple[str, Dimension]:
    return aspect, _of(column, lambda value, values: keys(value))


def _end(aspect: str, column: str) -> tuple[str, Dimension]:
    def ways(claims: Columns, places: Numbers, values: Values) -> list[Way]:
        key = ("end", aspect, values["implied"])
        lists = kept(claims, key, lambda: Lists.of(_ids(value, aspect, values) for value in claims.values[column]))
        return [(claims.numbers[column][places], lists)]

    return aspect, Dimension(ways)


def _ids(stated: Any, aspect: str, values: Values) -> list[tuple[str, str]]:
    return [(aspect, f"Region|{id}") for id in places_of(stated, values)]


def _years(claims: Columns, places: Numbers, values: Values) -> list[Way]:
    days, codes = np.unique(claims.numbers["day"][places], return_inverse=True)
    return [(codes, Lists.of([("year", _period(day, "year"))] for day in days.tolist()))]


# What is said of a claim, each aspect for itself; None for those that are several, which parts of firms are.
ASPECTS: Sequence[tuple[str | None, Dimension]] = (
    _aspect("all", "modality", lambda modality: [("all", "all")]),
    _aspect("modality", "modality", lambda modality: [("modality", modality)]),
    _aspect("stage", "stage", lambda stage: [("stage", stage)]),
    ("year", Dimension(_years)),
    (
        None,
        _of(
            "parts",
            lambda parts, values: [part for part in map(_part, parts) if values["aspect"] in (None, part[0])],
            "aspect",
        ),
    ),
    _end("destination", "destinations"),
    _end("origin", "origins"),
    _aspect("seeks", "fields", lambda fields: [("seeks", f"Field|{id}") for id in fields]),
    _aspect("offers", "offers", lambda offers: [("offers", f"Incentive|{offer[0]}") for offer in offers]),
    _aspect("via", "channels", lambda ways: [("via", f"Channel|{id}") for id, excluded in ways if not excluded]),
    _aspect("under", "programmes", lambda programmes: [("under", f"Programme|{id}") for id in programmes]),
)


def _part(part: str) -> tuple[str, str]:
    role, _, actor = part.partition("|")
    return role, actor


def _aspects(claims: Columns, places: Numbers, values: Values) -> list[Way]:
    """Tell all that is said of a claim apart, each aspect for itself, or the one that is asked."""
    asked = values["aspect"]
    chosen = [way for aspect, way in ASPECTS if asked is None or aspect in (None, asked)]
    return [found for dimension in chosen for found in dimension.ways(claims, places, values)]


DIMENSIONS: Mapping[str, Dimension] = {
    "region": _regions("destinations", "region"),
    "destination": _regions("destinations", "destination"),
    "origin": _regions("origins", "origin"),
    "field": Dimension(_fields),
    "peer": Dimension(_peers),
    "period": Dimension(_periods),
    "incentive": _of("offers", _incentives, "incentive"),
    "amount": _of("offers", _amounts, "incentive"),
    "channel": _of("channels", lambda channels, values: channels or [(UNSTATED, False)]),
    "programme": _of("programmes", lambda programmes, values: programmes),
    "company": _of("parts", lambda parts, values: [id for _, id in parts_of(parts, RECRUITS, ("Company",))]),
    "employer": _of("parts", lambda parts, values: parts_of(parts, ("from_employer",), ACTORS)),
    "recruiter": _of("parts", _recruiters, "by_recruiter"),
    "gain": Dimension(_gains, ("net", "to_claims")),
    "aspect": Dimension(_aspects, ("claims",)),
}


def _period(ordinal: int, kind: str) -> str:
    if ordinal == NO_DAY:
        return UNDATED
    day = datetime.date.fromordinal(ordinal)
    quarter = f"{day.year:04}-Q{(day.month + 2) // 3}"
    return {"month": f"{day.year:04}-{day.month:02}", "quarter": quarter, "year": f"{day.year:04}"}[kind]
