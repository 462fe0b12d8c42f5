"""The command line as a user runs it: processes of their own, the embedded engine, one home for all tests here."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from graph import embedded
from ingest.sources import samples

TALENTGRAPH = [str(Path(sys.executable).with_name("talentgraph"))]
COUNTS = ["claims", "approaches", "documents", "stories", "claimants"]
ARTICLE = "A robotics company in Zhejiang hired twenty AI engineers from Germany last year, a recruiter said."


class Home:
    """A home in which commands are run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("NEO4J")}
        # As on a user's machine, modules are compiled once; but not into the folders of the project.
        self.environment.pop("PYTHONDONTWRITEBYTECODE", None)
        self.environment |= {"TALENTGRAPH_HOME": str(folder / "home"), "PYTHONPYCACHEPREFIX": str(folder / "compiled")}

    def run(self, *arguments: str, code: int = 0, stdin: str | bytes = "", **variables: str) -> tuple[str, str]:
        """Return standard output and standard error of a command that ends with `code`."""
        ended = subprocess.run(
            [*TALENTGRAPH, *arguments],
            input=stdin.encode() if isinstance(stdin, str) else stdin,
            capture_output=True,
            cwd=self.folder,
            env=self.environment | variables,
            timeout=240,
            check=False,
        )
        out, err = ended.stdout.decode(), ended.stderr.decode()
        assert ended.returncode == code, err
        assert "Traceback" not in err
        return out, err

    @contextmanager
    def running(self, *arguments: str, **variables: str) -> Iterator["subprocess.Popen[str]"]:
        """Run a command that serves, until the block ends; its standard error can be read."""
        with subprocess.Popen(
            [*TALENTGRAPH, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=self.folder,
            env=self.environment | variables,
        ) as process:
            try:
                yield process
            finally:
                process.kill()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    folder = tmp_path_factory.mktemp("cli")
    yield Home(folder)
    for stopped in (folder / "home", folder / "home" / "demo"):
        embedded.stop(stopped)


@pytest.fixture(scope="module")
def demo(home: Home) -> tuple[str, str]:
    """What the first `demo` printed; NEO4J_URI is set to nowhere, since the demo has a store of its own."""
    return home.run("demo", "--no-serve", NEO4J_URI="bolt://127.0.0.1:1")


@pytest.fixture(scope="module")
def filled(home: Home) -> Home:
    """A home with one readable article, ingested among files that cannot be read."""
    inbox = home.folder / "inbox"
    inbox.mkdir()
    (inbox / "good.txt").write_text(ARTICLE)
    (inbox / "empty.txt").write_bytes(b"")
    (inbox / "program.txt").write_bytes(b"\x7fELF\x00\x01\x02" * 99)
    (inbox / "broken.txt").write_bytes("café café café ".encode() + b"\xff and so on")
    (inbox / "huge.txt").write_bytes(b"word " * 4_000_000)
    out, err = home.run("ingest", "inbox", "missing.txt", "--date", "2026-03-03", "--publisher", "Test Wire", code=2)
    assert "5 documents: 1 stored, 4 quarantined; 1 path without documents; " in out
    for name, reason in {
        "empty.txt": "empty",
        "program.txt": "not text",
        "broken.txt": "broken byte",
        "huge.txt": "larger",
        "missing.txt": "does not exist",
    }.items():
        assert re.search(rf"{name}: .*{reason}", err)
    return home


def get(address: str) -> Any:
    with urllib.request.urlopen(address, timeout=30) as answer:
        return json.load(answer)


def address_told_by(process: "subprocess.Popen[str]") -> str:
    """Return the address that a serving command names on standard error, once it answers."""
    assert process.stderr is not None
    late = threading.Timer(120, process.kill)  # a command that says nothing would be waited for without end
    late.start()
    for line in process.stderr:
        if match := re.search(r"(http://[\d.]+:\d+)", line):
            break
    else:
        pytest.fail("it did not say where it serves")
    late.cancel()
    for _ in range(100):
        try:
            get(match[1] + "/v1/health")
            return match[1]
        except urllib.error.URLError:
            time.sleep(0.1)
    pytest.fail(f"{match[1]} does not answer")


def test_demo_shows_matrix_claim_and_source(demo: tuple[str, str]) -> None:
    out, err = demo
    assert f"{len(samples())} documents: {len(samples())} stored" in err
    header = next(line for line in out.splitlines() if line.startswith("region "))
    assert header.split() == ["region", "field", *COUNTS]
    assert re.search(r"^China +\S.* +\d+ +\d+ +\d+ +\d+ +\d+$", out, re.MULTILINE)
    assert re.search(r"One claim .*\n  “.+”\n  .+\n  \S+\n  claim-\w{20}\n", out)
    assert out.count("sample data") >= 2
    assert "\x1b" not in out + err


def test_second_demo_reads_nothing_anew_and_answers_the_same(home: Home, demo: tuple[str, str]) -> None:
    out, err = home.run("demo", "--no-serve")
    assert f"{len(samples())} unchanged; nothing new" in err
    assert out == demo[0]


def test_demo_serves_its_data_on_a_free_port_where_its_own_is_taken(home: Home, demo: tuple[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with home.running("demo", "--port", str(port)) as process:
            address = address_told_by(process)
            assert not address.endswith(f":{port}")
            health = get(address + "/v1/health")
            assert health["sample_data"] is True
            assert health["counts"]["Document"] == len(samples())
            process.send_signal(signal.SIGINT)
            assert process.wait(30) == 0


def test_sample_data_are_marked_wherever_they_are_shown(home: Home, demo: tuple[str, str]) -> None:
    variables = {"TALENTGRAPH_HOME": str(home.folder / "home" / "demo")}
    assert "Sample data" in home.run("ask", "flows", **variables)[0]
    assert "Sample data" in home.run("ask", "flows", "--format", "csv", **variables)[1]
    assert "sample data" in home.run("status", **variables)[0]


def test_ask_answers_from_what_was_ingested(filled: Home) -> None:
    out, _ = filled.run("ask", "regions-recruiting-fields", "--region-level", "province", "--format", "json")
    answer = json.loads(out)
    row = next(row for row in answer["items"] if row["region_id"] == "CN-ZJ")
    assert {name: row[name] for name in COUNTS} == dict.fromkeys(COUNTS, 1)
    assert answer["total"] == len(answer["items"])
    assert filled.run("ask", "fields-of-region", "--region", "浙江", "--format", "csv")[0].count("\n") >= 2


def test_same_document_from_standard_input_is_unchanged(filled: Home) -> None:
    out, _ = filled.run("ingest", "-", "--date", "2026-03-03", "--publisher", "Test Wire", stdin=ARTICLE)
    assert "1 document: 1 unchanged; nothing new" in out


def test_page_of_an_answer_says_how_to_get_the_next(filled: Home) -> None:
    query = ("cypher", "MATCH (r:Region) RETURN r.id AS id ORDER BY id", "--limit", "2", "--format", "csv")
    out, err = filled.run(*query)
    assert out.count("\n") == 3
    assert "--limit" in err


def test_cypher_takes_parameters_and_a_piped_query(filled: Home) -> None:
    out, _ = filled.run(
        *("cypher", "--param", 'names=["Zhejiang"]', "--format", "ndjson"),
        stdin="MATCH (r:Region) WHERE r.name IN $names RETURN r.id AS id",
    )
    assert json.loads(out) == {"id": "CN-ZJ"}


@pytest.mark.parametrize("query", ["CREATE (r:Region {id: 'x'})", "MATCH (r:Region) SET r.name = 'x'", "MATCH (r"])
def test_cypher_that_writes_or_is_wrong_is_refused(filled: Home, query: str) -> None:
    out, err = filled.run("cypher", query, code=3)
    assert out == ""
    assert err.startswith("talentgraph: ")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["ask", "flows", "--since", "tomorrow"], "since"),
        (["ask", "fields-of-region", "--region", "Atlantis"], "Atlantis"),
        (["ingest", "inbox/good.txt", "--date", "yesterday"], "`date` is "),
    ],
)
def test_wrong_parameter_is_named(filled: Home, arguments: list[str], told: str) -> None:
    out, err = filled.run(*arguments, code=2)
    assert out == ""
    assert told in err


