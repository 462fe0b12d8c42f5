"""The extractor and its public form: exact spans on any text, the same answer every time, the keys of the scorer."""

import datetime
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph import ids
from graph.frame import Document, Extraction
from graph.rows import claim_ids
from ingest.extraction import Extractor, as_json
from ingest.sources import files, samples
from ingest.text import documents

TEXT = (
    "Officials in Linz said on Monday that a robotics company in Hamburg had recruited 12 software engineers from"
    " Austria with salaries of up to 120,000 euros a year.\n"
    "“They hired our best people,” said Eva Brandt, a professor in Linz. The company denied that it had poached staff."
)
PIECES = st.sampled_from(
    [
        "hired engineers from Spain ",
        "recruit ",
        "“They poached our chemists,” ",
        "said Eva Brandt. ",
        "\n",
        "\r\n",
        "\u2028",
        "according to ",
        "in 2024, ",
        "浙江 ",
        "招募工程师。",
        "\U0001f680",
        "e\u0301",
        "\u200b",
        "…",
        '"',
        "3 million yuan ",
        "AI ",
    ]
)
ANY_TEXT = st.one_of(st.text(max_size=200), st.lists(st.one_of(PIECES, st.text(max_size=12)), max_size=12).map("".join))


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def document(text: str, lang: str = "en", date: datetime.date | None = None) -> Document:
    return Document(ids.document_id(None, text), text, ids.revision(text), date=date, lang=lang)


def assert_exact(extraction: Extraction) -> None:
    text = extraction.document.text
    for mention in extraction.mentions:
        assert 0 <= mention.start < mention.end <= len(text)
    for claim in as_json(extraction)["claims"]:
        start, end = claim["evidence"]["start"], claim["evidence"]["end"]
        assert 0 <= start < end <= len(text)
        assert text[start:end] == claim["evidence"]["quote"]
        parts = (
            "destinations",
            "origins",
            "fields",
            "offers",
            "via",
            "programmes",
            "origin_employers",
            "claimants",
            "on_behalf_of",
            "intermediaries",
            "targets",
            "negated_channels",
        )
        slots = [slot for part in parts for slot in claim[part]]
        if claim["recruiter"] and "start" in claim["recruiter"]:
            slots.append(claim["recruiter"])
        for slot in slots:
            assert -1 <= slot["start"] <= slot["end"] <= len(text)
            assert (slot["start"] == -1) == (slot["end"] == -1)
            assert slot["start"] == -1 or text[slot["start"] : slot["end"]] == slot["text"], slot
        if claim["time"]:
            assert claim["time"]["text"] in text


def test_the_samples_give_exact_spans(extractor: Extractor) -> None:
    read = [item for item in documents(files.read(samples())) if isinstance(item, Document)]
    assert sum(len(extraction.claims) for extraction in map(extractor.extract, read)) > 100
    for item in read:
        assert_exact(extractor.extract(item))


@given(text=ANY_TEXT, lang=st.sampled_from(["en", "zh", "pt"]))
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_gives_exact_spans_and_no_error(extractor: Extractor, text: str, lang: str) -> None:
    assert_exact(extractor.extract(document(text, lang, datetime.date(2025, 1, 31))))


@given(text=ANY_TEXT)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_same_text_gives_the_same_answer(extractor: Extractor, text: str) -> None:
    first = extractor.extract(document(text))
    extractor.extract(document(TEXT))
    assert extractor.extract(document(text)) == first


def test_the_order_of_documents_does_not_matter(extractor: Extractor) -> None:
    other = "The ministry plans to recruit 200 nurses from Portugal, according to Reuters."
    forward = [extractor.extract(document(t)) for t in (TEXT, other)]
    backward = [Extractor().extract(document(t)) for t in (other, TEXT)]
    assert forward == backward[::-1]


def test_the_public_form_has_the_keys_of_the_scorer(extractor: Extractor) -> None:
    extraction = extractor.extract(document(TEXT, date=datetime.date(2025, 3, 12)))
    row = json.loads(json.dumps(as_json(extraction)))
    assert {"id", "entities", "claims"} <= set(row)
    assert {(e["name"], e["type"]) for e in row["entities"]} >= {("Hamburg", "region"), ("Austria", "region")}
    first = row["claims"][0]
    assert first["recruiter"]["type"] == "company"
    assert [place["name"] for place in first["destinations"]] == ["Hamburg"]
    assert [place["name"] for place in first["origins"]] == ["Austria"]
    assert "software_it" in {field["code"] for field in first["fields"]} | {
        b for f in first["fields"] for b in f["broader"]
    }
    assert first["incentives"] == ["salary"]
    assert first["claimant"] == "Officials in Linz"
    assert first["count"] == {"min": 12, "max": 12, "qualifier": None}
    assert first["offers"][0]["amount_max"] == 120_000
    assert (first["offers"][0]["currency"], first["offers"][0]["per"]) == ("EUR", "year")
    assert 0 < first["confidence"] <= 1
    assert set(first["factors"]) == {"trigger_strength", "slot_certainty", "voice_strength", "hedge_factor"}
    assert row["claims"][-1]["modality"] == "denied"


def test_ids_are_those_of_the_store_and_differ(extractor: Extractor) -> None:
    extraction = extractor.extract(document(TEXT))
    found = [claim["id"] for claim in as_json(extraction)["claims"]]
    assert found == claim_ids(extraction)
    assert len(set(found)) == len(found) >= 2


def test_the_given_id_is_handed_back(extractor: Extractor) -> None:
    given_id = Document("document-1", "Nothing here.", "r", given_id="33")
    assert as_json(extractor.extract(given_id))["id"] == "33"


def test_a_language_without_rules_has_entities_and_no_claims(extractor: Extractor) -> None:
    extraction = extractor.extract(document("A empresa contratou engenheiros da Espanha para Hangzhou.", "pt"))
    assert extraction.claims == ()
    assert {m.entity.id for m in extraction.mentions} >= {"CN-ZJ-hangzhou"}


def test_lists_only_says_so() -> None:
    extractor = Extractor("none")
    assert extractor.version.endswith(" none")
    assert extractor.extract(document(TEXT)).mentions


def test_the_version_names_rules_and_model() -> None:
    assert Extractor().version.startswith("talentgraph-rules/1 en_core_web_sm-3.8")


def test_no_text_is_too_long_or_too_broken_to_read(extractor: Extractor) -> None:
    text = "x" * 1_100_000 + " A robotics company in Hamburg hired 12 engineers from Austria. \ud83d"
    extraction = extractor.extract(document(text.replace("\ud83d", "\ufffd")))
    assert_exact(extraction)
    assert [m.entity.name for m in extraction.mentions if m.entity.label == "Region"] == ["Hamburg", "Austria"]
    broken = Document("document-1", "The firm hired \ud83d engineers from Austria. \udc00", "r")
    assert [m.entity.name for m in extractor.extract(broken).mentions] == ["Austria"]
