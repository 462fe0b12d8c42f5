"""`--when`: `changed`, or `above N [COLUMN]`."""

import re
from dataclasses import dataclass

from graph.errors import WrongParameter
from queries.catalogue import Question

ROWS = "rows"
_ABOVE = re.compile(r"above (\d{1,15}(?:\.\d{1,15})?)(?: (\w+))?")


@dataclass(frozen=True, slots=True)
class Condition:
    """What counts as news: any change, or that `column` of a row (or the number of rows) rises above `threshold`."""

    threshold: float | None = None
    column: str = ""

    def __str__(self) -> str:
        return "changed" if self.threshold is None else f"above {self.threshold:.15g} {self.column}"


def parse(text: str) -> Condition:
    """Return the condition that a text names, its column as far as that is said; WrongParameter where it is none."""
    words = " ".join(text.split()).lower()
    if words == "changed":
        return Condition()
    found = _ABOVE.fullmatch(words)
    if not found:
        raise WrongParameter("when", f"--when {text[:80]!r} is neither `changed` nor `above N`, such as `above 10`.")
    return Condition(float(found[1]), found[2] or "")


def condition(text: str, question: Question) -> Condition:
    """Return the condition that a text names; without a column, claims are meant, or rows where there are none.

    Raises WrongParameter where the text is no condition, or names no number of the question's answer.
    """
    found = parse(text)
    if found.threshold is None:
        return found
    numbers = [column.name for column in question.columns if column.type in ("integer", "float")]
    column = found.column or ("claims" if "claims" in numbers else ROWS)
    if column not in (*numbers, ROWS):
        raise WrongParameter(
            "when", f"`{question.name}` has no number `{column}`. It has: {', '.join((*numbers, ROWS))}."
        )
    return Condition(found.threshold, column)
