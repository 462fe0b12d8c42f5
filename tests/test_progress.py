"""The progress bar: on a terminal only, and never on standard output."""

import io
import sys

import pytest

from api import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_without_a_terminal_only_what_is_said_appears(capsys: pytest.CaptureFixture[str]) -> None:
    with progress.bar("Reading", 2) as bar:
        bar.advance()
        bar.say("a.txt: is empty")
    assert capsys.readouterr() == ("", "a.txt: is empty\n")


@pytest.mark.parametrize(("total", "steps", "shown"), [(2, 2, "2/2"), (2, 3, "3/3"), (None, 3, "3/?")])
def test_on_a_terminal_the_bar_counts_and_keeps_what_is_said(
    total: int | None, steps: int, shown: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")
    with progress.bar("Reading [all]", total) as bar:
        for _ in range(steps):
            bar.advance()
        bar.say("[bold]a.txt[/bold]: is empty")
    assert shown in terminal.getvalue().splitlines()[-2]
    assert "Reading [all]" in terminal.getvalue()
    assert "[bold]a.txt[/bold]: is empty" in terminal.getvalue()
    assert capsys.readouterr().out == ""
