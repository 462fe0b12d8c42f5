"""Which claims in columns a question counts: its filters, by the names that all questions give them."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.columns import UNDATED, Columns
from graph.counts import open_end
from graph.frame import Row
from queries.slots import counted, stated, within

Mask = NDArray[np.bool_]
COMPANY_ROLES = ("recruiter", "on_behalf_of", "intermediary", "from_employer")


def chosen_claims(claims: Columns, values: Mapping[str, Any]) -> Mask:
    """Return which claims a question's filters let through, but for the period; `values` has no other filters."""
    chosen = having(claims, "modality", {*values["modality"], *values.get("against", ())}.__contains__)
    known = known_at(claims, values["known_at"])
    chosen &= known if values.get("before") is None else known | known_at(claims, values["before"])
    for name, column in (("reliability", "publisher"), ("language", "lang")):
        if values[name] is not None:
            chosen &= having(claims, column, values[name].__contains__)
    end = "origins" if values.get("side") == "origin" else "destinations"
    for name, column in (("region", end), ("destination", "destinations"), ("origin", "origins"), ("field", "fields")):
        if values.get(name) is not None:
            chosen &= _within(claims, column, values[name], values.get("implied", True))
    if values.get("company") is not None:
        role = values.get("role", "any")
        roles = COMPANY_ROLES if role == "any" else (role,)
        asked = {f"{role}|Company|{id}" for role in roles for id in listed(values["company"])}
        chosen &= having(claims, "parts", lambda parts: not asked.isdisjoint(parts))
    return chosen


def known_at(claims: Columns, instant: str) -> Mask:
    """Return which claims were known at an instant."""
    return having(claims, "known_at", lambda known: known <= instant) & having(
        claims, "known_until", lambda until: not until or until > instant
    )


def in_period(claims: Columns, values: Mapping[str, Any]) -> Mask:
    """Return which claims were reported from `since` to `until`; without these, all."""
    since, until, day = values["since"], values["until"], claims.numbers["day"]
    within: Mask = np.ones(len(claims), dtype=np.bool_)
    if since is not None or until is not None:
        within = (day != UNDATED) & (day >= (since or datetime.date.min).toordinal())
        within &= day <= (until or datetime.date.max).toordinal()
    return within


def having(claims: Columns, name: str, test: Callable[[Any], bool]) -> Mask:
    """Return which claims have a value in this column that passes the test."""
    passed: Mask = np.array([test(value) for value in claims.values[name]], dtype=np.bool_)[claims.numbers[name]]
    return passed


def listed(ids: str | Iterable[str]) -> set[str]:
    """Return the one id, or the several ids, that a parameter has."""
    return {ids} if isinstance(ids, str) else {*ids}


def places_of(stated: Iterable[tuple[str, bool]], values: Mapping[str, Any]) -> list[str]:
    """Return the places among those stated that a question counts."""
    return [id for id, implied in stated if values["implied"] or not implied]


def _within(claims: Columns, column: str, wholes: Any, implied: bool) -> Mask:
    """Return which claims state one of these, or a part of one."""
    lists = stated(claims, column)
    part = within(lists, "Field" if column == "fields" else "Region", listed(wholes))
    found: Mask = lists.any(part & counted(lists, implied))[claims.numbers[column]]
    return found


def open_ends(claims: Columns, values: Mapping[str, Any]) -> Row:
    """Return the row of what the claims leave open, and of how many have no date, whether or not these are counted."""
    chosen = chosen_claims(claims, values)
    these = chosen & in_period(claims, values)
    found = {"claims": these, "undated": chosen & open_end(claims, "undated")}
    for name, column in (("no_region", "destinations"), ("no_origin", "origins"), ("no_field", "fields")):
        lists = stated(claims, column)
        found[name] = these & ~lists.any(counted(lists, values["implied"]))[claims.numbers[column]]
    for name in ("no_incentive", "no_channel", "no_company"):
        found[name] = these & open_end(claims, name)
    return {name: int(np.count_nonzero(mask)) for name, mask in found.items()}
