"""Who recruits, where the sentence does not name it: "they", "the company", "the ministry", a headless follow-up."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from spacy.tokens import Token

from graph.frame import Entity, Mention, Slot
from graph.reference import ancestors
from ingest.claims import agents, tree
from ingest.claims.frames import Frame
from ingest.claims.kinds import party_type, region_type, seat
from ingest.claims.memory import Memory
from ingest.claims.parties import Party, party_of
from ingest.claims.scene import Scene
from ingest.claims.wordlists import words

_GOVERNMENTS = ("national_government", "local_government", "supranational")
_SAME = {  # which types a definite noun of one type may take up
    "company": ("company",),
    "intermediary": ("intermediary", "company"),
    "university": ("university", "research_org"),
    "research_org": ("research_org", "university", "supranational"),
    "national_government": _GOVERNMENTS,
    "local_government": ("local_government",),
    "supranational": ("supranational",),
    "armed_forces": ("armed_forces",),
}
_EARLY = 30  # characters of a title in which its subject stands
_DEFINITE = ("the", "this", "that", "these", "those", "its", "their", "his", "her", "our", "both")


@dataclass(slots=True)
class Cast:
    """The parties that a document has named so far, the latest last, and the region it is mostly about."""

    seen: list[Party] = field(default_factory=list)
    regions: Counter[str] = field(default_factory=Counter)
    slots: dict[str, Slot] = field(default_factory=dict)
    lead: Party | None = None
    subject: Party | None = None
    paragraph: int = -1

    def read_all(self, frames: Iterable[Sequence[Frame]], mentions: Iterable[Mention], text: str, title: str) -> None:
        """Count the regions of the whole text, and note the first party that surely recruits in it.

        A region of the title counts for more, the first of them most.
        """
        sure = (f for framed in frames for f in framed if f.trigger.strength >= 0.75 and f.people)
        self.lead = next((f.party for f in sure if f.party is not None), None)
        for mention in mentions:
            if mention.entity.label == "Region":
                self.regions[mention.entity.id] += 1
                surface = text[mention.start : mention.end]
                if mention.entity.id not in self.slots and surface in title:
                    self.regions[mention.entity.id] += 3 if title.index(surface) < _EARLY else 1
                self.slots.setdefault(mention.entity.id, Slot(mention.entity, surface, mention.start, mention.end))

    def hear(self, scene: Scene) -> None:
        """Note the parties that a sentence names."""
        for mention in scene.mentions:
            entity = mention.entity
            slot = Slot(entity, scene.text(mention.start, mention.end), mention.start, mention.end)
            if entity.label in ("Company", "Organisation") and (kind := party_type(entity)) is not None:
                self.seen.append(Party(slot, kind))

    def leave(self, scene: Scene) -> None:
        """Note the party that is the subject of a sentence, for "it" and "they" in the next one."""
        self.subject = subject_party(scene)
        self.paragraph = scene.sentence.paragraph

    def home_region(self, local: bool) -> Party | None:
        """Return the government of the region that the text is mostly about: a local one, or any."""
        for id, _ in sorted(self.regions.items(), key=lambda item: (-item[1], self.slots[item[0]].start)):
            chain = ancestors("Region", id)
            level = chain[0].level if chain else None
            if level in ("province", "city") or (level == "country" and not local):
                slot = replace(self.slots[id], inferred=True, certainty=0.6)
                return Party(slot, region_type(slot.entity), (slot,))
        return None


def subject_party(scene: Scene) -> Party | None:
    """Return the party that is the subject of a sentence, or for which its subject acts ("the president of X")."""
    root = next((t for t in scene.tokens() if t.head.i == t.i), None)
    noun = tree.subject(root) if root is not None and tree.is_verb(root) else None
    party = party_of(noun, scene) if noun is not None else None
    if party is not None:
        return party
    first = next((t for t in scene.tokens() if t.dep_ == "nsubj" and t.pos_ in ("NOUN", "PROPN")), None)
    return party_of(first, scene) if first is not None else None


def resolve(frame: Frame, memory: Memory, cast: Cast) -> Party | None:
    """Return the recruiter of a frame: its own, completed with what is known, or the one that the text has left."""
    party = _resolved(frame, memory, cast)
    if party is None or party.places or party.type not in _GOVERNMENTS:
        return party
    home = cast.home_region(local=party.type == "local_government")  # "the Ministry of Education": of which country
    return Party(party.slot, party.type, home.places) if home is not None else party


def _resolved(frame: Frame, memory: Memory, cast: Cast) -> Party | None:
    party = frame.party
    if party is not None and party.type == "intermediary":
        principal = _principal(frame, memory)
        if principal is not None:
            return memory.completed(principal)
    if party is not None:
        if not party.slot.entity.described:
            return memory.completed(party)
        token = _token(frame.scene, party)
        if memory.last is not None and frame.trigger.strength < 0.6 and token is not None and _passing(token, party):
            return memory.completed(memory.last.party)
        if memory.last is not None and token is not None and words("fronts") & {c.lower_ for c in token.children}:
            return memory.completed(memory.last.party)  # a front acts for the recruiter that the text is about
        if token is not None and _names_again(token, party):
            again = _just_named(party, memory, cast)
            if again is not None:
                return Party(again.slot, again.type, party.places)
        if token is not None and _points_back(token, party):
            found = _taken_up(token, party, memory, cast, frame)
            if found is not None:
                return memory.completed(found)
        return memory.completed(party)
    plural = memory.last is not None and frame.plural  # "they" are the recruiters so far, whoever was named since
    if frame.pronoun and not plural:
        own = subject_party(frame.scene)
        if own is not None and own.slot.end <= frame.trigger.start:
            return memory.completed(own)
    if frame.pronoun and not plural and cast.subject is not None and cast.paragraph == frame.scene.sentence.paragraph:
        return memory.completed(cast.subject)
    for mention in frame.scene.mentions:
        if mention.entity.label == "Programme":
            owner = memory.owners.get(mention.entity.id) or _owner(mention.entity)
            if owner is not None:
                return memory.completed(owner)
    speaker = _speaking_government(frame)
    if speaker is not None:
        return memory.completed(speaker)
    if memory.last is not None:
        return memory.completed(memory.last.party)
    if cast.lead is not None:
        return memory.completed(cast.lead)
    return cast.home_region(local=False) if frame.scene.incentives or frame.trigger.sense in ("open", "admit") else None


def _principal(frame: Frame, memory: Memory) -> Party | None:
    """Return for whom a broker acts: "looked for experts **for a firm**", "**a firm** let an agency advertise"."""
    named = agents.principal(frame.scene)
    if named is not None:
        return named
    token = frame.trigger.token
    nouns = [token, *(p.token for p in frame.people)] if token is not None else []
    for preposition, noun in (pair for t in nouns for pair in tree.obliques(t)):
        if preposition in ("for", "from", "of", "by"):
            party = party_of(noun, frame.scene)
            if party is not None and party.type != "intermediary" and party.slot.entity.label != "Region":
                return party
    subject = subject_party(frame.scene)
    if subject is not None and subject.type == "company":
        return subject
    return memory.last.party if memory.last is not None and memory.last.party.type != "intermediary" else None


def _speaking_government(frame: Frame) -> Party | None:
    """Return the government that reports its own hiring: "138 nurses were hired, the ministry says"."""
    token = frame.trigger.token
    passive = token is not None and tree.is_verb(token) and tree.is_passive(token)
    if not passive and frame.trigger.sense != "open":
        return None
    for verb in frame.scene.tokens():
        if (
            verb.lower_ in ("says", "said", "reports", "reported", "announced")
            and (noun := tree.subject(verb)) is not None
        ):
            party = party_of(noun, frame.scene)
            if party is not None and party.type in _GOVERNMENTS and not _points_back(noun, party):
                return party
    return None


def _token(scene: Scene, party: Party) -> Token | None:
    """Return the head of a party's words: the one that hangs on a word outside them."""
    inside = [t for t in scene.tokens() if party.slot.start <= scene.position(t) < party.slot.end]
    return next((t for t in inside if t.head.i == t.i or t.head.i not in {o.i for o in inside}), None)


