"""Long series of periods: rows of zeros where nothing was reported, so that a line does not lead over a gap."""

from collections.abc import Iterator

from graph.frame import Row

COUNTS = ("claims", "approaches", "documents", "stories", "claimants")
_OF_A_PERIOD = ("period", "period_start", "precision")
MOST_PERIODS = 12_000  # months of a thousand years: a day misread as year 0001 makes no endless series


def filled(rows: list[Row], *, fill: bool, period: str) -> list[Row]:
    """Return a trend's rows; with `fill`, each series has a row for every period from the first to the last of any.

    `period` is month, quarter or year. In a row that is added the counts are 0, what tells the series is that of its
    other rows, and anything else is null. Rows without a date have no place on an axis of time: `fill` leaves them out.
    """
    if not fill:
        return rows
    dated = [row for row in rows if row["period_start"] is not None]
    if not dated:
        return []
    keys = [name for name in rows[0] if name.endswith("_id")]
    known = {(row["period"], *(row[key] for key in keys)) for row in dated}
    series = {tuple(row[key] for key in keys): row for row in dated}
    between = list(_periods(min(r["period_start"] for r in dated), max(r["period_start"] for r in dated), period))
    added = [
        _zeros(row) | {"period": name, "period_start": start, "precision": period}
        for name, start in between[:MOST_PERIODS]
        for key, row in series.items()
        if (name, *key) not in known
    ]
    places = {key: place for place, key in enumerate(sorted(series, key=lambda key: ("unstated" in key, key)))}
    return sorted([*dated, *added], key=lambda row: (row["period"], places[tuple(row[key] for key in keys)]))


def _zeros(row: Row) -> Row:
    """Return a row of the same series without anything of its period."""
    names = {name.removesuffix("_id") for name in row if name.endswith("_id")}
    kept = {*(name for name in row if name.endswith("_id")), *names, "stated_above"}
    return {
        name: value if name in kept else 0 if name in COUNTS or name.endswith("_stories") else None
        for name, value in row.items()
    }


def _periods(first: str, last: str, period: str) -> Iterator[tuple[str, str]]:
    """Yield name and first day of every period from the one that begins on `first` to the one that does on `last`."""
    months = {"month": 1, "quarter": 3, "year": 12}[period]
    at, end = (int(day[:4]) * 12 + int(day[5:7]) - 1 for day in (first, last))
    while at <= end:
        year, month = divmod(at, 12)
        start = f"{year:04}-{month + 1:02}-01"
        name = {"month": start[:7], "quarter": f"{start[:4]}-Q{month // 3 + 1}", "year": start[:4]}[period]
        yield name, start
        at += months
