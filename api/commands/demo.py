"""`talentgraph demo`: sample articles become an answered question, in a store of their own."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands import options
from api.commands.serve import listen, run
from graph.errors import InputError

if TYPE_CHECKING:
    from graph.settings import Settings
    from graph.store import Store

QUESTION = "regions-recruiting-fields"
_COLUMNS = ("region", "field", "claims", "approaches", "documents", "stories", "claimants")
_CLAIM = """
MATCH (c:Claim)-[s:STATED_IN]->(d:Document)
WHERE c.known_until IS NULL AND c.modality = 'asserted'
  AND c.countries[0] <> 'unstated' AND c.field_codes[0] <> 'unstated'
OPTIONAL MATCH (d)-[:PUBLISHED_BY]->(p:Publisher)
RETURN c.name AS claim, s.quote AS sentence, d.title AS title, p.name AS publisher, toString(d.date) AS date,
       d.url AS url
ORDER BY c.confidence DESC, c.id
LIMIT 1
"""


def demo(
    no_serve: Annotated[
        bool, typer.Option("--no-serve", help="End after the answer, without serving the API.")
    ] = False,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port of the API; a free one if it is taken.")] = (
        options.DEFAULT_PORT
    ),
) -> None:
    """Read the sample articles, answer a question from them, and serve the API.

    The articles were written for talentgraph; they go into a store of their own, apart from your data.

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
        typer.echo(f"\nAsk more: TALENTGRAPH_HOME={settings.home} talentgraph ask flows", err=True)
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
            files.read(paths), store, Extractor(settings.model), sample=True, progress=lambda outcome: bar.advance()
        )
    typer.echo(summary(report), err=True)


def _show(store: "Store") -> None:
    from api import output
    from queries import catalogue

    answer = catalogue.ask(store, QUESTION, {"limit": 20})
    output.write(
        _COLUMNS,
        answer.rows,
        "table",
        sys.stdout,
        total=answer.total,
        title="Which regions recruit which fields (sample data)",
        notes=answer.notes,
    )
    for claim in store.read(_CLAIM):
        where = ", ".join(str(claim[name]) for name in ("title", "publisher", "date", "url") if claim[name])
        typer.echo(f"\nOne claim (sample data): {claim['claim']}\n  “{claim['sentence']}”\n  {where}")


def _serve(store: "Store", settings: "Settings", port: int) -> None:
    try:
        listening = listen(options.DEFAULT_HOST, port)
    except InputError:
        listening = listen(options.DEFAULT_HOST, 0)
        typer.echo(f"Port {port} is taken; here is a free one.", err=True)
    with listening:
        run(store, settings, listening, sample=True)
