"""`talentgraph watch`: follow the sources of sources.toml."""

import datetime
import fcntl
import os
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands import options
from graph.errors import InputError, RunRefused, StoreError, UnreadableDocument

if TYPE_CHECKING:
    from api.reading import TellingExtractor
    from graph.settings import Settings
    from ingest.followed import Followed
    from ingest.web.fetching import Fetcher

_LOOK_SECONDS = 15.0  # between two looks at whether the file of sources was changed
_AFTER_FAULT = datetime.timedelta(minutes=1)


def watch(
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="The sources to follow (default: HOME/sources.toml).")
    ] = None,
    once: Annotated[bool, typer.Option("--once", help="Visit the sources that are due, and end; for cron.")] = False,
    model: options.Model = None,
) -> None:
    """Follow feeds, sitemaps, pages and folders.

    Each source of sources.toml is visited when it is due, and what is new there is stored. One that cannot be had is
    left alone for a while, longer each time, and never stops the others. What was read is remembered in the store.
    SIGTERM and Ctrl-C end it after the documents under way. With --once the exit code is 2 where a source could not be
    had. docs/sources.md says what sources.toml may hold.

    \b
    Examples:
      talentgraph watch
      talentgraph watch --once
      talentgraph watch team/sources.toml
    """
    from api import opening, reading
    from ingest import followed
    from ingest.web.fetching import Fetcher

    settings = opening.settings()
    opening.lexicon(settings)
    path = file or settings.home / "sources.toml"
    if not followed.read(path):
        say(f"{path} names no source yet.")
    with _alone(settings.home), _stopping() as stopping, reading.extractor(settings, model) as extractor:
        extractor.say = say
        fetcher = Fetcher(settings, sleep=stopping.wait)
        if once:
            well, _ = _round(followed.read(path), settings, extractor, fetcher, stopping)
            if not well:
                raise typer.Exit(UnreadableDocument.exit_code)
            return
        while not stopping.is_set():
            _wait(path, _careful_round(path, settings, extractor, fetcher, stopping), stopping)


def say(line: str) -> None:
    """Write one line about what happens to standard error, with the time."""
    from api import progress

    progress.say(f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d %H:%M:%S}Z {line}")


def _round(
    sources: "Sequence[Followed]",
    settings: "Settings",
    extractor: "TellingExtractor",
    fetcher: "Fetcher",
    stopping: threading.Event,
) -> tuple[bool, datetime.datetime]:
    """Visit what is due; return whether all of it could be had, and when the next source is due."""
    from api import opening
    from api.alerts.evaluation import evaluate
    from ingest.followed import ratings
    from ingest.remembered import remembered
    from ingest.sources import Options
    from ingest.visits import Visitor

    well = True
    visited = False
    with opening.store(settings) as store:
        read = Options(settings.max_document_bytes, say=say)
        visitor = Visitor(store, extractor, fetcher, read, stopping.is_set, say)
        memories = remembered(store, sources)
        for memory in memories:
            now = _now()
            if stopping.is_set() or not memory.due(now):
                continue
            visited = True
            well &= visitor.visit(memory, now)
            if memory.silent(now.date()):
                floor = memory.source.at_least
                assert floor is not None
                say(f"{memory.source.name}: {memory.recent(now.date(), floor.days)} new documents, not {floor}")
        store.rate(ratings(sources))
        if visited:
            evaluate(store, settings, say)
    return well, min((memory.next_at or _now() for memory in memories), default=_now() + datetime.timedelta(days=1))


def _careful_round(
    path: Path, settings: "Settings", extractor: "TellingExtractor", fetcher: "Fetcher", stopping: threading.Event
) -> datetime.datetime:
    """Make a round and return when the next is due; a store that is away, or a file being edited, is waited for."""
    from ingest import followed

    try:
        return _round(followed.read(path), settings, extractor, fetcher, stopping)[1]
    except (StoreError, InputError) as error:
        say(f"{error} Trying again in a minute.")
        return _now() + _AFTER_FAULT


def _wait(path: Path, until: datetime.datetime, stopping: threading.Event) -> None:
    """Wait until then, or until the file is changed, or until we are told to end."""
    changed = _changed_at(path)
    while (left := (until - _now()).total_seconds()) > 0 and not stopping.is_set():
        stopping.wait(min(left, _LOOK_SECONDS))
        if _changed_at(path) != changed:
            return


def _changed_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _now() -> datetime.datetime:
    return datetime.datetime.fromtimestamp(time.time(), datetime.UTC)


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """Keep another `watch` of this home out for the block; RunRefused where one is at work."""
    from api import opening

    opening.require_place(home)
    home.mkdir(parents=True, exist_ok=True)
    with (home / "watch.lock").open("a+", encoding="utf-8") as card:
        try:
            fcntl.flock(card, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            card.seek(0)
            raise RunRefused(
                f"Another `talentgraph watch` (process {card.read().strip() or 'unknown'}) follows the sources of "
                f"{home}. Two would fetch everything twice: end that one first."
            ) from error
        card.truncate(0)
        card.write(f"{os.getpid()}\n")
        card.flush()
        yield


@contextmanager
def _stopping() -> Iterator[threading.Event]:
    """Yield an event that SIGTERM and Ctrl-C set; a second one interrupts at once."""
    event = threading.Event()

    def told(number: int, frame: object) -> None:
        if event.is_set():
            raise KeyboardInterrupt
        event.set()
        say("Ending after the documents under way; once more ends at once.")

    before = {number: signal.signal(number, told) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield event
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
