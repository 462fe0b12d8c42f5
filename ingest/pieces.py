"""Pieces of a text that are short enough to be parsed: paragraphs, cut where they are longer than people write them.

A parse, and much that reads it, costs more than in proportion to the length of what is parsed, so that lines without an
end (whole books on one line, lists, encoded data) have to be cut: paragraphs after a sentence, sentences after a sign
or between words, words anywhere. What is longer than any word and looks like encoded data is left out.
"""

import re
from collections.abc import Callable, Iterable, Iterator

LONGEST_PARAGRAPH = 4_000  # characters; those of news stories stay below 2,000
LONGEST_SENTENCE = 1_000  # characters, some 170 words; those of news stories stay below 400
LONGEST_WORD = 500  # characters
_LINE = re.compile(r"[^\n]+")
_ENCODED = re.compile(rf"[\w+/=%-]{{{LONGEST_WORD + 1},}}", re.ASCII)
_CUTS = (("; ", ": ", "；", "："), (", ", "，", "、"), (" ", "\t", "\u00a0", "\u3000"))  # the best first

Spans = list[tuple[int, int]]
Piece = tuple[int, str, Spans]  # where it starts in the text, its words, where its sentences stand in the words


def paragraphs(text: str, split: Callable[[str], Iterable[tuple[int, int]]]) -> Iterator[Piece]:
    """Yield each paragraph that is not blank.

    `split` returns the spans of the sentences of one line, in order, without gaps.
    """
    for start, line in _lines(text):
        if line.isspace():
            continue
        spans = [piece for span in split(line) for piece in _cut(line, *span)]
        if len(line) <= LONGEST_PARAGRAPH:
            yield start, line, spans
            continue
        for group in _grouped(spans):
            first, last = group[0][0], group[-1][1]
            if not line[first:last].isspace():
                yield start + first, line[first:last], [(begin - first, end - first) for begin, end in group]


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the lines of a text, each with where it starts, cut around encoded data."""
    for match in _LINE.finditer(text):
        if match.end() - match.start() <= LONGEST_WORD:
            yield match.start(), match.group()
            continue
        start = match.start()
        for encoded in _ENCODED.finditer(text, start, match.end()):
            if start < encoded.start():
                yield start, text[start : encoded.start()]
            start = encoded.end()
        if start < match.end():
            yield start, text[start : match.end()]


def _cut(line: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield a span, in parts where it is too long for a sentence."""
    while end - start > LONGEST_SENTENCE:
        low, high = start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE
        cut = high
        for signs in _CUTS:
            places = [place + len(sign) for sign in signs if (place := line.rfind(sign, low, high)) >= 0]
            if places:
                cut = max(places)
                break
        yield start, cut
        start = cut
    yield start, end


def _grouped(spans: Spans) -> Iterator[Spans]:
    """Yield sentences that follow each other in groups no longer than a paragraph."""
    group: Spans = []
    for start, end in spans:
        if group and end - group[0][0] > LONGEST_PARAGRAPH:
            yield group
            group = []
        group.append((start, end))
    if group:
        yield group
