"""A world of claims, made up in any number, that is as uneven as the real one: the same number gives the same claims.

A few places and fields have most claims, half of the claims name no field, a third no place; every third document is a
copy of an earlier one; voices, employers and companies come again; documents became known over a year. Written as
import files, as a first load is.
"""

import datetime
import itertools
import random
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from graph import embedded, ids, import_files, ledger, reference
from graph.frame import Claim, Claimant, Document, Entity, Extraction, Offer, Slot, StoryMembership
from graph.import_files import Entry
from graph.rows import document_rows, publisher_id
from graph.schema import NODE_BY_LABEL
from graph.settings import Settings
from graph.store import open_store
from graph.tables import Link

CLAIMS_A_DOCUMENT = 10
SENTENCE = "A firm seeks people in a trade for a place. "
KNOWN_FROM, KNOWN_DAYS = datetime.date(2026, 1, 1), 364
FIRST_DAY, DAYS = datetime.date(2016, 1, 1), 3652


def _uneven(label: str, levels: Mapping[str, int], first: Sequence[str]) -> tuple[list[Entity], list[float]]:
    """Return so many entities of each level with cumulative weights 1 / rank, the given ones before them."""
    known = reference.by_id(label)
    chance = random.Random(label)
    others: list[str] = []
    for level, most in levels.items():
        found = [id for id, term in known.items() if term.level == level and id not in first]
        others += chance.sample(found, min(most, len(found)))
    chance.shuffle(others)
    ranked = [Entity(label, id, known[id].name) for id in (*first, *others)]
    return ranked, list(itertools.accumulate(1 / rank for rank in range(1, len(ranked) + 1)))


PLACES = _uneven(
    "Region", {"country": 80, "province": 150, "city": 150}, ("CN", "CN-ZJ", "US", "CN-GD-shenzhen", "SA", "DE", "KR")
)
FIELDS = _uneven(
    "Field", {"group": 9, "code": 40, "term": 150}, ("semiconductors", "ai", "robotics", "computing", "quantum")
)
INCENTIVES = [Entity("Incentive", id, term.name) for id, term in reference.by_id("Incentive").items()]
CHANNELS = [Entity("Channel", id, term.name) for id, term in reference.by_id("Channel").items()]
PROGRAMMES = [Entity("Programme", id, term.name) for id, term in reference.by_id("Programme").items()][:60]
FIRMS = [Entity("Company", f"company-{number}", f"Firm {number}") for number in range(3_000)]
FIRM_WEIGHTS = list(itertools.accumulate(1 / rank for rank in range(1, len(FIRMS) + 1)))


def extraction(number: int) -> Extraction:
    """Return document `number` with its claims."""
    chance = random.Random(number)
    text = f"Report {number}. " + SENTENCE * CLAIMS_A_DOCUMENT
    url = f"https://bench.example/{number}"
    day = FIRST_DAY + datetime.timedelta(days=int(DAYS * chance.random() ** 0.7))  # more of late
    document = Document(
        ids.document_id(url, text),
        text,
        ids.revision(text),
        url=url,
        title=f"Report {number}",
        publisher=f"Paper {int(400 * chance.random() ** 2)}",
        date=None if chance.random() < 0.05 else day,
    )
    claims = tuple(_claim(chance, document.id, place) for place in range(CLAIMS_A_DOCUMENT))
    return Extraction(document, (), claims, "world")


def _claim(chance: random.Random, document: str, place: int) -> Claim:
    def some(ranked: tuple[list[Entity], list[float]], numbers: tuple[int, ...]) -> list[Slot]:
        found = chance.choices(ranked[0], cum_weights=ranked[1], k=chance.choice(numbers))
        return [Slot(entity) for entity in dict.fromkeys(found)]

    def firm() -> Slot:
        return Slot(chance.choices(FIRMS, cum_weights=FIRM_WEIGHTS)[0])

    start = len("Report 0. ") + place * len(SENTENCE)
    offers = [Offer(Slot(incentive)) for incentive in chance.sample(INCENTIVES, chance.choice((0, 0, 1)))]
    if offers and chance.random() < 0.3:
        low = float(chance.randrange(1, 100) * 10_000)
        offers = [Offer(offers[0].slot, low, low * 2, "CNY", "year")]
    voice = chance.random()
    said: tuple[Claimant, ...] = ()
    if voice < 0.3:
        role = chance.choice(("sources", "an official", "a recruiter"))
        said = (Claimant(Slot(Entity("Voice", "voice-" + ids.digest(document, role), role)), role, False),)
    elif voice < 0.4:
        firm_speaks = firm()
        said = (Claimant(firm_speaks, firm_speaks.entity.name, True),)
    return Claim(
        start,
        start + len(SENTENCE) - 1,
        recruiter_type="company",
        modality=chance.choices(("asserted", "alleged", "planned", "denied", "negated"), (55, 20, 15, 7, 3))[0],
        recruiter=firm() if chance.random() < 0.6 else None,
        origin_employers=(firm(),) if chance.random() < 0.1 else (),
        destinations=tuple(some(PLACES, (0, 1, 1))),
        origins=tuple(some(PLACES, (0, 0, 1))),
        fields=tuple(some(FIELDS, (0, 0, 1, 2))),
        offers=tuple(offers),
        channels=tuple(Slot(way) for way in chance.sample(CHANNELS, chance.choice((0, 0, 0, 1)))),
        programmes=tuple(Slot(plan) for plan in chance.sample(PROGRAMMES, 1 if chance.random() < 0.05 else 0)),
        claimants=said,
        count_min=chance.randrange(1, 500) if chance.random() < 0.1 else None,
        confidence=round(chance.random(), 3),
    )


def entries(documents: int) -> Iterator[Entry]:
    """Yield the nodes and relationships of so many documents, but for the reference data."""
    seen: dict[str, set[str]] = {label: set() for label in ("Publisher", "Company", "Voice")}
    found = extraction(0)
    for number in range(documents):
        before, found = found, extraction(number)
        original = before.document if number % 3 == 2 else None
        story = (original or found.document).id
        narrator = publisher_id(original or found.document)
        known = KNOWN_FROM + datetime.timedelta(days=KNOWN_DAYS * number // documents)
        rows = document_rows(found, StoryMembership(found.document.id, story, 1.0), narrator, f"{known}T00:00:00Z")
        if original is None:
            yield NODE_BY_LABEL["Story"], {"id": story, "name": found.document.title}
        yield NODE_BY_LABEL["Document"], rows.document
        for id, properties in rows.claims.items():
            yield NODE_BY_LABEL["Claim"], {"id": id, **properties}
        for label, known in seen.items():
            for id, properties in rows.entities.get(label, {}).items():
                if id not in known:
                    known.add(id)
                    yield NODE_BY_LABEL[label], {"id": id, **properties}
        for kind, ends in rows.links.items():
            for (start, end), properties in ends.items():
                yield Link(kind, start, end, properties)


def write(out: Path, documents: int) -> None:
    """Write the world with the reference data as import files; whoever opens the graph first counts what is kept."""
    with tempfile.TemporaryDirectory() as home, open_store(Settings(home=Path(home), neo4j_uri=None)) as store:
        try:
            held = [
                entry
                if isinstance(entry, Link) or entry[0].label != "Ledger"
                else (entry[0], {**entry[1], "pending": [ledger.EVERYTHING]})
                for entry in import_files.held(store)
            ]
        finally:
            embedded.stop(Path(home))
    import_files.write_entries(itertools.chain(held, entries(documents)), out)
