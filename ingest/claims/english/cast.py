"""The parties of a text, sentence by sentence: everyone who might recruit, and the part each plays there."""

import functools
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Token

from graph.frame import Mention, Slot
from graph.reference import ancestors
from ingest.claims.english import tree
from ingest.claims.english.frames import Frame
from ingest.claims.english.kinds import region_type
from ingest.claims.english.parties import Party, noun_type, party_of
from ingest.claims.english.scene import Scene
from ingest.claims.english.wordlists import words

Key = tuple[str, str]
"""A party: label and id of its entity."""

_EARLY = 30  # characters of a title in which its subject stands
_SUBJECTS = ("nsubj", "nsubjpass", "nsubj:pass")
_OWNERS = ("poss", "nmod:poss")
_PREPOSITIONS = ("from", "at", "in", "for", "with", "by", "of", "to")
_DEEDS = ("denying", "complaining")  # lists of verbs that tell who is reproached, and who reproaches
_SURE = 0.75  # strength of a trigger that speaks for itself


@dataclass(slots=True)
class Part:
    """A party in one sentence; `roles` say how its nouns stand there: `subject`, `speaker`, `poss`, `after_from` …"""

    party: Party
    roles: set[str] = field(default_factory=set)


@dataclass
class Cast:
    """Everyone in a text who might recruit; `parts` has one entry per sentence, `count` how often each is named.

    `played` counts the sentences in which a party plays a role, `sure` those in which it plainly recruits.
    """

    parts: list[dict[Key, Part]]
    subjects: list[Key | None]
    count: Counter[Key]
    lead: Party | None
    title: str
    regions: Counter[str] = field(default_factory=Counter)
    slots: dict[str, Slot] = field(default_factory=dict)
    played: Counter[tuple[Key, str]] = field(default_factory=Counter)
    sure: Counter[Key] = field(default_factory=Counter)

    @functools.cached_property
    def most(self) -> int:
        """Return how often the party most spoken of is named."""
        return max(self.count.values(), default=1)

    def home_region(self, *, local: bool) -> Party | None:
        """Return the government of the region that the text is mostly about: a local one, or any."""
        for id, _ in sorted(self.regions.items(), key=lambda item: (-item[1], self.slots[item[0]].start)):
            chain = ancestors("Region", id)
            level = chain[0].level if chain else None
            if level in ("province", "city") or (level == "country" and not local):
                slot = replace(self.slots[id], inferred=True, certainty=0.6)
                return Party(slot, region_type(slot.entity), (slot,))
        return None


def find_cast(
    scenes: Sequence[Scene], frames: Sequence[Sequence[Frame]], mentions: Iterable[Mention], text: str, title: str
) -> Cast:
    """Return the cast of a text from its sentences and their frames.

    The lead is the first party that surely recruits. A region of the title counts for more, the first of them most.
    """
    parts = [_parts(scene) for scene in scenes]
    sure = [f.party for framed in frames for f in framed if f.trigger.strength >= _SURE and f.people and f.party]
    cast = Cast(
        parts,
        [subject(scene, here) for scene, here in zip(scenes, parts, strict=True)],
        Counter(key for here in parts for key in here),
        next(iter(sure), None),
        title,
        played=Counter((key, role) for here in parts for key, part in here.items() for role in part.roles),
        sure=Counter(party.key for party in sure),
    )
    for mention in mentions:
        if mention.entity.label == "Region":
            id, surface = mention.entity.id, text[mention.start : mention.end]
            cast.regions[id] += 1
            if id not in cast.slots and surface in title:
                cast.regions[id] += 3 if title.index(surface) < _EARLY else 1
            cast.slots.setdefault(id, Slot(mention.entity, surface, mention.start, mention.end))
    return cast


def subject(scene: Scene, parts: dict[Key, Part]) -> Key | None:
    """Return the party that is the subject of a sentence, or for which its subject acts ("the president of X")."""
    root = next((t for t in scene.tokens() if t.head.i == t.i), None)
    noun = tree.subject(root) if root is not None and tree.is_verb(root) else None
    party = party_of(noun, scene) if noun is not None else None
    if party is not None:
        return party.key
    return next((key for key, part in parts.items() if "subject" in part.roles), None)


def _parts(scene: Scene) -> dict[Key, Part]:
    found: dict[Key, Part] = {}
    for token in scene.tokens():
        if not _may_act(token, scene):
            continue
        party = party_of(token, scene)
        if party is not None:
            found.setdefault(party.key, Part(party)).roles.update(_roles(token) | _part_in(token, scene))
    return found


def _may_act(token: Token, scene: Scene) -> bool:
    """Whether a token heads a name, or is a common noun for those who recruit."""
    if token.pos_ not in ("NOUN", "PROPN", "ADJ"):
        return False
    mention = scene.mention_at(token, "Company", "Organisation", "Region", "Programme")
    if mention is None:
        return token.pos_ != "ADJ" and (noun_type(token) is not None or token.lower_ in words("schemes"))
    if any(phrase.start <= mention.start < phrase.end for phrase in scene.channels):
        return False  # "a LinkedIn message": the way, not the party
    head = scene.token_of(mention)
    return head is not None and head.i == token.i


def _roles(token: Token) -> set[str]:
    first = tree.first_conjunct(token)
    role, head = first.dep_, first.head
    if role in _SUBJECTS:
        found = {"subject"}
        if _speaks(first):
            found.add("speaker")
        if head.dep_ in ("ROOT", "root"):
            found.add("root_subject")
        return found
    if role in _OWNERS:
        return {"poss", "speaker"} if _speaks(head) else {"poss"}
    governed = tree.governor(first)
    if governed is not None:
        found = {f"after_{governed}" if governed in _PREPOSITIONS else "after_other"}
        return found | {"within"} if _within(first) else found
    if role in ("amod", "compound", "nmod"):
        return {"modifier"}
    return {"object"} if role in ("dobj", "obj") else {"elsewhere"}


def _within(noun: Token) -> bool:
    """Whether a noun only tells more of another: "a project **in X**", "staff **of X**"."""
    return noun.dep_ == "pobj" and noun.head.head.pos_ in ("NOUN", "PROPN")


def _part_in(token: Token, scene: Scene) -> set[str]:
    """Return what a party does or suffers, as far as one word tells: it denies, accuses, is left, owns people."""
    first = tree.first_conjunct(token)
    role, head = first.dep_, first.head
    found = set()
    if role in _SUBJECTS:
        found |= {name for name in _DEEDS if head.lower_ in words(name)}
    if role in ("dobj", "obj") and head.lower_ in words("leaving"):
        found.add("left")
    if role in (*_OWNERS, "compound", "nmod", "amod"):
        if head.lower_ in words("schemes"):
            found.add("scheme")
        if scene.people_at(head) is not None:
            found.add("of_people")
    return found


def _speaks(noun: Token) -> bool:
    """Whether a noun is the subject of a verb of speech or accusation."""
    return noun.dep_ in _SUBJECTS and noun.head.lower_ in words("speech") | words("accusing")
