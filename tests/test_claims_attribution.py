"""Who says it: speech, quotations, pronouns, unnamed sources, chains; and the narrator where nobody does."""

import datetime

import pytest

from graph import ids
from graph.frame import Claimant, Document
from ingest.claims.english.attribution import claimants
from ingest.claims.english.quotations import quotation_at, quotations
from ingest.claims.english.triggers import find_triggers
from ingest.language import read
from ingest.mentions import find_mentions


def voices(text: str, word: str) -> tuple[Claimant, ...]:
    """Return the voices of the claim at the last trigger that holds the word."""
    document = Document(ids.document_id(None, text), text, ids.revision(text), date=datetime.date(2025, 1, 1))
    reading = read(text, "en")
    trigger = [t for t in find_triggers(reading) if word in text[t.start : t.end]][-1]
    return claimants(reading, find_mentions(reading, document), trigger, document.id)


def names(text: str, word: str) -> list[str]:
    return [claimant.slot.entity.name for claimant in voices(text, word)]


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Maria Keller said that the plant had recruited welders from Poland.", "recruited", ["Maria Keller"]),
        ("The plant recruited welders from Poland, Maria Keller said.", "recruited", ["Maria Keller"]),
        ("The plant, Maria Keller said, recruited welders from Poland.", "recruited", ["Maria Keller"]),
        ("The plant recruited welders, said Maria Keller, who runs it.", "recruited", ["Maria Keller"]),
        ("According to Maria Keller, the plant recruited welders.", "recruited", ["Maria Keller"]),
        (
            "The plant recruited welders, according to people close to the talks.",
            "recruited",
            ["people close to the talks"],
        ),
        ("Informed sources said the firm was poaching engineers.", "poaching", ["Informed sources"]),
        ("One interviewee said the lab recruited chemists abroad.", "recruited", ["One interviewee"]),
        ("Prosecutors accuse the firm of having poached ten engineers.", "poached", ["Prosecutors"]),
        ("The firm recruited welders from Poland in May.", "recruited", []),
        ("A manager who recruited welders said he was tired.", "recruited", []),
        ("Maria Keller said little; the plant recruited welders all the same.", "recruited", []),
    ],
)
def test_the_voice_of_one_sentence(text: str, word: str, expected: list[str]) -> None:
    assert names(text, word) == expected


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("The {} said on Monday that Velkari Robotics had hired engineers from Sweden.", "{}"),
        ("Velkari Robotics had hired engineers from Sweden, the {} said.", "{}"),
        ("An official at the {} said that Velkari Robotics had hired engineers.", "official at the {}"),
    ],
)
def test_a_name_with_commas_is_whole_in_a_role(text: str, role: str) -> None:
    ministry = "Ministry of Economy, Trade and Industry"
    (voice,) = voices(text.format(ministry), "hired")
    assert voice.role == role.format(ministry)


def test_he_is_the_last_speaker() -> None:
    text = "Tomas Novak told reporters about the talks. He said that a chip firm had recruited his colleagues."
    (voice,) = voices(text, "recruited")
    assert voice.slot.entity.name == "Tomas Novak"
    assert voice.slot.inferred


def test_a_quotation_over_two_sentences_keeps_its_speaker() -> None:
    text = "Tomas Novak was blunt: “We saw it coming for years. They recruited our best chemists.”"
    assert names("Tomas Novak said: “We saw it coming. They recruited our best chemists.”", "recruited") == [
        "Tomas Novak"
    ]
    assert quotation_at(text, text.index("recruited")) is not None


def test_a_quotation_that_opens_a_paragraph_belongs_to_the_last_speaker() -> None:
    text = "Tomas Novak told the paper about it.\n“They recruited our best chemists with high pay.”"
    assert names(text, "recruited") == ["Tomas Novak"]


def test_the_speaker_after_a_question_in_quotation_marks() -> None:
    text = "“Why have they recruited our best chemists?” asked nobody. “They recruited them all,” said Tomas Novak."
    assert names(text, "recruited") == ["Tomas Novak"]


def test_an_unnamed_voice_is_known_by_its_role() -> None:
    (voice,) = voices("Three people with knowledge of the matter said the lab was poaching chemists.", "poaching")
    assert voice.slot.entity.label == "Voice"
    assert not voice.named
    assert voice.role == "Three people with knowledge of the matter"


def test_a_medium_is_a_publisher() -> None:
    (voice,) = voices("Reuters reported that the firm had poached engineers.", "poached")
    assert (voice.slot.entity.label, voice.slot.entity.name) == ("Publisher", "Reuters")


def test_a_medium_told_stands_behind_the_voice() -> None:
    found = voices("Maria Keller told Reuters that the plant had recruited welders.", "recruited")
    assert [(c.slot.entity.name, c.position) for c in found] == [("Maria Keller", 1), ("Reuters", 2)]


def test_a_report_speaks_for_its_owner() -> None:
    assert names("A report by the European Commission says that firms poach chemists.", "poach") == [
        "European Commission"
    ]


def test_quotations_are_found_in_order() -> None:
    text = 'He said “one two” and "three four".\n“Left open\nnext'
    assert [text[a:b] for a, b in quotations(text)] == ["one two", "three four", "Left open"]


def test_words_in_marks_are_no_speech() -> None:
    text = "The firm “recruited” them."
    assert quotation_at(text, text.index("recruited")) is None


def test_a_long_chain_of_pronouns_is_followed_once() -> None:
    text = "Tomas Novak told reporters about it. " + "He said the firm recruited welders. " * 150
    assert names(text, "recruited") == ["Tomas Novak"]
