"""Quotations: which stretches of a text stand between quotation marks, also over several paragraphs."""

import bisect
import functools
import re

_PARAGRAPH = re.compile(r"[^\n]+")
_PAIRS = {"“": "”", "«": "»", "„": "“", "「": "」", "『": "』"}
_STRAIGHT = '"'
_WORD = re.compile(r"\w+")
_SPEECH_WORDS = 4


@functools.lru_cache(maxsize=8)
def quotations(text: str) -> tuple[tuple[int, int], ...]:
    """Return (start, end) of every quotation, marks excluded, in order and not overlapping.

    A mark that is not closed in its paragraph closes at the paragraph's end, and so each paragraph of a long speech,
    which opens with a mark and leaves it open, is a quotation of its own.
    """
    found: list[tuple[int, int]] = []
    for paragraph in _PARAGRAPH.finditer(text):
        closing, opened = "", -1
        for offset, mark in enumerate(paragraph.group(), paragraph.start()):
            if opened < 0:
                if mark in _PAIRS or (mark == _STRAIGHT and not _is_measure(text, offset)):
                    closing, opened = _PAIRS.get(mark, _STRAIGHT), offset + 1
            elif mark == closing:
                found.append((opened, offset))
                opened = -1
        if opened >= 0:
            found.append((opened, paragraph.end()))
    return tuple(found)


def _is_measure(text: str, offset: int) -> bool:
    """Whether a straight mark is an inch sign after a digit ("a 300 mm (12") wafer")."""
    return offset > 0 and text[offset - 1].isdigit()


def quotation_at(text: str, position: int) -> tuple[int, int] | None:
    """Return the quotation that holds the character, if it is speech: at least four words, not a word in marks."""
    spans = quotations(text)
    index = bisect.bisect_right(spans, (position, len(text) + 1)) - 1
    if index < 0:
        return None
    start, end = spans[index]
    if not start <= position < end or len(_WORD.findall(text[start:end])) < _SPEECH_WORDS:
        return None
    return start, end
