"""What `reduce` makes of its accumulator: forty rounds that double it make it a million million times as long.

A round may put the accumulator once, as it is or in a function that makes nothing longer, beside something new:
`s + x`, `s + [x]`, `CASE WHEN … THEN s + x ELSE s END`. What only decides, between WHEN and THEN, does not count.
"""

from collections.abc import Sequence

from queries.console.allowed import BEFORE_BRACKET, KEYWORDS, VALUES
from queries.console.brackets import Brackets
from queries.console.tokens import Token, refused

_HINT = "write such as `s + x`, `s + [x]` or `CASE WHEN … THEN s + x ELSE s END`"
_CASE = ("CASE", "WHEN", "THEN", "ELSE", "END")
_KEEPS_SIZE = frozenset(
    {
        *("SIZE", "LENGTH", "ABS", "CEIL", "FLOOR", "ROUND", "SIGN", "SQRT", "EXP", "LOG", "LOG10", "COALESCE"),
        *("TOINTEGER", "TOFLOAT", "TOBOOLEAN", "TOSTRING", "TOLOWER", "TOUPPER", "LOWER", "UPPER"),
        *("LEFT", "RIGHT", "SUBSTRING", "TRIM", "LTRIM", "RTRIM", "REVERSE", "HEAD", "LAST", "TAIL"),
        *("ALL", "ANY", "NONE", "SINGLE"),
    }
)


def check(query: str, tokens: Sequence[Token], brackets: Brackets, names: set[int], opening: int, bar: int) -> None:
    """Raise QueryError (growth) where the step behind the bar of `reduce(` may multiply the accumulator."""
    step = _Step(tokens, brackets, names, opening, bar)
    name = tokens[opening + 1].text
    if at := next((at for at in step.uses if step.is_wrapped(at)), None):
        message = f"`{name}` may grow in every round, in brackets, braces or a function that makes things longer"
        raise refused(query, tokens[at].start, "growth", f"{message}: {_HINT}")
    if step.put(bar + 1, brackets.closing[opening]) > 1:
        message = f"`{name}` is put together with itself in every round: {_HINT}; a number's square is `s ^ 2`"
        raise refused(query, tokens[opening - 1].start, "growth", message)


class _Step:
    def __init__(self, tokens: Sequence[Token], brackets: Brackets, names: set[int], opening: int, bar: int) -> None:
        self._tokens, self._brackets, self._names, self._bar = tokens, brackets, names, bar
        name = tokens[opening + 1].folded  # for some engines a name is the same in any case
        self.uses = [
            at
            for at in range(bar + 1, brackets.closing[opening])
            if at not in names and tokens[at].kind in ("word", "quoted") and tokens[at].folded == name
        ]

    def is_wrapped(self, at: int) -> bool:
        """Return whether a use stands in a list, a map, a subquery, or a function that may make it longer."""
        bracket = self._brackets.inner[at]
        while bracket is not None and bracket > self._bar:
            before = self._tokens[bracket - 1]
            if self._brackets.symbol(bracket) != "(":
                return True
            if before.kind in ("word", "quoted") and before.folded not in _KEEPS_SIZE | BEFORE_BRACKET:
                return True
            bracket = self._brackets.inner[bracket]
        return False

    def put(self, start: int, end: int) -> int:
        """Return how often the accumulator is put into what an expression yields; of CASE, in one branch at most."""
        count, at = 0, start
        while at < end:
            if self._keyword(at) == "CASE" and (parts := self._parts(at, end)):
                count += max(self.put(*part) for part in parts)
                at = parts[-1][1]
            else:
                count += at in self.uses
            at += 1
        return count

    def _parts(self, case: int, end: int) -> list[tuple[int, int]]:
        """Return what is behind each THEN and ELSE of a CASE; nothing where its END is not found."""
        marks: list[int] = []
        depth = 0
        for at in range(case, end):
            word = self._keyword(at)
            depth += {"CASE": 1, "END": -1}.get(word, 0)
            if depth == 0:
                starts = [mark for mark in marks if self._keyword(mark) in ("THEN", "ELSE")]
                return [(mark + 1, min(other for other in [*marks, at] if other > mark)) for mark in starts]
            if depth == 1 and word in ("WHEN", "THEN", "ELSE"):
                marks.append(at)
        return []

    def _keyword(self, at: int) -> str:
        """Return the word of CASE at a position; one that is a name's stands behind no value, where these must."""
        token, before = self._tokens[at], self._tokens[at - 1]
        if token.kind != "word" or at in self._names or token.folded not in _CASE:
            return ""
        if before.kind == "symbol":
            behind_value = before.text in (")", "]", "}")
        else:
            behind_value = before.kind != "word" or at - 1 in self._names or before.folded not in KEYWORDS - VALUES
        opens = token.folded == "CASE" or (token.folded == "WHEN" and before.folded == "CASE")
        return token.folded if opens or behind_value else ""
