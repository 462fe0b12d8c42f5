"""The command line: `talentgraph COMMAND`, assembled from api/commands.

Answers go to standard output, everything else to standard error. Exit codes: 0 done, 2 what was given cannot be used,
3 the store cannot do it, 130 interrupted; api/commands holds one command a file and graph/errors.py the codes.
"""

import os
import sys
from importlib.metadata import version
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from api.commands import (
    alert,
    ask,
    audit,
    cypher,
    demo,
    export,
    extract,
    import_files,
    ingest,
    key,
    quarantine,
    questions,
    removal,
    runs,
    schema,
    serve,
    sources,
    status,
    stop,
    watch,
)
from graph.errors import TalentgraphError
from graph.printable import printable

# What a newcomer needs comes first.
ORDER = (
    *("demo", "ingest", "ask", "questions", "cypher", "serve"),
    *("watch", "sources", "alert", "status", "runs", "quarantine", "reextract", "remove", "erase"),
    *("extract", "schema", "export", "import-files", "key", "audit", "stop"),
)


class Commands(TyperGroup):
    """The commands; an error of ours becomes its message and its exit code, never a traceback."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except TalentgraphError as error:
            typer.echo("\n".join(map(printable, f"talentgraph: {error}".split("\n"))), err=True)
            raise typer.Exit(error.exit_code) from error
        except KeyboardInterrupt as interruption:
            typer.echo("Interrupted.", err=True)
            raise typer.Exit(130) from interruption
        except BrokenPipeError as error:  # whoever read the answer has seen enough
            raise typer.Exit from error

    def list_commands(self, ctx: Any) -> list[str]:
        return sorted(self.commands, key=ORDER.index)


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    rich_markup_mode=None,  # plain help appears three times as fast, and pastes well into docs
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(demo.demo)
app.command()(ingest.ingest)
app.add_typer(ask.app, name="ask")
app.command()(questions.questions)
app.command()(cypher.cypher)
app.command()(serve.serve)
app.command()(watch.watch)
app.command()(sources.sources)
app.add_typer(alert.app, name="alert")
app.command()(status.status)
app.command()(runs.runs)
app.add_typer(quarantine.app, name="quarantine")
app.command()(removal.reextract)
app.command()(removal.remove)
app.command()(removal.erase)
app.command()(extract.extract)
app.command()(schema.schema)
app.command()(export.export)
app.command()(import_files.import_files)
app.add_typer(key.app, name="key")
app.command()(audit.audit)
app.command()(stop.stop)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"talentgraph {version('talentgraph')}")
        raise typer.Exit


@app.callback()
def talentgraph(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and end.")
    ] = False,
) -> None:
    """Which regions and companies recruit which technical talent, since when, says who.

    \b
    Examples:
      talentgraph demo
      talentgraph ingest reports/
      talentgraph ask regions-recruiting-fields --region-level province
    """


def main() -> None:
    """Run the command line and end the process with its exit code."""
    try:
        app()
    finally:
        try:
            sys.stdout.flush()
        except BrokenPipeError:
            # Python would try again at its end, and complain.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
