"""Whether two texts tell one story in other words: by names, figures, date, words and what they claim.

Rewrites share few word triples (a Jaccard index of .05 is common), but the figures, the names and much of the wording.
Another event of the same people shares names and often figures too, but these count something else there (`counted`).
Nothing here depends on other documents, so the order of reading changes nothing.
"""

import datetime
import hashlib
import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace
from itertools import combinations

from graph.frame import Extraction
from ingest.counted import counted_alike
from ingest.figures import figures, telling, weight

WINDOW = 3  # days between two texts on one story
REWRITE = 2.63  # of about 4.2
COUNTED = 0.41  # of 1: how far the same figures must count the same
TRANSLATION = 0.9  # of about 2.7, as there are no words to compare
_MOST = 12  # names and figures that make traces; a long text has more, its first ones are enough
_FEWEST = 3  # shared figures and names below which nothing can be said
_LEAST = 0.45  # share of the figures of the text with fewer that the other one must have
_NO_FIGURES = 0.5  # what stands for figures where the texts have none
_PERSON, _REGION, _FIELD = "Person", "Region", "Field"
_WORD = re.compile(r"[a-z]{4,}|[\u3400-\u4dbf\u4e00-\u9fff](?=[\u3400-\u4dbf\u4e00-\u9fff])")
_STEM = 5
_EMPTY_WORDS = frozenset(
    (
        *("that", "with", "from", "have", "this", "they", "will", "their", "which", "been", "were", "when"),
        *("more", "than", "said", "says", "would", "also", "about", "after", "other", "there", "what", "who"),
        *("where", "while", "into", "over", "only", "some", "such", "them", "then", "very", "year", "years"),
    )
)

Name = tuple[str, str]
"""Label and id of an entity."""


@dataclass(frozen=True, slots=True)
class Account:
    """What one text says, as far as it tells one story from another; `claimed` are the parties, places and fields that
    its claims name."""

    text: str
    lang: str
    date: datetime.date | None
    names: tuple[Name, ...]
    claimed: frozenset[str]


def account(extraction: Extraction) -> Account:
    """Return what was read from a document as an account."""
    names = dict.fromkeys(
        (m.entity.label, m.entity.id)
        for m in sorted(extraction.mentions, key=lambda m: m.start)
        if not m.entity.described
    )
    slots = [
        slot
        for claim in extraction.claims
        for slot in (*((claim.recruiter,) if claim.recruiter else ()), *claim.destinations, *claim.fields)
    ]
    claimed = frozenset(slot.entity.id for slot in slots if not slot.entity.described)
    return Account(extraction.document.text, extraction.document.lang, extraction.document.date, tuple(names), claimed)


def traces(told: Account) -> tuple[str, ...]:
    """Return hashes of what a rewrite repeats: a name with a figure, two names. Who shares none is no rewrite.

    Kept in the graph, so their making must not change. Persons are left out: nothing of a person may outlive erasure.
    """
    names = [name for name in told.names if name[0] not in (_PERSON, _FIELD)][:_MOST]
    numbers = [figure for figure in figures(told.text) if telling(figure)][:_MOST]
    particular = sorted(id for label, id in names if label != _REGION)
    pairs = {*((id, figure) for _, id in names for figure in numbers), *combinations(particular, 2)}
    return tuple(sorted(hashlib.blake2b(repr(pair).encode(), digest_size=8).hexdigest() for pair in pairs))


def traced(extraction: Extraction) -> Extraction:
    """Return an extraction whose document has its traces."""
    return replace(extraction, document=replace(extraction.document, traces=traces(account(extraction))))


def near_in_time(one: Account, other: Account) -> bool:
    """Return whether two dates lie within the window; without dates only if both have none."""
    if one.date is None or other.date is None:
        return one.date is other.date
    return abs((one.date - other.date).days) <= WINDOW


def is_rewrite(one: Account, other: Account) -> bool:
    """Return whether two accounts in one language tell one story."""
    return (
        one.lang == other.lang
        and near_in_time(one, other)
        and likeness(one, other) >= REWRITE
        and counted_alike(one.text, other.text) >= COUNTED
    )


def may_translate(one: Account, other: Account) -> bool:
    """Return whether one of two accounts in different languages may be a translation of the other."""
    return one.lang != other.lang and near_in_time(one, other) and likeness(one, other) >= TRANSLATION


def likeness(one: Account, other: Account) -> float:
    """Return how far figures, names, claims, fields and (in one language) words agree; 0 where little is comparable.

    The weights were chosen by pairs of texts of our own (tests/eval/stories).
    """
    numbers, numbers_there = figures(one.text), figures(other.text)
    names, names_there = _others(one.names), _others(other.names)
    common = numbers.keys() & numbers_there.keys()
    striking = sum(map(telling, common))
    shared = len(names & names_there)
    if not shared or striking + shared < _FEWEST or (not striking and shared <= _FEWEST):
        return 0.0
    if not striking and any(map(telling, numbers)) and any(map(telling, numbers_there)):
        return 0.0  # both have figures, and none is the same
    poorer = min(weight(numbers), weight(numbers_there))
    if weight(common) < _LEAST * poorer:
        return 0.0
    score = _agreeing(numbers, numbers_there) if common else _NO_FIGURES
    score += 0.8 * _overlap(names, names_there)
    score += 0.6 * _covered(one.claimed, other.claimed)
    fields, fields_there = set(one.names) - names, set(other.names) - names_there
    if fields and fields_there:
        score += 0.2 if fields & fields_there else -0.2
    if one.lang == other.lang:
        score += 3 * min(0.5, _covered(_words(one.text), _words(other.text)))
    return score


def _agreeing(numbers: Mapping[str, frozenset[str]], numbers_there: Mapping[str, frozenset[str]]) -> float:
    """Return how far figures agree, 0 to 1.6: their share in either text (half where the words around them differ) and,
    a little, how many they are."""
    common = numbers.keys() & numbers_there.keys()
    firm = [figure for figure in common if numbers[figure] & numbers_there[figure]]
    agreeing = (weight(common) + weight(firm)) / 2
    whole, whole_there = weight(numbers), weight(numbers_there)
    share = (agreeing / min(whole, whole_there) + agreeing / max(whole, whole_there)) / 2
    return share + 0.15 * min(4.0, weight(common))


def _others(names: Iterable[Name]) -> set[Name]:
    """Return the names that are no fields."""
    return {name for name in names if name[0] != _FIELD}


def _words(text: str) -> set[str]:
    """Return the words of a text cut to their stems; of Chinese every pair of characters."""
    lower = text.lower()
    return {
        match.group()[:_STEM] if match.end() - match.start() > 1 else lower[match.start() : match.start() + 2]
        for match in _WORD.finditer(lower)
        if match.group() not in _EMPTY_WORDS
    }


def _covered(one: Set[str] | Set[Name], other: Set[str] | Set[Name]) -> float:
    """Return the share of the smaller set that the larger one has."""
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


def _overlap(one: Set[Name], other: Set[Name]) -> float:
    """Return the mean of what the smaller set has of the larger one, and the larger one of the smaller."""
    return (_covered(one, other) + len(one & other) / max(1, len(one), len(other))) / 2
