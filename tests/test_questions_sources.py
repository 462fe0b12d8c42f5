"""Contradictions, stories, publishers and voices, compared on every engine with answers worked out by hand."""

from typing import Any

from graph import ids
from graph.frame import Claimant, Entity, Offer, StoryMembership
from graph.store import Store
from queries.catalogue import ask
from queries.flat import items
from tests import claims_fixture
from tests.expected import COUNTS
from tests.hand_written import HandWritten


def test_contradictions_about_the_act(loaded: Store) -> None:
    rows = ask(loaded, "contradictions", {}).rows
    assert [(r["kind"], r["recruiter"], r["field_id"], r["stands"], *(r[n] for n in COUNTS)) for r in rows] == [
        ("act", "Germany", "healthcare_workforce", "affirmed", 1, 1, 1, 1, 1),
        ("act", "Germany", "healthcare_workforce", "denied", 1, 1, 1, 1, 1),
        ("act", "Lantern Microsystems", "semiconductors", "affirmed", 2, 2, 2, 1, 1),
        ("act", "Lantern Microsystems", "semiconductors", "denied", 1, 1, 1, 1, 1),
    ]
    assert rows[3]["claim_id"] == claims_fixture.claim_ids()["f1"]
    assert {row["group_stories"] for row in rows} == {2}
    anyone = ask(loaded, "contradictions", {"by_recruiter": False, "region": "CN"}).rows
    assert [(row["field_id"], row["stands"], row["stories"]) for row in anyone] == [
        ("semiconductors", "affirmed", 2),
        ("semiconductors", "denied", 1),
    ]
    assert ask(loaded, "contradictions", {"kind": "figure"}).rows == []


def test_single_story_claims(loaded: Store) -> None:
    rows = ask(loaded, "single-story-claims", {"field": "semiconductors"}).rows
    assert [(r["recruiter"], r["region_id"], r["title"], r["publisher"], *(r[n] for n in COUNTS)) for r in rows] == [
        ("Lantern Microsystems", "CN", "The wire", "Northern Wire", 2, 2, 2, 1, 1),
        ("Lantern Microsystems", "DE", "The wire", "Northern Wire", 2, 2, 2, 1, 1),
        ("Lantern Microsystems", "unstated", "The study", "Institute for Talent Studies", 1, 1, 1, 1, 1),
    ]
    anywhere = {"field": "semiconductors", "region_level": "any"}
    assert ask(loaded, "single-story-claims", anywhere).rows == []  # two stories, the wire and the study


def test_stories(loaded: Store) -> None:
    rows = ask(loaded, "stories", {}).rows
    assert [(row["title"], row["copies"], *(row[count] for count in COUNTS)) for row in rows] == [
        ("The report", 0, 3, 3, 1, 1, 2),
        ("The denial", 0, 2, 2, 1, 1, 2),
        ("The france", 0, 1, 1, 1, 1, 1),
        ("The notice", 0, 3, 3, 1, 1, 2),
        ("The wire", 1, 5, 4, 2, 1, 2),
        ("The study", 0, 4, 4, 1, 1, 2),
        ("The blog", 0, 2, 2, 1, 1, 1),
    ]
    assert rows[4]["publishers"] == "Northern Wire; Harbour Daily"
    assert rows[4]["destinations"] == "Germany; Hangzhou; Shenzhen; Zhejiang"


def test_publishers(loaded: Store) -> None:
    rows = ask(loaded, "publishers", {}).rows
    assert [
        (row["publisher"], row["share"], row["own_stories"], *(row[count] for count in COUNTS)) for row in rows
    ] == [
        ("Harbour Daily", 0.4286, 2, 6, 6, 3, 3, 4),
        ("Northern Wire", 0.2857, 2, 5, 4, 2, 2, 3),
        ("Institute for Talent Studies", 0.1429, 1, 4, 4, 1, 1, 2),
        ("Zhejiang Gazette", 0.1429, 1, 3, 3, 1, 1, 2),
        ("Talent Blog", 0.1429, 1, 2, 2, 1, 1, 1),
    ]
    assert {row["reliability"] for row in rows} == {None}


