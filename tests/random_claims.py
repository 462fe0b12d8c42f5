"""Random claims with every slot that questions count by, and the same claims for a plain count."""

import datetime
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from graph import ids, reference
from graph.frame import Claim, Claimant, Document, Entity, Extraction, Offer, Slot, StoryMembership
from graph.schema import MODALITIES
from graph.store import Store
from tests.hand_written import term

REGIONS = ("CN", "CN-ZJ", "CN-ZJ-hangzhou", "CN-GD-shenzhen", "DE", "US", "US-CA", "EU", "M49:150", "OVERSEAS")
FIELDS = ("ai", "robotics", "semiconductors", "quantum", "computing", "manufacturing")
INCENTIVES = ("salary", "housing", "bonus")
CHANNELS = ("headhunter", "job_board", "acquisition", "front_company")
PROGRAMMES = ("programme-kunpeng-plan", "programme-qiming")
COMPANIES = tuple(
    Entity("Company", ids.named_id("Company", name), name) for name in ("Amber Chips", "Birch Labs", "Cedar Motors")
)
LANGUAGES = ("en", "zh", None)  # of documents, in turn
RATED = {1: 0.5, 2: 0.8}  # publishers by number; the others are not rated
DAYS = [datetime.date(2024, 1, 1) + datetime.timedelta(days=45 * step) for step in range(16)]


@dataclass(frozen=True)
class Told:
    """One claim as the plain count sees it; `voice` is who is counted as saying it."""

    claim: Claim
    document: int
    story: int
    approach: tuple[int, int]
    voice: Any
    publisher: int
    day: datetime.date | None


def world(seed: int, documents: int = 40) -> tuple[list[Extraction], list[StoryMembership], list[Told]]:
    """Return random documents, their stories, and the same claims for the plain count."""
    rnd = random.Random(seed)
    story_of = [rnd.randrange(documents // 2) for _ in range(documents)]
    days = [rnd.choice([None, *DAYS]) for _ in story_of]
    publishers = [rnd.randrange(4) for _ in story_of]
    texts = [_document(number, days[number], publishers[number]) for number in range(documents)]
    extractions, told = [], []
    for number, document in enumerate(texts):
        story = story_of[number]
        members = [i for i in range(documents) if story_of[i] == story]
        earliest = min(members, key=lambda i: (days[i] or datetime.date.max, texts[i].id))
        claims: list[Claim] = []
        for ordinal in range(rnd.randrange(5)):
            first = rnd.choice([i for i, c in enumerate(claims) if c.continues is None] + [None, None])
            voice, claimants = rnd.choice(
                [
                    (("publisher", publishers[earliest]), ()),
                    ((story, "sources"), _voice(f"voice-{story}", "sources", "Voice")),
                    ("OFFICE", _voice(ids.named_id("Organisation", "OFFICE"), "OFFICE", "Organisation")),
                ]
            )
            claims.append(_claim(rnd, ordinal, first, claimants))
            approach = (number, ordinal if first is None else first)
            told.append(Told(claims[-1], number, story, approach, voice, publishers[number], days[number]))
        extractions.append(Extraction(document, (), tuple(claims), "random"))
    smallest = {story: min(t.id for i, t in enumerate(texts) if story_of[i] == story) for story in story_of}
    memberships = [StoryMembership(text.id, smallest[story_of[i]], 1.0) for i, text in enumerate(texts)]
    return extractions, memberships, told


def rate(store: Store) -> None:
    """Rate the publishers of RATED, all of which have published."""
    assert store.rate({f"Publisher {number}": value for number, value in RATED.items()}) == len(RATED)


def _document(number: int, day: datetime.date | None, publisher: int) -> Document:
    text = f"{number:03} " + "Someone recruits. " * 5
    url = f"https://random.example/{number}"
    id, publisher_name = ids.document_id(url, text), f"Publisher {publisher}"
    lang = LANGUAGES[number % 3]
    return Document(id, text, ids.revision(text), url=url, publisher=publisher_name, date=day, lang=lang)


def _voice(id: str, name: str, label: str) -> tuple[Claimant, ...]:
    return (Claimant(Slot(Entity(label, id, name)), name, label != "Voice"),)


def _claim(rnd: random.Random, ordinal: int, first: int | None, claimants: tuple[Claimant, ...]) -> Claim:
    def some(label: str, of: Iterable[str], numbers: tuple[int, ...]) -> list[Entity]:
        return [term(label, id) for id in rnd.sample(list(of), rnd.choice(numbers))]

    def places() -> tuple[Slot, ...]:
        return tuple(Slot(place, implied=rnd.random() < 0.3) for place in some("Region", REGIONS, (0, 1, 1, 2)))

    offers = []
    for incentive in some("Incentive", INCENTIVES, (0, 0, 1, 2)):
        low, high = rnd.choice([(None, None), (1000.0, 2000.0), (None, 3000.0), (500.0, None)])
        currency = None if low is high else rnd.choice(("EUR", "CNY"))
        offers.append(Offer(Slot(incentive), low, high, currency, None, low is high and rnd.random() < 0.5))
    firms = rnd.sample(COMPANIES, 3)
    return Claim(
        4 + 18 * ordinal,
        21 + 18 * ordinal,
        modality=rnd.choice(tuple(MODALITIES)),
        recruiter=rnd.choice((None, Slot(firms[0]), Slot(term("Region", "DE")))),
        on_behalf_of=rnd.choice(((), (), (Slot(firms[1]),))),
        origin_employers=rnd.choice(((), (), (Slot(firms[2]),))),
        destinations=places(),
        origins=places(),
        fields=tuple(Slot(field) for field in some("Field", FIELDS, (0, 1, 1, 2))),
        offers=tuple(offers),
        channels=tuple(Slot(way, negated=rnd.random() < 0.3) for way in some("Channel", CHANNELS, (0, 1, 2))),
        programmes=tuple(Slot(plan) for plan in some("Programme", PROGRAMMES, (0, 0, 1))),
        claimants=claimants,
        continues=first,
        confidence=0.3 + ordinal / 10,
    )


def above(label: str, id: str) -> list[str]:
    """Return an id and all above it."""
    return [term.id for term in reference.ancestors(label, id)]


def rolled(label: str, stated: Iterable[str], level: str, within: str | None = None) -> set[str]:
    """Return what is stated, rolled up to a level, or within a region or field: nothing but it, and at most it."""
    found = set()
    for id in stated:
        if within is not None and within not in above(label, id):
            continue
        up = next((i for i in above(label, id) if reference.by_id(label)[i].level == level), id)
        found.add(up if within is None or within in above(label, up) else within)
    return found or (set() if within is not None else {"unstated"})


def counted(told: Iterable[Told], keys: Callable[[Told], Iterable[Any]]) -> dict[Any, tuple[int, ...]]:
    """Return the five counts of the claims under each of their keys, every claim once."""
    cells: dict[Any, list[Told]] = {}
    for claim in told:
        for key in set(keys(claim)):
            cells.setdefault(key, []).append(claim)
    return {
        key: (
            len(claims),
            len({c.approach for c in claims}),
            len({c.document for c in claims}),
            len({c.story for c in claims}),
            len({c.voice for c in claims}),
        )
        for key, claims in cells.items()
    }
