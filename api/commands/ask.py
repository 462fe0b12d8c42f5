"""`talentgraph ask QUESTION`: one subcommand for every question file, with the options its header declares.

The catalogue is read when a question is asked or its help is shown, not before.
"""

import inspect
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from typer.core import TyperGroup

from api.commands import options

if TYPE_CHECKING:
    from queries.catalogue import Answer, Param, Question


class Questions(TyperGroup):
    """The questions of the catalogue as commands."""

    def list_commands(self, ctx: Any) -> list[str]:
        from queries import catalogue

        return list(catalogue.questions())

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        from queries import catalogue

        return _command(catalogue.find(cmd_name))


app = typer.Typer(cls=Questions, no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def ask() -> None:
    """Ask a question; each has options of its own.

    Places, fields and companies may be given by id, name, alias or Chinese name.

    \b
    Examples:
      talentgraph ask regions-recruiting-fields --region-level province --since 2024-01-01
      talentgraph ask fields-of-region --region Zhejiang --format csv
      talentgraph ask claims --region CN --limit 100000 --output claims.parquet
      talentgraph ask flows --help
    """


def _command(question: "Question") -> Any:
    """Return the command that asks `question`."""
    single = typer.Typer(add_completion=False, rich_markup_mode=None)
    single.command(question.name, help=_help(question), short_help=question.title)(_asking(question))
    command = typer.main.get_command(single)
    command.name = question.name
    return command


def _asking(question: "Question") -> Callable[..., None]:
    """Return a function whose signature has an option for every parameter of `question`."""

    def run(**given: Any) -> None:
        format, output = given.pop("format"), given.pop("output")
        answer(question, {name: value for name, value in given.items() if value is not None}, format, output)

    parameters = [_option(param) for param in question.params]
    for name, annotation in (("format", options.AnswerFormat), ("output", options.Output)):
        parameters.append(inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=annotation))
    run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return run


def _option(param: "Param") -> inspect.Parameter:
    flag = "--" + param.name.replace("_", "-")
    kind: Any = str
    metavar: str | None = param.type.upper()
    if param.choices and param.many:  # any of them, separated by commas
        metavar = "|".join(param.choices)
    elif param.choices:
        kind, metavar = Literal[param.choices], None
    elif param.type == "integer":
        kind = int
    elif param.type == "boolean":
        kind, metavar, flag = bool, None, f"{flag}/--no-{flag.removeprefix('--')}"
    option = typer.Option(flag, help=param.doc, metavar=metavar)
    if not param.required and param.default is None:
        kind = kind | None
    return inspect.Parameter(
        param.name,
        inspect.Parameter.KEYWORD_ONLY,
        default=inspect.Parameter.empty if param.required else param.default,
        annotation=Annotated[kind, option],
    )


def _hyphens(text: str) -> str:
    """Return options as they are written on a command line: `--region-level`, where a header may have `_`."""
    return re.sub(r"--\w+", lambda option: option[0].replace("_", "-"), text)


def _help(question: "Question") -> str:
    examples = (_hyphens(example) for example in question.examples or ("",))
    lines = [f"  talentgraph ask {question.name} {example}".rstrip() for example in examples]
    return f"{question.title}.\n\n{question.doc}\n\n\b\nExamples:\n" + "\n".join(lines)


def answer(question: "Question", arguments: dict[str, Any], format: str | None, output: Path | None) -> None:
    """Ask the store and write the answer to `output`, or standard output where it is None."""
    from api import destination, opening
    from queries import catalogue

    format = format or _format_of(output)
    destination.check(output, text=format != "parquet", what="Parquet")
    settings = opening.settings()
    with opening.store(settings) as store:
        found = catalogue.ask(store, question.name, arguments)
        notes = list(found.notes)
        if not found.total and not store.counts().get("Document"):
            notes.append(
                "The graph is empty. `talentgraph ingest PATH` fills it. The sample articles of `talentgraph demo` "
                f"are in a graph of their own: set TALENTGRAPH_HOME={settings.home / 'demo'} to ask it."
            )
    if opening.is_sample(settings):
        notes.append("Sample data: articles written for talentgraph, not real reports.")
    _write(question, found, format, output, notes, sample=opening.is_sample(settings))


def _format_of(output: Path | None) -> str:
    """Return the format that a file's ending names, else a table."""
    ending = output.suffix.removeprefix(".").lower() if output else ""
    return ending if ending in ("csv", "json", "ndjson", "parquet") else "table"


def _write(
    question: "Question", found: "Answer", format: str, output: Path | None, notes: list[str], *, sample: bool
) -> None:
    from api import destination, formats
    from api import output as form

    after = found.offset + len(found.rows)
    next = f"--offset {after}" if found.rows and after < found.total else None
    if output is None and format != "parquet":
        title = question.title + (" (sample data)" if sample else "")
        form.write(
            found.columns, found.rows, format, sys.stdout, total=found.total, next=next, title=title, notes=notes
        )
        return
    with destination.opened(output) as stream:
        if format in formats.FORMATS:
            columns = [formats.Column(column.name, column.type) for column in question.columns]
            stream.writelines(formats.FORMATS[format].pieces(columns, found.rows))
        else:
            stream.write(
                form.text(found.columns, found.rows, format, total=found.total, next=next, notes=notes).encode()
            )
    form.warn(len(found.rows), total=found.total, next=next, notes=notes if format in formats.FORMATS else ())
