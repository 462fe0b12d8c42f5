"""Files that were sent to the server: kept while quarantine leads to them, and no longer."""

import contextlib
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from ingest import quarantine

if TYPE_CHECKING:
    from graph.frame import Row
    from graph.store import Store


def folder(home: Path) -> Path:
    """Return where sent files lie, written as quarantine writes their paths."""
    return Path(os.path.abspath(home)) / "uploads"


def paths(store: "Store") -> list[str]:
    """Return the paths of all that is in quarantine."""
    return [row["path"] for row in quarantine.listed(store)]


def shown(path: str, home: Path) -> str:
    """Return a path as it is told: of a sent file the name alone, for where it lies concerns nobody."""
    place = f"{folder(home)}{os.sep}"
    return path.removeprefix(place).split(os.sep, 2)[-1] if path.startswith(place) else path


def listed(store: "Store", home: Path) -> "list[Row]":
    """Return what is in quarantine as `quarantine.listed` does, with the paths as they are told."""
    return [row | {"path": shown(row["path"], home)} for row in quarantine.listed(store)]


def tidy(store: "Store", home: Path, candidates: Iterable[str]) -> None:
    """Delete the sent files among the candidates, paths of documents, to which nothing in quarantine leads any more."""
    uploads = folder(home)
    wanted = {quarantine.file_of(path) for path in paths(store)}
    for path in candidates:
        file = quarantine.file_of(quarantine.anchored(path))
        if file is None or file in wanted or uploads not in file.parents:
            continue
        file.unlink(missing_ok=True)
        for parent in file.parents:
            if parent == uploads:
                break
            with contextlib.suppress(OSError):  # others lie there still
                parent.rmdir()
