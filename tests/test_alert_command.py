"""`talentgraph alert`, and the runs after which alerts are told, as a user runs them."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from tests.conftest import Stores
from tests.test_alert_delivery import SECRET
from tests.web_server import page, site

RUNNER = CliRunner()
TEXT = "浙江一家机器人公司从德国招聘了{}名工程师。"  # Chinese is read without a model, so quickly


@pytest.fixture
def home(stores: Stores, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A folder to work in, with the settings of the embedded engine that all tests share, emptied."""
    stores.get("embedded")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NEO4J_URI", raising=False)
    folder = stores.chosen["embedded"].home
    for name, value in (("HOME", str(folder)), ("MODEL", "none"), ("FETCH_ALLOW", ""), ("WEBHOOK_SECRET", SECRET)):
        monkeypatch.setenv(f"TALENTGRAPH_{name}", value)
    yield tmp_path
    (folder / "sources.toml").unlink(missing_ok=True)


def run(*arguments: str, code: int = 0, stdin: str = "") -> tuple[str, str]:
    """Return standard output and error of a command that ends with `code`."""
    result = RUNNER.invoke(app, list(arguments), input=stdin)
    assert result.exit_code == code, (result.stdout, result.stderr, result.exception)
    return result.stdout, result.stderr


def listed() -> list[dict[str, str]]:
    return list(json.loads(run("alert", "list", "--format", "json")[0])["items"])


def test_alerts_are_added_told_tested_and_removed(home: Path) -> None:
    added, _ = run("alert", "add", "claims", "--param", "region=Zhejiang", "--param", "field-x=1", code=2)
    assert not added
    added, _ = run("alert", "add", "claims", "--param", "region=浙江")
    id = added.partition(" ")[0]
    assert added == f"{id} added: `claims` has 0 rows now.\n"
    assert "is there already" in run("alert", "add", "claims", "--param", "region=浙江")[0]

    told, _ = run("ingest", "-", "--url", "https://example.org/a", stdin=TEXT.format(20))
    assert re.search(r"1 stored; .*\n\ntalentgraph: 1 new: The claims themselves, newest first\n", told)
    (opens,) = re.findall(r"^    talentgraph (ask evidence --claim \S+)$", told, re.MULTILINE)
    assert "20名工程师" in run(*opens.split(), "--format", "csv")[0]
    assert "talentgraph:" not in run("ingest", "-", stdin="天气晴朗。")[0]

    assert "talentgraph test: 1 new" in run("alert", "test", id)[0]
    assert "1 gone" in run("remove", "https://example.org/a")[0]
    assert run("alert", "remove", id[:10])[0] == "1 removed\n"
    assert listed() == []


def test_a_receiver_that_is_away_fails_no_run(home: Path) -> None:
    with site({"/T0/secret": page(status=410)}) as hook:
        address = hook.url("/T0/secret")
        assert "TALENTGRAPH_FETCH_ALLOW" in run("alert", "add", "claims", "--to", address, code=2)[1]
        with pytest.MonkeyPatch.context() as opened:
            opened.setenv("TALENTGRAPH_FETCH_ALLOW", f"127.0.0.1:{hook.port}")
            id = run("alert", "add", "claims", "--to", address)[0].partition(" ")[0]
            out, err = run("ingest", "-", stdin=TEXT.format(20))
            assert "1 stored" in out
            assert f"{id} to http://127.0.0.1:{hook.port}/…: it answers 410" in err
            (row,) = listed()
            assert "410" in row["note"]
            assert "secret" not in json.dumps(row)
            assert "it answers 410" in run("alert", "test", id, code=2)[1]
            hook.pages["/T0/secret"] = page(status=204)
            assert "alert" not in run("ingest", "-", stdin="天气晴朗。")[1]  # nothing new: what was missed comes now
        assert json.loads(hook.bodies[-1])["data"]["rows"]["new"] == 1


def test_watching_tells_alerts_too(home: Path) -> None:
    (home / "inbox").mkdir()
    (home / "inbox" / "a.txt").write_text(TEXT.format(30), encoding="utf-8")
    (home / "sources.toml").write_text('[[source]]\nname = "Inbox"\npath = "inbox"\n')
    run("alert", "add", "regions-recruiting-fields", "--to", "told.txt")
    run("watch", "--once", "sources.toml")
    assert (home / "told.txt").read_text("utf-8").startswith("talentgraph: 1 new: Which regions recruit which fields")
