"""Where a text places named firms and bodies ("China's X", "X, a school in Y"), wherever it does.

What stands beside the name itself goes first. A name that nothing places so, nor any list, is placed by what other
sentences say: whose it is, or to which place people move for it.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from graph.frame import Entity, Mention, Slot
from ingest.claims.english import tree
from ingest.claims.english.kinds import EMPLOYERS, seat
from ingest.claims.english.parties import home, kind_of, region_slot
from ingest.claims.english.scene import Scene

HOUSES = ("Company", "Organisation")
Homes = dict[str, tuple[Slot, ...]]
"""The places of firms and bodies, by id."""

_STATE = r"(?:the )?(?:(?:state|province|city|county|emirate|canton) of )?"
_IN_APPOSITION = re.compile(
    r"(?: \([^)]*\))?(?:, (?:an?|the|one of)\b[^,;.()]{0,70})?,? (?:based |headquartered )?(?:in|from|at) (?:the )?"
)
_WHERE_IT_WORKS = re.compile(  # "X, which is building a plant outside …", "X, whose works lie in …"
    r",? (?:which|that|whose)\b[^,;.()]{0,50}\b(?:(?:plants?|factory|works|campus|laborator\w+|labs?|headquarters"
    r"|offices?|line|yards?|builds?|makes?|develops?|designs?|produces?"
    r"|tests?|runs?|operates?|assembles?|employs?|based|sits?|lies?|stands?)\b[^,;.()]{0,30}"
    r"\b(?:in|at|near|outside|of)|founded in|(?:belongs?|belonged) to|(?:owned|run|financed) by) " + _STATE
)
_BASED = re.compile(r"[- ](?:based|headquartered) (?:[\w-]+ ){0,4}")
_IN_FRONT = re.compile(r"(?:^|[,;:] |\b(?:and|but|while) )(?:[Ii]n|[Ff]rom|[Nn]ear) (?:the )?$")
_NOUN_IN = re.compile(r"\b([\w-]+)(?: (?:of|for) [\w-]+(?: [\w-]+)?)? (?:in|from|near) (?:the )?$")
_ITS = re.compile(r"\b[Ii]ts (?:[\w-]+ ){0,4}$")
_ONE_OF_ITS = re.compile(r",? (?:(?:one|some|two|three) of )?its\b")
_MOVED_FOR = re.compile(
    r",? (?:for|to join|to lead|to head|to work (?:for|at)) (?:(?:an?|the) (?:[\w-]+ ){1,4}(?:named |called )?)?"
)


def find_homes(scenes: Sequence[Scene]) -> Homes:
    """Return the places of named firms and bodies, as far as the text tells."""
    homes: Homes = {}

    def settle(entity: Entity, places: tuple[Slot, ...]) -> None:
        if places:
            homes[entity.id] = tuple(replace(p, implied=True, inferred=True) for p in places)

    for scene in scenes:
        for mention in scene.mentions:
            if mention.entity.label in HOUSES and mention.entity.id not in homes:
                token = scene.token_of(mention)
                settle(mention.entity, (home(token, scene) if token is not None else ()) or _beside(mention, scene))
    for number, scene in enumerate(scenes):
        for mention in scene.mentions:
            if mention.entity.label in HOUSES and mention.entity.id not in homes and seat(mention.entity) is None:
                before = scenes[number - 1] if number else None
                found = _owned(mention, scene, before) or _moved_for(mention, scene)
                settle(mention.entity, found or _heading(before, scene))
    return homes


def _slot(place: Mention, scene: Scene) -> tuple[Slot, ...]:
    return (region_slot(place, scene),)


def _beside(mention: Mention, scene: Scene) -> tuple[Slot, ...]:
    """Return the place that the words right beside a name give it: "X, a school in Abu Dhabi", "Hefei-based X",
    "In Wuhan, X", "X, which is building a plant outside Wuhan".
    """
    for place in scene.mentions:
        if place.entity.label != "Region":
            continue
        if place.start >= mention.end:
            between = scene.text(mention.end, place.start)
            told = _IN_APPOSITION.fullmatch(between) or _WHERE_IT_WORKS.fullmatch(between)
        else:
            told = _BASED.fullmatch(scene.text(place.end, mention.start))
            if told is None and scene.text(place.end, mention.start) == ", " and seat(mention.entity) is None:
                front = scene.text(scene.sentence.start, place.start)
                told = _IN_FRONT.search(front) or _of_an_employer(front)
        if told is not None:
            return _slot(place, scene)
    return ()


def _of_an_employer(front: str) -> re.Match[str] | None:
    """Match "a producer in ", but not "the authority in "."""
    found = _NOUN_IN.search(front)
    return found if found is not None and kind_of(found.group(1).lower()) in EMPLOYERS else None


def _owned(mention: Mention, scene: Scene, before: Scene | None) -> tuple[Slot, ...]:
    """Return the place whose the house is said to be: "Sweden is late. **Its** state firm X …", "X, one of its …"."""
    said = _ITS.search(scene.text(scene.sentence.start, mention.start)) or _ONE_OF_ITS.match(
        scene.text(mention.end, scene.sentence.end)
    )
    if said is None:
        return ()
    for told in (scene, before) if before is not None else (scene,):
        for place in told.mentions:
            token = told.token_of(place) if place.entity.label == "Region" and place.end <= mention.start else None
            if token is not None and tree.first_conjunct(token).dep_.startswith("nsubj"):
                return _slot(place, told)
    return _heading(before, scene)


def _heading(before: Scene | None, scene: Scene) -> tuple[Slot, ...]:
    """Return the place that the sentence before, in the same paragraph, consists of: "Qatar. The X Institute …"."""
    if before is None or before.sentence.paragraph != scene.sentence.paragraph:
        return ()
    words = before.sentence.text.rstrip(".: ")
    places = (m for m in before.mentions if m.entity.label == "Region" and before.text(m.start, m.end) == words)
    return next((_slot(place, before) for place in places), ())


def _moved_for(mention: Mention, scene: Scene) -> tuple[Slot, ...]:
    """Return the place to which people move for the house: "who moved **to Y for** a start-up named X"."""
    for place in scene.mentions:
        if place.entity.label == "Region" and place.end <= mention.start:
            token = scene.token_of(place)
            if (
                token is not None
                and tree.governor(token) == "to"
                and _MOVED_FOR.fullmatch(scene.text(place.end, mention.start))
            ):
                return _slot(place, scene)
    return ()
