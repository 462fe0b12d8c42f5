"""Options that several commands share, declared once."""

from typing import Annotated, Literal

import typer

Format = Annotated[
    Literal["table", "csv", "json", "ndjson"],
    typer.Option("--format", help="Form of the answer: a table for people, the others for programs."),
]
Host = Annotated[str, typer.Option(help="Address to listen on; 0.0.0.0 opens the API to the network.")]
Port = Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")]
Model = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="Installed spaCy pipeline that reads English, or none: lists only (default: TALENTGRAPH_MODEL).",
    ),
]
Wait = Annotated[
    bool, typer.Option("--wait", help="Where another run is at work, wait for its end instead of giving up.")
]

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8321


def to_stderr(line: str) -> None:
    """Say a line on standard error."""
    typer.echo(line, err=True)
