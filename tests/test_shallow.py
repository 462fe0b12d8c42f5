"""Reading English without a model: a rough tree that the rules of claims read like a parser's."""

import pytest

from graph import ids
from graph.frame import Claim, Document
from ingest.extraction import Extractor
from ingest.shallow import parse


def claims(text: str) -> tuple[Claim, ...]:
    document = Document(ids.document_id(None, text), text, ids.revision(text), lang="en")
    return Extractor("none").extract(document).claims


@pytest.mark.parametrize(
    ("text", "recruiter", "origins", "destinations", "modality", "claimant"),
    [
        ("Huawei hired twelve chip engineers from Italy last year.", "Huawei", {"IT"}, set(), "asserted", ""),
        ("Samsung recruits battery engineers from Germany.", "Samsung", {"DE"}, set(), "asserted", ""),
        ("Forty engineers from Spain were hired by Huawei.", "Huawei", {"ES"}, set(), "asserted", ""),
        ("Reuters said that Huawei hired engineers from Italy.", "Huawei", {"IT"}, set(), "asserted", "Reuters"),
        ("Samsung plans to recruit chip engineers from Taiwan.", "Samsung", {"TW"}, set(), "planned", ""),
        ("Huawei did not hire engineers from Sweden.", "Huawei", {"SE"}, set(), "negated", ""),
        ("Huawei denied that it poached engineers from Ericsson.", "Huawei", set(), set(), "denied", "Huawei"),
    ],
)
def test_a_plain_sentence(
    text: str, recruiter: str, origins: set[str], destinations: set[str], modality: str, claimant: str
) -> None:
    (claim,) = claims(text)
    assert claim.recruiter is not None
    assert recruiter in claim.recruiter.entity.name
    assert {place.entity.id for place in claim.origins} >= origins
    assert {place.entity.id for place in claim.destinations} >= destinations
    assert claim.modality == modality
    assert [c.slot.entity.name for c in claim.claimants][:1] == ([claimant] if claimant else [])


@pytest.mark.parametrize(
    "text", ["The bridge was closed on Monday.", "Huawei opened a shop in Madrid.", "", "  ,.;", "'s"]
)
def test_no_claim(text: str) -> None:
    assert claims(text) == ()


def test_the_tree_of_a_sentence() -> None:
    doc = parse("The firm offered Spanish engineers a flat and a car.")
    assert [(t.text, t.dep_, t.head.text) for t in doc if t.dep_ in ("nsubj", "dative", "dobj", "conj")] == [
        ("firm", "nsubj", "offered"),
        ("engineers", "dative", "offered"),
        ("flat", "dobj", "offered"),
        ("car", "conj", "flat"),
    ]
