"""Whether a pair of region and field is reported more, or less, of late than its own past lets expect."""

import calendar
import math
from collections import Counter, defaultdict

from graph.frame import Row

TOTAL = "total"


def emerging(rows: list[Row], *, months: int, past_months: int, min_stories: int) -> list[Row]:
    """Return one row per pair with at least `min_stories` stories, the least expected first.

    A row given is how many `stories` of a pair were first reported in a `month` ("2025-03"); those of region `total`
    are all stories. The recent time is the last `months` months in which anything was reported, the past the
    `past_months` before. Given a pair's stories in both, the recent ones are binomial, if nothing changed but the
    number of reports.
    """
    if not rows or months < 1 or past_months < 1:
        return []
    last = max(_ordinal(row["month"]) for row in rows)
    counts: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for row in rows:
        age = last - _ordinal(row["month"])
        if age < months + past_months:
            pair = tuple(row[name] for name in ("region_id", "region", "field_id", "field"))
            counts[pair]["recent" if age < months else "past"] += row["stories"]
    everything = next(count for pair, count in counts.items() if pair[0] == TOTAL)
    share = everything["recent"] / everything.total()
    times = {
        "recent_since": _first_day(last - months + 1),
        "recent_until": _last_day(last),
        "past_since": _first_day(last - months - past_months + 1),
        "past_until": _last_day(last - months),
    }
    found = [
        _tested(pair, count["recent"], count["past"], share, times)
        for pair, count in counts.items()
        if pair[0] != TOTAL and count.total() >= min_stories
    ]
    found.sort(key=lambda row: (row["p_value"], -row["recent_stories"], row["region"], row["field"], row["region_id"]))
    return _with_discovery_rate(found)


def tails(successes: int, trials: int, share: float) -> tuple[float, float]:
    """Return the probabilities of at most and of at least so many successes, each of probability `share`."""
    if share in (0, 1):
        return 1.0, 1.0
    terms = [
        math.exp(
            math.lgamma(trials + 1)
            - math.lgamma(k + 1)
            - math.lgamma(trials - k + 1)
            + k * math.log(share)
            + (trials - k) * math.log1p(-share)
        )
        for k in range(trials + 1)
    ]
    return min(1.0, math.fsum(terms[: successes + 1])), min(1.0, math.fsum(terms[successes:]))


def _tested(pair: tuple[str, ...], recent: int, past: int, share: float, times: Row) -> Row:
    expected = (recent + past) * share
    lower, upper = tails(recent, recent + past, share)
    return {
        **dict(zip(("region_id", "region", "field_id", "field"), pair, strict=True)),
        "direction": "more" if recent > expected else "less" if recent < expected else "same",
        "recent_stories": recent,
        "past_stories": past,
        **times,
        "expected": round(expected, 2),
        "p_value": round(min(1.0, 2 * min(lower, upper)), 6),
    }


def _with_discovery_rate(rows: list[Row]) -> list[Row]:
    """Add `q_value` to rows sorted by `p_value`: Benjamini and Hochberg's false discovery rate."""
    least = 1.0
    for rank in range(len(rows), 0, -1):
        least = min(least, rows[rank - 1]["p_value"] * len(rows) / rank)
        rows[rank - 1]["q_value"] = round(least, 6)
    return rows


def _ordinal(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7])


def _first_day(ordinal: int) -> str:
    year, month = divmod(ordinal - 1, 12)
    return f"{year:04}-{month + 1:02}-01"


def _last_day(ordinal: int) -> str:
    year, month = divmod(ordinal - 1, 12)
    return f"{year:04}-{month + 1:02}-{calendar.monthrange(year, month + 1)[1]:02}"
