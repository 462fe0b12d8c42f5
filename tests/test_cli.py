"""The command line: help, options and messages, without a store."""

import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import ORDER, app
from queries import catalogue

RUNNER = CliRunner()


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own for every test, where no settings of the surroundings reach."""
    monkeypatch.chdir(tmp_path)
    for name in ("NEO4J_URI", "NEO4J_USERNAME", "NEO4J_PASSWORD", "NEO4J_DATABASE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TALENTGRAPH_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "100")
    return tmp_path / "home"


def run(*arguments: str, code: int = 0, stdin: str | None = None) -> tuple[str, str]:
    """Return standard output and standard error of a command that ends with `code`."""
    result = RUNNER.invoke(app, list(arguments), input=stdin)
    assert result.exit_code == code, (result.stdout, result.stderr, result.exception)
    return result.stdout, result.stderr


def imported(code: str) -> set[str]:
    """Return the modules that a fresh interpreter has loaded after running `code`."""
    told = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\nsys.stderr.write(' '.join(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(told.stderr.split())


def test_help_names_every_command_in_order() -> None:
    text, _ = run("--help")
    commands = re.findall(r"^  ([\w-]+)  ", text.partition("Commands:")[2], re.MULTILINE)
    assert tuple(commands) == ORDER
    assert "..." not in text.partition("Commands:")[2]  # each fits its line


@pytest.mark.parametrize("command", ORDER)
def test_help_of_every_command_has_an_example(command: str) -> None:
    text, _ = run(command, "--help")
    assert re.search(rf"Examples?:\n.*talentgraph {command}", text, re.DOTALL)


def test_help_imports_nothing_heavy() -> None:
    loaded = imported("from api.cli import app\ntry: app(['--help'])\nexcept SystemExit: pass")
    assert not loaded & {"spacy", "fastapi", "pydantic", "pydantic_settings", "neo4j", "networkx", "rich", "numpy"}


def test_asking_imports_no_language_model() -> None:
    loaded = imported("import graph.store, queries.catalogue, api.output, api.opening, api.commands.ask")
    assert not loaded & {"spacy", "fastapi", "networkx", "prompt_toolkit"}


@pytest.mark.parametrize("name", catalogue.questions())
def test_help_of_a_question_is_its_header(name: str) -> None:
    question = catalogue.questions()[name]
    text, _ = run("ask", name, "--help")
    told = " ".join(text.split())
    assert question.title in told
    assert " ".join(question.doc.split()) in told
    for param in question.params:
        assert f"--{param.name.replace('_', '-')}" in text
        assert " ".join(param.doc.split()) in told
        for choice in param.choices or ():
            assert choice in text
    assert f"talentgraph ask {name}" in text


def test_questions_are_listed() -> None:
    text, _ = run("questions", "--format", "csv")
    assert [line.split(",")[0] for line in text.splitlines()[1:]] == list(catalogue.questions())


def test_unknown_question_suggests_near_names() -> None:
    out, err = run("ask", "regions-recruting-fields", code=2)
    assert out == ""
    assert "no question 'regions-recruting-fields'. Did you mean regions-recruiting-fields" in err


def test_choice_that_is_none_is_an_error_that_names_the_option() -> None:
    _, err = run("ask", "regions-recruiting-fields", "--region-level", "village", code=2)
    assert "--region-level" in err
    assert "village" in err
    assert "province" in err


def test_unknown_option_is_an_error_that_names_it() -> None:
    _, err = run("ask", "regions-recruiting-fields", "--regionlevel", "city", code=2)
    assert "--regionlevel" in err
    assert "--region-level" in err


def test_setting_that_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TALENTGRAPH_QUERY_TIMEOUT", "soon")
    _, err = run("status", code=2)
    assert "TALENTGRAPH_QUERY_TIMEOUT" in err


def test_home_that_cannot_be_made_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("TALENTGRAPH_HOME", str(tmp_path / "file"))
    for command in (["ask", "flows"], ["demo", "--no-serve"], ["status"]):
        out, err = run(*command, code=3)
        assert out == ""
        assert str(tmp_path / "file") in err
        assert "TALENTGRAPH_HOME" in err


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="no folder here in which nobody can make one")
def test_status_of_a_home_that_nobody_can_make(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TALENTGRAPH_HOME", "/proc/home/of/talentgraph")
    out, err = run("status", code=3)
    assert out == ""
    assert "/proc/home/of/talentgraph cannot be made" in err


def test_server_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEO4J_URI", "bolt://127.0.0.1:1")
    out, err = run("ask", "flows", code=3)
    assert out == ""
    assert "bolt://127.0.0.1:1" in err


def test_taken_port_is_named_with_another_to_try() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        _, err = run("serve", "--port", str(port), code=2)
    assert f"Port {port} on 127.0.0.1 is taken" in err
    assert re.search(r"such as --port \d+", err)


def test_host_that_is_not_ours_is_named() -> None:
    _, err = run("serve", "--host", "host.invalid", code=2)
    assert "host.invalid" in err


def test_status_of_a_new_home_starts_nothing(home: Path) -> None:
    out, _ = run("status")
    assert str(home) in out
    assert "talentgraph ingest" in out
    assert not home.exists()


def test_stop_without_an_engine_says_so(home: Path) -> None:
    out, err = run("stop")
    assert out == ""
    assert f"No engine is running for {home}." in err


def test_schema_is_text_or_mermaid() -> None:
    from graph import schema

    text, _ = run("schema")
    for relationship in schema.RELATIONSHIPS:
        assert f"-[:{relationship.type}]->" in text
    for node in schema.NODES:
        assert f"(:{node.label})" in text
        assert all(p.doc in text for p in node.properties)
    diagram, _ = run("schema", "--mermaid")
    assert diagram == schema.mermaid()


@pytest.mark.parametrize("given", ["name", "=x", "a b=1"])
def test_parameter_that_is_not_name_and_value(given: str) -> None:
    _, err = run("cypher", "RETURN 1", "--param", given, code=2)
    assert "name=value" in err


def test_cypher_without_a_query_in_a_pipe() -> None:
    _, err = run("cypher", code=2, stdin="  \n")
    assert "no query" in err


def test_export_asks_for_a_file_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.destination._on_terminal", lambda: True)
    out, err = run("export", "--format", "graphml", code=2)
    assert out == ""
    assert "--output" in err


def test_export_into_a_folder_that_is_not_there() -> None:
    _, err = run("export", "--format", "graphml", "--output", "nowhere/graph.graphml", code=2)
    assert "nowhere" in err


def test_interrupt_ends_with_its_code_and_no_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("api.opening.settings", interrupted)
    assert run("status", code=130) == ("", "Interrupted.\n")
