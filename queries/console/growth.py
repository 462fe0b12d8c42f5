"""Texts and lists that grow without end: within one row no engine counts or stops it, so what may grow is bounded here.

weights   how often what a row holds is put into a name: `t + ',' + t` twice, in the next WITH four times, at most MOST
reduce    its accumulator is put once into each round (accumulators.py), and what is joined goes through a list that is
          short by its form
long      the rounds of lists within each other, times the longest text, are bounded
"""

from collections.abc import Mapping, Sequence
from typing import Any

from queries.console import accumulators
from queries.console.allowed import CLAUSES, KEYWORDS, VALUES
from queries.console.brackets import Brackets
from queries.console.parameters import texts
from queries.console.stored import is_property
from queries.console.tokens import Token, refused

MOST = 1_000
ROUNDS = 10_000
LONG = 200  # characters of a text that a query brings itself
LONG_PROPERTY, LONG_PROPERTY_CHARACTERS = "text", 2_000
CHARACTERS = 2_000_000  # rounds of lists within each other, times the longest text
LONG_LIST = 20_000  # characters that a list is taken for where a query makes it of many rows, numbers or letters
OF_A_PATH = 100  # rounds: nodes, relationships, labels, keys
_PARTS = CLAUSES | {"UNION", "WHERE", "ORDER", "SKIP", "OFFSET", "LIMIT", "YIELD"}
_JOINS = ("+", "||")
_ONE_NUMBER = frozenset({"COUNT", "SUM", "AVG", "SIZE", "LENGTH", "TOINTEGER", "TOFLOAT"})
_SHORT_LISTS = frozenset({"NODES", "RELATIONSHIPS", "LABELS", "KEYS"})
_MAKES_LIST = frozenset({"RANGE", "COLLECT", "SPLIT"})
_MAKES_TEXT = frozenset(
    {
        *("REPLACE", "SUBSTRING", "LEFT", "RIGHT", "REVERSE", "TRIM", "LTRIM", "RTRIM", "BTRIM", "LOWER", "UPPER"),
        *("TOLOWER", "TOUPPER", "TOSTRING", "TOSTRINGORNULL", "NORMALIZE", "SPLIT"),
    }
)
_UNKNOWN_REPLACEMENT = 200


def check(
    query: str,
    tokens: Sequence[Token],
    brackets: Brackets,
    names: set[int],
    variables: frozenset[str],
    parameters: Mapping[str, Any],
) -> None:
    """Raise QueryError (growth) where something may grow without end; `variables` have stored properties."""
    growth = _Growth(query, tokens, brackets, names, variables)
    growth.weigh()
    lengths = [len(token.text) for token in tokens if token.kind == "string"]
    lengths += [len(text) for text in texts(parameters)]
    if any(at in names and token.text.lower() == LONG_PROPERTY for at, token in enumerate(tokens)):
        lengths.append(LONG_PROPERTY_CHARACTERS)
    growth.look_into_lists(max(lengths, default=1))


