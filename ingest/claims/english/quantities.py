"""How many people an act concerns, and how much an incentive is worth.

“more than a dozen engineers”     people: at least 12
“up to three times their pay”     amount: at most 3, in multiples of current pay
“they did not say how much”       amount: undisclosed
"""

import functools
import importlib.resources
import re
from typing import NamedTuple

from ingest.claims.english import tree
from ingest.claims.english.money import Money, find_money
from ingest.claims.english.numbers import NUMBER, QUALIFIER, RANGE, bounds
from ingest.claims.english.triggers import Trigger
from ingest.language import Reading, Sentence


class People(NamedTuple):
    """How many people; `qualifier` is the words before the number."""

    minimum: int | None = None
    maximum: int | None = None
    qualifier: str | None = None


class Amount(NamedTuple):
    """What an incentive is worth; `currency` is ISO 4217, `multiple` (of current pay) or `percent`."""

    minimum: float | None = None
    maximum: float | None = None
    currency: str | None = None
    per: str | None = None
    undisclosed: bool = False


# After a noun of people these make it the first part of another noun ("16 talent workstations")
_COMPOUND = (
    "recruitment|workstation|station|programme|program|plan|visa|agency|centre|center|scheme|project|pass|fund|team"
)
_VAGUE = {"dozens": 24, "scores": 40, "hundreds": 200, "thousands": 2000, "tens of thousands": 20000}
_UNDISCLOSED = re.compile(
    r"\bundisclosed\b"
    r"|(?:\b(?:not|never|without|no|nor)|n[’']t)\b[^.;]{0,40}\b(?:amounts?|figures?|sums?|how much|specifics?)\b"
    r"|\b(?:amounts?|figures?|sums?)\b[^.;]{0,30}(?:\b(?:not|never)|n[’']t)\b[^.;]{0,20}"
    r"\b(?:given|disclosed|named|known|revealed|settled|specified|mentioned)\b",
    re.IGNORECASE,
)
# Between an incentive and an amount these show that the amount is another's; "a bonus, worth 3 million" is its own
_APART = re.compile(
    r";|\band\b|,(?! ?(?:worth|of|up to|as much as|amounting|totalling|totaling|that is)\b)", re.IGNORECASE
)
_SAME_ACT = frozenset(("xcomp", "ccomp", "conj", "acl", "pcomp", "advcl"))
_REACH = 90  # characters between an incentive and its amount
_UNDER = re.compile(  # "the bonus under the Peacock Plan": a plan by which it is paid, not one that costs so much
    r"\bunder (?:the|its|their|a|this) (?:[\w’'-]+ ){0,4}(?:plan|program(?:me)?|scheme|fund)\b", re.IGNORECASE
)
_NOT_PAY = re.compile(
    r"\b(?:fund|budget|earmark\w*|scheme|programme|program|plan|set aside|fee|fees|worth of)\b", re.IGNORECASE
)


@functools.cache
def _count() -> re.Pattern[str]:
    """Return the pattern of a number with the people it counts, built from `lexicon/counted_en.txt`."""
    text = importlib.resources.files("ingest.lexicon").joinpath("counted_en.txt").read_text(encoding="utf-8")
    nouns = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    between = r"(?:(?:highly |well-)?[\w’'/&-]+,? ){0,4}?"
    return re.compile(
        rf"(?:(?P<qualifier>{QUALIFIER}) )?(?:(?P<vague>{'|'.join(sorted(_VAGUE, key=len, reverse=True))}) of "
        rf"|(?P<low>{NUMBER})(?:{RANGE}(?P<high>{NUMBER}))? )(?P<between>{between})(?P<noun>{'|'.join(nouns)})\b"
        rf"(?! (?:{_COMPOUND})s?\b)",
        re.IGNORECASE,
    )


_BARE = re.compile(
    rf"(?:(?P<qualifier>{QUALIFIER}) )?(?P<low>{NUMBER})(?:{RANGE}(?P<high>{NUMBER}))?"
    r"(?= (?:of them|were|have been|had been)\b|[.;]|$)",
    re.IGNORECASE,
)
# Between a number and a noun of people, these show that the number counts something else
_COUNTS_OTHERS = re.compile(
    r"\b(?:years?|months?|weeks?|days?|hours?|percent|cent|million|billion|times|yuan|won|euros?|dollars?|projects?|countries"
    r"|universities|institutions|companies|firms|offices|places|in|from|for|at|to|by|with|and|or|per|per cent"
    r"|the|an?|its|their|his|her|this)\b|%",
    re.IGNORECASE,
)


