"""Triage drops what is about something else, and never what the extractor would read a claim from."""

import json
from pathlib import Path

import pytest

from api.commands.ingest import left_out
from benchmarks.irrelevant import HARD, PLAIN, irrelevant
from graph import reference
from graph.errors import InputError
from graph.reference import Term
from graph.store import Store
from ingest import run
from ingest.claims.english import people, triggers
from ingest.extraction import Extractor
from ingest.gazetteer import find
from ingest.sources import Page, files, samples
from ingest.text import Document, documents
from ingest.triage import has_topic, relevant
from tests.eval import annotated, own_articles, unrelated

RECRUITS = "Halden Robotics has hired forty engineers from Porto. They were promised flats near the plant."
RAIN = (
    "A band of heavy rain crossed Leeds on Monday.\nTrains were cancelled until the evening, and schools stayed shut."
)


def test_no_annotated_document_with_a_claim_is_dropped(gold: Path) -> None:
    claims = {path.name[: -len(".gold.json")]: json.loads(path.read_text(encoding="utf-8"))["claims"]
              for path in (gold / "dev").glob("*.gold.json")}  # fmt: skip
    read = {document.given_id: document for document in annotated.documents(gold / "dev")}
    dropped = [id for id, found in claims.items() if found and not relevant(read[id].text, read[id].lang)]
    assert not dropped
    assert sum(bool(found) for found in claims.values()) >= 60


def test_no_annotated_document_of_our_own_with_a_claim_is_dropped(tmp_path: Path) -> None:
    for even in (True, False):
        own_articles.lay_out(tmp_path, even=even)
    for path in sorted(tmp_path.glob("*.gold.json")):
        given = json.loads(path.with_name(path.name.replace(".gold", "")).read_text(encoding="utf-8"))
        if json.loads(path.read_text(encoding="utf-8"))["claims"]:
            assert relevant(given["text"], given["lang"]), given["id"]


def test_what_the_extractor_reads_claims_from_is_kept() -> None:
    extractor = Extractor()
    read = [d for d in documents(files.read([str(path) for path in samples()])) if isinstance(d, Document)]
    read += [_document(text) for text in unrelated.articles()]
    claims = kept = 0
    for document in read:
        found = len(extractor.extract(document).claims)
        claims += found
        kept += found if relevant(document.text, document.lang) else 0
    assert claims > 200
    assert kept / claims >= 0.995


def test_most_articles_about_something_else_are_dropped_and_extraction_finds_next_to_nothing_in_them() -> None:
    extractor = Extractor()
    read = [_document(text) for text in unrelated.articles()]
    passed = [document.text[:40] for document in read if relevant(document.text, "en")]
    assert len(passed) <= 6, passed
    telling = [document.text[:40] for document in read if extractor.extract(document).claims]
    assert len(telling) <= 1, telling


def test_other_news_is_dropped() -> None:
    texts = list(irrelevant(2_000))
    passed = [text for text in texts if relevant(text, "en")]
    assert len(passed) <= 0.003 * len(texts), passed[:3]


def test_the_other_news_names_places_and_words_of_recruiting() -> None:
    strong = {form for word in triggers.words() if word.strength >= 0.75 for form in word.forms}
    named = hiring = 0
    texts = list(irrelevant(400))
    for text in texts:
        named += any(term.label == "Region" for match in find(text) for term in match.terms)
        hiring += any(f" {form} " in text.lower() for form in strong)
    assert named >= 0.15 * len(texts)
    assert hiring >= 0.10 * len(texts)
    assert not HARD.keys() & PLAIN.keys()


def test_the_articles_about_something_else_name_places_and_words_of_recruiting() -> None:
    acting = {form for word in triggers.words() if word.strength >= 0.3 for form in word.forms}
    texts = unrelated.articles()
    named = sum(any(term.label == "Region" for match in find(text) for term in match.terms) for text in texts)
    hiring = sum(any(f" {form} " in text.lower() for form in acting) for text in texts)
    assert named >= 0.5 * len(texts)
    assert hiring >= 0.5 * len(texts)


