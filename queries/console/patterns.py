"""Regular expressions: no server can interrupt one, so only those are let through that end soon.

A pattern must be a string or a parameter, and the steps that it may take are counted (backtracking.py). What it is put
against must be a property as it is stored, or else the query must neither put texts together nor bring long ones.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from queries.console import stored
from queries.console.backtracking import fault
from queries.console.parameters import texts
from queries.console.tokens import Token, refused

LONG = 2_000  # characters of a text that a query brings itself
LONG_PROPERTIES = ("text",)  # of the stored ones
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_UNESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", re.DOTALL)
_WRAPPERS = frozenset({"TOLOWER", "TOUPPER", "LOWER", "UPPER", "TRIM", "TOSTRING", "COALESCE"})


def check(
    query: str, tokens: Sequence[Token], names: set[int], variables: frozenset[str], parameters: Mapping[str, Any]
) -> None:
    """Raise QueryError (pattern) for a regular expression that may not end; `variables` have stored properties."""
    places = [at for at, token in enumerate(tokens) if token.kind == "symbol" and token.text == "=~"]
    for at in places:
        pattern, behind = _pattern(query, tokens, at, parameters)
        after = tokens[behind] if behind < len(tokens) else None
        if after is not None and after.kind == "symbol" and after.text in ("+", "||", ".", "[", "*"):
            raise refused(query, after.start, "pattern", "A regular expression is one string or one parameter")
        name = _stored(tokens, names, variables, at)
        if why := fault(pattern, long=not name or name.lower() in LONG_PROPERTIES):
            raise refused(query, tokens[at].start, "pattern", f"This regular expression may take for ever: {why}")
    if not all(_stored(tokens, names, variables, at) for at in places):
        brought = [token.text for token in tokens if token.kind == "string"] + list(texts(parameters))
        if any(len(text) > LONG for text in brought):
            message = f"A regular expression is put against a text of more than {LONG:,} characters; put it against a"
            raise refused(query, tokens[places[0]].start, "pattern", f"{message} property")
        for at, token in enumerate(tokens):
            grows = token.kind == "symbol" and token.text in ("+", "||")
            if grows or (at not in names and token.kind == "word" and token.folded in ("REDUCE", "REPLACE")):
                message = "A regular expression is put against a text that the query makes; put it against a property"
                raise refused(query, token.start, "pattern", message)


def _pattern(query: str, tokens: Sequence[Token], at: int, parameters: Mapping[str, Any]) -> tuple[str, int]:
    """Return the pattern behind `=~` and the position behind it."""
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if following is not None and following.kind == "string":
        return _unescaped(following.text), at + 2
    if following is not None and following.text == "$" and following.kind == "symbol" and at + 2 < len(tokens):
        value = parameters.get(tokens[at + 2].text, "")
        if isinstance(value, str):
            return value, at + 3
    raise refused(query, tokens[at].start, "pattern", "A regular expression must be a string or a parameter")


def _unescaped(text: str) -> str:
    def meant(escape: "re.Match[str]") -> str:
        if code := escape[1] or escape[2]:
            return chr(int(code, 16))
        return _ESCAPES.get(escape[3], escape[3])

    return _UNESCAPE.sub(meant, text)


def _stored(tokens: Sequence[Token], names: set[int], variables: frozenset[str], at: int) -> str:
    """Return the property before `=~` as it is stored, in a function or not; nothing where it is none."""
    last = at - 1
    if last < 0 or tokens[last].kind != "symbol":
        first = before = last - 2
    elif _word(tokens, last - 5) in _WRAPPERS:  # toLower(n.name)
        first, before = last - 3, last - 5
    elif _word(tokens, last - 7) in _WRAPPERS and tokens[last - 2].text == "," and tokens[last - 1].kind == "string":
        first, before = last - 5, last - 7  # coalesce(n.name, '')
    else:
        return ""
    is_alone = stored.is_alone(tokens, before) and stored.is_property(tokens, first, variables)
    return tokens[first + 2].text if is_alone and first + 2 in names else ""


def _word(tokens: Sequence[Token], at: int) -> str:
    is_called = at >= 0 and tokens[at].kind in ("word", "quoted") and tokens[at + 1].text == "("
    return tokens[at].folded if is_called else ""
