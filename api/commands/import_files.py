"""`talentgraph import-files`: the whole graph as files for Neo4j's own import."""

from pathlib import Path
from typing import Annotated

import typer


def import_files(
    folder: Annotated[Path, typer.Argument(metavar="OUT", help="Folder to write the files to; a new or empty one.")],
) -> None:
    """Write files for a first bulk load of Neo4j.

    The command that loads them is printed. It replaces all that the server's database `neo4j` holds.

    \b
    Example:
      talentgraph import-files /srv/load
    """
    from api import opening
    from graph import import_files as files

    with opening.store(opening.settings()) as store:
        nodes, links = files.write(store, folder)
    typer.echo(f"{nodes:,} nodes, {links:,} relationships → {folder}", err=True)
    typer.echo("Load them on the server's machine, as its user, while its database is stopped:", err=True)
    typer.echo(f"cd {folder.resolve()} && {files.COMMAND}")
    typer.echo(
        "Then start it; the first command with its NEO4J_URI makes the constraints: talentgraph status", err=True
    )
