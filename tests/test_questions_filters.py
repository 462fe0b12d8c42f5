"""Answers cut by who published and in which language, on every engine, compared with answers worked out by hand."""

import pytest

from graph.errors import WrongParameter
from graph.grades import grade
from graph.store import Store
from queries.catalogue import ask, questions
from queries.param import FILTERS
from tests import claims_fixture
from tests.expected import expect, names_of, needed

RATED = {"Northern Wire": 1.0, "Harbour Daily": 0.5, "Zhejiang Gazette": 0.75}


@pytest.fixture(scope="module")
def rated(loaded: Store) -> Store:
    """The fixture of claims; three of five publishers are rated."""
    assert loaded.rate(RATED) == len(RATED)
    return loaded


def test_grades(rated: Store) -> None:
    """Northern Wire published a1 a2 a3, Harbour Daily b1 b2 g1 g2 g3 h2; e1 and d1, d4 are of unrated publishers."""
    ai = {"field": "ai"}
    expect(rated, "regions-of-field", {**ai, "reliability": "A"}, "CN - 2 1 1 1 1")
    expect(
        rated,
        "regions-of-field",
        {**ai, "reliability": "C"},
        """
        CN - 2 2 2 2 2
        FR - 1 1 1 1 1
        GB - 1 1 1 1 1
        US - 1 1 1 1 1
        """,
    )
    expect(
        rated,
        "regions-of-field",
        {**ai, "reliability": "A,C"},
        """
        CN - 4 3 3 2 2
        FR - 1 1 1 1 1
        GB - 1 1 1 1 1
        US - 1 1 1 1 1
        """,
    )
    expect(
        rated,
        "regions-of-field",
        {**ai, "reliability": ["F"]},
        """
        CN - 1 1 1 1 1
        M49:150 above 1 1 1 1 1
        US - 1 1 1 1 1
        """,
    )
    assert sorted(names_of(ask(rated, "claims", {"reliability": "B", "modality": "all"}))) == ["c1", "c2", "c3"]
    assert ask(rated, "claims", {"reliability": "D,E"}).rows == []


def test_languages(rated: Store) -> None:
    expect(
        rated,
        "regions-of-field",
        {"field": "ai", "language": "German"},
        """
        M49:150 above 1 1 1 1 1
        US - 1 1 1 1 1
        """,
    )
    assert ask(rated, "claims", {"language": ["de", "en"]}).total == ask(rated, "claims", {}).total
    assert ask(rated, "claims", {"language": "en", "reliability": "F"}).total == 2, "the blog's"
    assert ask(rated, "claims", {"language": "fr"}).rows == []


def test_filters_that_let_everything_through_change_no_answer(embedded_store: Store) -> None:
    """Neo4j's plans of all statements with every filter given are looked at in test_questions."""
    claims_fixture.load(embedded_store)
    embedded_store.rate(RATED)
    everything = {"reliability": "A,B,C,D,E,F", "language": "en,de"}
    for question in questions().values():
        if {param.name for param in FILTERS} <= {param.name for param in question.params}:
            given = needed(question)
            whole, filtered = (ask(embedded_store, question.name, asked) for asked in (given, given | everything))
            assert (filtered.rows, filtered.notes) == (whole.rows, whole.notes), question.name


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("reliability", "G", "`reliability` is `G`; it can be A, B, C, D, E, F."),
        ("language", "klingon!", "`language` is `klingon!`; it must be a language, such as en, zh or German."),
    ],
)
def test_values_that_cannot_be(loaded_embedded: Store, name: str, value: str, says: str) -> None:
    with pytest.raises(WrongParameter) as refused:
        ask(loaded_embedded, "flows", {name: value})
    assert str(refused.value) == says


@pytest.mark.parametrize(
    ("rating", "is_of"),
    [(1.0, "A"), (0.9, "A"), (0.89, "B"), (0.7, "B"), (0.5, "C"), (0.3, "D"), (0.29, "E"), (0.0, "E"), (None, "F")],
)
def test_the_nearest_grade(rating: float | None, is_of: str) -> None:
    assert grade(rating) == is_of
