"""Who says it: the voices responsible for a claim, nearest first.

In order: the speaker of the quotation that the trigger stands in; the acts of speech over its clause in the tree
(`speech`); and, where the sentence has none, the voice of the sentence before, if it plainly goes on. Whatever is left
is the narrator's. A speaker is never made up from a name near by.
"""

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from graph.frame import Claimant, Mention, Slot
from ingest.claims import speech, tree
from ingest.claims.quotations import quotation_at
from ingest.claims.triggers import Trigger
from ingest.claims.voices import Voice, voice
from ingest.language import Reading, Sentence

_LOOK_BACK = 8  # sentences in which the last speaker is sought


def claimants(
    reading: Reading, mentions: tuple[Mention, ...], trigger: Trigger, document_id: str
) -> tuple[Claimant, ...]:
    """Return the voices that state the claim at the trigger, nearest first; empty for the narrator."""
    if trigger.token is None:
        return ()
    listener = _Listener(reading, mentions, document_id)
    return tuple(_claimant(one, position) for position, one in enumerate(listener.voices(trigger), 1))


def _claimant(one: Voice, position: int) -> Claimant:
    slot = Slot(one.entity, one.role, one.start, one.end, one.certainty, inferred=one.inferred)
    return Claimant(slot, one.role, one.named, position)


def sentence_tokens(reading: Reading, sentence: Sentence) -> Sequence[Token]:
    """Return the tokens of a sentence; none where its paragraph was not parsed."""
    paragraph = reading.paragraphs[sentence.paragraph]
    if paragraph.doc is None:
        return ()
    return [t for t in paragraph.doc if sentence.start <= paragraph.start + t.idx < sentence.end]


class _Listener:
    """Follows who speaks through one text."""

    def __init__(self, reading: Reading, mentions: tuple[Mention, ...], document_id: str) -> None:
        self.reading = reading
        self.mentions = mentions
        self.document_id = document_id

    def voices(self, trigger: Trigger) -> list[Voice]:
        token = trigger.token
        assert token is not None
        index = self._index(trigger.sentence)
        tokens = sentence_tokens(self.reading, trigger.sentence)
        acts = speech.acts_over(token, tokens) if tokens else ()
        quotation = quotation_at(self.reading.text, trigger.start)
        found: list[Voice] = []
        for act in acts:
            found += self._of_act(act, index)
        if quotation is not None and not any(self._outside(act, quotation, index) for act in acts):
            speaker = self._quoted_by(quotation, index)
            if speaker is not None:
                found.append(speaker)
        if not acts and not found:
            carried = self._carried(trigger, tokens, index)
            if carried is not None:
                found.append(carried)
        return _distinct(found)

    def _index(self, sentence: Sentence) -> int:
        return self.reading.sentences.index(sentence)

    def _position(self, token: Token, index: int) -> int:
        return self.reading.paragraphs[self.reading.sentences[index].paragraph].start + token.idx

    def _outside(self, act: speech.Act, quotation: tuple[int, int], index: int) -> bool:
        return not quotation[0] <= self._position(act.word, index) < quotation[1]

    def _of_act(self, act: speech.Act, index: int) -> list[Voice]:
        """Return the voice of an act, and the medium it was told to or quoted by."""
        found = []
        speaker = self._resolve(act.voice, index) if act.voice is not None else None
        if speaker is not None:
            found.append(speaker)
            if act.hearer is not None:
                hearer = self._resolve(act.hearer, index)
                if hearer is not None and hearer.entity.label == "Publisher":
                    found.append(hearer)
            cited = self._cited_by(act.voice, index) if act.voice is not None else None
            if cited is not None:
                found.append(cited)
        return found

    def _cited_by(self, noun: Token, index: int) -> Voice | None:
        """Return the medium in "officials cited by the paper"."""
        for child in noun.children:
            if child.dep_ == "acl" and child.lower_ in ("cited", "quoted"):
                medium = next((n for preposition, n in tree.obliques(child) if preposition == "by"), None)
                return self._resolve(medium, index) if medium is not None else None
        return None

    def _resolve(self, noun: Token, index: int) -> Voice | None:
        paragraph = self.reading.paragraphs[self.reading.sentences[index].paragraph]
        if noun.pos_ == "PRON":
            return self._pronoun(noun, index)
        return voice(noun, paragraph, self.mentions, self.document_id)

    def _pronoun(self, noun: Token, index: int) -> Voice | None:
        word, words = noun.lower_, speech.lexicon()
        position = self._position(noun, index)
        at = {"start": position, "end": position + len(noun), "inferred": True, "certainty": 0.7}
        paragraph = self.reading.sentences[index].paragraph
        for earlier in range(index - 1, max(-1, index - 1 - _LOOK_BACK), -1):
            for speaker in self._speakers(earlier):
                fits = (
                    (word in words["person_pronouns"] and speaker.person and not speaker.plural)
                    or (word in words["group_pronouns"] and speaker.plural)
                    or (word in words["thing_pronouns"] and not speaker.person)
                )
                if fits:
                    return replace(speaker, **at)
        labels = ("Person",) if word in words["person_pronouns"] else ()
        labels = ("Company", "Organisation") if word in words["thing_pronouns"] else labels
        for mention in reversed(self.mentions):
            if mention.end <= position and mention.entity.label in labels:
                near = mention.start >= self.reading.paragraphs[max(0, paragraph - 1)].start
                return self._from_mention(mention, noun, at) if near else None
        return None

    def _from_mention(self, mention: Mention, noun: Token, at: dict[str, object]) -> Voice:
        person = mention.entity.label == "Person"
        return Voice(mention.entity, mention.entity.name, True, **at, plural=False, person=person)  # type: ignore[arg-type]

    def _speakers(self, index: int) -> list[Voice]:
        """Return the voices of the reporting verbs and phrases of a sentence, in its order."""
        sentence = self.reading.sentences[index]
        tokens = sentence_tokens(self.reading, sentence)
        found = []
        for token in tokens:
            noun = None
            if speech.is_reporting(token):
                noun = speech.voice_of(token)
            elif token.lower_ == "according":
                noun = next((n for _, n in tree.obliques(token)), None)
            if noun is not None:
                speaker = self._resolve(noun, index)
                if speaker is not None:
                    found.append(speaker)
        return found

    def _quoted_by(self, quotation: tuple[int, int], index: int) -> Voice | None:
        """Return who speaks a quotation: a reporting verb beside it, else the last speaker."""
        for token in sentence_tokens(self.reading, self.reading.sentences[index]):
            position = self._position(token, index)
            if not quotation[0] <= position < quotation[1] and speech.is_reporting(token):
                noun = speech.voice_of(token)
                speaker = self._resolve(noun, index) if noun is not None else None
                if speaker is not None:
                    return speaker
        return self._last_speaker(index)

    def _last_speaker(self, index: int) -> Voice | None:
        first = self.reading.sentences[index].paragraph - 1
        for earlier in range(index - 1, max(-1, index - 1 - _LOOK_BACK), -1):
            if self.reading.sentences[earlier].paragraph < first:
                return None
            speakers = self._speakers(earlier)
            if speakers:
                return replace(speakers[-1], inferred=True, certainty=0.6)
        return None

    def _carried(self, trigger: Trigger, tokens: Sequence[Token], index: int) -> Voice | None:
        return None


def _distinct(voices: list[Voice]) -> list[Voice]:
    seen: set[tuple[str, str]] = set()
    found = []
    for one in voices:
        key = (one.entity.label, one.entity.id)
        if key not in seen:
            seen.add(key)
            found.append(one)
    return found