def _points_back(token: Token, party: Party) -> bool:
    """Whether a described party takes up an earlier one: "the company", "the city's bureau", a bare "state"."""
    if party.places:
        return False
    before = [c for c in token.children if c.i < token.i]
    if any(c.dep_ in ("poss", "nmod:poss") for c in before):
        return party.type in _GOVERNMENTS or token.lower_ in ("rival", "competitor")
    definite = any(c.lower_ in _DEFINITE for c in before)
    return definite or (party.type in _GOVERNMENTS and not any(c.dep_ == "det" for c in before))


def _names_again(token: Token, party: Party) -> bool:
    """Whether a noun with its seat before it takes up a firm just named: "the Shenzhen company"."""
    return (
        party.type == "company"
        and token.tag_ == "NN"
        and bool(party.places)
        and all(place.implied for place in party.places)
        and any(c.dep_ == "det" and c.lower_ in ("the", "this", "that") for c in token.children)
    )


def _just_named(party: Party, memory: Memory, cast: Cast) -> Party | None:
    """Return the company last named, unless the text or the lists place it elsewhere."""
    found = next((p for p in reversed(cast.seen) if p.type == "company" and not p.slot.entity.described), None)
    if found is None:
        return None
    told = {place.entity.id for place in memory.home_of(found.slot.entity)}
    here = {term.id for place in party.places for term in ancestors("Region", place.entity.id)}
    above = {term.id for id in told for term in ancestors("Region", id)}
    return found if not told or told & here or above & {p.entity.id for p in party.places} else None


