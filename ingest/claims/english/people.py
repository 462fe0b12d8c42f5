"""The people who are recruited, as nouns: engineers, chip talent, nurses; some say which field, some only that."""

import functools
import importlib.resources
import re
from dataclasses import dataclass

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Token
from spacy.vocab import Vocab


@dataclass(frozen=True, slots=True)
class People:
    """A noun for people: its head token, tokens [first, last), its field code ("" where it names none), and how far it
    alone means professionals (0 to 1)."""

    token: Token
    first: int
    last: int
    field: str
    weight: float


@functools.cache
def rows() -> tuple[tuple[str, float, tuple[str, ...]], ...]:
    """Return the lines of the lexicon: field code or "", weight as a professional, surface forms."""
    text = importlib.resources.files("ingest.lexicon").joinpath("people_en.tsv").read_text(encoding="utf-8")
    lines = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return tuple(("" if code == "-" else code, float(weight), tuple(words.split("|"))) for code, weight, words in lines)


@functools.lru_cache(maxsize=4)
def _matcher(vocab: Vocab) -> PhraseMatcher:
    matcher = PhraseMatcher(vocab, attr="LOWER")
    for number, (_, _, words) in enumerate(rows()):
        matcher.add(str(number), [Doc(vocab, re.findall(r"\w+|-", word)) for word in words])
    return matcher


def find_people(doc: Doc) -> tuple[People, ...]:
    """Return the nouns for people in a parsed paragraph; of overlapping ones the longest."""
    found: list[People] = []
    last = 0
    for key, start, end in sorted(_matcher(doc.vocab)(doc), key=lambda m: (m[1], -m[2], m[0])):
        if start < last:
            continue
        head = doc[start:end].root
        if head.pos_ not in ("NOUN", "PROPN", "ADJ", "PRON"):
            continue
        last = end
        code, weight, _ = rows()[int(doc.vocab.strings[key])]
        found.append(People(head, start, end, code, weight))
    return tuple(found)
