"""Where people are recruited from, and where to, as far as one sentence says it."""

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from spacy.tokens import Token

from graph.frame import Entity, Mention, Slot
from graph.reference import ancestors, by_id
from ingest.claims.english import tree
from ingest.claims.english.kinds import GOVERNMENTS
from ingest.claims.english.parties import country_of, noun_type, region_slot
from ingest.claims.english.scene import Scene
from ingest.claims.english.wordlists import words

_FROM_ABROAD = {  # words that place people outside, wherever that is
    "overseas": "OVERSEAS",
    "abroad": "OVERSEAS",
    "foreign": "OVERSEAS",
    "foreigners": "OVERSEAS",
    "foreigner": "OVERSEAS",
    "returnee": "OVERSEAS",
    "returnees": "OVERSEAS",
    "expatriate": "OVERSEAS",
    "expatriates": "OVERSEAS",
    "expats": "OVERSEAS",
    "diaspora": "OVERSEAS",
    "immigrant": "OVERSEAS",
    "immigrants": "OVERSEAS",
    "international": "OVERSEAS",
    "outsiders": "OVERSEAS",
    "worldwide": "WORLDWIDE",
    "globally": "WORLDWIDE",
    "global": "WORLDWIDE",
    "western": "THE_WEST",
}
_PLACED_ABROAD = frozenset(
    ("overseas", "abroad", "worldwide", "globally", "foreigners", "foreigner", "returnees", "expatriates", "outsiders")
)
_BOTH = re.compile(r"\b(?:home and (?:abroad|overseas)|(?:abroad|overseas) and at home)\b", re.IGNORECASE)
_HOMECOMING = re.compile(
    r"\b(?:repatriat\w+|(?:br(?:ing|ings|ought|inging)|lur(?:e|es|ed|ing)|coax\w*|call\w*|w(?:in|ins|on|inning)"
    r"|entic\w+|tempt\w*|woo\w*|c(?:ome|oming)|return\w*)(?: [\w-]+){0,4} (?:back )?home|left the country)\b",
    re.IGNORECASE,
)
_WHOLE_WORLD = ("world", "globe")
_LIES = re.compile(r",? (?:in|near|outside|north of|south of|east of|west of) (?:the )?|, ")
_TOWARDS = ("to", "into", "in", "at")
_ARRIVAL = words("arrival")


_ACCUSING = words("accusing")
_OFFICIALS = words("officials")
_LEAVING = ("leave", "leaves", "leaving", "left", "quit", "fleeing", "departing", "toured", "touring", "tour")
_RECRUITING = words("recruiting")
_PLACED = words("placed")
_WORKING = words("working")
_MISSIONS = words("missions")
_SENDING = words("sending")
_VENUES = words("venues")


_POSTS = words("posts")
_UNITS = words("units")


def origins(scene: Scene, zone: frozenset[int] = frozenset(), *, pointed: bool = False) -> tuple[Slot, ...]:
    """Return the places that the sentence gives as where the people are: "from X", "X engineers", "abroad".

    `zone` holds the token indices of the people's own phrases: there "in X" places them too ("who work in X").
    The place of one who only speaks does not count, unless a pronoun points at the people (`pointed`).
    """
    found: list[Slot] = []
    for mention in scene.mentions:
        if mention.entity.label == "Region":
            token = scene.token_of(mention)
            if token is not None and (_is_origin(token, scene, pointed) or (token.i in zone and _inside(token))):
                found.append(region_slot(mention, scene))
    found += _outside(scene)
    return distinct(found or _homecoming(scene))


def destinations(scene: Scene) -> tuple[Slot, ...]:
    """Return the places that the sentence gives as where people are to go: "come to X", "jobs in X"."""
    found = []
    for mention in scene.mentions:
        if mention.entity.label == "Region":
            token = scene.token_of(mention)
            if token is not None and (
                _is_destination(token) or _houses_work(token, scene) or _after_origin(mention, token, scene)
            ):
                found.append(region_slot(mention, scene))
    above = {term.id for slot in found for term in ancestors("Region", slot.entity.id) if term.id != slot.entity.id}
    return distinct(slot for slot in found if slot.entity.id not in above)  # "in Lisbon, Portugal" is Lisbon


def around_own_units(scene: Scene) -> frozenset[str]:
    """Return the ids of the places of units that people are to work at ("for its plant in X"), and of those that say
    where these lie ("X, near Y").
    """
    regions = [m for m in scene.mentions if m.entity.label == "Region"]
    found = {m.entity.id for m in regions if (token := scene.token_of(m)) is not None and _is_of_own_unit(token)}
    for place, beside in itertools.pairwise(regions):
        if place.entity.id in found and _LIES.fullmatch(scene.text(place.end, beside.start)):
            found.add(beside.entity.id)
    return frozenset(found)


def distinct(slots: Iterable[Slot]) -> tuple[Slot, ...]:
    """Return slots with each place once, the first of them."""
    seen: dict[str, Slot] = {}
    for slot in slots:
        seen.setdefault(slot.entity.id, slot)
    return tuple(seen.values())


