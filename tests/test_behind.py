"""The claims behind a row are those that the row counts, for every question that can say them."""

from typing import Any

import pytest

from graph.errors import WrongParameter
from graph.store import Store
from queries import behind, by_day, catalogue, counted
from tests import claims_fixture
from tests.random_claims import world

WITH_CLAIMS = [question for question in catalogue.questions().values() if question.behind]
EXAMPLES = {
    "region": "CN",
    "field": "ai",
    "company": "Halcyon Robotics",
    "entity": "CN-ZJ",
    "other": "US",
    "before": "2026-03-15",
}
VARIANTS: tuple[dict[str, str], ...] = (
    {},
    {"modality": "all", "implied": "false"},
    {"region_level": "province", "field_level": "as_stated", "since": "2025-01-01", "region": "CN", "total": "true"},
)


def test_claims_behind_every_row_are_those_it_counts(embedded_store: Store) -> None:
    claims_fixture.load(embedded_store)
    for question in WITH_CLAIMS:
        params = {param.name: param for param in question.params}
        seen = 0
        for variant in VARIANTS:
            fitting = {k: v for k, v in variant.items() if k in params and v in (params[k].choices or (v,))}
            seen += _compare(embedded_store, question, fitting, rows=5)
        assert seen, question.name


def test_claims_behind_a_row_are_found_on_every_engine(store: Store) -> None:
    claims_fixture.load(store)
    for question in WITH_CLAIMS:
        assert _compare(store, question, {}, rows=1), question.name


def _compare(store: Store, question: catalogue.Question, given: dict[str, str], *, rows: int) -> int:
    """Ask, and compare the counts of the first rows with the claims behind them; return how many were compared."""
    required = {p.name: EXAMPLES[p.name] for p in question.params if p.required}
    asked = required | given | {"limit": "1000"}
    answer = catalogue.ask(store, question.name, asked)
    keys = [tuple(behind.of_row(question, row).items()) for row in answer.rows]
    assert len(set(keys)) == len(keys), f"two rows of {question.name} have the same key"
    for row in answer.rows[:rows]:
        found = behind.claims(store, question.name, asked | behind.of_row(question, row))
        assert found.total == len(found.rows) == (row["claims"] or 0), (question.name, given, row)
        assert len({claim["claim_id"] for claim in found.rows}) == found.total
        if row["claims"] and "stories" in row:
            assert len({claim["story_id"] for claim in found.rows}) == row["stories"]
        days = [claim["reported_on"] or "" for claim in found.rows]
        assert days == sorted(days, reverse=True)
    return len(answer.rows[:rows])


PAGED = ("regions-recruiting-fields", "companies-recruiting", "region-trend", "flows-of-field", "region-profile")


def test_pages_of_claims_behind_a_row_are_found_by_their_days(
    embedded_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    extractions, memberships, _ = world(seed=43, documents=100)
    embedded_store.write(extractions, memberships, known_at="2026-01-01T00:00:00+00:00")
    find = behind._found
    by_days: list[bool] = []

    def noting(store: Store, question: Any, values: Any, days: Any = None) -> Any:
        by_days.append(days is not None)
        return find(store, question, values, days)

    monkeypatch.setattr(behind, "_found", noting)

    for name in PAGED:
        question = catalogue.find(name)
        given = {p.name: {**EXAMPLES, "region": "CN"}[p.name] for p in question.params if p.required}
        rows = catalogue.ask(embedded_store, name, given).rows
        row = given | behind.of_row(question, max(rows, key=lambda row: row["claims"]))
        with monkeypatch.context() as changed:
            changed.setattr(counted, "days", lambda *_: None)
            whole = behind.claims(embedded_store, name, row | {"limit": "1000"})
        assert whole.total >= 3
        for offset, limit in ((0, 2), (1, 2), (whole.total - 2, 2), (whole.total, 2)):
            with monkeypatch.context() as changed:
                changed.setattr(by_day, "claims_on", lambda *_: 0)  # here a day has more claims than a row
                page = behind.claims(embedded_store, name, row | {"limit": str(limit), "offset": str(offset)})
            assert (page.rows, page.total) == (whole.rows[offset : offset + limit], whole.total), (name, offset)
    assert by_days.count(True) >= 2 * len(PAGED)


def test_question_whose_rows_count_no_claims_says_so(embedded_store: Store) -> None:
    with pytest.raises(WrongParameter, match="coverage"):
        behind.claims(embedded_store, "coverage", {})
