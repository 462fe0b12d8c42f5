"""Where people come from and are to go to, where no preposition of the claim itself says it."""

import pytest

from graph import ids
from graph.frame import Document
from ingest.extraction import Extractor


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


@pytest.mark.parametrize(
    ("text", "origins", "destinations"),
    [
        ("Last year Ningbo recruited 300 engineers at home and abroad.", {"OVERSEAS", "China"}, {"Ningbo"}),
        ("Brazil has recruited 40 engineers and will bring them home.", {"OVERSEAS"}, {"Brazil"}),
        (
            "Seggau University, a private school in Graz, has recruited nine professors from Spain.",
            {"Spain"},
            {"Graz"},
        ),
        (
            "The police named a maker of screens in Dortmund, Falkenglas AG. Falkenglas AG had recruited six engineers"
            " from Spain.",
            {"Spain"},
            {"Dortmund"},
        ),
        (
            "The Orrin Centre for Optics at Seggau University has a new head. Seggau University, a private school in"
            " Graz, pays for it. The Orrin Centre for Optics has recruited nine physicists from Spain.",
            {"Spain"},
            {"Graz"},
        ),
        (
            "Norlund Robotics plans a factory in Aalborg and has recruited nine engineers from Spain.",
            {"Spain"},
            {"Aalborg"},
        ),
        (
            "Corvel, which designs processors in Aalborg, was founded in 2019. Corvel has recruited nine engineers from"
            " Spain.",
            {"Spain"},
            {"Aalborg"},
        ),
        (
            "Norlund Robotics has recruited nine engineers from Spain for a new laboratory in Aalborg.",
            {"Spain"},
            {"Aalborg"},
        ),
        ("King Saud University has recruited nine chemists from Spain to Riyadh.", {"Spain"}, {"Riyadh"}),
        ("King Saud University has recruited nine chemists from Spain.", {"Spain"}, set()),
        ("The government in Seoul has recruited nine chemists from Spain.", {"Spain"}, {"South Korea"}),
        (
            "The United States cuts its grants for science. Norlund University in Aalborg has recruited nine chemists"
            " from the United States. Scientists in the United States are looking around. Several universities have"
            " recruited physicists.",
            set(),
            set(),
        ),
        (
            "Denmark decided late. Its state company Vindborg Kraft has recruited nine engineers from Spain.",
            {"Spain"},
            {"Denmark"},
        ),
        (
            "Aalborg looks for welders in the south. Norlund Marine, one of its larger employers, has recruited nine"
            " engineers from Spain.",
            {"Spain"},
            {"Aalborg"},
        ),
        (
            "Malmesk Dockyard, which belongs to the state of Kerala, has recruited nine engineers from Spain.",
            {"Spain"},
            {"Kerala"},
        ),
        (
            "Six of them moved to Dubai for a start-up named Oryxa Analytics. Oryxa Analytics has recruited nine"
            " engineers from Spain.",
            {"Spain"},
            {"Dubai"},
        ),
        (
            "Qatar. The Orrin Quantum Institute has recruited nine physicists from Spain.",
            {"Spain"},
            {"Qatar"},
        ),
        (
            "Hansung Motor will recruit 400 programmers from Spain at its campus in Hyderabad.",
            {"Spain"},
            {"Hyderabad"},
        ),
        (
            "Quebec will spend 12 million dollars to bring physicists from the United States to Montreal.",
            {"United States"},
            {"Montreal"},
        ),
    ],
    ids=(
        "at-home-and-abroad",
        "called-home",
        "beside-the-name",
        "before-the-name",
        "part-of-a-house",
        "unit-that-is-opened",
        "where-it-works",
        "unit-for-which",
        "seat-that-is-named",
        "seat-that-is-not-named",
        "capital-of-a-state",
        "where-they-come-from",
        "state-company",
        "one-of-its-employers",
        "belongs-to",
        "moved-there-for-it",
        "under-a-heading",
        "at-its-campus",
        "from-there-to-here",
    ),
)
def test_places(text: str, origins: set[str], destinations: set[str], extractor: Extractor) -> None:
    document = Document(ids.document_id(None, text), text, ids.revision(text), lang="en")
    claims = extractor.extract(document).claims
    claim = claims[-1]
    found = {s.entity.id if s.entity.id == "OVERSEAS" else s.entity.name for s in claim.origins}
    assert found == origins
    assert {s.entity.name for s in claim.destinations} == destinations
