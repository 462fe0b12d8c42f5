"""The commands that follow sources and fetch from the web, run as a user runs them."""

import json
import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from api.commands import watch
from tests.conftest import Stores
from tests.test_web_sources import article, rss
from tests.web_server import Site, site

RUNNER = CliRunner()


@pytest.fixture
def home(stores: Stores, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The home of the embedded engine that all tests share, emptied, where no settings of the surroundings reach."""
    stores.get("embedded")
    folder = stores.chosen["embedded"].home
    monkeypatch.chdir(folder)
    monkeypatch.delenv("NEO4J_URI", raising=False)
    for name, value in (("HOME", str(folder)), ("MODEL", "none"), ("FETCH_ALLOW", ""), ("FETCH_DELAY", "0")):
        monkeypatch.setenv(f"TALENTGRAPH_{name}", value)
    yield folder
    (folder / "sources.toml").unlink(missing_ok=True)


@pytest.fixture
def own() -> Iterator[Site]:
    with site({f"/{name}": article(f"Article {name}") for name in "abc"}) as running:
        running.pages["/news"] = rss(running, "/a", "/b")
        yield running


def command(*arguments: str, code: int = 0) -> tuple[str, str]:
    """Return standard output and error of a command that ends with `code`."""
    result = RUNNER.invoke(app, list(arguments))
    assert result.exit_code == code, (result.stdout, result.stderr, result.exception)
    return result.stdout, result.stderr


def open_to(*sites: Site) -> None:
    os.environ["TALENTGRAPH_FETCH_ALLOW"] = ",".join(f"127.0.0.1:{one.port}" for one in sites)


def rows(*arguments: str) -> list[dict[str, object]]:
    return list(json.loads(command(*arguments, "--format", "json")[0])["items"])


def write_sources(home: Path, *sources: dict[str, str]) -> None:
    tables = (
        "[[source]]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in one.items()) for one in sources
    )
    (home / "sources.toml").write_text("\n".join(tables))


def test_watch_once_and_sources(home: Path, own: Site) -> None:
    with site() as closed:
        pass
    gazette = {"name": "Gazette", "url": own.url("/news"), "publisher": "Gazette", "reliability": "B"}
    write_sources(home, {"name": "Gone", "url": closed.url("/a")}, gazette | {"at_least": "3 documents a day"})
    assert [(row["source"], row["visited"], row["documents"]) for row in rows("sources")] == [
        ("Gone", "never", 0),
        ("Gazette", "never", 0),
    ]
    open_to(own, closed)
    _, err = command("watch", "--once", code=2)
    assert "Gone: may not be fetched" in err
    assert "its host 127.0.0.1 does not answer" in err
    assert "Gazette: 2 stored" in err
    assert [(row["failures"], row["documents"]) for row in rows("sources")] == [(1, 0), (0, 2)]
    assert rows("sources")[1]["floor"] == "3 documents a day: too early to say (2)"
    own.asked.clear()
    command("watch", "--once")
    assert own.asked == []  # nothing is due
    assert rows("cypher", "MATCH (p:Publisher) RETURN p.name AS name, p.reliability AS r") == [
        {"name": "Gazette", "r": 0.8}
    ]


def test_ingest_extract_and_retry_of_an_address(home: Path, own: Site) -> None:
    own.pages["/c"] = article("Third")
    out, err = command("ingest", own.url("/c"), code=2)
    assert "TALENTGRAPH_FETCH_ALLOW=127.0.0.1" in err
    assert "1 quarantined" in out
    open_to(own)
    assert json.loads(command("extract", own.url("/c"))[0])["title"] == "Third"
    assert "1 stored" in command("quarantine", "retry", "--all")[0]
    assert rows("quarantine", "list") == []
    out, _ = command("ingest", own.url("/news"), own.url("/c"))
    assert "2 stored, 1 unchanged" in out


def test_watch_goes_on_until_it_is_told_to_end(home: Path, own: Site, stores: Stores) -> None:
    store = stores.get("embedded")
    write_sources(home, {"name": "News", "url": own.url("/news")})
    open_to(own)

    def end() -> None:
        while store.counts()["Document"] < 2:
            time.sleep(0.05)
        os.kill(os.getpid(), signal.SIGTERM)

    before = signal.getsignal(signal.SIGTERM)
    threading.Thread(target=end, daemon=True).start()
    _, err = command("watch")
    assert own.paths() == ["/news", "/a", "/b"]
    assert "News: 2 stored" in err
    assert "Ending after the documents under way" in err
    assert signal.getsignal(signal.SIGTERM) == before


def test_sources_file_that_is_wrong_or_missing(home: Path) -> None:
    write_sources(home, {"name": "News", "url": "https://news.example/", "every": "now"})
    for arguments in (("sources",), ("watch", "--once")):
        _, err = command(*arguments, code=2)
        assert "sources.toml, line 4: source 1: `every` is 'now'" in err
    _, err = command("watch", "none.toml", code=2)
    assert "none.toml cannot be read" in err


def test_a_second_watch_is_refused(home: Path, own: Site) -> None:
    write_sources(home, {"name": "News", "url": own.url("/news")})
    with watch._alone(home):
        _, told = command("watch", "--once", code=3)
    assert f"process {os.getpid()}" in told
    assert "end that one first" in told
    assert not own.paths()
    open_to(own)
    command("watch", "--once")
