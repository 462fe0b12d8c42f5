"""What was known when, compared on every engine with answers worked out by hand."""

import pytest

from graph.errors import WrongParameter
from graph.store import Store
from queries.catalogue import ask, questions
from tests import claims_fixture
from tests.conftest import LONG_TERM, Stores
from tests.expected import COUNTS


def test_what_changed_when_a_document_was_corrected(loaded: Store) -> None:
    rows = ask(loaded, "what-changed", {"before": "2026-03-15"}).rows
    assert [
        (row["recruiter"], row["field_id"], row["changes"], row["claims"], row["claims_before"]) for row in rows
    ] == [
        ("France", "quantum", "gone", 0, 1),
        ("France", "ai", "new", 1, 0),
    ]
    rows = ask(loaded, "what-changed", {"before": "2026-03-15", "by_recruiter": False, "field_level": "group"}).rows
    assert rows == []  # both are computing


def test_what_changed_since_nothing_was_known(loaded: Store) -> None:
    arguments = {"before": "2026-02-01", "known_at": "2026-03-15", "field": "semiconductors"}
    rows = ask(loaded, "what-changed", arguments).rows
    assert [(row["region_id"], row["changes"], *(row[count] for count in COUNTS), row["denials"]) for row in rows] == [
        ("CN", "new; contradicted", 2, 2, 2, 1, 1, 1),
        ("DE", "new", 2, 2, 2, 1, 1, 0),
        ("unstated", "new", 1, 1, 1, 1, 1, 0),
    ]
    with pytest.raises(WrongParameter, match="`before` is missing"):
        ask(loaded, "what-changed", {})


def test_what_was_strengthened_repeated_and_weakened(embedded_store: Store) -> None:
    stories = claims_fixture.stories()
    first = claims_fixture.first()
    wire, copy, report = first[0], first[1], first[6]

    def write(extraction: object, day: str) -> None:
        embedded_store.write([extraction], stories, known_at=f"2026-01-{day}T00:00:00+00:00")  # type: ignore[list-item]

    write(wire, "01")
    write(copy, "02")
    write(report, "03")

    def changes(before: str, known_at: str) -> dict[str, str]:
        arguments = {"before": before, "known_at": known_at, "by_recruiter": False, "region": "CN"}
        rows = ask(embedded_store, "what-changed", arguments).rows
        return {row["field_id"]: row["changes"] for row in rows if row["region_id"] == "CN"}

    assert changes("2026-01-01", "2026-01-02") == dict.fromkeys(("ai", "robotics", "semiconductors"), "repeated")
    assert changes("2026-01-02", "2026-01-03") == dict.fromkeys(("ai", "semiconductors"), "strengthened")
    assert changes("2026-01-03", "2026-01-02") == dict.fromkeys(("ai", "semiconductors"), "weakened")


@pytest.mark.parametrize("engine", LONG_TERM)
def test_every_question_can_be_asked_as_of_a_day(stores: Stores, engine: str) -> None:
    loaded = stores.loaded(engine)
    examples = {"region": "FR", "field": "ai", "company": "Halcyon Robotics"}
    named = {"start": "TW", "end": "US", "other": "DE", "entity": "FR", "before": "2026-01-01"}
    for question in questions().values():
        assert "$known_at" in question.cypher, question.name
        if question.name in ("evidence", "coverage"):
            continue
        required = {p.name: named.get(p.name) or examples[p.type] for p in question.params if p.required}
        rows = ask(loaded, question.name, required, known_at="2026-02-27").rows
        assert all("claims" in row and row["claims"] is None for row in rows), question.name
