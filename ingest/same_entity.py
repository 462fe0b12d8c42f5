"""One entity a name: short forms join the full name of their document, and a found name is found everywhere in it."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from graph.frame import Entity
from graph.reference import Term
from ingest import chinese_firms, english_names
from ingest.language import Reading
from ingest.linking import known, link, term_entity
from ingest.occurrences import Occurrences, anywhere, bounded

_TITLE = re.compile(r"^(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Sir)\.?\s+")
_ACRONYM = re.compile(r"\((?:the\s+)?[\"“]?([A-Z][\w&-]{1,9})[\"”]?\)")


@dataclass(frozen=True, slots=True)
class Found:
    """A name at offsets of the document; `term` where a list has it."""

    start: int
    end: int
    label: str
    term: Term | None = None
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Owners:
    """The full names of a document's people, the longest first, and by each part of one the names that hold it."""

    names: tuple[str, ...]
    by_part: dict[str, set[str]]


def resolve(reading: Reading, found: list[Found], document_id: str) -> Iterator[tuple[int, int, Entity]]:
    """Yield (start, end, entity) in order, without overlap."""
    text = reading.text
    entities: dict[str, Entity] = {}  # by the name as written, for names that no list has
    votes: dict[str, Counter[str]] = {}
    for item in found:
        if item.term is None:
            votes.setdefault(text[item.start : item.end], Counter())[item.label] += 3 if item.sure else 1
    places = Occurrences(text)
    if reading.lang != "zh":
        _ask_neighbours(text, votes, places)
    labels = {name: counter.most_common(1)[0][0] for name, counter in votes.items()}
    people = [_TITLE.sub("", name) for name, label in labels.items() if label == "Person"]
    full = _owners({name for name in people if len(name.split()) > 1})
    heads = _heads(labels)
    for name in labels:
        if " " in name:
            continue
        if _whole_name(name, full) != name:  # a surname, once the full name was read, is no place and no firm
            labels[name] = "Person"
        elif labels[name] == "Person" and reading.lang != "zh" and not _is_first_name(name, votes[name]):
            labels[name] = "Company"
    for name, label in labels.items():
        if name in heads:
            entities[name] = link("Company", heads[name], document_id)
        elif label == "Person":
            plain = _TITLE.sub("", name)
            entities[name] = link("Person", _whole_name(plain, full), document_id)
        else:
            term = known(label, name)
            entities[name] = term_entity(term) if term else link(label, name, document_id)
    entities |= _short_forms(text, entities, full, document_id)
    spans = [(f.start, f.end, term_entity(f.term) if f.term else entities[text[f.start : f.end]]) for f in found]
    spans += _everywhere(text, entities, spans, places if reading.lang != "zh" else None)
    last = 0
    for start, end, entity in sorted(spans, key=lambda span: (span[0], -span[1], span[2].id)):
        if start >= last:
            yield start, end, entity
            last = end


def _ask_neighbours(text: str, votes: dict[str, Counter[str]], places: Occurrences) -> None:
    """Add to the votes on a name's label what stands beside it anywhere in the text."""
    for name, counter in votes.items():
        if not set(counter) & {"Person", "Company", "Organisation", "Region"}:
            continue
        if english_names.organisation_label(name) is not None:
            continue
        for start in places.of(name):
            label = english_names.by_neighbours(text, start, start + len(name))
            if label is not None and ("Region" not in counter or len(counter) > 1 or label == "Company"):
                counter[label] += 3


def _owners(full: set[str]) -> Owners:
    """Return the full names of people, and each under the parts by which it may be called."""
    owners: dict[str, set[str]] = {}
    for whole in full:
        for part in _parts(whole) - {whole}:
            owners.setdefault(part, set()).add(whole)
    return Owners(tuple(sorted(full, key=lambda name: (-len(name), name))), owners)


def _whole_name(name: str, full: Owners) -> str:
    """Return the full name of the document to which a shorter one belongs, else the name itself."""
    owners = full.by_part.get(name, set())
    return next(iter(owners)) if len(owners) == 1 else name


