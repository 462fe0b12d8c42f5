"""Rules read the same in a tree with spaCy's own labels and in one with Universal Dependencies."""

import pytest
import spacy
from spacy.tokens import Doc

from graph.frame import Claim, Document
from ingest.claims import find_claims
from ingest.language import Paragraph, Reading, sentences
from ingest.mentions import find_mentions

Row = tuple[str, str, str, int, str]  # word, part of speech, tag, head, label

HIRED_SPACY: list[Row] = [
    ("Huawei", "PROPN", "NNP", 1, "nsubj"),
    ("hired", "VERB", "VBD", 1, "ROOT"),
    ("engineers", "NOUN", "NNS", 1, "dobj"),
    ("from", "ADP", "IN", 2, "prep"),
    ("Italy", "PROPN", "NNP", 3, "pobj"),
    (".", "PUNCT", ".", 1, "punct"),
]
HIRED_UD: list[Row] = [
    ("Huawei", "PROPN", "NNP", 1, "nsubj"),
    ("hired", "VERB", "VBD", 1, "root"),
    ("engineers", "NOUN", "NNS", 1, "obj"),
    ("from", "ADP", "IN", 4, "case"),
    ("Italy", "PROPN", "NNP", 2, "nmod"),
    (".", "PUNCT", ".", 1, "punct"),
]
PASSIVE_SPACY: list[Row] = [
    ("Engineers", "NOUN", "NNS", 4, "nsubjpass"),
    ("from", "ADP", "IN", 0, "prep"),
    ("Spain", "PROPN", "NNP", 1, "pobj"),
    ("were", "AUX", "VBD", 4, "auxpass"),
    ("poached", "VERB", "VBN", 4, "ROOT"),
    ("by", "ADP", "IN", 4, "agent"),
    ("Samsung", "PROPN", "NNP", 5, "pobj"),
    (".", "PUNCT", ".", 4, "punct"),
]
PASSIVE_UD: list[Row] = [
    ("Engineers", "NOUN", "NNS", 4, "nsubj:pass"),
    ("from", "ADP", "IN", 2, "case"),
    ("Spain", "PROPN", "NNP", 0, "nmod"),
    ("were", "AUX", "VBD", 4, "aux:pass"),
    ("poached", "VERB", "VBN", 4, "root"),
    ("by", "ADP", "IN", 6, "case"),
    ("Samsung", "PROPN", "NNP", 4, "obl:agent"),
    (".", "PUNCT", ".", 4, "punct"),
]
SAID_SPACY: list[Row] = [
    ("Reuters", "PROPN", "NNP", 1, "nsubj"),
    ("said", "VERB", "VBD", 1, "ROOT"),
    ("that", "SCONJ", "IN", 6, "mark"),
    ("Huawei", "PROPN", "NNP", 6, "nsubj"),
    ("did", "AUX", "VBD", 6, "aux"),
    ("not", "PART", "RB", 6, "neg"),
    ("recruit", "VERB", "VB", 1, "ccomp"),
    ("engineers", "NOUN", "NNS", 6, "dobj"),
    ("in", "ADP", "IN", 6, "prep"),
    ("Sweden", "PROPN", "NNP", 8, "pobj"),
    (".", "PUNCT", ".", 1, "punct"),
]
SAID_UD: list[Row] = [
    ("Reuters", "PROPN", "NNP", 1, "nsubj"),
    ("said", "VERB", "VBD", 1, "root"),
    ("that", "SCONJ", "IN", 6, "mark"),
    ("Huawei", "PROPN", "NNP", 6, "nsubj"),
    ("did", "AUX", "VBD", 6, "aux"),
    ("not", "PART", "RB", 6, "advmod"),
    ("recruit", "VERB", "VB", 1, "ccomp"),
    ("engineers", "NOUN", "NNS", 6, "obj"),
    ("in", "ADP", "IN", 9, "case"),
    ("Sweden", "PROPN", "NNP", 6, "obl"),
    (".", "PUNCT", ".", 1, "punct"),
]


def claims(rows: list[Row]) -> tuple[Claim, ...]:
    words, parts, tags, heads, labels = (list(column) for column in zip(*rows, strict=True))
    spaces = [True] * (len(words) - 2) + [False, False]
    doc = Doc(spacy.blank("en").vocab, words, spaces, pos=parts, tags=tags, heads=heads, deps=labels)
    reading = Reading(doc.text, "en", (Paragraph(0, doc.text, doc),), sentences(doc.text))
    document = Document("d", doc.text, "r", lang="en")
    return find_claims(reading, find_mentions(reading, document), document)


@pytest.mark.parametrize(
    ("own", "universal", "recruiter", "origins", "claimant", "modality"),
    [
        (HIRED_SPACY, HIRED_UD, "Huawei", {"IT"}, "", "asserted"),
        (PASSIVE_SPACY, PASSIVE_UD, "Samsung", {"ES"}, "", "asserted"),
        (SAID_SPACY, SAID_UD, "Huawei", set(), "Reuters", "negated"),
    ],
)
def test_both_kinds_of_labels_give_the_same_claim(
    own: list[Row], universal: list[Row], recruiter: str, origins: set[str], claimant: str, modality: str
) -> None:
    assert claims(own) == claims(universal)
    (claim,) = claims(universal)
    assert claim.recruiter is not None
    assert recruiter in claim.recruiter.entity.name
    assert {place.entity.id for place in claim.origins} >= origins
    assert [c.slot.entity.name for c in claim.claimants] == ([claimant] if claimant else [])
    assert claim.modality == modality
