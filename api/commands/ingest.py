"""`talentgraph ingest PATH…`: documents into the graph."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands import options
from graph.errors import InputError, UnreadableDocument

if TYPE_CHECKING:
    from ingest.outcome import Report


def ingest(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH", help="Files, folders, patterns, web addresses, - for standard input.")
    ],
    date: Annotated[str | None, typer.Option(help="Day of publication, such as 2026-03-02.")] = None,
    publisher: Annotated[str | None, typer.Option(help="Who published it.")] = None,
    url: Annotated[str | None, typer.Option(help="Where it was read; for a single document.")] = None,
    title: Annotated[str | None, typer.Option(help="Its title; for a single document.")] = None,
    lang: Annotated[str | None, typer.Option(help="Language code, such as en or zh; detected where not given.")] = None,
    author: Annotated[str | None, typer.Option(help="Who wrote it, by full name; withheld as names are.")] = None,
    column: options.Columns = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Store documents too whose words speak of no recruiting.")
    ] = False,
    irrelevant: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write there where the documents left out as irrelevant are.")
    ] = None,
    wait: options.Wait = False,
    workers: options.Workers = 1,
    engine: options.Engine = None,
    model: options.Model = None,
) -> None:
    """Read documents and store their claims.

    Text, Markdown, HTML, PDF, Word, JSON {id, url, title, publisher, date, lang, author, text}, JSON Lines, CSV, and
    ZIP, tar, gzip and WARC archives of these are read, from files and from the web: an address stands for its page,
    or for all pages that the feed or sitemap there names. In folders, hidden files and those of other kinds are left
    out. What the options say goes before what the documents say of themselves. What cannot be read is named and kept
    in quarantine, and the exit code is then 2. New documents whose words speak of no recruiting count as irrelevant
    and are not stored, unless --all is given; --irrelevant names them in a file. Reading the same documents again
    changes nothing; a run that was killed goes on when the same command is given again.

    \b
    Examples:
      talentgraph ingest reports/
      talentgraph ingest 'news/2026-*.html' --publisher "Daily News"
      talentgraph ingest table.csv --column text=Body --column date=Published
      talentgraph ingest archive/ --workers 8
      talentgraph ingest https://example.org/article https://example.org/feed.xml sitemap:https://example.org
      pbpaste | talentgraph ingest - --date 2026-03-02 --url https://example.org/a
    """
    from api import opening, progress, reading, spread
    from api.alerts.evaluation import evaluate
    from ingest.outcome import Outcome
    from ingest.run import ingest as run
    from ingest.sources import Options, places
    from ingest.text import Overrides
    from ingest.web import fetcher

    settings = opening.settings()
    spread.check(settings, workers, engine)
    opening.lexicon(settings)
    columns = options.columns(column)
    overrides = Overrides(date=date, publisher=publisher, url=url, title=title, lang=lang, author=author)
    with (
        reading.extractor(settings, model) as extractor,
        opening.store(settings) as store,
        progress.bar("Reading", count(paths)) as bar,
        left_out(irrelevant) as leave_out,
    ):
        extractor.say = bar.say

        def done(outcome: Outcome) -> None:
            bar.advance()
            if outcome.reason:
                bar.say(f"{outcome.path}: {outcome.reason}")
            if outcome.status == "irrelevant":
                leave_out(outcome.path)

        pages = places.read(paths, Options(settings.max_document_bytes, columns, bar.say, fetcher(settings)))
        command = f"ingest {' '.join(paths)}"
        report = run(
            pages,
            store,
            extractor,
            overrides=overrides,
            triage=not everything,
            progress=done,
            command=command,
            wait=wait,
            say=bar.say,
            columns=columns,
            by=lambda documents: spread.read(documents, extractor, settings, workers, engine),
        )
        typer.echo(summary(report))
        evaluate(store, settings, bar.say)
    if report.failures:
        raise typer.Exit(UnreadableDocument.exit_code)


@contextmanager
def left_out(file: Path | None) -> "Iterator[Callable[[str], None]]":
    """Yield what writes a path as a line of a file, made anew; InputError where it cannot be written."""
    from graph.printable import printable

    if file is None:
        yield lambda path: None
        return
    try:
        stream = file.open("w", encoding="utf-8")
    except OSError as error:
        raise InputError(f"{file} cannot be written ({error.strerror or error}). Name another file.") from error
    with stream:
        yield lambda path: print(printable(path), file=stream)


def count(paths: Sequence[str]) -> int | None:
    """Return how many documents the paths hold, a JSON list taken for one; None where that shows only in reading."""
    from ingest.sources import Failure, files, kinds
    from ingest.web import is_address

    total = 0
    for path in paths:
        if path == files.STANDARD_INPUT or is_address(path):
            return None
        for found in files.find(path):
            kind = None if isinstance(found, Failure) else kinds.by_suffix(found.name)
            if kind and kind.many:
                return None
            total += 1
    return total


def summary(report: "Report") -> str:
    """Return a run's report as one line."""
    total = sum(report.counts.values())
    parts = ", ".join(f"{number:,} {status}" for status, number in report.counts.items() if number)
    documents = "document" if total == 1 else "documents"
    found = f"{report.claims:,} claim{'' if report.claims == 1 else 's'}"
    claims = found if report.counts["stored"] else "nothing new"
    without = len(report.failures) - report.counts["quarantined"]
    nowhere = f"; {without:,} path{'' if without == 1 else 's'} without documents" if without else ""
    return f"{total:,} {documents}{f': {parts}' if parts else ''}{nowhere}; {claims}, {report.seconds:.1f} s"
