"""Documents taken back, documents and persons erased, documents read again by a newer extractor."""

from typing import Any

import pytest

from graph import claim_months, ids
from graph.columns import HASHED, Columns, hashes
from graph.errors import UnknownEntity
from graph.frame import Claim, Claimant, Document, Entity, Extraction, Mention, Row, Slot
from graph.store import Store
from ingest.reextraction import outdated, reextract
from ingest.removal import erase, remove
from ingest.run import ingest
from ingest.sources import Failure, Page
from queries import held, records, remembered
from queries.catalogue import ask
from tests.test_run import ROBOTICS, SPAIN, OneClaimEach, article, page, stories

JANE = Entity("Person", ids.named_id("Person", "Jane Exemple"), "Jane Exemple")


def _chain() -> list[Page]:
    """Three texts of which the second is a copy of both others, and they are none of each other."""
    words = [f"w{i}" for i in range(120)]
    texts = [words[:100], words[10:110], words[20:120]]
    return [page(name, " ".join(text), publisher=f"P{name}") for name, text in zip("abc", texts, strict=True)]


def _cell(store: Store) -> dict[str, int]:
    query = """
        MATCH (:Region {id: 'ES'})-[c:RECRUITS]->(:Field {id: 'robotics'})
        RETURN c.claims AS claims, c.documents AS documents, c.stories AS stories
    """
    rows = store.read(query)
    return rows[0] if rows else {}


def test_removing_a_bridge_splits_its_story_and_recounts(store: Store) -> None:
    ingest(_chain(), store, OneClaimEach())
    assert sorted(stories(store).values()) == [["a", "b", "c"]]
    assert _cell(store) == {"claims": 3, "documents": 3, "stories": 1}
    removed = remove(store, ["https://example.org/b"])
    assert removed.nodes == {"Document": 1, "Claim": 1}
    assert sorted(stories(store).values()) == [["a"], ["c"]]
    assert _cell(store) == {"claims": 2, "documents": 2, "stories": 2}
    assert store.unfinished() == []
    (closed,) = store.read("MATCH (c:Claim) WHERE c.known_until IS NOT NULL RETURN c.document_id AS id")
    assert closed["id"] == ids.document_id("https://example.org/b", "")
    with pytest.raises(UnknownEntity, match=r"example\.org/b"):
        remove(store, ["https://example.org/b"])
    ingest(_chain(), store, OneClaimEach())
    assert sorted(stories(store).values()) == [["a", "b", "c"]]
    assert _cell(store) == {"claims": 3, "documents": 3, "stories": 1}


def test_removing_the_earliest_makes_another_the_narrator(embedded_store: Store) -> None:
    given = [
        page("a", article(1), publisher="First", date="2025-01-01"),
        page("b", article(1, 3), publisher="Second", date="2025-01-02"),
    ]
    ingest(given, embedded_store, OneClaimEach())
    remove(embedded_store, [ids.document_id("https://example.org/a", "")])
    query = "MATCH (c:Claim) WHERE c.known_until IS NULL RETURN c.claimant_key AS key"
    assert embedded_store.read(query) == [{"key": ids.named_id("Publisher", "Second")}]


def test_the_past_has_a_removed_document_in_its_story(store: Store) -> None:
    """So it has the text that a document had before it changed."""
    given = page("a", article(1), title="Robots", publisher="P", date="2025-01-02")
    then = ingest([given], store, OneClaimEach()).known_at
    before = _sources(store, then)
    assert before == ("Robots", "P", 0, 1, 1)
    changed = page("a", article(2), title="Other", publisher="P", date="2025-01-02")
    later = ingest([changed], store, OneClaimEach()).known_at
    assert _sources(store, then) == before
    remove(store, ["https://example.org/a"])
    assert _sources(store, then) == before
    assert _sources(store, later) == ("Other", "P", 0, 1, 1)
    assert ask(store, "stories", {}).rows == ask(store, "publishers", {}).rows == []
    erase(store, "https://example.org/a")
    assert store.counts()["Story"] == 0