def test_claimants(loaded: Store) -> None:
    rows = ask(loaded, "claimants", {}).rows
    assert [(row["claimant"], row["label"], row["denies"], *(row[count] for count in COUNTS)) for row in rows] == [
        ("Harbour Daily", "Publisher", 0, 3, 3, 2, 2, 1),
        ("Institute for Talent Studies", "Publisher", 0, 3, 3, 1, 1, 1),
        ("Northern Wire", "Publisher", 1, 3, 3, 3, 2, 1),
        ("sources", "Voice", 0, 3, 2, 2, 1, 1),
        ("Talent Blog", "Publisher", 0, 2, 2, 1, 1, 1),
        ("Zhejiang Gazette", "Publisher", 0, 2, 2, 1, 1, 1),
        ("Halcyon Robotics", "Company", 0, 1, 1, 1, 1, 1),
        ("Lantern Microsystems", "Company", 1, 1, 1, 1, 1, 1),
        ("Zhejiang Talent Office", "Organisation", 0, 1, 1, 1, 1, 1),
        ("investigators", "Voice", 0, 1, 1, 1, 1, 1),
    ]
    assert rows[3]["roles"] == "sources"


def _figures(store: Store) -> None:
    """Write what four papers say about one plan; two persons speak, one of them by first name."""
    written = []
    person = Entity("Person", ids.named_id("Person", "Ada Brandt"), "Ada Brandt")
    bound = Entity("Person", "person-mira-of-second", "Mira", document_bound=True)
    for name, low, high, words in (
        ("first", None, 60_000, "almost 60,000"),
        ("second", 60_000, None, "more than 60,000"),
        ("third", 61_000, 61_000, "61,000"),
        ("fourth", 50_000, 60_000, "50,000 to 60,000"),
    ):
        text = HandWritten(name, "2026-01-01", f"The {name} paper")
        text.sentence(f"Under the Kunpeng Plan Zhejiang hired {words} people, Ada Brandt and Mira of the office say.")
        speaker = {"first": (person, "Ada Brandt"), "second": (bound, "Mira")}.get(name)
        text.claim(
            recruiter=text.slot("Region", "CN-ZJ", "Zhejiang"),
            stage="hired",
            count_min=low,
            count_max=high,
            destinations=(text.slot("Region", "CN-ZJ", "Zhejiang"),),
            programmes=(text.slot("Programme", "programme-kunpeng-plan", "Kunpeng Plan"),),
            claimants=(Claimant(text.slot("Person", speaker[0], speaker[1]), "official of the office", True),)
            if speaker
            else (),
        )
        written.append(text.extraction())
    memberships = [StoryMembership(w.document.id, w.document.id, 1.0) for w in written]
    store.write(written, memberships, known_at=claims_fixture.FIRST_KNOWN)


def test_figures_that_cannot_both_be_right_stand_below_each_other(embedded_store: Store) -> None:
    _figures(embedded_store)
    rows = ask(embedded_store, "contradictions", {}).rows
    for who in ("Kunpeng Plan", "Zhejiang"):
        group = [row for row in rows if row["recruiter"] == who]
        assert [(row["kind"], row["stands"], row["group_stories"]) for row in group] == [
            ("figure", "50000 to 60000", 4),
            ("figure", "60000 or fewer", 4),
            ("figure", "60000 or more", 4),
            ("figure", "61000", 4),
        ]
    assert len(rows) == 8
    figures = ask(embedded_store, "programme-figures", {"programme": "Kunpeng Plan"}).rows
    assert [(row["figure"], row["lowest"], row["highest"]) for row in figures] == [
        ("people", 50_000.0, 60_000.0),
        ("people", 60_000.0, None),
        ("people", 61_000.0, 61_000.0),
        ("people", None, 60_000.0),
    ]


def test_persons_are_shown_by_what_they_are(embedded_store: Store) -> None:
    _figures(embedded_store)
    persons = [row for row in ask(embedded_store, "claimants", {}).rows if row["label"] == "Person"]
    assert [row["claimant"] for row in persons] == ["official of the office"] * 2
    named = [row for row in ask(embedded_store, "claimants", {"names": True}).rows if row["label"] == "Person"]
    assert [row["claimant"] for row in named] == ["Ada Brandt", "official of the office"]
    figures = ask(embedded_store, "programme-figures", {}).rows
    assert all("Ada Brandt" not in row["said_by"] for row in figures)


