"""Questions about propositions, voices and neighbours, against a plain-Python count over random claims."""

from collections.abc import Callable, Iterable
from itertools import product
from typing import Any

import pytest

from graph.schema import MODALITY_GROUPS
from graph.store import Store
from queries.catalogue import ask
from queries.flat import items
from tests.expected import COUNTS
from tests.random_claims import COMPANIES, Told, above, counted, rate, rolled, world
from tests.test_counting_questions import Arguments, counts_in, fields, named, places

EARLIER = 22  # documents that are known at first
FIRST, BETWEEN, LATER = (f"2026-0{month}-01T00:00:00+00:00" for month in (1, 2, 3))
PROPOSITIONS: tuple[Arguments, ...] = (
    {},
    {"by_recruiter": False},
    {"region_level": "any", "field_level": "group"},
    {"region_level": "city", "implied": False, "field_level": "term"},
    {"region": "CN", "by_recruiter": False, "field_level": "any"},
    {"field": "computing", "region_level": "province"},
    {"reliability": "C,F", "language": "en,zh", "by_recruiter": False},
)
Key = tuple[str, str, str]


@pytest.fixture
def told(embedded_store: Store) -> list[Told]:
    """Random claims in the store, the documents from EARLIER on known only later."""
    extractions, memberships, told = world(seed=8)
    embedded_store.write(extractions[:EARLIER], memberships[:EARLIER], known_at=FIRST)
    embedded_store.write(extractions[EARLIER:], memberships, known_at=LATER)
    rate(embedded_store)
    assert {claim.document < EARLIER for claim in told} == {True, False}
    return told


def five(row: dict[str, Any], prefix: str = "") -> tuple[int, ...]:
    return tuple(row[prefix + count] for count in COUNTS)


def through(told: Iterable[Told], given: Arguments, modality: str) -> list[Told]:
    return [claim for claim in told if counts_in(claim, {**given, "modality": modality}, modality)]


def keys(claim: Told, given: Arguments) -> Iterable[Key]:
    """Return the propositions of a claim: recruiter, region, field."""
    who = ["any"]
    if given.get("by_recruiter", True):
        own = (claim.claim.recruiter,) if claim.claim.recruiter else ()
        who = named((*own, *claim.claim.on_behalf_of), "Company", "Organisation", "Region")
    region_level, field_level = given.get("region_level", "country"), given.get("field_level", "code")
    where = {"any"} if region_level == "any" else rolled("Region", places(claim, given), region_level)
    what = {"any"} if field_level == "any" else rolled("Field", fields(claim), field_level)
    return product(who, where, what)


def grouped(told: Iterable[Told], given: Arguments) -> dict[Key, list[Told]]:
    groups: dict[Key, list[Told]] = {}
    for claim in told:
        for key in set(keys(claim, given)):
            groups.setdefault(key, []).append(claim)
    return groups


def counts(told: Iterable[Told]) -> tuple[int, ...]:
    return counted(told, lambda _: [()]).get((), (0, 0, 0, 0, 0))


def of_row(row: dict[str, Any]) -> Key:
    return row["recruiter_id"], row["region_id"], row["field_id"]


def rows(store: Store, question: str, given: Arguments) -> list[dict[str, Any]]:
    return ask(store, question, {**given, "limit": 100_000}).rows


def test_propositions_of_one_story_and_those_on_both_sides(embedded_store: Store, told: list[Told]) -> None:
    for given in PROPOSITIONS:
        affirmed = grouped(through(told, given, "positive"), given)
        denied = grouped(through(told, given, "negative"), given)
        single = {key: counts(claims) for key, claims in affirmed.items() if len({c.story for c in claims}) == 1}
        assert {of_row(row): five(row) for row in rows(embedded_store, "single-story-claims", given)} == single
        both = {
            (*key, stands): (len({c.story for c in affirmed[key] + denied[key]}), *counts(side[key]))
            for key in affirmed.keys() & denied.keys()
            for stands, side in (("affirmed", affirmed), ("denied", denied))
        }
        assert both or given.get("field")
        found = rows(embedded_store, "contradictions", {**given, "kind": "act"})
        assert {(*of_row(row), row["stands"]): (row["group_stories"], *five(row)) for row in found} == both


def test_what_changed_between_two_days(embedded_store: Store, told: list[Told]) -> None:
    for given in PROPOSITIONS:
        affirmed = grouped(through(told, given, "positive"), given)
        denied = grouped(through(told, given, "negative"), given)
        expected = {}
        for key in affirmed.keys() | denied.keys():
            now, against = affirmed.get(key, []), denied.get(key, [])
            then, against_then = ([c for c in claims if c.document < EARLIER] for claims in (now, against))
            later, earlier = counts(now), counts(then)
            if now and not then:
                change = ["new"]
            elif later[3:] != earlier[3:]:  # nothing goes in this world
                change = ["strengthened"]
            else:
                change = ["repeated"] if later[0] > earlier[0] else []
            change += ["contradicted"] if against and not against_then else []
            if change:
                before = (earlier[0], earlier[3], earlier[4])
                expected[key] = (change, *later, *before, len(against), len(against_then))
        found = {
            of_row(row): (
                items(row["changes"]),
                *five(row),
                *(row[f"{count}_before"] for count in ("claims", "stories", "claimants")),
                row["denials"],
                row["denials_before"],
            )
            for row in rows(embedded_store, "what-changed", {**given, "before": BETWEEN})
        }
        assert found == expected
        assert found


