"""`talentgraph key create|list|revoke`: keys to the API."""

import sys
from typing import Annotated

import typer

from api.commands import options
from graph.errors import WrongParameter

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="""Make, list and revoke keys to the API.

    Whoever sits at this machine needs none; all others do. A running server takes a change at once.

    \b
    Examples:
      talentgraph key create grafana
      talentgraph key create ana --scope read --scope console
      talentgraph key revoke 1f2e3d4c
    """,
)
DEFAULT_SCOPES = ["read"]


@app.command()
def create(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Who or what it is for.")],
    scope: Annotated[
        list[str], typer.Option(help="What it opens: read, console, ingest, review or admin; may be repeated.")
    ] = DEFAULT_SCOPES,
) -> None:
    """Make a key and print it: it is shown this once, and kept as a hash.

    \b
    Examples:
      talentgraph key create grafana
      talentgraph key create ana --scope read --scope console
    """
    from api import opening
    from api.audit import Audit
    from api.keys import SCOPES, Keys

    for one in scope:
        if one not in SCOPES:
            raise WrongParameter("scope", f"There is no scope {one!r}. There are: {', '.join(SCOPES)}.")
    if not name.strip() or len(name) > 100:
        raise WrongParameter("name", "Give the key a name of at most 100 characters.")
    home = opening.settings().home
    key, text = Keys(home).create(name, list(dict.fromkeys(scope)))
    Audit(home).note("this machine", f"key create {key.id} {' '.join(key.scopes)}", 200)
    typer.echo(text)
    typer.echo(f"Key {key.id} for {name} opens: {', '.join(key.scopes)}. It is not shown again.", err=True)


@app.command("list")
def list_(format: options.Format = "table") -> None:
    """List the keys, also revoked ones.

    \b
    Example:
      talentgraph key list
    """
    from api import opening, output
    from api.keys import Keys

    rows = [
        {"id": key.id, "name": key.name, "scopes": list(key.scopes), "created": key.created, "revoked": key.revoked}
        for key in Keys(opening.settings().home).listed()
    ]
    output.write(["id", "name", "scopes", "created", "revoked"], rows, format, sys.stdout, title="Keys")


@app.command()
def revoke(id: Annotated[str, typer.Argument(metavar="ID", help="Its id, from `talentgraph key list`.")]) -> None:
    """Let a key hold no longer; a running server refuses it from now on.

    \b
    Example:
      talentgraph key revoke 1f2e3d4c
    """
    from api import opening
    from api.audit import Audit
    from api.keys import Keys

    home = opening.settings().home
    key = Keys(home).revoke(id)
    Audit(home).note("this machine", f"key revoke {key.id}", 200)
    typer.echo(f"Key {key.id} for {key.name} holds no longer.", err=True)