def people(reading: Reading, trigger: Trigger) -> People:
    """Return how many people the act at the trigger concerns; nothing where its clause gives no number."""
    base, text = trigger.sentence.start, reading.text[trigger.sentence.start : trigger.sentence.end]
    found: list[tuple[int, int, People]] = []
    for match in _count().finditer(text):
        if _COUNTS_OTHERS.search(match["between"] or "") or _is_sum(text, match):
            continue
        distance = _distance(trigger, base + match.start("noun"), base + match.end("noun"))
        if distance is not None:
            found.append((distance, match.start(), _people(match)))
    if not found and trigger.token is not None and not trigger.nominal:
        for match in _BARE.finditer(text):
            if not _is_sum(text, match) and _is_counted(trigger, base + match.start("low"), base + match.end("low")):
                found.append((0, match.start(), _people(match)))
    return min(found, key=lambda f: f[:2])[2] if found else People()


def _people(match: re.Match[str]) -> People:
    vague = match.groupdict().get("vague")
    if vague:
        return People(_VAGUE[vague.lower()], None, f"{vague} of".lower())
    low, high = bounds(match["low"], match["high"], match["qualifier"])
    qualifier = match["qualifier"]
    return People(
        None if low is None else round(low),
        None if high is None else round(high),
        qualifier.lower() if qualifier else None,
    )


def _is_sum(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 3) : match.start()]
    return (
        bool(re.search(r"[$€£¥₩\d.,]\s?$", before))
        or re.match(r" ?(?:%|per ?cent|years?\b)", text[match.end() :]) is not None
    )


def _distance(trigger: Trigger, start: int, end: int) -> int | None:
    """Return how far a counted noun stands from the trigger; None where it belongs to another verb's clause."""
    far = max(trigger.start - end, start - trigger.end, 0)
    doc, first = trigger.paragraph.doc, trigger.paragraph.start
    span = doc.char_span(start - first, end - first, alignment_mode="expand") if doc is not None else None
    if span is None or trigger.token is None:
        return far
    noun = span.root
    if noun.i == trigger.token.i or trigger.token.is_ancestor(noun) or noun.is_ancestor(trigger.token):
        return far
    own, acts = tree.clause_head(noun), tree.clause_head(trigger.token)
    if own.i == acts.i:
        return far
    lower = acts if own.is_ancestor(acts) else own if acts.is_ancestor(own) else None
    return far if lower is not None and lower.dep_ in _SAME_ACT else None


def _is_counted(trigger: Trigger, start: int, end: int) -> bool:
    """Whether a bare number is whom the act is done to ("about 1,000 were hired")."""
    doc, first = trigger.paragraph.doc, trigger.paragraph.start
    span = doc.char_span(start - first, end - first, alignment_mode="expand") if doc is not None else None
    if span is None or trigger.token is None:
        return False
    counted = (tree.patient(trigger.token), tree.subject(trigger.token))
    return any(noun is not None and span.start <= noun.i < span.end for noun in counted)


def amount(reading: Reading, sentence: Sentence, incentive: tuple[int, int]) -> Amount:
    """Return what an incentive (its characters in the document) is worth; nothing where no amount stands by it."""
    text = reading.text[sentence.start : sentence.end]
    start, end = incentive[0] - sentence.start, incentive[1] - sentence.start
    best: tuple[int, Money] | None = None
    for money in find_money(text):
        inside = money.start < end and start < money.end
        distance = 0 if inside else max(start - money.end, money.start - end, 0)
        between = text[min(end, money.end) : max(start, money.start)]
        if distance > _REACH or _NOT_PAY.search(_UNDER.sub("", between)) or _APART.search(between):
            continue
        if best is None or distance < best[0]:
            best = (distance, money)
    if best is not None:
        money = best[1]
        return Amount(money.minimum, money.maximum, money.currency, money.per, False)
    return Amount(undisclosed=bool(_UNDISCLOSED.search(text)))
