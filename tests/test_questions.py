"""Every question runs on every engine; those on regions are compared with answers worked out by hand."""

import datetime
import re
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pytest

from benchmarks.synthetic import extraction
from graph.columns import UNDATED
from graph.store import Store
from queries import behind, by_day, listed, titles
from queries.catalogue import Question, ask, questions
from queries.statement import decided
from tests.conftest import LONG_TERM, Stores
from tests.expected import COUNTS, expect, needed

pytestmark = pytest.mark.every_engine

EMPTY_HERE = ("possible-translations",)  # no claim of the fixture is told in two languages; see test_rewrites


def test_every_question_returns_what_it_declares(loaded: Store) -> None:
    for question in questions().values():
        answer = ask(loaded, question.name, needed(question))
        assert answer.rows or question.name in EMPTY_HERE, question.name
        for row in answer.rows:
            assert tuple(row) == answer.columns == tuple(column.name for column in question.columns)
            for column in question.columns:
                kinds = {"integer": int, "float": float, "boolean": bool, "strings": list}
                assert row[column.name] is None or type(row[column.name]) is kinds.get(column.type, str), column


def test_answer_where_every_claim_names_a_region(embedded_store: Store) -> None:
    """What is kept has no count of claims without a region then: none, not null."""
    embedded_store.write([extraction(number, 5) for number in range(5)], known_at="2026-01-01T00:00:00+00:00")
    matrix = ask(embedded_store, "regions-recruiting-fields", {"limit": "1000"})
    counted = ask(embedded_store, "regions-recruiting-fields", {"limit": "1000", "known_at": "2026-06-01"})
    assert matrix.rows == counted.rows
    assert ask(embedded_store, "flows", {}).rows


