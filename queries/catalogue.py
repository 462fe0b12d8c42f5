"""Everything you may ask: the question files beside this module, by name, and `ask`.

claims, approaches, documents, stories, claimants      the five counts of an answer, each distinct in its row
"""

import difflib
import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from graph.errors import AnswerTooLarge, QuestionFileError, UnknownQuestion
from graph.frame import Row
from queries import analytics
from queries.flat import flat
from queries.header import CLAIM, STORY, Column, Question, counts_rows, read
from queries.param import FILTERS, KNOWN_AT, Param
from queries.parameters import bind, default
from queries.remembered import Found, remembered
from queries.statement import decided

if TYPE_CHECKING:
    from graph.store import Store

__all__ = ["Answer", "Column", "Param", "Question", "ask", "find", "questions"]

HERE = Path(__file__).parent
NARROWING = ("among", "region", "field", "since", "until", "min_stories")
NOT_LISTED = Found((), 0, ())
OPEN_ENDS = (  # column of an answer, column of the question `coverage`, what it is called
    ("region_id", "no_region", "a region"),
    ("destination_id", "no_region", "a destination"),
    ("origin_id", "no_origin", "an origin"),
    ("field_id", "no_field", "a field"),
    ("from_claims", "no_origin", "an origin"),
    ("incentive_id", "no_incentive", "an incentive"),
    ("channel_id", "no_channel", "a channel"),
    ("company_id", "no_company", "a company that recruits"),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """Rows `offset` to `offset + limit` of `total`; `notes` are sentences that belong under them."""

    question: str
    columns: tuple[str, ...]
    rows: list[Row]
    total: int
    limit: int | None
    offset: int
    notes: tuple[str, ...] = ()


@functools.cache
def questions(folder: Path = HERE) -> Mapping[str, Question]:
    """Return every question by name, sorted by topic and name.

    Raises QuestionFileError when a file's header and body do not agree.
    """
    found: dict[str, Question] = {}
    for path in sorted(folder.glob("*/*.cypher")):
        question = read(path)
        if question.name in found:
            raise QuestionFileError(f"{path}: {found[question.name].path} has the same name.")
        found[question.name] = question
    for question in found.values():
        if question.notes and question.notes.split()[0] not in found:
            raise QuestionFileError(f"{question.path}: its notes name `{question.notes}`, which is no question.")
    return MappingProxyType(found)


def find(name: str) -> Question:
    """Return a question by name; UnknownQuestion names those that are near."""
    if name not in questions():
        near = difflib.get_close_matches(name, questions(), n=3, cutoff=0.5)
        hint = f"Did you mean {' or '.join(near)}?" if near else f"There are: {', '.join(questions())}."
        raise UnknownQuestion(f"There is no question {name!r}. {hint}")
    return questions()[name]


def ask(store: "Store", name: str, arguments: Mapping[str, Any], *, known_at: str | None = None) -> Answer:
    """Answer a question; `arguments` may be text or typed values, and `known_at` is the same as the argument.

    An answer is kept, and given again while the store's revision stays.

    Raises UnknownQuestion, WrongParameter, UnknownEntity, AmbiguousEntity, AnswerTooLarge and whatever the store
    raises.
    """
    question = find(name)
    given = dict(arguments) if known_at is None else {**arguments, "known_at": known_at}
    revision = store.revision()
    key = ("bound", question, repr(sorted(given.items())))  # looking entities up may read as much as an answer
    values = remembered(store, key, lambda: Found((bind(store, question, given),), 1, ()), revision).rows[0]
    found = _answer(store, question, values, revision)
    limit, offset = values["limit"], values["offset"]
    rows = found.rows[offset - found.begin : offset - found.begin + limit]
    if "single" in question.counted:
        shown = ("titled", question, repr(sorted(values.items())))
        told = remembered(store, shown, lambda: Found(_titled(store, rows, values), len(rows), ()), revision)
        rows = told.rows
    columns = tuple(column.name for column in question.columns)
    return Answer(name, columns, [dict(row) for row in rows], found.total, limit, offset, found.notes)


def _answer(store: "Store", question: Question, values: Mapping[str, Any], revision: int) -> Found:
    """Return what the counts kept of all time say, where they can answer; else what is counted from the claims."""
    narrowing = (*question.kept_at, *(param.name for param in (*FILTERS, KNOWN_AT)))
    at_default = (param for param in question.params if param.name in narrowing)
    if question.kept is not None and all(values[param.name] == default(store, param) for param in at_default):
        found = _remembered(store, question, question.kept, values, revision)
        if found.total:
            return found
    return _remembered(store, question, question.cypher, values, revision)


def _remembered(store: "Store", question: Question, cypher: str, values: Mapping[str, Any], revision: int) -> Found:
    """Return what a statement says: all rows, or the asked page where it skips and limits by itself."""
    counting = counts_rows(cypher)
    whole = repr(sorted((n, v) for n, v in values.items() if n not in ("limit", "offset")))
    page = (values["limit"], values["offset"]) if counting else None

    if {CLAIM, STORY} & {*question.counted}:
        key = (question, "listed", whole, values["limit"], values["offset"])
        listed = remembered(store, key, lambda: _listed(store, question, values), revision)
        if listed is not NOT_LISTED:
            return listed

    def found() -> Found:
        counted = _counted(store, question, values) if cypher is question.cypher else None
        rows = _read(store, question, cypher, values) if counted is None else counted
        if question.then and (counted is None or question.then not in question.counted):
            limited = counted is None or "tie" in question.counted
            rows = flat(question.columns, _then(question, rows, values, question.most if limited else None))
        elif counted is None:  # what was counted is flat
            rows = flat(question.columns, [*rows])
        notes = _notes(store, question, values, revision)
        if counting is None:
            return Found(rows, len(rows), notes)
        key = (question, counting, whole)
        total = remembered(
            store, key, lambda: Found((), _read(store, question, counting, values)[0]["total"], ()), revision
        )
        return Found(tuple(rows), total.total, notes, values["offset"])

    asked = slice(values["offset"], values["offset"] + values["limit"]) if page is None else None
    return remembered(store, (question, cypher, whole, page), found, revision, asked)


def _counted(store: "Store", question: Question, values: Mapping[str, Any]) -> Sequence[Row] | None:
    """Return the rows of a question that is counted from columns; None for another, and where it cannot be."""
    if not question.counted or {CLAIM, STORY} & {*question.counted}:
        return None
    from queries import counted  # it needs numpy, and most commands do not

    return counted.rows(store, question, values)


def _listed(store: "Store", question: Question, values: Mapping[str, Any]) -> Found:
    """Return the page of a question whose rows are claims, or stories, one by one; NOT_LISTED where it cannot be."""
    from queries import listed  # it needs numpy

    page = listed.stories if STORY in question.counted else listed.claims
    found = page(store, question, values)
    return (
        NOT_LISTED if found is None else Found(tuple(flat(question.columns, found[0])), found[1], (), values["offset"])
    )


def _titled(store: "Store", rows: Sequence[Row], values: Mapping[str, Any]) -> list[Row]:
    from queries.titles import titled  # it needs numpy

    return titled(store, rows, values)


def _read(store: "Store", question: Question, cypher: str, values: Mapping[str, Any]) -> list[Row]:
    """Send a statement, its question's name on top so that a slow-query log points home, with the values it uses."""
    cypher = decided(cypher, values)
    used = {name: value for name, value in values.items() if f"${name}" in cypher}
    return store.read(f"// question {question.name}\n{cypher}", used)


def _then(question: Question, rows: Sequence[Row], values: Mapping[str, Any], most: int | None) -> list[Row]:
    """Return what the question's function makes of rows, of which an engine may have given `most`; never of a part."""
    assert question.then is not None
    if most is not None and len(rows) > most:
        raise AnswerTooLarge(
            f"`{question.name}` works on at most {most:,} rows, and there are more. "
            f"Narrow it with {', '.join(f'`{p.name}`' for p in question.params if p.name in NARROWING)}."
        )
    wanted = analytics.arguments(question.then)
    return analytics.FUNCTIONS[question.then]([*rows], **{name: values[name] for name in wanted})


def _notes(store: "Store", question: Question, values: Mapping[str, Any], revision: int) -> tuple[str, ...]:
    """Say how many of the counted claims leave open what the question is about, and what became of undated ones."""
    if question.notes is None:
        return ()
    name, *renamed = question.notes.split()
    left_open = questions()[name]
    names = {param.name: param.name for param in left_open.params}
    names |= dict(pair.split("=") for pair in renamed)
    filters = {theirs: values.get(ours) for theirs, ours in names.items()}
    for param in left_open.params:
        if param.many and isinstance(filters[param.name], str):  # one value of a question that takes no more
            filters[param.name] = [filters[param.name]]
    counts = _answer(store, left_open, filters, revision).rows[0]
    columns = {column.name for column in question.columns}
    open_ends = [f"{counts[key]} without {what}" for column, key, what in OPEN_ENDS if column in columns]
    fate = "left out" if values["since"] or values["until"] or values.get("fill") else "counted"
    of_these = f"; of these {' and '.join(open_ends)} (`unstated`)" if open_ends else ""
    return (
        f"Counted from {counts['claims']} claims{of_these}.",
        f"Without a date (`undated`): {counts['undated']}, {fate}.",
    )
