"""Every entity that a text names, at exact offsets, linked.

    lists (gazetteer) ─┐
    model and patterns ┴─ choose ─ join under one entity a name ─ Mention …

Lists decide closed vocabularies; what they do not know comes from the model and from patterns, and is then looked for
in the whole document, so that a name has one entity and one label throughout.
"""

from collections.abc import Iterable

from graph.frame import Document, Mention
from ingest import chinese_names, english_names, gazetteer, same_entity
from ingest.chinese_words import is_chinese
from ingest.english_names import Name
from ingest.gazetteer import Match
from ingest.language import Paragraph, Reading
from ingest.same_entity import Found

_PARTIES = ("Company", "Organisation")


def find_mentions(reading: Reading, document: Document) -> tuple[Mention, ...]:
    """Return the mentions of a text in order, none overlapping another.

    Languages without rules of their own are read by lists only.
    """
    found: list[Found] = []
    for paragraph in reading.paragraphs:
        listed = list(gazetteer.find(paragraph.text))
        if paragraph.doc is None:
            proposed: list[Name] = []
        elif reading.lang == "zh":
            proposed = list(chinese_names.find(paragraph.doc))
        else:
            proposed = list(english_names.find(paragraph.doc))
        found += [
            Found(f.start + paragraph.start, f.end + paragraph.start, f.label, f.term)
            for f in _choose(paragraph, listed, proposed)
        ]
    return tuple(Mention(entity, start, end) for start, end, entity in same_entity.resolve(reading, found, document.id))


def _choose(paragraph: Paragraph, listed: list[Match], proposed: list[Name]) -> list[Found]:
    """Choose between overlapping names of one paragraph; its offsets are the paragraph's."""
    longer = [name for name in proposed if _outweighs(paragraph.text, name, _inside(name, listed))]
    chosen = _without_overlap((name.start, name.end, name.label) for name in longer)
    kept = [match for match in listed if not any(match.start < e and match.end > s for s, e, _ in chosen)]
    kept = [match for match in kept if not match.risky or _supported(paragraph, match, proposed)]
    taken = [*chosen, *((m.start, m.end, m.terms[0].label) for m in kept)]
    rest = [n for n in proposed if not any(n.start < e and n.end > s for s, e, _ in taken)]
    rest.sort(key=lambda name: (not name.sure, name.start - name.end))
    more = _without_overlap((name.start, name.end, name.label) for name in rest)
    return [
        *(Found(s, e, label) for s, e, label in [*chosen, *more]),
        *(Found(m.start, m.end, m.terms[0].label, m.terms[0]) for m in kept),
    ]


def _inside(name: Name, listed: list[Match]) -> list[Match]:
    return [match for match in listed if match.start < name.end and match.end > name.start]


def _outweighs(text: str, name: Name, matches: list[Match]) -> bool:
    """Return whether a proposed name beats the listed names that it overlaps: where it is longer, and knows why."""
    serious = [m for m in matches if not m.risky]
    if not matches or any(m.start < name.start or m.end > name.end for m in serious):
        return False
    if any(m.end - m.start >= name.end - name.start for m in serious):
        return False
    whole = text[name.start : name.end]
    if name.label == "Person":  # "Jordan Peterson", but not "Spanish engineer Rafael"
        levels = {match.terms[0].level for match in serious}
        return (is_chinese(whole) or len(whole.split()) in (2, 3)) and levels <= {"province", "city"}
    decided = name.sure or english_names.organisation_label(whole) == name.label
    named = [m for m in serious if m.terms[0].label in (*_PARTIES, "Programme")]
    if named:  # "Alibaba DAMO Academy", not "Huawei and SMIC Corp."
        part = text[named[0].start : named[0].end]
        more = text[named[0].end : name.end].split()
        if len(named) > 1 or name.label != "Organisation" or not 1 <= len(more) <= 4:
            return False
        return decided and (named[0].terms[0].label == "Company" or part.isupper())
    if name.label in (*_PARTIES, "Programme"):
        return decided or (not name.sure and all(m.terms[0].label == "Field" for m in matches))
    return name.label == "Region" and name.sure


def _supported(paragraph: Paragraph, match: Match, proposed: list[Name]) -> bool:
    """Return whether the text supports a name that is also a word: the model names it, or its place in the sentence."""
    label = match.terms[0].label
    before = paragraph.text[: match.start].rstrip()
    for name in proposed:
        if name.start <= match.start and match.end <= name.end:
            return name.label == label or (label in _PARTIES and name.label in _PARTIES)
    if not paragraph.text[match.start].isupper() or not before or before[-1] in '.!?:“"‘':
        return False
    if label == "Region":
        return before.split()[-1].casefold() in {"in", "at", "near", "from", "to", "of"}
    return label in _PARTIES


def _without_overlap(spans: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    chosen: list[tuple[int, int, str]] = []
    for start, end, label in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
        if start < end and not any(start < e and end > s for s, e, _ in chosen):
            chosen.append((start, end, label))
    return chosen
