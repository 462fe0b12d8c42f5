"""The time of recruiting in Chinese text, as written and, with the day of publication, as dates."""

import calendar
import datetime
import re

from graph.frame import Time
from ingest.claims.chinese.scene import Scene

_DATE = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d|去|今|明|前)年)?(?:(?P<month>1[0-2]|[1-9]|十[一二]?|"
    r"[一二三四五六七八九])(?:月份?)(?:(?P<part>上旬|中旬|下旬|初|底)|(?P<day>\d{1,2})(?:日|"
    r"号))?)?"
)
_QUARTER = re.compile(r"(?:(?P<year>(?:19|20)\d\d|去|今|明)年)?第?(?P<quarter>[一二三四1-4])季度?")
_VAGUE = re.compile(
    r"近(?:日|期|年来?|来|几年|[一二三四五六七八九十\d]+年(?:来)?)|日前|最近|目前|如今|本月|上月|"
    r"本周|上周|过去[一二三四五六七八九十几\d]+年|自?(?:19|20)\d\d年(?:\d{1,2}月)?(?:以来|起)|"
    r"每年|[一二三四五六七八九十\d]+年(?:里|来|间)"
)
_MONTHS = {name: value for value, name in enumerate((*"一二三四五六七八九十", "十一", "十二"), start=1)}
_RELATIVE = {"去": -1, "今": 0, "明": 1, "前": -2}
_OPEN_START = re.compile(r"(?:以来|起|至今)")


def when(scene: Scene, first: int, last: int, published: datetime.date | None) -> Time | None:
    """Return the first time named between two characters; None where there is none."""
    text = scene.text
    quarter = _QUARTER.search(text, first, last)
    if quarter:
        year = _year(quarter.group("year"), published)
        if year is not None:
            month = (
                3
                * (
                    "一二三四".find(quarter.group("quarter")) % 4
                    if quarter.group("quarter") in "一二三四"
                    else int(quarter.group("quarter")) - 1
                )
                + 1
            )
            until = datetime.date(year, month + 2, calendar.monthrange(year, month + 2)[1])
            return Time(scene.words(*quarter.span()), datetime.date(year, month, 1), until, "quarter")
        return Time(scene.words(*quarter.span()))
    for match in _DATE.finditer(text, first, last):
        if match.group():
            return _dated(scene, match, published, last)
    vague = _VAGUE.search(text, first, last)
    return Time(scene.words(*vague.span())) if vague else None


def _dated(scene: Scene, match: re.Match[str], published: datetime.date | None, last: int) -> Time:
    words = scene.words(*match.span())
    month = _month(match.group("month"))
    year = _year(match.group("year"), published) if match.group("year") else None
    if year is None and not match.group("year") and published is not None and month is not None:
        year = published.year if month <= published.month else published.year - 1
    if year is None or not 1 <= year <= 9998:
        return Time(words)
    if _OPEN_START.match(scene.text, match.end(), last):
        return Time(words, datetime.date(year, month or 1, 1), None, "open")
    if month is None:
        return Time(words, datetime.date(year, 1, 1), datetime.date(year, 12, 31), "year")
    length = calendar.monthrange(year, month)[1]
    day = int(match.group("day")) if match.group("day") else None
    if day is not None and 1 <= day <= length:
        return Time(words, datetime.date(year, month, day), datetime.date(year, month, day), "day")
    return Time(words, datetime.date(year, month, 1), datetime.date(year, month, length), "month")


def _year(text: str | None, published: datetime.date | None) -> int | None:
    if text is None:
        return published.year if published else None
    if text.isdecimal():
        return int(text)
    return published.year + _RELATIVE[text] if published and text in _RELATIVE else None


def _month(text: str | None) -> int | None:
    if text is None:
        return None
    return int(text) if text.isdecimal() else _MONTHS.get(text)
