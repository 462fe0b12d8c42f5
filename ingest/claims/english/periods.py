"""Calendar arithmetic: a month, quarter, season, half or year as a period of days with its precision."""

import calendar
import datetime
from dataclasses import dataclass

DAY = datetime.timedelta(days=1)

_QUARTER_OF_SEASON = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}  # first month, northern


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, both included; `precision` is day, month, quarter or year."""

    first: datetime.date
    last: datetime.date
    precision: str


def day(date: datetime.date) -> Period:
    """Return one day."""
    return Period(date, date, "day")


def week(date: datetime.date, shift: int = 0) -> Period:
    """Return the calendar week (Monday to Sunday) that holds a date, moved by whole weeks."""
    monday = date - DAY * date.weekday() + DAY * 7 * shift
    return Period(monday, monday + DAY * 6, "day")


def months(year: int, first: int, count: int, precision: str) -> Period:
    """Return `count` months from month `first`, which may lie outside 1 to 12. Raises ValueError past 9999."""
    start_year, start_month = year + (first - 1) // 12, (first - 1) % 12 + 1
    end = first + count - 1
    end_year, end_month = year + (end - 1) // 12, (end - 1) % 12 + 1
    last_day = calendar.monthrange(end_year, end_month)[1]
    return Period(datetime.date(start_year, start_month, 1), datetime.date(end_year, end_month, last_day), precision)


def month(year: int, number: int) -> Period:
    """Return one month; `number` may lie outside 1 to 12."""
    return months(year, number, 1, "month")


def quarter(year: int, number: int) -> Period:
    """Return quarter 1 to 4 of a year."""
    return months(year, 3 * number - 2, 3, "quarter")


def half(year: int, number: int) -> Period:
    """Return half 1 or 2 of a year."""
    return months(year, 6 * number - 5, 6, "quarter")


def season(year: int, name: str) -> Period:
    """Return a season of the northern hemisphere; winter begins in December of the year."""
    return months(year, _QUARTER_OF_SEASON[name], 3, "quarter")


def years(first: int, last: int) -> Period:
    """Return whole years, both included. Raises ValueError beyond year 1 to 9999."""
    return Period(datetime.date(first, 1, 1), datetime.date(last, 12, 31), "year")


def span(first: Period, last: Period, precision: str) -> Period:
    """Return the days from the beginning of one period to the end of another. Raises ValueError where that is none."""
    if last.last < first.first:
        raise ValueError("a span that ends before it begins")
    return Period(first.first, last.last, precision)


def part_of(period: Period, part: str) -> Period:
    """Return the early, middle or late part of a year or month ("early 2024", "mid-April"); others stay whole."""
    if period.precision == "year" and period.first.year == period.last.year:
        first, count = {"early": (1, 3), "mid": (5, 4), "late": (10, 3)}[part]
        return months(period.first.year, first, count, "quarter")
    if period.precision == "month":
        first_day, last_day = {"early": (1, 10), "mid": (11, 20), "late": (21, period.last.day)}[part]
        return Period(period.first.replace(day=first_day), period.first.replace(day=last_day), "month")
    return period


def last_season(name: str, published: datetime.date) -> Period:
    """Return the latest season of that name which had ended by a date."""
    for year in range(published.year, published.year - 3, -1):
        found = season(year, name)
        if found.last < published:
            return found
    return season(published.year - 1, name)
