"""Only paragraphs that may hold a claim, and those beside them, are parsed; names are found in all of them."""

import importlib.resources
import re

import pytest
import spacy

from graph import ids
from graph.frame import Document
from ingest import language, pipelines
from ingest.claims.english.needles import needles
from ingest.claims.english.phrases import find_phrases
from ingest.extraction import Extractor
from ingest.parsing import parsed

RAIN = "The bridge over the Aare was closed for repairs on Monday."
HIRING = "Kestrel Foundry hired forty engineers from Porto."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HIRING, True),
        ("The city attracts engineers.", True),  # a weaker word beside people
        ("Each is offered a signing bonus.", True),  # or beside an incentive
        ("The museum attracts light.", False),
        ("Engineers like the lake.", False),
        (RAIN, False),
    ],
)
def test_what_may_recruit_is_parsed(text: str, expected: bool) -> None:
    assert parsed([text]) == [expected]


def test_the_paragraphs_beside_are_parsed() -> None:
    assert parsed([RAIN, RAIN, HIRING, RAIN, RAIN]) == [False, True, True, True, False]


def test_names_are_found_where_nothing_is_parsed() -> None:
    visit = "The mayor thanked Peter Hansen of Delft University of Technology in Switzerland and Rogers."
    text = f"{visit}\n{RAIN}\n{RAIN}\n{HIRING}"
    reading = language.read(text, "en")
    trees = [p.doc.has_annotation("DEP") for p in reading.paragraphs if p.doc is not None]
    assert trees == [False, False, True, True]
    found = Extractor().extract(Document(ids.document_id(None, text), text, ids.revision(text), lang="en"))
    named = {text[m.start : m.end] for m in found.mentions}
    assert {"Peter Hansen", "Delft University of Technology", "Switzerland", "Rogers"} <= named
    assert len(found.claims) == 1


def test_the_words_of_what_is_not_parsed_stand_alone() -> None:
    doc = language.read(f"{RAIN} That's how it is, isn't it? I'd say so.", "en").paragraphs[0].doc
    assert doc is not None
    assert not doc.has_annotation("DEP")
    assert [len(list(token.children)) for token in doc] == [0] * len(doc)


def test_what_is_left_out_of_the_pipeline_changes_nothing_that_rules_read() -> None:
    text = "It isn't that they have hired those who don't want to be here; there is a plan, but that's all."
    whole = spacy.load(pipelines.package(pipelines.BASE_MODEL))(text)
    ours = pipelines.pipeline()(text)
    assert [(t.tag_, t.pos_, t.dep_, t.head.i) for t in ours] == [(t.tag_, t.pos_, t.dep_, t.head.i) for t in whole]


def test_only_our_pipeline_multiplies_by_numpy() -> None:
    ours, other = pipelines.pipeline(), spacy.load(pipelines.package(pipelines.BASE_MODEL))
    layers = [[*loaded.get_pipe("ner").model.walk()] for loaded in (ours, other)]
    assert [{layer.ops.use_blis for layer in each} for each in layers] == [{False}, {True}]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("houses?", {"house"}),
        ("(?:free |large )*(?:flats?|villas?)", {"flat", "villa"}),
        (r"tax[- ]free", {"free"}),
        (r"pa(?:y|id) (?!nothing)well", {"well"}),
        (r"\w+ [a-z]{2}", {" "}),
        ("bonus|(?:lump )?", None),
        (r"\d+(?:st|nd)?", None),
        ("(?-i:Citizenship)", {"citizenship"}),
    ],
)
def test_needles(pattern: str, expected: set[str] | None) -> None:
    assert needles(pattern) == (None if expected is None else frozenset(expected))


@pytest.mark.parametrize("lexicon", ["incentives_en", "channels_en", "unrelated_en"])
def test_phrases_are_what_each_pattern_finds(lexicon: str) -> None:
    lines = importlib.resources.files("ingest.lexicon").joinpath(f"{lexicon}.tsv").read_text(encoding="utf-8")
    patterns: dict[str, list[str]] = {}
    for line in lines.splitlines():
        if line and not line.startswith("#"):
            code, pattern = line.split("\t")
            patterns.setdefault(code, []).append(pattern)
    words = re.findall(r"[a-z]{3,}", lines)
    for first in range(0, len(words), 12):  # the words of the patterns themselves, in their order
        text = f"They get {' '.join(words[first : first + 12])}, US$100,000 a year and Free Housing for their wives."
        expected = sorted(
            (match.start(), -match.end(), code)
            for code, alternatives in patterns.items()
            for match in re.finditer(rf"(?<!\w)(?:{'|'.join(alternatives)})(?!\w)", text, re.IGNORECASE)
        )
        assert [(p.start, -p.end, p.code) for p in find_phrases(lexicon, text, 0)] == expected