def test_wrong_password_is_said_without_a_trace(filled: Home) -> None:
    engine = embedded.running(filled.folder / "home")
    assert engine is not None
    _, err = filled.run("ask", "flows", code=3, NEO4J_URI=engine.uri, NEO4J_USERNAME="root", NEO4J_PASSWORD="wrong")
    assert "NEO4J_PASSWORD" in err


def test_reader_that_closes_the_pipe_early_is_no_error(filled: Home) -> None:
    command = [*TALENTGRAPH, "cypher", "MATCH (r:Region) RETURN r", "--format", "ndjson", "--limit", "9999"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=filled.environment) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 0


def test_extract_needs_no_store_and_goes_on_past_a_bad_file(filled: Home) -> None:
    elsewhere = str(filled.folder / "untouched")
    out, err = filled.run("extract", "inbox/empty.txt", "inbox/good.txt", code=2, TALENTGRAPH_HOME=elsewhere)
    (claim, *_) = json.loads(out)["claims"]
    assert [destination["code"] for destination in claim["destinations"]] == ["CN-ZJ"]
    assert ARTICLE[claim["evidence"]["start"] : claim["evidence"]["end"]] == ARTICLE
    assert "empty.txt" in err
    assert not Path(elsewhere).exists()


def test_serve_answers_and_ends_on_interrupt(filled: Home) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with filled.running("serve", "--port", str(port)) as process:
        address = address_told_by(process)
        assert address == f"http://127.0.0.1:{port}"
        served = get(address + "/v1/questions/regions-recruiting-fields")
        told, _ = filled.run("ask", "regions-recruiting-fields", "--format", "json")  # attaches to the same engine
        assert served == json.loads(told)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0


def test_export_writes_a_file_that_networkx_reads(filled: Home) -> None:
    import networkx as nx

    out, err = filled.run("export", "--format", "graphml", "--output", "graph.graphml")
    assert out == ""
    assert "graph.graphml" in err
    assert "Region:CN-ZJ" in nx.read_graphml(filled.folder / "graph.graphml")


def test_status_then_stop(filled: Home) -> None:
    rows = json.loads(filled.run("status", "--format", "json")[0])["items"]
    told = {row["name"]: row["value"] for row in rows}
    assert told["home"] == str(filled.folder / "home")
    assert told["Document"] == "1"
    assert told["pending recounts"] == "0"
    assert "Stopped" in filled.run("stop")[1]
    assert embedded.running(filled.folder / "home") is None