def governing(token: Token) -> tuple[str, Token] | None:
    """Return the preposition that governs a noun, through coordination, and what the preposition hangs on."""
    token = tree.first_conjunct(token)
    for _ in range(3):
        case = next((c for c in token.children if c.dep_ == "case"), None)
        if case is not None:
            return case.lower_, token.head
        head = token.head
        if token.dep_ in ("pobj", "obj") and head.pos_ in ("ADP", "SCONJ", "PART"):
            outer = tree.first_conjunct(head)
            return head.lower_, outer.head
        if token.dep_ in ("compound", "nmod", "appos", "amod", "poss") and head.i != token.i:
            token = tree.first_conjunct(head)  # "from Silicon Valley firms"
            continue
        return None
    return None


def _is_origin(token: Token, scene: Scene, pointed: bool) -> bool:
    first = tree.first_conjunct(token)
    if first.dep_ in ("dobj", "obj") and first.head.lower_ in _LEAVING:
        return True
    governed = governing(token)
    if governed is not None:
        preposition, head = governed
        if preposition == "from":
            return not is_offer(head)
        if preposition in ("in", "across", "at") and head.lower_ in _RECRUITING | _VENUES:
            return True
        if preposition in ("in", "across", "at") and head.lower_ in _PLACED and scene.people_at(head.head) is not None:
            return True
        if preposition == "to" and (head.lower_ in _MISSIONS | _SENDING or _goes_on_mission(head)):
            return True
        if preposition in ("in", "at", "of") and scene.people_at(head) is not None:
            return pointed or not _speaks(head)
        if preposition == "of" and head.lower_ in ("parts", "part"):
            return _is_origin(head, scene, pointed)
    modified = tree.first_conjunct(token)
    for _ in range(3):
        if modified.dep_ not in ("amod", "compound", "nmod", "poss", "nmod:poss"):
            return False
        modified = modified.head
        people = scene.people_at(modified)
        if people is not None and people.weight >= 0.5:
            return pointed or not _speaks(modified)
        modified = tree.first_conjunct(modified)
    return False


def _goes_on_mission(verb: Token) -> bool:
    """Whether it is a delegation that goes, not the recruited: "a second **trip will go** to X"."""
    goer = tree.subject(verb) if verb.lower_ in ("go", "goes", "going", "went", "travel", "travels") else None
    return goer is not None and goer.lower_ in _MISSIONS


def _speaks(token: Token) -> bool:
    return token.dep_ == "nsubj" and token.head.lower_ in (
        "said",
        "says",
        "told",
        "tells",
        "added",
        "reported",
        "warned",
    )


def _inside(token: Token) -> bool:
    governed = governing(token)
    return governed is not None and governed[0] in ("in", "at", "across", "throughout")


def is_offer(token: Token) -> bool:
    return token.lower_ in words("offer_nouns")


def _is_destination(token: Token) -> bool:
    governed = governing(token)
    if governed is None:
        return False
    preposition, head = governed
    if preposition not in _TOWARDS or _goes_on_mission(head):
        return False
    if preposition in ("to", "into"):
        return head.lower_ in _ARRIVAL or head.lower_ in ("talent", "talents", "access", "journey", "route", "flight")
    if head.lower_ in ("work", "settle", "live", "practise", "teach", "start"):
        return head.tag_ == "VB"
    if _is_own_unit(head):
        return _is_of_own_unit(token)
    if head.lower_ in _UNITS and head.dep_ in ("dobj", "obj", "nsubjpass") and head.head.lower_ in words("opening"):
        return not _is_of_a_state(tree.subject(head.head))  # "**plans a factory in X**"
    return head.lower_ in _POSTS or (head.lower_ in _UNITS and tree.governor(head) in ("for", "to", "into"))


def _is_of_a_state(doer: Token | None) -> bool:
    """Whether a government does it: the office that it opens somewhere is where it looks for people."""
    return doer is not None and (noun_type(doer) in GOVERNMENTS or doer.ent_type_ == "GPE")


def _is_own_unit(noun: Token) -> bool:
    return noun.lower_ in _UNITS and any(child.lower_ in ("its", "their", "our") for child in noun.children)


def _is_of_own_unit(token: Token) -> bool:
    """Whether a place is that of the recruiter's unit: "engineers **at its campus in X**", "for a plant in X"."""
    governed = governing(token)
    if governed is None or governed[0] not in _TOWARDS or governed[1].lower_ not in _UNITS:
        return False
    above = governing(governed[1])
    if not _is_own_unit(governed[1]):
        return above is not None and above[0] == "for"
    return above is not None and (above[0] == "for" or (above[0] != "from" and tree.is_verb(above[1])))


def _after_origin(mention: Mention, token: Token, scene: Scene) -> bool:
    """Whether a place follows the one that people leave: "bring researchers from X **to Y**"."""
    if tree.governor(token) != "to":
        return False
    for before in scene.mentions:
        left = scene.token_of(before) if before.entity.label == "Region" and before.end < mention.start else None
        if left is not None and scene.text(before.end, mention.start) in (" to ", " to the "):
            governed = governing(left)
            return governed is not None and governed[0] == "from"
    return False


