"""Texts → word triples and MinHash signatures, and an index that finds which documents share a hash.

Memory: a document has 20 hashes of 8 bytes in its signature, so those of a million documents fit in a laptop.
"""

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
from rensa import RMinHash

BANDS, ROWS = 20, 3  # a pair at Jaccard 0.7 shares no band once in 4,500 times
Hashes = npt.NDArray[np.uint64]
_SEED = 20231101
_IDEOGRAPH = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f"
_ASCII_TOKEN = re.compile(r"[a-z0-9]+")  # what the next one finds in plain text, in half the time
_TOKEN = re.compile(rf"[{_IDEOGRAPH}]|[^\W_{_IDEOGRAPH}]+")


def triples(text: str) -> frozenset[str]:
    """Return a text's word triples (Chinese and Japanese: character triples), compared without case and punctuation.

    A text of fewer than three words has one: all of it.
    """
    plain = text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()
    words = (_ASCII_TOKEN if plain.isascii() else _TOKEN).findall(plain)
    if len(words) < 3:
        return frozenset([" ".join(words)])
    return frozenset(map(" ".join, zip(words, words[1:], words[2:], strict=False)))


def jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of common triples among all: 0.0 to 1.0."""
    common = len(one & other)
    return common / (len(one) + len(other) - common)


def signature(text: str) -> tuple[str, ...]:
    """Return a text's MinHash signature: `BANDS` hashes of 16 hexadecimal digits.

    Texts that share one of them are worth comparing. Kept in the graph, so its making must never change.
    """
    sketch = RMinHash(num_perm=BANDS * ROWS, seed=_SEED)
    sketch.update(list(triples(text)))
    values = sketch.digest()
    return tuple(
        hashlib.blake2b(f"({band}, {values[band * ROWS : (band + 1) * ROWS]})".encode(), digest_size=8).hexdigest()
        for band in range(BANDS)
    )


def row(hashes: Sequence[str]) -> Hashes:
    """Return hashes of 16 hexadecimal digits as numbers."""
    return np.array([int(value, 16) for value in hashes], np.uint64)


class HashIndex:
    """Which documents share a hash with a given row of hashes. Those it starts with lie in sorted arrays, later ones in
    a dictionary."""

    def __init__(self, entries: Iterable[tuple[str, Hashes]] = ()) -> None:
        self._ids: list[str | None] = []
        rows: list[Hashes] = []
        for document_id, hashes in entries:
            self._ids.append(document_id)
            rows.append(hashes)
        flat = np.concatenate(rows) if rows else np.empty(0, np.uint64)
        owners = np.repeat(np.arange(len(rows), dtype=np.int64), [len(hashes) for hashes in rows])
        order = np.argsort(flat, kind="stable")
        self._sorted, self._owners = flat[order], owners[order]
        self._numbers = {document_id: number for number, document_id in enumerate(self._ids) if document_id}
        self._added: dict[int, list[int]] = defaultdict(list)

    def put(self, document_id: str, hashes: Hashes) -> None:
        """Add a document, in place of what was known of it."""
        self.drop(document_id)
        number = len(self._ids)
        self._ids.append(document_id)
        self._numbers[document_id] = number
        for value in hashes.tolist():
            self._added[value].append(number)

    def drop(self, document_id: str) -> None:
        """Forget a document, if it is known."""
        number = self._numbers.pop(document_id, None)
        if number is not None:
            self._ids[number] = None

    def near(self, hashes: Hashes) -> set[str]:
        """Return the documents that have one of these hashes."""
        starts = np.searchsorted(self._sorted, hashes, "left")
        ends = np.searchsorted(self._sorted, hashes, "right")
        numbers: set[int] = set()
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
            numbers.update(self._owners[start:end].tolist())
        for value in hashes.tolist():
            numbers.update(self._added.get(value, ()))
        return {found for number in numbers if (found := self._ids[number]) is not None}
