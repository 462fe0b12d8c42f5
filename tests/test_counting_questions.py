"""Every question that counts, against a plain-Python count, over random claims and random parameters."""

import datetime
from collections.abc import Callable, Iterable
from itertools import product
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph import ids, reference
from graph.frame import Slot
from graph.grades import grade
from graph.schema import MODALITY_GROUPS
from graph.store import Store
from queries.catalogue import ask
from tests.expected import COUNTS
from tests.random_claims import (
    COMPANIES,
    DAYS,
    FIELDS,
    INCENTIVES,
    LANGUAGES,
    RATED,
    REGIONS,
    Told,
    above,
    counted,
    rate,
    rolled,
    world,
)

Arguments = dict[str, Any]
Keys = Callable[[Told, Arguments], Iterable[Any]]


def places(claim: Told, given: Arguments, end: str = "destinations") -> list[str]:
    slots: tuple[Slot, ...] = getattr(claim.claim, end)
    return [slot.entity.id for slot in slots if given.get("implied", True) or not slot.implied]


def fields(claim: Told) -> list[str]:
    return [slot.entity.id for slot in claim.claim.fields]


def named(slots: Iterable[Slot], *labels: str) -> list[str]:
    return [slot.entity.id for slot in slots if slot.entity.label in labels]


def regions(claim: Told, given: Arguments, end: str = "destinations", within: str | None = None) -> set[str]:
    return rolled("Region", places(claim, given, end), given.get("region_level", "country"), within)


def codes(claim: Told, given: Arguments, within: str | None = None) -> set[str]:
    return rolled("Field", fields(claim), given.get("field_level", "code"), within)


def period(claim: Told, given: Arguments, default: str) -> str:
    if claim.day is None:
        return "undated"
    quarter = f"{claim.day.year}-Q{(claim.day.month + 2) // 3}"
    return {"month": claim.day.strftime("%Y-%m"), "quarter": quarter, "year": str(claim.day.year)}[
        given.get("period", default)
    ]


def offers(claim: Told) -> list[str]:
    return [offer.slot.entity.id for offer in claim.claim.offers] or ["unstated"]


def amounts(claim: Told, given: Arguments) -> list[tuple[str, str]]:
    found = []
    for offer in claim.claim.offers:
        missing = "undisclosed" if offer.undisclosed else "unstated"
        if given.get("incentive") in (None, offer.slot.entity.id):
            found.append((offer.slot.entity.id, offer.currency or missing))
    return found


def channels(claim: Told) -> list[tuple[str, bool]]:
    return [(slot.entity.id, slot.negated) for slot in claim.claim.channels] or [("unstated", False)]


def wholes(region: str) -> set[str]:
    """Return in what a region lies, and of what this is a member."""
    known = reference.by_id("Region")
    return {whole for id in above("Region", region) for whole in (id, *known[id].member_of)}


def net(claim: Told, given: Arguments) -> list[tuple[str, str]]:
    found = []
    for origin, destination in product(regions(claim, given, "origins"), regions(claim, given)):
        if "unstated" in (origin, destination):
            continue
        if origin not in wholes(destination) and destination not in wholes(origin):
            found += [("to", destination), ("from", origin)]
    return found


def recruiters(claim: Told) -> list[str]:
    own = (claim.claim.recruiter,) if claim.claim.recruiter else ()
    return named((*own, *claim.claim.on_behalf_of), "Company")


def parts(claim: Told) -> list[str]:
    return [*recruiters(claim), *named(claim.claim.origin_employers, "Company")]


def profile(claim: Told) -> list[tuple[str, str]]:
    return [("all", "all"), ("modality", claim.claim.modality), *(("seeks", id) for id in fields(claim))]


