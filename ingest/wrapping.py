"""Plain text that was broken into lines of one width → paragraphs of one line.

A line end ends a paragraph for the reader of sentences, which is wrong in text that an editor or a mail program has
wrapped. The line ends inside such a paragraph become spaces, so every character keeps its place.
"""

import re

_BLOCK = re.compile(r"^[^\n]++(?:\n[^\n]++)+", re.MULTILINE)  # a long line is looked at once, not from each place
_SHORTEST, _LONGEST = 45, 100  # characters of a wrapped line
_RAGGED = 25  # how much its lines differ: a word more or less
_ENDS = re.compile(r"[.!?:;。！？][\"”’)]*$")
_ITEM = re.compile(r"\s*(?:[-*•–]|\(?[\dA-Za-z]{1,3}[.)])\s")


def unwrapped(text: str) -> str:
    """Return the text, as long as it was, with the line ends inside wrapped paragraphs turned into spaces."""
    return _BLOCK.sub(lambda block: _joined(block.group()), text)


def _joined(block: str) -> str:
    lines = block.split("\n")
    full = [len(line.rstrip()) for line in lines[:-1]]
    wrapped = (
        len(lines) >= 3
        and min(full) >= _SHORTEST
        and max(full) <= _LONGEST
        and max(full) - min(full) <= _RAGGED
        and len(lines[-1]) <= _LONGEST
        and sum(bool(_ENDS.search(line.rstrip())) for line in lines[:-1]) < len(full) / 2
        and not any(_ITEM.match(line) for line in lines[1:])
    )
    return block.replace("\n", " ") if wrapped else block
