"""`talentgraph cypher`: one query, or a console; it can only read."""

import json
import sys
from contextlib import closing
from typing import Annotated, Any

import typer

from api.commands import options
from graph.errors import WrongParameter


def cypher(
    query: Annotated[
        str | None, typer.Argument(help="A Cypher query. Without one, a console opens (or a piped query is read).")
    ] = None,
    param: Annotated[
        list[str] | None,
        typer.Option(help="A parameter of the query, as name=value; the value is JSON, or else text. May be repeated."),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="Most rows to return.")] = 1000,
    names: Annotated[
        bool, typer.Option("--names", help="Show the names of persons; without it what they are.")
    ] = False,
    format: options.Format = "table",
) -> None:
    """Read the graph with Cypher.

    Nothing can be changed. Without a query a console opens, with history, highlighting and completion.

    \b
    Examples:
      talentgraph cypher
      talentgraph cypher "MATCH (c:Claim) RETURN c.modality AS modality, count(*) AS claims"
      talentgraph cypher 'MATCH (r:Region {name: $name}) RETURN r' --param name=Zhejiang --format json
      talentgraph cypher --format csv < query.cypher
    """
    from api import opening, output
    from queries.console.console import Console
    from queries.console.inquiry import Inquiry

    parameters = dict(map(_parameter, param or []))
    settings = opening.settings()
    if query is None and sys.stdin.isatty():
        from api import terminal

        with opening.store(settings) as store, closing(Console(store, settings)) as console:
            terminal.run(store, console, settings, sample=opening.is_sample(settings))
        return
    text = sys.stdin.read() if query is None else query
    if not text.strip():
        raise WrongParameter("query", 'There is no query. Give one, such as "MATCH (r:Region) RETURN r LIMIT 5".')
    with opening.store(settings) as store, closing(Console(store, settings)) as console:
        found = console.ask(Inquiry(text, parameters, limit, names=names))
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
    notes = [f"Stopped after {len(rows):,} rows; there are more. --limit raises it."] if found.truncated.rows else []
    if found.truncated.bytes:
        notes.append(f"Stopped after {len(rows):,} rows: an answer may not be larger. Return less of each row.")
    if found.withheld:
        notes.append("Names of persons are withheld; --names shows them.")
    output.write(found.columns, rows, format, sys.stdout, notes=notes)


def _parameter(text: str) -> tuple[str, Any]:
    name, separator, value = text.partition("=")
    if not separator or not name.isidentifier():
        raise WrongParameter("param", f"--param {text!r} is not name=value, such as --param name=Zhejiang.")
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value
