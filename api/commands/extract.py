"""`talentgraph extract PATH…`: claims as JSON Lines, without a store."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands import options
from graph.errors import UnreadableDocument, WrongParameter

if TYPE_CHECKING:
    from graph.frame import Extraction


def extract(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH", help="Files, folders, patterns, web addresses, - for standard input.")
    ],
    explain: Annotated[
        bool, typer.Option("--explain", help="Show the text with mentions and claims marked, and why each was read.")
    ] = False,
    html: Annotated[bool, typer.Option("--html", help="With --explain: print it as one HTML page.")] = False,
    column: options.Columns = None,
    workers: options.Workers = 1,
    engine: options.Engine = None,
    model: options.Model = None,
) -> None:
    """Print claims as JSON Lines, storing nothing.

    One line a document: its entities and claims, with their places in the text; with --explain a page for people. What
    `ingest` reads is read: text, Markdown, HTML, PDF, Word, JSON, JSON Lines, CSV, archives of these, pages of the web.
    In folders, hidden files and those of kinds that cannot be read are left out.

    \b
    Examples:
      talentgraph extract report.txt
      talentgraph extract reports/ report.pdf archive.zip > claims.jsonl
      talentgraph extract archive/ --workers 8 > claims.jsonl
      talentgraph extract archive/ --engine dask://scheduler.example:8786 > claims.jsonl
      talentgraph extract --explain report.txt
      talentgraph extract --explain --html report.txt > report-explained.html
      echo "A chip maker in Zhejiang hired ten engineers from Sweden." | talentgraph extract - | jq .claims
    """
    if html and not explain:
        raise WrongParameter("html", "--html says how to show an explanation: give --explain too.")
    from api import opening, spread

    settings = opening.settings()
    spread.check(settings, workers, engine)

    from api import progress, reading
    from api.commands.ingest import count
    from ingest.sources import Failure, Options, places
    from ingest.text import documents
    from ingest.web import fetcher

    opening.lexicon(settings)
    read = Options(settings.max_document_bytes, options.columns(column), fetcher=fetcher(settings))
    failed = False
    with (
        reading.extractor(settings, model) as extractor,
        _printing(explain, html) as show,
        progress.bar("Reading", count(paths)) as bar,
    ):
        extractor.say = bar.say
        items = documents(places.read(paths, replace(read, say=bar.say)))
        for found in spread.read(items, extractor, settings, workers, engine):
            if isinstance(found, Failure):
                failed = True
                bar.say(f"{found.path}: {found.reason}")
            else:
                show(found)
            bar.advance()
    if failed:
        raise typer.Exit(UnreadableDocument.exit_code)


@contextmanager
def _printing(explain: bool, html: bool) -> Iterator[Callable[["Extraction"], None]]:
    """Yield what prints one extraction in the form that the options choose."""
    if not explain:
        import orjson

        from ingest.extraction import as_json

        yield lambda extraction: typer.echo(orjson.dumps(as_json(extraction)))
        return
    from api import explain as explaining
    from api import explain_html, explain_text

    shown: list[explaining.Explanation] = []
    yield lambda extraction: shown.append(explaining.explain(extraction))
    if html:  # shown when all is read, where no progress bar is in the way
        typer.echo(explain_html.page(shown), nl=False)
    else:
        for explanation in shown:
            explain_text.show(explanation, sys.stdout)
