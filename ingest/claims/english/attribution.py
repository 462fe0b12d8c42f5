"""Who says it: the voices responsible for a claim, nearest first.

In order: the speaker of the quotation that the trigger stands in; the acts of speech over its clause in the tree
(`speech`); and, where the sentence has none, the voice of the sentence before, if it plainly goes on. Whatever is left
is the narrator's. A speaker is never made up from a name near by.
"""

import bisect
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from graph.frame import Claimant, Mention, Slot
from ingest.claims.english import reporting, speech, tree
from ingest.claims.english.accounts import accuses, fits, is_about, is_hearsay, is_indirect, names_accused
from ingest.claims.english.quotations import quotation_at
from ingest.claims.english.triggers import Trigger
from ingest.claims.english.voices import Voice, voice
from ingest.language import Paragraph, Reading, Sentence

_LOOK_BACK = 8  # sentences in which the last speaker is sought
_GOES_ON = 3  # sentences over which an account goes on without its voice being repeated
_BESIDE = 3  # characters between a quotation and the words that say who spoke it
_PRONOUNS = frozenset(("he", "she", "they", "it"))


def claimants(
    reading: Reading, mentions: tuple[Mention, ...], trigger: Trigger, document_id: str
) -> tuple[Claimant, ...]:
    """Return the voices that state the claim at the trigger, nearest first; empty for the narrator."""
    if trigger.token is None:
        return ()
    listener = _listener(reading, mentions, document_id)
    return tuple(_claimant(one, position, reading.text) for position, one in enumerate(listener.voices(trigger), 1))


def _listener(reading: Reading, mentions: tuple[Mention, ...], document_id: str) -> "_Listener":
    """Return the listener of a text; the last one is kept, so that a text is listened to once for all its triggers."""
    kept = _kept.get("last")
    if kept is None or kept.reading is not reading or kept.mentions is not mentions or kept.document_id != document_id:
        kept = _Listener(reading, mentions, document_id)
        _kept["last"] = kept
    return kept


def _claimant(one: Voice, position: int, text: str) -> Claimant:
    words = text[one.start : one.end] if one.start >= 0 else ""
    slot = Slot(one.entity, words, one.start, one.end, one.certainty, inferred=one.inferred)
    return Claimant(slot, one.role, one.named, position)


def sentence_tokens(reading: Reading, sentence: Sentence) -> Sequence[Token]:
    """Return the tokens of a sentence; none where its paragraph was not parsed."""
    paragraph = reading.paragraphs[sentence.paragraph]
    if paragraph.doc is None:
        return ()
    start = sentence.start - paragraph.start
    span = paragraph.doc.char_span(start, sentence.end - paragraph.start, alignment_mode="contract")
    return list(span) if span is not None else ()


