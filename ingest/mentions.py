"""Every entity that a text names, at exact offsets, linked.

    lists (gazetteer) ─┐
    model and patterns ┴─ choose ─ join under one entity a name ─ Mention …

Lists decide closed vocabularies; what they do not know comes from the model and from patterns, and is then looked for
in the whole document, so that a name has one entity and one label throughout.
"""

import bisect
import re
from dataclasses import replace

from graph.frame import Document, Mention
from ingest import chinese_firms, chinese_names, chinese_people, english_names, gazetteer, same_entity
from ingest.chinese_words import is_chinese
from ingest.english_names import Name
from ingest.gazetteer import Match
from ingest.language import Reading
from ingest.same_entity import Found

_PARTIES = ("Company", "Organisation")
_FIELD_BEFORE = re.compile(
    r"\b(?:fields?|areas?|disciplines|subjects|sectors?|domains?|experts?|specialists?|degrees?|PhDs?|doctorates?"
    r"|professors?|professorship|chair|graduates?|majors?|majoring|faculty|department|school|studies|studied)"
    r"(?:\s(?:such|as|like|including|of|in|for|from|the|both|advanced))+$"
)
_FIELD_AFTER = re.compile(
    r"\s(?:experts?|scientists?|engineers?|researchers?|professors?|specialists?|graduates?|talents?|professionals"
    r"|technicians?|personnel|academics|PhDs|postdocs)\b"
)
_AND = re.compile(r"\s?(?:,|、|和|及|与|/|;)?\s?(?:(?:and|or|as well as)\s)?(?:the\s)?")


def find_mentions(reading: Reading, document: Document) -> tuple[Mention, ...]:
    """Return the mentions of a text in order, none overlapping another.

    Languages without rules of their own are read by lists only.
    """
    found: list[Found] = []
    coined = list(chinese_firms.find(reading.text)) if reading.lang == "zh" else []
    for paragraph in reading.paragraphs:
        listed = list(gazetteer.find(paragraph.text))
        if paragraph.doc is None:
            proposed: list[Name] = []
        elif reading.lang == "zh":
            proposed = [*chinese_names.find(paragraph.doc), *chinese_people.find(paragraph.doc)]
            first, last = paragraph.start, paragraph.start + len(paragraph.text)
            begin, stop = (bisect.bisect_left(coined, edge, key=lambda name: name.start) for edge in (first, last))
            proposed += [
                replace(n, start=n.start - first, end=n.end - first) for n in coined[begin:stop] if n.end <= last
            ]
        else:
            proposed = list(english_names.find(paragraph.doc))
        for name in _choose(paragraph.text, listed, proposed):
            start, end = name.start + paragraph.start, name.end + paragraph.start
            if isinstance(name, Match):
                found.append(Found(start, end, name.terms[0].label, name.terms[0]))
            else:
                found.append(Found(start, end, name.label, sure=name.sure))
    return tuple(Mention(entity, start, end) for start, end, entity in same_entity.resolve(reading, found, document.id))


def _choose(text: str, listed: list[Match], proposed: list[Name]) -> list[Name | Match]:
    """Choose between overlapping names of one paragraph."""
    chosen = _without_overlap([name for name in proposed if _outweighs(text, name, listed)])
    kept: list[Match] = []
    for match in listed:
        if any(_overlap(match, name) for name in chosen):
            continue
        if not match.risky or _supported(text, match, proposed) or _coordinated(text, match, listed):
            kept.append(match)
    doubted = {(match.start, match.end) for match in listed if match not in kept}
    proposed = [name for name in proposed if (name.start, name.end) not in doubted]
    taken: list[Name | Match] = [*chosen, *kept]
    rest = [name for name in proposed if not any(_overlap(name, other) for other in taken)]
    chosen += _without_overlap([name for name in rest if name.sure])
    chosen += _without_overlap([name for name in rest if not any(_overlap(name, other) for other in chosen)])
    return [*chosen, *kept]


def _overlap(one: Name | Match, other: Name | Match) -> bool:
    return one.start < other.end and one.end > other.start


