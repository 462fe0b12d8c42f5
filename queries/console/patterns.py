"""Regular expressions: no server can interrupt one, so only those are let through that end soon.

A pattern must be a string or a parameter, and the steps that it may take are counted (backtracking.py). What it is put
against must be a property as it is stored, or else the query must neither put texts together nor bring long ones.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from queries.console.backtracking import fault
from queries.console.parameters import texts
from queries.console.tokens import Token, refused

LONG = 2_000  # characters of a text that a query brings itself
LONG_PROPERTIES = ("text",)  # of the stored ones
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_UNESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", re.DOTALL)
_WRAPPERS = frozenset({"TOLOWER", "TOUPPER", "LOWER", "UPPER", "TRIM", "TOSTRING", "COALESCE"})


def check(query: str, tokens: Sequence[Token], names: set[int], parameters: Mapping[str, Any]) -> None:
    """Raise QueryError (pattern) for a regular expression that may not end."""
    places = [at for at, token in enumerate(tokens) if token.kind == "symbol" and token.text == "=~"]
    for at in places:
        pattern, behind = _pattern(query, tokens, at, parameters)
        after = tokens[behind] if behind < len(tokens) else None
        if after is not None and after.kind == "symbol" and after.text in ("+", "||", ".", "[", "*"):
            raise refused(query, after.start, "pattern", "A regular expression is one string or one parameter")
        stored = _stored(tokens, names, at)
        if why := fault(pattern, long=not stored or stored.lower() in LONG_PROPERTIES):
            raise refused(query, tokens[at].start, "pattern", f"This regular expression may take for ever: {why}")
    if not all(_stored(tokens, names, at) for at in places):
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


def _stored(tokens: Sequence[Token], names: set[int], at: int) -> str:
    """Return the property before `=~`, of something a pattern names, as it is stored; nothing where it is none."""
    at -= 1
    if at >= 0 and tokens[at].text == ")" and tokens[at].kind == "symbol":
        depth, inside = 1, at - 1
        while inside >= 0 and depth:
            depth += {")": 1, "(": -1}.get(tokens[inside].text, 0) if tokens[inside].kind == "symbol" else 0
            inside -= 1
        arguments = tokens[inside + 2 : at]
        if inside < 0 or tokens[inside].folded not in _WRAPPERS or len(arguments) < 3:
            return ""
        if len(arguments) > 3 and not (arguments[3].text == "," and arguments[-1].kind == "string"):
            return ""
        owner, dot, name = arguments[:3]
    elif at >= 2 and at in names:
        owner, dot, name = tokens[at - 2 : at + 1]
    else:
        return ""
    if dot.text != "." or owner.kind not in ("word", "quoted"):
        return ""
    made = any(
        token.text == owner.text
        and token.kind == owner.kind
        and (
            (position > 0 and tokens[position - 1].kind == "word" and tokens[position - 1].folded == "AS")
            or (position + 1 < len(tokens) and tokens[position + 1].kind == "word" and _in(tokens, position + 1))
        )
        for position, token in enumerate(tokens)
    )
    return "" if made else name.text


def _in(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].folded == "IN"
