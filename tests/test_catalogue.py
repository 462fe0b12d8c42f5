"""Question files: how a header is read, and what is refused."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from graph.errors import QuestionFileError, UnknownQuestion
from queries import catalogue, header
from queries.header import Column
from queries.param import Param

GOOD = """\
// Who seeks what
//
// One row per claim.
//
// param since date = null  Not before this day.
// param modality modality = "positive"  Which claims.
// param order string = "name" in name|id  What comes first:
//     the name or the id.
// param region region  The region.
// returns id string  The claim's id.
// returns name string  What it says.
// example --region CN
MATCH (c:Claim)-[:DESTINATION]->(r:Region {id: $region})
WHERE c.known_at <= $known_at AND coalesce(c.known_until, '~') > $known_at // RETURN nothing; $here
  AND c.modality IN $modality AND ($since IS NULL OR c.reported_on >= $since)
  AND ($reliability IS NULL OR c.publisher_id IN $reliability)
  AND ($language IS NULL OR EXISTS { MATCH (c)-[:STATED_IN]->(text:Document) WHERE text.lang IN $language })
WITH c, COLLECT { MATCH (c)-[:SEEKS]->(f:Field) RETURN f.id } AS fields
RETURN c.id AS id, coalesce(c.name, 'SET, $x') AS name
ORDER BY CASE $order WHEN 'name' THEN name ELSE id END, id
"""


def written(folder: Path, text: str, name: str = "who-seeks-what") -> Path:
    path = folder / "topic" / f"{name}.cypher"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_header_becomes_parameters_and_columns(tmp_path: Path) -> None:
    question = header.read(written(tmp_path, GOOD))
    assert (question.topic, question.name, question.title) == ("topic", "who-seeks-what", "Who seeks what")
    assert question.doc == "One row per claim."
    assert question.params[:4] == (
        Param("since", "date", None, "Not before this day."),
        Param(
            "modality",
            "string",
            "positive",
            "Which claims.",
            ("positive", "firm", "negative", "all"),
            sent_as="modality",
            many=True,
        ),
        Param("order", "string", "name", "What comes first: the name or the id.", ("name", "id")),
        Param("region", "region", None, "The region.", required=True),
    )
    assert [param.name for param in question.params[4:]] == ["reliability", "language", "limit", "offset", "known_at"]
    assert question.columns == (
        Column("id", "string", "The claim's id."),
        Column("name", "string", "What it says."),
    )
    assert question.cypher.startswith("MATCH (c:Claim)")
    assert question.examples == ("--region CN",)
    assert header.counts_rows(question.cypher) is None


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("// Who seeks what\n", "", "has no title"),
        ("// param region region  The region.\n", "", r"\$region is used but not declared"),
        ("$since IS NULL OR c.reported_on >= $since", "true", "`since` is declared but not used"),
        ("// returns name string  What it says.\n", "", "returns id, name but declares id"),
        (" AS name\nORDER", " AS title\nORDER", "returns id, title but declares id, name"),
        ("WITH c,", "SET c.name = 'x' WITH c,", "only reads, but the statement has SET"),
        ("WITH c,", "with c call (c) { merge (c) } with c,", "has MERGE"),
        ("WITH c,", "LOAD  CSV FROM 'x' AS l WITH c,", "has LOAD"),
        ("(r:Region", "(r:Place", "no label Place in the schema"),
        ("[:SEEKS]", "[s:SEEKS|WANTS*0..3]", "no relationship type WANTS in the schema"),
        ("c.known_at <= $known_at AND coalesce(c.known_until, '~') > $known_at", "true", r"without \$known_at"),
        ("id: $region}", "id: $region};", "without a semicolon"),
        ("region region  The", "since region  The", "`since` is declared twice"),
        ("$reliability IS NULL OR c.publisher_id IN $reliability", "true", r"\$reliability is missing"),
        ("region region  The", "region place  The", "cannot read `param region place"),
        ("region region  The region.", "region region", "cannot read `param region region`"),
        ("= null", "= nothing", "default of `since` is not JSON"),
        ('= "name"', '= "size"', "default of `order`, size, is none of name, id"),
        ("returns id string", "returns id text", "cannot read `returns id text"),
        ("// example --region CN", "// exmaple --region CN", "cannot read `exmaple --region CN`"),
        ("// example --region CN", "// notes", "`notes` names no question"),
        ("// returns name string  What it says.", "// returns", "cannot read `returns `"),
        ("// example --region CN", "// then nothing 10", "write `then FUNCTION ROWS` once, with a function of belief"),
        ("// example --region CN", "// then belief", "write `then FUNCTION ROWS` once"),
        ("// example --region CN", "// then central 10", "ends with LIMIT 11"),
        ("// example --region CN", "// then belief 10", r"\$min_stories is used but not declared"),
    ],
)
def test_a_file_whose_header_and_body_disagree_is_refused(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in GOOD
    path = written(tmp_path, GOOD.replace(old, new, 1))
    with pytest.raises(QuestionFileError, match=message) as caught:
        header.read(path)
    assert str(path) in str(caught.value)


def test_an_example_may_have_no_options(tmp_path: Path) -> None:
    question = header.read(
        written(tmp_path, GOOD.replace("// example --region CN", "// example\n// example --region CN"))
    )
    assert question.examples == ("", "--region CN")
    assert question.doc == "One row per claim."
    for known in catalogue.questions().values():
        assert "example" not in known.doc


def test_a_statement_that_pages_also_counts(tmp_path: Path) -> None:
    paging = GOOD.replace("RETURN c.id", "// page\nRETURN c.id").rstrip() + " SKIP $offset LIMIT $limit\n"
    counting = header.counts_rows(header.read(written(tmp_path, paging)).cypher)
    assert counting is not None
    assert counting.endswith("AS fields\nRETURN count(*) AS total\n")
    with pytest.raises(QuestionFileError, match="go together"):
        header.read(written(tmp_path, paging.replace("// page\n", "")))


def test_names_are_unique_and_notes_name_a_question(tmp_path: Path) -> None:
    written(tmp_path, GOOD)
    assert list(catalogue.questions(tmp_path)) == ["who-seeks-what"]
    written(tmp_path, GOOD.replace("// example", "// notes nobody\n// example"), "other")
    with pytest.raises(QuestionFileError, match="`nobody`, which is no question"):
        catalogue.questions.__wrapped__(tmp_path)
    (tmp_path / "again").mkdir()
    (tmp_path / "again" / "who-seeks-what.cypher").write_text(GOOD, encoding="utf-8")
    with pytest.raises(QuestionFileError, match="has the same name"):
        catalogue.questions.__wrapped__(tmp_path)


def test_the_catalogue_has_the_first_questions() -> None:
    assert {question.name: question.topic for question in catalogue.questions().values()} == {
        "companies-recruiting": "companies",
        "company-profile": "companies",
        "company-ties": "companies",
        "belief": "evidence",
        "claims": "evidence",
        "claimants": "evidence",
        "contradictions": "evidence",
        "publishers": "evidence",
        "single-story-claims": "evidence",
        "stories": "evidence",
        "coverage": "evidence",
        "evidence": "evidence",
        "possible-translations": "evidence",
        "employers-drained": "flows",
        "flows": "flows",
        "flows-of-field": "flows",
        "net-flows": "flows",
        "bridges": "graph",
        "central": "graph",
        "communities": "graph",
        "neighbourhood": "graph",
        "paths": "graph",
        "amounts": "offers",
        "channels-by-region": "offers",
        "covert-share": "offers",
        "incentive-trend": "offers",
        "incentives-by-field": "offers",
        "incentives-by-region": "offers",
        "programme-figures": "programmes",
        "programmes": "programmes",
        "emerging": "regions",
        "compare-regions": "regions",
        "region-profile": "regions",
        "fields-of-region": "regions",
        "new-stories": "regions",
        "region-trend": "regions",
        "regions-of-field": "regions",
        "regions-recruiting-fields": "regions",
        "similar-regions": "regions",
        "what-changed": "time",
    }


COUNTS = """\
     count(DISTINCT c.id) AS claims, count(DISTINCT c.approach_id) AS approaches,
     count(DISTINCT c.document_id) AS documents, count(DISTINCT c.story_id) AS stories,
     count(DISTINCT c.claimant_key) AS claimants"""


@pytest.mark.parametrize("question", catalogue.questions().values(), ids=lambda question: question.name)
def test_counting_files_count_alike(question: catalogue.Question) -> None:
    columns = [column.name for column in question.columns]
    if {"claimants", "to_claimants"} & set(columns) and {"stories", "to_stories"} & set(columns):
        flat = " ".join(question.cypher.split())
        # A part of the claims, such as those of one side, is counted by the same properties.
        flat = re.sub(r"DISTINCT CASE WHEN [^()]*? THEN (c\.\w+) END\) AS (?:to_)?", r"DISTINCT \1) AS ", flat)
        assert " ".join(COUNTS.split()) in flat
        assert "sum(" not in flat
        columns = [column.removeprefix("to_") for column in columns]
        assert columns[columns.index("claims") :][:5] == ["claims", "approaches", "documents", "stories", "claimants"]
    assert "ORDER BY" in question.cypher or question.name == "coverage"


def test_an_unknown_question_lists_those_there_are(embedded_store: object) -> None:
    with pytest.raises(UnknownQuestion, match=r"no question 'nothing'. There are: .*flows"):
        catalogue.ask(embedded_store, "nothing", {})  # type: ignore[arg-type]


def test_the_catalogue_is_read_without_heavy_imports() -> None:
    code = (
        "import sys; from queries import catalogue; catalogue.questions(); "
        "print([m for m in ('neo4j', 'pydantic', 'spacy', 'networkx', 'rapidfuzz') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