@pytest.mark.parametrize(
    "note",
    [
        "Three of the laboratory's physicists now work in Hefei.",
        "Two of the chip designers have since moved to Shenzhen, a colleague said.",
        "Nanjing University has offered professorships to physicists from Italy.",
    ],
)
def test_less_is_enough_of_a_short_note(note: str) -> None:
    assert relevant(note, "en")
    assert not relevant(note + " The tram was late again, and it rained on the market until noon." * 7, "en")


@pytest.mark.parametrize("lang", ["pt", "ja", "ru", "und"])
def test_languages_without_rules_are_never_dropped(lang: str) -> None:
    assert relevant("O tempo: chuva forte em Lisboa na segunda-feira.", lang)
    assert has_topic("Chuva forte.", lang)


def test_it_knows_every_word_of_the_extractors_lists() -> None:
    strong = [form for word in triggers.words() if word.strength >= 0.75 for form in word.forms]
    for form in strong:
        if form not in ("court", "courts"):
            assert relevant(f"The plant {form.upper()} seven engineers.", "en"), form
    for _, weight, forms in people.rows():
        for form in forms:
            if weight == 1:
                assert relevant(f"They poached {form.title()}, it said.", "en"), form


def test_the_users_own_programmes_count() -> None:
    text = "The city announced Lantern Chairs for those who come from abroad."
    assert not relevant(text, "en")
    reference.extend([Term("Programme", "programme-lantern-chairs", "Lantern Chairs")])
    try:
        assert relevant(text, "en")
    finally:
        reference.extend([])


def test_trigger_and_people_must_share_a_sentence() -> None:
    assert relevant("Norvale hired six engineers.", "en")
    assert not relevant("Norvale hired a hall. Six engineers danced there.", "en")
    assert has_topic("Norvale hired six engineers.", "en")
    assert not has_topic("Norvale hired a hall. Six engineers danced.", "en")


def test_a_sentence_that_comes_again_says_nothing_more() -> None:
    doubtful = "Engineers lost contact with the probe for two days and found it again."
    assert has_topic(doubtful, "en")
    assert not relevant(f"{doubtful} {doubtful}\n{doubtful}", "en")


def test_words_within_words_do_not_count() -> None:
    assert not relevant("The shired were in an engineersroom.", "en")


def test_chinese() -> None:
    assert relevant("杭州一家机器人公司以高薪招聘海外工程师。", "zh")
    assert relevant("杭州一家機器人公司以高薪招聘海外工程師。", "zh")
    assert not relevant("周一大雨，列车停运到晚上。学校照常上课。", "zh")
    assert has_topic("该公司从慕尼黑挖走三名工程师。", "zh")


def test_a_run_leaves_other_news_out_and_counts_it(embedded_store: Store) -> None:
    pages = [Page("a.txt", "text", RECRUITS), Page("b.txt", "text", RAIN)]
    report = run.ingest(pages, embedded_store, Extractor(), triage=True)
    assert (report.counts["stored"], report.counts["irrelevant"]) == (1, 1)
    assert embedded_store.counts()["Document"] == 1
    report = run.ingest(pages, embedded_store, Extractor())
    assert (report.counts["stored"], report.counts["unchanged"], report.counts["irrelevant"]) == (1, 1, 0)
    report = run.ingest(pages, embedded_store, Extractor(), triage=True)  # once stored, a document is kept up to date
    assert (report.counts["unchanged"], report.counts["irrelevant"]) == (2, 0)


def test_what_is_left_out_is_named_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "left-out.txt"
    with left_out(file) as leave_out:
        for path in ("a.txt", "b\n.txt"):
            leave_out(path)
    assert file.read_text(encoding="utf-8") == "a.txt\nb\\n.txt\n"
    with pytest.raises(InputError, match="cannot be written"), left_out(tmp_path):
        pass


def _document(text: str) -> Document:
    return next(d for d in documents([Page("x", "text", text, {"lang": "en"})]) if isinstance(d, Document))
