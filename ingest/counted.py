"""Whether the figures of two texts count the same: "26 engineers left" is not "26 technicians are wanted".

A figure counts the same in both texts where at least two of the words, figures and signs of money that stand with it
in a sentence are the same. Two texts on one event have most figures in common; of two on different events, each has its
own.
"""

import re
from collections.abc import Iterator

from ingest.figures import found, weight

_NEAR = 10  # words before and after a figure, in its sentence
_SAME_WORDS = 2  # which make sure that a figure counts the same
_OWN = 0.2  # what a telling figure costs that the other text lacks, where both have such
_DOUBT = 2.0  # figures of which half count the same, added to what is seen: few figures prove little
_STEM = 5
_END = re.compile(r"(?<=[.!?;:])[\"”’)]*\s+(?=[\"“‘(A-Z\d])|(?<=[。！？；])|\n+")
_WORD = re.compile(r"[a-z]{3,}|[€$£]|[\u3400-\u4dbf\u4e00-\u9fff](?=[\u3400-\u4dbf\u4e00-\u9fff])")
_MONEY = {"€": "euros", "$": "dolla", "£": "pound"}
_EMPTY_WORDS = frozenset(
    (
        *("the", "and", "for", "are", "has", "its", "but", "was", "not", "all", "can", "had", "his", "her", "him"),
        *("she", "our", "out", "one", "who", "you", "any", "few", "own", "per", "now", "may", "get", "got", "too"),
        *("yet", "how", "why", "did", "off", "let", "say", "way", "use", "two", "new", "that", "with", "from"),
        *("have", "this", "they", "will", "their", "which", "been", "were", "when", "more", "than", "said", "says"),
        *("would", "also", "about", "after", "other", "there", "what", "where", "while", "into", "over", "only"),
        *("some", "such", "them", "then", "very", "year", "years"),
    )
)


def counted_alike(one: str, other: str) -> float:
    """Return which share of the figures of the text with fewer counts the same in the other: 0.5 where it has none.

    It is less, below 0 perhaps, where both texts have telling figures that the other lacks.
    """
    here, there = _company(one), _company(other)
    alike = sum(
        weight([figure]) * min(1.0, len(here[figure] & there[figure]) / _SAME_WORDS)
        for figure in here.keys() & there.keys()
    )
    fewer = min(weight(here), weight(there))
    own = min(weight(here.keys() - there.keys()), weight(there.keys() - here.keys()))
    return (alike + _DOUBT / 2) / (fewer + _DOUBT) - _OWN * own


def _company(text: str) -> dict[str, set[str]]:
    """Return the figures of a text with the words that stand with each in its sentences."""
    company: dict[str, set[str]] = {}
    for sentence in _END.split(text):
        words = list(_words(sentence))
        for place, (word, is_figure) in enumerate(words):
            if is_figure:
                near = words[max(0, place - _NEAR) : place] + words[place + 1 : place + 1 + _NEAR]
                company.setdefault(word, set()).update(other for other, _ in near)
    return company


def _words(sentence: str) -> Iterator[tuple[str, bool]]:
    """Yield stems (of Chinese, pairs of characters) and figures in order, and whether each is a figure."""
    lower = sentence.lower()
    place = 0
    for start, end, figure in [*found(sentence), (len(sentence), len(sentence), "")]:
        for match in _WORD.finditer(lower, place, start):
            word = match.group()
            if "\u3400" <= word <= "\u9fff":
                yield lower[match.start() : match.start() + 2], False
            elif word not in _EMPTY_WORDS:
                yield _MONEY.get(word, word[:_STEM]), False
        if figure:
            yield figure, True
        place = max(place, end)
