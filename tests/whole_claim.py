"""One document and one claim with every role filled, for the tests of the store."""

import datetime
from dataclasses import replace
from typing import Any

from graph import ids
from graph.frame import Claim, Claimant, Document, Entity, Extraction, Mention, Offer, Row, Slot, Time
from graph.store import Store

NOW, LATER = "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"
TEXT = "A robotics firm in Zhejiang seeks AI engineers from Spain. It offers housing."
ZHEJIANG = Entity("Region", "CN-ZJ", "Zhejiang")
FIRM = Entity(
    "Company",
    "described-firm",
    "A robotics firm in Zhejiang",
    described=True,
    based_in=(ZHEJIANG,),
    deals_with=(Entity("Company", "company-acme", "Acme"),),
)


def slot(entity: Entity, words: str, **more: Any) -> Slot:
    start = TEXT.find(words)
    return Slot(entity, words, start, start + len(words), **more)


def claim(**changes: Any) -> Claim:
    """Return a claim with every role filled, at the text's first sentence."""
    whole = Claim(
        0,
        TEXT.index(".") + 1,
        modality="alleged",
        stage="offered",
        recruiter=slot(FIRM, "A robotics firm in Zhejiang"),
        recruiter_type="company",
        on_behalf_of=(slot(Entity("Region", "CN", "China"), "Zhejiang"),),
        intermediaries=(slot(Entity("Company", "company-agency", "Agency"), "robotics"),),
        origin_employers=(slot(Entity("Company", "company-acme", "Acme"), "firm"),),
        destinations=(slot(ZHEJIANG, "Zhejiang", implied=True),),
        origins=(slot(Entity("Region", "ES", "Spain"), "Spain"),),
        fields=(slot(Entity("Field", "ai", "AI"), "AI"),),
        offers=(
            Offer(slot(Entity("Incentive", "housing", "housing"), "housing"), 1000.0, 2000.0, "EUR", "month", True),
        ),
        channels=(slot(Entity("Channel", "social_media", "social media"), "seeks", negated=True),),
        programmes=(slot(Entity("Programme", "programme-x", "X Plan"), "seeks"),),
        targets=(slot(Entity("Person", "person-ana", "Ana", document_bound=True), "engineers"),),
        claimants=(Claimant(slot(Entity("Voice", "voice-1", "informed sources"), "seeks"), "Informed sources", False),),
        count_min=10,
        count_qualifier="more than",
        time=Time("in March", datetime.date(2025, 3, 1), datetime.date(2025, 3, 31), "month"),
        confidence=0.75,
        factors={"trigger_strength": 0.9, "slot_certainty": 0.8, "voice_strength": 0.7, "hedge_factor": 0.6},
    )
    return replace(whole, **changes)


def document(text: str = TEXT, **changes: Any) -> Document:
    url = "https://example.org/report"
    whole = Document(
        ids.document_id(url, text),
        text,
        ids.revision(text),
        url=url,
        title="Robots wanted",
        publisher="Daily",
        date=datetime.date(2025, 3, 31),
        source="report.txt",
        signature=("00", "ff"),
    )
    return replace(whole, **changes)


def extraction(*claims: Claim, **changes: Any) -> Extraction:
    mention = Mention(ZHEJIANG, 19, 27)
    return Extraction(document(**changes), (mention, replace(mention, start=40, end=48)), claims, "rules/1")


def claims_of(store: Store) -> list[Row]:
    return store.read(
        "MATCH (c:Claim)-[s:STATED_IN]->(d:Document) RETURN c.id AS id, c.known_at AS at, c.known_until AS until, "
        "d.id AS document, c.document_id AS own, s.quote AS quote ORDER BY at, until, quote"
    )