class _Growth:
    def __init__(
        self,
        query: str,
        tokens: Sequence[Token],
        brackets: Brackets,
        names: set[int],
        variables: frozenset[str],
    ) -> None:
        self._variables = variables
        self._query, self._tokens, self._brackets, self._names = query, tokens, brackets, names
        self._weights: dict[str, int] = {}
        self._lists: set[str] = set()  # names that may stand for a long list, or for what holds one

    def _word(self, at: int) -> str:
        token = self._tokens[at]
        return token.folded if token.kind in ("word", "quoted") and at not in self._names else ""

    def _symbol(self, at: int) -> str:
        return self._brackets.symbol(at)

    def _refused(self, at: int, message: str) -> Exception:
        return refused(self._query, self._tokens[at].start, "growth", message)

    def weigh(self) -> None:
        """Give each name the weight of what it stands for; refuse one above MOST."""
        start = 0
        for at in range(len(self._tokens) + 1):
            if at < len(self._tokens) and not self._ends_item(at):
                continue
            if at > start:
                self._item(start, at)
            start = at + 1

    def _ends_item(self, at: int) -> bool:
        if self._word(at) in _PARTS:
            return True
        inner = self._brackets.inner[at]
        return self._symbol(at) == "," and (inner is None or self._brackets.kinds.get(inner) == "subquery")

    def _item(self, start: int, end: int) -> None:
        named = end > start + 2 and self._tokens[end - 2].folded == "AS" and end - 1 in self._names
        last = end - 2 if named else end
        weight = self._weight(start, last)
        if weight > MOST:
            message = f"Something is put together from itself some {weight:,} times, more than {MOST:,}"
            raise self._refused(start, message)
        if named:
            one = self._word(start) in _ONE_NUMBER and self._brackets.closing.get(start + 1) == last - 1
            name = self._tokens[end - 1].folded
            if not one and any(self._is_long_list(at) for at in range(start, last)):
                self._lists.add(name)
            self._weights[name] = max(self._weights.get(name, 1), 1 if one else weight)

    def _weight(self, start: int, end: int) -> int:
        held = [self._word(at) for at in range(start, end) if self._is_variable(at)]
        heaviest = max((self._weights.get(name, 1) for name in held), default=1)
        # A name that is new here, of a list's element or a sum, may hold the heaviest that stands beside it.
        each = [self._weights.get(name, heaviest) for name in held]
        put_together = any(self._symbol(at) in (*_JOINS, "[", "{") for at in range(start, end))
        factor = 1
        for at in range(start, end):
            if self._word(at) == "REPLACE" and self._symbol(at + 1) == "(":
                factor *= self._longer(at + 1)
        return max(1, sum(each) if put_together else heaviest) * factor

    def _is_long_list(self, at: int) -> bool:
        return self._word(at) in (self._lists if self._is_variable(at) else _MAKES_LIST)

    def _is_variable(self, at: int) -> bool:
        word = self._word(at)
        if not word or word in KEYWORDS | VALUES or self._symbol(at - 1) in (".", "$"):
            return False
        return self._symbol(at + 1) not in ("(", ":")

    def _longer(self, bracket: int) -> int:
        """Return how many times as long replace() may make a text."""
        end = self._brackets.closing[bracket]
        if [token.kind for token in self._tokens[end - 3 : end : 2]] == ["string", "string"]:
            sought, put = self._tokens[end - 3].text, self._tokens[end - 1].text
            if self._symbol(end - 2) == ",":
                return max(1, -(-len(put) // max(1, len(sought))))
        return _UNKNOWN_REPLACEMENT

    def look_into_lists(self, longest: int) -> None:
        """Refuse list expressions that make texts or lists longer and longer, or many long ones."""
        rounds: dict[int, int | None] = {}
        for start, end in sorted(self._brackets.closing.items(), reverse=True):  # inner ones first
            within = [at for at in range(start + 1, end) if self._brackets.inner[at] == start]
            each = next((at for at in within if self._word(at) == "IN"), None)
            reduces = start > 0 and self._symbol(start) == "(" and self._word(start - 1) == "REDUCE"
            comprehends = self._symbol(start) == "[" and each == start + 2
            if each is None or not (reduces or comprehends):
                continue
            bar = next((at for at in within if at > each and self._symbol(at) == "|"), end)
            where = next((at for at in within if at > each and self._word(at) == "WHERE"), bar)
            if reduces:
                accumulators.check(self._query, self._tokens, self._brackets, self._names, start, bar)
            inner = [rounds[at] for at in rounds if bar < at < end]
            rounds[start] = self._product(self._rounds(each + 1, min(bar, where)), inner)
            makes = any(
                self._symbol(at) in _JOINS or (self._word(at) in _MAKES_TEXT and self._symbol(at + 1) == "(")
                for at in range(bar, end)
            )
            if not makes:
                continue
            put = any(self._is_variable(at) and self._is_long_list(at) for at in range(bar, end))
            known, length = rounds[start], max(longest, LONG_LIST * put)
            if known is None:
                refuse = length > LONG or (reduces and not self._begins_with_number(start))
            else:
                refuse = known * length > CHARACTERS
            if refuse:
                message = "Texts or lists are put together for each of a list that may be very long: cut it, such as"
                raise self._refused(start - reduces, f"{message} names[..1000], or bring shorter texts")

    def _product(self, rounds: int | None, inner: Sequence[int | None]) -> int | None:
        """Return how often what is innermost is made, or None where that is unknown."""
        known = [each for each in inner if each is not None]
        return None if rounds is None or len(known) < len(inner) else rounds * max(known, default=1)

    def _begins_with_number(self, start: int) -> bool:
        first = start + 4 if self._symbol(start + 3) == "-" else start + 3
        return self._tokens[first].kind == "number" and self._symbol(first + 1) == ","

    def _rounds(self, start: int, end: int) -> int | None:
        """Return how long a list may be by its form: written out, of a path, stored, or cut; None where it may be any
        length."""
        if self._symbol(end - 1) == "]":
            opening = next(at for at, last in self._brackets.closing.items() if last == end - 1)
            bound = self._tokens[end - 2]
            if opening > start and self._symbol(end - 3) == ".." and bound.kind == "number":
                return self._bound(bound)
            written = opening == start and not any(self._word(at) == "IN" for at in range(start, end))
            return end - start if written else None
        if self._symbol(start + 1) == "(" and self._brackets.closing[start + 1] == end - 1:
            if self._word(start) == "RANGE":
                bounds = [self._bound(token) for token in self._tokens[start + 2 : end - 1]]
                return bounds[2] if len(bounds) == 3 and bounds[0] is not None else None
            return OF_A_PATH if self._word(start) in _SHORT_LISTS else None
        return OF_A_PATH if end - start == 3 and is_property(self._tokens, start, self._variables) else None

    def _bound(self, token: Token) -> int | None:
        return int(token.text) if token.text.isdigit() and int(token.text) <= ROUNDS else None
