"""Answers counted from claims in columns equal those of the statements, row by row and in order."""

import random
from dataclasses import replace
from typing import Any

import pytest

from graph import claim_months, ids
from graph.columns import columns, joined, packed, unpacked
from graph.frame import Extraction, Row
from graph.ledger import Ledger
from graph.schema import MODALITY_GROUPS
from graph.store import Store
from queries import catalogue, counted, held, told_apart
from queries.catalogue import ask
from queries.flat import flat
from queries.header import CLAIM, COUNTED_BY, STORY, Question
from queries.parameters import bind
from queries.titles import titled
from tests import claims_fixture
from tests.random_claims import COMPANIES, DAYS, FIELDS, INCENTIVES, REGIONS, rate, world
from tests.test_remembered import statements

VALUES: dict[str, tuple[Any, ...]] = {
    "region": REGIONS,
    "origin": REGIONS,
    "destination": REGIONS,
    "field": FIELDS,
    "since": tuple(DAYS[:8]),
    "until": tuple(DAYS[8:]),
    "modality": tuple(MODALITY_GROUPS),
    "implied": (True, False),
    "total": (True,),
    "reliability": ("B", "C,F", "A"),
    "language": ("en", "zh,en", "fr"),
    "company": tuple(company.id for company in COMPANIES),
    "incentive": INCENTIVES,
    "known_at": ("2026-01-01", "2026-01-02T12:00:00Z", "2025-12-31"),
    "before": ("2026-01-01", "2026-01-02"),
    "other": REGIONS[::-1],
    "new_since": tuple(DAYS[:8]),
    "new_until": tuple(DAYS[8:]),
    "start": REGIONS[:2],
    "end": REGIONS[4:6],
}
COUNTED = [q for q in catalogue.questions().values() if q.counted and not {*q.counted} & {CLAIM, STORY}]


def some(rnd: random.Random, question: Question) -> dict[str, Any]:
    """Return arguments that a question takes; about half of them, and all that it needs."""
    given = {}
    for param in question.params:
        choices = VALUES.get(param.name, param.choices)
        if choices and param.many and param.type in ("region", "field", "incentive"):
            choices = (*choices, *(",".join(rnd.sample(choices, 3)) for _ in range(5)))
        if choices and (param.required or rnd.random() < 0.5):
            given[param.name] = rnd.choice(choices)
    return given


def corrected(extraction: Extraction, number: int) -> Extraction:
    """Return a document as it is read later: without its first claim, some with another day or another text."""
    day = DAYS[number % len(DAYS)] if number % 3 == 0 else extraction.document.date
    text = extraction.document.text + (" It is said again." if number % 3 == 1 else "")
    document = replace(extraction.document, date=day, text=text, revision=ids.revision(text))
    claims = tuple(replace(claim, continues=None) for claim in extraction.claims[1:])
    return replace(extraction, document=document, claims=claims)


def both(store: Store, question: Question, given: dict[str, Any]) -> tuple[list[Row] | None, list[Row]]:
    """Return the rows counted from columns, and those of the statement."""
    values = bind(store, question, given)
    found = counted.rows(store, question, values)
    read: list[Row] = catalogue._read(store, question, question.cypher, values)
    if question.then:
        read = catalogue._then(question, read, values, None)
    if question.then and found is not None and question.then not in question.counted:
        found = flat(question.columns, catalogue._then(question, found, values, None))
    if found is not None and "single" in question.counted:
        found = titled(store, found, values)
    return None if found is None else [*found], flat(question.columns, read)


def test_dimensions_are_those_that_a_header_may_name() -> None:
    others = (counted.OPEN_ENDS, counted.NEW, counted.NEW_STORY, counted.TIE, CLAIM, STORY, "compared")
    assert {*told_apart.DIMENSIONS, *counted.PROPOSITIONS, *others} == {*COUNTED_BY}
    assert len(COUNTED) >= 7


def test_columns_say_what_the_statements_say(embedded_store: Store) -> None:
    extractions, memberships, _ = world(seed=40)
    embedded_store.write(extractions[:30], memberships[:30], known_at="2026-01-01T00:00:00+00:00")
    embedded_store.write(extractions[30:], memberships, known_at="2026-01-02T00:00:00+00:00")
    again = [corrected(extraction, number) for number, extraction in enumerate(extractions[:20])]
    embedded_store.write(again, memberships, known_at="2026-01-03T00:00:00+00:00")
    rate(embedded_store)
    rnd, compared = random.Random(1), 0
    for question in COUNTED:
        for given in ({name: VALUES[name][0] for name in needed(question)}, *(some(rnd, question) for _ in range(10))):
            from_columns, from_claims = both(embedded_store, question, given)
            assert from_columns == from_claims, (question.name, given)
            compared += len(from_claims)
    assert compared > 200


def needed(question: Question) -> list[str]:
    return [param.name for param in question.params if param.required]


