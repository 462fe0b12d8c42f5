"""The gate: a query passes when all it is made of is allowed, whatever it is wrapped in.

    tokens → words and brackets in their order → allowed clauses, procedures, functions → costs → growth → patterns

A word is a name where Cypher can take it for nothing else: behind a dot, behind a colon of a label, behind `AS` or `$`,
before a colon in a map. Names may be anything. Any other word must be an allowed one where a clause or an operator
stands, and that is behind every value: Cypher never puts two values side by side.
"""

import difflib
from collections.abc import Mapping, Sequence
from typing import Any

from graph.errors import QueryError
from queries.console import costs, growth, patterns, stored
from queries.console.allowed import (
    AFTER_VALUE,
    BEFORE_BRACKET,
    CLAUSES,
    FUNCTIONS,
    KEYWORDS,
    NEVER,
    PROCEDURES,
    VALUES,
)
from queries.console.brackets import Brackets
from queries.console.tokens import Token, refused, tokens

CHARACTERS = 20_000


def check(query: str, parameters: Mapping[str, Any]) -> str:
    """Return the query as it may be sent, without a last semicolon. QueryError says why and where it is refused."""
    if len(query) > CHARACTERS:
        raise QueryError(f"The query has more than {CHARACTERS:,} characters.", reason="length")
    found = tokens(query)
    if found and found[-1].text == ";" and found[-1].kind == "symbol":
        query = query[: found.pop().start]
    if not found:
        raise QueryError("There is no query.", reason="empty")
    walk = _Walk(query, found)
    walk.run()
    costs.check(query, found, walk.brackets, walk.names)
    variables = stored.found(found, walk.brackets, walk.names)
    growth.check(query, found, walk.brackets, walk.names, variables, parameters)
    patterns.check(query, found, walk.names, variables, parameters)
    return query


