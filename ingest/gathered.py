"""All documents of a run, opened before the first is read, so that what stands does not depend on their order.

    the same id and text twice        one document, with what either says of it (title, publisher, day)
    the same id, another text         the one with the latest day stands, of one day the one whose revision is greater;
                                      one that speaks of no recruiting does not stand against one that does

They wait in a temporary file without a name, small runs in memory.
"""

import pickle
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import IO, Any

from graph.errors import TalentgraphError
from graph.frame import Document

IN_MEMORY = 32_000_000  # bytes; more wait on the disk
_SAID = ("date", "publisher", "title", "url", "lang", "author", "source")


@contextmanager
def gathering() -> "Iterator[Gathered]":
    """Yield an empty collection; what it keeps goes with the end of the block."""
    with tempfile.SpooledTemporaryFile(IN_MEMORY) as file:
        yield Gathered(file)


class Gathered:
    """Documents in the order in which they were added, and which of them stand."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._told: dict[str, dict[str, list[Document]]] = {}  # id → revision → what is said, without the text
        self._relevant: set[tuple[str, str]] = set()  # of the texts that are at odds
        self._standing: dict[str, str] = {}

    def add(self, document: Document) -> None:
        """Take a document in. Raises TalentgraphError where the disk is full."""
        try:
            pickle.dump(document, self._file, pickle.HIGHEST_PROTOCOL)
        except OSError as error:
            raise TalentgraphError(
                f"The documents of a run wait in {tempfile.gettempdir()} until all are opened, and it cannot be written"
                f" ({error.strerror}). Make room there, or set TMPDIR to another folder."
            ) from error
        told = self._told.setdefault(document.id, {}).setdefault(document.revision, [])
        bare = replace(document, text="", given_id=None)
        if bare not in told:
            told.append(bare)

    def settle(self, relevant: Callable[[Document], bool]) -> None:
        """Decide, when all are there, which text of each id stands; `relevant` is asked of texts at odds alone."""
        odd = {id for id, texts in self._told.items() if len(texts) > 1}
        if odd:
            self._relevant = {(one.id, one.revision) for one in self if one.id in odd and relevant(one)}
        for id in odd:
            self._standing[id] = max(self._told[id], key=lambda revision: self._rank(id, revision))

    def __iter__(self) -> Iterator[Document]:
        self._file.seek(0)
        while True:
            try:
                yield pickle.load(self._file)
            except EOFError:
                return

    def standing(self, id: str) -> Document:
        """Return what is said of the text of an id that stands, without the text."""
        return united(self._told[id][self._standing.get(id) or next(iter(self._told[id]))])

    def relevant(self, document: Document) -> bool:
        """Whether a text at odds with another speaks of recruiting."""
        return (document.id, document.revision) in self._relevant

    def united(self, document: Document) -> Document:
        """Return a document with all that was said of its text."""
        said = united(self._told[document.id][document.revision])
        return replace(document, **{name: getattr(said, name) for name in _SAID})

    def _rank(self, id: str, revision: str) -> tuple[bool, str, str]:
        day = max(str(one.date or "") for one in self._told[id][revision])
        return (id, revision) in self._relevant, day, revision


def united(told: Iterable[Document]) -> Document:
    """Return one document with the properties that `told`, in whatever order, say of it.

    Each is that of the first document, in one order (day, publisher, title …), that says it.
    """
    ordered = sorted(told, key=_order)
    found: dict[str, Any] = {
        name: next((v for one in ordered if (v := getattr(one, name)) is not None), None) for name in _SAID
    }
    return replace(ordered[0], **found)


def _order(document: Document) -> list[tuple[bool, str]]:
    """Return by what documents are put in order: what says nothing comes last."""
    values = [getattr(document, name) for name in _SAID]
    return [(value is None, str(value or "")) for value in values]
