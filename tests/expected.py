"""Answers as tables of text: ids, `above` or `-` for `stated_above`, then the five counts."""

from collections.abc import Mapping
from typing import Any

from graph.store import Store
from queries.catalogue import Answer, Question, ask
from tests import claims_fixture

COUNTS = ("claims", "approaches", "documents", "stories", "claimants")


def table(answer: Answer) -> list[str]:
    """Return ids, mark and counts of each row; a company by its name, since a described one has a hash for its id."""
    shown = [name for name in answer.columns if name.endswith("_id") or name in ("period", "stated_above", *COUNTS)]
    if "company" in answer.columns:
        shown[shown.index("company_id")] = "company"
    words: Mapping[Any, str] = {True: "above", False: "-"}
    return [" ".join(words[v] if isinstance(v, bool) else str(v) for v in map(row.get, shown)) for row in answer.rows]


def expect(store: Store, question: str, arguments: dict[str, Any], rows: str) -> Answer:
    """Ask, compare the answer with a table, and return it."""
    answer = ask(store, question, arguments)
    expected = [" ".join(line.split()) for line in rows.strip().splitlines()]
    assert table(answer) == expected, f"{question} {arguments}"
    assert answer.total == len(expected)
    return answer


def needed(question: Question) -> dict[str, str]:
    """Return arguments under which a question has rows in the fixture of claims."""
    examples = {"claim": claims_fixture.claim_ids()["a1"], "region": "CN", "field": "ai", "entity": "CN-ZJ"}
    examples["company"] = "Halcyon Robotics"
    named = {"start": "TW", "end": "CN-ZJ", "other": "DE", "before": "2026-03-15"}
    found = {param.name: named.get(param.name) or examples[param.type] for param in question.params if param.required}
    fewest = {"min_stories": "1"} if any(param.name == "min_stories" for param in question.params) else {}
    return found | fewest


def names_of(answer: Answer) -> list[str]:
    """Return the short names of the fixture's claims in an answer; h2 has none there."""
    short = {id: name for name, id in claims_fixture.claim_ids().items()}
    return [short.get(row["claim_id"], "h2") for row in answer.rows]