def operators(plan: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield every operator of a plan with its node, the root first."""
    yield plan["operatorType"].partition("@")[0], plan
    for child in plan.get("children", ()):
        yield from operators(child)


def sent(question: Question) -> Iterator[str]:
    """Yield a question's statements as they are sent: where nothing is filtered, and where everything is."""
    for statement in (question.cypher, *([question.kept] if question.kept else ())):
        for value in (None, 1):
            yield decided(statement, dict.fromkeys((param.name for param in question.params), value))


def sent_for_days(question: Question) -> Iterator[str]:
    """Yield the statements that read the claims of some days alone: dated ones, and those without a date."""
    for asked in (np.array([738_000]), np.array([UNDATED, 738_000])):
        held = behind.found_by_days(question) and question.topic in ("companies", "evidence", "flows")
        statements = [by_day.on_days(behind.statement(question), asked)] if held else []
        statements += [by_day.on_days(question.cypher, asked)] if question.name == "claims" else []
        statements += [listed.told_on(question, asked)] if question.name == "stories" else []
        statements += [by_day.on_days(titles.STORIES, asked)] if question.name == "single-story-claims" else []
        for cypher, of_days in statements:
            for value in (None, 1):
                yield decided(cypher, dict.fromkeys((param.name for param in question.params), value) | of_days)


def plan(store: Store, statement: str) -> list[tuple[str, Mapping[str, Any]]]:
    """Return the operators of the plan that Neo4j makes for a statement."""
    parameters = dict.fromkeys(re.findall(r"\$(\w+)", statement))
    found = store._connection.writer.execute_query(f"EXPLAIN {statement}", parameters).summary.plan
    assert found is not None
    return [*operators(found)]


@pytest.mark.parametrize("engine", LONG_TERM[1:])
def test_plans_on_neo4j_are_bounded(stores: Stores, engine: str) -> None:
    store = stores.loaded(engine)
    statements = [(q.name, statement, False) for q in questions().values() for statement in sent(q)]
    statements.append(("titles", decided(titles.EARLIEST, {"known_at": None}), False))
    statements += [(q.name, statement, True) for q in questions().values() for statement in sent_for_days(q)]
    assert sum(days for _, _, days in statements) > 30
    for name, statement, days in statements:
        found = plan(store, statement)
        if days:
            read = [(operator, node["args"].get("Details", "")) for operator, node in found]
            assert any("IndexSeek" in operator for operator, _ in read), name  # of days, or of the one that is asked
            assert not any(operator == "NodeByLabelScan" and "c:Claim" in details for operator, details in read), name
        for operator, node in found:
            assert operator != "AllNodesScan", name
            if operator.startswith("VarLength"):
                assert re.search(r"\*\d\.\.\d", node["args"]["Details"]), (name, node["args"])
            if operator == "CartesianProduct":  # two things looked up by their ids; a filter leaves one of them or none
                for child in node["children"]:
                    inner = {name for name, _ in operators(child)}
                    assert inner - {"Filter"} == {"NodeUniqueIndexSeek"}, (name, inner)


@pytest.mark.parametrize("engine", LONG_TERM[1:])
def test_a_period_and_kept_counts_are_read_by_index(stores: Stores, engine: str) -> None:
    store = stores.loaded(engine)
    matrix = questions()["regions-recruiting-fields"]
    nothing = dict.fromkeys(param.name for param in matrix.params)
    assert matrix.kept is not None
    for statement, given, index in (
        (matrix.cypher, {"since": "2025-01-01"}, "c:Claim(reported_on)"),
        (matrix.kept, {}, "t:Tally(id)"),
    ):
        sent = decided(statement, nothing | given)
        read = [(operator, node["args"].get("Details", "")) for operator, node in plan(store, sent)]
        assert any("IndexSeekByRange" in operator and index in details for operator, details in read)
        assert not any(operator == "NodeByLabelScan" for operator, _ in read)


def test_regions_recruiting_fields(loaded: Store) -> None:
    name = "regions-recruiting-fields"
    answer = expect(
        loaded,
        name,
        {},
        """
        CN       ai                   -      5 4 4 3 3
        CN       semiconductors       -      3 3 3 2 2
        CN       robotics             -      2 2 2 1 1
        DE       semiconductors       -      2 2 2 1 1
        US       ai                   -      2 2 2 2 2
        CN       computing            above  1 1 1 1 1
        M49:150  ai                   above  1 1 1 1 1
        EU       quantum              above  1 1 1 1 1
        FR       ai                   -      1 1 1 1 1
        DE       healthcare_workforce -      1 1 1 1 1
        GB       ai                   -      1 1 1 1 1
        CN       unstated             -      1 1 1 1 1
        unstated semiconductors       -      1 1 1 1 1
        unstated unstated             -      1 1 1 1 1
        """,
    )
    first = answer.rows[0]
    assert (first["region"], first["field"]) == ("China", "artificial intelligence")
    assert (first["first_reported"], first["last_reported"]) == ("2025-03-03", "2026-02-02")
    assert answer.notes == (
        "Counted from 18 claims; of these 2 without a region and 2 without a field (`unstated`).",
        "Without a date (`undated`): 2, counted.",
    )
    expect(
        loaded,
        name,
        {"region_level": "province", "field_level": "group", "modality": "firm"},
        """
        DE       chips_electronics above 2 2 2 1 1
        CN-GD    chips_electronics -     2 2 2 1 1
        CN-ZJ    computing         -     2 2 2 2 2
        US-CA    computing         -     1 1 1 1 1
        EU       computing         above 1 1 1 1 1
        FR       computing         above 1 1 1 1 1
        DE       life_health       above 1 1 1 1 1
        unstated chips_electronics -     1 1 1 1 1
        unstated unstated          -     1 1 1 1 1
        """,
    )
    expect(
        loaded,
        name,
        {"region_level": "continent", "order_by": "stories"},
        """
        M49:142  ai                   -     5 4 4 3 3
        M49:150  ai                   -     3 3 3 3 2
        M49:142  semiconductors       -     3 3 3 2 2
        M49:003  ai                   -     2 2 2 2 2
        M49:142  computing            above 1 1 1 1 1
        M49:142  robotics             -     2 2 2 1 1
        M49:150  healthcare_workforce -     1 1 1 1 1
        M49:150  semiconductors       -     2 2 2 1 1
        EU       quantum              above 1 1 1 1 1
        M49:142  unstated             -     1 1 1 1 1
        unstated semiconductors       -     1 1 1 1 1
        unstated unstated             -     1 1 1 1 1
        """,
    )
    expect(
        loaded,
        name,
        {"region_level": "as_stated", "field_level": "as_stated", "modality": "firm"},
        """
        DE             semiconductors       - 2 2 2 1 1
        CN-GD-shenzhen semiconductors       - 2 2 2 1 1
        US-CA          ai                   - 1 1 1 1 1
        EU             quantum              - 1 1 1 1 1
        FR             ai                   - 1 1 1 1 1
        DE             healthcare_workforce - 1 1 1 1 1
        CN-ZJ-hangzhou ai                   - 1 1 1 1 1
        CN-ZJ          ai                   - 1 1 1 1 1
        unstated       semiconductors       - 1 1 1 1 1
        unstated       unstated             - 1 1 1 1 1
        """,
    )


def test_regions_recruiting_fields_filtered(loaded: Store) -> None:
    name = "regions-recruiting-fields"
    answer = expect(
        loaded,
        name,
        {"implied": "false"},
        """
        CN       ai                   -      4 3 3 2 2
        CN       semiconductors       -      3 3 3 2 2
        CN       robotics             -      2 2 2 1 1
        DE       semiconductors       -      2 2 2 1 1
        US       ai                   -      2 2 2 2 2
        CN       computing            above  1 1 1 1 1
        M49:150  ai                   above  1 1 1 1 1
        EU       quantum              above  1 1 1 1 1
        FR       ai                   -      1 1 1 1 1
        DE       healthcare_workforce -      1 1 1 1 1
        CN       unstated             -      1 1 1 1 1
        unstated ai                   -      1 1 1 1 1
        unstated semiconductors       -      1 1 1 1 1
        unstated unstated             -      1 1 1 1 1
        """,
    )
    assert "3 without a region" in answer.notes[0]
    answer = expect(
        loaded,
        name,
        {"since": "2025-03-05", "until": datetime.date(2025, 12, 31)},
        """
        CN ai                   -     1 1 1 1 1
        CN robotics             -     1 1 1 1 1
        CN semiconductors       -     1 1 1 1 1
        EU quantum              above 1 1 1 1 1
        FR ai                   -     1 1 1 1 1
        DE healthcare_workforce -     1 1 1 1 1
        DE semiconductors       -     1 1 1 1 1
        CN unstated             -     1 1 1 1 1
        """,
    )
    assert answer.notes == (
        "Counted from 6 claims; of these 0 without a region and 1 without a field (`unstated`).",
        "Without a date (`undated`): 2, left out.",
    )
    expect(
        loaded,
        name,
        {"modality": "negative"},
        """
        CN semiconductors       - 1 1 1 1 1
        DE healthcare_workforce - 1 1 1 1 1
        """,
    )
    both = ask(loaded, name, {"modality": "all"}).rows
    chips = next(row for row in both if (row["region_id"], row["field_id"]) == ("CN", "semiconductors"))
    assert [chips[count] for count in COUNTS] == [4, 4, 4, 3, 3]


def test_fields_of_region(loaded: Store) -> None:
    name = "fields-of-region"
    expect(
        loaded,
        name,
        {"region": "CN"},
        """
        ai             -     5 4 4 3 3
        semiconductors -     3 3 3 2 2
        robotics       -     2 2 2 1 1
        computing      above 1 1 1 1 1
        unstated       -     1 1 1 1 1
        """,
    )
    expect(
        loaded,
        name,
        {"region": "浙江", "implied": False, "field_level": "group"},
        """
        computing     - 4 3 3 2 2
        manufacturing - 2 2 2 1 1
        unstated      - 1 1 1 1 1
        """,
    )
    expect(loaded, name, {"region": "European Union"}, "quantum - 1 1 1 1 1")


def test_regions_of_field(loaded: Store) -> None:
    name = "regions-of-field"
    expect(
        loaded,
        name,
        {"field": "computing"},
        """
        CN      -     6 5 5 4 4
        US      -     2 2 2 2 2
        M49:150 above 1 1 1 1 1
        EU      above 1 1 1 1 1
        FR      -     1 1 1 1 1
        GB      -     1 1 1 1 1
        """,
    )
    expect(
        loaded,
        name,
        {"field": "chips", "region_level": "city"},
        """
        DE             above 2 2 2 1 1
        CN-GD-shenzhen -     2 2 2 1 1
        CN             above 1 1 1 1 1
        unstated       -     1 1 1 1 1
        """,
    )


def test_region_trend(loaded: Store) -> None:
    name = "region-trend"
    expect(
        loaded,
        name,
        {"region": "China", "period": "quarter"},
        """
        2024-Q4 CN - 1 1 1 1 1
        2025-Q1 CN - 5 4 2 1 2
        2025-Q2 CN - 1 1 1 1 1
        2026-Q1 CN - 2 2 1 1 2
        undated CN - 1 1 1 1 1
        """,
    )
    expect(
        loaded,
        name,
        {"region": "CN-ZJ", "period": "year"},
        """
        2025    CN-ZJ - 4 3 3 2 2
        2026    CN-ZJ - 1 1 1 1 1
        undated CN-ZJ - 1 1 1 1 1
        """,
    )
    expect(
        loaded,
        name,
        {"region": "CN", "region_level": "province", "period": "year", "field": "semiconductors"},
        """
        2025 CN-GD -     2 2 2 1 1
        2026 CN    above 1 1 1 1 1
        """,
    )
    expect(
        loaded,
        name,
        {"modality": "negative"},
        """
        2026-01 CN - 1 1 1 1 1
        2026-01 DE - 1 1 1 1 1
        """,
    )


def test_whole_regions_and_fields_count_as_their_claims_do(loaded: Store) -> None:
    """Asked whatever the field, a region's row counts what `claims` lists for it; the same the other way round."""
    for level, other, names in (("region", "field", ("CN", "CN-ZJ", "DE")), ("field", "region", ("ai", "computing"))):
        for name in names:
            given = {level: name, f"{other}_level": "any", f"{level}_level": "as_stated", "total": "true"}
            rows = ask(loaded, "regions-recruiting-fields", given).rows
            listed = ask(loaded, "claims", {level: name, "modality": "positive"})
            assert rows[-1]["claims"] == listed.total > 0
            assert {row[f"{other}_id"] for row in rows[:-1]} == {"any"}
