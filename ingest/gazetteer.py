"""Find the names of the reference data in a text: longest match first, exact offsets, no model.

English and other spaced languages are matched word by word in a trie of words; Chinese names character by character,
after folding traditional characters to simplified ones (one to one, so offsets stay). Names are matched as they are
written in the lists; names of fields in any case.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graph import reference
from graph.reference import Term
from ingest.chinese_words import is_chinese, simplified

LABELS = ("Region", "Company", "Organisation", "Programme", "Field")  # on equal length the earlier one wins
_NEVER_MENTIONED = {"OVERSEAS", "WORLDWIDE"}  # words for "not from here", no names of places
_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_WORD = re.compile(rf"[^\W_{_HAN}]+(?:\.[^\W_{_HAN}]+)*|[^\w\s]|[_{_HAN}]")
_AMOUNT_AFTER = re.compile(r"\$|\s?\d")  # "US$100", "NIS 5,000": a currency, not a country or an agency
_SAME = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-", "–": "-", "\u00a0": " "})
_END = ""  # the key under which a node of the trie keeps its terms; no word is empty


@dataclass(frozen=True, slots=True)
class Match:
    """A name found at `start` to `end`; `terms` are what it can stand for, the likeliest first."""

    start: int
    end: int
    terms: tuple[Term, ...]
    risky: bool


def find(text: str, start: int = 0) -> Iterator[Match]:
    """Yield the names in a text, in order, none overlapping another. `start` is added to every offset."""
    found = [*_spaced(text), *(_chinese(text) if is_chinese(text) else ())]
    found.sort(key=lambda match: (match.start, -match.end))
    last = 0
    for match in found:
        if match.start >= last:
            last = match.end
            yield Match(match.start + start, match.end + start, match.terms, match.risky)


def words(text: str) -> list[tuple[str, int, int]]:
    """Return the words and signs of a text with their offsets."""
    return [(m.group(), m.start(), m.end()) for m in _WORD.finditer(text.translate(_SAME))]


def _spaced(text: str) -> Iterator[Match]:
    exact, folded = _tries()
    tokens = words(text)
    plain = [token for token, _, _ in tokens]
    lower = [token.casefold() for token in plain]
    position = 0
    while position < len(tokens):
        fold = False
        length, terms = _longest(exact, plain, position)
        other_length, other_terms = _longest(folded, lower, position)
        if other_length > length:
            length, terms, fold = other_length, other_terms, True
        if not length:
            position += 1
            continue
        start, end = tokens[position][1], tokens[position + length - 1][2]
        surface = text[start:end].translate(_SAME)
        written = surface.casefold() if fold else surface
        position += length
        if surface.isupper() and len(surface) < 4 and _AMOUNT_AFTER.match(text, end):
            continue
        yield Match(start, end, terms, all(written in term.risky for term in terms))


def _longest(trie: dict[str, object], tokens: list[str], position: int) -> tuple[int, tuple[Term, ...]]:
    node, length, terms = trie, 0, ()
    for offset in range(position, len(tokens)):
        step = node.get(tokens[offset])
        if not isinstance(step, dict):
            break
        node = step
        here = node.get(_END)
        if isinstance(here, tuple):
            length, terms = offset - position + 1, here
    return length, terms


def _chinese(text: str) -> Iterator[Match]:
    folded = simplified(text)
    position = 0
    while position < len(folded):
        length, terms = _longest_chinese(folded, position)
        for later in range(position + 1, position + length):  # "在华为": the longer name that begins inside wins
            other = _longest_chinese(folded, later)[0]
            if other > length or (other == length and later + other > position + length and length == 2):
                length = 0
                break
        if length:
            risky = all(folded[position : position + length] in term.risky for term in terms)
            yield Match(position, position + length, terms, risky)
        position += max(length, 1)


def _longest_chinese(folded: str, position: int) -> tuple[int, tuple[Term, ...]]:
    names, longest = _chinese_names()
    for length in range(min(longest.get(folded[position], 0), len(folded) - position), 0, -1):
        terms = names.get(folded[position : position + length])
        if terms:
            return length, terms
    return 0, ()


def _named() -> Iterator[tuple[str, Term]]:
    for label in LABELS:
        for term in reference.by_id(label).values():
            if term.id in _NEVER_MENTIONED or (label == "Field" and term.level == "group"):
                continue
            for name in term.names():
                yield name, term
                if label == "Region" and len(name) > 4 and name.isascii() and name not in term.risky:
                    yield name.upper(), term  # a dateline


@reference.cached
def _tries() -> tuple[dict[str, object], dict[str, object]]:
    exact: dict[str, object] = {}
    folded: dict[str, object] = {}
    for name, term in _named():
        if is_chinese(name):
            continue
        trie = folded if term.label == "Field" and not name.isupper() else exact
        tokens = [token for token, _, _ in words(name)]
        node = trie
        for token in tokens:
            step = node.setdefault(token.casefold() if trie is folded else token, {})
            assert isinstance(step, dict)
            node = step
        here = node.get(_END, ())
        assert isinstance(here, tuple)
        if term not in here:
            node[_END] = (*here, term)
    return exact, folded


@reference.cached
def _chinese_names() -> tuple[Mapping[str, tuple[Term, ...]], Mapping[str, int]]:
    names: dict[str, tuple[Term, ...]] = {}
    longest: dict[str, int] = {}
    for name, term in _named():
        if is_chinese(name) and len(name) > 1:
            key = simplified(name)
            if term not in names.get(key, ()):
                names[key] = (*names.get(key, ()), term)
            longest[key[0]] = max(longest.get(key[0], 0), len(key))
    return names, longest
