"""A run: how each document ends, what the graph then holds, and that a second run changes nothing."""

import datetime
import json
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from graph import ids
from graph.errors import StoreError, UnreadableDocument
from graph.frame import Claim, Document, Entity, Extraction, Slot
from graph.store import Store
from ingest import run
from ingest.outcome import Outcome
from ingest.retrying import retry
from ingest.run import ingest
from ingest.sources import Failure, Page, files
from ingest.text import Overrides
from tests.conftest import empty

SPAIN = Entity("Region", "ES", "Spain")
ROBOTICS = Entity("Field", "robotics", "Robotics")


class OneClaimEach:
    """An extractor that reads one claim in every text, and breaks where the text tells it to."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def extract(self, document: Document) -> Extraction:
        self.seen.append(document.text)
        for fault in (UnreadableDocument, ValueError, KeyError, AttributeError, RecursionError, MemoryError):
            if f"raise {fault.__name__}" in document.text:
                raise fault("of the text")
        claim = Claim(
            0,
            len(document.text),
            destinations=(Slot(SPAIN, "Spain", 0, 5),),
            fields=(Slot(ROBOTICS, "robots", 6, 12),),
        )
        return Extraction(document, claims=(claim,), extractor="test/1")


def page(name: str, text: str, **given: object) -> Page:
    return Page(f"{name}.txt", "text", text, {"url": f"https://example.org/{name}", "lang": "en", **given})


def article(number: int, changed: int = 0) -> str:
    return " ".join(f"word{number}x{i}" for i in range(100 - changed)) + " changed" * changed


def state(store: Store) -> list[dict[str, object]]:
    """Return every node and relationship but the ledger, in one order."""
    nodes = """
        MATCH (n) WHERE NOT n:Ledger AND NOT n:Run AND NOT n:Quarantined
        RETURN labels(n) AS labels, properties(n) AS p ORDER BY labels, p.id
    """
    links = """
        MATCH (a)-[r]->(b) RETURN a.id AS a, type(r) AS t, b.id AS b, properties(r) AS p ORDER BY a, t, b, p.start
    """
    return [*store.read(nodes), *store.read(links)]


def stories(store: Store) -> dict[str, list[str]]:
    query = """
        MATCH (d:Document)-[:TELLS]->(s:Story) WHERE d.known_until IS NULL
        RETURN s.id AS story, d.url AS url ORDER BY story, url
    """
    found: dict[str, list[str]] = {}
    for row in store.read(query):
        found.setdefault(row["story"], []).append(row["url"].rpartition("/")[2])
    return found


def test_every_document_ends_somewhere_and_the_report_counts_it(embedded_store: Store) -> None:
    given = [
        page("a", article(1)),
        Failure("missing.txt", "does not exist"),
        page("b", article(2)),
        page("a", article(1)),
        page("a", article(3)),
        page("c", "x", date="yesterday"),
        page("d", "raise ValueError"),
    ]
    outcomes: list[Outcome] = []
    report = ingest(given, embedded_store, OneClaimEach(), progress=outcomes.append)
    assert report.counts == Counter({"stored": 2, "unchanged": 0, "duplicate": 1, "erased": 0, "quarantined": 4})
    assert [o.status for o in outcomes if o.path == "a.txt"] == ["stored", "duplicate", "quarantined"]
    assert {failure.path for failure in report.failures} == {"missing.txt", "a.txt", "c.txt", "d.txt"}
    assert all(failure.reason for failure in report.failures)
    assert report.claims == 2
    assert embedded_store.counts()["Document"] == 2


def test_a_second_run_changes_nothing(store: Store) -> None:
    given = [page("a", article(1)), page("b", article(1, 5)), page("c", article(2), date="2025-03-01", publisher="P")]
    ingest(given, store, OneClaimEach())
    before, revision = state(store), store.revision()
    again = OneClaimEach()
    report = ingest(list(reversed(given)), store, again)
    assert report.counts["unchanged"] == 3
    assert again.seen == []
    assert state(store) == before
    assert store.revision() == revision


def test_copies_join_one_story_within_a_run_and_in_a_later_one(store: Store) -> None:
    ingest([page("a", article(1)), page("b", article(1, 5)), page("c", article(2))], store, OneClaimEach())
    assert sorted(stories(store).values()) == [["a", "b"], ["c"]]
    ingest([page("d", article(1, 8)), page("e", article(2))], store, OneClaimEach())
    found = stories(store)
    assert sorted(found.values()) == [["a", "b", "d"], ["c", "e"]]
    for story in found:
        members = store.read("MATCH (d:Document)-[:TELLS]->(:Story {id: $id}) RETURN d.id AS id", {"id": story})
        assert story == min(row["id"] for row in members)
    told = store.read("MATCH (c:Claim) RETURN DISTINCT c.story_id AS id")
    assert {row["id"] for row in told} == set(found)
    cells = store.read("MATCH (:Region {id: 'ES'})-[c:RECRUITS]->(:Field {id: 'robotics'}) RETURN c.stories AS n")
    assert [row["n"] for row in cells] == [2]


@pytest.mark.parametrize(
    "fault", ["UnreadableDocument", "ValueError", "KeyError", "AttributeError", "RecursionError", "MemoryError"]
)
def test_one_bad_document_never_stops_the_run(embedded_store: Store, fault: str) -> None:
    report = ingest([page("bad", f"raise {fault}"), page("good", article(1))], embedded_store, OneClaimEach())
    assert report.counts["stored"] == 1
    (failure,) = report.failures
    assert failure.path == "bad.txt"
    assert "of the text" in failure.reason


def test_a_document_that_was_stored_without_a_signature_stays_alone(store: Store) -> None:
    unsigned = Document(ids.document_id("example.org/u", ""), article(1), ids.revision(article(1)), "example.org/u")
    store.write([Extraction(unsigned)], [], known_at="2025-01-01T00:00:00+00:00")
    ingest([page("a", article(1)), page("b", article(1))], store, OneClaimEach())
    assert sorted(stories(store).values()) == [["a", "b"], ["u"]]


def test_a_changed_text_is_stored_again_and_leaves_its_story(embedded_store: Store) -> None:
    ingest([page("a", article(1)), page("b", article(1, 4))], embedded_store, OneClaimEach())
    report = ingest([page("b", article(2))], embedded_store, OneClaimEach())
    assert report.counts["stored"] == 1
    assert sorted(stories(embedded_store).values()) == [["a"], ["b"]]


def test_what_becomes_known_later_is_added_and_what_is_left_unsaid_stays(embedded_store: Store) -> None:
    ingest([page("a", article(1), title="A title")], embedded_store, OneClaimEach())
    dated = ingest([page("a", article(1))], embedded_store, OneClaimEach(), overrides=Overrides(date="2025-03-01"))
    assert dated.counts["stored"] == 1
    plain = ingest([page("a", article(1))], embedded_store, OneClaimEach())
    assert plain.counts["unchanged"] == 1
    (row,) = embedded_store.read("MATCH (d:Document) RETURN d.title AS title, toString(d.date) AS date")
    assert row == {"title": "A title", "date": "2025-03-01"}
    assert embedded_store.read("MATCH (c:Claim) RETURN toString(c.reported_on) AS day") == [{"day": "2025-03-01"}]


def test_a_failing_store_ends_the_run_and_keeps_the_batches_before(
    embedded_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "BATCH_DOCUMENTS", 1)
    write, written = embedded_store.write, []

    def failing(extractions: Sequence[Extraction], *rest: object, **named: object) -> object:
        if written:
            raise StoreError("the server went away")
        written.append(extractions)
        return write(extractions, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(embedded_store, "write", failing)
    given = [page("a", article(1)), page("b", article(2))]
    with pytest.raises(StoreError, match="went away"):
        ingest(given, embedded_store, OneClaimEach())
    monkeypatch.setattr(embedded_store, "write", write)
    report = ingest(given, embedded_store, OneClaimEach())
    assert report.counts == Counter({"stored": 1, "unchanged": 1, "duplicate": 0, "quarantined": 0})


def test_sample_data_is_marked_and_known_from_the_start_of_the_run(embedded_store: Store) -> None:
    report = ingest([page("a", article(1))], embedded_store, OneClaimEach(), sample=True)
    (row,) = embedded_store.read("MATCH (d:Document) RETURN d.sample AS sample, d.known_at AS known_at")
    assert row == {"sample": True, "known_at": report.known_at}
    assert datetime.datetime.fromisoformat(report.known_at).utcoffset() == datetime.timedelta(0)


def test_files_of_every_form_go_through_one_run(embedded_store: Store, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Une équipe à Liège.".encode("cp1252"))
    (tmp_path / "b.json").write_text(json.dumps({"text": "An article.", "url": "https://example.org/b"}))
    (tmp_path / "c.md").write_text("# A title\n\nAn article of its own.")
    (tmp_path / "d.txt").write_bytes(b"\x00\x01")
    (tmp_path / "e.txt").write_bytes(b"")
    report = ingest(files.read([tmp_path, tmp_path / "none"]), embedded_store, OneClaimEach())
    assert report.counts == Counter({"stored": 3, "unchanged": 0, "duplicate": 0, "quarantined": 2})
    assert [failure.path for failure in report.failures][-1] == str(tmp_path / "none")
    assert len(report.failures) == 3
    texts = {row["text"] for row in embedded_store.read("MATCH (d:Document) RETURN d.text AS text")}
    assert texts == {"Une équipe à Liège.", "An article.", "An article of its own."}
    stored = embedded_store.read("MATCH (d:Document) RETURN size(d.signature) AS bands, d.revision AS r, d.text AS t")
    assert all(row["bands"] == 20 and row["r"] == ids.revision(row["t"]) for row in stored)


def test_neither_order_nor_batches_nor_what_contradicts_itself_change_the_graph(
    embedded_store: Store,
) -> None:
    """Copies; one text under two titles; one URL with three texts; a publisher in two spellings; texts without URL."""
    said: list[dict[str, object]] = [{"title": "B"}, {"publisher": "Q", "date": "2026-01-02"}, {"title": "C"}]
    given = [page(f"p{i}", article(i % 4, i % 3), publisher=("Daily Paper", "DAILY PAPER")[i % 2]) for i in range(6)]
    given += [
        Page(f"{n}.txt", "record", article(8), {"url": "https://example.org/x", **one}) for n, one in enumerate(said)
    ]
    given += [page("odd", article(9, n), date=f"2026-02-0{5 - n}", publisher=f"Odd {n}") for n in range(3)]
    given += [Page(f"bare{n}.txt", "record", article(7), {"publisher": f"P{n}"}) for n in range(2)]
    hashes, ends = set(), []
    for seed, batch in enumerate((200, 1, 4)):
        empty(embedded_store)
        order = random.Random(seed).sample(given, len(given))
        counts = ingest(order, embedded_store, OneClaimEach(), batch=batch).counts
        hashes.add(embedded_store.hash())
        ends.append(counts)
    assert len(hashes) == 1
    assert all(counts == ends[0] for counts in ends), ends
    assert (ends[0]["stored"], ends[0]["duplicate"], ends[0]["quarantined"]) == (9, 3, 2)
    query = """
        MATCH (d:Document)-[:PUBLISHED_BY]->(p) WHERE d.url CONTAINS 'x' OR d.url IS NULL
        RETURN d.url AS url, d.title AS title, p.name AS publisher ORDER BY url, publisher
    """
    rows = {(row["url"], row["title"], row["publisher"]) for row in embedded_store.read(query)}
    assert (None, None, "P0") in rows
    assert ("https://example.org/x", "B", "Q") in rows
    assert ("https://example.org/odd", None, "Odd 0") in rows, "of several texts the one of the latest day stands"
    publishers = {row["name"] for row in embedded_store.read("MATCH (p:Publisher) RETURN p.name AS name")}
    assert publishers == {"Daily Paper", "Q", "Odd 0", "P0"}
    again = ingest(given, embedded_store, OneClaimEach())
    assert again.counts["stored"] == 0
    assert hashes == {embedded_store.hash()}
    kept = embedded_store.kept("Quarantined")
    assert [row["reason"].partition(",")[0] for row in kept] == ["has the URL of odd.txt"] * 2
    assert retry(embedded_store, OneClaimEach()).counts["stored"] == 0, "what was set aside is not taken with all"
    assert retry(embedded_store, OneClaimEach(), [kept[0]["id"]]).counts["stored"] == 1
    assert [row["id"] for row in embedded_store.kept("Quarantined")] == [kept[1]["id"]]


def test_a_text_without_recruiting_does_not_stand_against_one_that_speaks_of_it(embedded_store: Store) -> None:
    news = "Qilin Robotics of Shenzhen hired six chip engineers from Spain in March."
    given = [
        page("a", news, date="2026-03-01"),
        page("a", "Please accept our cookies to go on reading.", date="2026-03-09"),
    ]
    for order in (given, given[::-1]):
        empty(embedded_store)
        report = ingest(order, embedded_store, OneClaimEach(), triage=True, batch=1)
        assert (report.counts["stored"], report.counts["irrelevant"]) == (1, 1)
        report = ingest(order, embedded_store, OneClaimEach(), triage=True, batch=1)
        assert (report.counts["unchanged"], report.counts["irrelevant"]) == (1, 1)


def test_what_nothing_mentions_any_more_goes(store: Store) -> None:
    ingest([page("a", article(1), publisher="First"), page("b", article(2), publisher="Rated")], store, OneClaimEach())
    store.rate({"Rated": 0.8})
    ingest(
        [page("a", article(1), publisher="Second"), page("b", article(2), publisher="Second")], store, OneClaimEach()
    )
    publishers = store.read("MATCH (p:Publisher) RETURN p.name AS name ORDER BY name")
    assert [row["name"] for row in publishers] == ["Rated", "Second"]
