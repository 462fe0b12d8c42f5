"""Expressions of time in English text → periods of days; the patterns and what each resolves to.

A resolver gets the match and the day of publication. It returns a Period; None where the words are a time that cannot
be resolved ("last year" with no date, "recently"); and raises ValueError where they are no time (31 June).
"""

import datetime
import re
from collections.abc import Callable, Iterator

from ingest.claims.english import periods
from ingest.claims.english.periods import Period

Resolver = Callable[[re.Match[str], datetime.date | None], Period | None]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_COUNTS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = {word: number for number, word in enumerate(_COUNTS)} | {"a": 1, "an": 1, "several": 3, "few": 3}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}

_MONTH = (
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_COUNT = r"(?P<n>\d{1,3}|" + "|".join(_NUMBERS) + r")"
_BEFORE_YEAR = re.compile(
    r"(?:[(,–-]|\b(?:in|of|since|by|until|till|from|during|before|after|through|to|and|year|as early as))\s*$", re.I
)
_PART = r"(?:(?P<part>early|mid|late|(?:the )?(?:beginning|start|middle|end) of)[ -](?:in )?)?"


def find_dates(text: str, published: datetime.date | None) -> Iterator[tuple[int, int, Period | None]]:
    """Yield (start, end, period) of every time expression, in order and not overlapping, the longest first."""
    matches = [
        (match.start(), -match.end(), number, match)
        for number, (pattern, _) in enumerate(_PATTERNS)
        for match in pattern.finditer(text)
    ]
    last = 0
    for start, negative_end, number, match in sorted(matches, key=lambda found: found[:3]):
        if start < last:
            continue
        try:
            period = _PATTERNS[number][1](match, published)
        except (ValueError, OverflowError):  # no such day, or beyond the calendar
            continue
        last = -negative_end
        yield start, last, period


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word.lower()]


def _month_number(word: str) -> int:
    return _MONTHS.index(word.lower()[:3]) + 1


def _part(match: re.Match[str], period: Period) -> Period:
    part = (match.groupdict().get("part") or "").lower()
    if not part:
        return period
    early = part.startswith("early") or "beginning" in part or "start" in part
    return periods.part_of(period, "early" if early else "mid" if "mid" in part else "late")


def _iso(match: re.Match[str], published: datetime.date | None) -> Period:
    return periods.day(datetime.date(int(match[1]), int(match[2]), int(match[3])))


def _day(match: re.Match[str], published: datetime.date | None) -> Period | None:
    month, number = _month_number(match["month"]), int(match["day"])
    if match["year"]:
        return periods.day(datetime.date(int(match["year"]), month, number))
    if published is None:
        return None
    found = datetime.date(published.year, month, number)
    # without a year, the latest such day; a little ahead of publication it is this year's all the same
    ahead = (found - published).days > 60
    return periods.day(datetime.date(published.year - 1, month, number) if ahead else found)


def _month(match: re.Match[str], published: datetime.date | None) -> Period | None:
    number = _month_number(match["month"])
    if match["year"]:
        return _part(match, periods.month(int(match["year"]), number))
    if published is None:
        return None
    year = published.year if number <= published.month + 2 else published.year - 1
    if (match["which"] or "").lower() == "last" and number >= published.month:
        year = published.year - 1
    return _part(match, periods.month(year, number))


def _year(match: re.Match[str], published: datetime.date | None) -> Period:
    if not match["part"] and not _BEFORE_YEAR.search(match.string, 0, match.start()):
        raise ValueError("a number, not a year")
    return _part(match, periods.years(int(match["year"]), int(match["year"])))


def _year_span(match: re.Match[str], published: datetime.date | None) -> Period:
    first, last = int(match["from"]), match["to"]
    end = int(last) if len(last) == 4 else first // 100 * 100 + int(last)
    return periods.span(periods.years(first, first), periods.years(end, end), "year")


def _month_span(match: re.Match[str], published: datetime.date | None) -> Period:
    last = periods.month(int(match["to_year"]), _month_number(match["to"]))
    first = periods.month(int(match["from_year"] or match["to_year"]), _month_number(match["from"]))
    return periods.span(first, last, "month")


def _until_year(match: re.Match[str], published: datetime.date | None) -> Period | None:
    if published is None:
        return None
    return periods.span(periods.day(published), periods.years(int(match["year"]), int(match["year"])), "year")


def _decade(match: re.Match[str], published: datetime.date | None) -> Period:
    return periods.years(int(match[1]), int(match[1]) + 9)


def _quarter(match: re.Match[str], published: datetime.date | None) -> Period | None:
    if match["year"]:
        year = int(match["year"])
    elif published is not None:
        year = published.year + {"last": -1, "next": 1}.get((match["which"] or "").lower(), 0)
    else:
        return None
    unit, word = match["unit"].lower(), match["number"].lower()
    number = int(word) if word.isdigit() else _ORDINALS[word]
    if unit in ("half", "h"):
        return periods.half(year, min(number, 2))
    return periods.quarter(year, number)


def _season(match: re.Match[str], published: datetime.date | None) -> Period | None:
    name, which = match["season"].lower(), (match["which"] or "").lower()
    if match["year"]:
        return periods.season(int(match["year"]), name)
    if published is None:
        return None
    if which == "last":
        return periods.last_season(name, published)
    return periods.season(published.year + (which == "next"), name)


