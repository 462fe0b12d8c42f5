"""`talentgraph sources`: the sources that are followed, and how each fares."""

import datetime
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands import options
from graph.frame import Row

if TYPE_CHECKING:
    from graph.settings import Settings
    from ingest.followed import Followed
    from ingest.remembered import Remembered

_COLUMNS = ["source", "place", "every", "visited", "next", "documents", "failures", "floor", "note"]


def sources(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="The sources that are followed (default: HOME/sources.toml).")
    ] = None,
    format: options.Format = "table",
) -> None:
    """List the sources that are followed, and how each fares.

    When each was visited and is visited next, how many documents it gave, how often it failed in a row, whether it
    gives as many as sources.toml expects, and what happened last.

    \b
    Examples:
      talentgraph sources
      talentgraph sources --format json
    """
    from api import opening, output
    from ingest import followed

    settings = opening.settings()
    found = followed.read(file or settings.home / "sources.toml")
    output.write(_COLUMNS, [_row(memory) for memory in _remembered(found, settings)], format, sys.stdout)


def _remembered(sources: "list[Followed]", settings: "Settings") -> "list[Remembered]":
    from api import opening
    from graph import embedded
    from ingest.remembered import Remembered, remembered

    if settings.neo4j_uri is None and not embedded.store_folder(settings.home).exists():
        return [Remembered(source, {}, {}) for source in sources]
    with opening.store(settings) as store:
        return remembered(store, sources)


def _row(memory: "Remembered") -> Row:
    source, state = memory.source, memory.state
    return {
        "source": source.name,
        "place": source.place,
        "every": str(source.every),
        "visited": state.get("fetched_at", "never"),
        "next": memory.next_at.isoformat(timespec="seconds") if memory.next_at else "now",
        "documents": state.get("documents", 0),
        "failures": state.get("failures", 0),
        "floor": _floor(memory),
        "note": state.get("note", ""),
    }


def _floor(memory: "Remembered") -> str:
    """Return what is expected of a source, and whether it gives that."""
    floor = memory.source.at_least
    if floor is None:
        return ""
    today = datetime.datetime.now(datetime.UTC).date()
    count = memory.recent(today, floor.days)
    met = {None: "too early to say", True: "not met", False: "met"}[memory.silent(today)]
    return f"{floor}: {met} ({count:,})"
