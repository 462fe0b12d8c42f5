"""The keys of a source in sources.toml: what each may hold, and what that means."""

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from graph.errors import InputError
from graph.grades import GRADES
from ingest.sources.csv import NAMES
from ingest.text import Overrides

_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_EVERY = re.compile(r"(\d{1,4}) ?(m|h|d|w)|(\d{1,4}) (minute|hour|day|week)s?")
_AT_LEAST = re.compile(r"(\d{1,6}) documents? (?:a|per) (day|week|month)")
_PERIODS = {"day": 1, "week": 7, "month": 30}
_SHORTEST = datetime.timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Floor:
    """How many new documents a source gives at least within so many days, or it has fallen silent."""

    documents: int
    days: int

    def __str__(self) -> str:
        noun = "document" if self.documents == 1 else "documents"
        return f"{self.documents} {noun} a {next(name for name, days in _PERIODS.items() if days == self.days)}"


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise ValueError("write a text in quotes")
    return value.strip()


def _url(value: object) -> str:
    text = _text(value)
    if not re.match(r"(?:(?:feed|sitemap):)?https?://[^/]", text, re.IGNORECASE):
        raise ValueError("write a whole address, such as https://example.org/rss")
    return text


def _language(value: object) -> str:
    text = _text(value)
    try:
        Overrides(lang=text)
    except InputError as error:
        raise ValueError("write a code such as en or zh") from error
    return text


def _reliability(value: object) -> float | None:
    if isinstance(value, str) and value.upper() in GRADES:
        return GRADES[value.upper()]
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1:
        return float(value)
    raise ValueError("write A (completely reliable) to E (unreliable), F (cannot be judged), or a number from 0 to 1")


def _every(value: object) -> datetime.timedelta:
    found = _EVERY.fullmatch(str(value).strip().lower()) if isinstance(value, str) else None
    if found:
        unit = _UNITS[(found[2] or found[4])[0]]
        span = datetime.timedelta(**{unit: int(found[1] or found[3])})
        if span >= _SHORTEST:
            return span
    raise ValueError('write "30m", "6h", "1d" or "2w"; five minutes is the shortest')


def _at_least(value: object) -> Floor:
    found = _AT_LEAST.fullmatch(str(value).strip().lower()) if isinstance(value, str) else None
    if found and int(found[1]):
        return Floor(int(found[1]), _PERIODS[found[2]])
    raise ValueError('write "5 documents a week", or a day, or a month')


def _at_most(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= 50_000:
        return value
    raise ValueError("write a number from 1 to 50000")


def _columns(value: object) -> dict[str, str]:
    if isinstance(value, dict) and value and value.keys() <= set(NAMES):
        return {field: _text(column) for field, column in value.items()}
    raise ValueError(f'write {{ text = "Body" }}; a field is one of {", ".join(NAMES)}')


KEYS: Mapping[str, Callable[[object], object]] = {
    "name": _text,
    "url": _url,
    "path": _text,
    "publisher": _text,
    "language": _language,
    "reliability": _reliability,
    "every": _every,
    "at_least": _at_least,
    "at_most": _at_most,
    "columns": _columns,
}
"""Each raises ValueError, which says what to write instead."""
