"""Import files load into real Neo4j, and the graph there is the one they were written from."""

from pathlib import Path

import neo4j
import pytest

from graph import import_files, schema
from graph.errors import InputError
from graph.settings import Settings
from graph.store import Store, open_store
from ingest import run
from ingest.sources import Page
from tests import claims_fixture, neo4j_server
from tests.conftest import absent
from tests.test_run import OneClaimEach

HARD = 'A "quoted", line;\r\nand another\nwith \\ and ünïcode 浙江 \U0001f980 \u2028 and a tab\t.'


@pytest.mark.timeout(900)  # an import and a server's start, on a busy machine
def test_a_graph_loaded_from_import_files_is_the_same(embedded_store: Store, tmp_path: Path) -> None:
    claims_fixture.load(embedded_store)
    given = {"url": "https://example.org/hard", "title": '""', "publisher": "Tab\tand, comma", "lang": "en"}
    run.ingest([Page("hard.txt", "record", HARD, given)], embedded_store, OneClaimEach())
    embedded_store.keep("Erased", [{"id": "erased-1", "hashes": ["a", "b"], "kind": "document", "salt": "s"}])
    nodes, links = import_files.write(embedded_store, tmp_path / "out")
    assert nodes > sum(embedded_store.counts().values()) > 0
    assert links == embedded_store.read("MATCH ()-[r]->() RETURN count(r) AS links")[0]["links"]
    try:
        with neo4j_server.server("5.26", importing=tmp_path / "out") as server:
            chosen = Settings(
                home=tmp_path, neo4j_uri=server.uri, neo4j_username=server.user, neo4j_password=server.password
            )
            with open_store(chosen) as imported:
                assert imported.hash() == embedded_store.hash()
                assert imported.kept("Erased") == embedded_store.kept("Erased")
                assert len(imported.read("SHOW CONSTRAINTS YIELD name RETURN name")) == len(list(schema.constraints()))
                assert run.ingest([Page("hard.txt", "record", HARD, given)], imported, OneClaimEach()).counts[
                    "unchanged"
                ]
                before = imported.hash()
                imported.rebuild_cells()
                assert imported.hash() == before
    except neo4j_server.Unavailable as reason:
        absent(str(reason))


def test_a_folder_that_holds_something_is_left_alone(embedded_store: Store, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x")
    with pytest.raises(InputError, match="holds something already"):
        import_files.write(embedded_store, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, ""),
        ("", '""'),
        ('a "b"', '"a ""b"""'),
        (["x,y", "z"], '"x,y\x1fz"'),
        ([], '"\x1e"'),
        (True, "true"),
        (0.1, "0.1"),
        (neo4j.time.Date(2025, 3, 1), "2025-03-01"),
    ],
)
def test_values_as_the_importer_reads_them(value: object, written: str) -> None:
    assert import_files.cell(value) == written
