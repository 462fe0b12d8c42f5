"""Names in an English paragraph that no list has: the model's names, corrected by patterns over capitalised words.

The small model mistakes a third of its organisations, so a name it proposes counts only after its words are checked:
"… University" is an organisation, "… Technologies" a company, "Mr. …" a person, whatever the model says.
"""

import functools
import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ingest import gazetteer

if TYPE_CHECKING:
    import spacy.tokens

_WORDS = Path(__file__).parent / "lexicon" / "name_words_en.tsv"
_CAPITAL = r"[A-ZÀ-ÖØ-ÞŁŚŽŠČŻ][\w’'&.-]*(?<![.’'-])"
_PLACE_LAST = (
    r"(?:(?:Science|Industrial|Technology|Hi-Tech|High-[Tt]ech|Software|Innovation|Research)(?: and \w+)? Park"
    r"|(?:Free Trade|Economic|Development|High-[Tt]ech|Hi-Tech|Cooperation)(?: \w+)? Zone"
    r"|New Area|District|County|Prefecture|Township|Peninsula|Valley|Island|Islands)"
)
_PERSON_TAIL = re.compile(
    rf"(?<=\sder)\s{_CAPITAL}|-[a-z]\w+|(?:\s(?:von|van|der|den|de|del|della|di|da|dos|du|la|le|bin|ibn|al|el|Al|ter|ten|und|zu)){{1,3}}\s{_CAPITAL}"
    rf"(?:\s{_CAPITAL})?"
)
_INITIALS = re.compile(rf"(?:[A-WYZ]\.\s?)+{_CAPITAL}$")
_NO_NAME = re.compile(r"^[A-Z]{2,4}\s?[\d,.]+$|\s(?:to|from|with|at|by|as|is|was|has|that|who|than|about|into)\s")
_EMPLOYER_AFTER = re.compile(  # nobody says "which" of a person
    r",\s(?:which\b|one of (?:its|the|their) (?:\w+ ){0,2}(?:employers|firms|companies|makers|suppliers|producers)\b)"
    r"|\s(?:has |have |had |is |was |will )?"
    r"(?:hired|recruited|recruiting|hiring|poached|poaching|advertis\w+|employs|headhunted)\b"
)
_SPLITTING = re.compile(
    r"^(?:[A-Z]{3,}(?: [A-Z]+)*\s*[-–—]"  # a dateline
    r"|The|the|A|An|But|And|In|At|For|When|While|If|As|On|By|Since|Former|This|That|Its"
    r"|Did|Does|Do|Is|Are|Was|Were|Has|Have|Can|Could|Will|Would|Should|Why|How|Where|What|Who)\s+"
)


@dataclass(frozen=True, slots=True)
class Name:
    """A proposed name; offsets count the paragraph's characters. `sure` where a pattern says so, not only the model."""

    start: int
    end: int
    label: str
    sure: bool


def find(doc: "spacy.tokens.Doc") -> Iterator[Name]:
    """Yield the names proposed for a paragraph; they may overlap each other and the lists' names."""
    paragraph = doc.text
    yield from _by_pattern(paragraph)
    yield from _by_description(doc)
    for entity in doc.ents:
        start, end = _trim(paragraph, entity.start_char, entity.end_char)
        text = paragraph[start:end]
        if text in words("organisation_last") or text in words("organisation_first"):
            continue
        if not text or not (text[0].isupper() or text[0].isdigit()) or text in words("never_a_name"):
            continue
        label = "Person" if _INITIALS.match(text) else _label(entity.label_, text)
        if label is None or (len(entity) == 1 and not _is_proper(entity[0])):
            continue
        if text.isupper() and len(text) > 2 and label in ("Person", "Region") and len(entity) == 1:
            label = "Organisation"
        if _NO_NAME.search(text) or (text.isupper() and re.match(r"\s?\d", paragraph[end : end + 2])):
            continue
        if label == "Person":
            start = end - len(_without_titles(paragraph[start:end]))
        if label in ("Person", "Company"):
            longer = start + len(_whole_person(paragraph, start, end))
            label, end = ("Person", longer) if longer > end else (label, end)
        yield Name(start, end, label, sure=organisation_label(paragraph[start:end]) == label)


def _is_proper(token: "spacy.tokens.Token") -> bool:
    """Whether a token is a proper noun; a paragraph without a tree has tags only."""
    return token.pos_ == "PROPN" or (not token.pos_ and token.tag_ in ("NNP", "NNPS"))


