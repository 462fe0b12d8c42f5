"""`talentgraph status`: where the graph is, how large, and what it holds."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from api.commands import options
from graph.frame import Row

if TYPE_CHECKING:
    from graph.store import Store


def status(format: options.Format = "table") -> None:
    """Show where the graph is and what it holds.

    \b
    Examples:
      talentgraph status
      talentgraph status --format json
    """
    from api import opening, output
    from graph import embedded

    settings = opening.settings()
    rows = [_row("home", settings.home), _row("home size", _size(settings.home))]
    if opening.is_sample(settings):
        rows.append(_row("sample data", "yes: only the sample articles of `talentgraph demo`"))
    if settings.neo4j_uri is None and not embedded.store_folder(settings.home).exists():
        opening.require_place(settings.home)
        rows.append(_row("store", "none yet; `talentgraph ingest PATH` makes it"))
    else:
        with opening.store(settings) as store:
            rows += _contents(store)
    output.write(["name", "value"], rows, format, sys.stdout)


def _contents(store: "Store") -> list[Row]:
    from graph import runs

    rows = [_row("engine", store.name)]
    rows += [_row(label, f"{number:,}") for label, number in store.counts().items()]
    held = len(store.read("MATCH (q:Quarantined) RETURN q.id AS id"))
    rows.append(_row("quarantine", f"{held:,}" + ("; `talentgraph quarantine list` says why" if held else "")))
    if latest := runs.listed(store)[:1]:
        rows.append(_row("last run", runs.summary(latest[0])))
    pending = store.unfinished()
    rows.append(_row("pending recounts", f"{len(pending):,}" + ("; the next ingest finishes them" if pending else "")))
    return rows


def _row(name: str, value: object) -> Row:
    return {"name": name, "value": str(value)}


def _size(folder: Path) -> str:
    """Return the size of all files below a folder, as people say it."""
    size = float(sum(os.path.getsize(os.path.join(root, name)) for root, _, names in os.walk(folder) for name in names))
    units = ["bytes", "kB", "MB", "GB"]
    while size >= 1000 and len(units) > 1:
        size /= 1000
        units.pop(0)
    return f"{size:.{0 if units[0] == 'bytes' else 1}f} {units[0]}"
