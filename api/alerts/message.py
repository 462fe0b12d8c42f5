"""What an alert tells: the changes, as data for programs and as a text for people."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from api.alerts.alert import Alert
from api.alerts.changes import Changes, key_columns
from api.alerts.sentences import Sentences, command, path, sentences
from api.values import cell
from graph import ids
from graph.frame import Row
from graph.printable import printable
from queries.catalogue import Question

if TYPE_CHECKING:
    from graph.store import Store

MOST_SHOWN = 20  # rows of each kind; how many more there are is said


@dataclass(frozen=True, slots=True)
class Message:
    """One message; `id` is another for every message, and the same when one is sent again."""

    id: str
    subject: str
    text: str
    data: dict[str, Any]


def message(store: "Store", alert: Alert, found: Changes, at: str, *, test: bool = False) -> Message:
    """Return what there is to tell of changes from `alert.seen` to `at`; a test says that it is one."""
    numbers = {"new": len(found.new), "changed": len(found.changed), "gone": len(found.gone)}
    told = ", ".join(f"{number:,} {kind}" for kind, number in numbers.items() if number) or "nothing new"
    subject = f"talentgraph{' test' if test else ''}: {told}: {alert.question.title}"
    new = [(row, sentences(store, alert, row, at=at)) for row in found.new[:MOST_SHOWN]]
    changed = [(*pair, sentences(store, alert, pair[1], at=at)) for pair in found.changed[:MOST_SHOWN]]
    gone = [(row, sentences(store, alert, row, at=at, gone=True)) for row in found.gone[:MOST_SHOWN]]
    data = {
        "alert": alert.id,
        "question": alert.name,
        "title": alert.question.title,
        "parameters": dict(alert.parameters),
        "when": str(alert.when),
        "test": test,
        "from": alert.seen,
        "to": at,
        "rows": numbers,
        "new": [{"row": row, "sentences": asdict(opened)} for row, opened in new],
        "changed": [
            {"row": later, "before": _differing(earlier, later), "sentences": asdict(opened)}
            for earlier, later, opened in changed
        ],
        "gone": [{"row": row, "sentences": asdict(opened)} for row, opened in gone],
        "command": command(alert.name, alert.parameters),
        "path": path(alert.name, alert.parameters),
    }
    lines = [subject, f"{alert.id}, {alert.when}; from {_instant(alert.seen)} to {_instant(at)}", ""]
    for row, opened in new:
        lines += [f"+ {_label(alert.question, row)}{_numbers(alert.question, row)}", *_opened(opened)]
    for earlier, later, opened in changed:
        lines += [f"~ {_label(alert.question, later)}: {_differences(earlier, later)}", *_opened(opened)]
    for row, opened in gone:
        lines += [f"- {_label(alert.question, row)}{_numbers(alert.question, row)}", *_opened(opened)]
    if left := sum(max(0, number - MOST_SHOWN) for number in numbers.values()):
        lines.append(f"… and {left:,} more rows")
    lines += ["", f"The whole answer: {data['command']}", f"                  {data['path']}"]
    envelope = {"type": "talentgraph.alert", "timestamp": at, "data": data}  # as standardwebhooks.com has it
    id = f"msg-{ids.digest(alert.id, alert.seen, at, str(test))}"
    return Message(id, printable(subject), "\n".join(map(printable, lines)), envelope)


def _differing(earlier: Row, later: Row) -> Row:
    return {name: value for name, value in earlier.items() if value != later[name]}


def _differences(earlier: Row, later: Row) -> str:
    parts = (
        f"{_words(name)} {cell(value)} → {cell(later[name])}"
        for name, value in _differing(earlier, later).items()
        if not name.endswith("_ids")  # the names beside them say it
    )
    return ", ".join(parts)


def _label(question: Question, row: Row) -> str:
    """Return what a row is about: a claim in its own words, else its names, without the ids behind them."""
    if row.get("claim"):
        return str(row["claim"])
    names = [name for name in key_columns(question) if not name.endswith(("id", "_ids")) and name != "quote"]
    shown = [cell(row[name]) for name in names if row[name] not in (None, "", False, True)]
    return " · ".join(shown) or "the answer"


def _numbers(question: Question, row: Row) -> str:
    numbers = [c.name for c in question.columns if c.type in ("integer", "float") and row[c.name] is not None]
    return ": " + ", ".join(f"{_words(name)} {cell(row[name])}" for name in numbers) if numbers else ""


def _opened(opened: Sentences) -> Iterator[str]:
    """Yield the lines that open the sentences of a row."""
    if opened.claim_ids:
        more = opened.total - len(opened.claim_ids)
        yield f"    {', '.join(opened.claim_ids)}{f' and {more:,} more' if more else ''}"
    yield f"    {opened.command}"
    yield f"    {opened.path}"


def _words(name: str) -> str:
    return name.replace("_", " ")


def _instant(instant: str) -> str:
    return f"{instant[:19].replace('T', ' ')} UTC"