def _houses_work(token: Token, scene: Scene) -> bool:
    """Whether a place is that of a body at which people are to work: "is **to work at** X University **in Munich**"."""
    governed = governing(token)
    if governed is None or governed[0] not in ("in", "at"):
        return False
    house = scene.mention_at(governed[1], "Company", "Organisation")
    if house is None or tree.governor(governed[1]) not in ("at", "for"):
        return False
    verb = next((t for t in tree.above(governed[1]) if tree.is_verb(t)), None)
    return verb is not None and verb.tag_ == "VB" and verb.lower_ in ("work", "teach", "start")


def _outside(scene: Scene) -> Iterator[Slot]:
    for token in scene.tokens():
        word = token.lower_
        place: str | None = None
        if word in _FROM_ABROAD:
            describes = token.dep_ in ("amod", "compound", "nmod", "advmod") and token.head.i != token.i
            if (word in _PLACED_ABROAD and _placing(token, scene)) or (
                describes and scene.people_at(token.head) is not None
            ):
                place = _FROM_ABROAD[word]
        elif (word == "elsewhere" and token.i and token.nbor(-1).lower_ == "from") or (
            word == "countries" and _from_countries(token, scene)
        ):
            place = "OVERSEAS"
        elif word in _WHOLE_WORLD and token.dep_ in ("poss", "nmod:poss") and scene.people_at(token.head) is not None:
            place = "WORLDWIDE"  # "the world's best researchers"
        elif word in _WHOLE_WORLD:
            governed = governing(token)
            if governed is not None and governed[0] in ("over", "around", "across", "of") and "from" in _before(token):
                place = "WORLDWIDE"
        if place is not None and place in by_id("Region"):
            start = scene.position(token)
            yield Slot(region(place), token.text, start, start + len(token))


def _homecoming(scene: Scene) -> list[Slot]:
    """Return the world outside where people are called home and no place says from where."""
    called = _HOMECOMING.search(scene.sentence.text)
    if called is None:
        return []
    start = scene.sentence.start + called.start()
    return [Slot(region("OVERSEAS"), called.group(), start, start + len(called.group()), certainty=0.7)]


def at_home(scene: Scene, comes_from: tuple[Slot, ...], goes_to: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """Return the recruiter's own country where people "at home and abroad" are meant, and no place is named."""
    both = _BOTH.search(scene.sentence.text)
    if both is None or not goes_to or any(slot.entity.id != "OVERSEAS" for slot in comes_from):
        return ()
    country = next((t for t in ancestors("Region", goes_to[0].entity.id) if t.level == "country"), None)
    if country is None:
        return ()
    start = scene.sentence.start + both.start()
    return (Slot(region(country.id), both.group(), start, start + len(both.group()), certainty=0.7),)


def _from_countries(token: Token, scene: Scene) -> bool:
    """Whether people are said to come from countries that are not named: "from 36 countries"."""
    governed = governing(token)
    named = any(scene.mention_at(t, "Region") is not None for t in token.subtree)
    return governed is not None and governed[0] == "from" and not named


def _placing(token: Token, scene: Scene) -> bool:
    """Whether "abroad", "overseas" places people: "from abroad", "work overseas", not "shift their focus overseas"."""
    if token.lower_ not in ("overseas", "abroad"):
        return True
    before = token.nbor(-1) if token.i else token
    if before.lower_ in ("from", "and", "or", "live", "now") or scene.people_at(before) is not None:
        return True
    return token.head.lower_ in _RECRUITING | _PLACED | _WORKING or scene.people_at(token.head) is not None


def _before(token: Token) -> tuple[str, ...]:
    return tuple(t.lower_ for t in token.doc[max(0, token.i - 5) : token.i])


def region(id: str) -> Entity:
    """Return a region of the reference data as an entity."""
    return Entity("Region", id, by_id("Region")[id].name)


def accuser(scene: Scene) -> tuple[Slot, ...]:
    """Return the place whose officials accuse someone of taking people: it is from there that they were taken."""
    for mention in scene.mentions:
        token = scene.token_of(mention) if mention.entity.label == "Region" else None
        if token is None:
            continue
        speaks = token.dep_ == "nsubj" and token.head.lower_ in _ACCUSING
        officials = [token.head] if token.dep_ in ("amod", "compound", "poss", "nmod") else []
        governed = governing(token)
        if governed is not None and governed[0] in ("in", "of"):
            officials.append(governed[1])
        if speaks or any(noun.lower_ in _OFFICIALS for noun in officials):
            slot = region_slot(mention, scene)
            return (replace(slot, entity=country_of(slot.entity)),)
    return ()


def as_inferred(slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """Return slots marked as carried over from another sentence."""
    return tuple(replace(slot, inferred=True, certainty=min(slot.certainty, 0.6)) for slot in slots)
