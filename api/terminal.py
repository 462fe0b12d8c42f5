"""The Cypher console: history, several lines, highlighting, completion; it reads and cannot change anything."""

import os
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from prompt_toolkit import PromptSession
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.lexers import PygmentsLexer
from pygments.lexers.graph import CypherLexer

from api import output
from api.completion import COMMANDS, CypherCompleter
from graph.errors import TalentgraphError, UnknownQuestion, WrongParameter
from queries import catalogue
from queries.console.inquiry import Inquiry

if TYPE_CHECKING:
    from graph.settings import Settings
    from graph.store import Store
    from queries.console.console import Console

HISTORY = "console_history"
_HELP = """\
Type Cypher; it runs when it ends with ; or at an empty line. Tab completes, the arrow keys go back in history.
Nothing can be changed here.

{commands}
"""


def run(store: "Store", console: "Console", settings: "Settings", *, sample: bool = False) -> None:
    """Read and answer until `:quit` or the end of input; Ctrl-C drops the line or ends the query."""
    typer.echo(f"{store.name}{', sample data' if sample else ''}. :help says what can be typed, :quit ends.", err=True)
    session = prompt_session(history(settings.home))
    while True:
        try:
            text = session.prompt("cypher> ").strip()
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
        try:
            if not answer(store, console, text):
                return
        except TalentgraphError as error:
            typer.echo(str(error), err=True)
        except KeyboardInterrupt:
            typer.echo("Interrupted.", err=True)


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


def answer(store: "Store", console: "Console", text: str) -> bool:
    """Answer one entry on standard output; False when it asks to leave."""
    if not text:
        return True
    if not text.startswith(":"):
        _query(console, text.removesuffix(";"))
        return True
    name, _, rest = text.partition(" ")
    if name in (":quit", ":exit", ":q"):
        return False
    commands: dict[str, Callable[[], None]] = {
        ":help": _help,
        ":questions": _questions,
        ":show": lambda: _show(rest.strip()),
        ":ask": lambda: _ask(store, rest),
    }
    if name not in commands:
        raise WrongParameter("command", f"There is no {name}. There are: {', '.join(COMMANDS)}.")
    commands[name]()
    return True


def _query(console: "Console", query: str) -> None:
    found = console.ask(Inquiry(query))
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
    output.write(found.columns, rows, "table", sys.stdout)
    more = ", and more were left out" if found.truncated else ""
    typer.echo(f"{len(rows):,} row{'' if len(rows) == 1 else 's'}{more}, {found.milliseconds / 1000:.2f} s", err=True)


def _help() -> None:
    width = max(map(len, COMMANDS))
    typer.echo(
        _HELP.format(commands="\n".join(f"{name:<{width}}  {what}" for name, what in COMMANDS.items())), nl=False
    )


def _questions() -> None:
    rows = [{"question": question.name, "title": question.title} for question in catalogue.questions().values()]
    output.write(["question", "title"], rows, "table", sys.stdout)


def _show(name: str) -> None:
    if name not in catalogue.questions():
        raise UnknownQuestion(f"There is no question {name!r}; :questions lists them.")
    typer.echo(catalogue.questions()[name].cypher, nl=False)


def _ask(store: "Store", text: str) -> None:
    try:
        name, *given = shlex.split(text) or [""]
    except ValueError as error:
        raise WrongParameter("value", f"A quotation mark is not closed: {text}") from error
    arguments = {}
    for item in given:
        key, equals, value = item.partition("=")
        if not equals:
            raise WrongParameter(key, f"{item!r} is not name=value, such as limit=5.")
        arguments[key] = value
    found = catalogue.ask(store, name, arguments)
    after = found.offset + len(found.rows)
    next = f"offset={after}" if after < found.total else None
    output.write(found.columns, found.rows, "table", sys.stdout, total=found.total, next=next, notes=found.notes)
