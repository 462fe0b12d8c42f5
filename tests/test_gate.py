"""The gate lets through whatever reads, and says why and where it refuses."""

from pathlib import Path

import pytest

from graph.errors import QueryError
from graph.inquiry import Limits
from queries import catalogue
from queries.console import plan
from queries.console.backtracking import fault
from queries.console.gate import REASONS, check
from queries.console.tokens import tokens
from tests.conftest import Stores
from tests.reader import inquire

CORPUS = Path(__file__).parent / "benign.txt"
GIVEN = {"id": "CN", "since": None, "ids": ["CN", "FR"], "limit": 3, "delete": "CN"}


def benign() -> list[str]:
    lines = CORPUS.read_text(encoding="utf-8").split("\n## ", 1)[1].split("\n")[1:]
    return [line for line in lines if line and not line.startswith("##")]


def test_benign_queries_are_accepted() -> None:
    assert len(set(benign())) >= 200
    for query in benign():
        check(query, GIVEN)


@pytest.mark.parametrize("engine", ["embedded", "neo4j-5.26"])
def test_benign_queries_run(engine: str, stores: Stores) -> None:
    store = stores.loaded(engine)
    if store.explains:
        for query in benign()[::4]:
            plan.check(store.inquire(check(query, GIVEN), GIVEN, Limits(5, 1_000_000, 30.0), "test", explain=True))
    empty = [query for query in benign() if not inquire(store, check(query, GIVEN), GIVEN, rows=5).rows]
    assert len(empty) < 40, empty


def test_every_question_is_accepted() -> None:
    for question in catalogue.questions().values():
        check(question.cypher, {})


@pytest.mark.parametrize(
    ("query", "reason", "line", "column"),
    [
        ("MATCH (n)\nDETACH DELETE n", "clause", 2, 1),
        ("MATCH (n) RETURN apoc.text.join(['a'], '')", "function", 1, 18),
        ("CALL dbms.components()", "procedure", 1, 6),
        ("MATCH (a)-[*]->(b) RETURN b", "path", 1, 12),
        ("MATCH (n) RETURN n;\nMATCH (m) RETURN m", "several_statements", 1, 19),
        ("MATCH (n) WHERE n.name =~ '(a+)+' RETURN n", "pattern", 1, 24),
        ("MATCH (n) RETURN 'open", "unclosed", 1, 18),
    ],
)
def test_it_says_why_and_where(query: str, reason: str, line: int, column: int) -> None:
    with pytest.raises(QueryError) as raised:
        check(query, {})
    position = raised.value.position
    assert position is not None
    assert (raised.value.reason, position.line, position.column) == (reason, line, column)
    assert f"line {line}, column {column}" in str(raised.value)


@pytest.mark.parametrize(
    ("query", "reason"),
    [("", "empty"), ("  // nothing", "empty"), (";", "empty"), ("RETURN 1 AS one //" + "x" * 20_000, "length")],
)
def test_no_query_and_too_much_of_one(query: str, reason: str) -> None:
    with pytest.raises(QueryError) as raised:
        check(query, {})
    assert raised.value.reason == reason


def test_a_query_of_very_many_clauses_is_refused() -> None:
    with pytest.raises(QueryError) as raised:
        check("WITH 1 AS x " * 100 + "RETURN x", {})
    assert raised.value.reason == "clauses"


def test_a_last_semicolon_is_not_sent() -> None:
    assert check("RETURN 1 AS one ; // done", {}) == "RETURN 1 AS one "


@pytest.mark.parametrize(
    ("query", "hint"),
    [
        ("MATCH (n) RETRUN n", "Did you mean RETURN?"),
        ("MATCH (n) RETURN n ORDRE BY n.name", "Did you mean ORDER?"),
        ("MATCH (n) RETURN toLowerCase(n.name)", "Did you mean tolower?"),
        ("MATCH (n) DETACH DELETE n", ""),
        ("MATCH (n) SET n.x = 1", ""),
    ],
)
def test_a_slip_of_the_pen_is_told_from_what_is_not_allowed(query: str, hint: str) -> None:
    with pytest.raises(QueryError) as raised:
        check(query, {})
    assert (hint in str(raised.value)) if hint else ("Did you mean" not in str(raised.value))


def test_a_pattern_in_a_parameter_is_looked_at() -> None:
    query = "MATCH (n:Region) WHERE n.name =~ $pattern RETURN n"
    check(query, {"pattern": "(?i).*zhejiang.*"})
    with pytest.raises(QueryError, match="repeated"):
        check(query, {"pattern": "(a+)+$"})


