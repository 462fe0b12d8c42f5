"""The same text under one id, said twice in one run to be something else: another title, publisher or day.

What stands must not depend on which came first. Each property is that of the first document, in one order (date,
publisher, title …), that says it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from graph.frame import Document

_SAID = ("date", "publisher", "title", "url", "lang", "author", "source")


class Twins:
    """What the documents of a run say, by id, without their texts."""

    def __init__(self) -> None:
        self._told: dict[str, list[Document]] = {}

    def first(self, id: str) -> Document | None:
        """Return the first document of this id, or None."""
        told = self._told.get(id)
        return told[0] if told else None

    def add(self, documents: Iterable[Document]) -> None:
        """Note what documents of one id and text say."""
        for document in documents:
            told = self._told.setdefault(document.id, [])
            bare = replace(document, text="", given_id=None)
            if bare not in told:
                told.append(bare)

    def united(self, document: Document) -> Document:
        """Return a document with all that was said of it."""
        return united(document, self._told[document.id])


def united(document: Document, told: Sequence[Document]) -> Document:
    """Return a document with the properties that `told`, in whatever order, say of it."""
    ordered = sorted(told, key=_order)
    found: dict[str, Any] = {
        name: next((v for one in ordered if (v := getattr(one, name)) is not None), None) for name in _SAID
    }
    return replace(document, **found)


def _order(document: Document) -> list[tuple[bool, str]]:
    """Return by what documents are put in order: what says nothing comes last."""
    values = [getattr(document, name) for name in _SAID]
    return [(value is None, str(value or "")) for value in values]