def _sources(store: Store, then: str) -> tuple[Any, ...]:
    """Return what questions as known at an instant say of one claim's story and publisher."""
    (told,) = ask(store, "stories", {"known_at": then}).rows
    (published,) = ask(store, "publishers", {"known_at": then}).rows
    (claim,) = ask(store, "claims", {"known_at": then}).rows
    (evidence,) = ask(store, "evidence", {"claim": claim["claim_id"], "known_at": then}).rows
    documents = evidence["documents_of_story"]
    return (told["title"], told["publishers"], told["copies"], published["own_stories"], documents)


def test_a_removed_copy_is_none_now_and_names_nothing_that_was_erased(embedded_store: Store) -> None:
    given = [page("a", article(1), title="One"), page("b", article(1, 5), title="Two")]
    then = ingest(given, embedded_store, OneClaimEach()).known_at
    (told,) = stories(embedded_store)
    other = next(url for url in ("a", "b") if ids.document_id(f"https://example.org/{url}", "") != told)
    remove(embedded_store, [f"https://example.org/{other}"])
    (row,) = ask(embedded_store, "stories", {}).rows
    (row_then,) = ask(embedded_store, "stories", {"known_at": then}).rows
    assert (row["copies"], row_then["copies"]) == (0, 1)
    record = records.document(embedded_store, told)
    assert record is not None
    assert record["copies"] == []
    erase(embedded_store, told)
    assert embedded_store.counts()["Story"] == 0


def test_an_erased_document_is_gone_and_stays_away(store: Store) -> None:
    ingest([page("a", article(1), publisher="P")], store, OneClaimEach())
    ingest([page("a", article(2), publisher="P")], store, OneClaimEach())
    ingest([page("b", article(3), publisher="Q")], store, OneClaimEach())
    receipt = erase(store, "https://example.org/a")
    assert receipt["removed"] == ["Claim 2", "Document 2", "Publisher 1"]
    assert "example.org" not in str(receipt)
    assert store.counts()["Document"] == store.counts()["Claim"] == store.counts()["Story"] == 1
    assert _cell(store) == {"claims": 1, "documents": 1, "stories": 1}
    again = [page("a", "Something new."), Page("copy.txt", "text", article(2), {"lang": "en"}), page("b", article(3))]
    report = ingest(again, store, OneClaimEach())
    assert (report.counts["erased"], report.counts["unchanged"]) == (2, 1)
    with pytest.raises(UnknownEntity):
        erase(store, "https://example.org/a")


def test_what_was_erased_is_gone_from_columns_and_from_what_a_process_keeps(embedded_store: Store) -> None:
    page_of_jane = page("a", "Spain robots. Jane Exemple said so.", publisher="P", date="2025-01-02")
    others = [page("b", article(3), publisher="Q", date="2025-02-01"), page("c", article(4), date="2025-01-05")]
    ingest([page_of_jane], embedded_store, NamesJane())
    ingest(others, embedded_store, OneClaimEach())
    query = "MATCH (c:Claim) RETURN c.document_id AS d, c.story_id AS s, c.publisher_id AS p, c.claimant_key AS k"
    (erased,) = [row for row in embedded_store.read(query) if row["d"] == ids.document_id("https://example.org/a", "")]
    assert erased["k"] == JANE.id
    _ask_all(embedded_store)
    assert _found_in_columns(embedded_store, erased) == {"d", "s", "p", "k"}
    held_before = str(_held(embedded_store))
    assert str(hashes([erased["k"]], "<i8")[0]) in held_before
    assert erased["p"] in held_before

    erase(embedded_store, "jane exemple")
    assert _found_in_columns(embedded_store, erased) == {"d", "s", "p"}
    erase(embedded_store, "https://example.org/a")
    assert not _found_in_columns(embedded_store, erased)
    _ask_all(embedded_store)
    kept = str(_held(embedded_store))
    assert not any(str(hashes([id], "<i8")[0]) in kept for id in erased.values())
    assert erased["p"] not in kept
    answers = str([[*found.rows] for found in remembered._KEPT[embedded_store].answers.values()])
    assert "robotics" in answers
    assert not any(id in answers for id in erased.values())
    assert "Exemple" not in answers
    assert not any(id in str(embedded_store.read("MATCH (n) RETURN properties(n) AS p")) for id in erased.values())


