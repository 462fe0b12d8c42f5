"""The time of recruiting: the expression that belongs to the trigger's clause, as written and as dates.

A relative expression is anchored on the day of publication and keeps its precision; without that day it stays open. A
time that belongs to the telling ("said on Friday") is not the time of recruiting.
"""

import datetime
import re
from collections.abc import Iterator

from graph.frame import Time
from ingest.claims.english import reporting, tree
from ingest.claims.english.dates import find_dates
from ingest.claims.english.periods import Period
from ingest.claims.english.triggers import Trigger
from ingest.language import Reading

_BOUND = re.compile(
    r"(?:(?P<since>since|from|starting in|starting from|beginning in|as of)|(?P<until>until|till|by|before|through))"
    r"\s+(?:the )?$",
    re.IGNORECASE,
)
_OTHER_CLAUSE = 250  # characters that an expression in another clause counts as further away
_RELATED_CLAUSE = 100


def when(reading: Reading, trigger: Trigger, published: datetime.date | None) -> Time | None:
    """Return the time of the act at the trigger, or None where its sentence gives none."""
    base = trigger.sentence.start
    near = [
        (distance, start, time)
        for start, end, time in expressions(reading.text[base : trigger.sentence.end], published)
        if (distance := _distance(trigger, base + start, base + end)) is not None
    ]
    return min(near, key=lambda found: found[:2])[2] if near else None


def expressions(text: str, published: datetime.date | None) -> Iterator[tuple[int, int, Time]]:
    """Yield (start, end, time) of every time expression of a text, in order.

    "since" gives it the day of publication as end, "by" and "until" leave its beginning open.
    """
    for start, end, period in find_dates(text, published):
        bound = _BOUND.search(text[:start])
        begin = bound.start() if bound else start
        yield begin, end, _time(text[begin:end], bound, period, published)


def _time(words: str, bound: re.Match[str] | None, period: Period | None, published: datetime.date | None) -> Time:
    if period is None:
        return Time(words)
    if bound and bound["since"]:
        last = published if published and published >= period.first else None
        return Time(words, period.first, last, period.precision)
    if bound and bound["until"]:
        return Time(words, None, period.last, period.precision)
    return Time(words, period.first, period.last, period.precision)


def _distance(trigger: Trigger, start: int, end: int) -> int | None:
    """Return how far an expression stands from the trigger; None where it is the time of the telling."""
    far = max(trigger.start - end, start - trigger.end, 0)
    doc, first = trigger.paragraph.doc, trigger.paragraph.start
    span = doc.char_span(start - first, end - first, alignment_mode="expand") if doc is not None else None
    if span is None or trigger.token is None or span.start <= trigger.token.i < span.end:
        return far
    owner = tree.clause_head(span.root)
    if owner.i == tree.clause_head(trigger.token).i:
        return far
    if reporting.is_reporting(owner) and owner.i != trigger.token.i:
        return None
    related = owner.is_ancestor(trigger.token) or trigger.token.is_ancestor(owner)
    return far + (_RELATED_CLAUSE if related else _OTHER_CLAUSE)
