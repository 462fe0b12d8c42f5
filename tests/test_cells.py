"""RECRUITS and RECRUITS_DENIED: recounted bit by bit, rebuilt at once and counted in plain Python, they agree."""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph import ids, ledger, reference
from graph.frame import Claim, Claimant, Document, Entity, Extraction, Row, Slot, StoryMembership
from graph.store import Store
from tests.conftest import empty

REGIONS = ("CN-ZJ-hangzhou", "CN-ZJ", "CN", "ES", "EU", "M49:142")
FIELDS = ("ai", "semiconductors", "computing", "tech_general")
POSITIVE = ("asserted", "alleged", "planned")
CELLS = """
MATCH (r:Region)-[c:RECRUITS|RECRUITS_DENIED]->(f:Field)
RETURN type(c) AS type, r.id AS region, f.id AS field, c.level AS level, c.claims AS claims,
       c.approaches AS approaches, c.documents AS documents, c.stories AS stories, c.claimants AS claimants,
       toString(c.first_reported) AS first, toString(c.last_reported) AS last
"""
Cells = dict[tuple[str, str, str], dict[str, Any]]


def slot(label: str, id: str) -> Slot:
    return Slot(Entity(label, id, id), id, 0, 1)


def voice(number: int) -> Claimant:
    """Return 1, a named voice, or others, unnamed ones of one role."""
    if number == 1:
        return Claimant(slot("Organisation", "organisation-ministry"), "the ministry", True)
    return Claimant(slot("Voice", f"voice-{number}"), "Informed Sources" if number == 2 else "informed sources", False)


@st.composite
def extractions(draw: st.DrawFn) -> Extraction:
    """One of four documents, in one of two texts, with up to three claims."""
    number = draw(st.integers(0, 3))
    text = f"Text {number} " + draw(st.sampled_from(["as first told", "as told again"])) + " " * 30
    day = draw(st.none() | st.dates(datetime.date(2024, 1, 1), datetime.date(2024, 3, 1)))
    publisher = draw(st.sampled_from([None, "Daily", "Weekly"]))
    document = Document(f"document-{number}", text, ids.revision(text), date=day, publisher=publisher)
    claims = []
    for position in draw(st.sets(st.integers(0, 3), max_size=3)):
        continues = draw(st.none() | st.integers(0, len(claims) - 1)) if claims else None
        claims.append(
            Claim(
                position * 5,
                position * 5 + 4,
                modality=draw(st.sampled_from(["asserted", "alleged", "planned", "denied", "negated"])),
                destinations=tuple(slot("Region", id) for id in draw(st.sets(st.sampled_from(REGIONS), max_size=2))),
                fields=tuple(slot("Field", id) for id in draw(st.sets(st.sampled_from(FIELDS), max_size=2))),
                claimants=tuple(voice(n) for n in draw(st.sets(st.integers(1, 3), max_size=1))),
                continues=continues,
            )
        )
    return Extraction(document, (), tuple(claims), "rules/1")


memberships = st.builds(
    StoryMembership,
    st.sampled_from([f"document-{number}" for number in range(4)]),
    st.sampled_from(["document-0", "document-1"]),
    st.just(0.9),
)
steps = st.lists(
    st.tuples(st.lists(extractions(), max_size=3), st.lists(memberships, max_size=2)), min_size=1, max_size=3
)


@dataclass
class Model:
    """What the graph should hold, kept in plain Python."""

    documents: dict[str, Extraction] = field(default_factory=dict)
    stories: dict[str, str] = field(default_factory=dict)

    def write(self, batch: list[Extraction], moves: list[StoryMembership]) -> None:
        for extraction in batch:
            id = extraction.document.id
            self.documents[id] = extraction
            self.stories.setdefault(id, id)
        for move in moves:
            if move.document_id in self.documents:
                self.stories[move.document_id] = move.story_id

    def claimant(self, claim: Claim, story: str) -> str:
        for claimant in claim.claimants:
            return claimant.slot.entity.id if claimant.named else f"{story}: {claimant.role.lower()}"
        members = [e.document for id, e in self.documents.items() if self.stories[id] == story]
        first = min(members, key=lambda d: (d.date or datetime.date.max, d.id))
        return f"publisher {first.publisher}" if first.publisher else f"narrator of {story}"

    def cells(self) -> Cells:
        counted: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
        for extraction in self.documents.values():
            id = extraction.document.id
            for index, claim in enumerate(extraction.claims):
                row = {
                    "claims": (id, index),
                    "approaches": (id, index if claim.continues is None else claim.continues),
                    "documents": id,
                    "stories": self.stories[id],
                    "claimants": self.claimant(claim, self.stories[id]),
                    "day": extraction.document.date,
                }
                type = "RECRUITS" if claim.modality in POSITIVE else "RECRUITS_DENIED"
                regions = {t.id for s in claim.destinations for t in reference.ancestors("Region", s.entity.id)}
                fields = {t.id for s in claim.fields for t in reference.ancestors("Field", s.entity.id)}
                for region in regions:
                    for code in fields:
                        counted[type, region, code].append(row)
        return {key: self._cell(key, rows) for key, rows in counted.items()}

    def _cell(self, key: tuple[str, str, str], rows: list[Row]) -> dict[str, Any]:
        days = [row["day"].isoformat() for row in rows if row["day"]]
        level = f"{reference.by_id('Region')[key[1]].level}/{reference.by_id('Field')[key[2]].level}"
        counts = {n: len({row[n] for row in rows}) for n in rows[0] if n != "day"}
        return {"level": level, "first": min(days, default=None), "last": max(days, default=None), **counts}


