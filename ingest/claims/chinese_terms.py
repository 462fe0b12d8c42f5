"""What a Chinese sentence offers, with amounts, and by which way it approaches people: closed codes."""

from graph.frame import Entity, Offer, Slot
from graph.reference import by_id
from ingest.claims import chinese_lexicon as lexicon
from ingest.claims.chinese_quantities import amount
from ingest.claims.chinese_scene import Scene


def offers(scene: Scene, first: int, last: int) -> tuple[Offer, ...]:
    """Return the incentives named between two characters, one per code, with their amounts."""
    found: dict[str, Offer] = {}
    for phrase in lexicon.find("incentives", scene.text, first, last):
        slot = _slot("Incentive", phrase, scene)
        if slot is not None and phrase.code not in found:
            found[phrase.code] = Offer(slot, *amount(scene, phrase.start, phrase.end))
    return tuple(found.values())


def channels(scene: Scene, first: int, last: int) -> tuple[Slot, ...]:
    """Return the ways of approach named between two characters, one per code."""
    found: dict[str, Slot] = {}
    for phrase in lexicon.find("channels", scene.text, first, last):
        slot = _slot("Channel", phrase, scene)
        if slot is not None:
            found.setdefault(phrase.code, slot)
    return tuple(found.values())


def _slot(label: str, phrase: lexicon.Phrase, scene: Scene) -> Slot | None:
    term = by_id(label).get(phrase.code)
    if term is None:
        return None
    return Slot(Entity(label, term.id, term.name), scene.words(phrase.start, phrase.end), phrase.start, phrase.end)
