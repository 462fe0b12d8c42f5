"""The snippets of docs/api.md, run as they stand against a server of the test."""

import json
import re
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api.app import create_app
from graph.settings import Settings
from graph.store import Store
from tests.api_server import served

PAGE = Path(__file__).parent.parent / "docs" / "api.md"
USUAL = "http://127.0.0.1:8321"
NOW, EARLIER = "1767225600000", "1704067200000"


def blocks(language: str) -> list[str]:
    text = PAGE.read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def address(loaded_embedded: Store) -> Iterator[str]:
    with served(create_app(loaded_embedded, Settings(model="none"))) as address:
        yield address


@pytest.mark.parametrize("code", blocks("python"), ids=lambda code: re.findall(r"import (\w+)", code)[0])
def test_program(code: str, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    assert USUAL in code
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    exec(code.replace(USUAL, address), names)
    if "pd" in names:
        regions = names["pd"].read_csv(f"{address}/v1/dimensions/regions?format=csv", **names["kept"])
        assert "NA" in set(regions["id"]), "Namibia is no missing value"
    if "frame" in names:
        assert len(names["frame"]) > 3
        assert "destination" in names["frame"].columns
    else:
        assert "destination" in capsys.readouterr().out


def test_shell(address: str, tmp_path: Path) -> None:
    (tmp_path / ".curlrc").write_text("fail\nsilent\n")
    code = "set -e\n" + "".join(blocks("sh"))
    found = subprocess.run(
        ["sh", "-c", code.replace(USUAL, address)],
        cwd=tmp_path,
        env={"PATH": "/usr/local/bin:/usr/bin:/bin", "CURL_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stderr
    assert '"items":[{' in found.stdout
    assert "claim_id,claim," in found.stdout
    assert [path.read_bytes()[:4] for path in tmp_path.glob("*.parquet")] == [b"PAR1"]


def test_addresses_for_grafana(address: str) -> None:
    """The rows and columns that the page tells the Infinity data source to take are there."""
    text = " ".join(PAGE.read_text(encoding="utf-8").split())
    trend = re.search(rf"`{USUAL}(\S+?)`, rows `(\w+)`, columns `(\w+)` \(time\), `(\w+)` \(number\)", text)
    graph = re.search(r"`(/v1/graph\S+shape=grafana)`, with the rows `(\w+)` and `(\w+)`", text)
    assert trend is not None
    assert graph is not None
    url = trend[1].replace("${__from}", EARLIER).replace("${__to}", NOW)
    with urllib.request.urlopen(address + url) as response:
        row = json.load(response)[trend[2]][0]
    assert isinstance(row[trend[3]], str)
    assert isinstance(row[trend[4]], int)
    with urllib.request.urlopen(address + graph[1]) as response:
        body = json.load(response)
    assert body[graph[2]]
    assert body[graph[3]]
