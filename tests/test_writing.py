"""Documents that come again, changed or not, on every engine."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from graph import ids, reference
from graph.frame import Extraction, StoryMembership
from graph.store import Store
from tests.whole_claim import LATER, NOW, TEXT, claim, claims_of, document, extraction

pytestmark = pytest.mark.every_engine


def test_a_document_written_twice_changes_nothing(store: Store) -> None:
    store.write([extraction(claim())], [], known_at=NOW)
    revision, claims = store.revision(), claims_of(store)
    again = store.write([extraction(claim(), source="elsewhere/report.txt")], [], known_at=LATER)
    assert (again.documents, again.unchanged_documents, again.claims) == (0, 1, 0)
    assert store.revision() == revision
    assert claims_of(store) == claims


def test_every_write_changes_the_revision(store: Store) -> None:
    before = store.revision()
    store.write([extraction(claim())], [], known_at=NOW)
    between = store.revision()
    store.write([extraction(claim(stage="hired"))], [], known_at=LATER)
    assert before < between < store.revision()


def test_better_extraction_keeps_the_age_of_claims_and_closes_what_it_no_longer_reads(store: Store) -> None:
    second = claim(start=59, end=77, recruiter=None, continues=0)
    store.write([extraction(claim(), second)], [], known_at=NOW)
    result = store.write([extraction(claim(modality="planned"))], [], known_at=LATER)
    assert (result.changed_documents, result.claims, result.closed_claims) == (1, 1, 1)
    assert store.read(
        "MATCH (c:Claim) RETURN c.modality AS m, c.known_at AS at, c.known_until AS until ORDER BY until"
    ) == [
        {"m": "alleged", "at": NOW, "until": LATER},
        {"m": "planned", "at": NOW, "until": None},
    ]
    assert len(store.read("MATCH (:Claim {modality: 'planned'})-[r:DESTINATION]->() RETURN r.text AS text")) == 1
    store.write([extraction(claim(modality="planned"), second)], [], known_at="2026-03-01T00:00:00Z")
    reopened = store.read("MATCH (c:Claim) RETURN c.known_at AS at, c.known_until AS until ORDER BY at")
    assert reopened == [{"at": NOW, "until": None}, {"at": "2026-03-01T00:00:00Z", "until": None}]


def test_a_changed_text_keeps_the_old_one_with_its_claims(store: Store) -> None:
    changed = TEXT.replace("It offers housing.", "It offers a house.")
    second = claim(start=59, end=77)
    store.write([extraction(claim(), second)], [], known_at=NOW)
    store.write([extraction(claim(), second, text=changed, revision=ids.revision(changed))], [], known_at=LATER)
    id = document().id
    earlier = f"{id}@{NOW}"
    assert store.read(
        "MATCH (d:Document)-[:REPLACES]->(e:Document) RETURN d.id AS d, d.text AS new, d.known_at AS since, "
        "e.id AS e, e.text AS old, e.known_at AS at, e.known_until AS until"
    ) == [{"d": id, "new": changed, "since": LATER, "e": earlier, "old": TEXT, "at": NOW, "until": LATER}]
    now, then = {"until": None, "document": id, "own": id}, {"until": LATER, "document": earlier, "own": earlier}
    rows = [{k: v for k, v in row.items() if k != "id"} for row in claims_of(store)]
    assert sorted(rows, key=lambda r: (r["at"], r["until"] or "")) == [
        now | {"at": NOW, "quote": TEXT[:58]},  # its sentence stands unchanged: it goes on
        then | {"at": NOW, "quote": "It offers housing."},
        now | {"at": LATER, "quote": "It offers a house."},
    ]
    store.write([extraction(claim())], [], known_at="2026-03-01T00:00:00Z")
    chain = store.read(
        "MATCH p = (:Document {id: $id})-[:REPLACES*1..4]->(e) RETURN e.id AS id ORDER BY length(p)", {"id": id}
    )
    assert [row["id"] for row in chain] == [f"{id}@{LATER}", earlier]
    assert store.counts()["Claim"] == 3


def test_a_text_that_changes_back_in_one_instant_keeps_every_form(store: Store) -> None:
    changed = TEXT.replace("It offers housing.", "It offers a house.")
    head, more = claim(start=59, end=77, recruiter=None), claim(start=0, end=77, recruiter=None, continues=0)
    for text in (TEXT, changed, TEXT, changed):
        store.write([extraction(head, more, text=text, revision=ids.revision(text))], [], known_at=NOW)
    id = document().id
    assert store.read("MATCH (d:Document) RETURN d.id AS id, d.text AS text, d.known_until AS until ORDER BY id") == [
        {"id": id, "text": changed, "until": None},
        {"id": f"{id}@{NOW}", "text": TEXT, "until": NOW},
        {"id": f"{id}@{NOW}-2", "text": changed, "until": NOW},
        {"id": f"{id}@{NOW}-3", "text": TEXT, "until": NOW},
    ]
    stated = store.read(
        "MATCH (b:Claim)-[:CONTINUES]->(a:Claim)-[s:STATED_IN]->(d:Document) MATCH (b)-[:STATED_IN]->(d) "
        "RETURN d.id AS id, s.quote AS quote, a.approach_id = a.id AND b.approach_id = a.id AS joined, "
        "a.known_until AS until, a.document_id = d.id AND b.document_id = d.id AS own ORDER BY id"
    )
    assert [row["quote"] for row in stated] == ["It offers a house.", "It offers housing."] * 2
    assert [row["until"] for row in stated] == [None, NOW, NOW, NOW]
    assert all(row["joined"] and row["own"] for row in stated)


def test_a_story_is_left_and_joined(store: Store) -> None:
    one, two = document(), document(id="document-0", url=None, title="Copy", publisher=None, date=None)
    joined = [StoryMembership(d.id, "document-0", 0.8) for d in (one, two)]
    store.write([Extraction(one, (), (claim(claimants=()),), "rules/1")], [], known_at=NOW)
    store.write([Extraction(two, (), (claim(claimants=()),), "rules/1")], joined, known_at=NOW)
    told = (
        "MATCH (d:Document)-[t:TELLS]->(s:Story) "
        "RETURN d.id AS d, s.id AS s, s.name AS name, t.similarity AS t ORDER BY d"
    )
    assert store.read(told) == [
        {"d": "document-0", "s": "document-0", "name": "Copy", "t": 0.8},
        {"d": one.id, "s": "document-0", "name": "Copy", "t": 0.8},
    ]
    assert store.counts()["Story"] == 1
    keys = store.read("MATCH (c:Claim) RETURN DISTINCT c.story_id AS s, c.claimant_key AS k")
    assert keys == [{"s": "document-0", "k": ids.named_id("Publisher", "Daily")}]  # the earliest with a date
    revision = store.revision()
    assert store.write([], joined, known_at=LATER).stories == 0
    assert store.revision() == revision
    store.write(
        [], [StoryMembership("document-0", "document-0", 1.0), StoryMembership(one.id, one.id, 1.0)], known_at=LATER
    )
    assert [row["s"] for row in store.read(told)] == ["document-0", one.id]
    keys = store.read("MATCH (c:Claim) RETURN c.claimant_key AS k ORDER BY k")
    assert [row["k"] for row in keys] == ["document-0/narrator", ids.named_id("Publisher", "Daily")]


def test_several_sentences_about_one_approach_are_joined(store: Store) -> None:
    store.write([extraction(claim(), claim(start=59, end=77, continues=0))], [], known_at=NOW)
    assert store.read(
        "MATCH (b:Claim)-[:CONTINUES]->(a:Claim) RETURN a.approach_id = a.id AS a, b.approach_id = a.id AS b"
    ) == [{"a": True, "b": True}]


def test_what_was_read_twice_at_once_is_stored_once(store: Store) -> None:
    def write(number: int) -> None:
        for step in range(3):
            own = extraction(claim(), id=f"document-{number}-{step}")
            store.write([extraction(claim()), own], [], known_at=NOW)

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(write, range(3)))  # raises what a thread raised
    assert store.counts()["Claim"] == 10
    cell = "MATCH (:Region {id: 'CN'})-[c:RECRUITS]->(:Field {id: 'ai'}) RETURN c.claims AS n"
    assert store.read(cell) == [{"n": 10}]


def test_other_reference_data_is_loaded_and_claims_follow(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.write([extraction(claim())], [], known_at=NOW)
    terms = reference.terms()
    ancestors, known = reference.ancestors, reference.terms
    moved = tuple(replace(t, parent="ES") if t.id == "CN-ZJ" else t for t in terms)
    other = {t.id: t for t in moved if t.label == "Region"}

    def climbed(label: str, id: str) -> tuple[reference.Term, ...]:
        if label != "Region":
            return ancestors(label, id)
        term = other.get(id)
        return (term, *(climbed(label, term.parent) if term.parent else ())) if term else ()

    with monkeypatch.context() as changed:
        changed.setattr(reference, "version", lambda: "another")
        changed.setattr(reference, "terms", lambda: moved)
        changed.setattr(reference, "ancestors", climbed)
        store.prepare()
        assert store.read("MATCH (c:Claim) RETURN c.countries AS c") == [{"c": ["ES"]}]
        assert store.read("MATCH (r:Region)-[:RECRUITS {level: 'country/code'}]->() RETURN r.id AS id") == [
            {"id": "ES"}
        ]
    assert reference.terms is known
    store.prepare()
    assert store.read("MATCH (c:Claim) RETURN c.countries AS c") == [{"c": ["CN"]}]
    assert store.read("MATCH (:Region)-[r:PART_OF]->(:Region) RETURN count(r) AS n") == [
        {"n": sum(t.label == "Region" and t.parent is not None for t in terms)}
    ]
