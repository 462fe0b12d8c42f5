"""What is typed in the console, answered one entry at a time."""

import json
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from api import output
from api.completion import COMMANDS
from graph.errors import UnknownQuestion, WrongParameter
from queries import catalogue
from queries.console.favourites import favourite, favourites, save
from queries.console.inquiry import Inquiry

if TYPE_CHECKING:
    from graph.store import Store
    from queries.console.console import Console

_HELP = """\
Type Cypher; it runs when it ends with ; or at an empty line. Tab completes, the arrow keys go back in history, Ctrl-C
cancels a query. Nothing can be changed here.

{commands}
"""


class Session:
    """One reader at the console: the parameters and wishes that hold from entry to entry."""

    def __init__(self, store: "Store", console: "Console", home: Path) -> None:
        self._store = store
        self._console = console
        self._home = home
        self._parameters: dict[str, Any] = {}
        self._plan = False
        self._names = False
        self._last = ""
        self._commands: dict[str, Callable[[str], None]] = {
            ":help": self._help,
            ":ask": self._ask,
            ":show": self._show,
            ":questions": self._questions,
            ":param": self._param,
            ":plan": self._switch_plan,
            ":names": self._switch_names,
            ":save": self._save,
            ":saved": self._saved,
            ":run": self._run,
        }

    def answer(self, text: str) -> bool:
        """Answer one entry on standard output; False when it asks to leave. Raises TalentgraphError."""
        if not text:
            return True
        if not text.startswith(":"):
            self._query(text.removesuffix(";"))
            return True
        name, _, rest = text.partition(" ")
        if name in (":quit", ":exit", ":q"):
            return False
        if name not in self._commands:
            raise WrongParameter("command", f"There is no {name}. There are: {', '.join(COMMANDS)}.")
        self._commands[name](rest.strip())
        return True

    def _query(self, query: str) -> None:
        self._last = query
        found = self._console.ask(Inquiry(query, dict(self._parameters), plan=self._plan, names=self._names))
        rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
        output.write(found.columns, rows, "table", sys.stdout)
        if found.plan:
            typer.echo("\n".join(_plan_lines(found.plan)))
        for note in found.notes:
            typer.echo(note, err=True)
        more = ", and more were left out" if found.truncated else ""
        withheld = ", names of persons withheld (:names shows them)" if found.withheld else ""
        seconds = found.milliseconds / 1000
        typer.echo(f"{len(rows):,} row{'' if len(rows) == 1 else 's'}{more}, {seconds:.2f} s{withheld}", err=True)

    def _help(self, _: str) -> None:
        width = max(map(len, COMMANDS))
        commands = "\n".join(f"{name:<{width}}  {what}" for name, what in COMMANDS.items())
        typer.echo(_HELP.format(commands=commands), nl=False)

    def _questions(self, _: str) -> None:
        rows = [{"question": question.name, "title": question.title} for question in catalogue.questions().values()]
        output.write(["question", "title"], rows, "table", sys.stdout)

    def _show(self, name: str) -> None:
        if name not in favourites(self._home):
            raise UnknownQuestion(f"There is no question {name!r}; :questions lists them.")
        typer.echo(favourite(self._home, name).cypher, nl=False)

    def _param(self, text: str) -> None:
        """Set, drop or show parameters; a value is JSON, or else text."""
        name, equals, value = text.partition("=")
        if not text:
            rows = [{"parameter": name, "value": json.dumps(value)} for name, value in self._parameters.items()]
            output.write(["parameter", "value"], rows, "table", sys.stdout)
        elif not equals or not name.strip().isidentifier():
            raise WrongParameter("param", f"{text!r} is not name=value, such as region=CN-ZJ.")
        elif not value:
            self._parameters.pop(name.strip(), None)
        else:
            self._parameters[name.strip()] = _value(value)

    def _switch_plan(self, _: str) -> None:
        self._plan = not self._plan
        typer.echo(f"The plan is {'shown' if self._plan else 'hidden'}.", err=True)

    def _switch_names(self, _: str) -> None:
        self._names = not self._names
        typer.echo(f"Names of persons are {'shown' if self._names else 'withheld'}.", err=True)

    def _save(self, name: str) -> None:
        if not self._last:
            raise WrongParameter("query", "There is no query yet to keep.")
        typer.echo(f"Kept in {save(self._home, name, self._last)}.", err=True)

    def _saved(self, _: str) -> None:
        rows = [{"favourite": one.name, "title": one.title} for one in favourites(self._home).values() if one.own]
        output.write(["favourite", "title"], rows, "table", sys.stdout)

    def _run(self, name: str) -> None:
        self._query(favourite(self._home, name).cypher)

    def _ask(self, text: str) -> None:
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
        found = catalogue.ask(self._store, name, arguments)
        after = found.offset + len(found.rows)
        next = f"offset={after}" if after < found.total else None
        output.write(found.columns, found.rows, "table", sys.stdout, total=found.total, next=next, notes=found.notes)


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _plan_lines(plan: dict[str, Any], depth: int = 0) -> list[str]:
    """Return a plan as indented lines, what is done last on top."""
    rows = plan["estimated_rows"]
    about = f"  about {rows:,.0f} row{'' if rows == 1 else 's'}" if rows is not None else ""
    details = f"  {plan['details']}" if plan["details"] else ""
    return [f"{'  ' * depth}{plan['operator']}{about}{details}"] + [
        line for child in plan["children"] for line in _plan_lines(child, depth + 1)
    ]
