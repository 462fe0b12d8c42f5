"""Regular expressions: no server can interrupt one, so only those are let through that end soon.

A pattern must be a string or a parameter; it may repeat single characters without bound three times, and no group. What
it is put against must be a property as it is stored, or the query must not put texts together.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from queries.console.tokens import Token, refused

REPEATS = 3
COUNTED = 20  # up to here a counted repetition costs as much as the letters it stands for
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_UNESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", re.DOTALL)
_ATOM = re.compile(r"\\[pP]\{\w+\}|\\x[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\[^0-9k]|[^\\]", re.DOTALL)
_CLASS = re.compile(r"\[\^?\]?(?:\\.|\[:\w+:\]|[^\]\\\[])*\]", re.DOTALL)
_GROUP = re.compile(r"\((?:\?:|\?[imsux]+:|(?!\?))")
_FLAGS = re.compile(r"\(\?[imsux]+\)")
_QUANTIFIER = re.compile(r"[*+?]|\{(\d+)(,(\d*))?\}")
_WRAPPERS = frozenset({"TOLOWER", "TOUPPER", "LOWER", "UPPER", "TRIM", "TOSTRING", "COALESCE"})


def check(query: str, tokens: Sequence[Token], names: set[int], parameters: Mapping[str, Any]) -> None:
    """Raise QueryError (pattern) for a regular expression that may not end."""
    places = [at for at, token in enumerate(tokens) if token.kind == "symbol" and token.text == "=~"]
    for at in places:
        pattern, behind = _pattern(query, tokens, at, parameters)
        after = tokens[behind] if behind < len(tokens) else None
        if after is not None and after.kind == "symbol" and after.text in ("+", "||", ".", "[", "*"):
            raise refused(query, after.start, "pattern", "A regular expression is one string or one parameter")
        if fault := unsafe(pattern):
            raise refused(query, tokens[at].start, "pattern", f"This regular expression may take for ever: {fault}")
    if places and not all(_is_stored(tokens, names, at) for at in places):
        for at, token in enumerate(tokens):
            grows = token.kind == "symbol" and token.text in ("+", "||")
            if grows or (at not in names and token.kind == "word" and token.folded in ("REDUCE", "REPLACE")):
                message = "A regular expression is put against a text that the query makes; put it against a property"
                raise refused(query, token.start, "pattern", message)


def unsafe(pattern: str) -> str:
    """Return what may make a regular expression run on, or nothing where it ends soon."""
    at = repeats = 0
    groups: list[bool] = []
    while at < len(pattern):
        if flags := _FLAGS.match(pattern, at):
            at = flags.end()
            continue
        if group := _GROUP.match(pattern, at):
            groups.append(True)
            at = group.end()
            continue
        if pattern[at] == "{":
            return "a brace that counts nothing"
        closes = pattern[at] == ")"
        if closes:
            if not groups:
                return "a bracket that closes nothing"
            groups.pop()
            end = at + 1
        elif pattern[at] == "[":
            found = _CLASS.match(pattern, at)
            if not found:
                return "a class that is nested or not closed"
            end = found.end()
        elif pattern[at] == "(":
            return "a group that looks ahead or behind"
        else:
            atom = _ATOM.match(pattern, at)
            if not atom:
                return "a reference to a group"
            end = atom.end()
        quantifier = _QUANTIFIER.match(pattern, end) if pattern[at] not in "^$|" else None
        at = end
        if quantifier:
            at = quantifier.end() + (pattern[quantifier.end() : quantifier.end() + 1] in ("?", "+"))
            most = _most(quantifier)
            if closes and most > 1:
                return "a group that is repeated"
            repeats += most > COUNTED
        if repeats > REPEATS:
            return f"more than {REPEATS} repetitions"
    return "a group that is not closed" if groups else ""


def _most(quantifier: "re.Match[str]") -> float:
    """Return how often a quantifier lets its atom come."""
    if quantifier[0] == "?":
        return 1
    if quantifier[0] in "*+" or (quantifier[2] and not quantifier[3]):
        return float("inf")
    return int(quantifier[3] or quantifier[1])


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


def _is_stored(tokens: Sequence[Token], names: set[int], at: int) -> bool:
    """Return whether what stands before `=~` is a property, of something a pattern names, as it is stored."""
    at -= 1
    if at >= 0 and tokens[at].text == ")" and tokens[at].kind == "symbol":
        depth, inside = 1, at - 1
        while inside >= 0 and depth:
            depth += {")": 1, "(": -1}.get(tokens[inside].text, 0) if tokens[inside].kind == "symbol" else 0
            inside -= 1
        arguments = tokens[inside + 2 : at]
        if inside < 0 or tokens[inside].folded not in _WRAPPERS or len(arguments) < 3:
            return False
        if len(arguments) > 3 and not (arguments[3].text == "," and arguments[-1].kind == "string"):
            return False
        owner, dot = arguments[0], arguments[1]
    elif at >= 2 and at in names:
        owner, dot = tokens[at - 2], tokens[at - 1]
    else:
        return False
    if dot.text != "." or owner.kind not in ("word", "quoted"):
        return False
    return not any(
        token.text == owner.text
        and token.kind == owner.kind
        and (
            (position > 0 and tokens[position - 1].kind == "word" and tokens[position - 1].folded == "AS")
            or (position + 1 < len(tokens) and tokens[position + 1].kind == "word" and _in(tokens, position + 1))
        )
        for position, token in enumerate(tokens)
    )


def _in(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].folded == "IN"