def test_first_names_are_shown_nowhere_but_in_the_sentence(embedded_store: Store) -> None:
    text = HandWritten("names", "2025-03-02", "Test Wire")
    text.sentence("Ada Brandt and Mira say that firms seek people.")
    whole = Entity("Person", ids.named_id("Person", "Ada Brandt"), "Ada Brandt")
    bound = Entity("Person", "person-mira-of-names", "Mira", document_bound=True)
    slots = [text.slot("Person", person, person.name) for person in (whole, bound)]
    text.claim(claimants=tuple(Claimant(slot, slot.entity.name, True) for slot in slots))
    embedded_store.write([text.extraction()], known_at="2026-01-01T00:00:00+00:00")
    (row,) = ask(embedded_store, "claims", {"names": True}).rows
    assert sorted(items(row["said_by"])) == ["Ada Brandt", "a named person"]
    (evidence,) = ask(embedded_store, "evidence", {"claim": row["claim_id"], "names": True}).rows
    assert sorted(items(evidence["said_by"])) == ["Ada Brandt", "a named person"]
    assert "Ada Brandt" in evidence["slots"]
    assert "Mira" not in evidence["slots"]
    (row,) = ask(embedded_store, "claims", {}).rows
    assert row["said_by"] == "a named person; a named person"


def test_only_public_figures_are_shown_by_name(embedded_store: Store) -> None:
    text = HandWritten("figures", "2025-03-02", "Test Wire")
    speakers = (("Ada Brandt", "professor of physics"), ("Bo Lind", "spokesperson for the ministry"), ("Bo Lind", ""))
    for name, role in speakers:
        text.sentence(f"{name} said so.")
        person = Entity("Person", ids.named_id("Person", name), name)
        text.claim(claimants=(Claimant(text.slot("Person", person, name), role or name, True),))
    embedded_store.write([text.extraction()], known_at="2026-01-01T00:00:00+00:00")
    shown = {
        names: [(row["claimant"], row["claims"]) for row in ask(embedded_store, "claimants", {"names": names}).rows]
        for names in (False, True)
    }
    assert shown[True] == [("Bo Lind", 2), ("professor of physics", 1)]
    assert ("Bo Lind", 2) not in shown[False]
    assert [number for _, number in shown[False]] == [2, 1]


def test_amounts_that_cannot_both_be_right(embedded_store: Store) -> None:
    def offer(
        number: int, low: float | None, high: float | None, currency: str = "CNY", words: str = "officials"
    ) -> Any:
        text = HandWritten(f"amount-{number}", "2025-03-02", "Test Wire")
        text.sentence(f"The plan pays a bonus, {words} said.")
        bonus = text.slot("Incentive", "bonus", "bonus")
        text.claim(
            programmes=(text.slot("Programme", "programme-kunpeng-plan"),),
            recruiter=text.slot("Region", "CN-ZJ"),
            destinations=(text.slot("Region", "CN-ZJ"),),
            offers=(Offer(bonus, low, high, currency, "person"),),
            claimants=text.voice(words),
        )
        return text.extraction()

    told = [offer(1, 1e6, 2e6), offer(2, 2.5e6, None, words="a professor"), offer(3, 1.5e6, 1.5e6, currency="USD")]
    embedded_store.write([*told, offer(4, 2e6, 3e6)], known_at="2026-01-01T00:00:00+00:00")
    rows = ask(embedded_store, "contradictions", {}).rows
    assert [(row["kind"], row["recruiter"], row["stands"], row["said_by"]) for row in rows] == [
        ("amount", who, stands, voice)
        for who in ("Kunpeng Plan", "Zhejiang")
        for stands, voice in (
            ("bonus, CNY per person: 1000000 to 2000000", "officials"),
            ("bonus, CNY per person: 2500000 or more", "a professor"),
        )
    ]
    assert ask(embedded_store, "contradictions", {"kind": "figure"}).rows == []
