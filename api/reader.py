"""Texts read in a process of their own: to load a language model and to parse would hold up every other request.

    Reader ── a text ──► one process, kept: model and lists loaded once
           ◄─ claims ──

The process ends with the server, however that ends: it watches a pipe whose other end only the server holds.
"""

import asyncio
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from graph.errors import ReadingEnded, UnreadableDocument
from graph.settings import Settings

if TYPE_CHECKING:
    from ingest.extraction import Extractor

MOST_PREVIEWED = 10  # documents of one file, archive or feed
ATTEMPTS = 2  # a text that ends the process would end every other one too
LONGEST = 100_000  # characters; some five seconds
_WARM = "Ten engineers moved to Graz."


class Reader:
    """Reads texts one after the other, whoever asks; its process starts with `warm` or with the first text."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._start()

    def warm(self) -> None:
        """Start the process and let it load the model, without waiting for it."""
        self._processes.submit(_read, _WARM, {"lang": "en"})

    async def read(self, text: str, given: Mapping[str, object]) -> dict[str, Any]:
        """Return the public form of what a text holds; `given` is what is known about it, as a page has it.

        Raises UnreadableDocument where it cannot be read, ModelError where the model is not installed, and
        ReadingEnded where the process ended meanwhile, twice; the next text gets a new one.
        """
        found: dict[str, Any] | str = await self._done(_read, text, dict(given))
        if isinstance(found, str):
            raise UnreadableDocument(found)
        return found

    async def _done(self, task: Callable[..., Any], *arguments: object) -> Any:
        """Return what a task gives in the process; once more in a new one where the process ended meanwhile."""
        for _ in range(ATTEMPTS):
            processes = self._processes
            try:
                return await asyncio.wrap_future(processes.submit(task, *arguments))
            except (BrokenProcessPool, BrokenPipeError):  # it died while it worked, or while it began
                if processes is self._processes:
                    self.close()
                    self._start()
        raise ReadingEnded("The process that reads texts ended twice before it was done. Send the text again later.")

    async def preview(self, paths: Sequence[str], given: Mapping[str, str]) -> dict[str, Any]:
        """Return what files and addresses hold: `documents`, `unread` with reasons, and whether there are `more`.

        A document is the public form of what is read in it, with its `path` and its `text`. Raises as `read` does.
        """
        found: dict[str, Any] = await self._done(_preview, tuple(paths), dict(given))
        return found

    def close(self) -> None:
        """End the process, also amid a text."""
        self._alive.close()
        self._processes.shutdown(cancel_futures=True)
        self._watched.close()

    def _start(self) -> None:
        spawn = multiprocessing.get_context("spawn")  # a fork would copy the threads' locks of the server
        self._watched, self._alive = spawn.Pipe(duplex=False)
        start = (self._settings, self._watched)
        self._processes = ProcessPoolExecutor(1, mp_context=spawn, initializer=_begin, initargs=start)


_settings: Settings  # of the reading process
_extractor: "Extractor"


def _begin(settings: Settings, watched: Connection) -> None:
    """Make this process ready to read."""
    global _settings, _extractor
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the server ends us
    threading.Thread(target=end_with, args=(watched,), daemon=True).start()

    from graph.reference import own
    from ingest.extraction import Extractor

    own.use(settings.home)
    _settings, _extractor = settings, Extractor(settings.model)


def end_with(watched: Connection) -> None:
    """End this process when the other end of a pipe is closed."""
    watched.poll(None)
    os._exit(0)


def _read(text: str, given: Mapping[str, object]) -> dict[str, Any] | str:
    """Return the public form of what a text holds, or why it cannot be read."""
    from ingest.extraction import as_json
    from ingest.reading import extract
    from ingest.sources import Failure, Page
    from ingest.text import documents

    (document,) = documents([Page("POST /v1/extract", "text", text, given)])
    found = document if isinstance(document, Failure) else extract(_extractor, document)
    return found.reason if isinstance(found, Failure) else as_json(found)


def _preview(paths: tuple[str, ...], given: Mapping[str, str]) -> dict[str, Any]:
    """Return what files and addresses hold; see `Reader.preview`."""
    from ingest.extraction import as_json
    from ingest.reading import extract
    from ingest.sources import Failure, Options, places
    from ingest.text import Overrides, documents
    from ingest.web import fetcher

    options = Options(_settings.max_document_bytes, fetcher=fetcher(_settings))
    found: list[dict[str, Any]] = []
    unread: list[dict[str, str]] = []
    for document in documents(places.read(paths, options), Overrides(**given)):
        if len(found) + len(unread) == MOST_PREVIEWED:
            return {"documents": found, "unread": unread, "more": True}
        if not isinstance(document, Failure) and len(document.text) > LONGEST:
            why = f"has {len(document.text):,} characters; at most {LONGEST:,} are read on trial, all when it is stored"
            document = Failure(document.source or "", why)
        read = document if isinstance(document, Failure) else extract(_extractor, document)
        if isinstance(read, Failure):
            unread.append({"path": read.path, "reason": read.reason})
        else:
            found.append({**as_json(read), "path": read.document.source, "text": read.document.text})
    return {"documents": found, "unread": unread, "more": False}
