"""`talentgraph quarantine list|retry|drop`: documents that could not be read."""

import sys
from typing import Annotated

import typer

from api.commands import options
from graph.errors import InputError, UnreadableDocument

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="""Show what could not be read, and try again.

    \b
    Examples:
      talentgraph quarantine list
      talentgraph quarantine retry --all
    """,
)
Ids = Annotated[list[str] | None, typer.Argument(metavar="[ID]…", help="Ids from `talentgraph quarantine list`.")]
All = Annotated[bool, typer.Option("--all", help="All that are in quarantine.")]


@app.command("list")
def list_(format: options.Format = "table") -> None:
    """List the documents that could not be read, and why.

    \b
    Examples:
      talentgraph quarantine list
      talentgraph quarantine list --format csv
    """
    from api import opening, output, uploaded

    settings = opening.settings()
    with opening.store(settings) as store:
        rows = uploaded.listed(store, settings.home)
    output.write(["id", "path", "reason", "since", "last", "run"], rows, format, sys.stdout)


@app.command()
def retry(ids: Ids = None, all: All = False, wait: options.Wait = False, model: options.Model = None) -> None:
    """Read documents once more; those that can be read leave.

    A file or page is read from where it is; what came by standard input or over the network was kept.

    \b
    Examples:
      talentgraph quarantine retry --all
      talentgraph quarantine retry quarantined-0f3a9c1d2b4e5f607182
    """
    from api import opening, progress, reading, uploaded
    from api.alerts.evaluation import evaluate
    from api.commands.ingest import summary
    from ingest.outcome import Outcome
    from ingest.retrying import retry as again
    from ingest.sources import Options
    from ingest.web import fetcher

    def done(outcome: Outcome) -> None:
        if outcome.reason:
            progress.say(f"{uploaded.shown(outcome.path, settings.home)}: {outcome.reason}")

    settings = opening.settings()
    wanted = _wanted(ids, all)
    opening.lexicon(settings)
    with reading.extractor(settings, model) as extractor, opening.store(settings) as store:
        read = Options(settings.max_document_bytes, fetcher=fetcher(settings))
        candidates = uploaded.paths(store)
        report = again(store, extractor, wanted, options=read, progress=done, wait=wait, say=progress.say)
        uploaded.tidy(store, settings.home, candidates)
        typer.echo(summary(report))
        evaluate(store, settings, progress.say)
    if report.failures:
        raise typer.Exit(UnreadableDocument.exit_code)


@app.command()
def drop(ids: Ids = None, all: All = False) -> None:
    """Take documents off the list for good.

    Nothing in the graph changes.

    \b
    Examples:
      talentgraph quarantine drop quarantined-0f3a9c1d2b4e5f607182
      talentgraph quarantine drop --all
    """
    from api import opening, uploaded
    from ingest import quarantine

    settings = opening.settings()
    wanted = _wanted(ids, all)
    with opening.store(settings) as store:
        candidates = uploaded.paths(store)
        number = quarantine.drop(store, wanted)
        uploaded.tidy(store, settings.home, candidates)
    typer.echo(f"{number:,} dropped")


def _wanted(ids: list[str] | None, all: bool) -> list[str] | None:
    """Return the ids given, or None for all; one of the two must be said."""
    if bool(ids) == all:
        raise InputError("Give the ids of `talentgraph quarantine list`, or --all.")
    return ids or None
