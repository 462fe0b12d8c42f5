"""Trigger words: where a sentence may say that someone recruits. Found by surface form, never by the tagger's lemma.

A trigger alone is no claim: roles and the gate decide. Its *sense* says how its arguments are laid out
(`recruit` takes people as object, `offer` terms and a recipient, `join` a newcomer as subject …).
"""

import bisect
import functools
import importlib.resources
import re
from dataclasses import dataclass

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Token
from spacy.vocab import Vocab

from ingest.claims.english.wordlists import words as words_of
from ingest.language import Paragraph, Reading, Sentence

_PHRASAL = 0.5
_CARRYING = ("bring", "take", "fetch", "get", "win", "pick", "call")
_PARTICLES = ("on", "in", "back", "over", "away", "aboard", "home", "up")


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger word in its sentence.

    `token` heads it (None without a tree); `start`, `end` are its characters in the document. `strength` is 0 to 1:
    how often the word alone means recruiting. `nominal`: a noun ("the recruitment of …"), else a verb.
    """

    sentence: Sentence
    paragraph: Paragraph
    token: Token | None
    start: int
    end: int
    sense: str
    stage: str
    strength: float
    nominal: bool


@dataclass(frozen=True, slots=True)
class Word:
    """One line of the lexicon: all its surface forms, and what they mean."""

    forms: tuple[str, ...]
    nominal: bool
    sense: str
    stage: str
    strength: float


@functools.cache
def words() -> tuple[Word, ...]:
    """Return the trigger words of the lexicon."""
    text = importlib.resources.files("ingest.lexicon").joinpath("triggers_en.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return tuple(
        Word(tuple(forms.split("|")), kind == "noun", sense, stage, float(strength))
        for forms, kind, sense, stage, strength in rows
    )


@functools.lru_cache(maxsize=4)
def _matcher(vocab: Vocab) -> PhraseMatcher:
    matcher = PhraseMatcher(vocab, attr="LOWER")
    for number, word in enumerate(words()):
        matcher.add(str(number), [Doc(vocab, re.findall(r"\w+|-", form)) for form in word.forms])
    return matcher


def find_triggers(reading: Reading) -> tuple[Trigger, ...]:
    """Return every trigger word of a parsed text in its order; overlapping ones: the longest."""
    found: list[Trigger] = []
    begins = [sentence.start for sentence in reading.sentences]
    for paragraph in reading.paragraphs:
        doc = paragraph.doc
        if doc is None or not doc.has_annotation("DEP"):
            continue
        matches = sorted(_matcher(doc.vocab)(doc), key=lambda m: (m[1], -m[2], m[0]))
        last = 0
        for key, start, end in matches:
            word = words()[int(doc.vocab.strings[key])]
            token = _head(doc, start, end)
            if start < last or word.nominal != _is_nominal(token) or _takes_papers(token):
                continue
            first = paragraph.start + doc[start].idx
            index = bisect.bisect_right(begins, first) - 1
            if index < 0 or first >= reading.sentences[index].end:
                continue
            sentence = reading.sentences[index]
            last = end
            stop = paragraph.start + doc[end - 1].idx + len(doc[end - 1])
            strength = _PHRASAL if word.strength < _PHRASAL and _is_phrasal(token, word) else word.strength
            found.append(
                Trigger(sentence, paragraph, token, first, stop, word.sense, word.stage, strength, word.nominal)
            )
    return tuple(found)


def _is_phrasal(token: Token, word: Word) -> bool:
    """Whether a plain verb is one of taking people: "took **them** on", "brought her **back**"."""
    return (
        word.sense == "recruit"
        and word.forms[0] in _CARRYING
        and any(
            child.lower_ in _PARTICLES and child.dep_ in ("prt", "advmod", "compound:prt") for child in token.children
        )
    )


def _takes_papers(token: Token) -> bool:
    """Whether a verb is done to a paper, not to people: "signed an agreement about pilots"."""
    return any(c.dep_ in ("dobj", "obj") and c.lower_ in words_of("papers") for c in token.children)


def _head(doc: Doc, start: int, end: int) -> Token:
    span = doc[start:end]
    return span.root


def _is_nominal(token: Token) -> bool:
    """Whether the word is used as a noun; "hiring" with an object or auxiliary is a verb whatever its tag."""
    if token.pos_ not in ("NOUN", "PROPN"):
        return False
    return not any(child.dep_ in ("dobj", "obj", "nsubj", "aux", "auxpass", "aux:pass") for child in token.children)
