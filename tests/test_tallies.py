"""Answers from the counts that are kept of all time equal those counted from the claims."""

from itertools import product
from typing import Any

import pytest

from graph import reference, tallies
from graph.frame import Row
from graph.store import Store
from queries import catalogue
from queries.catalogue import ask
from queries.parameters import bind
from tests import claims_fixture
from tests.random_claims import FIELDS, REGIONS, world
from tests.test_remembered import statements

REGION_LEVELS = ("country", "province", "city", "continent", "any")
PLACES = (None, "CN", "CN-ZJ", "CN-ZJ-hangzhou", "EU", "M49:150", "OVERSEAS", "FR")
SUBJECTS = (None, "ai", "computing")
TALLIES = "MATCH (t:Tally) RETURN properties(t) AS tally ORDER BY t.id"


def both(store: Store, name: str, given: dict[str, Any]) -> tuple[list[Row], list[Row]]:
    """Return the rows of the kept counts, and those counted from the claims."""
    question = catalogue.questions()[name]
    values = bind(store, question, {**given, "limit": 100_000})
    assert question.kept is not None
    kept = catalogue._read(store, question, question.kept, values)
    return kept, catalogue._read(store, question, question.cypher, values)


def agree(store: Store) -> None:
    """Compare for levels, places and fields."""
    matrix, wholes = "regions-recruiting-fields", (PLACES, SUBJECTS)
    asked: list[tuple[str, dict[str, Any]]] = [
        (matrix, {"region": r, "field": f, "region_level": level, "total": True})
        for number, (r, f) in enumerate(product(*wholes))
        for level in REGION_LEVELS[number % 4 : number % 4 + 1]
    ]
    asked += [
        (matrix, {"region_level": a, "field_level": b, "order_by": "stories"})
        for a, b in zip((*REGION_LEVELS, "as_stated"), ("any", "group", "term", "code", "code", "code"), strict=True)
    ]
    asked += [
        (matrix, {"region": "CN", "region_level": "any"}),
        (matrix, {"region_level": "any", "field_level": "any"}),
    ]
    asked += [
        ("fields-of-region", {"region": r, "field_level": level, "total": True})
        for r, level in zip(REGIONS, ("group", "code", "term", "as_stated", "code") * 2, strict=True)
    ]
    asked += [
        ("regions-of-field", {"field": f, "region_level": level, "total": True})
        for f, level in zip(FIELDS, ("continent", "country", "province", "city", "as_stated", "country"), strict=True)
    ]
    asked += [("coverage", {"region": r, "field": f}) for r, f in list(product(*wholes))[::3]]
    answered = 0
    for name, given in asked:
        kept, counted = both(store, name, given)
        assert not kept or kept == counted, (name, given)
        answered += bool(kept)
    assert answered > 2 / 3 * len(asked)


def test_kept_counts_equal_those_counted_from_random_claims(embedded_store: Store) -> None:
    extractions, memberships, told = world(seed=30)
    embedded_store.write(extractions[:30], memberships[:30], known_at="2026-01-01T00:00:00+00:00")
    embedded_store.write(extractions[30:], memberships, known_at="2026-01-02T00:00:00+00:00")
    assert len(told) > 60
    agree(embedded_store)


def test_kept_counts_answer_on_every_engine(store: Store) -> None:
    claims_fixture.load(store)
    for name, given in (
        ("regions-recruiting-fields", {"total": True}),
        ("regions-recruiting-fields", {"region": "CN", "region_level": "province", "field": "computing"}),
        ("fields-of-region", {"region": "CN"}),
        ("regions-of-field", {"field": "ai"}),
        ("coverage", {}),
        ("coverage", {"region": "CN"}),
    ):
        kept, counted = both(store, name, given)
        assert kept == counted, (name, given)
        assert kept


def test_bit_by_bit_and_at_once_the_same_is_kept(embedded_store: Store) -> None:
    extractions, memberships, _ = world(seed=31)
    for number in range(0, 40, 8):
        portion = memberships[: number + 8]
        embedded_store.write(extractions[number : number + 8], portion, known_at="2026-01-01T00:00:00+00:00")
    told = {membership.document_id: membership for membership in memberships}
    gone = [extraction.document.id for extraction in extractions[5:9]]
    embedded_store.remove(gone, [told[id] for id in told if id not in gone], now="2026-01-02T00:00:00+00:00")
    bit_by_bit = embedded_store.read(TALLIES)
    embedded_store.rebuild_cells()
    assert embedded_store.read(TALLIES) == bit_by_bit
    assert len(bit_by_bit) > 100


def test_what_is_filtered_is_counted_from_the_claims(embedded_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    claims_fixture.load(embedded_store)
    sent = statements(embedded_store, monkeypatch)
    ask(embedded_store, "regions-recruiting-fields", {})
    assert all("Tally" in statement and "Claim" not in statement for statement in sent)
    assert len(sent) == 3  # a page, how many rows there are, and the notes
    for given in (
        {"since": "2024-01-01"},
        {"modality": "all"},
        {"implied": False},
        {"known_at": "2025-01-01"},
        {"reliability": "F"},
        {"language": "en"},
    ):
        sent.clear()
        ask(embedded_store, "regions-recruiting-fields", given)
        assert not sent  # they are counted from columns


def test_pages_of_kept_counts_are_those_of_all_rows(embedded_store: Store) -> None:
    extractions, memberships, _ = world(seed=32)
    embedded_store.write(extractions, memberships, known_at="2026-01-01T00:00:00+00:00")
    for given in ({"total": True}, {"region": "CN", "region_level": "province"}, {"order_by": "claimants"}):
        whole = ask(embedded_store, "regions-recruiting-fields", {**given, "limit": 1000})
        pages = [
            ask(embedded_store, "regions-recruiting-fields", {**given, "limit": 7, "offset": n})
            for n in range(0, 70, 7)
        ]
        assert [row for page in pages for row in page.rows] == whole.rows[:70]
        assert {page.total for page in pages} == {whole.total} == {len(whole.rows)}
        assert pages[0].notes == whole.notes


def test_lists_that_put_a_city_into_a_city_switch_kept_counts_off() -> None:
    assert not tallies.nested()
    try:
        reference.extend([reference.Term("Region", "own-quarter", "Own", level="city", parent="CN-ZJ-hangzhou")])
        assert tallies.nested()
        reference.extend([reference.Term("Field", "own-term", "Own", level="term", parent="ai")])
        assert not tallies.nested()
    finally:
        reference.extend([])
