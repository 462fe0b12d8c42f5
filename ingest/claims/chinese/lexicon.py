"""The Chinese lists: patterns in simplified characters, one file per kind in `ingest/lexicon/`, read once.

A line is one or more values and, last, a pattern; a line that begins with `#` explains the columns.
"""

import functools
import importlib.resources
import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrase:
    """A line of a list (`values`) found at these characters of the text."""

    values: tuple[str, ...]
    start: int
    end: int

    @property
    def code(self) -> str:
        """The line's first value."""
        return self.values[0]


@functools.cache
def lines(name: str) -> tuple[tuple[tuple[str, ...], re.Pattern[str]], ...]:
    """Return the lines of a list such as `triggers`: values and compiled pattern, in the order of the file."""
    text = importlib.resources.files("ingest.lexicon").joinpath(f"{name}_zh.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return tuple((tuple(row[:-1]), re.compile(row[-1])) for row in rows)


def find(name: str, text: str, start: int, end: int, *, code: str | None = None) -> list[Phrase]:
    """Return the phrases of a list in `text[start:end]`, in order; of overlapping ones the longest, then the first."""
    found = [
        Phrase(values, match.start(), match.end())
        for values, pattern in lines(name)
        if code is None or values[0] == code
        for match in pattern.finditer(text, start, end)
        if match.end() > match.start()
    ]
    return list(_longest(found))


def search(name: str, code: str, text: str, start: int, end: int) -> Phrase | None:
    """Return the first phrase of one code, or None."""
    found = find(name, text, start, end, code=code)
    return found[0] if found else None


def begins(name: str, code: str, text: str, start: int, end: int) -> bool:
    """Return whether `text[start:end]` begins with a phrase of the code."""
    return any(values[0] == code and pattern.match(text, start, end) for values, pattern in lines(name))


def ends(name: str, code: str, text: str, start: int, end: int) -> bool:
    """Return whether `text[start:end]` ends with a phrase of the code (its patterns end in `$`)."""
    return any(values[0] == code and pattern.search(text, start, end) for values, pattern in lines(name))


def _longest(found: list[Phrase]) -> Iterator[Phrase]:
    last = -1
    for phrase in sorted(found, key=lambda p: (p.start, -p.end)):
        if phrase.start >= last:
            yield phrase
            last = phrase.end