def test_columns_serve_on_every_engine(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    claims_fixture.load(store)
    sent = statements(store, monkeypatch)
    for question in COUNTED:
        given = {name: VALUES[name][0] for name in needed(question)} | {"modality": "all"}
        given |= {"company": claims_fixture.LANTERN.id} if "company" in given else {}
        from_columns, from_claims = both(store, question, given)
        assert from_columns == from_claims, question.name
        sent.clear()
        assert ask(store, question.name, given).rows == from_claims[:50]
        assert not any("Claim" in statement for statement in sent)


def test_a_write_is_seen_and_only_the_months_that_it_touched_are_read(
    embedded_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    extractions, memberships, _ = world(seed=41)
    embedded_store.write(extractions[1:], memberships[1:], known_at="2026-01-01T00:00:00+00:00")
    question, given = catalogue.find("regions-recruiting-fields"), {"implied": False}
    read: list[str] = []
    months = claim_months.read

    def noting(run: Any, rows: Any) -> Any:
        read.extend(row["month"] for row in rows)
        return months(run, rows)

    monkeypatch.setattr(held.claim_months, "read", noting)
    first, _ = both(embedded_store, question, given)
    whole = len(read)
    embedded_store.write(extractions[:1], memberships[:1], known_at="2026-01-02T00:00:00+00:00")
    read.clear()
    second, expected = both(embedded_store, question, given)
    assert first != second == expected
    assert 0 < len(read) < whole / 2
    read.clear()
    assert both(embedded_store, question, given)[0] == expected
    assert not read
    told: list[tuple[int, int]] = []
    embedded_store._connection.write(lambda t: t.run("MATCH (l:Ledger) SET l.pending = ['*']").consume())
    embedded_store.prepare(lambda done, of: told.append((done, of)))
    assert told == [(number, whole) for number in range(1, whole + 1)]
    assert both(embedded_store, question, given)[0] == expected


def test_what_columns_cannot_say_is_counted_by_the_statement(
    embedded_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    claims_fixture.load(embedded_store)
    question = catalogue.find("regions-recruiting-fields")
    values = bind(embedded_store, question, {"implied": False})
    assert counted.rows(embedded_store, question, values)
    with monkeypatch.context() as changed:
        changed.setattr(held, "MOST_CLAIMS", 3)
        assert counted.rows(embedded_store, question, values) is None
    with monkeypatch.context() as changed:
        changed.setattr(Store, "state", lambda self: Ledger(pending=("2024-01",)))
        assert counted.rows(embedded_store, question, values) is None
    pieces = embedded_store.read("MATCH (p:ClaimColumns) WHERE p.id CONTAINS '/claims/' RETURN p.id AS id ORDER BY id")
    embedded_store.forget("ClaimColumns", [pieces[-1]["id"]])
    held._HELD.pop(embedded_store, None)
    assert counted.rows(embedded_store, question, values) is None
    answer = ask(embedded_store, question.name, {"implied": False, "limit": 1000})
    assert answer.rows == catalogue._read(embedded_store, question, question.cypher, values)


def test_packed_columns_come_back_and_are_joined() -> None:
    row = {
        "document": "d", "approach": "a", "story": "s", "claimant": "v", "modality": "asserted", "publisher": "p",
        "lang": "", "known_at": "2026", "known_until": "", "destinations": (("CN", True), ("DE", False)), "origins": (),
        "fields": ("ai",), "no_incentive": False, "no_channel": False, "no_company": True, "day": None,
        "stage": "seeks", "recruiter_type": "state", "confidence": 0.5, "parts": ("recruiter|Company|a|b",),
        "offers": (("salary", "CNY", "year", 1.0, 2.5),), "channels": (("fair", False),), "programmes": (),
    }  # fmt: skip
    one = columns([row, {**row, "document": "e", "approach": "b", "claimant": "w", "fields": ()}])
    back = unpacked(packed(one, "claims")).beside(unpacked(packed(one, "slots")))
    assert {name: [*values] for name, values in one.values.items()} == back.values
    assert {name: column.tolist() for name, column in back.numbers.items()} == {
        name: column.tolist() for name, column in one.numbers.items()
    }
    two = joined([back, columns([{**row, "document": "d", "approach": "c", "fields": ("quantum",), "lang": "en"}])])
    numbers = {name: column.tolist() for name, column in two.numbers.items()}
    assert sorted(numbers["document"]) in ([1, 1, 2], [1, 2, 2])
    assert (numbers["approach"], numbers["story"]) == ([1, 2, 3], [1, 1, 1])
    said = list(zip(numbers["fields"], numbers["lang"], numbers["claimant"], strict=True))
    claims = {(two.values["fields"][fields], two.values["lang"][lang]) for fields, lang, _ in said}
    assert claims == {(("ai",), ""), ((), ""), (("quantum",), "en")}
    by_fields = {two.values["fields"][fields]: voice for fields, _, voice in said}
    assert by_fields[("ai",)] == by_fields[("quantum",)] != by_fields[()]
    assert not len(joined([]))
