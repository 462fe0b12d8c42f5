"""Words of which any match of a pattern must contain one: a search for them tells quickly that it cannot match.

Reads the syntax that the lexicon files use: letters, groups, classes, escapes, quantifiers, lookarounds.
"""

import re

_OPTIONAL = ("?", "*", "{")
_CLASSES = "wWdDsSbB"
_OPENING = re.compile(r"\((?P<look>\?<?[=!])?(?:\?[a-z-]*:)?")


def needles(pattern: str) -> frozenset[str] | None:
    """Return case-folded strings of which every match holds one (in any case); None where there are none."""
    return _alternatives(pattern, 0)[0]


def _alternatives(pattern: str, place: int) -> tuple[frozenset[str] | None, int]:
    """Return the needles of the alternatives from `place` on, and where their group closes or the pattern ends."""
    found: frozenset[str] | None = frozenset()
    while True:
        own, place = _sequence(pattern, place)
        found = None if found is None or own is None else found | own
        if place >= len(pattern) or pattern[place] == ")":
            return found, place
        place += 1  # "|"


def _sequence(pattern: str, place: int) -> tuple[frozenset[str] | None, int]:
    """Return the needles of one alternative, and where it ends: the part of it that says most."""
    parts: list[frozenset[str]] = []
    run = ""
    while place < len(pattern) and pattern[place] not in "|)":
        part, letter, place = _item(pattern, place)
        quantifier, place = _quantifier(pattern, place)
        if letter and quantifier not in _OPTIONAL:
            run += letter
        if run and (not letter or quantifier):
            parts.append(frozenset((run,)))
            run = ""
        if part and quantifier not in _OPTIONAL:
            parts.append(part)
    if run:
        parts.append(frozenset((run,)))
    return max(parts, key=lambda part: min(map(len, part)), default=None), place


def _item(pattern: str, place: int) -> tuple[frozenset[str] | None, str, int]:
    """Return the needles of a group, or the letter that stands here ("" for a class), and where what follows begins."""
    sign = pattern[place]
    if sign == "(":
        opening = _OPENING.match(pattern, place)
        assert opening is not None
        found, end = _alternatives(pattern, opening.end())
        return None if opening["look"] else found, "", end + 1
    if sign == "[":
        end = place + 2
        while pattern[end] != "]":
            end += 2 if pattern[end] == "\\" else 1
        return None, "", end + 1
    if sign == "\\":
        escaped = pattern[place + 1]
        return None, "" if escaped in _CLASSES else escaped, place + 2
    return None, "" if sign in ".^$" else sign.casefold(), place + 1


def _quantifier(pattern: str, place: int) -> tuple[str, int]:
    """Return the first sign of a quantifier ("" where there is none) and where what follows begins."""
    if place >= len(pattern) or pattern[place] not in "?*+{":
        return "", place
    sign = pattern[place]
    place = pattern.index("}", place) + 1 if sign == "{" else place + 1
    return sign, place + 1 if pattern[place : place + 1] == "?" else place
