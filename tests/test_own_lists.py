"""The user's own lists: names in HOME/lexicon/*.csv are found, kept in the graph, and reported where faulty."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from graph import reference
from graph.reference import own
from graph.store import Store
from ingest import gazetteer
from ingest.extraction import Extractor
from ingest.linking import link

HEADER = "type,name,name_zh,aliases,region,kind,broader\n"
LINES = """\
company,Polder Robotics,圩田机器人,Polder;?Dike,NL,,
organisation,Linz Institute of Batteries,,LIB,Linz,research,

# a remark
field,sodium cells,钠电池,sodium-ion cells,,,batteries
field,"cells, printed",,,,,sodium cells
programme,Delta Fellowships,,,Netherlands,,
company,Huawei,,Huawei Delft Labs,,,
region,Brainport Park,,,NL,,
"""


@pytest.fixture(autouse=True)
def lists_as_delivered() -> Iterator[None]:
    yield
    reference.extend(())


def use(home: Path, lines: str, header: str = HEADER) -> tuple[str, ...]:
    (home / "lexicon").mkdir(exist_ok=True)
    (home / "lexicon" / "mine.csv").write_text(header + lines, encoding="utf-8")
    return own.use(home)


def found(text: str) -> dict[str, str]:
    return {text[m.start : m.end]: m.terms[0].id for m in gazetteer.find(text)}


def test_own_names_are_found_and_linked(tmp_path: Path) -> None:
    text = "Polder and Huawei Delft Labs, 圩田机器人, Sodium-Ion Cells, Brainport Park and the Delta Fellowships"
    before = found(text)
    assert use(tmp_path, LINES) == ()
    polder, cells = link("Company", "Polder Robotics", "d").id, link("Field", "sodium cells", "d").id
    assert found(text) == {
        "Polder": polder,
        "Huawei Delft Labs": "company-huawei",
        "圩田机器人": polder,
        "Sodium-Ion Cells": cells,
        "Brainport Park": "NL-brainport-park",
        "Delta Fellowships": link("Programme", "Delta Fellowships", "d").id,
    }
    assert [term.id for term in reference.ancestors("Field", link("Field", "cells, printed", "d").id)][1:4] == [
        *(cells, "batteries", "energy_materials"),
    ]
    assert reference.by_id("Company")[polder].based_in == "NL"
    assert reference.by_id("Company")[polder].risky == {"Dike"}
    reference.extend(())
    assert found(text) == before


def test_the_lists_in_the_docs_can_be_used(tmp_path: Path) -> None:
    page = (Path(__file__).parent.parent / "docs" / "extraction.md").read_text(encoding="utf-8")
    shown = page[page.index(HEADER) :].partition("```")[0]
    assert use(tmp_path, shown, header="") == ()
    assert "Brainport Park" in found("Brainport Park")


def test_the_id_is_the_one_a_text_gave_it_before(tmp_path: Path) -> None:
    before = link("Company", "Polder Robotics", "d").id
    use(tmp_path, LINES)
    assert link("Company", "Polder", "d").id == before


def test_versions_follow_the_content(tmp_path: Path) -> None:
    plain, extractor = reference.version(), Extractor("none")
    assert extractor.version == "talentgraph-rules/1 none"
    use(tmp_path, LINES)
    first, kept = extractor.version, reference.version()
    assert first.startswith("talentgraph-rules/1 none lexicon-")
    assert kept != plain
    use(tmp_path, LINES)
    assert (extractor.version, reference.version()) == (first, kept)
    use(tmp_path, LINES.replace("?Dike", "Dike"))
    assert extractor.version != first
    own.use(tmp_path / "elsewhere")
    assert (extractor.version, reference.version()) == ("talentgraph-rules/1 none", plain)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("firm,Foo", "no type 'firm'. Use one of company"),
        ("company,", "The name is missing"),
        ("company,X", "single character"),
        ("company,Foo,,,Atlantis", "no region 'Atlantis'"),
        ("field,knitting", "column broader"),
        ("field,knitting,,,,,yarn", "no field 'yarn'"),
        ("organisation,Foo,,,NL,shop", "The kind 'shop'"),
        ("region,Foo Park", "column region"),
        ("company,Foo,a,b,c,d,e,f", "more values than columns"),
    ],
)
def test_a_faulty_line_is_named_and_skipped(tmp_path: Path, line: str, told: str) -> None:
    (fault,) = use(tmp_path, f"{line}\ncompany,Polder Robotics\n")
    assert f"{tmp_path / 'lexicon' / 'mine.csv'}, line 2: " in fault
    assert told in fault
    assert fault.endswith("The line is left out.")
    assert list(found("Polder Robotics")) == ["Polder Robotics"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "lacks the column type or name"),
        (b"type,title\n", "does not know the column 'title'"),
        (b"type,name\ncompany,\xff\n", "UTF-8"),
        (b'type,name\ncompany,"Foo\n', "double quote"),
    ],
)
def test_a_faulty_file_is_named(tmp_path: Path, content: bytes, told: str) -> None:
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "a.csv").write_bytes(content)
    (tmp_path / "lexicon" / "b.csv").write_text("\ufefftype,name\ncompany,Polder Robotics\n", encoding="utf-8")
    (fault,) = own.use(tmp_path)
    assert "a.csv" in fault
    assert told in fault
    assert list(found("Polder Robotics")) == ["Polder Robotics"]


def test_own_entries_are_nodes_of_the_graph(embedded_store: Store, tmp_path: Path) -> None:
    use(tmp_path, LINES)
    embedded_store.prepare()
    query = "MATCH (c:Company)-[:BASED_IN]->(r:Region) WHERE 'polder' IN c.search RETURN c.name AS name, r.id AS home"
    assert embedded_store.read(query) == [{"name": "Polder Robotics", "home": "NL"}]
    above = "MATCH (f:Field {name: 'sodium cells'})-[:PART_OF*1..3]->(a) RETURN a.id AS id ORDER BY id"
    assert [row["id"] for row in embedded_store.read(above)] == ["batteries", "energy_materials"]
    reference.extend(())
    embedded_store.prepare()


def test_the_command_reports_and_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TALENTGRAPH_HOME", str(tmp_path))
    monkeypatch.setenv("TALENTGRAPH_MODEL", "none")
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "mine.csv").write_text(f"{HEADER}firm,Foo\ncompany,Polder Robotics\n")
    result = CliRunner().invoke(app, ["extract", "-"], input="Polder Robotics hired ten engineers.")
    assert result.exit_code == 0
    assert "mine.csv, line 2: There is no type 'firm'" in result.stderr
    assert '"name":"Polder Robotics","type":"company"' in result.stdout
