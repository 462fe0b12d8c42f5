"""Pages of claims found by their days are those that the statement of `claims` finds."""

import random
from typing import Any

import pytest

from graph.store import Store
from queries import by_day, catalogue, listed
from queries.flat import flat
from queries.parameters import bind
from tests import claims_fixture
from tests.random_claims import CHANNELS, COMPANIES, FIELDS, INCENTIVES, PROGRAMMES, REGIONS, rate, world
from tests.test_counted import VALUES

QUESTION, STORIES = catalogue.find("claims"), catalogue.find("stories")
ENTITIES = (*REGIONS[:4], *FIELDS[:2], COMPANIES[0].id, PROGRAMMES[0], INCENTIVES[0], CHANNELS[0])
ASKED: dict[str, tuple[Any, ...]] = {
    **{name: VALUES[name] for name in ("region", "origin", "field", "since", "until", "modality", "implied")},
    **{name: VALUES[name] for name in ("company", "incentive", "reliability", "language", "known_at")},
    "recruiter": (COMPANIES[0].id, f"DE,{COMPANIES[1].id}"),
    "programme": PROGRAMMES,
    "channel": (*CHANNELS, ",".join(CHANNELS[:2])),
    "entity": ENTITIES,
    "other": ENTITIES,
    "without": ("region", "origin", "field", "incentive", "channel", "company", "date"),
    "known_after": ("2026-01-01", "2026-01-01T12:00:00Z"),
}


def by_statement(store: Store, values: dict[str, Any]) -> tuple[list[Any], int]:
    counting = catalogue.counts_rows(QUESTION.cypher)
    assert counting is not None
    rows = flat(QUESTION.columns, catalogue._read(store, QUESTION, QUESTION.cypher, values))
    return [*rows], catalogue._read(store, QUESTION, counting, values)[0]["total"]


def compare(store: Store, given: dict[str, Any]) -> int:
    """Compare a page with that of the statement; return how many rows it has."""
    values = bind(store, QUESTION, given)
    found = listed.claims(store, QUESTION, values)
    assert found is not None
    rows, total = by_statement(store, values)
    assert ([*flat(QUESTION.columns, found[0])], found[1]) == (rows, total), given
    return len(rows)


@pytest.fixture
def any_days(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(by_day, "claims_on", lambda *_: 0)  # in a small world a day has more claims than an answer


def test_every_filter_finds_the_same_claims(embedded_store: Store, any_days: None) -> None:
    extractions, memberships, _ = world(seed=44, documents=60)
    embedded_store.write(extractions[:40], memberships[:40], known_at="2026-01-01T00:00:00+00:00")
    embedded_store.write(extractions[40:], memberships, known_at="2026-01-02T00:00:00+00:00")
    rate(embedded_store)
    story = memberships[0].story_id
    rnd, seen = random.Random(3), 0
    ways: list[dict[str, Any]] = [{name: value} for name, values in ASKED.items() for value in values[-2:]]
    ways += [{"without": slot} for slot in ASKED["without"]]
    ways += [{"story": story}, {"story": f"{story},nowhere"}, {}]
    for _ in range(20):
        some = rnd.sample([*ASKED], rnd.choice((2, 2, 3)))
        ways.append({name: rnd.choice(ASKED[name]) for name in some})
    for given in ways:
        if {"since", "until"} <= given.keys() and given["since"] > given["until"]:
            continue
        seen += compare(embedded_store, given | {"limit": rnd.choice((1, 3, 20)), "offset": rnd.choice((0, 1, 7))})
    assert seen > 150


def test_pages_follow_each_other_on_every_engine(store: Store, any_days: None) -> None:
    claims_fixture.load(store)
    total = catalogue.ask(store, "claims", {"limit": 1}).total
    for offset in range(0, total + 3, 3):  # the last ones have no date
        compare(store, {"limit": 3, "offset": offset})
        compare(store, {"limit": 3, "offset": offset, "region": "CN"})
    compare(store, {"without": "date"})


def test_a_page_reads_the_claims_of_its_days(embedded_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    claims_fixture.load(embedded_store)
    sent: list[str] = []
    read = embedded_store.read

    def noting(query: str, parameters: Any = None) -> Any:
        sent.append(query)
        return read(query, parameters)

    monkeypatch.setattr(embedded_store, "read", noting)
    assert catalogue.ask(embedded_store, "claims", {"limit": 2}).rows
    of_claims = [query for query in sent if query.startswith("// question claims")]
    assert ["c.reported_on IN $days" in query for query in of_claims] == [True]
    sent.clear()
    catalogue.ask(embedded_store, "claims", {"claimant": "Halcyon Robotics"})
    assert not any("$days" in query for query in sent)


def test_pages_of_stories_are_those_of_the_statement(embedded_store: Store) -> None:
    extractions, memberships, _ = world(seed=45, documents=60)
    embedded_store.write(extractions[:40], memberships[:40], known_at="2026-01-01T00:00:00+00:00")
    embedded_store.write(extractions[40:], memberships, known_at="2026-01-02T00:00:00+00:00")
    rnd, paged = random.Random(4), 0
    names = [param.name for param in STORIES.params if param.name in VALUES]
    for _ in range(20):
        given = {name: rnd.choice(VALUES[name]) for name in rnd.sample(names, rnd.choice((0, 1, 2)))}
        paged += compare_stories(embedded_store, given, rnd.choice((0, 3)))
    assert paged > 25


def test_pages_of_stories_on_every_engine(store: Store) -> None:
    claims_fixture.load(store)
    assert [compare_stories(store, {}, offset) for offset in (0, 2)] == [3, 3]


def compare_stories(store: Store, given: dict[str, Any], offset: int) -> int:
    """Compare a page of stories with the statement's; return how many it has."""
    values = bind(store, STORIES, given | {"limit": 3, "offset": offset})
    rows = catalogue._read(store, STORIES, STORIES.cypher, values)
    found = listed.stories(store, STORIES, values)
    if any(row["last_reported"] is None for row in rows[offset : offset + 3]):
        assert found is None
        return 0
    assert found == (rows[offset : offset + 3], len(rows)), given
    return len(found[0])
