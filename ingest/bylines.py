"""Who wrote a document, as far as its source says: full names of people, each once.

    "By Jane Example and Bob Muster, Staff Writer"    →  "Jane Example; Bob Muster"
    "Muster, Bob"                                     →  "Bob Muster"
    "admin", "Mia", "Example News Agency"             →  nothing

A first name alone, a pseudonym of one word and what names no person (a desk, an agency, an account) are left out.
"""

import re
from collections.abc import Iterator

from graph.schema import BETWEEN_AUTHORS

LONGEST = 200  # characters of all names together; what is longer is no name for whoever withholds names
_NAME_CHARACTERS = 60
_NAME_WORDS = 6
_ADDRESS = re.compile(r"\S*@\S*|(?:https?://|www\.)\S*", re.IGNORECASE)
_ASIDE = re.compile(r"[(\[（【][^)\]）】]*[)\]）】]")
_BETWEEN = re.compile(r"\s*[;|/&、；\n]\s*|,?\s+(?:and|und|et|e|og|och|en|和)\s+", re.IGNORECASE)
_COMMA = re.compile(r"\s*[,，]\s*")
_BEFORE = re.compile(
    r"\A(?:(?i:(?:(?:story|text|words|written|reported|posted)\s+)?by[:\s])|(?:Von|Par|Por)\s"
    r"|(?:本报|本社|特约)?(?:记者|作者|编辑|撰文|文)[:：\s])\s*"
)
_AFTER = re.compile(r"\s*(?:报道|摄|[:：])$|\s+(?:记者|编辑)$")
_NOBODY = re.compile(
    r"\b(?:staff|desk|editors?|editorial|newsroom|redaktion|rédaction|team|correspondents?|reporters?|writers?|users?|"
    r"admin\w*|unknown|anonym\w*|author|agenc(?:y|ies)|news|press|media|times|daily|office|microsoft|windows|the|from|"
    r"inc|ltd|gmbh|university|institute)\b",
    re.IGNORECASE,
)
_CHINESE = re.compile(r"[\u3400-\u9fff·]{2,12}")
_CHINESE_NOBODY = re.compile(r".*(?:[社报網网部台组]|中心|大学|公司|编辑|记者|小编|综合)")


def byline(value: object) -> str | None:
    """Return the authors that a source names, `; ` between them, or None where it names no person in full.

    `value` is a text, a list of texts, or what JSON-LD says (`{"name": …}`, or a list of such).
    """
    found: dict[str, None] = {}
    for text in _texts(value):
        for name in _names(text):
            if sum(map(len, found)) + len(BETWEEN_AUTHORS) * len(found) + len(name) <= LONGEST:
                found[name] = None
    return BETWEEN_AUTHORS.join(found) or None


def authors(line: str | None) -> list[str]:
    """Return the single names of what `byline` returned."""
    return line.split(BETWEEN_AUTHORS) if line else []


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict) and value.get("@type", "Person") == "Person":
        yield from _texts(value.get("name"))


def _names(text: str) -> Iterator[str]:
    text = _ADDRESS.sub(" ", text).strip()
    if text.startswith("(") and text.endswith(")"):  # RSS: jane@example.org (Jane Example)
        text = text[1:-1]
    for part in _BETWEEN.split(_BEFORE.sub("", _ASIDE.sub(" ", text).strip())):
        pieces = [" ".join(piece.split()).strip(" .-–—*") for piece in _COMMA.split(part)]
        if len(pieces) == 2 and all(pieces) and len(pieces[0].split()) == 1 and len(pieces[1].split()) <= 2:
            pieces = [f"{pieces[1]} {pieces[0]}"]  # surname first
        for piece in pieces:
            name = _AFTER.sub("", _BEFORE.sub("", piece))
            if _is_full(name):
                yield name


def _is_full(name: str) -> bool:
    if _CHINESE.fullmatch(name):
        return not _CHINESE_NOBODY.fullmatch(name)
    words = name.split()
    return (
        2 <= len(words) <= _NAME_WORDS
        and len(name) <= _NAME_CHARACTERS
        and not re.search(r"[\d<>{}=\\]", name)
        and sum(word.lower() != word or not word[0].islower() for word in words) >= 2
        and not _NOBODY.search(name)
    )
