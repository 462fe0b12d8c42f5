"""What is offered, by which way, under which programme: closed codes found as phrases, and named programmes."""

import re
from dataclasses import replace

from graph.frame import Entity, Offer, Slot
from graph.reference import by_id
from ingest.claims import quantities
from ingest.claims.frames import Frame
from ingest.claims.phrases import Phrase
from ingest.claims.scene import Scene
from ingest.claims.wordlists import words
from ingest.language import Reading

_NEAR = 28  # characters before a phrase in which a word may exclude it
_EXCLUDES = re.compile(r"\b(?:not|never|without|rather than|instead of|unlike)(?: \w+){0,3}\s*$", re.IGNORECASE)
_DIRECT = ("invit", "contact", "approach", "reach", "wrote", "written to", "got in touch", "get in touch")


def offers(scene: Scene, reading: Reading) -> tuple[Offer, ...]:
    """Return the incentives that the sentence names, one per code, with their amounts."""
    found: dict[str, Offer] = {}
    for phrase in scene.incentives:
        if phrase.code in found or _covered(phrase, scene.incentives):
            continue
        low, high, currency, per, undisclosed = quantities.amount(reading, scene.sentence, (phrase.start, phrase.end))
        found[phrase.code] = Offer(_slot("Incentive", phrase, scene), low, high, currency, per, undisclosed)
    return tuple(found.values())


def channels(frame: Frame) -> tuple[Slot, ...]:
    """Return the ways of approach that the sentence names, one per code; excluded ones are marked negated.

    A recruiter who invites, contacts or makes a person an offer approaches directly, whatever the words.
    """
    scene = frame.scene
    found: dict[str, Slot] = {}
    for phrase in scene.channels:
        if phrase.code == "headhunter" and _only_speaks(phrase, scene):
            continue
        names = (m for m in scene.mentions if m.entity.label in ("Company", "Organisation"))
        if any(m.start <= phrase.start < m.end for m in names):
            continue  # "the Harbour Forum" is no conference
        slot = _slot("Channel", phrase, scene)
        before = scene.text(max(scene.sentence.start, phrase.start - _NEAR), phrase.start)
        found.setdefault(phrase.code, replace(slot, negated=_EXCLUDES.search(before) is not None))
    trigger = frame.trigger
    word = scene.text(trigger.start, trigger.end).lower()
    to_person = trigger.sense in ("offer", "invite") and bool(frame.persons or frame.pointed)
    if not any(not slot.negated for slot in found.values()) and (word.startswith(_DIRECT) or to_person):
        phrase = Phrase("direct_approach", trigger.start, trigger.end)
        found["direct_approach"] = _slot("Channel", phrase, scene)
    return tuple(found.values())


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
    """Whether a longer phrase of another code holds these words ("spouse work permits" is no work permit)."""
    return any(
        o.code != phrase.code
        and o.start <= phrase.start < o.end
        and (o.start, -o.end) != (phrase.start, -phrase.end)
        and (o.start < phrase.start or phrase.end < o.end)
        for o in others
    )


def _slot(label: str, phrase: Phrase, scene: Scene) -> Slot:
    name = by_id(label)[phrase.code].name
    return Slot(Entity(label, phrase.code, name), scene.text(phrase.start, phrase.end), phrase.start, phrase.end)