def test_voices_and_how_much_they_deny(embedded_store: Store, told: list[Told]) -> None:
    some: tuple[Arguments, ...] = ({}, {"region": "CN"}, {"reliability": "F"}, {"field": "computing", "implied": False})
    for given in some:
        let_through = through(told, given, "all")
        expected = []
        for voice in {claim.voice for claim in let_through}:
            mine = [claim for claim in let_through if claim.voice == voice]
            denies = sum(claim.claim.modality in MODALITY_GROUPS["negative"] for claim in mine)
            if voice == "OFFICE":
                shown = ("OFFICE", "Organisation")
            else:
                shown = (f"Publisher {voice[1]}", "Publisher") if voice[0] == "publisher" else ("sources", "Voice")
            expected.append((*shown, denies, *counts(mine)))
        found = rows(embedded_store, "claimants", given)
        assert sorted((r["claimant"], r["label"], r["denies"], *five(r)) for r in found) == sorted(expected)


def test_what_claims_leave_open(embedded_store: Store, told: list[Told]) -> None:
    some: tuple[Arguments, ...] = ({}, {"region": "CN", "implied": False}, {"field": "computing", "language": "zh"})
    for given in some:
        mine = through(told, given, "positive")
        (row,) = rows(embedded_store, "coverage", {**given, "modality": "positive"})
        assert row == {
            "claims": len(mine),
            "no_region": sum(not places(c, given) for c in mine),
            "no_origin": sum(not places(c, given, "origins") for c in mine),
            "no_field": sum(not fields(c) for c in mine),
            "no_incentive": sum(not c.claim.offers for c in mine),
            "no_channel": sum(all(way.negated for way in c.claim.channels) for c in mine),
            "no_company": sum(
                not named((*filter(None, [c.claim.recruiter]), *c.claim.on_behalf_of), "Company") for c in mine
            ),
            "undated": sum(c.day is None for c in mine),
        }


ASPECTS: dict[str, Callable[[Told], Iterable[str]]] = {
    "field": lambda c: rolled("Field", fields(c), "code"),
    "incentive": lambda c: [offer.slot.entity.id for offer in c.claim.offers] or ["unstated"],
    "origin": lambda c: places(c, {}, "origins") or ["unstated"],
    "channel": lambda c: [way.entity.id for way in c.claim.channels if not way.negated] or ["unstated"],
    "programme": lambda c: [slot.entity.id for slot in c.claim.programmes] or ["unstated"],
}


@pytest.mark.parametrize("aspect", ASPECTS)
def test_two_regions_side_by_side(embedded_store: Store, told: list[Told], aspect: str) -> None:
    def by_value(region: str) -> dict[str, tuple[int, ...]]:
        inside = through(told, {"region": region}, "positive")
        return counted(inside, lambda claim: [*ASPECTS[aspect](claim), "total"])

    one, other = by_value("CN"), by_value("DE")
    found = rows(embedded_store, "compare-regions", {"region": "CN", "other": "DE", "aspect": aspect})
    none = (0,) * len(COUNTS)
    assert {row["id"]: (five(row), five(row, "other_")) for row in found} == {
        id: (one.get(id, none), other.get(id, none)) for id in one.keys() | other.keys()
    }
    for row in found:
        assert row["share"] == pytest.approx(row["stories"] / one["total"][3])


def ends(claim: Told, implied: bool = True) -> list[tuple[str, str, str]]:
    """Return what a claim is tied to: relationship, label, id."""
    said = claim.claim
    slots = {
        "RECRUITER": (said.recruiter,) if said.recruiter else (),
        "ON_BEHALF_OF": said.on_behalf_of,
        "FROM_EMPLOYER": said.origin_employers,
        "DESTINATION": said.destinations,
        "ORIGIN": said.origins,
        "SEEKS": said.fields,
        "OFFERS": tuple(offer.slot for offer in said.offers),
        "VIA": said.channels,
        "UNDER": said.programmes,
        "SAID_BY": tuple(voice.slot for voice in said.claimants),
    }
    return [
        (role, slot.entity.label, slot.entity.id)
        for role, filled in slots.items()
        for slot in filled
        if slot.entity.label != "Voice" and (implied or not slot.implied)
    ]


def test_companies_that_share_claims(embedded_store: Store, told: list[Told]) -> None:
    def ties(claim: Told) -> Iterable[tuple[str, str, str, str]]:
        companies = [(role.lower(), id) for role, label, id in ends(claim) if label == "Company"]
        return ((a, role, b, other) for role, a in companies for other, b in companies if a < b)

    found = {
        (row["company_id"], row["role"], row["other_id"], row["other_role"]): five(row)
        for row in rows(embedded_store, "company-ties", {"modality": "all"})
    }
    assert found == counted(told, ties)


def test_what_is_around_an_entity(embedded_store: Store, told: list[Told]) -> None:
    some: tuple[tuple[str, str, Arguments], ...] = (
        ("Region", "CN", {}),
        ("Region", "CN", {"field": "computing", "implied": False}),
        ("Field", "computing", {"region": "CN", "reliability": "F"}),
        ("Company", COMPANIES[1].id, {"language": "zh"}),
    )
    for label, entity, given in some:
        implied = given.get("implied", True)

        def around(
            claim: Told, label: str = label, entity: str = entity, implied: bool = implied
        ) -> Iterable[tuple[str, ...]]:
            tied = ends(claim, implied)
            for role, kind, id in tied:
                inside = id == entity if kind not in ("Region", "Field") else entity in above(kind, id)
                if kind == label and inside:
                    yield from ((role, *other) for other in tied if other[2] != id)

        found = {
            (row["role"], row["other_role"], row["label"], row["id"]): five(row)
            for row in rows(embedded_store, "neighbourhood", {"entity": entity, **given})
            if row["claims"] is not None
        }
        assert found == counted(through(told, given, "all"), around)
