"""From a name as written to the entity it stands for: the reference data first, then an id made from the name."""

import functools
from collections.abc import Mapping
from pathlib import Path

from graph import ids, reference
from graph.frame import Entity
from graph.reference import Term
from ingest.chinese_words import is_chinese, simplified
from ingest.romanised import romanised

_FIGURES = Path(__file__).parent / "lexicon" / "public_figures.tsv"


def term_entity(term: Term) -> Entity:
    """Return the entity of a term of the reference data, under its common English name."""
    return Entity(term.label, term.id, term.name, kind=term.kind)


def link(label: str, text: str, document_id: str) -> Entity:
    """Return the entity that a name stands for.

    A name outside the reference data gets an id from the name itself, the same in every document; a Chinese one is
    shown in Latin letters. A person known by a single name ("Rafael", "Mr. Wen") stays inside its document.
    """
    term = known(label, text)
    if term is not None:
        return term_entity(term)
    name = " ".join(text.split())
    if label == "Person":
        name = figures().get(name_key(name), name)
    if label == "Person" and is_single_name(name):
        return Entity(label, ids.described_id(document_id, name), name, document_bound=True)
    shown = romanised(label, name, _places()) if is_chinese(name) else name
    return Entity(label, ids.named_id(label, name), shown)


def known(label: str, text: str) -> Term | None:
    """Return the term of the reference data that has this name, or none."""
    return _by_name(label).get(name_key(text))


def name_key(text: str) -> str:
    """Return the form in which names are compared, traditional characters made simplified."""
    return ids.name_key(simplified(text.replace("’", "'")))


def is_single_name(name: str) -> bool:
    """Return whether a person's name is a first name, a surname with a title, or a letter: no full name."""
    titles = {"mr.", "mr", "mrs.", "mrs", "ms.", "ms", "miss", "dr.", "dr", "prof.", "professor", "sir"}
    parts = [part for part in name.split() if part.casefold() not in titles]
    if len(parts) != 1:
        return not parts
    return len(parts[0]) < 2 or parts[0].isascii() or not ("\u4e00" <= parts[0][0] <= "\u9fff")


@reference.cached
def _by_name(label: str) -> Mapping[str, Term]:
    names: dict[str, Term] = {}
    for term in reference.by_id(label).values():
        for name in (term.id, *term.names()):
            names.setdefault(name_key(name), term)
    return names


@reference.cached
def _places() -> Mapping[str, str]:
    """Return the English names of regions by their Chinese ones."""
    regions = reference.by_id("Region").values()
    return {term.name_zh: term.name for term in regions if term.name_zh and len(term.name_zh) > 1}


@functools.cache
def figures() -> Mapping[str, str]:
    """Return the common English name of each public figure by every form of it, as name_key makes it."""
    names: dict[str, str] = {}
    for line in _FIGURES.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, *others = line.split("\t")
            for form in (name, *"|".join(others).split("|")):
                if form:
                    names.setdefault(name_key(form), name)
    return names
