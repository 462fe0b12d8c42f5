"""Two answers to a question → the rows that are new, gone, or have other numbers."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from api.alerts.condition import ROWS, Condition
from graph.frame import Row
from queries.catalogue import Question


@dataclass(slots=True)
class Changes:
    """Rows of the later answer that are new, of the earlier that are gone, and pairs of both that differ."""

    new: list[Row] = field(default_factory=list)
    gone: list[Row] = field(default_factory=list)
    changed: list[tuple[Row, Row]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.new or self.gone or self.changed)


def of_claims(question: Question) -> bool:
    """Whether each row of a question's answer is about one claim."""
    names = {column.name for column in question.columns}
    return "claim_id" in names and "claims" not in names


def key_columns(question: Question) -> list[str]:
    """Return the columns by which a row of an answer is the same row in another.

    Of rows about claims these are ids. Of counts they are all texts and marks, but for a claim that is only an example;
    where there are none, lists of them.
    """
    if of_claims(question):
        ids = (column.name for column in question.columns if column.name.endswith("_id"))
        return [
            name for name in ids if name not in ("recruiter_id", "publisher_id")
        ]  # which a claim may come to change
    texts = [
        c.name for c in question.columns if c.type in ("string", "boolean") and not c.several and c.name != "claim_id"
    ]
    return texts or [column.name for column in question.columns if column.several]


def changes(question: Question, before: Sequence[Row], after: Sequence[Row]) -> Changes:
    """Return what differs between two whole answers, in the order of each."""
    keys = key_columns(question)
    found = Changes()
    earlier: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in before:
        earlier[_key(row, keys)].append(row)
    differing = []
    for row in after:  # what is the same in both goes first, so that only the rest of equal keys is paired
        same = earlier[_key(row, keys)]
        if row in same:
            same.remove(row)
        else:
            differing.append(row)
    for row in differing:
        rest = earlier[_key(row, keys)]
        if rest:
            found.changed.append((rest.pop(0), row))
        else:
            found.new.append(row)
    left = [id(row) for rows in earlier.values() for row in rows]
    found.gone = [row for row in before if id(row) in set(left)]
    return found


def news(question: Question, when: Condition, before: Sequence[Row], after: Sequence[Row]) -> Changes:
    """Return the changes that a condition is about: all, or those of rows that were not above the threshold and are."""
    found = changes(question, before, after)
    if when.threshold is None:
        return found
    if when.column == ROWS:
        return found if len(before) <= when.threshold < len(after) else Changes()

    threshold = when.threshold

    def above(row: Row) -> bool:
        return bool((row[when.column] or 0) > threshold)

    risen = [(earlier, later) for earlier, later in found.changed if above(later) and not above(earlier)]
    return Changes([row for row in found.new if above(row)], [], risen)


def _key(row: Row, keys: Sequence[str]) -> tuple[Any, ...]:
    return tuple(row[name] for name in keys)
