"""The store's contract, on every engine."""

import datetime
import socket
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from graph import ids, reference, schema
from graph.errors import QueryError, StoreRefused, StoreUnreachable
from graph.frame import Claim, Claimant, Document, Entity, Extraction, Mention, Offer, Row, Slot, StoryMembership, Time
from graph.settings import Settings
from graph.store import Store, open_store
from tests.conftest import Stores

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


def test_it_says_what_serves(store: Store) -> None:
    assert store.name.startswith(("Neo4j 5.26", "Neo4j 2026", "ArcadeDB 26")), store.name


def test_a_new_store_holds_the_reference_data(store: Store) -> None:
    counts = store.counts()
    for label in ("Region", "Field", "Company", "Organisation", "Programme", "Incentive", "Channel"):
        assert counts[label] == len(reference.by_id(label)), label
    assert {label for label, nodes in counts.items() if nodes == 0} >= {"Document", "Claim", "Person"}
    path = store.read(
        "MATCH p = (:Region {id: 'CN-ZJ-hangzhou'})-[:PART_OF*0..3]->(r:Region) RETURN r.id AS id ORDER BY length(p)"
    )
    assert [row["id"] for row in path] == ["CN-ZJ-hangzhou", "CN-ZJ", "CN", "M49:142"]
    names = store.read(
        "MATCH (r:Region) WHERE '浙江' IN r.search RETURN r.name AS name, r.name_zh AS zh, r.level AS level"
    )
    assert names == [{"name": "Zhejiang", "zh": "浙江", "level": "province"}]
    assert store.read(
        "MATCH (r:Region {id: 'ES'})-[:MEMBER_OF]->(g:Region) WHERE g.id = 'EU' RETURN g.level AS level"
    ) == [{"level": "group"}]


def test_a_claim_is_stored_whole(store: Store) -> None:
    result = store.write([extraction(claim())], [], known_at=NOW)
    assert (result.documents, result.claims) == (1, 1)
    stored = store.read("MATCH (c:Claim) RETURN properties(c) AS c")[0]["c"]
    stored = {
        name: str(value) if name in ("valid_from", "valid_to", "reported_on") else value
        for name, value in stored.items()
    }
    story = document().id
    assert stored == {
        "id": stored["id"],
        "name": "company in Zhejiang seeks AI from Spain (alleged)",
        "recruiter_type": "company",
        "modality": "alleged",
        "stage": "offered",
        "count_min": 10,
        "count_qualifier": "more than",
        "time_text": "in March",
        "valid_from": "2025-03-01",
        "valid_to": "2025-03-31",
        "precision": "month",
        "reported_on": "2025-03-31",
        "known_at": NOW,
        "confidence": 0.75,
        "trigger_strength": 0.9,
        "slot_certainty": 0.8,
        "voice_strength": 0.7,
        "hedge_factor": 0.6,
        "extractor": "rules/1",
        "document_id": story,
        "story_id": story,
        "approach_id": stored["id"],
        "claimant_key": f"{story}/informed sources",
        "publisher_id": ids.named_id("Publisher", "Daily"),
        "month": "2025-03",
        "continents": ["M49:142"],
        "countries": ["CN"],
        "provinces": ["CN-ZJ"],
        "cities": ["CN-ZJ"],
        "field_groups": ["computing"],
        "field_codes": ["ai"],
        "field_terms": ["ai"],
    }
    links = store.read("MATCH (c:Claim)-[r]->(e) RETURN type(r) AS type, e.id AS id, properties(r) AS r ORDER BY type")
    assert {row["type"]: row["id"] for row in links} == {
        "DESTINATION": "CN-ZJ",
        "FROM_EMPLOYER": "company-acme",
        "INTERMEDIARY": "company-agency",
        "OFFERS": "housing",
        "ON_BEHALF_OF": "CN",
        "ORIGIN": "ES",
        "RECRUITER": "described-firm",
        "SAID_BY": "voice-1",
        "SEEKS": "ai",
        "STATED_IN": story,
        "TARGETS": "person-ana",
        "UNDER": "programme-x",
        "VIA": "social_media",
    }
    said = {row["type"]: row["r"] for row in links}
    words = {"start": 19, "end": 27, "text": "Zhejiang", "certainty": 1.0, "inferred": False}
    assert said["DESTINATION"] == words | {"implied": True}
    assert said["STATED_IN"] == {"quote": TEXT[:58], "start": 0, "end": 58}
    assert said["OFFERS"]["amount_max"] == 2000.0
    assert said["OFFERS"]["undisclosed"] is True
    assert said["VIA"]["negated"] is True
    assert (said["SAID_BY"]["role"], said["SAID_BY"]["position"]) == ("Informed sources", 1)


