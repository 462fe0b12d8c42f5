"""The claims behind a row: those that a question counted in it, each with its sentence.

The question's own statement is sent, with `count(DISTINCT c.id) AS claims` (or of those of a CASE) collecting where it
counted, and only for the row that is asked: what is listed cannot differ from what was counted. Of a question that is
counted from columns, these say on which days the claims of the asked page were reported, and of them alone it is sent.
"""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from graph.errors import WrongParameter
from queries import catalogue
from queries.catalogue import Answer
from queries.flat import flat
from queries.header import COUNTED, PAGE, Question, split_items
from queries.parameters import bind
from queries.remembered import Found, remembered
from queries.statement import decided

if TYPE_CHECKING:
    from graph.store import Store

WHOLE = ("unstated", "any", "total")  # in a row: what claims leave open, whatever, everything
ROW = "row_"  # begins the name of the parameter that says what a column of the row holds
_CLAIM = "(c:Claim)"
_AGGREGATES = re.compile(r"\b(?:count|collect|min|max|sum|avg)\(")
_CLAUSE = re.compile(r"\b(?:WITH|RETURN)\s(?:DISTINCT\s)?(?!.*\b(?:WITH|RETURN)\s)(.*)$", re.S)


def row_parameters(question: Question) -> tuple[str, ...]:
    """Return the names of the parameters that say which row is meant, such as `row_region_id`."""
    return tuple(ROW + name for name in question.behind)


def of_row(question: Question, row: Mapping[str, Any]) -> dict[str, str]:
    """Return the parameters that name a row of the question's answer; what is null there is left out."""
    given = {ROW + name: row[name] for name in question.behind if row[name] is not None}
    return {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in given.items()}


def claims(store: "Store", name: str, arguments: Mapping[str, Any]) -> Answer:
    """Return the claims that the question `name` counts in one row, as rows of the question `claims`, newest first.

    `arguments` are the question's own, those of `row_parameters` (absent: null), `limit` and `offset` of claims.
    Raises WrongParameter where the question has no such rows, and what `catalogue.ask` raises.
    """
    question, listing = catalogue.find(name), catalogue.questions()["claims"]
    if not question.behind:
        raise WrongParameter("name", f"`{name}` does not say which claims are behind a row.")
    row = {key: arguments.get(key) for key in row_parameters(question)}
    values = bind(store, question, {key: value for key, value in arguments.items() if key not in row})
    limit, offset, names = values["limit"], values["offset"], bool(values.get("names"))
    kept = {key: value for key, value in values.items() if key not in ("limit", "offset")}
    key = ("behind", name, repr(sorted(values.items())), repr(sorted(row.items())))
    narrowed = {**kept, **_narrower(question, kept, row), **row}
    found = remembered(store, key, lambda: _page(store, question, narrowed, offset, limit))
    ids = [entry["id"] for entry in found.rows[offset - found.begin : offset - found.begin + limit]]
    sentence = listing.cypher.partition(PAGE)[2]
    rows = store.read(
        f"// question claims\nUNWIND $ids AS claim MATCH (c:Claim {{id: claim}})\n{sentence}",
        {"ids": ids, "offset": 0, "limit": limit, "names": names},
    )
    columns = tuple(column.name for column in listing.columns)
    return Answer("claims", columns, flat(listing.columns, rows), found.total, limit, offset)


def statement(question: Question) -> str:
    """Return the question's statement, in which `claims` is a list of `day id` in the row that is asked."""
    counted = COUNTED.search(question.cypher)
    assert counted is not None  # the catalogue refuses a file that names `behind` without it
    before, after = question.cypher[: counted.start()], question.cypher[counted.end() :]
    clause = _CLAUSE.search(before)
    grouped = dict(_alias(item) for item in split_items(clause[1])) if clause else {}
    tests = [
        f"coalesce(toString({grouped[name]}), '') = coalesce(${ROW}{name}, '')"
        for name in question.behind
        if name in grouped and not _AGGREGATES.search(grouped[name])
    ]
    tests += [counted[1]] if counted[1] else []
    one = "coalesce(toString(c.reported_on), '') + ' ' + c.id"
    asked = f"CASE WHEN {' AND '.join(tests)} THEN {one} END" if tests else one
    return f"{before}collect(DISTINCT {asked}) AS claims{after}"


def _narrower(question: Question, values: Mapping[str, Any], row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the filters that a row implies: claims of the row of China recruit to China, and are found from there."""
    implied = {}
    for param in question.params:
        id = row.get(f"{ROW}{param.name}_id")
        open = param.type in ("region", "field") and values.get(param.name) is None
        if open and id is not None and id not in WHOLE:
            implied[param.name] = [id] if param.many else id
    return implied


def _alias(item: str) -> tuple[str, str]:
    expression, _, alias = re.sub(r"\s+", " ", item).strip().rpartition(" AS ")
    return (alias, expression) if expression else (alias, alias)


def _page(store: "Store", question: Question, values: Mapping[str, Any], offset: int, limit: int) -> Found:
    """Return the claims of a page, or all where columns do not say on which days these were reported."""
    counting = COUNTED.search(question.cypher)
    if question.counted and counting and not counting[1] and question.cypher.count(_CLAIM) == 1:
        from queries import counted  # it needs numpy, and most commands do not

        row = _asked(values)
        reported = counted.days(store, question, values, lambda found: of_row(question, found) == row)
        if reported is not None:
            days, by_day = reported
            page = days[offset : offset + limit]
            asked = {day for day in page if day is not None}
            if None not in page and sum(by_day[day] for day in asked) <= len(days):  # fewer to look at than the row has
                newer = sum(day > max(asked) for day in days if day is not None) if page else 0
                found = _found(store, question, {**values, "days": sorted(asked)}).rows if page else ()
                return Found(found, len(days), (), begin=newer)
    return _found(store, question, values)


def _asked(values: Mapping[str, Any]) -> dict[str, str]:
    return {name: value for name, value in values.items() if name.startswith(ROW) and value}


def _found(store: "Store", question: Question, values: Mapping[str, Any]) -> Found:
    cypher = statement(question)
    if "days" in values:
        cypher = f"MATCH {_CLAIM}\nWHERE c.reported_on IN $days\n{cypher.replace(_CLAIM, '(c)')}"
    cypher = decided(cypher, values)
    used = {name: value for name, value in values.items() if f"${name}" in cypher}
    rows = store.read(f"// claims behind a row of {question.name}\n{cypher}", used)
    found = {
        entry for row in rows if row["claims"] and of_row(question, row) == _asked(values) for entry in row["claims"]
    }
    listed = sorted((entry.partition(" ") for entry in found), key=lambda entry: entry[2])
    listed.sort(key=lambda entry: entry[0], reverse=True)
    return Found(tuple({"id": entry[2]} for entry in listed), len(listed), ())
