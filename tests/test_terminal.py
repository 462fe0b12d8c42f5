"""The Cypher console: completion, when Enter runs, and a session over a pipe instead of a terminal."""

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

from api import terminal
from api.completion import CypherCompleter
from graph.errors import QueryError
from graph.settings import Settings
from queries.console.answer import Answer, Truncated
from queries.console.inquiry import Inquiry


def completed(text: str, after: str = "") -> list[str]:
    document = Document(text + after, len(text))
    return [completion.text for completion in CypherCompleter().get_completions(document, CompleteEvent())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MATCH (r:Reg", ["Region"]),
        ("match (:cl", ["Claim"]),
        ("MATCH (c:Claim)-[:DEST", ["DESTINATION"]),
        ("MATCH (c)-[d:DESTINATION|ORI", ["ORIGIN"]),
        ("MATCH (r:Region) WHERE r.lev", ["level"]),
        ("MATCH (c:Claim)-[o:OFFERS]->() RETURN o.curr", ["currency"]),
        ("MATCH (r:Region {na", ["name", "name_zh"]),
        ("MATCH (r:Region {id: 'CN', le", ["level"]),
        ("MATCH (r) WHERE r:Prog", ["Programme"]),
        ("MAT", ["MATCH"]),
        ("MATCH (r) RET", ["RETURN"]),
        (":he", [":help"]),
        (":ask regions-recruiting", ["regions-recruiting-fields"]),
        (":show net-", ["net-flows"]),
        (":ask regions-recruiting-fields region_l", ["region_level="]),
        (":ask regions-recruiting-fields region_level=pro", ["province"]),
    ],
)
def test_completion(text: str, expected: list[str]) -> None:
    assert completed(text) == expected


@pytest.mark.parametrize("text", ["RETURN 'MAT", "// MAT", "MATCH (r) /* MAT", 'RETURN "a:Reg', "MATCH (MAT"])
def test_nothing_is_completed_in_quotes_comments_and_names(text: str) -> None:
    assert completed(text) == []


def test_quotation_that_is_closed_does_not_matter() -> None:
    assert completed("MATCH (r:Region {name: 'it''s (:x'}) RET") == ["RETURN"]


def test_variable_bound_behind_the_cursor_is_known() -> None:
    assert completed("MATCH (a)-->(b) WHERE b.lev", "\nMATCH (b:Region)") == ["level"]


@pytest.mark.parametrize(
    ("text", "line", "finished"),
    [
        ("RETURN 1;", "RETURN 1;", True),
        ("RETURN 1", "RETURN 1", False),
        ("RETURN 1\n", "", True),
        (":help", ":help", True),
        ("", "", True),
    ],
)
def test_enter_runs_what_is_finished(text: str, line: str, finished: bool) -> None:
    assert terminal.is_finished(text, line) is finished


class FakeStore:
    """A store that is only named."""

    name = "Fake 1"


class FakeConsole:
    """Answers every query with one row, and remembers it; refuses one that writes."""

    def __init__(self) -> None:
        self.queries: list[str] = []
        self.asked: list[Inquiry] = []

    def ask(self, inquiry: Inquiry) -> Answer:
        self.queries.append(inquiry.query)
        self.asked.append(inquiry)
        if "CREATE" in inquiry.query:
            raise QueryError("Nothing may be written here.")
        return Answer(inquiry.id, ["answer"], [[42]], {"nodes": [], "relationships": []}, None, 10.0, Truncated(), 0)


@pytest.fixture
def keyboard() -> Iterator[PipeInput]:
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        yield pipe


def session(keyboard: PipeInput, typed: str, home: Path) -> FakeConsole:
    console = FakeConsole()
    keyboard.send_text(typed)
    terminal.run(FakeStore(), console, Settings(home=home))  # type: ignore[arg-type]
    return console


def test_query_of_several_lines_runs_at_its_semicolon(
    keyboard: PipeInput, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    console = session(keyboard, "MATCH (r)\rRETURN r;\r:quit\r", tmp_path)
    assert console.queries == ["MATCH (r)\nRETURN r"]
    shown = capsys.readouterr()
    assert "answer\n    42\n" in shown.out
    assert "1 row, 0.01 s" in shown.err


def test_refused_query_does_not_end_the_console(
    keyboard: PipeInput, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    console = session(keyboard, "CREATE (r);\r:nonsense\r:ask nothing\rRETURN 1;\r\x04", tmp_path)
    assert console.queries == ["CREATE (r)", "RETURN 1"]
    said = capsys.readouterr().err
    assert "Nothing may be written here." in said
    assert "There is no :nonsense." in said
    assert "'nothing'" in said


def test_interrupt_drops_the_line_only(keyboard: PipeInput, tmp_path: Path) -> None:
    assert session(keyboard, "RETURN 1\x03RETURN 2;\r:quit\r", tmp_path).queries == ["RETURN 2"]


def test_parameters_plan_and_names_hold_until_they_are_changed(keyboard: PipeInput, tmp_path: Path) -> None:
    typed = ":param region=CN-ZJ\r:param n=3\r:plan\r:names\rRETURN $region;\r:param n=\r:plan\rRETURN 1;\r:quit\r"
    first, second = session(keyboard, typed, tmp_path).asked
    assert (first.parameters, first.plan, first.names) == ({"region": "CN-ZJ", "n": 3}, True, True)
    assert (second.parameters, second.plan, second.names) == ({"region": "CN-ZJ"}, False, True)


def test_a_query_is_kept_and_run_again(keyboard: PipeInput, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    typed = "RETURN 7 AS seven;\r:save seven\r:saved\r:run seven\r:run nothing\r:save ../x\r:quit\r"
    console = session(keyboard, typed, tmp_path)
    assert [query.strip() for query in console.queries] == ["RETURN 7 AS seven"] * 2
    shown = capsys.readouterr()
    assert "seven" in shown.out
    assert "There is no favourite 'nothing'" in shown.err
    assert "'../x' is no name" in shown.err


def test_history_is_kept_for_its_owner_only(keyboard: PipeInput, tmp_path: Path) -> None:
    session(keyboard, "RETURN 1;\r:quit\r", tmp_path / "new")
    path = tmp_path / "new" / terminal.HISTORY
    assert "RETURN 1;" in path.read_text(encoding="utf-8")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_history_that_cannot_be_written_is_kept_in_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert list(terminal.history(tmp_path / "file").get_strings()) == []


def test_help_questions_and_cypher_of_a_question(
    keyboard: PipeInput, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    session(keyboard, ":help\r:questions\r:show flows\r:quit\r", tmp_path)
    shown = capsys.readouterr().out
    assert ":ask" in shown
    assert "regions-recruiting-fields" in shown
    assert "RETURN" in shown
