"""What is offered, by which way, under which programme: closed codes found as phrases, and named programmes."""

import re
from dataclasses import replace

from graph.frame import Entity, Offer, Slot
from graph.reference import by_id
from ingest.claims.english import quantities
from ingest.claims.english.frames import Frame
from ingest.claims.english.parties import Party
from ingest.claims.english.phrases import Phrase
from ingest.claims.english.scene import Scene
from ingest.claims.english.schemes import LEAVE, names_visa
from ingest.claims.english.wordlists import words
from ingest.language import Reading

_NEAR = 28  # characters before a phrase in which a word may exclude it
_EXCLUDES = re.compile(r"\b(?:not|never|without|rather than|instead of|unlike)(?: \w+){0,3}\s*$", re.IGNORECASE)
_MEANS = re.compile(
    r"\b(?:under|through|via|using|use[sd]?|with|by|thanks to|(?:belongs?|part|beneficiar\w+) (?:to|of))"
    r" (?:\w+[ -]){0,2}$",
    re.IGNORECASE,
)
_SOURCE = re.compile(
    r"\b(?:said|says|wrote|writes|repl\w+|stat\w+|answer\w+|add\w+|told [\w ]+|according to)(?: \w+){0,3} $", re.I
)
_THRESHOLD = re.compile(
    r"\b(?:(?:who|those|people|anyone|applicants|candidates|graduates|holders)(?: \w+)? earn\w*"
    r"|with (?:an? )?(?:annual |yearly |monthly )?"
    r"(?:salary|income|earnings) of|(?:minimum|threshold)[^.;]{0,20})[^.;]{0,40}$",
    re.IGNORECASE,
)
_OF_ANOTHER = re.compile(
    r"\b(?:allowances?|subsid(?:y|ies)|grants?|stipends?|supplements?|bonus(?:es)?|fund(?:ing|s)?|budgets?)"
    r"(?: worth| of)(?: up to| about| around| at least| as much as| over)? $",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"\b\d[\d,.]*(?: [\w-]+){0,2} $")
_SITES = ("social_network", "job_board", "headhunter")  # LinkedIn is a company too
_DIRECT = ("invit", "contact", "approach", "reach", "wrote", "written to", "got in touch", "get in touch")


def offers(scene: Scene, reading: Reading) -> tuple[Offer, ...]:
    """Return the incentives that the sentence names, one per code, with their amounts."""
    found: dict[str, Offer] = {}
    for phrase in scene.incentives:
        if phrase.code in found or _covered(phrase, scene.incentives):
            continue
        if _asked_for(phrase, scene) or _is_worth(phrase, scene):
            continue
        low, high, currency, per, undisclosed = quantities.amount(reading, scene.sentence, (phrase.start, phrase.end))
        found[phrase.code] = Offer(_slot("Incentive", phrase, scene), low, high, currency, per, undisclosed)
    return tuple(found.values())


def channels(frame: Frame, party: Party | None) -> tuple[Slot, ...]:
    """Return the ways of approach that the sentence names, one per code; excluded ones are marked negated.

    A recruiter who invites, contacts or makes a person an offer approaches directly, whatever the words.
    """
    scene = frame.scene
    private = party is not None and party.type in ("company", "intermediary")
    found: dict[str, Slot] = {}
    for phrase in scene.channels:
        if phrase.code == "headhunter" and _only_speaks(phrase, scene):
            continue
        before = scene.text(max(scene.sentence.start, phrase.start - _NEAR), phrase.start)
        if phrase.code in ("government_programme", "visa_scheme") and private and not _MEANS.search(before):
            continue  # a permit that a firm offers is a term; one under which it hires is the way
        if phrase.code == "visa_scheme" and not _is_scheme(phrase, frame):
            continue
        if phrase.code == "government_programme" and _inside_visa(phrase, scene):
            continue  # "Top Talent Pass Scheme"
        if phrase.code in ("direct_approach", "social_network") and _SOURCE.search(before):
            continue  # "said in a letter to the agency"
        names = (m for m in scene.mentions if m.entity.label in ("Company", "Organisation"))
        if phrase.code not in _SITES and any(m.start <= phrase.start and phrase.end <= m.end for m in names):
            continue  # "the Harbour Forum" is no conference
        slot = _slot("Channel", phrase, scene)
        found.setdefault(phrase.code, replace(slot, negated=_EXCLUDES.search(before) is not None))
    if "headhunter" in found:
        found.pop("direct_approach", None)  # the broker writes and calls
    trigger = frame.trigger
    word = scene.text(trigger.start, trigger.end).lower()
    to_person = bool(frame.persons or frame.pointed or frame.people)
    direct = word.startswith(_DIRECT) and (to_person or not word.startswith("invit"))  # "invites applications"
    if not any(not slot.negated for slot in found.values()) and direct:
        phrase = Phrase("direct_approach", trigger.start, trigger.end)
        found["direct_approach"] = _slot("Channel", phrase, scene)
    return tuple(found.values())


