"""What a key, by which rows are told apart, puts into a row, and where the row then stands among the others."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graph import reference
from graph.frame import Row
from graph.schema import UNDATED, UNSTATED
from queries.slots import ANY
from queries.told_apart import AS_STATED

if TYPE_CHECKING:
    from graph.store import Store

TOTAL = "total"
ACTORS = {
    "Company": "coalesce(n.described, false) AS described, "
    "COLLECT { MATCH (n)-[:BASED_IN]->(r:Region) RETURN DISTINCT [r.name, r.id] } AS based_in",
    "Organisation": "coalesce(n.described, false) AS described",
    "Programme": "COLLECT { MATCH (n)-[:RUN_BY]->(e) RETURN DISTINCT [e.name, e.id] } AS run_by",
}
_ENTITIES = "UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN n.id AS id, n.name AS name, {more}"
_OPEN = {UNSTATED: 2, "undisclosed": 1}

Entities = Mapping[tuple[str, str], Row]


@dataclass(frozen=True, slots=True)
class Part:
    """What one key puts into a row.

    Rows are in the order of `total`, `period`, `open` (2 for what is unstated), their counts, `names`.
    """

    row: Row
    above: bool = False
    total: bool = False
    period: str = ""
    open: int = 0
    names: tuple[Any, ...] = ()


def described(store: "Store", keys: set[tuple[str, str]]) -> Entities:
    """Return what the store says of entities, by label and id: their names, and what rows show besides."""
    found: dict[tuple[str, str], Row] = {}
    for label, more in ACTORS.items():
        if ids := sorted(id for kind, id in keys if kind == label):
            for row in store.read(_ENTITIES.format(label=label, more=more), {"ids": ids}):
                for name in row.keys() & {"based_in", "run_by"}:
                    several = sorted(map(tuple, row[name]))
                    row |= {name: [name for name, _ in several], f"{name}_ids": [id for _, id in several]}
                found[label, row["id"]] = row
    return found


def entity_keys(dimension: str, key: Any) -> list[tuple[str, str]]:
    """Return label and id of what has to be looked up to show a key."""
    if dimension in ("employer", "recruiter"):
        return [key]
    if dimension in ("company", "programme"):
        return [(dimension.capitalize(), key)]
    if dimension == "companies":
        return [("Company", key[0]), ("Company", key[2])]
    if dimension == "compared":
        return [key] if key[0] == "Programme" else []
    return [tuple(key[1].split("|", 1))] if dimension == "aspect" and "|" in key[1] else []


def part(dimension: str, key: Hashable, values: Mapping[str, Any], entities: Entities) -> Part:
    """Return what a key of a dimension puts into a row; of `TOTAL`, what the row of all does."""
    return _PARTS[dimension](dimension, key, values, entities)


def name_of(label: str, id: str, entities: Entities) -> str:
    """Return the name of an entity: what the store was asked for, or what the reference data has."""
    term = reference.by_id(label).get(id) if label not in ACTORS else None
    return str(entities[label, id]["name"]) if (label, id) in entities else term.name if term else id


def _place(dimension: str, key: Any, values: Mapping[str, Any], entities: Entities) -> Part:
    """Return the part of a place or field at the level that is asked."""
    label = "Field" if dimension == "field" else "Region"
    term = reference.by_id(label).get(key)
    level = values.get("field_level" if label == "Field" else "region_level", ANY)  # peers have their own
    levels = (up.level for up in reference.ancestors(label, key))  # where one of them is asked, the key is within it
    above = term is not None and level not in (ANY, AS_STATED, *levels)
    name = term.name if term else key
    column = "region" if dimension in ("gain", "peer") else dimension
    row = {f"{column}_id": key, column: name}
    return Part(row, above, key == TOTAL, open=2 * (key == UNSTATED), names=(name, key))


def _period(dimension: str, key: Any, values: Mapping[str, Any], entities: Entities) -> Part:
    start = None
    if key != UNDATED:
        year, _, of_year = key.partition("-")
        months = {"": "01", "Q1": "01", "Q2": "04", "Q3": "07", "Q4": "10"}
        start = f"{year}-{months.get(of_year, of_year)}-01"
    precision = None if key == UNDATED else values["period"]
    return Part({"period": key, "period_start": start, "precision": precision}, period=key)


def _new(dimension: str, key: Any, values: Mapping[str, Any], entities: Entities) -> Part:
    return Part({"month": key}, names=(key,))


def _listed(dimension: str, key: Any, values: Mapping[str, Any], entities: Entities) -> Part:
    """Return the part of an incentive or a programme."""
    name = name_of(dimension.capitalize(), key, entities)
    row = {**entities.get((dimension.capitalize(), key), {}), f"{dimension}_id": key, dimension: name}
    return Part(row, total=key == TOTAL, open=2 * (key == UNSTATED), names=(name, key))


def _amount(dimension: str, key: Any, values: Mapping[str, Any], entities: Entities) -> Part:
    id, currency, per = key
    name = name_of("Incentive", id, entities)
    row = {"incentive_id": id, "incentive": name, "currency": currency, "per": per or None}
    return Part(row, open=_OPEN.get(currency, 0), names=(name, id, currency, per))


def _channel(dimension: str, key: Any, values: Mapping[str, Any], entities: Entities) -> Part:
    id, excluded = (TOTAL, False) if key == TOTAL else key
    term = reference.by_id("Channel").get(id)
    name, kind = (term.name, term.kind) if term else (id, None)
    row = {"channel_id": id, "channel": name, "kind": kind, "excluded": excluded}
    return Part(row, total=id == TOTAL, open=2 * (id == UNSTATED), names=(name, id, excluded))


def _actor(dimension: str, key: Any, values: Mapping[str, Any], entities: Entities) -> Part:
    """Return the part of a company, an employer or whoever recruits."""
    label, id = ("Company", key) if dimension == "company" else key
    name = name_of(label, id, entities)
    row = {"described": False, **entities.get((label, id), {}), "label": label, f"{dimension}_id": id, dimension: name}
    return Part(row, names=(name, id))


_FIRST = ("all", "modality", "stage", "year")


def _aspect(dimension: str, key: Any, values: Mapping[str, Any], entities: Entities) -> Part:
    aspect, value = key
    label, _, id = value.partition("|")
    name = name_of(label, id, entities) if id else "all claims" if aspect == "all" else value
    place = f"{_FIRST.index(aspect) if aspect in _FIRST else len(_FIRST)} {aspect} {value if aspect == 'year' else ''}"
    return Part({"aspect": aspect, "id": id or value, "name": name}, period=place, names=(name, id or value))


def _companies(dimension: str, key: Any, values: Mapping[str, Any], entities: Entities) -> Part:
    one, role, other, other_role = key
    firms = [entities["Company", id] for id in (one, other)]
    return Part(
        {
            "company_id": one,
            "company": firms[0]["name"],
            "role": role,
            "other_id": other,
            "other": firms[1]["name"],
            "other_role": other_role,
            "described": any(firm["described"] for firm in firms),
        }
    )


def _side(dimension: str, key: Any, values: Mapping[str, Any], entities: Entities) -> Part:
    return Part({"side": key})


def _compared(dimension: str, key: Any, values: Mapping[str, Any], entities: Entities) -> Part:
    label, id = key
    return Part({"id": id, "name": name_of(label, id, entities) if label else id})


_PARTS: Mapping[str, Callable[[str, Any, Mapping[str, Any], Entities], Part]] = {
    **dict.fromkeys(("region", "destination", "origin", "field", "gain", "peer"), _place),
    **dict.fromkeys(("incentive", "programme"), _listed),
    **dict.fromkeys(("company", "employer", "recruiter"), _actor),
    "period": _period,
    "new": _new,
    "amount": _amount,
    "channel": _channel,
    "aspect": _aspect,
    "companies": _companies,
    "side": _side,
    "compared": _compared,
}