class _Walk:
    """One pass over the tokens; `names` holds the positions of those that are names."""

    def __init__(self, query: str, found: Sequence[Token]) -> None:
        self._query = query
        self._tokens = found
        self.brackets = Brackets(query, found)
        self.names: set[int] = set()
        self._labels: set[int] = set()
        self._value = False  # whether what went before ends a value
        self._start = True  # whether a clause must begin here

    def run(self) -> None:
        at = 0
        while at < len(self._tokens):
            at = self._next(at)

    def _text(self, at: int) -> str:
        """Return the symbol at a position, or nothing."""
        if 0 <= at < len(self._tokens) and self._tokens[at].kind == "symbol":
            return self._tokens[at].text
        return ""

    def _word(self, at: int) -> str:
        """Return the word at a position as it is compared, or nothing where there is none or it is a name."""
        if 0 <= at < len(self._tokens) and self._tokens[at].kind == "word" and at not in self.names:
            return self._tokens[at].folded
        return ""

    def _no(self, at: int, reason: str, message: str) -> QueryError:
        return refused(self._query, self._tokens[at].start, reason, message)

    def _next(self, at: int) -> int:
        """Look at one token and return the position of the next to look at."""
        token = self._tokens[at]
        if token.kind == "symbol":
            return self._symbol(at)
        if self._start and not self._may_start(at):
            raise self._clause(at)
        self._start = False
        if token.kind in ("word", "quoted") and self._is_name(at):
            self.names.add(at)
            self._value = True
            return at + 1
        if token.kind == "word" and token.folded in NEVER:
            raise self._clause(at)
        if self._value and not (token.kind == "word" and token.folded in AFTER_VALUE):
            raise self._clause(at)
        if token.kind in ("string", "number"):
            self._value = True
            return at + 1
        if token.kind == "word" and token.folded == "CALL" and self._text(at + 1) not in ("{", "("):
            return self._procedure(at)
        self._function(at)
        self._opens_clause(at)
        return at + 1

    def _may_start(self, at: int) -> bool:
        """Return whether a clause may begin with this word, or what goes between UNION and a clause."""
        word = self._tokens[at].folded if self._tokens[at].kind == "word" else ""
        if word in CLAUSES or (self._word(at - 1) == "UNION" and word in ("ALL", "DISTINCT")):
            return True
        return self._in_pattern_subquery(at) and self._text(at + 1) == "="

    def _clause(self, at: int) -> QueryError:
        token = self._tokens[at]
        shown = token.text if len(token.text) <= 40 else token.text[:40] + "…"
        message = f"{shown!r} may not stand here: the console only reads. As a name it goes in backticks"
        near = [] if token.folded in NEVER else difflib.get_close_matches(token.folded, CLAUSES | AFTER_VALUE, 1, 0.75)
        return self._no(at, "clause", f"{message}. Did you mean {near[0]}?" if near else message)

    def _opens_clause(self, at: int) -> None:
        """Note what a word leaves behind: a value, or room for one, or for a clause."""
        word = self._word(at)
        previous = self._word(at - 1)
        if previous == "OPTIONAL" and word not in ("MATCH", "CALL"):
            raise self._clause(at)
        self._start = word == "UNION" or (previous == "UNION" and word in ("ALL", "DISTINCT"))
        self._value = word not in KEYWORDS or word in VALUES

    def _symbol(self, at: int) -> int:
        symbol = self._text(at)
        if symbol == ";":
            raise self._no(at, "several_statements", "One query at a time: a semicolon may only end it.")
        if self._start and not (symbol == "(" and self._in_pattern_subquery(at)):
            raise self._clause(at)
        self._start = False
        if symbol == "$":
            if self._value:
                raise self._clause(at)
            if at + 1 >= len(self._tokens) or self._tokens[at + 1].kind not in ("word", "quoted", "number"):
                raise self._no(at, "parameter", "A dollar sign goes before the name of a parameter.")
            self.names.add(at + 1)
            self._value = True
            return at + 2
        if symbol == "(" and at and (self._tokens[at - 1].kind in ("string", "number") or self._text(at - 2) == "$"):
            raise self._clause(at)
        if symbol == "{":
            self._brace(at)
        elif symbol == "*":
            everything = self._word(at - 1) in ("RETURN", "WITH", "DISTINCT", "YIELD")
            self._value = everything or self._text(at - 1) in ("(", "{", ".", ",")
        else:
            self._value = symbol in (")", "]", "}")
        return at + 1

    def _brace(self, at: int) -> None:
        """Begin a subquery, a map or a quantifier."""
        self._value = False
        kind = self.brackets.kinds[at]
        if kind == "subquery":
            self._start = True
        elif kind == "map" and self._tokens[at + 1].kind in ("word", "quoted"):
            self._entry(at + 1)

    def _entry(self, at: int) -> None:
        """Refuse what is no entry of a map or of a map's projection."""
        if self._text(at + 1) not in (":", ",", "}"):
            raise self._clause(at)

    def _in_pattern_subquery(self, at: int) -> bool:
        """Return whether this is the first token in the braces of EXISTS or COUNT, where a pattern may stand alone."""
        return self._text(at - 1) == "{" and self._word(at - 2) in ("EXISTS", "COUNT")

    def _is_name(self, at: int) -> bool:
        before, after = self._text(at - 1), self._text(at + 1)
        if before == ".":
            return True
        if before in ("::", "$"):
            return before == "::"
        if self._word(at - 1) == "AS":
            return True
        inner = self.brackets.inner[at]
        in_map = inner is not None and self.brackets.kinds.get(inner) == "map"
        if in_map and before in ("{", ",") and after == ":":
            return True
        if before == ":" and not self.brackets.is_key_colon(at - 1):
            self._labels.add(at)
        elif (before in ("|", "&") and at - 2 in self._labels) or (
            before == "!" and (self._text(at - 2) in (":", "&", "|"))
        ):
            if after in ("(", "."):  # an expression behind a list's bar, not a label
                return False
            self._labels.add(at)
        return at in self._labels

    def _dotted(self, at: int) -> tuple[str, int]:
        """Return a name such as `date.truncate`, as it is compared, and the position behind it."""
        parts = [self._tokens[at].text]
        while self._text(at + 1) == "." and at + 2 < len(self._tokens) and self._tokens[at + 2].kind != "symbol":
            parts.append(self._tokens[at + 2].text)
            at += 2
        return ".".join(part.strip() for part in parts).lower(), at + 1

    def _procedure(self, at: int) -> int:
        if at + 1 >= len(self._tokens) or self._tokens[at + 1].kind not in ("word", "quoted"):
            raise self._clause(at)
        name, behind = self._dotted(at + 1)
        if name not in PROCEDURES:
            known = ", ".join(sorted(PROCEDURES))
            raise self._no(at + 1, "procedure", f"The procedure {name} is not among those that may be called: {known}")
        self.names.update(range(at + 1, behind))
        self._value, self._start = True, False
        return behind

    def _function(self, at: int) -> None:
        """Refuse a function that is not allowed; what goes before a round bracket is one, keywords apart."""
        token = self._tokens[at]
        name, behind = self._dotted(at)
        if self._text(behind) != "(":
            return
        if token.kind == "word" and behind == at + 1 and token.folded in BEFORE_BRACKET:
            return
        if name not in FUNCTIONS:
            near = difflib.get_close_matches(name, FUNCTIONS, 3, 0.75)
            hint = f". Did you mean {' or '.join(near)}?" if near else ""
            raise self._no(at, "function", f"The function {name} is not among those that may be used{hint}")


REASONS = {
    "length": "the text is too long",
    "empty": "there is no query",
    "several_statements": "more than one query",
    "clause": "a word or value where only an allowed clause or operator may stand",
    "procedure": "a procedure that is not allowed",
    "function": "a function that is not allowed",
    "parameter": "a dollar sign without a name behind it",
    "brackets": "brackets that do not match",
    "nesting": "brackets nested too deeply",
    "unclosed": "a comment, string or quoted name that does not end",
    "nested_comment": "a comment in a comment",
    "escape": "a backslash that engines read differently",
    "invisible": "an invisible character where it could hide something",
    "line_end": "a carriage return alone",
    "lookalike": "letters that only look like plain ones",
    "character": "a character without meaning in Cypher",
    "number": "a number that runs into a word",
    "path": "a path without an upper bound, or with too high a one",
    "range": "a list of too many numbers",
    "growth": "a text or list that doubles itself",
    "rounds": "list expressions within each other that go round too often",
    "pattern": "a regular expression that may take for ever",
    "clauses": "too many clauses",
}
"""Why the gate refuses, in one word for programs and in words for people."""
