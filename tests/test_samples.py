"""The articles that ship with talentgraph: enough of them, of every form, and what they are meant to show."""

import datetime
from collections import Counter
from functools import cache

from graph.frame import Document, Extraction
from graph.store import Store
from ingest.extraction import Extractor
from ingest.run import ingest
from ingest.signatures import jaccard, signature, triples
from ingest.sources import files, samples
from ingest.stories import Stories
from ingest.text import documents


@cache
def read() -> tuple[Document, ...]:
    found = tuple(documents(files.read(samples())))
    assert all(isinstance(document, Document) for document in found)
    return found  # type: ignore[return-value]


def test_every_sample_can_be_read_in_every_form() -> None:
    assert len(read()) == len(samples()) >= 26
    forms = Counter(path.suffix for path in samples())
    assert set(forms) == {".json", ".txt", ".md", ".html"}
    assert min(forms.values()) >= 3
    assert len({document.id for document in read()}) == len(read())


def test_samples_are_articles_of_a_length_as_analysts_meet_them() -> None:
    for document in read():
        length = len(document.text) / 2 if document.lang == "zh" else len(document.text.split())
        assert 180 <= length <= 500, document.source


def test_samples_say_where_and_when_they_were_published() -> None:
    for document in read():
        if str(document.source).endswith(".txt"):  # plain text cannot say it
            continue
        assert document.url
        assert document.title
        assert document.publisher
        assert document.date
        assert document.title not in document.text[: len(document.title) + 1]
    dates = [document.date for document in read() if document.date]
    assert min(dates) < datetime.date(2024, 1, 1)
    assert max(dates) > datetime.date(2026, 9, 1)
    assert {date.year for date in dates} == {2023, 2024, 2025, 2026}
    assert len({document.publisher for document in read()}) >= 20


def test_samples_are_in_english_and_chinese() -> None:
    languages = Counter(document.lang for document in read())
    assert languages["zh"] == 3
    assert languages["en"] == len(read()) - 3


def test_one_sample_is_a_copy_of_another_and_one_a_rewrite() -> None:
    def find(part: str) -> Document:
        (found,) = (document for document in read() if part in str(document.source))
        return found

    original, copy, rewrite = find("offices.json"), find("syndicated"), find("never-left-home")
    words = {document.id: triples(document.text) for document in (original, copy, rewrite)}
    assert 0.7 <= jaccard(words[original.id], words[copy.id]) < 1.0
    assert jaccard(words[original.id], words[rewrite.id]) < 0.1


def test_samples_tell_one_story_each_but_for_the_copy() -> None:
    signed = [Document(d.id, d.text, d.revision, signature=signature(d.text)) for d in read()]
    changes = Stories([], lambda wanted: {}).add([Extraction(document) for document in signed])
    told = Counter(membership.story_id for membership in changes.memberships)
    assert sorted(told.values()) == [1] * (len(read()) - 2) + [2]


def test_all_samples_go_into_the_graph_and_a_second_run_changes_nothing(embedded_store: Store) -> None:
    report = ingest(files.read(samples()), embedded_store, Extractor(), sample=True)
    assert report.failures == []
    assert report.counts["stored"] == len(samples())
    assert embedded_store.counts()["Story"] == len(samples()) - 1
    revision = embedded_store.revision()
    assert ingest(files.read(samples()), embedded_store, Extractor(), sample=True).counts["unchanged"] == len(samples())
    assert embedded_store.revision() == revision