def _ask_all(store: Store) -> None:
    """Ask what is counted from columns, of both sheets, and the claims themselves."""
    ask(store, "regions-recruiting-fields", {"implied": False})
    ask(store, "region-profile", {"region": "ES"})
    ask(store, "claims", {})


def _found_in_columns(store: Store, ids: Row) -> set[str]:
    """Return which of these ids stand, themselves or as hashes, in the columns that the store keeps."""
    sheets = claim_months.read(store.read, store.read(claim_months.MONTHS)).values()
    return {name for name, id in ids.items() if any(_has(sheet, id) for sheet in sheets)}


def _has(sheet: Columns, id: str) -> bool:
    hashed = any(hashes([id], kind)[0] in sheet.numbers.get(name, ()) for name, kind in HASHED.items())
    return hashed or id in str(sheet.values)


def _held(store: Store) -> list[Any]:
    """Return all numbers and values of the columns that this process holds."""
    found = held._HELD[store]
    parts = [*found.sheets.values(), *([found.joined] if found.joined else [])]
    return [({name: column.tolist() for name, column in part.numbers.items()}, part.values) for part in parts]


class NamesJane(OneClaimEach):
    """Finds Jane Exemple wherever the full name stands, and lets her say it."""

    version = "test/1"

    def extract(self, document: Document) -> Extraction:
        at = document.text.find(JANE.name)
        mentions = (Mention(JANE, at, at + len(JANE.name)),) if at >= 0 else ()
        said = (Claimant(Slot(JANE, JANE.name, at, at + len(JANE.name)), "an engineer", True),) if at >= 0 else ()
        destinations, fields = (Slot(SPAIN, "Spain", 0, 5),), (Slot(ROBOTICS, "robots", 6, 12),)
        claim = Claim(0, len(document.text), destinations=destinations, fields=fields, claimants=said)
        return Extraction(document, mentions, (claim,), self.version)


def _stored(store: Store) -> str:
    nodes = store.read("MATCH (n) WHERE NOT n:Erased RETURN properties(n) AS p")
    return str(nodes) + str(store.read("MATCH ()-[r]->() RETURN properties(r) AS p"))


def test_an_erased_person_is_named_nowhere_and_stays_unnamed(store: Store) -> None:
    text = "Spain robots. Jane Exemple said so; Ms Exemple would not say more."
    ingest([page("a", text, title="Jane Exemple speaks", author="Ida Falk; Jane Exemple")], store, NamesJane())
    assert "Exemple" in _stored(store)
    receipt = erase(store, "jane exemple")
    assert (receipt["kind"], receipt["removed"]) == ("person", ["Person 1"])
    assert "Exemple" not in _stored(store)
    (row,) = store.read("MATCH (d:Document) RETURN d.text AS text, d.author AS author")
    assert row["text"] == "Spain robots. ████████████ said so; Ms ███████ would not say more."
    assert row["author"] == "Ida Falk; ████████████"
    hash = store.hash()
    ingest([page("a", text, title="Jane Exemple speaks", author="Ida Falk; Jane Exemple")], store, NamesJane())
    assert store.hash() == hash
    ingest([page("b", "Again Jane Exemple said it.")], store, NamesJane())
    assert "Exemple" not in _stored(store)
    assert store.counts()["Person"] == 0


