"""What is offered, by which way, under which programme: closed codes found as phrases, and named programmes."""

from graph.frame import Entity, Offer, Slot
from graph.reference import by_id
from ingest.claims import quantities
from ingest.claims.phrases import Phrase
from ingest.claims.scene import Scene
from ingest.language import Reading


def offers(scene: Scene, reading: Reading) -> tuple[Offer, ...]:
    """Return the incentives that the sentence names, one per code, with their amounts."""
    found: dict[str, Offer] = {}
    for phrase in scene.incentives:
        if phrase.code in found or _covered(phrase, scene.incentives):
            continue
        low, high, currency, per, undisclosed = quantities.amount(reading, scene.sentence, (phrase.start, phrase.end))
        found[phrase.code] = Offer(_slot("Incentive", phrase, scene), low, high, currency, per, undisclosed)
    return tuple(found.values())


def channels(scene: Scene) -> tuple[Slot, ...]:
    """Return the ways of approach that the sentence names, one per code."""
    found: dict[str, Slot] = {}
    for phrase in scene.channels:
        found.setdefault(phrase.code, _slot("Channel", phrase, scene))
    return tuple(found.values())


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
        and o.start <= phrase.start
        and phrase.end <= o.end
        and o.end - o.start > phrase.end - phrase.start
        for o in others
    )


def _slot(label: str, phrase: Phrase, scene: Scene) -> Slot:
    name = by_id(label)[phrase.code].name
    return Slot(Entity(label, phrase.code, name), scene.text(phrase.start, phrase.end), phrase.start, phrase.end)
