"""Files, folders, globs and standard input → pages.

paths ─► files (folders walked, globs matched, sorted) ─► kinds.pages
"""

import glob
import os
import re
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from ingest.sources import Entry, Failure, Options, Page, kinds
from ingest.sources.joined import joined

STANDARD_INPUT = "-"
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+:/|www\.", re.IGNORECASE)  # of a drive there is one letter
_OTHER = "is no file, and no address that is read; those begin with https:// or http://"
_NOTHING = "does not exist; check the path"
_SPECIAL = "is a pipe, socket or device, not a file; give what it holds on standard input, as `-`"


def read(
    paths: Iterable[str | Path], options: Options | None = None, *, standard_input: BinaryIO | None = None
) -> Iterator[Page | Failure]:
    """Yield the pages of all paths in order, and a failure for each that gives none.

    A path is a file, a folder (walked, sorted; hidden files left out), a glob pattern, or `-` for standard input
    (of `standard_input`, else the process's own). Files named outright are read whatever their suffix; in folders those
    of other kinds are left out, pipes and devices with them, and `options.say` is told how many.
    """
    options = options or Options()
    for path in paths:
        if str(path) == STANDARD_INPUT:
            # never wound back, even where it is a file: it may be shared
            yield from kinds.pages(Entry(STANDARD_INPUT, joined(b"", standard_input or sys.stdin.buffer)), options)
            continue
        for found in find(path, options.say):
            if isinstance(found, Failure):
                yield found
                continue
            try:
                with found.open("rb") as stream:
                    yield from kinds.pages(Entry(shown(found), stream), options)
            except OSError as error:
                yield Failure(shown(found), kinds.why(error))


def find(path: str | Path, say: Callable[[str], None] | None = None) -> Iterator[Path | Failure]:
    """Yield the files that a path stands for, without opening them; `say` is told what a folder holds besides."""
    given = Path(path)
    try:
        if given.is_dir():
            yield from _walk(given, say or (lambda line: None))
        elif given.exists():
            yield _file(given)
        elif glob.has_magic(str(path)):
            matches = sorted(glob.glob(str(path), recursive=True))
            if not matches:
                yield Failure(shown(path), "matches no file; quote the pattern and check the folder", document=False)
            for match in matches:
                if not Path(match).is_dir():
                    yield _file(Path(match))
        else:
            yield Failure(shown(path), _OTHER if _ADDRESS.match(str(path)) else _NOTHING, document=False)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        yield Failure(shown(path), kinds.why(error), document=False)


def shown(path: str | Path) -> str:
    """Return a path as text that can be printed and stored, whatever bytes its name holds."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def _file(path: Path) -> Path | Failure:
    return Failure(shown(path), _SPECIAL, document=False) if _is_special(path) else path


def _is_special(path: Path) -> bool:
    """Return whether a path leads to something that is no file: to open a pipe is to wait for whoever fills it."""
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except OSError:  # opening it says why
        return False


def _walk(folder: Path, say: Callable[[str], None]) -> Iterator[Path | Failure]:
    problems: list[OSError] = []
    others = 0
    found_any = False
    for root, folders, names in os.walk(folder, onerror=problems.append):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "__")))
        for name in sorted(names):
            if name.startswith((".", "__")):
                continue
            if kinds.by_suffix(name) and not _is_special(Path(root, name)):
                found_any = True
                yield Path(root, name)
            else:
                others += 1
    for problem in problems:
        yield Failure(shown(problem.filename or folder), kinds.why(problem), document=False)
    if others:
        say(f"{shown(folder)}: {others:,} file{'' if others == 1 else 's'} of other kinds left out")
    elif not found_any and not problems:
        yield Failure(shown(folder), "is a folder without files", document=False)
