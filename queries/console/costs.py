"""What would cost more than anyone may spend, as far as the text shows it: the rest is up to EXPLAIN and the clock."""

from collections.abc import Sequence
from itertools import pairwise
from math import prod

from queries.console.allowed import CLAUSES
from queries.console.brackets import Brackets
from queries.console.tokens import Token, refused

HOPS = 10
RANGE = 100_000
ROUNDS = 1_000_000  # of list expressions within each other, as far as ranges tell
NESTED = 2
_EACH = {"ALL", "ANY", "NONE", "SINGLE", "REDUCE"}
CLAUSES_AT_MOST = 80
REPLACED_WITH = 200  # characters: a longer text put in many times makes a text of gigabytes


def check(query: str, tokens: Sequence[Token], brackets: Brackets, names: set[int]) -> None:
    """Raise QueryError (path, range, rounds, growth, clauses) where the query asks for too much."""
    clauses = [at for at, token in enumerate(tokens) if at not in names and _word(token) in CLAUSES | {"UNION"}]
    if len(clauses) > CLAUSES_AT_MOST:
        start = tokens[clauses[CLAUSES_AT_MOST]].start
        raise refused(query, start, "clauses", f"There are more than {CLAUSES_AT_MOST} clauses.")
    _rounds(query, tokens, brackets, names)
    for at, token in enumerate(tokens):
        if token.kind == "symbol":
            _path(query, tokens, brackets, at)
            _doubled(query, tokens, names, at)
        elif at not in names and brackets.symbol(at + 1) == "(":
            inside = tokens[at + 2 : brackets.closing[at + 1]]
            if _word(token) == "RANGE":
                _range(query, token, inside)
            elif _word(token) == "REPLACE" and any(
                other.kind == "string" and len(other.text) > REPLACED_WITH for other in tokens
            ):
                raise refused(query, token.start, "growth", "replace() with so long a text can grow without end.")


def _word(token: Token) -> str:
    return token.folded if token.kind in ("word", "quoted") else ""


def _path(query: str, tokens: Sequence[Token], brackets: Brackets, at: int) -> None:
    """Refuse a path without an upper bound, or with more than HOPS."""
    symbol, inner = tokens[at].text, brackets.inner[at]
    if symbol == "*" and inner is not None and brackets.symbol(inner) == "[" and brackets.symbol(inner - 1) == "-":
        bounds = tokens[at + 1 : brackets.closing[inner]]
        dots = [token.text for token in bounds[:2]].count("..")
        last = bounds[2 if len(bounds) > 1 and bounds[1].text == ".." else 1 if dots else 0 :][:1]
        if not last or last[0].kind != "number" or not last[0].text.isdigit() or int(last[0].text) > HOPS:
            raise _far(query, tokens[at])
    elif symbol == "{" and brackets.kinds[at] == "quantifier":
        last = tokens[brackets.closing[at] - 1 : brackets.closing[at]]
        if last[0].kind != "number" or not last[0].text.isdigit() or int(last[0].text) > HOPS:
            raise _far(query, tokens[at])
    elif symbol in ("+", "*") and _repeats_pattern(tokens, brackets, at):
        raise _far(query, tokens[at])


def _far(query: str, token: Token) -> Exception:
    message = f"A path must have an upper bound of at most {HOPS} steps, such as *1..4 or {{1,4}}"
    return refused(query, token.start, "path", message)


def _repeats_pattern(tokens: Sequence[Token], brackets: Brackets, at: int) -> bool:
    """Return whether a plus or star repeats a pattern: it stands behind a relationship, or behind one in brackets."""
    before = brackets.symbol(at - 1)
    if before == ">":
        return brackets.symbol(at - 2) == "-"
    if before == "-":
        return brackets.symbol(at - 2) in ("]", "-")
    if before != ")":
        return False
    opening = next(start for start, end in brackets.closing.items() if end == at - 1)
    inside = [token.text if token.kind == "symbol" else "" for token in tokens[opening + 1 : at - 1]]
    pairs = set(pairwise(inside))
    return bool(pairs & {("-", "["), ("-", ">"), ("<", "-"), ("-", "-")})


def _range(query: str, token: Token, inside: Sequence[Token]) -> None:
    numbers = [other.text.replace("_", "") for other in inside if other.kind == "number"]
    if any(other.text in ("^", "*") for other in inside) or any(
        not number.isdigit() or int(number) > RANGE for number in numbers
    ):
        raise refused(query, token.start, "range", f"range() may have plain bounds up to {RANGE:,} only.")


def _rounds(query: str, tokens: Sequence[Token], brackets: Brackets, names: set[int]) -> None:
    """Refuse list expressions within each other that may go round too often: no engine stops within one of them."""
    lists: list[tuple[int, int]] = []
    ranges: list[tuple[int, int]] = []
    for start, end in brackets.closing.items():
        before = _word(tokens[start - 1]) if start and start - 1 not in names else ""
        inside = tokens[start + 1 : end]
        if tokens[start].text == "(" and before == "RANGE":
            bounds = [int(other.text) for other in inside if other.kind == "number" and other.text.isdigit()]
            ranges.append((start, max(bounds) if len(bounds) > 1 else RANGE))
        elif (tokens[start].text == "(" and before in _EACH) or (
            tokens[start].text == "[" and len(inside) > 1 and _word(inside[1]) == "IN"
        ):
            lists.append((start, end))
    longest = max((rounds for _, rounds in ranges), default=1)
    for start, end in lists:
        depth = sum(outer <= start and end <= last for outer, last in lists)
        product = prod(max(1, rounds) for at, rounds in ranges if start < at < end)
        if depth > NESTED or max(product, longest**depth) > ROUNDS:
            message = f"List expressions may be nested {NESTED} deep and go round {ROUNDS:,} times in all."
            raise refused(query, tokens[start].start, "rounds", message)


def _doubled(query: str, tokens: Sequence[Token], names: set[int], at: int) -> None:
    """Refuse `x + x`, of which twenty rounds of WITH make a million."""
    if tokens[at].text not in ("+", "||") or not 0 < at < len(tokens) - 1:
        return
    left, right = tokens[at - 1], tokens[at + 1]
    alone = at - 1 not in names and not (at + 2 < len(tokens) and tokens[at + 2].text in (".", "("))
    if alone and left.kind in ("word", "quoted") and right.kind in ("word", "quoted") and left.folded == right.folded:
        raise refused(query, left.start, "growth", f"`{left.text}` is put together with itself; write 2 * for numbers.")
