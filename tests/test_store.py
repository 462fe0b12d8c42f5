"""The store's contract, on every engine: what is kept, and what the console may do."""

import pytest

from graph import ids, reference, schema
from graph.errors import QueryError
from graph.frame import Entity
from graph.store import Store
from tests.whole_claim import LATER, NOW, TEXT, claim, document, extraction, slot

pytestmark = pytest.mark.every_engine


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


def test_many_documents_go_in_several_transactions(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.batches.CLAIMS_AT_ONCE", 4)
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
