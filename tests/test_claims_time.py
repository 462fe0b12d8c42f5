"""The time of recruiting: expressions, anchoring, precision, and whose time it is."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.claims.english.time import expressions, when
from ingest.claims.english.triggers import find_triggers
from ingest.language import read

PUBLISHED = datetime.date(2024, 11, 27)  # a Wednesday


def resolved(text: str, published: datetime.date | None = PUBLISHED) -> list[tuple[str, str, str]]:
    return [
        (str(t.valid_from or ""), str(t.valid_to or ""), t.precision) for _, _, t in expressions(text, published)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("on 3 March 2023", "2023-03-03", "2023-03-03", "day"),
        ("on March 3, 2023", "2023-03-03", "2023-03-03", "day"),
        ("on 2023-03-03", "2023-03-03", "2023-03-03", "day"),
        ("on Nov. 19", "2024-11-19", "2024-11-19", "day"),
        ("on Monday", "2024-11-25", "2024-11-25", "day"),
        ("yesterday", "2024-11-26", "2024-11-26", "day"),
        ("two weeks ago", "2024-11-11", "2024-11-17", "day"),
        ("last week", "2024-11-18", "2024-11-24", "day"),
        ("in September 2023", "2023-09-01", "2023-09-30", "month"),
        ("in September", "2024-09-01", "2024-09-30", "month"),
        ("last month", "2024-10-01", "2024-10-31", "month"),
        ("in mid-April", "2024-04-11", "2024-04-20", "month"),
        ("three months ago", "2024-08-01", "2024-08-31", "month"),
        ("in the second quarter of 2024", "2024-04-01", "2024-06-30", "quarter"),
        ("in Q3 2023", "2023-07-01", "2023-09-30", "quarter"),
        ("the first half of 2025", "2025-01-01", "2025-06-30", "quarter"),
        ("last fall", "2023-09-01", "2023-11-30", "quarter"),
        ("last spring", "2024-03-01", "2024-05-31", "quarter"),
        ("in the winter of 2022", "2022-12-01", "2023-02-28", "quarter"),
        ("early last year", "2023-01-01", "2023-03-31", "quarter"),
        ("in 2019", "2019-01-01", "2019-12-31", "year"),
        ("in 2017-18", "2017-01-01", "2018-12-31", "year"),
        ("between 2012 and 2015", "2012-01-01", "2015-12-31", "year"),
        ("from October 2017 to April 2019", "2017-10-01", "2019-04-30", "month"),
        ("a decade ago", "2014-01-01", "2014-12-31", "year"),
        ("in the 1990s", "1990-01-01", "1999-12-31", "year"),
        ("over the past three years", "2021-11-01", "2024-11-27", "year"),
        ("by 2027", "", "2027-12-31", "year"),
        ("until March 2025", "", "2025-03-31", "month"),
        ("since 2019", "2019-01-01", "2024-11-27", "year"),
        ("since the beginning of this year", "2024-01-01", "2024-11-27", "quarter"),
        ("between now and 2027", "2024-11-27", "2027-12-31", "year"),
        ("recently", "", "", "open"),
    ],
)
def test_an_expression_resolves_with_its_precision(text: str, first: str, last: str, precision: str) -> None:
    assert resolved(text) == [(first, last, precision)]


@pytest.mark.parametrize(
    "text", ["two weeks ago", "last fall", "since the beginning of this year", "on Friday", "in May"]
)
def test_a_relative_time_without_a_date_stays_open(text: str) -> None:
    assert resolved(text, None) == [("", "", "open")]


def test_a_full_date_needs_no_anchor() -> None:
    assert resolved("in September 2023", None) == [("2023-09-01", "2023-09-30", "month")]


@pytest.mark.parametrize("text", ["more than 2000 people", "a salary of $2024", "May we ask", "2024 engineers", "30%"])
def test_other_numbers_are_no_time(text: str) -> None:
    assert resolved(text) == []


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("In 2021 the institute hired eleven chemists, its director told reporters last week.", "2021"),
        ("On Friday the minister said that the agency had recruited nurses in 2019.", "2019"),
        ("The firm will recruit 300 engineers by 2027.", "by 2027"),
    ],
)
def test_the_time_is_that_of_the_act_not_of_the_telling(sentence: str, words: str) -> None:
    reading = read(sentence, "en")
    trigger = max(find_triggers(reading), key=lambda t: t.strength)
    time = when(reading, trigger, PUBLISHED)
    assert time is not None
    assert time.text == words


def test_the_time_of_telling_alone_gives_none() -> None:
    reading = read("The ministry said on Monday that a rival had poached its engineers.", "en")
    trigger = max(find_triggers(reading), key=lambda t: t.strength)
    assert when(reading, trigger, PUBLISHED) is None


@given(st.text(max_size=200), st.dates())
def test_any_text_is_read_and_its_words_are_its_own(text: str, published: datetime.date) -> None:
    for start, end, time in expressions(text, published):
        assert time.text == text[start:end]
        if time.valid_from and time.valid_to:
            assert time.valid_from <= time.valid_to