def _relative(match: re.Match[str], published: datetime.date | None) -> Period | None:
    if published is None:
        return None
    shift = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(match["which"].lower(), 0)
    unit = match["unit"].lower()
    if unit == "week":
        return periods.week(published, shift)
    if unit == "month":
        return _part(match, periods.month(published.year, published.month + shift))
    if unit == "quarter":
        return periods.months(published.year, (published.month - 1) // 3 * 3 + 1 + 3 * shift, 3, "quarter")
    return _part(match, periods.years(published.year + shift, published.year + shift))


def _ago(match: re.Match[str], published: datetime.date | None) -> Period | None:
    if published is None:
        return None
    count, unit = _number(match["n"]), match["unit"].lower()
    if unit == "day":
        return periods.day(published - periods.DAY * count)
    if unit == "week":
        return periods.week(published, -count)
    if unit == "month":
        return periods.month(published.year, published.month - count)
    year = published.year - count * (10 if unit == "decade" else 1)
    return periods.years(year, year)


def _lately(match: re.Match[str], published: datetime.date | None) -> Period | None:
    """Resolve "over the past three years": from that many units ago to the day of publication."""
    if published is None:
        return None
    count, unit = _number(match["n"] or "one"), match["unit"].lower()
    if unit in ("day", "week"):
        return Period(published - periods.DAY * count * (7 if unit == "week" else 1), published, "day")
    if unit == "month":
        return Period(periods.month(published.year, published.month - count).first, published, "month")
    return Period(
        periods.month(published.year - count * (10 if unit == "decade" else 1), published.month).first,
        published,
        "year",
    )


def _weekday(match: re.Match[str], published: datetime.date | None) -> Period | None:
    if published is None:
        return None
    back = (published.weekday() - _DAYS.index(match["weekday"].lower())) % 7
    return periods.day(published - periods.DAY * back)


def _named_day(match: re.Match[str], published: datetime.date | None) -> Period | None:
    if published is None:
        return None
    return periods.day(published + periods.DAY * {"yesterday": -1, "tomorrow": 1}.get(match[0].lower(), 0))


def _open(match: re.Match[str], published: datetime.date | None) -> None:
    return None


def _compiled(*rules: tuple[str, Resolver]) -> tuple[tuple[re.Pattern[str], Resolver], ...]:
    return tuple((re.compile(rf"(?<![\w$€£¥-])(?:{pattern})(?![\w%])", re.IGNORECASE), how) for pattern, how in rules)


_SEASON = r"(?P<season>spring|summer|autumn|fall|winter)"
_UNIT = r"(?P<unit>day|week|month|year|decade)"
_NO_YEAR = r"(?P<year>(?!))?"
_LED = "".join(rf"|(?<={word} )" for word in ("in", "since", "from", "by", "until", "till", "of", "during"))
_TO = r"(?: to | and | through | until |-|–)"
_PATTERNS = _compiled(
    (r"((?:19|20)\d\d)-(\d\d)-(\d\d)", _iso),
    (rf"{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? {_YEAR})?", _day),
    (rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?{_MONTH}(?:,? {_YEAR})?", _day),
    (rf"{_PART}(?:(?P<which>last|this) )?{_MONTH}(?: of|,)? {_YEAR}", _month),
    (rf"(?:(?P<which>last|this) |(?P<part>early|mid|late)[ -](?:in )?{_LED}){_MONTH}{_NO_YEAR}", _month),
    (rf"(?:between |from )?(?P<from>(?:19|20)\d\d){_TO}(?P<to>(?:19|20)\d\d|\d\d)", _year_span),
    (
        rf"(?:between |from )?(?P<from>[A-Z][a-z]{{2,8}})(?: (?P<from_year>(?:19|20)\d\d))?{_TO}"
        r"(?P<to>[A-Z][a-z]{2,8}) (?P<to_year>(?:19|20)\d\d)",
        _month_span,
    ),
    (rf"between now and {_YEAR}", _until_year),
    (r"(?:the )?((?:19|20)\d0)s", _decade),
    (
        r"(?:the )?(?P<number>first|second|third|fourth|last) (?P<unit>quarter|half)"
        rf"(?: of(?: the year)? (?:(?P<which>last|this|next) year|{_YEAR}))?",
        _quarter,
    ),
    (rf"(?P<unit>Q|H)(?P<number>[1-4])(?P<which>(?!))?,? (?:of )?{_YEAR}", _quarter),
    (rf"{_PART}{_YEAR}", _year),
    (rf"(?:(?P<which>last|this|next) ){_NO_YEAR}{_SEASON}", _season),
    (rf"(?:the )?(?P<which>(?!))?{_SEASON} (?:of )?{_YEAR}", _season),
    (rf"{_PART}(?P<which>last|this|next|previous|past|coming) (?P<unit>week|month|quarter|year)", _relative),
    (rf"(?:about |some |around |more than )?{_COUNT} {_UNIT}s? (?:ago|earlier|before)", _ago),
    (rf"(?:(?:over|in|during|within|for) )?(?:the )?(?:past|last) (?:{_COUNT} )?{_UNIT}s", _lately),
    (rf"(?:over|in|during|within) (?:the )?(?:past|last) (?P<n>(?!))?{_UNIT}", _lately),
    (rf"(?P<weekday>{'|'.join(_DAYS)})", _weekday),
    (r"yesterday|today|tomorrow", _named_day),
    (r"recently|lately|currently|nowadays|at present|(?:in )?recent (?:years|months|weeks)", _open),
)
