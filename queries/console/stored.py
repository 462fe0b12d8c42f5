"""Which properties a query reads as they are stored: those of the nodes and relationships that its patterns find."""

from collections.abc import Sequence

from queries.console.allowed import CLAUSES
from queries.console.brackets import Brackets
from queries.console.tokens import Token

_ENDS_PATTERN = CLAUSES | {"WHERE", "UNION", "YIELD", "ORDER", "SKIP", "OFFSET", "LIMIT"}


def found(tokens: Sequence[Token], brackets: Brackets, names: set[int]) -> frozenset[str]:
    """Return, as they are compared, the variables that a pattern binds and that stand for nothing else anywhere.

    One that is named by AS, an element of a list or an accumulator may be any value that the query brings.
    """
    bound: set[str] = set()
    other: set[str] = set()
    in_pattern = False
    for at, token in enumerate(tokens):
        if token.kind == "word" and at not in names and token.folded in _ENDS_PATTERN:
            in_pattern = token.folded == "MATCH"
        elif brackets.kinds.get(at) == "subquery":
            in_pattern = True  # EXISTS { (a)-->(b) }: a clause behind the brace says otherwise
        if token.kind not in ("word", "quoted"):
            continue
        before, after = brackets.symbol(at - 1), brackets.symbol(at + 1)
        if in_pattern and at not in names and _opens_element(tokens, brackets, at - 1):
            bound.add(token.folded)
        is_named = at > 0 and tokens[at - 1].kind == "word" and tokens[at - 1].folded == "AS"
        is_element = at + 1 < len(tokens) and tokens[at + 1].kind == "word" and tokens[at + 1].folded == "IN"
        is_accumulator = before == "(" and after == "="
        if is_named or (at not in names and (is_element or is_accumulator)):
            other.add(token.folded)
    return frozenset(bound - other)


def is_property(tokens: Sequence[Token], at: int, variables: frozenset[str]) -> bool:
    """Return whether `variable.property` begins at a position, of one of those variables."""
    if at < 0 or at + 2 >= len(tokens) or tokens[at + 1].text != "." or tokens[at + 1].kind != "symbol":
        return False
    return tokens[at].kind in ("word", "quoted") and tokens[at].folded in variables


def is_alone(tokens: Sequence[Token], at: int) -> bool:
    """Return whether what begins at a position is no part of `$m.name`, of `a.b.name` or of what an operator joins."""
    before = tokens[at - 1].text if at > 0 and tokens[at - 1].kind == "symbol" else ""
    return before not in (".", "$", "+", "||", "-", "*", "/", "%", "^")


def _opens_element(tokens: Sequence[Token], brackets: Brackets, bracket: int) -> bool:
    """Return whether a bracket opens a node or a relationship of a pattern."""
    symbol, before = brackets.symbol(bracket), brackets.symbol(bracket - 1)
    outer = brackets.inner[bracket] if bracket >= 0 else None
    while outer is not None and brackets.symbol(outer) == "(":
        outer = brackets.inner[outer]
    if outer is not None and brackets.kinds.get(outer) != "subquery":
        return False
    if symbol == "[":
        return before == "-"
    return symbol == "(" and (before != "" or tokens[bracket - 1].folded == "MATCH")
