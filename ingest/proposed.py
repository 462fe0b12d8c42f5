"""From what a model proposes to claims that hold: same schema, same codes, and every word found in the text.

A quote that is not in the text drops the proposal, as do unknown codes of modality, stage and recruiter type. Within a
proposal a slot is dropped whose words are not in the text, or which names no code, place or name that we know.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, Field, ValidationError

from graph import ids, schema
from graph.frame import Claim, Claimant, Document, Entity, Mention, Offer, Slot
from graph.reference import by_id
from ingest.claims.confidence import confidence
from ingest.language import Sentence
from ingest.linking import known, term_entity

TRIGGER_STRENGTH = 0.7
CERTAINTY = 0.8
MOST_CLAIMS = 200
_PARTIES = ("Company", "Organisation", "Region")
_FENCE = re.compile(r"^\s*```(?:json)?\s*(.*?)\s*```\s*$", re.DOTALL)


def _one_of(codes: Iterable[str]) -> AfterValidator:
    allowed = frozenset(codes)

    def check(code: str) -> str:
        if code not in allowed:
            raise ValueError(f"not one of {', '.join(sorted(allowed))}")
        return code

    return AfterValidator(check)


class Words(BaseModel):
    """Words of the text and the code they stand for."""

    text: str = Field(min_length=1, max_length=500)
    code: str | None = None


class Recruiter(BaseModel):
    """The recruiting party's words and type."""

    text: str = Field(default="", max_length=500)
    type: Annotated[str, _one_of(schema.RECRUITER_TYPES)] = "unspecified"


class Proposal(BaseModel):
    """One proposed claim."""

    quote: str = Field(min_length=1, max_length=5_000)
    recruiter: Recruiter | None = None
    origin_employers: list[Words] = Field(default=[], max_length=20)
    destinations: list[Words] = Field(default=[], max_length=20)
    origins: list[Words] = Field(default=[], max_length=20)
    fields: list[Words] = Field(default=[], max_length=20)
    incentives: list[Words] = Field(default=[], max_length=20)
    channels: list[Words] = Field(default=[], max_length=20)
    programmes: list[Words] = Field(default=[], max_length=20)
    claimant: Words | None = None
    modality: Annotated[str, _one_of(schema.MODALITIES)] = "asserted"
    stage: Annotated[str, _one_of(schema.STAGES)] = "seeks"


def proposals(answer: str) -> tuple[list[Proposal], int]:
    """Return the proposals of a model's answer that fit the schema, and how many do not.

    Raises ValueError where the answer is no JSON object with a list `claims`.
    """
    fenced = _FENCE.match(answer)
    body = json.loads(fenced.group(1) if fenced else answer)
    items = body.get("claims") if isinstance(body, Mapping) else None
    if not isinstance(items, list):
        raise ValueError("no list of claims")
    fitting: list[Proposal] = []
    for item in items[:MOST_CLAIMS]:
        try:
            fitting.append(Proposal.model_validate(item))
        except ValidationError:
            continue
    return fitting, len(items) - len(fitting)