LEVELS, FIELD_LEVELS = ("continent", "country", "province", "city", "as_stated"), ("group", "code", "term", "as_stated")
OPTIONAL: dict[str, tuple[Any, ...]] = {
    "region": REGIONS,
    "origin": REGIONS,
    "destination": REGIONS,
    "field": FIELDS,
    "region_level": LEVELS,
    "field_level": FIELD_LEVELS,
    "period": ("month", "quarter", "year"),
    "incentive": INCENTIVES,
    "implied": (True, False),
    "modality": tuple(MODALITY_GROUPS),
    "since": tuple(DAYS),
    "until": tuple(DAYS),
    "reliability": ("B", "C,F", "A"),
    "language": ("en", "zh,en", "fr"),
}
ALWAYS = "modality since until reliability language"
# Question: columns that are the key, parameters it may be given, those it needs, and the keys of a claim.
QUESTIONS: dict[str, tuple[str, str, dict[str, tuple[Any, ...]], Keys]] = {
    "regions-recruiting-fields": (
        "region_id field_id",
        "region region_level field field_level implied",
        {},
        lambda c, a: product(regions(c, a, within=a.get("region")), codes(c, a, a.get("field"))),
    ),
    "fields-of-region": ("field_id", "field_level implied", {"region": REGIONS}, lambda c, a: codes(c, a)),
    "regions-of-field": ("region_id", "region_level implied", {"field": FIELDS}, lambda c, a: regions(c, a)),
    "region-trend": (
        "period region_id",
        "period region region_level field implied",
        {},
        lambda c, a: product([period(c, a, "month")], regions(c, a, within=a.get("region"))),
    ),
    "flows": (
        "origin_id destination_id",
        "region_level origin destination field implied",
        {},
        lambda c, a: product(regions(c, a, "origins", a.get("origin")), regions(c, a, within=a.get("destination"))),
    ),
    "flows-of-field": (
        "origin_id destination_id",
        "region_level implied",
        {"field": FIELDS},
        lambda c, a: product(regions(c, a, "origins"), regions(c, a)),
    ),
    "employers-drained": (
        "employer_id",
        "region origin field implied",
        {},
        lambda c, a: named(c.claim.origin_employers, "Company"),
    ),
    "companies-recruiting": ("company_id", "region field implied", {}, lambda c, a: recruiters(c)),
    "company-profile": (
        "aspect id",
        "field",
        {"company": tuple(company.id for company in COMPANIES)},
        lambda c, a: profile(c) if a["company"] in parts(c) else (),
    ),
    "region-profile": ("aspect id", "field implied", {"region": REGIONS}, lambda c, a: profile(c)),
    "incentives-by-region": (
        "region_id incentive_id",
        "region region_level field implied",
        {},
        lambda c, a: product(regions(c, a, within=a.get("region")), offers(c)),
    ),
    "incentives-by-field": (
        "field_id incentive_id",
        "field field_level region implied",
        {},
        lambda c, a: product(codes(c, a, a.get("field")), offers(c)),
    ),
    "incentive-trend": (
        "period incentive_id",
        "period incentive region field implied",
        {},
        lambda c, a: product([period(c, a, "month")], [o for o in offers(c) if a.get("incentive") in (None, o)]),
    ),
    "amounts": ("incentive_id currency", "incentive region field implied", {}, amounts),
    "channels-by-region": (
        "region_id channel_id excluded",
        "region region_level field implied",
        {},
        lambda c, a: ((r, *way) for r, way in product(regions(c, a, within=a.get("region")), channels(c))),
    ),
    "covert-share": ("period", "period region field implied", {}, lambda c, a: [period(c, a, "year")]),
    "programmes": ("programme_id", "region field implied", {}, lambda c, a: named(c.claim.programmes, "Programme")),
    "stories": ("story_id", "region field implied", {}, lambda c, a: [c.story]),
    "publishers": (
        "publisher_id",
        "region field implied",
        {},
        lambda c, a: [ids.named_id("Publisher", f"Publisher {c.publisher}")],
    ),
}


def counts_in(claim: Told, given: Arguments, default: str) -> bool:
    """Return whether a question's filters let the claim through; a region or field includes its parts."""
    since, until = given.get("since"), given.get("until")
    if claim.claim.modality not in MODALITY_GROUPS[given.get("modality", default)]:
        return False
    if (since or until) and (claim.day is None or claim.day < (since or claim.day) or claim.day > (until or claim.day)):
        return False
    if "reliability" in given and grade(RATED.get(claim.publisher)) not in given["reliability"].split(","):
        return False
    if "language" in given and LANGUAGES[claim.document % 3] not in given["language"].split(","):
        return False
    for name, label, stated in (
        ("region", "Region", places(claim, given)),
        ("destination", "Region", places(claim, given)),
        ("origin", "Region", places(claim, given, "origins")),
        ("field", "Field", fields(claim)),
    ):
        if given.get(name) and not any(given[name] in above(label, id) for id in stated):
            return False
    return True