def test_a_document_is_stored_whole(store: Store) -> None:
    store.write([extraction(claim())], [], known_at=NOW)
    row = store.read(
        "MATCH (s:Story)<-[t:TELLS]-(d:Document)-[:PUBLISHED_BY]->(p:Publisher) MATCH (d)-[m:MENTIONS]->(r:Region) "
        "RETURN d {.url, .title, .name, .lang, .text, .revision, .source, .signature, .known_at, .sample} AS d, "
        "toString(d.date) AS date, p.name AS publisher, s.id AS story, s.name AS told, t.similarity AS similarity, "
        "r.id AS mentioned, m.count AS count, m.first_start AS first"
    )[0]
    whole = document()
    assert row.pop("d") == {
        "url": whole.url,
        "title": whole.title,
        "name": whole.title,
        "lang": "en",
        "text": TEXT,
        "revision": whole.revision,
        "source": "report.txt",
        "signature": ["00", "ff"],
        "known_at": NOW,
        "sample": False,
    }
    assert row == {
        "date": "2025-03-31",
        "publisher": "Daily",
        "story": whole.id,
        "told": "Robots wanted",
        "similarity": 1.0,
        "mentioned": "CN-ZJ",
        "count": 2,
        "first": 19,
    }
    described = store.read(
        "MATCH (c:Company {id: 'described-firm'})-[b:BASED_IN]->(r:Region) MATCH (c)-[w:DEALS_WITH]->(o:Company)"
        "RETURN c.described AS described, r.id AS home, b.document_id AS said, o.id AS other, w.document_id AS also"
    )
    assert described == [
        {"described": True, "home": "CN-ZJ", "said": whole.id, "other": "company-acme", "also": whole.id}
    ]


def test_only_what_the_schema_declares_is_stored(store: Store) -> None:
    store.write([extraction(claim(), claim(start=59, end=77, continues=0))], [], known_at=NOW)
    store.write([extraction(claim(), text=TEXT + " More.", id=document().id)], [], known_at=LATER)
    for row in store.read("MATCH (n) UNWIND keys(n) AS key RETURN DISTINCT labels(n) AS labels, key"):
        (label,) = row["labels"]
        assert row["key"] in {p.name for p in schema.NODE_BY_LABEL[label].properties}, row
    for row in store.read(
        "MATCH (a)-[r]->(b) RETURN DISTINCT labels(a) AS a, type(r) AS type, labels(b) AS b, keys(r) AS keys"
    ):
        declared = schema.RELATIONSHIP_BY_TYPE[row["type"]]
        assert row["a"][0] in declared.starts, row
        assert row["b"][0] in declared.ends, row
        assert set(row["keys"]) <= {p.name for p in declared.properties}, row


def test_places_and_fields_above_a_level_stand_for_themselves(store: Store) -> None:
    everywhere = (slot(Entity("Region", "EU", "EU"), "A"), slot(Entity("Region", "CN-ZJ-hangzhou", "Hangzhou"), "A"))
    store.write([extraction(claim(destinations=everywhere, fields=()))], [], known_at=NOW)
    assert store.read(
        "MATCH (c:Claim) RETURN c.countries AS a, c.cities AS b, c.field_codes AS c, c.field_groups AS d"
    ) == [{"a": ["CN", "EU"], "b": ["CN-ZJ-hangzhou", "EU"], "c": ["unstated"], "d": ["unstated"]}]


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


