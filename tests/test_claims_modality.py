"""The modality of the act: scoped to the trigger, in the order denied, negated, alleged, planned, asserted."""

import pytest

from graph import ids
from graph.frame import Document
from ingest.claims.english.attribution import claimants
from ingest.claims.english.modality import modality
from ingest.claims.english.triggers import find_triggers
from ingest.language import read
from ingest.mentions import find_mentions


def of(text: str, word: str) -> str:
    """Return the modality at the last trigger that holds the word."""
    document = Document(ids.document_id(None, text), text, ids.revision(text))
    reading = read(text, "en")
    trigger = [t for t in find_triggers(reading) if word in text[t.start : t.end].lower()][-1]
    return modality(reading, trigger, claimants(reading, find_mentions(reading, document), trigger, document.id))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The firm hired 30 engineers.", "hired"),
        ("The agency recruits nurses abroad and promises them flats.", "recruits"),
        ("She said the firm had recruited welders.", "recruited"),
        ("The institute recruits chemists not through public calls but through friends.", "recruits"),
        ("The firm not only hired engineers but paid them well.", "hired"),
        ("It hired no fewer than 40 chemists.", "hired"),
        ("The firm makes no secret of poaching engineers.", "poaching"),
        ("The firm denied that it had stopped recruiting engineers.", "recruiting"),
    ],
)
def test_asserted(text: str, word: str) -> None:
    assert of(text, word) == "asserted"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The firm denied that it had poached engineers.", "poached"),
        ("The company denies having recruited chemists from its rival.", "recruited"),
        ("The ministry rejected claims that it had recruited foreign nurses.", "recruited"),
        ("The agency dismissed a report that it had poached engineers.", "poached"),
    ],
)
def test_denied(text: str, word: str) -> None:
    assert of(text, word) == "denied"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("No engineers were hired.", "hired"),
        ("The firm did not recruit engineers.", "recruit"),
        ("The province no longer recruits nurses abroad.", "recruits"),
        ("The firm stopped hiring engineers.", "hiring"),
        ("The agency has suspended the recruitment of nurses.", "recruitment"),
        ("They failed to recruit enough teachers.", "recruit"),
        ("The new rule bans firms from poaching engineers.", "poaching"),
        ("The country courted scientists without success.", "courted"),
        ("The lab expanded without hiring chemists.", "hiring"),
        ("The firm has no plans to hire engineers.", "hire"),
    ],
)
def test_negated(text: str, word: str) -> None:
    assert of(text, word) == "negated"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The firm reportedly hired 30 engineers.", "hired"),
        ("The firm is said to have hired 30 engineers.", "hired"),
        ("Prosecutors accuse the firm of having poached engineers.", "poached"),
        ("The firm is suspected of poaching engineers.", "poaching"),
        ("Officials said that the firm had illegally recruited engineers.", "recruited"),
        ("The prosecutors said the firm hired ten engineers.", "hired"),
    ],
)
def test_alleged(text: str, word: str) -> None:
    assert of(text, word) == "alleged"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The firm will hire 300 engineers.", "hire"),
        ("The agency plans to recruit nurses.", "recruit"),
        ("The firm would hire them and pay well, she said.", "hire"),
        ("The city is to recruit teachers abroad.", "recruit"),
        ("The minister announced the recruitment of 500 doctors.", "recruitment"),
        ("The company wants to hire software developers.", "hire"),
        ("They are expected to recruit 60 scientists.", "recruit"),
        ("City to recruit teachers", "recruit"),
    ],
)
def test_planned(text: str, word: str) -> None:
    assert of(text, word) == "planned"


def test_modality_does_not_spread_over_a_semicolon() -> None:
    text = "The firm hired 30 engineers; it will move its office next year."
    assert of(text, "hired") == "asserted"