def _passing(token: Token, party: Party) -> bool:
    """Whether a weak trigger only touches the party: "its universities", "their employers", a bare "school"."""
    return (
        party.type not in _GOVERNMENTS
        and not party.places
        and not any(
            c.dep_ in ("amod", "nummod") or (c.dep_ == "det" and c.lower_ in ("a", "an", "many", "several", "some"))
            for c in token.children
        )
    )


def _taken_up(token: Token, party: Party, memory: Memory, cast: Cast, frame: Frame) -> Party | None:
    speaker = subject_party(frame.scene)
    if speaker is not None and speaker.type == party.type and speaker.slot.end <= party.slot.start:
        return speaker  # "a spokesman for **X** said that the company"
    named = next((p for p in reversed(cast.seen) if token.lower_ in p.slot.entity.name.lower().split()), None)
    if named is not None:
        return named
    if token.lower_ in ("rival", "competitor"):
        return _other(frame, cast)
    types = _SAME.get(party.type, (party.type,))
    approach = next((a for a in reversed(memory.approaches.values()) if a.party.type in types), None)
    if approach is not None:
        return approach.party
    if party.type in _GOVERNMENTS:
        return cast.home_region(local=party.type == "local_government")
    return next((p for p in reversed(cast.seen) if p.type in types), None)


def _other(frame: Frame, cast: Cast) -> Party | None:
    """Return the company most spoken of that the sentence does not name: "its rival"."""
    here = {m.entity.id for m in frame.scene.mentions}
    counts = Counter(p.key for p in cast.seen if p.type == "company" and p.slot.entity.id not in here)
    if not counts:
        return None
    key = max(counts, key=lambda k: (counts[k], k))
    return next(p for p in cast.seen if p.key == key)


def _owner(programme: Entity) -> Party | None:
    """Return the state, province or city that the lists give as a programme's owner."""
    region = seat(programme)
    if region is None:
        return None
    slot = Slot(region, inferred=True, certainty=0.8)
    return Party(slot, region_type(region), (slot,))
