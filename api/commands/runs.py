"""`talentgraph runs`: what was taken in, when, and how it ended."""

import sys
from typing import Annotated

import typer

from api.commands import options

COLUMNS = [
    *("id", "status", "command", "started", "seconds"),
    *("opened", "stored", "unchanged", "duplicate", "irrelevant", "quarantined", "claims"),
]


def runs(
    limit: Annotated[int, typer.Option(min=1, help="How many to show, the latest first.")] = 20,
    format: options.Format = "table",
) -> None:
    """List the runs that took documents in.

    One that was killed shows as interrupted; the same command run again goes on where it stopped.

    \b
    Examples:
      talentgraph runs
      talentgraph runs --limit 1 --format json
    """
    from api import opening, output
    from graph import runs as records

    with opening.store(opening.settings()) as store:
        found = records.listed(store)
    if format != "table":
        columns = list(dict.fromkeys([*COLUMNS, *(name for record in found for name in record if name != "name")]))
        output.write(columns, found[:limit], format, sys.stdout, total=len(found))
        return
    rows = [record | {"started": record["started"][:19].replace("T", " ")} for record in found[:limit]]
    output.write(COLUMNS, rows, format, sys.stdout, total=len(found))
