"""Numbers as written in English → values and bounds: "1.5 million", "two dozen", "more than 12,000", "60 to 80"."""

import re

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty"
)
_TENS = "thirty forty fifty sixty seventy eighty ninety"
_VALUES = {word: float(value) for value, word in enumerate(_UNITS.split())} | {
    word: 30.0 + 10 * place for place, word in enumerate(_TENS.split())
}
_VALUES |= {
    f"{tens}-{unit}": _VALUES[tens] + _VALUES[unit]
    for tens in ("twenty", *_TENS.split())
    for unit in _UNITS.split()[1:10]
}
_SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "k": 1e3,
    "million": 1e6,
    "mn": 1e6,
    "m": 1e6,
    "billion": 1e9,
    "bn": 1e9,
    "trillion": 1e12,
    "tn": 1e12,
    "dozen": 12.0,
    "lakh": 1e5,
    "crore": 1e7,
}
_AT_LEAST = (
    "more than",
    "at least",
    "no fewer than",
    "no less than",
    "not less than",
    "upwards of",
    "in excess of",
    "over",
    "above",
    "exceeding",
)
_AT_MOST = ("up to", "as much as", "as many as", "no more than", "at most", "fewer than", "less than", "under", "below")
_ABOUT = ("about", "around", "roughly", "approximately", "almost", "nearly", "close to", "some", "an estimated")

_SCALE = r"(?:hundred|thousand|million|billion|trillion|dozen|lakh|crore|mn|bn|tn|[km])\b"
_WORDS = "|".join(sorted(_VALUES, key=len, reverse=True))  # "twenty-four" before "twenty"
SIMPLE = rf"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|\b(?:{_WORDS})\b)"
NUMBER = rf"(?:{SIMPLE}(?:[ -]?{_SCALE})?|\ba (?:half )?{_SCALE})"
QUALIFIER = rf"\b(?:{'|'.join((*_AT_LEAST, *_AT_MOST, *_ABOUT))})"
RANGE = r" ?(?:to|and|or|-|–) ?"

_PARTS = re.compile(rf"(?P<number>{SIMPLE}|a half|a)?(?:[ -]?(?P<scale>{_SCALE}))?", re.IGNORECASE)


def value(text: str, like: str = "") -> float:
    """Return the value of a number that NUMBER matched; in "3 to 5 million" the 3 is `like` "5 million" in scale."""
    match = _PARTS.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"not a number: {text!r}")
    words = (match["number"] or "a").replace(",", "").lower()
    number = {"a": 1.0, "a half": 0.5}.get(words) or _VALUES.get(words)
    if number is None:
        number = float(words)
    scale = match["scale"]
    if scale is None and like:
        lender = _PARTS.fullmatch(like.strip())
        scale = lender["scale"] if lender else None
    return round(number * _SCALES[scale.lower()], 6) if scale else number  # 2.01 million is 2,010,000, not a hair less


def bounds(low: str, high: str | None, qualifier: str | None) -> tuple[float | None, float | None]:
    """Return (at least, at most) of a number, or of a range, given the words before it."""
    first = value(low, like=high or "")
    if high is not None:
        second = value(high)
        first = first if first <= second else value(low)  # "896,000 to 2.01 million" lends no scale
        return min(first, second), max(first, second)  # "lowered from 30 to 27 per cent"
    words = (qualifier or "").lower()
    if words in _AT_LEAST:
        return first, None
    if words in _AT_MOST:
        return None, first
    return first, first
