"""Ids: the same content gives the same id, other content another."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import ids

text = st.text(max_size=30)


def test_parts_are_told_apart() -> None:
    assert ids.digest("ab", "c") != ids.digest("a", "bc")
    assert ids.digest("é") == ids.digest("e\u0301")


@pytest.mark.parametrize(
    "url",
    [
        "https://www.example.org/news/item/?b=2&a=1&utm_source=mail#top",
        "http://example.org/news/item?a=1&b=2",
        "HTTPS://Example.org:443/news/item/?a=1&b=2&fbclid=x",
        "example.org/news/item?b=2&a=1",
    ],
)
def test_one_address_in_several_spellings(url: str) -> None:
    assert ids.canonical_url(url) == "example.org/news/item?a=1&b=2"


def test_paths_keep_their_case_and_queries_their_values() -> None:
    assert ids.canonical_url("https://example.org/A?id=B") != ids.canonical_url("https://example.org/a?id=b")


def test_a_document_is_known_by_its_url_else_by_its_text() -> None:
    assert ids.document_id("https://example.org/a", "one") == ids.document_id("http://www.example.org/a/", "two")
    assert ids.document_id(None, "one") != ids.document_id(None, "two")
    assert ids.document_id(None, "example.org/a") != ids.document_id("example.org/a", "")


@given(text, text)
def test_revisions_differ_exactly_where_texts_do(one: str, two: str) -> None:
    import unicodedata

    same = unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", two)
    assert (ids.revision(one) == ids.revision(two)) is same


def test_a_claim_is_known_by_its_sentence_and_its_recruiter() -> None:
    base = ids.claim_id("document-1", 0, 10, (2, 5), 0)
    others = [
        ids.claim_id("document-2", 0, 10, (2, 5), 0),
        ids.claim_id("document-1", 1, 10, (2, 5), 0),
        ids.claim_id("document-1", 0, 11, (2, 5), 0),
        ids.claim_id("document-1", 0, 10, (2, 6), 0),
        ids.claim_id("document-1", 0, 10, None, 0),
        ids.claim_id("document-1", 0, 10, (2, 5), 1),
    ]
    assert base == ids.claim_id("document-1", 0, 10, (2, 5), 0)
    assert len({base, *others}) == 7


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("  The  University of\tOslo ", "university of oslo"),
        ("ＡＩ", "ai"),
        ("The", "the"),
        ("浙江", "浙江"),
        ("Straße", "strasse"),
        ("Theresa Institute", "theresa institute"),
    ],
)
def test_names_are_compared_without_case_article_and_width(name: str, key: str) -> None:
    assert ids.name_key(name) == key


@given(text)
def test_a_name_key_is_its_own_key_but_for_a_second_article(name: str) -> None:
    key = ids.name_key(name)
    assert key == " ".join(key.split())
    assert key == key.casefold()


def test_named_ids_are_readable_and_apart() -> None:
    assert ids.named_id("Company", "Acme Robotics").startswith("company-acme-robotics-")
    assert ids.named_id("Company", "The ACME  robotics") == ids.named_id("Company", "Acme Robotics")
    assert ids.named_id("Company", "杭州甲公司") != ids.named_id("Company", "杭州乙公司")
    assert ids.named_id("Company", "Acme") != ids.named_id("Organisation", "Acme")


def test_a_description_belongs_to_its_document() -> None:
    assert ids.described_id("document-1", "A firm") == ids.described_id("document-1", "a  firm")
    assert ids.described_id("document-1", "a firm") != ids.described_id("document-2", "a firm")
