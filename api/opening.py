"""Settings and store, opened for a command: what is wrong with them is said in a sentence."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import EngineError, InputError

if TYPE_CHECKING:
    from graph.settings import Settings
    from graph.store import Store

_SAMPLE_MARK = "SAMPLE-DATA.txt"
_SAMPLE_TEXT = """\
This folder holds the sample articles that ship with talentgraph, not real reports. `talentgraph demo` makes it again.
"""


def settings() -> "Settings":
    """Return the settings from the environment; InputError names the variable that cannot be used."""
    from pydantic import ValidationError

    from graph.settings import Settings

    try:
        return Settings()
    except ValidationError as error:
        faults = (f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors())
        raise InputError(f"A setting cannot be used. {'; '.join(faults)}. See docs/reference/settings.md.") from error


def lexicon(settings: "Settings") -> None:
    """Take the user's own lists in HOME/lexicon for what is read from now on; say which lines cannot be used."""
    from graph.reference import own

    for fault in own.use(settings.home):
        sys.stderr.write(f"{fault}\n")


@contextmanager
def store(settings: "Settings") -> Iterator["Store"]:
    """Yield the store that the settings choose, and close it; say when the engine must start or count first."""
    from graph.store import open_store

    with _waiting(settings):
        opened = open_store(settings, tell=_counting)
    with opened:
        yield opened


def mark_sample(home: Path) -> None:
    """Mark a home as one that holds sample data only; EngineError where it cannot be written."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        (home / _SAMPLE_MARK).write_text(_SAMPLE_TEXT, encoding="utf-8")
    except OSError as error:
        raise _no_place(home, error) from error


def require_place(home: Path) -> None:
    """Raise EngineError where a home is not there and cannot be made, or cannot be written; nothing is left behind."""
    nearest = next(folder for folder in (home, *home.parents) if folder.exists())
    try:
        with tempfile.TemporaryFile(dir=nearest):
            pass
    except OSError as error:
        raise _no_place(home, error) from error


def _no_place(home: Path, error: OSError) -> EngineError:
    return EngineError(
        f"The folder {home} cannot be made or written: {error.strerror}. Set TALENTGRAPH_HOME to one that can."
    )


def is_sample(settings: "Settings") -> bool:
    """Return whether the store of these settings holds the sample articles of `talentgraph demo`."""
    return settings.neo4j_uri is None and (settings.home / _SAMPLE_MARK).exists()


@contextmanager
def _waiting(settings: "Settings") -> Iterator[None]:
    """Show, on a terminal only, that the embedded engine is being started; the line goes when the store is open."""
    from graph import embedded

    terminal = sys.stderr.isatty()
    if terminal and settings.neo4j_uri is None and embedded.running(settings.home) is None:
        sys.stderr.write("Starting the embedded engine …")
        sys.stderr.flush()
    try:
        yield
    finally:
        if terminal:
            sys.stderr.write("\r\x1b[K")


def _counting(done: int, months: int) -> None:
    """Say how far the claims are counted anew, which a store of an earlier version needs: it may take minutes."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[KCounting the claims anew: {done} of {months} months …")
    elif done == 1:
        sys.stderr.write(f"Counting the claims anew, once: {months} months.\n")
    sys.stderr.flush()
