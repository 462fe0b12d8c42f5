"""What one sentence holds, before anything is decided: triggers, people, names, terms, ways of approach."""

import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from spacy.tokens import Doc, Token

from graph.frame import Mention
from ingest.claims.english.people import People, find_people
from ingest.claims.english.phrases import Phrase, find_phrases
from ingest.claims.english.triggers import Trigger, find_triggers
from ingest.language import Paragraph, Reading, Sentence


@dataclass(frozen=True, slots=True)
class Scene:
    """One sentence and its finds, each in the order of the text; `first`, `last` are token indices of `doc`.

    `words` are its tokens, kept because spaCy makes a new object each time one is asked for.
    """

    sentence: Sentence
    paragraph: Paragraph
    doc: Doc
    first: int
    last: int
    words: tuple[Token, ...]
    triggers: tuple[Trigger, ...]
    people: tuple[People, ...]
    mentions: tuple[Mention, ...]
    incentives: tuple[Phrase, ...]
    channels: tuple[Phrase, ...]
    document_id: str

    def position(self, token: Token) -> int:
        """Return where a token begins in the document."""
        return self.paragraph.start + token.idx

    def mention_at(self, token: Token, *labels: str) -> Mention | None:
        """Return the mention (of one of the labels, if any are given) that covers a token."""
        place = self.position(token)
        for mention in self.mentions:
            if mention.start <= place < mention.end and (not labels or mention.entity.label in labels):
                return mention
        return None

    def token_of(self, mention: Mention) -> Token | None:
        """Return the head token of a mention: the one whose head lies outside it."""
        start, end = mention.start - self.paragraph.start, mention.end - self.paragraph.start
        inside = [t for t in self.tokens() if start <= t.idx < end]
        spread = {t.i for t in inside}
        return next((t for t in inside if t.head.i not in spread or t.head.i == t.i), None)

    def tokens(self) -> tuple[Token, ...]:
        """Return the tokens of the sentence."""
        return self.words

    def people_at(self, token: Token) -> People | None:
        """Return the people noun that covers a token."""
        return next((p for p in self.people if p.first <= token.i < p.last), None)

    def text(self, start: int, end: int) -> str:
        """Return the words between two positions of the document that lie in this paragraph."""
        return self.paragraph.text[start - self.paragraph.start : end - self.paragraph.start]


def find_scenes(reading: Reading, mentions: tuple[Mention, ...], document_id: str) -> tuple[Scene, ...]:
    """Return one scene per sentence of the parsed paragraphs, in the order of the text."""
    triggers = _by_sentence(reading.sentences, find_triggers(reading))
    named = _by_sentence(reading.sentences, mentions)
    people = [find_people(p.doc) if p.doc is not None else () for p in reading.paragraphs]
    starts = [[t.idx for t in p.doc] if p.doc is not None else [] for p in reading.paragraphs]
    scenes = []
    for number, sentence in enumerate(reading.sentences):
        paragraph = reading.paragraphs[sentence.paragraph]
        doc = paragraph.doc
        if doc is None:
            continue
        first = bisect.bisect_left(starts[sentence.paragraph], sentence.start - paragraph.start)
        last = bisect.bisect_left(starts[sentence.paragraph], sentence.end - paragraph.start)
        if first == last:
            continue
        scenes.append(
            Scene(
                sentence,
                paragraph,
                doc,
                first,
                last,
                tuple(doc[first:last]),
                triggers[number],
                _between(people[sentence.paragraph], first, last),
                named[number],
                find_phrases("incentives_en", sentence.text, sentence.start),
                find_phrases("channels_en", sentence.text, sentence.start),
                document_id,
            )
        )
    return tuple(scenes)


class _Placed(Protocol):
    @property
    def start(self) -> int: ...


_Item = TypeVar("_Item", bound=_Placed)


def _by_sentence(sentences: Sequence[Sentence], items: Sequence[_Item]) -> list[tuple[_Item, ...]]:
    """Deal out items, sorted by where they start, to the sentences that hold their start."""
    begins = [item.start for item in items]
    return [tuple(items[bisect.bisect_left(begins, s.start) : bisect.bisect_left(begins, s.end)]) for s in sentences]


def _between(people: Sequence[People], first: int, last: int) -> tuple[People, ...]:
    tokens = [p.token.i for p in people]
    return tuple(people[bisect.bisect_left(tokens, first) : bisect.bisect_left(tokens, last)])
