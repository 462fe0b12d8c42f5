"""What rows counted from columns are told apart by: places, fields, periods, offers, firms, by the names of headers."""

import datetime
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from graph import reference
from graph.columns import UNDATED as NO_DAY
from graph.columns import Columns, Numbers
from graph.counts import spread
from graph.schema import UNDATED, UNSTATED
from queries.chosen import places_of
from queries.gains import either, gains
from queries.slots import ANY, Lists, counted, kept, rolled, stated, within

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
    known = reference.by_id("Region")
    level = known[values["region"]].level
    level = level if level in ("continent", "province", "city") else "country"
    found = rolled(claims, "destinations", level, None, values["implied"])
    peers = {id for id, term in known.items() if term.level == level} | {values["region"]}
    return [(claims.numbers["destinations"][places], found.only(peers))]


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


def _companies(parts: Any, values: Values) -> Iterable[Hashable]:
    """Return every two companies of a claim with their parts, those that are asked first, and else by their ids."""
    asked = values["company"]
    firms = [(id, role) for role, label, id in (part.split("|", 2) for part in parts) if label == "Company"]
    return [
        (one, role, other, other_role)
        for one, role in firms
        if asked is None or one in asked
        for other, other_role in firms
        if other > one or (asked is not None and other != one and other not in asked)
    ]


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


def _sides(claims: Columns, places: Numbers, values: Values) -> list[Way]:
    """Tell two regions apart, to both of which a claim may recruit."""

    def make() -> Lists:
        lists = stated(claims, "destinations")
        there = counted(lists, values["implied"])
        sides = [*dict.fromkeys((values["region"], values["other"]))]
        found = [lists.any(there & within(lists, "Region", {side})).tolist() for side in sides]
        return Lists.of([side for side, has in zip(sides, of, strict=True) if has] for of in zip(*found, strict=True))

    key = ("sides", values["region"], values["other"], values["implied"])
    return [(claims.numbers["destinations"][places], kept(claims, key, make))]


# What two regions are compared by: the column, and label and id of what its values state.
COMPARED: Mapping[str, tuple[str, Callable[[Any, Values], list[Hashable]]]] = {
    "incentive": ("offers", lambda offers, values: [("Incentive", offer[0]) for offer in offers]),
    "origin": ("origins", lambda places, values: [("Region", id) for id in places_of(places, values)]),
    "channel": ("channels", lambda ways, values: [("Channel", id) for id, excluded in ways if not excluded]),
    "programme": ("programmes", lambda programmes, values: [("Programme", id) for id in programmes]),
    "recruiter_type": ("recruiter_type", lambda kind, values: [("", kind)]),
}
ALL = ("", "total")


def _compared(claims: Columns, places: Numbers, values: Values) -> list[Way]:
    """Tell the values of an aspect apart, and all claims together."""
    if values["aspect"] == "field":
        level = values["field_level"]
        lists = rolled(claims, "fields", level, None, implied=True)
        keys = [("" if key == UNSTATED else "Field", key) for key in lists.keys]
        way = (claims.numbers["fields"][places], Lists(keys, lists.sizes, lists.items, lists.marked))
    else:
        column, of = COMPARED[values["aspect"]]
        lists = Lists.of(dict.fromkeys(of(value, values)) or [("", UNSTATED)] for value in claims.values[column])
        way = (claims.numbers[column][places], lists)
    return [way, (np.zeros(len(places), dtype=np.int64), Lists.of([[ALL]]))]


def told_apart(ways: Sequence[Way], at: Numbers) -> tuple[list[Hashable], Numbers, Numbers]:
    """Return the keys of a dimension, and for the claims at `at` each with the place of every key that it has."""
    numbers: dict[Hashable, int] = {}
    found = []
    for codes, lists in ways:
        number = np.array([numbers.setdefault(key, len(numbers)) for key in lists.keys], dtype=np.int64)
        place, item = spread(codes[at], lists.sizes, lists.items)
        found.append((place, number[item] if len(number) else item))
    place, item = (np.concatenate(column) for column in zip(*found, strict=True))
    return [*numbers], place, item


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
    "companies": _of("parts", _companies, "company"),
    "gain": Dimension(_gains, ("net", "to_claims")),
    "aspect": Dimension(_aspects, ("claims",)),
    "side": Dimension(_sides),
    "compared": Dimension(_compared),
}


def _period(ordinal: int, kind: str) -> str:
    if ordinal == NO_DAY:
        return UNDATED
    day = datetime.date.fromordinal(ordinal)
    quarter = f"{day.year:04}-Q{(day.month + 2) // 3}"
    return {"month": f"{day.year:04}-{day.month:02}", "quarter": quarter, "year": f"{day.year:04}"}[kind]
