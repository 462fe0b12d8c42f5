"""Whether a text is worth parsing, by its raw words alone: most of a news stream is about something else.

What counts are the words by which the extractor itself decides, from the same lists: triggers, nouns for people,
fields, programmes, and the gate's weights. A text is relevant where one sentence is sure (a strong trigger with people;
"talent" or a programme with any trigger), or where its best sentences about people, fields or programmes weigh enough
together, all their words counted. In a short text every sentence counts and less is enough: it has few words to tell
by, and parsing it costs little.
"""

import bisect
import heapq
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ahocorasick_rs import AhoCorasick

from graph.reference import by_id, cached
from ingest.chinese_words import simplified
from ingest.claims.chinese import lexicon
from ingest.claims.english import people, triggers
from ingest.claims.english.gate import GROUPS, OF_A_SMALL_WORD, OF_A_WORD, STEM, own_score
from ingest.claims.english.phrases import find_phrases
from ingest.claims.english.wordlists import fitted, words

ENOUGH = 1.0  # summed gate scores of the best sentences of a text of `SHORT` to a thousand characters
SHORT = 400  # characters below which less is enough
_LESS = 1.6  # how much less, of a text of next to none
_MORE = 0.5 / 1_000  # for each character beyond: the longer a text, the likelier three sentences sound like recruiting
_MOST = 2.0
SURE = 100.0
_BEST = 3  # sentences that count together
_STRONG = 0.75
_ANY = 0.3
_NEAR = 80  # characters between a strong trigger and people in general after it
_HOMOGRAPHS = frozenset(("court", "courts"))  # strong as verbs, but everyday nouns
_SOUGHT = re.compile(r"talent|skilled|qualified")
_SIGNS = ".,;:!?()[]\"'“”‘’"
_END = re.compile(r"[.!?][\"”’)]*\s+(?=[\"“‘(A-Z\d])")
_DIGIT = re.compile(r"\d")
_CHINESE_END = re.compile(r"[。！？；\n]")
RULES = ("en", "zh")


@dataclass(slots=True)
class _Word:
    """What one surface form says, as the extractor's lists have it."""

    strength: float = 0.0
    senses: dict[str, float] = field(default_factory=dict)
    people: float = 0.0
    profession: bool = False
    sought: bool = False
    topic: str = ""
    groups: list[str] = field(default_factory=list)


_Hit = tuple[int, int, _Word]
"""Where a form stands in a text, and what it says."""


def relevant(text: str, lang: str) -> bool:
    """Return whether the extractor may find a claim in a text; True in languages for which there are no rules."""
    if lang == "zh":
        return _chinese(text)
    if lang not in RULES:
        return True
    short = len(text) < SHORT
    found: dict[str, float] = {}  # a sentence that comes again says nothing more
    for paragraph in text.split("\n"):
        for hits, sentence in _about(paragraph, every=short):
            if _sure(hits):
                return True
            found[sentence.strip()] = own_score(_seen(hits, sentence)) + _of_words(sentence)
    scores = [
        found[sentence] + own_score(_terms(sentence)) - own_score({})
        for sentence in heapq.nlargest(_BEST, found, key=found.__getitem__)
        if short or found[sentence] > 0  # the slow lists are asked only where they may decide
    ]
    for_it = [score for score in scores if score > 0]
    return bool(scores) and (sum(for_it) if for_it else max(scores)) >= _enough(len(text))


def _enough(length: int) -> float:
    """Return what the best sentences of a text of so many characters must weigh; the shortest may weigh below 0."""
    if length < SHORT:
        return ENOUGH - _LESS * (1 - length / SHORT)
    return min(_MOST, ENOUGH + _MORE * max(0, length - 1_000))


def has_topic(paragraph: str, lang: str) -> bool:
    """Return whether a sentence of a paragraph has a trigger and those who are recruited, or what stands for them.

    True of every paragraph in languages for which there are no rules.
    """
    if lang == "zh":
        return _chinese(paragraph)
    return lang not in RULES or any(_sure(hits) or _professionals(hits) for hits, _ in _about(paragraph))


def _about(paragraph: str, *, every: bool = False) -> Iterator[tuple[list[_Hit], str]]:
    """Yield the sentences of an English paragraph that name people, fields or programmes, and all that is found there.

    Those are looked for first: the few words that name them rule out most of other news. `every` yields all sentences.
    """
    about, whole = _vocabulary()
    named = about.hits(paragraph)
    if not named and not every:
        return
    begin = 0
    for end in [*(match.end() for match in _END.finditer(paragraph)), len(paragraph)]:
        if paragraph[begin:end].strip() and (every or any(begin <= start < end for start, _, _ in named)):
            yield whole.hits(paragraph[begin:end]), paragraph[begin:end]
        begin = end


def _sure(hits: list[_Hit]) -> bool:
    """Whether a sentence leaves no doubt: a strong trigger with people, "talent" or a programme with any trigger."""
    for start, end, word in hits:
        if not word.people and not word.topic:
            continue
        others = [(b, w.strength) for a, b, w in hits if w.strength >= _ANY and (b <= start or a >= end)]
        if others and (word.topic == "Programme" or word.sought):
            return True
        if any(s >= _STRONG and (word.people == 1 or word.topic or 0 <= start - b <= _NEAR) for b, s in others):
            return True
    return False