def cells(store: Store) -> Cells:
    found = {}
    for row in store.read(CELLS):
        key = (row.pop("type"), row.pop("region"), row.pop("field"))
        assert key not in found, f"{key} twice"
        found[key] = row
    return found


def run(store: Store, sequence: list[tuple[list[Extraction], list[StoryMembership]]]) -> None:
    empty(store)
    model = Model()
    for number, (batch, moves) in enumerate(sequence):
        batch = list({extraction.document.id: extraction for extraction in batch}.values())
        moves = list({move.document_id: move for move in moves}.values())
        store.write(batch, moves, known_at=f"2026-01-0{number + 1}T00:00:00Z")
        model.write(batch, moves)
        assert cells(store) == model.cells()
    store.rebuild_cells()
    assert cells(store) == model.cells()


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sequence=steps)
def test_recount_equals_rebuild_equals_plain_count(
    embedded_store: Store, sequence: list[tuple[list[Extraction], list[StoryMembership]]]
) -> None:
    run(embedded_store, sequence)


def document(number: int, publisher: str, day: int, *claims: Claim) -> Extraction:
    text = f"Text {number}" + " " * 40
    date = datetime.date(2024, 1, day)
    return Extraction(
        Document(f"document-{number}", text, ids.revision(text), date=date, publisher=publisher), (), claims, "rules/1"
    )


HANGZHOU_AI = Claim(0, 4, destinations=(slot("Region", "CN-ZJ-hangzhou"),), fields=(slot("Field", "ai"),))
SPAIN_CHIPS = Claim(5, 9, destinations=(slot("Region", "ES"),), fields=(slot("Field", "semiconductors"),))


def test_a_story_that_grows_moves_its_claims_and_their_narrator(store: Store) -> None:
    copy, original = document(0, "Daily", 9, HANGZHOU_AI), document(1, "Agency", 2, HANGZHOU_AI, SPAIN_CHIPS)
    joined = [StoryMembership("document-0", "document-0", 0.8), StoryMembership("document-1", "document-0", 0.8)]
    run(store, [([copy], []), ([original], joined)])
    cell = cells(store)["RECRUITS", "CN", "ai"]
    assert (cell["claims"], cell["documents"], cell["stories"], cell["claimants"]) == (2, 2, 1, 1)
    assert store.read("MATCH (c:Claim) RETURN DISTINCT c.publisher_id AS id ORDER BY id") == [
        {"id": ids.named_id("Publisher", "Agency")},
        {"id": ids.named_id("Publisher", "Daily")},
    ]
    keys = store.read("MATCH (c:Claim) RETURN DISTINCT c.claimant_key AS key")
    assert keys == [{"key": ids.named_id("Publisher", "Agency")}]


def test_claims_that_are_no_longer_read_leave_their_cells(store: Store) -> None:
    before = document(0, "Daily", 1, HANGZHOU_AI, replace(SPAIN_CHIPS, modality="denied"))
    run(store, [([before], []), ([document(0, "Daily", 1, HANGZHOU_AI)], []), ([document(0, "Daily", 1)], [])])
    assert cells(store) == {}


def test_a_recount_that_was_interrupted_is_finished_by_the_next_write(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty(store)
    with monkeypatch.context() as broken:
        broken.setattr(Store, "_recount", lambda self: None)  # the process ends between commit and recount
        store.write([document(0, "Daily", 1, HANGZHOU_AI)], [], known_at="2026-01-01T00:00:00Z")
    assert cells(store) == {}
    assert store.unfinished() == ["2024-01", "CN-ZJ-hangzhou|ai"]
    store.write([], [], known_at="2026-01-02T00:00:00Z")
    assert store.unfinished() == []
    assert cells(store)["RECRUITS", "CN", "ai"]["claims"] == 1


def test_too_many_pairs_become_one_rebuild(embedded_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "MOST_PAIRS", 2)
    run(embedded_store, [([document(0, "Daily", 1, HANGZHOU_AI)], []), ([document(1, "Daily", 1, SPAIN_CHIPS)], [])])


def test_a_term_below_a_term_is_counted_under_both(embedded_store: Store) -> None:
    term = next(t for t in reference.by_id("Field").values() if t.level == "term")
    own = reference.Term("Field", "own-term", "Own term", level="term", parent=term.id)
    claim = Claim(0, 4, destinations=(slot("Region", "CN"),), fields=(slot("Field", own.id),))
    try:
        reference.extend([own])
        embedded_store.prepare()
        run(embedded_store, [([document(0, "Daily", 1, claim)], []), ([document(1, "Daily", 1, claim)], [])])
        assert cells(embedded_store)["RECRUITS", "CN", term.id]["claims"] == 2
    finally:
        reference.extend([])
        embedded_store.prepare()
