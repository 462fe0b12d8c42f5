"""Which bracket closes which, what each pair of braces is, and in which bracket a token stands."""

from collections.abc import Sequence
from typing import Literal

from queries.console.allowed import SUBQUERIES
from queries.console.tokens import Token, refused

DEPTH = 60
_CLOSING = {"(": ")", "[": "]", "{": "}"}

Braces = Literal["subquery", "map", "quantifier"]


class Brackets:
    """`inner` gives for each token the position of the bracket it stands in (None: none), `closing` for each opening
    bracket its end, `kinds` for each opening brace what it is."""

    def __init__(self, query: str, tokens: Sequence[Token]) -> None:
        """Read the brackets; QueryError where they do not match or nest too deeply."""
        self._tokens = tokens
        self.inner: list[int | None] = []
        self.closing: dict[int, int] = {}
        self.kinds: dict[int, Braces] = {}
        opened: list[int] = []
        for at, token in enumerate(tokens):
            symbol = token.text if token.kind == "symbol" else ""
            if symbol in _CLOSING.values():
                if not opened or _CLOSING[tokens[opened[-1]].text] != symbol:
                    raise refused(query, token.start, "brackets", f"This {symbol} closes nothing.")
                self.closing[opened.pop()] = at
            self.inner.append(opened[-1] if opened else None)
            if symbol in _CLOSING:
                opened.append(at)
                if len(opened) > DEPTH:
                    raise refused(query, token.start, "nesting", f"Brackets are nested more than {DEPTH} deep.")
                if symbol == "{":
                    self.kinds[at] = self._kind(at)
        if opened:
            raise refused(query, tokens[opened[-1]].start, "brackets", "This bracket is not closed.")

    def symbol(self, at: int) -> str:
        """Return the symbol at a position, or nothing."""
        return self._tokens[at].text if 0 <= at < len(self._tokens) and self._tokens[at].kind == "symbol" else ""

    def is_key_colon(self, at: int) -> bool:
        """Return whether the colon at a position stands behind the key of a map."""
        inner = self.inner[at]
        if inner is None or self.kinds.get(inner) != "map" or self.inner[at - 1] != inner:
            return False
        return self._tokens[at - 1].kind in ("word", "quoted") and self.symbol(at - 2) in ("{", ",")

    def _kind(self, at: int) -> Braces:
        before = at - 1
        if self.symbol(before) == ")":
            opening = next(start for start, end in self.closing.items() if end == before)
            if self._is_word(opening - 1, {"CALL"}):
                return "subquery"
        elif self._is_word(before, SUBQUERIES):
            return "subquery"
        if self.symbol(before) in (")", "]", ">", "-") and (
            self.symbol(at + 1) == "," or (at + 1 < len(self._tokens) and self._tokens[at + 1].kind == "number")
        ):
            return "quantifier"
        return "map"

    def _is_word(self, at: int, words: frozenset[str] | set[str]) -> bool:
        if at < 0 or self._tokens[at].kind != "word" or self._tokens[at].folded not in words:
            return False
        return self.symbol(at - 1) not in (".", ":", "$")  # a name that only sounds so