@st.composite
def asked(draw: st.DrawFn) -> tuple[str, Arguments]:
    """Return a question and arguments for it."""
    name = draw(st.sampled_from(sorted(QUESTIONS)))
    _, optional, needed, _ = QUESTIONS[name]
    given = {key: draw(st.sampled_from(values)) for key, values in needed.items()}
    for key in f"{optional} {ALWAYS}".split():
        if key not in given and draw(st.booleans()):
            given[key] = draw(st.sampled_from(OPTIONAL[key]))
    if given.get("since", datetime.date.min) > given.get("until", datetime.date.max):
        del given["since"]
    return name, given


def agree(store: Store, told: list[Told], stories: dict[int, str], name: str, given: Arguments) -> None:
    columns, _, _, keys = QUESTIONS[name]
    default = "all" if name in ("stories", "publishers", "company-profile", "region-profile") else "positive"
    expected = counted([c for c in told if counts_in(c, given, default)], lambda claim: keys(claim, given))
    if name == "stories":
        expected = {stories[key]: counts for key, counts in expected.items()}
    rows = ask(store, name, {**given, "limit": 100_000}).rows
    shown = ("all", "modality", "seeks")
    found = {}
    for row in rows:
        key = tuple(row[column] for column in columns.split())
        if key[0] in shown or columns.split()[0] != "aspect":
            found[key if len(key) > 1 else key[0]] = tuple(row[count] for count in COUNTS)
    assert found == expected


def test_every_counting_question_agrees_with_a_plain_count(embedded_store: Store) -> None:
    extractions, memberships, told = world(seed=6)
    embedded_store.write(extractions, memberships, known_at="2026-01-01T00:00:00+00:00")
    rate(embedded_store)
    assert len(told) > 60
    order = {extraction.document.id: number for number, extraction in enumerate(extractions)}
    story_of = {order[m.document_id]: m.story_id for m in memberships}
    stories = {claim.story: story_of[claim.document] for claim in told}

    @settings(
        max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], database=None
    )
    @given(asked())
    def agrees(question: tuple[str, Arguments]) -> None:
        agree(embedded_store, told, stories, *question)

    agrees()


def test_gains_and_private_ways_agree_with_a_plain_count(embedded_store: Store) -> None:
    extractions, memberships, told = world(seed=7)
    embedded_store.write(extractions, memberships, known_at="2026-01-01T00:00:00+00:00")
    rate(embedded_store)
    some: tuple[Arguments, ...] = (
        {},
        {"region_level": "continent", "reliability": "C,F"},
        {"region_level": "city", "implied": False},
    )
    for arguments in some:
        let_through = [claim for claim in told if counts_in(claim, arguments, "positive")]
        expected = counted(let_through, lambda claim, a=arguments: net(claim, a))  # type: ignore[misc]
        rows = ask(embedded_store, "net-flows", arguments).rows
        found = {
            (side, row["region_id"]): counts
            for row in rows
            for side in ("to", "from")
            if any(counts := tuple(row[f"{side}_{count}"] for count in COUNTS))
        }
        assert found == expected
        assert {row["region_id"] for row in rows} == {region for _, region in expected}
    kinds = {term.id: term.kind for term in reference.terms() if term.label == "Channel"}
    positive = [claim for claim in told if counts_in(claim, {}, "positive")]
    for row in ask(embedded_store, "covert-share", {}).rows:
        by_kind: dict[str | None, set[int]] = {"private": set(), "public": set()}
        for claim in positive:
            for id, excluded in channels(claim):
                if period(claim, {}, "year") == row["period"] and not excluded:
                    by_kind.setdefault(kinds.get(id), set()).add(claim.story)
        private, public = by_kind["private"], by_kind["public"]
        assert (row["private_stories"], row["public_stories"]) == (len(private), len(public))
        assert row["private_share"] == round(len(private) / len(private | public), 4)
