"""The figures of a text, so that "sixty", "60", "€1.2m" and "120万" compare with what another text writes for them.

Years are left out: nearly every text names one. A share is kept apart from a number ("30 %" is no "thirty").
"""

import re
from collections.abc import Iterable

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
)
_SMALL = {word: number for number, word in enumerate([*_UNITS.split(), "eighteen", "nineteen"])} | {"dozen": 12}
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_TIMES = {
    **dict.fromkeys(("hundred",), 100),
    **dict.fromkeys(("thousand", "k"), 1_000),
    **dict.fromkeys(("million", "m", "mn"), 1_000_000),
    **dict.fromkeys(("billion", "bn"), 1_000_000_000),
    **dict.fromkeys(("trillion", "tn"), 1_000_000_000_000),
    "万": 10_000,
    "萬": 10_000,
    "亿": 100_000_000,
    "億": 100_000_000,
}
_NUMBER = re.compile(
    r"(?P<digits>\d(?:[\d,]*\d)?(?:\.\d+)?)"
    r"(?:[\s-]?(?P<times>hundred|thousand|million|billion|trillion|mn|bn|tn|m|k|[万萬亿億])(?![a-z]))?"
    r"(?P<share>\s?(?:%|per cent|percent))?",
    re.IGNORECASE,
)
_WORDS = re.compile(
    rf"\b(?P<word>{'|'.join((*_TENS, *_SMALL))})(?:-(?P<unit>{'|'.join(_SMALL)}))?"
    r"(?:\s(?P<times>hundred|thousand|million|billion))?(?P<share>\sper cent|\spercent)?\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_NEAR_WORD = re.compile(r"[a-z]{3,}|[€$£]|[\u4e00-\u9fff]{2}")
_NEAR = 45  # characters before and after a figure
_PLAIN_WORDS = frozenset(
    (
        *("the", "and", "for", "are", "has", "its", "but", "with", "from", "have", "this", "that"),
        *("they", "will", "their", "been", "were", "more", "than"),
    )
)
_TELLING = 10  # smaller numbers stand in any text


def found(text: str) -> list[tuple[int, int, str]]:
    """Return each figure of a text with where it starts and ends, in order."""
    at: dict[int, tuple[int, str]] = {}
    for match in _NUMBER.finditer(text):
        digits = match["digits"].replace(",", "")
        if not match["times"] and not match["share"] and _YEAR.fullmatch(match["digits"]):
            continue
        at[match.start()] = match.end(), _written(float(digits), match["times"], match["share"])
    for match in _WORDS.finditer(text):
        word, unit = match["word"].lower(), (match["unit"] or "").lower()
        value = _TENS.get(word, 0) + _SMALL.get(word, 0) + _SMALL.get(unit, 0)
        at[match.start()] = match.end(), _written(value, match["times"], match["share"])
    return [(start, end, figure) for start, (end, figure) in sorted(at.items())]


def figures(text: str) -> dict[str, frozenset[str]]:
    """Return the figures of a text as plain decimals (a share ends with "%"), in order, with the words around each.

    The words are cut to their stems.
    """
    around: dict[str, frozenset[str]] = {}
    lower = text.lower()
    for start, end, figure in found(text):
        near = _NEAR_WORD.findall(lower, max(0, start - _NEAR), end + _NEAR)
        around[figure] = around.get(figure, frozenset()) | {word[:5] for word in near if word not in _PLAIN_WORDS}
    return around


def telling(figure: str) -> bool:
    """Return whether a figure says something about what a text is about: most texts have small numbers."""
    return figure.endswith("%") or float(figure) >= _TELLING


def weight(numbers: Iterable[str]) -> float:
    """Return how much figures say together: 1 for a telling one, less for another."""
    return sum(1.0 if telling(figure) else 0.4 for figure in numbers)


def _written(value: float, times: str | None, share: str | None) -> str:
    number = value * _TIMES[times.lower()] if times else value
    return f"{number:.15g}%" if share else f"{number:.15g}"
