"""What is printed of input: one line, as it is, that moves no cursor and hides nothing."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from graph.printable import printable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, ünïcode 文字", "plain, ünïcode 文字"),
        ("two\nlines\r", "two\\nlines\\r"),
        ("\x1b[2Jgone\x07", "\\x1b[2Jgone\\x07"),
        ("\u202egpj.exe\u2066\u200f", "\\u202egpj.exe\\u2066\\u200f"),
        ("a\u2028b\x85c", "a\\u2028b\\x85c"),
        ("half \ud800", "half \\ud800"),
        ("\x9b31m", "\\x9b31m"),
        ("می\u200cروم", "می\u200cروم"),
        ("\U000e0041", "\\U000e0041"),
    ],
)
def test_what_could_forge_a_line_is_escaped(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_the_command_line_prints_reasons_and_paths_on_one_line_each(tmp_path: Path) -> None:
    forged = "a\n2026-01-01 all is well\x1b[2J.txt"
    (tmp_path / forged).write_bytes(b"")
    (tmp_path / "b.json").write_text(json.dumps([{"text": "x", "date": "now\u202e\x1b[1m"}]))
    result = CliRunner().invoke(app, ["extract", "--model", "none", str(tmp_path)])
    assert result.exit_code == 2
    lines = [line for line in result.stderr.splitlines() if str(tmp_path) in line]
    assert len(lines) == 2
    assert all(line.isprintable() for line in lines)
    assert "a\\n2026-01-01 all is well\\x1b[2J.txt: is empty" in lines[0]