def _without_titles(name: str) -> str:
    """Return a person's name without what was said of the person before it: "Executive Anne-Laure Vasseur"."""
    parts = name.split(" ")
    while len(parts) > 2 and (parts[0] in words("title") or parts[0].casefold() in words("person_noun")):
        parts.pop(0)
    return " ".join(parts)


def _whole_person(text: str, start: int, end: int) -> str:
    """Return a person's name with what the model cut off: "-seok" of a given name, particles and what follows them."""
    match = _PERSON_TAIL.match(text, end)
    return text[start : match.end()] if match else text[start:end]


def by_neighbours(text: str, start: int, end: int) -> str | None:
    """Return the label that the words beside a name decide: "start-up X", "professor X", "X, a maker of", or none."""
    before = re.findall(r"[\w-]+", text[max(0, start - 40) : start])[-1:]
    if before and text[start - 1 : start] == " ":
        kinds = (("Company", "company_noun"), ("Person", "person_noun"), ("Organisation", "organisation_noun"))
        comma = text[start - 2 : start - 1] == ","
        for label, kind in kinds:
            noun = before[0].casefold()
            if not before[0].isupper() and (noun in words(kind) or (comma and noun.removesuffix("s") in words(kind))):
                return label
    parts = text[start:end].split()
    given = len(parts) in (2, 3) and parts[0] in words("given")
    if given and text[end : end + 2] == ", ":
        return "Person"  # "X, a head-hunter": firms are called so too
    after = re.match(r",\s(?:an?|the|its|one)\s((?:[\w’'-]+\s?){1,8})", text[end : end + 90])
    if after:
        nouns = after.group(1).casefold().split()
        for noun in nouns:
            if noun in words("person_noun"):
                return "Person"
            if noun in words("company_noun"):
                return "Company"
    if _EMPLOYER_AFTER.match(text, end) and text[start:end].split()[0] not in words("given"):
        return "Company"
    noun_after = re.match(r"\s([a-z]+)\b", text[end : end + 20])
    if noun_after and noun_after.group(1) in words("organisation_noun") and text[start:end].isupper():
        return "Organisation"
    if given:
        return "Person"
    told = re.match(r",\s(?:told|said|says|recalled|explained|added|recounted|wrote)\b", text[end : end + 14])
    if told and text[:start].endswith(", "):  # "an engineer at Alibaba, Bonnie, told …"
        return "Person"
    if re.match(r",?\s(?:who\b|\d\d,)|,\s(?:his|her)\b", text[end : end + 12]):
        return "Person"
    return None


def organisation_label(text: str) -> str | None:
    """Return "Company", "Organisation" or "Programme" where the words of a name decide it, else none."""
    parts = text.split()
    first, last = parts[0], parts[-1]
    if last in words("organisation_last") or (first in words("organisation_first") and len(parts) > 1):
        return "Organisation"
    heads = words("organisation_first")
    if any(head in heads and after in ("of", "for") for head, after in itertools.pairwise(parts)):
        return "Organisation"
    if len(parts) > 1 and last in words("company_last"):
        return "Company"
    if len(parts) > 1 and last in words("programme_last"):
        return "Programme"
    return None


@functools.cache
def words(kind: str) -> frozenset[str]:
    """Return the words of one kind from the lexicon, such as "company_last"."""
    return _lexicon()[kind]


@functools.cache
def _lexicon() -> Mapping[str, frozenset[str]]:
    rows = (line.split("\t") for line in _WORDS.read_text(encoding="utf-8").splitlines()[1:])
    return {kind: frozenset(listed.split("|")) for kind, listed in rows}


def _label(label: str, text: str) -> str | None:
    if label == "PERSON":
        return organisation_label(text) or "Person"
    if label in ("GPE", "LOC"):
        return organisation_label(text) or "Region"
    if label == "ORG":
        return organisation_label(text) or ("Region" if re.search(_PLACE_LAST + "$", text) else "Company")
    if label in ("LAW", "EVENT", "WORK_OF_ART", "FAC", "PRODUCT"):
        if re.search(_PLACE_LAST + "$", text):
            return "Region"
        return organisation_label(text)
    return None


def _any_of(kind: str) -> str:
    """Return the words of one kind as a pattern, longer ones first."""
    return "|".join(re.escape(word) for word in sorted(words(kind), key=len, reverse=True))