def _without_overlap(names: list[Name]) -> list[Name]:
    """Return the longest names, none overlapping another."""
    chosen: list[Name] = []
    for name in sorted(names, key=lambda name: (name.start - name.end, name.start, not name.sure, name.label)):
        if name.start < name.end and not any(_overlap(name, other) for other in chosen):
            chosen.append(name)
    return chosen


def _outweighs(text: str, name: Name, listed: list[Match]) -> bool:
    """Return whether a proposed name beats the listed names that it overlaps: where it is longer, and knows why."""
    matches = [match for match in listed if _overlap(match, name)]
    serious = [match for match in matches if not match.risky]
    if not matches or any(m.start < name.start or m.end > name.end for m in serious):
        return False
    if any(m.end - m.start >= name.end - name.start for m in serious):
        return False
    whole = text[name.start : name.end]
    if name.label == "Person":  # "Jordan Peterson", but not "Spanish engineer Rafael"
        levels = {match.terms[0].level for match in serious}
        return (is_chinese(whole) or len(whole.split()) in (2, 3)) and levels <= {"province", "city"}
    decided = name.sure or english_names.organisation_label(whole) == name.label
    named = [match for match in serious if match.terms[0].label in (*_PARTIES, "Programme")]
    if named:  # "Alibaba DAMO Academy", not "Huawei and SMIC Corp."
        part, more = text[named[0].start : named[0].end], text[named[0].end : name.end].split()
        if len(named) > 1 or name.label != "Organisation" or not 1 <= len(more) <= 4:
            return False
        return decided and (named[0].terms[0].label == "Company" or part.isupper())
    if name.label in (*_PARTIES, "Programme"):
        return decided or all(match.terms[0].label == "Field" for match in matches)
    return name.label == "Region" and name.sure


def _supported(text: str, match: Match, proposed: list[Name]) -> bool:
    """Return whether the text supports a name that is also a word: the model names it, or its neighbours do."""
    term = match.terms[0]
    before, after = text[: match.start].rstrip(), text[match.end : match.end + 40]
    if is_chinese(text[match.start : match.end]):
        return term.label == "Region" and after[:1] in ("市", "县", "区", "省")
    if term.label in _PARTIES and text[match.start].isupper() and is_chinese(before[-1:] + after[:1]):
        return True  # a Latin word in a Chinese text is a name: "Meta从…"
    if term.label == "Field":
        return term.parent != "unspecified_field" and bool(
            _FIELD_BEFORE.search(before[-60:]) or _FIELD_AFTER.match(after)
        )
    for name in proposed:
        if name.start <= match.start and match.end <= name.end:
            whole = (name.start, name.end) == (match.start, match.end)
            if name.label == term.label or (term.label in _PARTIES and (name.label in _PARTIES or whole)):
                return True
            if not whole:
                return False
    if not text[match.start].isupper() or not before or before[-1] in '.!?:“"‘':
        return False
    last = before.split()[-1].casefold()
    if term.label == "Region":
        return last in {"in", "at", "near", "from", "to", "of"}
    if term.kind == "media":
        cited = last in {"journal", "magazine", "newspaper", "in", "told", "by", "to", "on"}
        return cited and not re.match(r"\s(?:and\s|of\s)?[A-Z]", after)
    return term.label in _PARTIES


def _coordinated(text: str, match: Match, listed: list[Match]) -> bool:
    """Return whether a risky field stands in a list with one beyond doubt, or with two more: "physics, law and …"."""
    fields = [m for m in listed if m.terms[0].label == "Field" and m.terms[0].parent != "unspecified_field"]
    if match not in fields:
        return False
    row = [match]
    for step in (1, -1):
        place = fields.index(match)
        while 0 <= place + step < len(fields):
            one, other = sorted((fields[place], fields[place + step]), key=lambda m: m.start)
            between = text[one.end : other.start]
            if not between.strip() or not _AND.fullmatch(between):
                break
            place += step
            row.append(fields[place])
    return len(row) > 2 or any(not other.risky for other in row)
