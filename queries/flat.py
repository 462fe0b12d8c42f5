"""Rows as dashboards and data frames take them: one scalar a cell.

A statement may return a list in a column; the answer has it as one text, `Hangzhou; Zhejiang`, and null where the list
is empty. An item's own semicolons become commas, so that who splits at `; ` gets the items again. Where one column
has ids and another their names, the items stand in the same order.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from graph.frame import Row
from queries.header import Column

SEPARATOR = "; "


def flat(columns: Sequence[Column], rows: list[Row]) -> list[Row]:
    """Return rows with the lists of `several` columns as texts."""
    lists = [column.name for column in columns if column.several]
    return [{**row, **{name: joined(row[name]) for name in lists}} for row in rows] if lists else rows


def joined(items: Iterable[Any] | None) -> str | None:
    """Return a list as one text; None for an empty one."""
    return SEPARATOR.join(str(item).replace(";", ",") for item in items or ()) or None


def items(text: str | None) -> list[str]:
    """Return the items of a text that `joined` made."""
    return text.split(SEPARATOR) if text else []
