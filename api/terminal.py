"""The Cypher console: history, several lines, highlighting, completion; it reads and cannot change anything."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from prompt_toolkit import PromptSession
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.lexers import PygmentsLexer
from pygments.lexers.graph import CypherLexer

from api.completion import CypherCompleter
from api.entries import Session
from graph.errors import TalentgraphError

if TYPE_CHECKING:
    from graph.settings import Settings
    from graph.store import Store
    from queries.console.console import Console

HISTORY = "console_history"


def run(store: "Store", console: "Console", settings: "Settings", *, sample: bool = False) -> None:
    """Read and answer until `:quit` or the end of input; Ctrl-C drops the line or cancels the query."""
    typer.echo(f"{store.name}{', sample data' if sample else ''}. :help says what can be typed, :quit ends.", err=True)
    prompt = prompt_session(history(settings.home))
    session = Session(store, console, settings.home)
    while True:
        try:
            text = prompt.prompt("cypher> ").strip()
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
        try:
            if not session.answer(text):
                return
        except TalentgraphError as error:
            typer.echo(str(error), err=True)
        except KeyboardInterrupt:
            typer.echo("Cancelled.", err=True)


def history(home: Path) -> History:
    """Return the history kept in `home`, in a file for its owner alone; in memory where that cannot be written."""
    path = home / HISTORY
    try:
        home.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    except OSError:
        return InMemoryHistory()
    return FileHistory(path)


def prompt_session(history: History) -> "PromptSession[str]":
    """Return the prompt: Enter runs a finished statement and otherwise begins a new line."""
    return PromptSession(
        history=history,
        lexer=PygmentsLexer(CypherLexer),
        completer=CypherCompleter(),
        complete_while_typing=False,
        auto_suggest=AutoSuggestFromHistory(),
        multiline=True,
        key_bindings=_bindings(),
        prompt_continuation=lambda width, line, wrapped: "." * (width - 1) + " ",
    )


def _bindings() -> KeyBindings:
    bindings = KeyBindings()

    @bindings.add("enter")
    def _(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        if buffer.complete_state and buffer.complete_state.current_completion:
            buffer.complete_state = None  # Enter takes the chosen completion
        elif is_finished(buffer.text, buffer.document.current_line):
            buffer.validate_and_handle()
        else:
            buffer.insert_text("\n")

    return bindings


def is_finished(text: str, line: str) -> bool:
    """Return whether Enter should run `text`: nothing, a command, a semicolon at its end, or an empty last line."""
    return not text.strip() or text.lstrip().startswith(":") or text.rstrip().endswith(";") or not line.strip()
