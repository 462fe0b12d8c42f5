"""Answers kept under the store's revision: given again while it stays, found anew after a write."""

from typing import Any

import pytest

from graph.frame import StoryMembership
from graph.store import Store
from queries import remembered
from queries.catalogue import ask
from queries.remembered import Found
from tests import claims_fixture


def statements(store: Store, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that grows with every statement of a question that the store is sent."""
    sent: list[str] = []
    read = store.read

    def noting(query: str, parameters: Any = None) -> Any:
        if query.startswith("// question"):
            sent.append(query)
        return read(query, parameters)

    monkeypatch.setattr(store, "read", noting)
    return sent


def test_an_answer_is_kept_until_a_write(embedded_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    claims_fixture.load(embedded_store)
    sent = statements(embedded_store, monkeypatch)
    first = ask(embedded_store, "claimants", {})
    asked = len(sent)
    assert asked == 1
    again = ask(embedded_store, "claimants", {"order_by": "claims"})
    assert (again, len(sent)) == (first, asked)
    page = ask(embedded_store, "claimants", {"limit": 2, "offset": 1})
    assert (page.rows, page.total, len(sent)) == (first.rows[1:3], first.total, asked)
    again.rows[0]["claims"] = 99
    assert ask(embedded_store, "claimants", {}).rows == first.rows

    assert ask(embedded_store, "claimants", {"field": "ai"}).total < first.total
    assert len(sent) == 2 * asked
    assert ask(embedded_store, "claims", {"limit": 2}).rows != ask(embedded_store, "claims", {"limit": 3}).rows

    more = claims_fixture._france("quantum", "quantum")
    membership = StoryMembership(more.document.id, more.document.id, 1.0)
    embedded_store.write([more], [membership], known_at="2026-05-01T00:00:00+00:00")
    before = len(sent)
    assert [row["field_id"] for row in ask(embedded_store, "fields-of-region", {"region": "FR"}).rows] == ["quantum"]
    ask(embedded_store, "claimants", {})
    assert len(sent) == before + 3  # the question above has notes


def test_the_longest_unused_answers_make_room(embedded_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "MOST_ROWS", 10)
    looked: list[str] = []

    def find(name: str, rows: int = 3) -> Found:
        def now() -> Found:
            looked.append(name)
            return Found(({},) * rows, rows, ())

        return remembered.remembered(embedded_store, name, now)

    for name in ("a", "b", "a", "c", "a", "b"):
        find(name)
    assert looked == ["a", "b", "c", "b"]  # c took the place of b
    find("large", 11)
    find("large", 11)
    assert looked[-2:] == ["large", "large"]


def test_a_part_is_kept_of_an_answer_with_too_many_rows(embedded_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"MOST_ROWS": 20, "PART": 10, "BEFORE": 2}.items():
        monkeypatch.setattr(remembered, name, value)
    looked: list[slice] = []

    def page(begin: int, end: int, rows: int = 30) -> list[int]:
        def now() -> Found:
            looked.append(slice(begin, end))
            return Found(tuple({"n": n} for n in range(rows)), rows, ())

        found = remembered.remembered(embedded_store, ("large", rows), now, None, slice(begin, end))
        assert found.total == rows
        return [row["n"] for row in found.rows[begin - found.begin : end - found.begin]]

    for begin, end in ((0, 4), (4, 8), (0, 2), (10, 14), (8, 10), (14, 18), (27, 31), (27, 31), (40, 44)):
        assert page(begin, end) == [*range(begin, min(end, 30))]
    assert [asked.start for asked in looked] == [0, 10, 27]
    assert (page(0, 5, rows=15), page(10, 15, rows=15)) == ([0, 1, 2, 3, 4], [10, 11, 12, 13, 14])
    assert len(looked) == 4  # that one is kept whole