@functools.cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    before = rf"(?:{_CAPITAL}\s+|&\s+)"
    of = rf"(?:{_any_of('organisation_first')})\s+(?:of|for|on)\s+(?:the\s+)?"
    link = rf"(?:\s+|,\s+(?={_CAPITAL}(?:,|\s+and\b))|,?\s+and\s+|\s+of\s+(?:the\s+)?|\s+for\s+)"
    tail = rf"{_CAPITAL}(?:{link}{_CAPITAL}){{0,6}}"
    name, persons = rf"{_CAPITAL}(?:\s+{_CAPITAL}){{0,2}}", _any_of("person_noun")
    patterns = (
        ("Organisation", rf"\b{before}{{0,5}}{of}{tail}"),
        ("Region", rf"\b{before}{{1,4}}{_PLACE_LAST}\b"),
        ("Organisation", rf"\b{before}{{1,6}}(?:{_any_of('organisation_last')})\b(?!\s+{_CAPITAL})"),
        ("Company", rf"\b{before}{{1,4}}(?:{_any_of('company_last')})(?!\w)(?!\s+{_CAPITAL})"),
        ("Company", rf"\b{before}{{1,4}}{_CAPITAL}(?=\s\([A-Z]{{2,6}}\))"),
        ("Programme", rf"\b{before}{{1,6}}(?:{_any_of('programme_last')})\b(?!\s+{_CAPITAL})"),
        ("Person", rf"\b(?:Mr|Mrs|Ms|Dr|Prof)\b\.?\s+{name}"),
        ("Person", rf"(?:(?<=\bnamed\s)|(?<=\bcalled\s)|(?<=\bsurnamed\s)){name}"),
        ("Person", rf"\b{_CAPITAL}\s+{name}(?=,\s(?:an?|the|its|his|her)\s(?:[\w’'-]+\s){{0,3}}(?:{persons})\b)"),
    )
    return tuple((label, re.compile(pattern)) for label, pattern in patterns)


@functools.cache
def _described() -> tuple[re.Pattern[str], ...]:
    """Return patterns whose first group is a firm's name: "X, a small **firm**", "the hydrogen **start-up** X"."""
    firms, persons, surely = _any_of("company_noun"), _any_of("person_noun"), _any_of("firm_before_name")
    name = rf"({_CAPITAL}(?:\s+{_CAPITAL}){{0,2}})"
    return (
        re.compile(rf"\b{name},\s(?:an?|the|another)\s(?:[\w'’-]+\s){{0,4}}(?:{firms})\b(?!['’]|\s(?:{persons}))"),
        re.compile(rf"\b(?:{surely})\s{name}"),
        re.compile(rf"\b(?:{surely}),\s{name}(?=,)"),
    )


def _by_description(doc: "spacy.tokens.Doc") -> Iterator[Name]:
    """Yield the firms that are said to be firms beside their names."""
    for pattern in _described():
        for match in pattern.finditer(doc.text):
            start, end = _trim(doc.text, *match.span(1))
            span = doc.char_span(start, end)
            if span is not None and all(_is_proper(token) for token in span) and span.text not in words("never_a_name"):
                yield Name(start, end, organisation_label(span.text) or "Company", sure=True)


def _by_pattern(text: str) -> Iterator[Name]:
    for label, pattern in _patterns():
        for match in pattern.finditer(text):
            start, end = _trim(text, match.start(), match.end())
            end -= len(_place_behind(text[start:end]))
            if label != "Person" and len(text[start:end].split()) < 2:
                continue
            if label == "Company":
                label = organisation_label(text[start:end]) or label
            yield Name(start, end, label, sure=True)


def _place_behind(name: str) -> str:
    """Return the comma and the place at the end of a name: of "University of Oulu, Finland" ", Finland"."""
    comma, tail = name.rfind(", "), name[name.rfind(", ") + 2 :]
    places = gazetteer.find(tail) if comma > 0 else ()
    whole = any(m.end - m.start == len(tail) and m.terms[0].label == "Region" for m in places)
    return name[comma:] if whole else ""


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without an article or sentence opener before it, and a possessive or stray sign after it."""
    while True:
        opener = _SPLITTING.match(text[start:end])
        if opener is None:
            break
        start += opener.end()
    while start < end and text[start] in "\"'“”‘’(, ":
        start += 1
    name = text[start:end]
    for tail in (" (", "'s", "’s", "'", "’", '"', "”", ",", ".", ")", " "):
        if name.endswith(tail) and not (tail == "." and re.search(r"\b(?:Inc|Corp|Co|Ltd|[A-Z])\.$", name)):
            if tail == ")" and "(" in name:
                continue
            name = name[: -len(tail)]
    return start, start + len(name)
