"""Which paragraphs of an English text are parsed: those that may say that someone recruits, and their neighbours.

A paragraph may where it has a plain word of recruiting, or a weaker one ("attract", "offer", "need") beside a noun for
people or an incentive. The paragraphs before and after are parsed too: there stands who speaks, and who "they" are. A
text without any such paragraph is not parsed at all; its names are found all the same.
"""

import functools
import re
from collections.abc import Mapping, Sequence

from ingest.claims.english.people import rows
from ingest.claims.english.phrases import find_phrases
from ingest.claims.english.triggers import words

_WORD = re.compile(r"\w+|-")
_PLAIN = 0.6  # the strength from which a trigger word is enough by itself
_NEAR = 1  # paragraph before and after

Forms = Mapping[str, tuple[tuple[str, ...], ...]]


def parsed(paragraphs: Sequence[str]) -> list[bool]:
    """Return for each paragraph whether it is parsed."""
    says = [_may_recruit(text) for text in paragraphs]
    return [any(says[max(0, number - _NEAR) : number + _NEAR + 1]) for number in range(len(says))]


def _may_recruit(text: str) -> bool:
    found = _WORD.findall(text.casefold())
    plain, weak, people = _forms()
    if _holds(found, plain):
        return True
    return _holds(found, weak) and (_holds(found, people) or bool(find_phrases("incentives_en", text, 0)))


def _holds(found: Sequence[str], forms: Forms) -> bool:
    return any(
        tuple(found[place : place + len(form)]) == form
        for place, word in enumerate(found)
        for form in forms.get(word, ())
    )


@functools.cache
def _forms() -> tuple[Forms, Forms, Forms]:
    """Return the forms of plain and weak trigger words and of nouns for people, each by its first word."""
    plain = [form for word in words() if word.strength >= _PLAIN for form in word.forms]
    weak = [form for word in words() if word.strength < _PLAIN for form in word.forms]
    return _by_first(plain), _by_first(weak), _by_first([form for _, _, forms in rows() for form in forms])


def _by_first(forms: Sequence[str]) -> Forms:
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for form in forms:
        parts = tuple(_WORD.findall(form.casefold()))
        found[parts[0]] = (*found.get(parts[0], ()), parts)
    return found
