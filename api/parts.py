"""Parts: what was read of a portion of documents, each a file that is there whole or not at all.

    FOLDER/<hash of the documents and the extractor's version>.part

Whoever reads the same documents again finds the part, so a command that was ended goes on where it stopped. A part is
unpickled: the folder is made for its user alone.
"""

import contextlib
import hashlib
import os
import pickle
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from graph.errors import InputError

Portion = list[Any]
"""Documents, and whatever else is among them."""
Found = list[Any]
"""What is read of each document, or why nothing is, and whatever else was among them."""

_FORGOTTEN_SECONDS = 7 * 86_400.0


def folder(home: Path) -> Path:
    """Return the folder of parts of a home, made where it is missing; InputError where it cannot be written."""
    place = home.expanduser().resolve() / "parts"
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"The folder {place} cannot be made: {error.strerror}. Set TALENTGRAPH_HOME to one that can."
        ) from error
    return place


def name(portion: Portion, version: str) -> str:
    """Return the name of the part that holds what an extractor of that version reads of these documents."""
    told = hashlib.sha256(version.encode())
    for item in portion:
        told.update(repr(item).encode("utf-8", "surrogatepass"))
    return f"{told.hexdigest()[:32]}.part"


def write(place: Path, name: str, found: Found) -> None:
    """Write a part: on the disk first, then under its name."""
    with tempfile.NamedTemporaryFile(dir=place, prefix=f"{name}.", suffix=".draft", delete=False) as draft:
        try:
            pickle.dump(found, draft, protocol=pickle.HIGHEST_PROTOCOL)
            draft.flush()
            os.fsync(draft.fileno())
            os.replace(draft.name, place / name)
        except BaseException:
            os.unlink(draft.name)
            raise


def read(place: Path, name: str) -> Found | None:
    """Return what a part holds, or None where it is not there."""
    try:
        stream = (place / name).open("rb")
    except FileNotFoundError:
        return None
    with stream:
        found: Found = pickle.load(stream)
        return found


def forget(place: Path) -> None:
    """Delete the parts that nobody has asked for in a week: the command that would go on with them never came."""
    for path in place.iterdir():
        with contextlib.suppress(FileNotFoundError):  # another command was faster
            if time.time() - path.stat().st_mtime > _FORGOTTEN_SECONDS:
                path.unlink()


def clear(place: Path, names: Iterable[str]) -> None:
    """Delete parts, and the drafts of workers that were ended while they wrote them."""
    for part in names:
        (place / part).unlink(missing_ok=True)
        for draft in place.glob(f"{part}.*.draft"):
            draft.unlink(missing_ok=True)
    with contextlib.suppress(OSError):  # not empty: others are at work
        place.rmdir()
