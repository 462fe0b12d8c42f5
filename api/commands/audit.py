"""`talentgraph audit`: does the log of what was asked through the API hold?"""

from typing import Annotated

import typer

from graph.errors import InputError


def audit(
    contains: Annotated[
        str | None, typer.Option(metavar="HASH", help="A last hash that was noted: the log must lead over it.")
    ] = None,
) -> None:
    """Check that the audit log holds, and print its last hash.

    What changes anything, comes with a key or is refused has a line in TALENTGRAPH_HOME/audit.jsonl. Note the last hash
    somewhere else: with --contains it proves later that the log was not cut or replaced.

    \b
    Examples:
      talentgraph audit
      talentgraph audit --contains 5b1f…
    """
    from api import opening
    from api.audit import Audit

    log = Audit(opening.settings().home)
    found = log.verify(contains)
    if found.broken:
        raise InputError(f"The audit log {log.path} does not hold: {found.broken}. {found.lines:,} lines before it do.")
    typer.echo(found.last)
    typer.echo(f"{found.lines:,} line{'' if found.lines == 1 else 's'} of {log.path} hold.", err=True)