def _is_scheme(phrase: Phrase, frame: Frame) -> bool:
    """Whether a visa is the way of recruiting, and not one of several terms ("housing, a visa and a salary")."""
    others = {p.code for p in frame.scene.incentives if not _asked_for(p, frame.scene)} - LEAVE
    return not others or _inside_visa(phrase, frame.scene) or frame.trigger.sense in ("open", "admit")


def _inside_visa(phrase: Phrase, scene: Scene) -> bool:
    named = (m for m in scene.mentions if m.entity.label == "Programme" and names_visa(m.entity.name))
    return any(m.start < phrase.end and phrase.start < m.end for m in named)


def _asked_for(phrase: Phrase, scene: Scene) -> bool:
    """Whether the words tell who may apply, or how many came ("people who earn 30,000 a month", "1,940 visas")."""
    before = scene.text(max(scene.sentence.start, phrase.start - 2 * _NEAR), phrase.start)
    if phrase.code == "salary":
        return _THRESHOLD.search(before + scene.text(phrase.start, phrase.end)) is not None
    return phrase.code in ("visa_residency", "work_permit") and _COUNTED.search(before) is not None


def _is_worth(phrase: Phrase, scene: Scene) -> bool:
    """Whether a sum says what another term is worth: "a housing allowance of **300,000 yuan a year**" is no pay."""
    before = scene.text(max(scene.sentence.start, phrase.start - _NEAR), phrase.start)
    return phrase.code in ("salary", "bonus") and _OF_ANOTHER.search(before) is not None


def _only_speaks(phrase: Phrase, scene: Scene) -> bool:
    """Whether a broker is only quoted ("a headhunter said")."""
    last = next((t for t in reversed(list(scene.tokens())) if scene.position(t) < phrase.end), None)
    return last is not None and last.dep_ == "nsubj" and last.head.lower_ in words("speech")


def programmes(scene: Scene) -> tuple[Slot, ...]:
    """Return the programmes that the sentence names."""
    found: dict[str, Slot] = {}
    for m in scene.mentions:
        if m.entity.label == "Programme":
            found.setdefault(m.entity.id, Slot(m.entity, scene.text(m.start, m.end), m.start, m.end))
    return tuple(found.values())


def _covered(phrase: Phrase, others: tuple[Phrase, ...]) -> bool:
    """Whether a longer phrase of another code holds these words ("spouse work permits" is no work permit).

    How fast something is given takes nothing away: "a residence permit within ten days" is both.
    """
    return any(
        o.code not in (phrase.code, "fast_track_admin")
        and o.start <= phrase.start < o.end
        and (o.start, -o.end) != (phrase.start, -phrase.end)
        and (o.start < phrase.start or phrase.end < o.end)
        for o in others
    )


def _slot(label: str, phrase: Phrase, scene: Scene) -> Slot:
    name = by_id(label)[phrase.code].name
    return Slot(Entity(label, phrase.code, name), scene.text(phrase.start, phrase.end), phrase.start, phrase.end)
