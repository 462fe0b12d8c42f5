"""Printed pages → paragraphs: lines joined, words made whole, running heads and page numbers left out."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

HYPHEN = "\ufffe"
"""What the PDF library writes where a line ends within a word; it may leave out the line's end there."""

_BROKEN = re.compile(r"[^\W\d_]-\Z")
_EDGE = 2  # lines at the top and at the bottom of a page where its head, foot and number are
_FULL = 0.75  # of the width of the text: a line shorter than that ends its paragraph
_NUMBER = re.compile(r"(?i)(?:(?:page|p\.|第)\s*)?[-–—]?\s*\d{1,4}\s*[-–—]?(?:\s*(?:/|of)\s*\d{1,4}|\s*页)?")
_ITEM = re.compile(r"(?:[-*•–▪●]|\(?(?:\d{1,2}|[A-Za-z])[.)])\s")
_WIDE = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")


def paragraphs(pages: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield the paragraphs of pages, each a list of lines; a paragraph may go on over the end of a page.

    A line goes on in the next where it is about as wide as the text.
    """
    heads = _repeated(pages)
    lines = list(chain.from_iterable(_over_pages([list(_body(page, heads)) for page in pages])))
    width = _width(lines)
    paragraph = ""
    for line in lines:
        if paragraph and (not line or _ITEM.match(line)):
            yield paragraph
            paragraph = ""
        paragraph = _joined(paragraph, line)
        if paragraph and not paragraph.endswith(HYPHEN) and _size(line) < _FULL * width:
            yield paragraph
            paragraph = ""
    if paragraph:
        yield paragraph.removesuffix(HYPHEN)


def _over_pages(pages: Sequence[list[str]]) -> Sequence[list[str]]:
    """Mark the words that a page's end breaks, in place, as those are marked that a line's end breaks."""
    filled = [page for page in pages if page]
    for page, following in pairwise(filled):
        if _BROKEN.search(page[-1]) and following[0][0].islower():
            page[-1] = page[-1][:-1] + HYPHEN
    return filled


def _body(page: Sequence[str], heads: frozenset[str]) -> Iterator[str]:
    lines = [line for line in page if line]
    for number, line in enumerate(lines):
        at_edge = number < _EDGE or number >= len(lines) - _EDGE
        if not (at_edge and (_NUMBER.fullmatch(line) or _shape(line) in heads)):
            yield line


def _repeated(pages: Sequence[Sequence[str]]) -> frozenset[str]:
    """Return the shapes of the lines that stand at the edge of most pages."""
    found: Counter[str] = Counter()
    for page in pages:
        lines = [line for line in page if line]
        found.update({_shape(line) for line in (*lines[:_EDGE], *lines[-_EDGE:])})
    return frozenset(shape for shape, number in found.items() if number >= 3 and number > len(pages) / 2)


def _shape(line: str) -> str:
    return re.sub(r"\d+", "0", line)


def _width(lines: Sequence[str]) -> float:
    """Return how wide a full line is: nine tenths of them are narrower."""
    sizes = sorted(_size(line) for line in lines)
    return sizes[len(sizes) * 9 // 10] if sizes else 0


def _size(line: str) -> int:
    return len(line) + len(_WIDE.findall(line))


def _joined(paragraph: str, line: str) -> str:
    if paragraph.endswith(HYPHEN):
        return paragraph.removesuffix(HYPHEN) + line
    if not paragraph or (_WIDE.match(paragraph[-1]) and _WIDE.match(line)):
        return paragraph + line
    return f"{paragraph} {line}"
