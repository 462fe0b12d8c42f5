"""What one extraction becomes in the graph: node properties and relationship rows, all derived values included.

    document_rows(extraction, membership, narrator, known_at) → Rows
        document     properties of the Document
        entities     by label: {id, properties} of what the reference data does not know
        claims       {id, properties}
        links        by (type, start label, end label): {start, end, properties}
        touched      the (region, field) pairs that these claims state, and their month

Nothing here talks to a store.
"""

import datetime
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from graph import ids, reference
from graph.claim_names import claim_name
from graph.derived import FIELD_LISTS, REGION_LISTS, Touched, claimant_key, levels
from graph.frame import Claim, Document, Entity, Extraction, Slot, StoryMembership
from graph.offices import holds_office
from graph.schema import UNDATED, UNSTATED

Properties = dict[str, Any]
LinkKind = tuple[str, str, str]

HOME = {"Company": "BASED_IN", "Organisation": "BASED_IN", "Programme": "RUN_BY"}
NAME_LENGTH = 80


@dataclass(slots=True)
class Rows:
    """All that one document puts into the graph; see the module."""

    document: Properties
    entities: dict[str, dict[str, Properties]] = field(default_factory=dict)
    claims: dict[str, Properties] = field(default_factory=dict)
    links: dict[LinkKind, dict[tuple[str, str], Properties]] = field(default_factory=dict)
    touched: Touched = field(default_factory=Touched)

    def entity(self, entity: Entity) -> None:
        """Note an entity; what is in the reference data has its node already."""
        if entity.id not in reference.by_id(entity.label):
            self.entities.setdefault(entity.label, {})[entity.id] = entity_properties(entity)

    def link(self, kind: LinkKind, start: str, end: str, properties: Properties | None = None) -> None:
        """Note a relationship; between the same two nodes the first of a kind stays."""
        self.links.setdefault(kind, {}).setdefault((start, end), properties or {})


def content_hash(extraction: Extraction) -> str:
    """Return a hash of all that the graph keeps of an extraction, by which a repeated one is recognised.

    Where the text was found (`source`, `given_id`) is left out: the same text from another folder is nothing new, nor
    is another spelling of its publisher.
    """
    document = replace(extraction.document, source=None, given_id=None, publisher=publisher_id(extraction.document))
    plain = replace(extraction, document=document)
    return hashlib.sha256(repr(plain).encode("utf-8", "surrogatepass")).hexdigest()[:20]


def publisher_id(document: Document) -> str | None:
    """Return the id of the document's publisher, or None."""
    return ids.named_id("Publisher", document.publisher) if document.publisher else None


def search_keys(*names: str | None) -> list[str]:
    """Return the names as they are compared, each once."""
    return sorted({ids.name_key(name) for name in names if name})


def entity_properties(entity: Entity) -> Properties:
    """Return the properties of a node that the reference data does not know."""
    properties: Properties = {"name": entity.name}
    if entity.label != "Voice":
        properties |= {"aliases": [], "search": search_keys(entity.id, entity.name)}
    if entity.label in ("Company", "Organisation"):
        properties["described"] = entity.described
    if entity.label == "Organisation" and entity.kind:
        properties["kind"] = entity.kind
    if entity.label == "Person":
        properties["document_bound"] = entity.document_bound
    return properties


def claim_ids(extraction: Extraction) -> list[str]:
    """Return the claims' ids, in order."""
    seen: dict[tuple[int, int, tuple[int, int] | None], int] = {}
    found = []
    for claim in extraction.claims:
        who = (claim.recruiter and claim.recruiter.start >= 0 and (claim.recruiter.start, claim.recruiter.end)) or None
        key = (claim.start, claim.end, who)
        ordinal = seen.get(key, 0)
        seen[key] = ordinal + 1
        found.append(ids.claim_id(extraction.document.id, claim.start, claim.end, who, ordinal))
    return found


def document_rows(extraction: Extraction, membership: StoryMembership, narrator: str | None, known_at: str) -> Rows:
    """Return what the document puts into the graph; `narrator` is the publisher of its story's earliest document."""
    document = extraction.document
    rows = Rows(
        _document_properties(document, known_at)
        | {
            "extraction": content_hash(extraction),
            "extractor": extraction.extractor,
        }
    )
    publisher = publisher_id(document)
    if publisher and document.publisher:
        rows.entities["Publisher"] = {
            publisher: {
                "name": document.publisher,
                "aliases": [],
                "search": search_keys(publisher, document.publisher),
            }
        }
        rows.link(("PUBLISHED_BY", "Document", "Publisher"), document.id, publisher)
    rows.link(("TELLS", "Document", "Story"), document.id, membership.story_id, {"similarity": membership.similarity})
    _mention_rows(extraction, rows)
    claim_list = list(zip(claim_ids(extraction), extraction.claims, strict=True))
    for id, claim in claim_list:
        approach = claim_list[claim.continues][0] if claim.continues is not None else id
        derived = {
            "document_id": document.id,
            "story_id": membership.story_id,
            "approach_id": approach,
            "claimant_key": claimant_key(membership.story_id, narrator, _nearest(claim)),
            "publisher_id": publisher or UNSTATED,
            "known_at": known_at,
            "extractor": extraction.extractor,
        }
        rows.claims[id] = _claim_properties(claim, document) | derived
        if approach != id:
            rows.link(("CONTINUES", "Claim", "Claim"), id, approach)
        _slot_rows(id, claim, document, rows)
        rows.touched.add(
            rows.claims[id]["month"], (s.entity.id for s in claim.destinations), (s.entity.id for s in claim.fields)
        )
    return rows