class _Listener:
    """Follows who speaks through one text."""

    def __init__(self, reading: Reading, mentions: tuple[Mention, ...], document_id: str) -> None:
        self.reading = reading
        self.mentions = mentions
        self.document_id = document_id
        self._begins = [sentence.start for sentence in reading.sentences]
        self._heard: list[list[tuple[Voice, Token]]] = []

    def voices(self, trigger: Trigger) -> list[Voice]:
        token = trigger.token
        assert token is not None
        index = bisect.bisect_right(self._begins, trigger.sentence.start) - 1
        tokens = sentence_tokens(self.reading, trigger.sentence)
        acts = speech.acts_over(token, tokens) if tokens else ()
        found: list[Voice] = []
        for act in acts:
            found += self._of_act(act, index)
        quotation = quotation_at(self.reading.text, trigger.start)
        if quotation is not None:
            if not any(self._outside(act.word, quotation, index) for act in acts):
                speaker = self._quoted_by(quotation, index)
                found += [speaker] if speaker is not None else []
        elif not found:
            carried = self._carried(trigger, tokens, index)
            found += [carried] if carried is not None else []
        return _distinct(found)

    def _paragraph(self, index: int) -> Paragraph:
        return self.reading.paragraphs[self.reading.sentences[index].paragraph]

    def _position(self, token: Token, index: int) -> int:
        return self._paragraph(index).start + token.idx

    def _outside(self, token: Token, quotation: tuple[int, int], index: int) -> bool:
        return not quotation[0] <= self._position(token, index) < quotation[1]

    def _of_act(self, act: speech.Act, index: int) -> list[Voice]:
        """Return the voice of an act, and the medium it was told to or quoted by."""
        speaker = self._speaker(act, index)
        if speaker is None:
            return []
        through = [self._resolve(act.hearer, index)] if act.hearer is not None else []
        through += [self._cited_by(act.voice, index)] if act.voice is not None else []
        return [speaker, *(v for v in through if v is not None and v.entity.label == "Publisher")]

    def _speaker(self, act: speech.Act, index: int) -> Voice | None:
        """Return the voice of an act, or None; within a quotation "they said" tells of those spoken about."""
        if act.voice is None:
            return None
        told = (
            act.voice.pos_ == "PRON" and quotation_at(self.reading.text, self._position(act.voice, index)) is not None
        )
        says = act.word.lower_ in reporting.lexicon()["saying_verbs"]
        speaker = None if told else self._resolve(act.voice, index, says=says)
        return None if speaker is None or (act.only and speaker.entity.label != act.only) else speaker

    def _cited_by(self, noun: Token, index: int) -> Voice | None:
        """Return the medium in "officials cited by the paper"."""
        for child in noun.children:
            if child.dep_ == "acl" and child.lower_ in ("cited", "quoted"):
                medium = next((n for preposition, n in tree.obliques(child) if preposition == "by"), None)
                return self._resolve(medium, index) if medium is not None else None
        return None

    def _resolve(self, noun: Token, index: int, *, says: bool = False) -> Voice | None:
        if noun.pos_ == "PRON" and noun.lower_ in _PRONOUNS:
            return self._pronoun(noun, index)
        return voice(noun, self._paragraph(index), self.mentions, self.reading.text, self.document_id, says=says)

    def _pronoun(self, noun: Token, index: int) -> Voice | None:
        """Return whom "he", "they" or "it" speaks for: the last fitting speaker of the paragraph, else the last person
        or body it names, else the last fitting speaker before.
        """
        if noun.lower_ == "it" and tree.is_passive(noun.head):
            return None  # "it was said"
        position = self._position(noun, index)
        here = self.reading.sentences[index].paragraph
        before = range(index - 1, max(-1, index - 1 - _LOOK_BACK), -1)
        near = [i for i in before if self.reading.sentences[i].paragraph == here]
        found = self._subject_before(noun, index)
        if found is None or not (found.named or found.plural):
            found = self._last_fitting(noun, near) or found
        if found is None or not (found.named or found.plural):
            found = self._last_named(noun, self._paragraph(index).start, position) or found
        if found is None:
            found = self._last_fitting(noun, [i for i in before if i not in near])
        if found is None:
            above = self.reading.paragraphs[max(0, here - 1)]
            found = self._last_named(noun, above.start, position)
        if found is None:
            return None
        return replace(found, start=position, end=position + len(noun), inferred=True, certainty=0.7)

    def _subject_before(self, noun: Token, index: int) -> Voice | None:
        """Return the fitting subject that stands before a pronoun in its sentence ("X hired many; it says …")."""
        for token in reversed(sentence_tokens(self.reading, self.reading.sentences[index])):
            subject = token.dep_ in ("nsubj", "nsubjpass", "nsubj:pass") and token.pos_ in ("NOUN", "PROPN")
            if token.i < noun.i and subject:
                found = voice(token, self._paragraph(index), self.mentions, self.reading.text, self.document_id)
                if found is not None and fits(noun.lower_, found):
                    return found
        return None

    def _last_fitting(self, noun: Token, sentences: Sequence[int]) -> Voice | None:
        for earlier in sentences:
            for speaker, _ in reversed(self._speakers(earlier)):
                if fits(noun.lower_, speaker):
                    return speaker
        return None

    def _last_named(self, noun: Token, first: int, position: int) -> Voice | None:
        words = reporting.lexicon()
        if noun.lower_ in words["person_pronouns"]:
            labels: tuple[str, ...] = ("Person",)
        elif noun.lower_ in words["thing_pronouns"]:
            labels = ("Company", "Organisation")
        else:
            return None
        begin = bisect.bisect_left(self.mentions, first, key=lambda m: m.start)
        stop = bisect.bisect_right(self.mentions, position, key=lambda m: m.end)
        named = [m for m in self.mentions[begin:stop] if m.entity.label in labels]
        if not named:
            return None
        # the first of the last sentence that names one: its subject, as a rule
        last = bisect.bisect_right(self._begins, named[-1].start) - 1
        since = self._begins[last] if last >= 0 else 0  # a dateline stands before the first sentence
        mention = next(m for m in named if m.start >= since)
        entity = mention.entity
        return Voice(
            entity, entity.name, True, mention.start, mention.end, plural=False, person=entity.label == "Person"
        )

    def _speakers(self, index: int) -> list[tuple[Voice, Token]]:
        """Return the voices of a sentence with their verbs, in its order.

        Sentences are listened to one after the other: a pronoun of one rests on what was heard before it.
        """
        while len(self._heard) <= index:
            self._heard.append(self._hear(len(self._heard)))
        return self._heard[index]

    def _hear(self, index: int) -> list[tuple[Voice, Token]]:
        sentence = self.reading.sentences[index]
        tokens = sentence_tokens(self.reading, sentence)
        found = []
        for act in speech.acts_in(tokens):
            speaker = self._speaker(act, index)
            if speaker is not None:
                found.append((speaker, act.word))
        return found

    def _quoted_by(self, quotation: tuple[int, int], index: int) -> Voice | None:
        """Return who speaks a quotation: a verb beside it, in its first or last sentence, else the last speaker."""
        opening = bisect.bisect_right(self._begins, quotation[0]) - 1
        if opening < 0 or quotation[0] >= self.reading.sentences[opening].end + 2:
            opening = index
        closing = max(0, bisect.bisect_left(self._begins, quotation[1]) - 1)
        for beside in dict.fromkeys((opening, index, closing, closing + 1)):
            if beside >= len(self.reading.sentences) or (
                beside == closing + 1 and not self._goes_on(quotation, beside)
            ):
                continue
            speakers = [s for s, word in self._speakers(beside) if self._outside(word, quotation, beside)]
            if speakers:
                return speakers[-1]
        return self._last_speaker(opening)

    def _goes_on(self, quotation: tuple[int, int], index: int) -> bool:
        """Whether a sentence only adds who spoke the quotation before it (“How?” he asked)."""
        sentence = self.reading.sentences[index]
        return sentence.start - quotation[1] <= _BESIDE and sentence.text[:1].islower()

    def _last_speaker(self, index: int) -> Voice | None:
        first = self.reading.sentences[index].paragraph - 1
        for earlier in range(index - 1, max(-1, index - 1 - _LOOK_BACK), -1):
            if self.reading.sentences[earlier].paragraph < first:
                return None
            speakers = self._speakers(earlier)
            if speakers:
                return replace(speakers[-1][0], inferred=True, certainty=0.6)
        return None

    def _carried(self, trigger: Trigger, tokens: Sequence[Token], index: int) -> Voice | None:
        """Return the voice of the sentences before, where this one plainly goes on with its account."""
        assert trigger.token is not None
        if self._speakers(index):
            return None  # the sentence has its own voice, for another part of it
        here = self.reading.sentences[index].paragraph
        if names_accused(tokens):
            return self._last_accuser(index)
        for earlier in range(index - 1, max(-1, index - 1 - _GOES_ON), -1):
            sentence = self.reading.sentences[earlier]
            if sentence.paragraph != here:
                return None
            if names_accused(sentence_tokens(self.reading, sentence)):
                return self._last_accuser(earlier)
            speakers = self._speakers(earlier)
            if speakers:
                speaker, word = speakers[-1]
                goes_on = is_hearsay(trigger.token) or is_indirect(trigger.token) or is_about(speaker, tokens)
                if accuses(word, speaker) or goes_on:
                    return replace(speaker, inferred=True, certainty=0.6)
                return None
        return None

    def _last_accuser(self, index: int) -> Voice | None:
        for earlier in range(index - 1, max(-1, index - 1 - _LOOK_BACK), -1):
            for speaker, word in reversed(self._speakers(earlier)):
                if accuses(word, speaker):
                    return replace(speaker, inferred=True, certainty=0.6)
        return None


def _distinct(voices: list[Voice]) -> list[Voice]:
    """Return the voices, each entity once; a publisher behind a voice stays."""
    return list({(one.entity.label, one.entity.id): one for one in reversed(voices)}.values())[::-1]


_kept: dict[str, _Listener] = {}
