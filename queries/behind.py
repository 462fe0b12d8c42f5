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
from queries.statement import CLAIM, decided

if TYPE_CHECKING:
    from graph.columns import Numbers
    from graph.store import Store

WHOLE = ("unstated", "any", "total")  # in a row: what claims leave open, whatever, everything
ROW = "row_"  # begins the name of the parameter that says what a column of the row holds
# Of some days a statement cannot say when a story began; that of `gain` Neo4j would plan as a product; the others' rows
# are made of several groups, or read.
WITHOUT_DAYS = frozenset(("new_story", "compared", "companies", "story", "gain"))
_AGGREGATES = re.compile(r"\b(?:count|collect|min|max|sum|avg)\(")
_CLAUSE = re.compile(r"\b(?:WITH|RETURN)\s(?:DISTINCT\s)?(?!.*\b(?:WITH|RETURN)\s)(.*)$", re.S)


def found_by_days(question: Question) -> bool:
    """Return whether columns can say on which days the claims of a row were reported, and the statement be asked so."""
    counting = COUNTED.search(question.cypher)
    simply = counting is not None and not counting[1] and question.cypher.count(CLAIM) == 1
    return bool(question.counted) and simply and WITHOUT_DAYS.isdisjoint(question.counted)


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
    if found_by_days(question):
        from queries import by_day, counted  # they need numpy, and most commands do not

        row = _asked(values)
        said = counted.days(store, question, values, lambda found: of_row(question, found) == row)
        if said is not None:
            reported, columns = said
            asked, newer = by_day.of_page(reported, offset, limit)
            if not len(asked):
                return Found((), len(reported), (), begin=offset)
            if by_day.claims_on(columns, asked) <= len(reported):  # fewer to look at than the row has
                found = _found(store, question, values, asked)
                return Found(found.rows, len(reported), (), begin=newer)
    return _found(store, question, values)


def _asked(values: Mapping[str, Any]) -> dict[str, str]:
    return {name: value for name, value in values.items() if name.startswith(ROW) and value}


def _found(store: "Store", question: Question, values: Mapping[str, Any], days: "Numbers | None" = None) -> Found:
    """Return the claims of the asked row, or of these those that were reported on some days."""
    cypher = statement(question)
    if days is not None:
        from queries import by_day

        cypher, of_days = by_day.on_days(cypher, days)
        values = {**values, **of_days}
    cypher = decided(cypher, values)
    used = {name: value for name, value in values.items() if f"${name}" in cypher}
    rows = store.read(f"// claims behind a row of {question.name}\n{cypher}", used)
    found = {
        entry for row in rows if row["claims"] and of_row(question, row) == _asked(values) for entry in row["claims"]
    }
    listed = sorted((entry.partition(" ") for entry in found), key=lambda entry: entry[2])
    listed.sort(key=lambda entry: entry[0], reverse=True)
    return Found(tuple({"id": entry[2]} for entry in listed), len(listed), ())
