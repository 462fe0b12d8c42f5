"""Phrases of a closed vocabulary in running text: incentives and channels, one line of a lexicon file each.

A line is a code and a pattern (a regular expression without anchors); patterns match whole words in either case.
"""

import functools
import importlib.resources
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick

from ingest.claims.english.needles import needles


@dataclass(frozen=True, slots=True)
class Phrase:
    """A code and the characters of the document that stand for it."""

    code: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """The lines of a lexicon: codes with their compiled patterns, in order.

    `needles` finds words, each with the lines (`of_needle`) whose matches hold it or another; `always` are the lines
    of which no such word is known.
    """

    lines: tuple[tuple[str, re.Pattern[str]], ...]
    needles: AhoCorasick
    of_needle: tuple[tuple[int, ...], ...]
    always: tuple[int, ...]


@functools.cache
def _lexicon(name: str) -> _Lexicon:
    text = importlib.resources.files("ingest.lexicon").joinpath(f"{name}.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    by_needle: dict[str, list[int]] = {}
    always = []
    for number, (_, pattern) in enumerate(rows):
        known = needles(pattern)
        for needle in sorted(known or ()):
            by_needle.setdefault(needle, []).append(number)
        always += [number] if known is None else []
    return _Lexicon(
        tuple((code, re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)) for code, pattern in rows),
        AhoCorasick(list(by_needle)),
        tuple(tuple(numbers) for numbers in by_needle.values()),
        tuple(always),
    )


def _possible(lexicon: _Lexicon, text: str) -> dict[str, list[re.Pattern[str]]]:
    """Return the patterns that may match in a text, by code, each code's in the order of the lexicon."""
    found = {needle for needle, _, _ in lexicon.needles.find_matches_as_indexes(text.casefold(), overlapping=True)}
    numbers = {*lexicon.always, *(number for needle in found for number in lexicon.of_needle[needle])}
    by_code: dict[str, list[re.Pattern[str]]] = {}
    for number in sorted(numbers):
        code, pattern = lexicon.lines[number]
        by_code.setdefault(code, []).append(pattern)
    return by_code


def _matches(patterns: Sequence[re.Pattern[str]], text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of the matches of several patterns as one with these alternatives would find them."""
    waiting = [pattern.search(text) for pattern in patterns]
    while True:
        first = min((match for match in waiting if match is not None), key=lambda match: match.start(), default=None)
        if first is None:
            return
        start, end = first.span()
        yield start, end
        end = max(end, start + 1)
        waiting = [
            match if match is None or match.start() >= end else pattern.search(text, end)
            for pattern, match in zip(patterns, waiting, strict=True)
        ]


def find_phrases(lexicon: str, text: str, offset: int) -> tuple[Phrase, ...]:
    """Return the phrases of a lexicon (`incentives_en`, `channels_en`) in `text`, which begins at `offset`.

    In the order of the text; several codes may share words, one code may occur several times.
    """
    found = [
        Phrase(code, offset + start, offset + end)
        for code, patterns in _possible(_lexicon(lexicon), text).items()
        for start, end in _matches(patterns, text)
    ]
    return tuple(sorted(found, key=lambda phrase: (phrase.start, -phrase.end, phrase.code)))
