"""What one Chinese sentence holds before anything is decided: clauses, trigger words, names.

There is no tree for Chinese. A clause (between two of ，；：。！？ and wide spaces) is the unit in which subject,
trigger and object are looked for; earlier clauses of the sentence lend it their subject.
"""

import bisect
import re
from dataclasses import dataclass

from graph.frame import Mention
from ingest.chinese_words import simplified
from ingest.claims.chinese import lexicon
from ingest.language import Reading, Sentence

_BREAK = re.compile(r"[，；：。！？!?;:\u3000]|,(?!\d{3})|——|……")
_TITLE_END = re.compile(r"[。；;.]\s*$")


@dataclass(frozen=True, slots=True)
class Clause:
    """Characters `start` to `end` of the text, without the punctuation that ends it."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that may mean recruiting, at its characters; `sense`, `stage`, `strength` as its list says."""

    clause: int
    start: int
    end: int
    sense: str
    stage: str
    strength: float


@dataclass(frozen=True, slots=True)
class Scene:
    """One sentence. `text` is the whole text in simplified characters, with the offsets of the original."""

    text: str
    original: str
    sentence: Sentence
    clauses: tuple[Clause, ...]
    mentions: tuple[Mention, ...]
    triggers: tuple[Trigger, ...]
    headline: bool
    document_id: str

    @property
    def start(self) -> int:
        return self.sentence.start

    @property
    def end(self) -> int:
        return self.sentence.end

    def clause_of(self, position: int) -> int:
        """Return the index of the clause that holds a position."""
        return next((i for i, c in enumerate(self.clauses) if position < c.end), len(self.clauses) - 1)

    def words(self, start: int, end: int) -> str:
        """Return the words of the original text."""
        return self.original[start:end]


def find_scenes(reading: Reading, mentions: tuple[Mention, ...], document_id: str) -> tuple[Scene, ...]:
    """Return one scene per sentence, in the order of the text."""
    text = simplified(reading.text)
    headed = len(reading.paragraphs) > 1 and not _TITLE_END.search(reading.paragraphs[0].text)
    scenes = []
    for sentence in reading.sentences:
        clauses = _clauses(text, sentence.start, sentence.end)
        first = bisect.bisect_left(mentions, sentence.start, key=lambda m: m.start)
        inside = mentions[first : bisect.bisect_right(mentions, sentence.end, key=lambda m: m.end)]
        scenes.append(
            Scene(
                text,
                reading.text,
                sentence,
                clauses,
                inside,
                _triggers(text, clauses, inside),
                headed and sentence.paragraph == 0,
                document_id,
            )
        )
    return tuple(scenes)


def _clauses(text: str, start: int, end: int) -> tuple[Clause, ...]:
    edges = [start]
    found = []
    for match in _BREAK.finditer(text, start, end):
        found.append(Clause(edges[-1], match.start()))
        edges.append(match.end())
    found.append(Clause(edges[-1], end))
    kept = tuple(clause for clause in found if text[clause.start : clause.end].strip())
    return kept or (Clause(start, end),)


def _triggers(text: str, clauses: tuple[Clause, ...], mentions: tuple[Mention, ...]) -> tuple[Trigger, ...]:
    found = []
    for number, clause in enumerate(clauses):
        for phrase in lexicon.find("triggers", text, clause.start, clause.end):
            sense, stage, strength = phrase.values
            named = any(m.start <= phrase.start and phrase.end <= m.end for m in mentions)  # part of a name
            if not named and not lexicon.begins("refusals", "after", text, phrase.end, clause.end):
                found.append(Trigger(number, phrase.start, phrase.end, sense, stage, float(strength)))
    return tuple(found)
