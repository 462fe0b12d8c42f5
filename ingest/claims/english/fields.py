"""Which fields are sought: those of the people that the trigger takes, else those that the sentence names."""

import itertools
import re
from collections.abc import Iterable
from dataclasses import replace

from spacy.tokens import Token

from graph.frame import Entity, Slot
from graph.reference import by_id
from ingest.claims.english.frames import Frame
from ingest.claims.english.parties import kind_of
from ingest.claims.english.scene import Scene
from ingest.claims.english.wordlists import by_word, words

_GENERAL = ("tech_general", "stem_general", "research_any", "engineering_general")
_ARMED = re.compile(r"\b(?:fighter|air force|naval|navy|military|armed forces|squadron)\b", re.IGNORECASE)
_SPEECH = words("speech")
_BYSTANDERS = ("management_business", "law", "creative_arts", "finance", "intelligence_government", "education")


def fields(frame: Frame) -> tuple[Slot, ...]:
    """Return the fields sought; nouns that only say "researchers" or "engineers" count where no field is named.

    What stands in the phrase of the people that the trigger takes ("engineers who work on chips") goes before what
    stands anywhere in the sentence. Engineers of whom nothing else is said are of the field of the firms named beside
    them ("engineers from chip companies").
    """
    zone = {i for people in frame.people for i in range(people.token.left_edge.i, people.token.right_edge.i + 1)}
    inside = _found(frame.scene, zone, attached=True)
    if inside and not is_general(inside):
        return inside
    around = _found(frame.scene, range(frame.scene.first, frame.scene.last), attached=False)
    found = around if around and not is_general(around) else inside or around
    if [slot.entity.id for slot in found] != ["engineering_general"]:
        return found
    field = _made_there(frame.scene)
    return (replace(found[0], entity=field, certainty=0.7, inferred=True),) if field is not None else found


def is_general(slots: tuple[Slot, ...]) -> bool:
    """Whether the fields only say "researchers", "engineers", "technical talent"."""
    return all(slot.entity.id in _GENERAL for slot in slots)


def _found(scene: Scene, zone: Iterable[int], *, attached: bool) -> tuple[Slot, ...]:
    places = frozenset(zone)
    named: dict[str, Slot] = {}
    general: dict[str, Slot] = {}
    described = False  # whether a field is named, rather than people of that field
    for mention in scene.mentions:
        if mention.entity.label != "Field":
            continue
        token = scene.token_of(mention)
        if token is None or token.i not in places:
            continue
        if any(p.start <= mention.start and mention.end <= p.end for p in scene.incentives):
            continue  # a research grant, a housing fund
        described = described or mention.entity.id not in _GENERAL
        slot = Slot(mention.entity, scene.text(mention.start, mention.end), mention.start, mention.end)
        (general if mention.entity.id in _GENERAL else named).setdefault(mention.entity.id, slot)
    for people in scene.people:
        if not people.field or people.token.i not in places or _speaks(people.token):
            continue
        if not attached and (people.field in _BYSTANDERS or _describes(people.token)):
            continue
        start = scene.position(scene.doc[people.first])
        last = scene.doc[people.last - 1]
        end = scene.position(last) + len(last)
        code = people.field
        if code == "aerospace" and _ARMED.search(scene.paragraph.text):
            code = "military_aviation"
        slot = Slot(_field(code), scene.text(start, end), start, end, certainty=0.9)
        (general if code in _GENERAL else named).setdefault(code, slot)
    if attached and named and not described:
        return (*named.values(), *general.values())  # "engineers, nurses and teachers"
    return tuple((named or general).values())


def _speaks(token: Token) -> bool:
    return token.dep_ == "nsubj" and token.head.lower_ in _SPEECH


def _describes(token: Token) -> bool:
    """Whether a noun says what one person is ("X, a statistician at Y")."""
    return token.tag_ == "NN" and token.dep_ in ("appos", "attr", "compound", "nmod")


def _made_there(scene: Scene) -> Entity | None:
    """Return the field of the first firm that is known by what it makes: "chip companies", "a display maker"."""
    for noun, firm in itertools.pairwise(scene.tokens()):
        code = by_word("domains_en").get(noun.lower_)
        if code is not None and kind_of(firm.lower_) == "company":
            return _field(code)
    return None


def _field(code: str) -> Entity:
    return Entity("Field", code, by_id("Field")[code].name)