def test_many_documents_go_in_several_transactions(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.store.CLAIMS_AT_ONCE", 4)
    many = [extraction(claim(), id=f"document-{n}", publisher=None) for n in range(7)]
    before = store.revision()
    assert store.write(many, [], known_at=NOW).claims == 7
    assert store.revision() - before == 5  # four batches and a recount
    cell = store.read(
        "MATCH (:Region {id: 'CN'})-[c:RECRUITS]->(:Field {id: 'ai'}) RETURN c.documents AS n, c.level AS level"
    )
    assert cell == [{"n": 7, "level": "country/code"}]


def test_a_failed_batch_leaves_nothing(store: Store) -> None:
    broken = claim(factors={"trigger_strength": {"a": "map"}})
    with pytest.raises((QueryError, TypeError)):
        store.write([extraction(claim(), id="document-1"), extraction(broken)], [], known_at=NOW)
    assert store.counts()["Document"] == 0


def test_odd_text_survives(store: Store) -> None:
    odd = "Hangzhou 杭州 \U0001f916 “quotes” \\ ' \" \t end"
    store.write([extraction(text=odd, title=None)], [], known_at=NOW)
    assert store.read("MATCH (d:Document) RETURN d.text AS text")[0]["text"] == odd


def test_a_large_document_is_stored(store: Store) -> None:
    large = "All work and no play. " * 450_000
    store.write([extraction(text=large)], [], known_at=NOW)
    assert store.read("MATCH (d:Document) RETURN size(d.text) AS size") == [{"size": len(large)}]


def test_the_console_answers_in_plain_values(store: Store) -> None:
    store.write([extraction(claim())], [], known_at=NOW)
    found = store.console(
        "MATCH p = (c:Claim)-[s:SEEKS]->(f:Field) "
        "RETURN f, s, p, c.valid_from AS day, [1, 2.5, null, true] AS list, {a: date('2025-01-02')} AS map, $x AS x",
        {"x": "given"},
    )
    assert found.columns == ["f", "s", "p", "day", "list", "map", "x"]
    node, link, path, *rest = found.rows[0]
    assert (node["labels"], node["id"], node["properties"]["level"]) == (["Field"], "ai", "code")
    assert (link["type"], link["end"], link["properties"]["text"]) == ("SEEKS", "ai", "AI")
    assert [n["labels"] for n in path["nodes"]] == [["Claim"], ["Field"]]
    assert rest == ["2025-03-01", [1, 2.5, None, True], {"a": "2025-01-02"}, "given"]
    assert found.truncated is False


def test_the_console_stops_at_its_limit(store: Store) -> None:
    found = store.console("UNWIND range(1, 10) AS n RETURN n", limit=3)
    assert (found.rows, found.truncated) == ([[1], [2], [3]], True)
    assert store.console("UNWIND range(1, 3) AS n RETURN n", limit=3).truncated is False


@pytest.mark.parametrize(
    "query",
    [
        "CREATE (:Region {id: 'X'})",
        "MATCH (r:Region {id: 'CN'}) SET r.name = 'changed' RETURN r.name",
        "MATCH (r:Region {id: 'CN'}) DETACH DELETE r",
        "MERGE (r:Region {id: 'X'}) RETURN r",
        "MATCH (r:Region {id: 'CN'}) CALL (r) { SET r.name = 'changed' } RETURN r.name",
        "MATCH (r:Region {id: 'CN'}) FOREACH (x IN [1] | SET r.name = 'changed')",
        "CREATE INDEX some FOR (n:Region) ON (n.name)",
    ],
)
def test_the_console_cannot_write(store: Store, query: str) -> None:
    counts = store.counts()
    with pytest.raises(QueryError):
        store.console(query)
    assert store.counts() == counts
    assert store.read("MATCH (r:Region {id: 'CN'}) RETURN r.name AS name") == [{"name": "China"}]


@pytest.mark.parametrize(
    ("query", "parameters"),
    [
        ("MATCH (n RETURN n", {}),
        ("RETURN $missing AS x", {}),
        ("RETURN $x AS x", {"x": 2**70}),
        ("RETURN $x", {"x": "\ud800"}),
    ],
)
def test_a_query_that_cannot_run_is_told(store: Store, query: str, parameters: Row) -> None:
    with pytest.raises(QueryError):
        store.console(query, parameters)


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


def free_port() -> int:
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        port: int = opened.getsockname()[1]
        return port


def test_an_absent_server_is_told_at_once() -> None:
    uri = f"bolt://127.0.0.1:{free_port()}"
    with pytest.raises(StoreUnreachable, match=r"127\.0\.0\.1.*NEO4J_URI"):
        open_store(Settings(neo4j_uri=uri))


@pytest.mark.parametrize("uri", ["http://localhost:7474", "localhost", "neo4j://"])
def test_an_address_that_is_none_is_told(uri: str) -> None:
    with pytest.raises(StoreUnreachable, match="NEO4J_URI"):
        open_store(Settings(neo4j_uri=uri))


def test_a_server_that_keeps_silent_is_given_up() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        started = time.monotonic()
        with pytest.raises(StoreUnreachable):
            open_store(Settings(neo4j_uri=f"bolt://127.0.0.1:{silent.getsockname()[1]}"))
        assert time.monotonic() - started < 60  # the test's own patience, not a measurement


@pytest.mark.parametrize("engine", ["neo4j-5.26", "neo4j-2026"])
def test_a_wrong_password_or_database_is_told(stores: Stores, engine: str) -> None:
    stores.get(engine)
    right = stores.chosen[engine]
    with pytest.raises(StoreRefused, match="NEO4J_PASSWORD"):
        open_store(right.model_copy(update={"neo4j_password": type(right.neo4j_password)("wrong")}))
    with pytest.raises(StoreUnreachable, match="nowhere"):
        open_store(right.model_copy(update={"neo4j_database": "nowhere"}))