class Checker:
    """Turns proposals about one document into claims, or into nothing."""

    def __init__(self, document: Document, mentions: Sequence[Mention], sentences: Sequence[Sentence]) -> None:
        self._document = document
        self._mentions = mentions
        self._sentences = sentences

    def claim(self, proposal: Proposal, start: int = 0) -> Claim | None:
        """Return the claim, or None where its quote is not in the text from `start` on."""
        text = self._document.text
        begin = text.find(proposal.quote, start)
        if begin < 0 or not proposal.quote.strip():
            return None
        quoted = [s for s in self._sentences if s.start < begin + len(proposal.quote) and s.end > begin]
        if not quoted:
            return None
        span = quoted[0].start, quoted[-1].end
        given = proposal.recruiter or Recruiter()
        recruiter = self._party(given.text, given.type, span) if given.text else None
        destinations = self._coded("Region", proposal.destinations, span)
        origins = self._coded("Region", proposal.origins, span)
        fields = self._coded("Field", proposal.fields, span)
        claimants = self._claimants(proposal.claimant, span)
        filled = (*destinations, *origins, *fields, *((recruiter,) if recruiter else ()))
        sure, factors = confidence(TRIGGER_STRENGTH, [s.certainty for s in filled], claimants, proposal.modality)
        return Claim(
            *span,
            modality=proposal.modality,
            stage=proposal.stage,
            recruiter=recruiter,
            recruiter_type=given.type,
            origin_employers=tuple(s for w in proposal.origin_employers if (s := self._party(w.text, "company", span))),
            destinations=destinations,
            origins=origins,
            fields=fields,
            offers=tuple(Offer(slot) for slot in self._coded("Incentive", proposal.incentives, span)),
            channels=self._coded("Channel", proposal.channels, span),
            programmes=self._coded("Programme", proposal.programmes, span),
            claimants=claimants,
            confidence=sure,
            factors=factors,
        )

    def _place(self, words: str, span: tuple[int, int]) -> tuple[int, int] | None:
        """Return where words stand: in the sentence, else anywhere in the text."""
        text = self._document.text
        start = text.find(words, *span)
        if start < 0:
            start = text.find(words)
        return (start, start + len(words)) if words.strip() and start >= 0 else None

    def _slot(self, entity: Entity, at: tuple[int, int], span: tuple[int, int]) -> Slot:
        elsewhere = not (span[0] <= at[0] and at[1] <= span[1])
        return Slot(entity, self._document.text[slice(*at)], *at, certainty=CERTAINTY, inferred=elsewhere)

    def _mentioned(self, at: tuple[int, int], labels: Sequence[str]) -> Entity | None:
        """Return the entity that words name: the mention that covers them, or that they consist of."""
        words = self._document.text[slice(*at)]
        for mention in self._mentions:
            name = self._document.text[mention.start : mention.end]
            inside = mention.start <= at[0] and at[1] <= mention.end
            if mention.entity.label in labels and (inside or ids.name_key(name) == ids.name_key(words)):
                return mention.entity
        return None

    def _coded(self, label: str, words: Sequence[Words], span: tuple[int, int]) -> tuple[Slot, ...]:
        """Return the slots whose words are in the text and stand for something known, each entity once."""
        slots: dict[str, Slot] = {}
        for item in words:
            at = self._place(item.text, span)
            if at is None:
                continue
            named, coded = known(label, item.text), by_id(label).get(item.code or "")
            # A place or programme is what its words say; a field, an incentive or a channel what the model says.
            term = (named or coded) if label in ("Region", "Programme") else (coded or named)
            entity = term_entity(term) if term else self._mentioned(at, (label,))
            if entity is not None:
                slots.setdefault(entity.id, self._slot(entity, at, span))
        return tuple(slots.values())

    def _party(self, words: str, type: str, span: tuple[int, int]) -> Slot | None:
        """Return a party by its words: a name of the text or of the lists, else a described one of this document."""
        at = self._place(words, span)
        if at is None:
            return None
        entity = self._mentioned(at, _PARTIES)
        if entity is None:
            term = next((t for label in _PARTIES if (t := known(label, words))), None)
            label = "Company" if type in ("company", "intermediary", "unspecified") else "Organisation"
            described = Entity(label, ids.described_id(self._document.id, words), words, described=True)
            entity = term_entity(term) if term else described
        return self._slot(entity, at, span)

    def _claimants(self, words: Words | None, span: tuple[int, int]) -> tuple[Claimant, ...]:
        at = self._place(words.text, span) if words else None
        if words is None or at is None:
            return ()
        entity = self._mentioned(at, ("Person", *_PARTIES))
        if entity is not None:
            return (Claimant(self._slot(entity, at, span), words.text, named=True),)
        voice = Entity("Voice", ids.described_id(self._document.id, words.text), words.text)
        return (Claimant(self._slot(voice, at, span), words.text, named=False),)


def codes() -> dict[str, Any]:
    """Return the closed vocabularies of a proposal, as they are told to the model."""
    return {
        "recruiter.type": list(schema.RECRUITER_TYPES),
        "modality": schema.MODALITIES,
        "stage": schema.STAGES,
        "fields.code": {term.id: term.name for term in by_id("Field").values() if term.level == "code"},
        "incentives.code": {term.id: term.name for term in by_id("Incentive").values()},
        "channels.code": {term.id: term.name for term in by_id("Channel").values()},
    }
