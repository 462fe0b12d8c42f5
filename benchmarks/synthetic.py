"""Documents with claims, made up in any number: the same seed gives the same ones."""

import datetime
import random

from graph import ids, reference
from graph.frame import Claim, Document, Entity, Extraction, Slot

SENTENCE = "A firm seeks people in a trade for a place. "


def _entity(label: str, id: str) -> Entity:
    return Entity(label, id, reference.by_id(label)[id].name)


def extraction(number: int, claims: int = 4) -> Extraction:
    """Return document `number` with `claims` claims over random places and fields of the reference data."""
    chance = random.Random(number)
    regions = sorted(id for id, term in reference.by_id("Region").items() if term.level in ("country", "province"))
    fields = sorted(id for id, term in reference.by_id("Field").items() if term.level == "code")
    text = f"Report {number}. " + SENTENCE * claims
    document = Document(
        id=ids.document_id(f"https://bench.example/{number}", text),
        text=text,
        revision=ids.revision(text),
        url=f"https://bench.example/{number}",
        title=f"Report {number}",
        publisher=f"Paper {number % 40}",
        date=datetime.date(2024, 1, 1) + datetime.timedelta(days=chance.randrange(1000)),
    )
    start = text.index(SENTENCE)
    found = tuple(
        Claim(
            start + k * len(SENTENCE),
            start + (k + 1) * len(SENTENCE) - 1,
            recruiter_type="company",
            modality=chance.choice(("asserted", "alleged", "planned", "denied")),
            destinations=(Slot(_entity("Region", chance.choice(regions))),),
            fields=tuple(Slot(_entity("Field", id)) for id in chance.sample(fields, chance.randrange(3))),
        )
        for k in range(claims)
    )
    return Extraction(document, claims=found, extractor="synthetic")
