"""Texts → word triples and MinHash signatures, and an index that finds which signatures are near.

Memory: the index holds 160 bytes of hashes a document, so the signatures of a million documents fit in a laptop.
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
_SEED = 20231101
_IDEOGRAPH = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f"
_TOKEN = re.compile(rf"[{_IDEOGRAPH}]|[^\W_{_IDEOGRAPH}]+")


def triples(text: str) -> frozenset[str]:
    """Return a text's word triples (Chinese and Japanese: character triples), compared without case and punctuation.

    A text of fewer than three words has one: all of it.
    """
    words = _TOKEN.findall(unicodedata.normalize("NFKC", text).casefold())
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
    sketch.update(sorted(triples(text)))
    values = sketch.digest()
    return tuple(
        hashlib.blake2b(repr((band, values[band * ROWS : (band + 1) * ROWS])).encode(), digest_size=8).hexdigest()
        for band in range(BANDS)
    )


class SignatureIndex:
    """Which documents share a band with a given signature. Those it starts with lie in sorted arrays, later ones in a
    dictionary."""

    def __init__(self, entries: Iterable[tuple[str, Sequence[str]]] = ()) -> None:
        self._ids: list[str | None] = []
        rows: list[npt.NDArray[np.uint64]] = []
        for document_id, bands in entries:
            self._ids.append(document_id)
            rows.append(_row(bands))
        flat = np.concatenate(rows) if rows else np.empty(0, np.uint64)
        self._order = np.argsort(flat, kind="stable")
        self._sorted = flat[self._order]
        self._rows = dict(enumerate(rows))
        self._numbers = {document_id: number for number, document_id in enumerate(self._ids) if document_id}
        self._added: dict[int, list[int]] = defaultdict(list)

    def put(self, document_id: str, bands: Sequence[str]) -> None:
        """Add a document, in place of what was known of it."""
        old = self._numbers.get(document_id)
        if old is not None:
            self._ids[old] = None
            del self._rows[old]
        number = len(self._ids)
        self._ids.append(document_id)
        self._numbers[document_id] = number
        self._rows[number] = _row(bands)
        for value in self._rows[number].tolist():
            self._added[value].append(number)

    def near(self, document_id: str) -> set[str]:
        """Return the other documents that share a band with this one."""
        row = self._rows[self._numbers[document_id]]
        starts, ends = np.searchsorted(self._sorted, row, "left"), np.searchsorted(self._sorted, row, "right")
        numbers: set[int] = set()
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
            numbers.update((self._order[start:end] // BANDS).tolist())
        for value in row.tolist():
            numbers.update(self._added.get(value, ()))
        found = {self._ids[number] for number in numbers}
        return {other for other in found if other is not None and other != document_id}


def _row(bands: Sequence[str]) -> npt.NDArray[np.uint64]:
    if len(bands) != BANDS:
        raise ValueError(f"a signature has {BANDS} bands, not {len(bands)}")
    return np.array([int(band, 16) for band in bands], np.uint64)
