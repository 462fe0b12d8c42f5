"""`talentgraph stop`: end the embedded engine."""

import typer


def stop() -> None:
    """Stop the embedded engine; the data stay.

    Also that of the demo. An engine ends by itself after some idle minutes; this is for those who want the memory now.

    \b
    Example:
      talentgraph stop
    """
    from api import opening
    from graph import embedded

    settings = opening.settings()
    stopped = [home for home in (settings.home, settings.home / "demo") if home.exists() and embedded.stop(home)]
    for home in stopped:
        typer.echo(f"Stopped the engine of {home}.", err=True)
    if not stopped:
        typer.echo(f"No engine is running for {settings.home}.", err=True)
