"""Why each claim was read: an extraction cut into paragraphs, marked parts and reasons, for whoever shows it.

    Extraction → Explanation
        Paragraph …      in the text's order
            Part …       a piece of text with the claims and the mention that it belongs to
            Reading …    the claims that end in this paragraph
                Reason … a filled slot: the words, their place, how sure, and how it came about
                facts    modality, stage, count, time, confidence …

Nothing here knows a terminal or HTML.
"""

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from graph import schema
from graph.claim_names import claim_name
from graph.frame import Claim, Entity, Extraction, Mention, Slot
from graph.rows import slots

_ROLES = {
    "RECRUITER": "recruiter",
    "ON_BEHALF_OF": "on behalf of",
    "INTERMEDIARY": "intermediary",
    "FROM_EMPLOYER": "from employer",
    "DESTINATION": "destination",
    "ORIGIN": "origin",
    "SEEKS": "field",
    "OFFERS": "incentive",
    "VIA": "channel",
    "UNDER": "programme",
    "TARGETS": "target",
    "SAID_BY": "said by",
}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of text; `claims` are the numbers of the claims whose evidence it is, `opens` and `closes` those that
    begin and end with it; `entity` is what it names, `begins` and `ends` whether the name does."""

    text: str
    claims: tuple[int, ...] = ()
    opens: tuple[int, ...] = ()
    closes: tuple[int, ...] = ()
    entity: Entity | None = None
    begins: bool = False
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a slot was filled; `words` are empty, `start` and `end` -1 where no words stand for it."""

    role: str
    value: str
    words: str
    start: int
    end: int
    certainty: float
    how: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A claim, numbered from 1: its name, the reasons for its slots, its other facts as (name, what it says)."""

    number: int
    name: str
    start: int
    end: int
    confidence: float
    reasons: tuple[Reason, ...]
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the text."""

    parts: tuple[Part, ...]
    claims: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that is shown of one document; `about` is one line on what was read with what."""

    title: str
    about: str
    paragraphs: tuple[Paragraph, ...]


def explain(extraction: Extraction) -> Explanation:
    """Return an extraction as what can be shown. Control characters of the text become visible signs."""
    document = extraction.document
    readings = [_reading(number, claim) for number, claim in enumerate(extraction.claims, 1)]
    about = [
        document.publisher,
        document.date.isoformat() if document.date else None,
        f"language {document.lang}",
        _number(len(extraction.mentions), "mention"),
        _number(len(readings), "claim"),
        extraction.extractor,
    ]
    return Explanation(
        visible(document.title or document.source or document.given_id or document.id),
        visible(" · ".join(item for item in about if item)),
        tuple(_paragraphs(document.text, extraction.mentions, readings)),
    )


def visible(text: str) -> str:
    """Return the text with control characters as signs, so that no text can steer a terminal; lengths stay."""
    return _CONTROL.sub(lambda match: chr(0x2400 + ord(match.group())) if match.group() < " " else "\ufffd", text)


def _number(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _paragraphs(text: str, mentions: Iterable[Mention], readings: list[Reading]) -> Iterator[Paragraph]:
    mentions = list(mentions)
    for line in re.finditer(r"[^\n]+", text):
        start, end = line.span()
        own = [reading for reading in readings if start < reading.end <= end]
        if own or line.group().strip():
            named = [m for m in mentions if m.start < end and m.end > start]
            stated = [r for r in readings if r.start < end and r.end > start]
            yield Paragraph(tuple(_parts(text, start, end, named, stated)), tuple(own))


def _parts(text: str, start: int, end: int, named: list[Mention], stated: list[Reading]) -> Iterator[Part]:
    """Yield text[start:end] cut wherever a mention or a claim begins or ends."""
    cuts = {start, end}
    spans = [(m.start, m.end) for m in named] + [(r.start, r.end) for r in stated]
    cuts.update(cut for span in spans for cut in span if start < cut < end)
    bounds = sorted(cuts)
    for left, right in itertools.pairwise(bounds):
        within = [r for r in stated if r.start < right and r.end > left]
        mention = next((m for m in named if m.start < right and m.end > left), None)
        yield Part(
            visible(text[left:right]),
            tuple(r.number for r in within),
            tuple(r.number for r in within if r.start == left),
            tuple(r.number for r in within if r.end == right),
            mention.entity if mention else None,
            begins=mention is not None and mention.start == left,
            ends=mention is not None and mention.end == right,
        )


def _reading(number: int, claim: Claim) -> Reading:
    reasons = tuple(_reason(_ROLES[type], slot, more, claim) for type, slot, more in slots(claim))
    return Reading(
        number, visible(claim_name(claim)), claim.start, claim.end, claim.confidence, reasons, tuple(_facts(claim))
    )


def _reason(role: str, slot: Slot, more: dict[str, Any], claim: Claim) -> Reason:
    value = slot.entity.name
    if slot.entity.described:
        value += f" (unnamed {slot.entity.label.lower()}, known in this document only)"
    elif slot.entity.label != "Voice" and slot.entity.id != slot.entity.name:
        value += f" ({slot.entity.id})"
    amount = _amount(more)
    if amount:
        value += f": {amount}"
    if more.get("position", 1) > 1:
        value += f", voice {more['position']} of a chain"
    return Reason(
        role, visible(value), visible(slot.text), slot.start, slot.end, slot.certainty, _how(slot, more, claim)
    )


def _how(slot: Slot, more: dict[str, Any], claim: Claim) -> str:
    """Return how a slot came to be filled, in words."""
    said = []
    if more.get("negated"):
        said.append("excluded by the text")
    if slot.implied:
        said.append("implied by a demonym or a known home")
    if slot.inferred:
        said.append("inferred from context")
    if not said:
        said.append("stated")
    if slot.start < 0:
        said.append("no words stand for it")
    elif not (claim.start <= slot.start and slot.end <= claim.end):
        said.append("words of another sentence")
    return ", ".join(said)


def _amount(more: dict[str, Any]) -> str:
    least, most = more.get("amount_min"), more.get("amount_max")
    if least is None and most is None:
        return "amount withheld" if more.get("undisclosed") else ""
    if least == most or least is None or most is None:
        limit = "" if least == most else "at least " if most is None else "at most "
        figure = f"{limit}{_figure(least if least is not None else most)}"
    else:
        figure = f"{_figure(least)} to {_figure(most)}"
    per = f" per {more['per']}" if more.get("per") else ""
    return f"{figure} {more.get('currency') or ''}".strip() + per


def _figure(number: float | None) -> str:
    return f"{number:,.10g}"


def _facts(claim: Claim) -> Iterator[tuple[str, str]]:
    yield "recruiter type", claim.recruiter_type.replace("_", " ")
    if not claim.claimants:
        yield "said by", "the narrator: the text names no other voice"
    yield "modality", f"{claim.modality}: {schema.MODALITIES[claim.modality]}"
    yield "stage", f"{claim.stage}: {schema.STAGES[claim.stage]}"
    if claim.count_min is not None or claim.count_max is not None:
        numbers = [str(n) for n in dict.fromkeys((claim.count_min, claim.count_max)) if n is not None]
        yield "people", visible(" ".join(filter(None, (claim.count_qualifier, " to ".join(numbers)))))
    if claim.time:
        days = " to ".join(d.isoformat() for d in (claim.time.valid_from, claim.time.valid_to) if d)
        yield "time", visible(f"“{claim.time.text}”: {days or 'not resolved'} ({claim.time.precision})")
    if claim.continues is not None:
        yield "continues", f"the approach of claim {claim.continues + 1}"
    factors = " × ".join(f"{name.replace('_', ' ')} {value:.2f}" for name, value in claim.factors.items())
    yield "confidence", f"{claim.confidence:.2f}" + (f" = {factors}" if factors else "")