def test_an_erased_author_is_named_nowhere_and_stays_unnamed(embedded_store: Store) -> None:
    given = [page("a", article(1), author="Wexel, Ida"), page("b", "Spain. By Ida Wexel, who came.", author="Bo Lind")]
    bad = Page("bad", "record", "Other.", {"url": "https://example.org/a", "author": "Ida Wexel"})
    ingest([*given, bad], embedded_store, OneClaimEach())  # which is kept: it has the URL of another text
    assert "Wexel" in str(embedded_store.kept("Quarantined"))
    assert embedded_store.counts()["Person"] == 0
    receipt = erase(embedded_store, "ida wexel")
    assert (receipt["kind"], receipt["removed"]) == ("person", ["Person 1"])
    assert "Wexel" not in _stored(embedded_store)
    hash = embedded_store.hash()
    assert ingest(given, embedded_store, OneClaimEach()).counts["unchanged"] == 2
    assert embedded_store.hash() == hash
    ingest([page("c", "Ida Wexel, our reporter, saw it.", author="Ida Wexel; Bo Lind")], embedded_store, OneClaimEach())
    assert "Wexel" not in _stored(embedded_store)
    assert "█████████; Bo Lind" in _stored(embedded_store)


class Newer(NamesJane):
    """A later version, which reads a second claim."""

    version = "test/2"

    def extract(self, document: Document) -> Extraction:
        found = super().extract(document)
        more = Claim(0, 5, destinations=found.claims[0].destinations)
        return Extraction(document, found.mentions, (*found.claims, more), self.version)


def test_what_an_older_extractor_read_is_read_again_and_known_since_then(store: Store) -> None:
    ingest([page("a", article(1), publisher="P", date="2025-02-03"), page("b", article(2))], store, NamesJane())
    known = {row["id"]: row["at"] for row in store.read("MATCH (c:Claim) RETURN c.id AS id, c.known_at AS at")}
    told = stories(store)
    assert outdated(store, "test/2") == 2
    report = reextract(store, Newer(), "test/2")
    assert (report.counts["stored"], report.claims) == (2, 4)
    rows = store.read("MATCH (c:Claim) RETURN c.id AS id, c.known_at AS at, c.extractor AS extractor")
    assert len(rows) == 4
    assert {row["id"]: row["at"] for row in rows if row["id"] in known} == known
    assert {row["extractor"] for row in rows} == {"test/2"}
    assert stories(store) == told
    hash = store.hash()
    assert outdated(store, "test/2") == 0
    assert reextract(store, Newer(), "test/2").counts["stored"] == 0
    reextract(store, Newer(), "test/2", all=True)
    assert store.hash() == hash
    reextract(store, NamesJane(), "test/1")
    assert store.read("MATCH (c:Claim) WHERE c.known_until IS NOT NULL RETURN count(c) AS n") == [{"n": 2}]


def test_what_people_decided_outlasts_another_reading(store: Store) -> None:
    """Ratings of publishers, removals, erasures, what waits in quarantine, and the id by which a claim is quoted."""
    a = {"u": "https://example.org/a"}
    given = [page("a", article(1), publisher="P"), page("b", article(2), publisher="P"), page("c", article(3))]
    ingest([*given, Failure("d.pdf", "is broken")], store, NamesJane())
    store.rate({"P": 0.4})
    kept = {row["id"] for row in store.read("MATCH (c:Claim)-[:STATED_IN]->(:Document {url: $u}) RETURN c.id AS id", a)}
    remove(store, ["https://example.org/b"])
    erase(store, "https://example.org/c")
    waiting, receipts = store.kept("Quarantined"), store.kept("Erased")
    assert (len(kept), len(waiting), len(receipts)) == (1, 1, 1)
    for extractor, version in ((Newer(), "test/2"), (NamesJane(), "test/3")):
        assert reextract(store, extractor, version, all=True).counts["stored"] == 1
        assert store.read("MATCH (p:Publisher {name: 'P'}) RETURN p.reliability AS r") == [{"r": 0.4}]
        standing = store.read(
            "MATCH (c:Claim)-[:STATED_IN]->(d) WHERE c.known_until IS NULL RETURN d.url AS url, c.id AS id"
        )
        assert {row["url"] for row in standing} == {a["u"]}
        assert kept <= {row["id"] for row in standing}
        assert (store.kept("Quarantined"), store.kept("Erased")) == (waiting, receipts)
