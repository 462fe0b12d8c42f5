"""Whom people are drawn from, as far as one sentence says it."""

from spacy.tokens import Token

from graph.frame import Entity, Mention, Slot
from ingest.claims.english import tree
from ingest.claims.english.places import distinct, governing, is_offer
from ingest.claims.english.scene import Scene


def employers(scene: Scene, exclude: frozenset[str]) -> tuple[Slot, ...]:
    """Return the employers that people are drawn from: "from X", "X's engineers", "engineers at X"."""
    found = []
    for mention in scene.mentions:
        if mention.entity.label not in ("Company", "Organisation") or mention.entity.id in exclude:
            continue
        token = scene.token_of(mention)
        if token is not None and _is_employer(token, mention, scene):
            found.append(
                Slot(mention.entity, scene.text(mention.start, mention.end), mention.start, mention.end, certainty=0.9)
            )
    return distinct(found)


def _is_employer(token: Token, mention: Mention, scene: Scene) -> bool:
    governed = governing(token)
    if governed is not None:
        preposition, head = governed
        if preposition == "from" and not is_offer(head):
            return True
        if preposition in ("at", "of", "in", "with") and scene.people_at(head) is not None:
            return True
        if preposition in ("at", "for") and head.lower_ in ("worked", "working", "works"):
            return True
    owned = tree.first_conjunct(token)
    return owned.dep_ in ("poss", "compound", "nmod", "nmod:poss", "amod") and scene.people_at(owned.head) is not None


def workplaces(people: Token, scene: Scene) -> tuple[Mention, ...]:
    """Return the employers that stand beside a noun for people as theirs: "engineers **at X**", "staff **of X**"."""
    nouns = (noun for preposition, noun in tree.obliques(people) if preposition in ("at", "from", "of"))
    found = (scene.mention_at(noun, "Company", "Organisation") for noun in nouns)
    return tuple(mention for mention in found if mention is not None)


def sources(people: Token, scene: Scene) -> tuple[Entity, ...]:
    """Return the places from which a noun for people says they come: "a researcher **from X**"."""
    nouns = (noun for preposition, noun in tree.obliques(people) if preposition == "from")
    found = (scene.mention_at(one, "Region") for noun in nouns for one in tree.conjuncts(noun))
    return tuple(mention.entity for mention in found if mention is not None)