@pytest.mark.parametrize(
    "query",
    [
        "RETURN size(reduce(s = 'aa', x IN range(1, 40) | replace(s, 'a', $long))) AS n",
        "RETURN size(reduce(s = 'a', x IN range(1, 10000) | s + $long)) AS n",
        "RETURN [x IN range(1, 1000) | [y IN range(1, 1000) | split($long, '')]] AS l",
        "RETURN [x IN range(1, 10000) | toUpper($long)] AS l",
    ],
)
def test_long_parameter_is_not_made_anew_in_every_round(query: str) -> None:
    with pytest.raises(QueryError) as raised:
        check(query, {"long": "a" * 3_000})
    assert raised.value.reason == "growth"


@pytest.mark.parametrize(
    "pattern",
    [
        "(?i).*word.*",
        "[A-Z]{2}-[0-9]+",
        r"\d{4}",
        "a(b|c)?d",
        r"\Qx\E",
        r"\p{L}+",
        "^x$",
        "",
        "(?:ab|cd)",
        "(ab){2}",
        "S[a-z]+ Korea",
        ".*robot(ic)?s?.*",
        "(?i).*(chip|semiconductor|wafer)s?.*(engineer|researcher|scientist)s?.*",
        r"(?i).*\b(ai|artificial intelligence)\b.*",
        "[0-9]{4}-[0-9]{2}-[0-9]{2}",
        r"[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+",
        r"(https?://)?(www\.)?[a-z0-9.-]+\.(com|org|cn)(/.*)?",
        ".{1,20}chip.{1,20}",
        "([A-Z][a-z]+ ){1,3}[A-Z][a-z]+",
        "a{1,99}b{1,99}c{1,99}d{1,99}",
        r"(\+?[0-9]{1,3} ?)?[0-9 ]{5,12}",
        "浙江.*(大学|研究院)",
    ],
)
def test_patterns_that_end_soon(pattern: str) -> None:
    assert fault(pattern, long=True) == ""


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+",
        "(a|b)*",
        r"(a)\1",
        "(?=a)b",
        ".*.*.*.*",
        "a{0,99}a{0,99}a{0,99}a{0,99}b",
        "(a",
        "a)",
        "[[a]]*",
        "a?" * 30 + "a" * 30,
        "[ab]?[bc]?" * 15 + "x",
        "(a?){20}a{20}",
        "((((a?){3}){3}){3}){2}b",
        "(a{0,9}(a{0,9}(a{0,9})?)?)?" * 3 + "b",
        "(a{0,20}){0,20}b",
        "(|a)" * 30 + "b",
        "(?:|){20}(?:|){20}",
        "(a|a)" * 30 + "b",
        "(a|aa)" * 30 + "b",
        "(?i)" + "a?A?" * 15 + "b",
        r"\u0061?a?" * 15 + "b",
        r"\Qa\E?" * 30 + "b",
        "(?x)(a+) +",
        r"\c[a?]",
        r"[\Qa]\E]*",
    ],
)
def test_patterns_that_may_not(pattern: str) -> None:
    assert fault(pattern, long=False)


def test_long_texts_are_put_against_patterns_with_words_in_them() -> None:
    assert fault(".*a.*b.*", long=False) == ""
    assert "plain letters" in fault(".*a.*b.*", long=True)
    check("MATCH (d:Document) WHERE d.title =~ '.*a.*b.*' RETURN d", {})
    check("MATCH (d:Document) WHERE d.text =~ '(?is).*(chip|wafer).*engineers?.*' RETURN d", {})
    for query in (
        "MATCH (d:Document) WHERE d.text =~ '.*a.*b.*' RETURN d",
        "MATCH (d:Document) WITH d.text AS t WHERE t =~ '.*a.*b.*' RETURN t",
        "RETURN $long =~ '.*a.*' AS x",
    ):
        with pytest.raises(QueryError) as raised:
            check(query, {"long": "a" * 3_000})
        assert raised.value.reason == "pattern"


@pytest.mark.parametrize("query", ["RETURN $m.name =~ '.*.*.*~' AS x", "WITH $m AS m RETURN m.name =~ '.*.*.*~' AS x"])
def test_property_of_a_parameter_is_not_a_stored_one(query: str) -> None:
    with pytest.raises(QueryError) as raised:
        check(query, {"m": {"name": "a" * 3_000}})
    assert raised.value.reason == "pattern"


def test_tokens_know_their_places() -> None:
    query = "MATCH (n:`a``b`) /* no */ WHERE n.x = 'it\\'s' // no\nRETURN $p, 1.5e3"
    found = [(token.kind, token.text) for token in tokens(query)]
    assert ("quoted", "a`b") in found
    assert ("string", "it\\'s") in found
    assert ("number", "1.5e3") in found
    assert "no" not in [text for _, text in found]
    for token in tokens(query):
        if token.kind in ("word", "number"):
            assert query.startswith(token.text, token.start)


def test_reasons_are_documented() -> None:
    page = (Path(__file__).parent.parent / "docs" / "console.md").read_text(encoding="utf-8")
    for reason in REASONS:
        assert f"`{reason}`" in page
