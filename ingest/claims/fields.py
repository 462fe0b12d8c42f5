"""Which fields are sought: the fields named where the people are named, else what the noun for the people says."""

from spacy.tokens import Token

from graph.frame import Entity, Slot
from graph.reference import ancestors, by_id
from ingest.claims import tree
from ingest.claims.scene import Scene

_UNSPECIFIED = ("tech_general", "stem_general", "research_any", "engineering_general")


def fields(scene: Scene) -> tuple[Slot, ...]:
    """Return the fields that the sentence names, and those its nouns for people imply.

    A noun that only says "researchers" or "engineers" counts where no field is named.
    """
    named: dict[str, Slot] = {}
    general: dict[str, Slot] = {}
    for mention in scene.mentions:
        if mention.entity.label == "Field":
            slot = Slot(mention.entity, scene.text(mention.start, mention.end), mention.start, mention.end)
            (general if mention.entity.id in _UNSPECIFIED else named).setdefault(mention.entity.id, slot)
    for people in scene.people:
        if not people.field or _is_speaker(people.token):
            continue
        start = scene.position(scene.doc[people.first])
        last = scene.doc[people.last - 1]
        end = scene.position(last) + len(last)
        slot = Slot(_field(people.field), scene.text(start, end), start, end, certainty=0.9)
        (general if people.field in _UNSPECIFIED else named).setdefault(people.field, slot)
    return tuple((named or general).values())


def _is_speaker(token: Token) -> bool:
    return token.dep_ in ("nsubj",) and token.head.lower_ in ("said", "says", "told", "added", "noted", "warned")


def _field(code: str) -> Entity:
    return Entity("Field", code, by_id("Field")[code].name)


def code_of(id: str) -> str:
    """Return the code that a field or a finer term belongs to."""
    return next((term.id for term in ancestors("Field", id) if term.level == "code"), id)


__all__ = ["code_of", "fields", "tree"]
