"""Numbers of people and amounts of incentives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.claims.confidence import confidence
from ingest.claims.english.money import find_money
from ingest.claims.english.quantities import amount, people
from ingest.claims.english.triggers import find_triggers
from ingest.language import read


@pytest.mark.parametrize(
    ("text", "minimum", "maximum", "currency", "per"),
    [
        ("a bonus of 4 million to 6 million yuan", 4e6, 6e6, "CNY", None),
        ("RMB 3-5 million", 3e6, 5e6, "CNY", None),
        ("¥1.5m", 1.5e6, 1.5e6, "CNY", None),
        ("up to 2 billion won ($1.4 million) a year", None, 2e9, "KRW", "year"),
        ("US$320,000", 320_000.0, 320_000.0, "USD", None),
        ("S$30,000 a month", 30_000.0, 30_000.0, "SGD", "month"),
        ("€70,000 per year", 70_000.0, 70_000.0, "EUR", "year"),
        ("£54 million", 54e6, 54e6, "GBP", None),
        ("NIS 400,000", 400_000.0, 400_000.0, "ILS", None),
        ("$100 million signing bonuses", 1e8, 1e8, "USD", "once"),
        ("between $200 million and $1 billion", 2e8, 1e9, "USD", None),
        ("more than 20,000 euros", 20_000.0, None, "EUR", None),
        ("$500 a week", 500.0, 500.0, "USD", "week"),
        ("half of it, 1 million won apiece", 1e6, 1e6, "KRW", "person"),
        ("up to three times their pay", None, 3.0, "multiple", None),
        ("two- to threefold", 2.0, 3.0, "multiple", None),
        ("double the salary", 2.0, 2.0, "multiple", None),
        ("30 percent more", 30.0, 30.0, "percent", None),
    ],
)
def test_an_amount(text: str, minimum: float | None, maximum: float | None, currency: str, per: str | None) -> None:
    assert [(m.minimum, m.maximum, m.currency, m.per) for m in find_money(text)] == [(minimum, maximum, currency, per)]


def of_incentive(sentence: str, word: str) -> tuple[object, ...]:
    reading = read(sentence, "en", "none")
    start = sentence.index(word)
    return tuple(amount(reading, reading.sentences[0], (start, start + len(word))))


def test_an_incentive_takes_the_amount_beside_it() -> None:
    sentence = "They offered salaries of up to $400,000 and a flat, and a research grant of 2 million yuan."
    assert of_incentive(sentence, "salaries") == (None, 400_000.0, "USD", None, False)
    assert of_incentive(sentence, "research grant") == (2e6, 2e6, "CNY", None, False)


def test_a_falling_range_has_its_smaller_figure_first() -> None:
    (money,) = find_money("The rate was lowered from 30 to 27 per cent.")
    assert (money.minimum, money.maximum) == (27, 30)


@pytest.mark.parametrize(
    "sentence",
    [
        "The salary is good, but they have not mentioned the exact amount yet.",
        "It offered a salary without saying how much.",
        "The salary is undisclosed.",
        "They promised a higher salary; no figure was given.",
    ],
)
def test_a_withheld_amount(sentence: str) -> None:
    assert of_incentive(sentence, "salary") == (None, None, None, None, True)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The firm hired 30 engineers.", (30, 30, None)),
        ("The firm hired more than 1,200 software engineers.", (1200, None, "more than")),
        ("The lab poached up to a dozen senior researchers.", (None, 12, "up to")),
        ("It aims to recruit between 60 and 80 scientists.", (60, 80, None)),
        ("At least ten experts were recruited.", (10, None, "at least")),
        ("Nearly 500 nurses were hired abroad.", (500, 500, "nearly")),
        ("The agency recruited hundreds of foreign teachers.", (200, None, "hundreds of")),
        ("About 1,000 were recruited in Africa.", (1000, 1000, "about")),
        ("It hired engineers for 3 million yuan.", (None, None, None)),
        ("It recruited engineers in 20 countries.", (None, None, None)),
        ("The firm hired people with 15 years of experience.", (None, None, None)),
    ],
)
def test_how_many_people(sentence: str, expected: tuple[int | None, int | None, str | None]) -> None:
    reading = read(sentence, "en")
    trigger = max(find_triggers(reading), key=lambda t: t.strength)
    assert tuple(people(reading, trigger)) == expected


def test_confidence_is_the_product_of_its_factors() -> None:
    sure, factors = confidence(0.9, [1.0, 0.8], (), "alleged")
    assert factors == {"trigger_strength": 0.9, "slot_certainty": 0.95, "voice_strength": 1.0, "hedge_factor": 0.7}
    assert sure == round(0.9 * 0.95 * 1.0 * 0.7, 3)


def test_confidence_falls_with_the_hedge_and_with_missing_slots() -> None:
    assert confidence(0.9, [0.9], (), "asserted")[0] > confidence(0.9, [0.9], (), "planned")[0]
    assert confidence(0.9, [0.9], (), "asserted")[0] > confidence(0.9, [], (), "asserted")[0]


@given(st.text(max_size=300))
def test_any_text_has_amounts_at_its_own_words(text: str) -> None:
    for money in find_money(text):
        assert 0 <= money.start < money.end <= len(text)


def test_an_amount_behind_another_incentive_is_not_taken() -> None:
    sentence = "On offer were a salary of 3 million yuan, a flat and a bonus of 500,000 yuan."
    assert of_incentive(sentence, "salary")[:3] == (3e6, 3e6, "CNY")
    assert of_incentive(sentence, "flat") == (None, None, None, None, False)
    assert of_incentive(sentence, "bonus")[:3] == (5e5, 5e5, "CNY")


def test_a_conversion_is_no_second_amount() -> None:
    found = list(find_money("3 million yuan a year, some 600 million won, or $415,000"))
    assert [(m.maximum, m.currency) for m in found] == [(3e6, "CNY")]