def _parts(whole: str) -> set[str]:
    """Return the single names by which a person of this full name may be called later."""
    words = whole.split()
    parts = {words[-1], words[0]}
    if len(words) > 2:
        parts |= {" ".join(words[1:]), f"{words[0]} {words[-1]}"}
    return parts


def _short_forms(text: str, entities: dict[str, Entity], full: Owners, document_id: str) -> dict[str, Entity]:
    """Return names by which entities are called once they were named in full: surnames, heads of firms, acronyms."""
    short: dict[str, Entity] = {}
    for whole in full.names:
        words = whole.split()
        surname = words[0] if words[0] in english_names.words("surname") and len(words) <= 3 else words[-1]
        if _whole_name(surname, full) == whole and surname not in entities and len(surname) > 1:
            short[surname] = link("Person", whole, document_id)
    parties = [name for name, entity in entities.items() if entity.label in ("Company", "Organisation")]
    acronyms = _acronyms(text, parties)
    for name in parties:
        if name in acronyms and known(entities[name].label, acronyms[name]) is None:
            short[acronyms[name]] = entities[name]
    for name in parties:
        head = chinese_firms.stem(name) if entities[name].label == "Company" else None
        if head is not None and head not in entities:
            short.setdefault(head, entities[name])
    firms = {name: "Company" for name, entity in entities.items() if entity.label == "Company"}
    return short | {head: entities[whole] for head, whole in _heads(firms).items() if head not in entities}


def _acronyms(text: str, names: list[str]) -> dict[str, str]:
    """Return the acronyms that stand in brackets behind names, where each name has one first."""
    found: dict[str, str] = {}
    wanted, lengths = set(names), {len(name) for name in names}
    for acronym in _ACRONYM.finditer(text):
        end = acronym.start()
        while end and text[end - 1].isspace():
            end -= 1
        for length in lengths:
            name = text[max(0, end - length) : end]
            if name in wanted:
                found.setdefault(name, acronym.group(1))
    return found


def _heads(labels: dict[str, str]) -> dict[str, str]:
    """Return the full names of firms by the heads that stand for them: "Lanhai" of "Hefei Lanhai Sensing"."""
    heads: dict[str, str] = {}
    for whole, label in sorted(labels.items()):
        words = whole.split()
        if label != "Company" or len(words) < 2:
            continue
        shorter = [words[1:]] if len(words) > 2 and known("Region", words[0]) else []
        for part in [words, *shorter]:
            rest = list(part)
            while len(rest) > 1 and rest[-1] in english_names.words("company_last"):
                rest.pop()
            for head in (" ".join(part), " ".join(rest)):
                if head != whole and len(head) > 3 and known("Region", head) is None and _is_distinctive(head):
                    heads.setdefault(head, whole)
    return heads


def _is_distinctive(head: str) -> bool:
    return all(head not in english_names.words(kind) for kind in ("given", "company_last")) and head[0].isupper()


def _is_first_name(name: str, votes: Counter[str]) -> bool:
    """Return whether something but the model says that a single name is a person's."""
    plain = _TITLE.sub("", name)
    return plain != name or votes["Person"] > 2 or any(plain in english_names.words(k) for k in ("given", "surname"))


def _everywhere(
    text: str, entities: dict[str, Entity], taken: list[tuple[int, int, Entity]], places: Occurrences | None
) -> Iterator[tuple[int, int, Entity]]:
    """Yield the places where a name stands that were missed; `places` are those of words, where words are spaced."""
    names = [name for name in entities if len(name) > 2 or (name and not name.isascii())]
    occupied = bytearray(len(text))
    for start, end, _ in taken:
        occupied[start:end] = b"\x01" * (end - start)
    for start, name in bounded(names, places) if places is not None else anywhere(names, text):
        end = start + len(name)
        if occupied.find(1, start, end) < 0:
            yield start, end, entities[name]
