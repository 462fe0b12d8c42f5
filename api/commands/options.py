"""Options that several commands share, declared once."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from graph.errors import WrongParameter

if TYPE_CHECKING:
    from collections.abc import Mapping

Format = Annotated[
    Literal["table", "csv", "json", "ndjson"],
    typer.Option("--format", help="Form of the answer: a table for people, the others for programs."),
]
AnswerFormat = Annotated[
    Literal["table", "csv", "json", "ndjson", "parquet"] | None,
    typer.Option(
        "--format",
        help="Form of the answer: a table for people, the others for programs. "
        "Without it, what the ending of --output says, else a table.",
    ),
]
Output = Annotated[Path | None, typer.Option(help="File to write to; without it, standard output.")]
Host = Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 opens the API to the network.")]
Port = Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")]
Model = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="Installed spaCy pipeline that reads English, or none: word lists and a rough tree, weaker "
        "(default: TALENTGRAPH_MODEL).",
    ),
]
Wait = Annotated[
    bool, typer.Option("--wait", help="Where another run is at work, wait for its end instead of giving up.")
]
Workers = Annotated[int, typer.Option(min=1, max=256, help="Processes that read; what comes out is the same.")]
Engine = Annotated[
    str | None,
    typer.Option(metavar="dask://HOST:PORT", help="A Dask cluster that reads; what comes out is the same."),
]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        metavar="FIELD=COLUMN",
        help="Column of a table that holds the text, id, url, title, publisher, date, lang or author, where it is not"
        " named so: --column text=Body. Can be given again.",
    ),
]

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8321


def columns(given: Sequence[str] | None) -> "Mapping[str, str]":
    """Return field → column name of what `--column` says; WrongParameter where that names no field or no column."""
    from ingest.sources.csv import NAMES

    found = {}
    for item in given or ():
        field, _, name = item.partition("=")
        if field.strip() not in NAMES or not name.strip():
            raise WrongParameter(
                "column", f"--column {item!r} is not FIELD=COLUMN; a field is one of {', '.join(NAMES)}."
            )
        found[field.strip()] = name.strip()
    return found
