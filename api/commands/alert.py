"""`talentgraph alert add|list|remove|test`: being told when an answer changes."""

import json
import sys
from typing import Annotated

import typer

from api.commands import options

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="""Be told when the answer to a question changes.

    \b
    Examples:
      talentgraph alert add fields-of-region --param region=Zhejiang --to mailto:desk@example.org
      talentgraph alert list
    """,
)
Ids = Annotated[list[str], typer.Argument(metavar="ID…", help="Ids from `talentgraph alert list`, or how they begin.")]


@app.command()
def add(
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="A question of `talentgraph questions`.")],
    param: Annotated[
        list[str] | None,
        typer.Option("--param", metavar="NAME=VALUE", help="A parameter of the question. Can be given again."),
    ] = None,
    when: Annotated[
        str,
        typer.Option(
            metavar="CONDITION",
            help="changed; or 'above N': claims of a row rise above N; or 'above N COLUMN', a number of the answer or"
            " rows.",
        ),
    ] = "changed",
    to: Annotated[
        str,
        typer.Option(
            metavar="WHERE",
            help="- for standard output, a file (.ndjson: one JSON object a line), https://… for a webhook,"
            " mailto:address.",
        ),
    ] = "-",
) -> None:
    """Ask a question again after every run, and tell what changed.

    ingest, watch, quarantine retry, reextract, remove and POST /v1/documents are runs. What is in the graph when an
    alert is added is no news. docs/alerts.md says what a message holds and how webhooks are signed.

    \b
    Examples:
      talentgraph alert add claims --param region=Zhejiang --param field=ai
      talentgraph alert add contradictions --to alerts.ndjson
      talentgraph alert add companies-recruiting --when 'above 10 stories' --to https://example.org/hook
    """
    from api import opening
    from api.alerts import alert as alerts
    from api.alerts import destination
    from graph import runs

    settings = opening.settings()
    made = alerts.alert(question, param or [], when, to)
    destination.check(made.to, settings)
    with opening.store(settings) as store:
        total = made.answer(store, runs.now()).total
        new = alerts.add(store, made)
    rows = f"{total:,} row{'' if total == 1 else 's'} now"
    typer.echo(f"{made.id} {'added' if new else 'is there already'}: `{question}` has {rows}.")


@app.command("list")
def list_(format: options.Format = "table") -> None:
    """List the alerts, and how each fares.

    `told` is the instant up to which the graph was told, `sent` when a message last arrived, `note` what went wrong
    last time. Of a webhook only the host is shown.

    \b
    Examples:
      talentgraph alert list
      talentgraph alert list --format json
    """
    from api import opening, output
    from api.alerts import alert as alerts

    with opening.store(opening.settings()) as store:
        rows = [
            {
                "id": found.id,
                "question": found.name,
                "parameters": json.dumps(found.parameters, ensure_ascii=False) if found.parameters else "",
                "when": str(found.when),
                "to": found.to.shown,
                "told": found.seen,
                "sent": found.record.get("sent", "never"),
                "note": found.record.get("note", ""),
            }
            for found in alerts.listed(store)
        ]
    output.write(["id", "question", "parameters", "when", "to", "told", "sent", "note"], rows, format, sys.stdout)


@app.command()
def remove(ids: Ids) -> None:
    """Remove alerts.

    \b
    Examples:
      talentgraph alert remove alert-0f3a9c1d2b4e
    """
    from api import opening
    from api.alerts import alert as alerts

    with opening.store(opening.settings()) as store:
        found = alerts.chosen(store, ids)
        store.forget(alerts.LABEL, [alert.id for alert in found])
    typer.echo(f"{len(found):,} removed")


@app.command()
def test(ids: Ids) -> None:
    """Send the present answer, to see whether it arrives.

    The message says that it is a test, and counts all rows as new. Nothing is remembered of it.

    \b
    Examples:
      talentgraph alert test alert-0f3a9c1d2b4e
    """
    from api import opening
    from api.alerts import alert as alerts
    from api.alerts.evaluation import send_test

    settings = opening.settings()
    with opening.store(settings) as store:
        for found in alerts.chosen(store, ids):
            send_test(store, found, settings)
            typer.echo(f"{found.id}: delivered to {found.to.shown}", err=True)
