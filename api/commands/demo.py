"""`talentgraph demo`: sample articles become an answered question, in a store of their own."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands import options
from api.commands.serve import listen, run
from graph.errors import InputError

if TYPE_CHECKING:
    from graph.frame import Row
    from graph.settings import Settings
    from graph.store import Store

QUESTION = "regions-recruiting-fields"
_COLUMNS = ("region", "field", "claims", "approaches", "documents", "stories", "claimants")


def demo(
    no_serve: Annotated[
        bool, typer.Option("--no-serve", help="End after the answer, without serving the API.")
    ] = False,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port of the API; a free one if it is taken.")] = (
        options.DEFAULT_PORT
    ),
) -> None:
    """Read sample articles and answer a question.

    Then the API serves them until interrupted. The articles were written for talentgraph; they go into a store of
    their own, apart from your data.

    \b
    Examples:
      talentgraph demo
      talentgraph demo --no-serve
    """
    from api import opening

    own = opening.settings()
    settings = own.model_copy(update={"home": own.home / "demo", "neo4j_uri": None})
    opening.mark_sample(settings.home)
    with opening.store(settings) as store:
        _read(store, settings)
        _show(store)
        typer.echo(
            f"\nTo ask more of it, set TALENTGRAPH_HOME={settings.home}; `talentgraph questions` says what.", err=True
        )
        if not no_serve:
            _serve(store, settings, port)


def _read(store: "Store", settings: "Settings") -> None:
    from api import progress
    from api.commands.ingest import count, summary
    from ingest import run
    from ingest.extraction import Extractor
    from ingest.sources import files, samples

    paths = [str(path) for path in samples()]
    with progress.bar("Reading the sample articles", count(paths)) as bar:
        report = run.ingest(
            files.read(paths),
            store,
            Extractor(settings.model),
            sample=True,
            progress=lambda outcome: bar.advance(),
            command="demo",
        )
    typer.echo(summary(report), err=True)


def _show(store: "Store") -> None:
    """Print the matrix, and one claim behind its first row."""
    from api import output
    from queries import catalogue

    answer = catalogue.ask(store, QUESTION, {"limit": 15})
    typer.echo("Which regions recruit which fields (sample data)\n")
    output.write(_COLUMNS, answer.rows, "table", sys.stdout, total=answer.total, notes=answer.notes)
    if answer.rows:
        _show_claim(store, answer.rows[0])


def _show_claim(store: "Store", cell: "Row") -> None:
    """Print the surest claim behind a row of the matrix, an English one if there is any, with sentence and source."""
    from queries import catalogue

    filters = {"region": cell["region_id"], "field": cell["field_id"], "modality": "positive", "limit": 100}
    claims = catalogue.ask(store, "claims", filters).rows
    if not claims:
        return
    surest = max(claims, key=lambda claim: (_is_latin(claim["quote"]), claim["confidence"], claim["claim_id"]))
    found = catalogue.ask(store, "evidence", {"claim": surest["claim_id"]}).rows[0]
    source = ", ".join(str(found[name]) for name in ("title", "publisher", "reported_on") if found[name])
    typer.echo(f"\nOne claim behind the first row (sample data): {found['claim']}")
    typer.echo(f"  “{found['quote']}”")
    typer.echo(f"  {source}")
    typer.echo(f"  {found['url'] or found['document_id']}")
    typer.echo(f"  {found['claim_id']}")


def _is_latin(text: str) -> bool:
    """Return whether a text is free of Chinese, which not every reader of the demo could follow."""
    return all(character < "\u2e80" for character in text)


def _serve(store: "Store", settings: "Settings", port: int) -> None:
    try:
        listening = listen(options.DEFAULT_HOST, port)
    except InputError:
        listening = listen(options.DEFAULT_HOST, 0)
        typer.echo(f"Port {port} is taken; here is a free one.", err=True)
    with listening:
        run(store, settings, listening, sample=True)