def _professionals(hits: list[_Hit]) -> bool:
    """Whether a sentence has professionals and, beside them, any trigger."""
    return any(
        word.people == 1 and any(w.strength >= _ANY and (b <= start or a >= end) for a, b, w in hits)
        for start, end, word in hits
    )


def _of_words(sentence: str) -> float:
    """Return what the gate makes of a sentence's single words; their part of speech is not known here."""
    whole, small = _word_weights()
    total = 0.0
    for word in set(sentence.lower().split()):
        word = word.strip(_SIGNS)
        total += whole.get(word[:STEM], 0.0) + small.get(word, 0.0)
    return total


@cached
def _word_weights() -> tuple[dict[str, float], dict[str, float]]:
    """Return the gate's weights of words by their first letters, and of small words, each times what a word counts."""
    given = fitted("gate_words_en")
    small = {name.removeprefix("small_"): OF_A_SMALL_WORD * w for name, w in given.items() if name.startswith("small_")}
    return {name: OF_A_WORD * w for name, w in given.items() if not name.startswith(("small_", "name_"))}, small


def _seen(hits: list[_Hit], sentence: str) -> dict[str, float]:
    """Return what the gate looks at in a sentence, as far as its words show it."""
    found: dict[str, float] = {}
    groups: dict[str, set[int]] = {}
    for start, _, word in hits:
        for sense, strength in word.senses.items():
            found[sense] = max(found.get(sense, 0.0), strength)
        for group in word.groups:
            groups.setdefault(group, set()).add(start)
    found |= {f"words_{group}": min(1.0, len(places) / 2) for group, places in groups.items()}
    if any(word.people for _, _, word in hits):
        found["taken_people"] = found["people"] = 1.0
    found["field_people"] = 1.0 if any(word.profession for _, _, word in hits) else 0.0
    found["field"] = 1.0 if any(word.topic == "Field" for _, _, word in hits) else 0.0
    if _DIGIT.search(sentence):
        found |= {"number": 1.0, "word_name_CARDINAL": OF_A_WORD}
    return found


def _terms(sentence: str) -> dict[str, float]:
    """Return what the gate looks at in a sentence beside single words: terms, ways of approach, other subjects."""
    incentives = {phrase.code for phrase in find_phrases("incentives_en", sentence, 0)}
    return {
        "incentive": min(1.0, len(incentives)),
        "incentives": min(1.0, max(0, len(incentives) - 1) / 2),
        "channel": 1.0 if find_phrases("channels_en", sentence, 0) else 0.0,
        **{f"about_{phrase.code}": 1.0 for phrase in find_phrases("unrelated_en", sentence, 0)},
    }


def _chinese(text: str) -> bool:
    """Return whether a sentence of a Chinese text has a trigger and people, or a strong trigger."""
    plain = simplified(text)
    acting = lexicon.find("triggers", plain, 0, len(plain))
    if any(float(trigger.values[2]) >= _STRONG for trigger in acting):
        return True
    if not acting:
        return False
    ends = [match.start() for match in _CHINESE_END.finditer(plain)]
    people_in = {bisect.bisect(ends, found.start) for found in lexicon.find("people", plain, 0, len(plain))}
    return any(bisect.bisect(ends, trigger.start) in people_in for trigger in acting)


class _Forms:
    """Surface forms to look for in a text, and what each says."""

    def __init__(self, known: Mapping[str, _Word]) -> None:
        self._words = list(known.values())
        self._automaton = AhoCorasick(list(known))

    def hits(self, text: str) -> list[_Hit]:
        """Return (start, end, word) of the forms that stand in a text as whole words."""
        lower = text.lower()
        return [
            (start, end, self._words[number])
            for number, start, end in self._automaton.find_matches_as_indexes(lower, overlapping=True)
            if not lower[start - 1 : start].isalnum() and not lower[end : end + 1].isalnum()
        ]


@cached
def _vocabulary() -> tuple[_Forms, _Forms]:
    """Return the forms that name people, fields or programmes, and all forms."""
    found: dict[str, _Word] = {}

    def word(form: str) -> _Word:
        return found.setdefault(form.lower(), _Word())

    for trigger in triggers.words():
        for form in trigger.forms:
            entry = word(form)
            entry.senses[f"{trigger.sense}_{'noun' if trigger.nominal else 'verb'}"] = trigger.strength
            if form not in _HOMOGRAPHS:
                entry.strength = max(entry.strength, trigger.strength)
    for code, weight, nouns in people.rows():
        for form in nouns:
            entry = word(form)
            entry.people = max(entry.people, weight)
            entry.profession = entry.profession or bool(code)
            entry.sought = entry.sought or _SOUGHT.search(form) is not None
    for group in GROUPS:
        for form in words(f"gate_{group}"):
            word(form).groups.append(group)
    for label in ("Field", "Programme"):
        for term in by_id(label).values():
            for name in {term.name, *term.aliases} - term.risky:
                word(name).topic = label
    return _Forms({form: said for form, said in found.items() if said.people or said.topic}), _Forms(found)
