"""Phrases of a closed vocabulary in running text: incentives and channels, one line of a lexicon file each.

A line is a code and a pattern (a regular expression without anchors); patterns match whole words in either case.
"""

import functools
import importlib.resources
import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrase:
    """A code and the characters of the document that stand for it."""

    code: str
    start: int
    end: int


@functools.cache
def _patterns(lexicon: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    text = importlib.resources.files("ingest.lexicon").joinpath(f"{lexicon}.tsv").read_text(encoding="utf-8")
    by_code: dict[str, list[str]] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            code, pattern = line.split("\t")
            by_code.setdefault(code, []).append(pattern)
    return tuple(
        (code, re.compile(r"(?<!\w)(?:" + "|".join(patterns) + r")(?!\w)", re.IGNORECASE))
        for code, patterns in by_code.items()
    )


def find_phrases(lexicon: str, text: str, offset: int) -> tuple[Phrase, ...]:
    """Return the phrases of a lexicon (`incentives_en`, `channels_en`) in `text`, which begins at `offset`.

    In the order of the text; several codes may share words, one code may occur several times.
    """
    found = [
        Phrase(code, offset + match.start(), offset + match.end())
        for code, pattern in _patterns(lexicon)
        for match in pattern.finditer(text)
    ]
    return tuple(sorted(found, key=lambda phrase: (phrase.start, -phrase.end, phrase.code)))