def _document_properties(document: Document, known_at: str) -> Properties:
    opening = " ".join(document.text[: 2 * NAME_LENGTH].split())
    name = document.title or (opening if len(opening) <= NAME_LENGTH else opening[: NAME_LENGTH - 1] + "…")
    return {
        "id": document.id,
        "name": name or document.id,
        "url": document.url,
        "title": document.title,
        "date": document.date,
        "lang": document.lang,
        "author": document.author,
        "text": document.text,
        "revision": document.revision,
        "source": document.source,
        "signature": list(document.signature),
        "traces": list(document.traces),
        "known_at": known_at,
        "sample": document.sample,
    }


def _mention_rows(extraction: Extraction, rows: Rows) -> None:
    for mention in sorted(extraction.mentions, key=lambda m: m.start):
        entity = mention.entity
        _entity_rows(entity, extraction.document, rows)
        kind = ("MENTIONS", "Document", entity.label)
        rows.link(kind, extraction.document.id, entity.id, {"count": 0, "first_start": mention.start})
        rows.links[kind][extraction.document.id, entity.id]["count"] += 1


def _entity_rows(entity: Entity, document: Document, rows: Rows) -> None:
    """Note an entity and what its description says about it."""
    rows.entity(entity)
    said = {"document_id": document.id}
    for home in entity.based_in:
        if entity.label in HOME and home.label == "Region":
            rows.entity(home)
            rows.link((HOME[entity.label], entity.label, home.label), entity.id, home.id, said)
    for partner in entity.deals_with:
        if entity.label == partner.label == "Company" and partner.id != entity.id:
            rows.entity(partner)
            rows.link(("DEALS_WITH", "Company", "Company"), entity.id, partner.id, said)


def _nearest(claim: Claim) -> tuple[str, str, bool] | None:
    if not claim.claimants:
        return None
    nearest = min(claim.claimants, key=lambda c: (c.position, c.slot.start, c.slot.entity.id))
    return nearest.slot.entity.id, nearest.role, nearest.named


def _claim_properties(claim: Claim, document: Document) -> Properties:
    reported: datetime.date | None = document.date
    time = claim.time
    return {
        "name": claim_name(claim),
        "recruiter_type": claim.recruiter_type,
        "modality": claim.modality,
        "stage": claim.stage,
        "count_min": claim.count_min,
        "count_max": claim.count_max,
        "count_qualifier": claim.count_qualifier,
        "time_text": time.text if time else None,
        "valid_from": time.valid_from if time else None,
        "valid_to": time.valid_to if time else None,
        "precision": time.precision if time else None,
        "reported_on": reported,
        "month": reported.strftime("%Y-%m") if reported else UNDATED,
        "confidence": claim.confidence,
        **claim.factors,
        **levels("Region", (slot.entity.id for slot in claim.destinations), REGION_LISTS),
        **levels("Field", (slot.entity.id for slot in claim.fields), FIELD_LISTS),
    }


def slots(claim: Claim) -> Iterator[tuple[str, Slot, Properties]]:
    """Yield every filled role of a claim: relationship type, slot, properties beyond a slot's own."""
    if claim.recruiter:
        yield "RECRUITER", claim.recruiter, {}
    plain = {
        "ON_BEHALF_OF": claim.on_behalf_of,
        "INTERMEDIARY": claim.intermediaries,
        "FROM_EMPLOYER": claim.origin_employers,
        "SEEKS": claim.fields,
        "UNDER": claim.programmes,
        "TARGETS": claim.targets,
    }
    for type, filled in plain.items():
        for slot in filled:
            yield type, slot, {}
    for type, places in (("DESTINATION", claim.destinations), ("ORIGIN", claim.origins)):
        for slot in places:
            yield type, slot, {"implied": slot.implied}
    for slot in claim.channels:
        yield "VIA", slot, {"negated": slot.negated}
    for offer in claim.offers:
        yield (
            "OFFERS",
            offer.slot,
            {
                "amount_min": offer.amount_min,
                "amount_max": offer.amount_max,
                "currency": offer.currency,
                "per": offer.per,
                "undisclosed": offer.undisclosed,
            },
        )
    for claimant in claim.claimants:
        yield (
            "SAID_BY",
            claimant.slot,
            {
                "role": claimant.role,
                "named": claimant.named,
                "office": holds_office(claimant.role, claimant.slot.entity.name),
                "position": claimant.position,
            },
        )


def _slot_rows(id: str, claim: Claim, document: Document, rows: Rows) -> None:
    quote = {"quote": document.text[claim.start : claim.end], "start": claim.start, "end": claim.end}
    rows.link(("STATED_IN", "Claim", "Document"), id, document.id, quote)
    for type, slot, more in slots(claim):
        _entity_rows(slot.entity, document, rows)
        own = {
            "text": slot.text,
            "start": slot.start,
            "end": slot.end,
            "certainty": slot.certainty,
            "inferred": slot.inferred,
        }
        rows.link((type, "Claim", slot.entity.label), id, slot.entity.id, own | more)
