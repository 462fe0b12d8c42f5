"""The matrix of regions and fields against a plain-Python count, over random claims and random parameters."""

import datetime
import random
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph import ids, reference
from graph.frame import Claim, Claimant, Document, Entity, Extraction, Slot, StoryMembership
from graph.schema import MODALITIES, MODALITY_GROUPS
from graph.store import Store
from queries.catalogue import ask
from tests.hand_written import term

REGIONS = ("CN", "CN-ZJ", "CN-ZJ-hangzhou", "CN-GD-shenzhen", "DE", "US", "US-CA", "EU", "M49:150", "OVERSEAS")
FIELDS = ("ai", "robotics", "semiconductors", "quantum", "computing", "manufacturing")
COUNTS = ("claims", "approaches", "documents", "stories", "claimants")
DAYS = [datetime.date(2024, 1, 1) + datetime.timedelta(days=30 * month) for month in range(24)]


@dataclass(frozen=True)
class Told:
    """One claim as the plain count sees it."""

    document: int
    story: int
    approach: tuple[int, int]
    claimant: Any
    modality: str
    day: datetime.date | None
    places: tuple[tuple[str, bool], ...]
    fields: tuple[str, ...]


def world(seed: int) -> tuple[list[Extraction], list[StoryMembership], list[Told]]:
    """Return random documents, their stories, and the same claims for the plain count."""
    rnd = random.Random(seed)
    extractions, told = [], []
    story_of = [rnd.randrange(20) for _ in range(40)]
    days = [rnd.choice([None, *DAYS]) for _ in story_of]
    publishers = [rnd.randrange(4) for _ in story_of]
    documents = []
    for number, (day, publisher) in enumerate(zip(days, publishers, strict=True)):
        text = f"{number:03} " + "Someone recruits. " * 6
        url = f"https://random.example/{number}"
        documents.append(
            Document(
                ids.document_id(url, text),
                text,
                ids.revision(text),
                url=url,
                publisher=f"Publisher {publisher}",
                date=day,
            )
        )
    for number, document in enumerate(documents):
        story = story_of[number]
        members = [i for i in range(len(documents)) if story_of[i] == story]
        earliest = min(members, key=lambda i: (days[i] or datetime.date.max, documents[i].id))
        claims: list[Claim] = []
        for ordinal in range(rnd.randrange(6)):
            places = tuple((id, rnd.random() < 0.3) for id in rnd.sample(REGIONS, rnd.choice((0, 1, 1, 1, 2))))
            fields = tuple(rnd.sample(FIELDS, rnd.choice((0, 1, 1, 2))))
            first = rnd.choice([i for i, c in enumerate(claims) if c.continues is None] + [None, None])
            voice = rnd.choice(("narrator", "role", "named"))
            role = rnd.choice(("sources", "officials"))
            key: Any = {"narrator": publishers[earliest], "role": (story, role), "named": role.upper()}[voice]
            claims.append(
                Claim(
                    4 + 18 * ordinal,
                    21 + 18 * ordinal,
                    modality=rnd.choice(tuple(MODALITIES)),
                    destinations=tuple(Slot(term("Region", id), implied=implied) for id, implied in places),
                    fields=tuple(Slot(term("Field", id)) for id in fields),
                    claimants=_claimants(voice, story, role),
                    continues=first,
                )
            )
            told.append(
                Told(
                    number,
                    story,
                    (number, ordinal if first is None else first),
                    (voice, key),
                    claims[-1].modality,
                    days[number],
                    places,
                    fields,
                )
            )
        extractions.append(Extraction(document, (), tuple(claims), "random"))
    story_ids = {
        story: min(documents[i].id for i in range(len(documents)) if story_of[i] == story) for story in story_of
    }
    memberships = [StoryMembership(d.id, story_ids[story_of[i]], 1.0) for i, d in enumerate(documents)]
    return extractions, memberships, told


def _claimants(voice: str, story: int, role: str) -> tuple[Claimant, ...]:
    if voice == "narrator":
        return ()
    if voice == "named":
        name = role.upper()
        return (Claimant(Slot(Entity("Organisation", ids.named_id("Organisation", name), name)), name, True),)
    return (Claimant(Slot(Entity("Voice", f"voice-{story}-{role}", role)), role, False),)


def rolled(label: str, stated: tuple[str, ...], level: str) -> set[tuple[str, bool]]:
    """Return (id, whether it was stated above the level) for each thing stated, `unstated` for none."""
    found = set()
    for id in stated:
        above: str | None = id
        while above is not None and level not in ("as_stated", reference.by_id(label)[above].level):
            above = reference.by_id(label)[above].parent
        found.add((id, True) if above is None else (above, False))
    return found or {("unstated", False)}


def counted(told: list[Told], arguments: dict[str, Any]) -> dict[tuple[str, str, bool], tuple[int, ...]]:
    """Return the five counts by region, field and mark."""
    cells: dict[tuple[str, str, bool], list[tuple[int, Told]]] = defaultdict(list)
    since, until = arguments["since"], arguments["until"]
    for number, claim in enumerate(told):
        outside = claim.day is None or (since and claim.day < since) or (until and claim.day > until)
        if claim.modality not in MODALITY_GROUPS[arguments["modality"]] or ((since or until) and outside):
            continue
        places = tuple(id for id, implied in claim.places if arguments["implied"] or not implied)
        for region, region_above in rolled("Region", places, arguments["region_level"]):
            for field, field_above in rolled("Field", claim.fields, arguments["field_level"]):
                cells[region, field, region_above or field_above].append((number, claim))
    return {
        key: (
            len({number for number, _ in claims}),
            len({claim.approach for _, claim in claims}),
            len({claim.document for _, claim in claims}),
            len({claim.story for _, claim in claims}),
            len({claim.claimant for _, claim in claims}),
        )
        for key, claims in cells.items()
    }


PARAMETERS = st.fixed_dictionaries(
    {
        "region_level": st.sampled_from(("continent", "country", "province", "city", "as_stated")),
        "field_level": st.sampled_from(("group", "code", "term", "as_stated")),
        "since": st.none() | st.sampled_from(DAYS),
        "until": st.none() | st.sampled_from(DAYS),
        "modality": st.sampled_from(tuple(MODALITY_GROUPS)),
        "implied": st.booleans(),
        "order_by": st.sampled_from(COUNTS),
    }
).filter(lambda arguments: None in (since := arguments["since"], until := arguments["until"]) or since <= until)


def test_the_matrix_agrees_with_a_plain_count(store: Store) -> None:
    extractions, memberships, told = world(seed=20)
    store.write(extractions, memberships, known_at="2026-01-01T00:00:00+00:00")
    assert len(told) > 80

    @settings(
        max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], database=None
    )
    @given(PARAMETERS)
    def agrees(arguments: dict[str, Any]) -> None:
        answer = ask(store, "regions-recruiting-fields", {**arguments, "limit": 100_000})
        rows = {
            (row["region_id"], row["field_id"], row["stated_above"]): tuple(row[count] for count in COUNTS)
            for row in answer.rows
        }
        assert rows == counted(told, arguments)
        assert len(rows) == answer.total
        stated = [row for row in answer.rows if "unstated" not in (row["region_id"], row["field_id"])]
        assert answer.rows[: len(stated)] == stated
        ordered = [row[arguments["order_by"]] for row in stated]
        assert ordered == sorted(ordered, reverse=True)

    agrees()
