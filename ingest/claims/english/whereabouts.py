"""What speaks for and against each place as the one that people come from: the features that `origins` weighs.

A candidate is every place that the rules find, that the sentence names, where an employer or the recruiter sits, that
earlier claims gave, or that the text names most often.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from graph.frame import Slot
from graph.reference import ancestors, by_id
from ingest.claims.english import tree
from ingest.claims.english.contenders import Features
from ingest.claims.english.frames import Frame
from ingest.claims.english.memory import Memory
from ingest.claims.english.parties import Party
from ingest.claims.english.places import accuser, as_inferred, destinations
from ingest.claims.english.wordlists import words

_PREPOSITIONS = ("from", "in", "of", "at", "to", "for", "across", "into", "by", "with")
_BEFORE = ("poss", "amod", "compound", "nmod")
_AS = ("nsubj", "dobj", *_BEFORE)
_SPECIAL = ("OVERSEAS", "WORLDWIDE", "THE_WEST")
_NEAR = 8  # tokens from the trigger within which a place is near


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place: the slot that it would fill, and what speaks for it."""

    slot: Slot
    features: Features = field(default_factory=dict)

    def note(self, name: str, value: float = 1.0) -> None:
        """Note a feature."""
        self.features[name] = value


def candidates(
    frame: Frame,
    party: Party | None,
    memory: Memory,
    by_rules: tuple[Slot, ...],
    goes_to: tuple[Slot, ...],
    drawn_from: tuple[Slot, ...],
) -> list[Candidate]:
    """Return the places that people of a frame may come from, in a fixed order, each with its features."""
    found: dict[str, Candidate] = {}

    def see(name: str, slots: Iterable[Slot]) -> None:
        for slot in slots:
            found.setdefault(slot.entity.id, Candidate(slot)).note(name)

    see("rule", by_rules)
    stated = destinations(frame.scene)
    seats = party.places if party is not None else ()
    _named(frame, found)
    see("towards", stated)
    see("destination", goes_to)
    see("seat", (s for s in seats if not s.inferred and not s.implied))
    see("seat_implied", (s for s in seats if s.implied))
    see("seat_inferred", (s for s in seats if s.inferred and not s.implied))
    for employer in drawn_from:
        see("workplace", as_inferred(memory.workplace(employer.entity)))
    known = memory.approaches.get(party.key) if party is not None else None
    for name, approach in (("known", known), ("last", memory.last)):
        if approach is not None:
            see(f"{name}_origin", as_inferred(approach.origins))
            see(f"{name}_destination", as_inferred(approach.destinations))
    if known is not None and known.paragraph == frame.scene.sentence.paragraph:
        see("near_origin", as_inferred(known.origins))
        see("near_destination", as_inferred(known.destinations))
    see("accuser", as_inferred(accuser(frame.scene)))
    see("taken_from", as_inferred(memory.taken_from))
    see("earlier", as_inferred(tuple(memory.atlas.earlier.values())))
    see("spoken_of", memory.atlas.spoken_of)
    for candidate in found.values():
        _told(candidate, memory)
        _beside_others(candidate, found, {s.entity.id for s in seats}, party)
        _asked(candidate, frame, known=known is not None)
        if by_rules and "rule" not in candidate.features:
            candidate.note("other_rule")
        if stated and "towards" not in candidate.features:
            candidate.note("other_towards")
    return list(found.values())


def _named(frame: Frame, found: dict[str, Candidate]) -> None:
    """Note how each place stands in the sentence itself."""
    scene, head = frame.scene, frame.trigger.token
    zone = {i for p in frame.people for i in range(p.token.left_edge.i, p.token.right_edge.i + 1)}
    for mention in scene.mentions:
        token = scene.token_of(mention)
        if token is None or mention.entity.label != "Region" or mention.entity.id not in by_id("Region"):
            continue
        slot = Slot(mention.entity, scene.text(mention.start, mention.end), mention.start, mention.end)
        one = found.setdefault(mention.entity.id, Candidate(slot))
        one.note("here")
        one.note(f"here_{frame.trigger.sense}")
        first = tree.first_conjunct(token)
        preposition = tree.governor(first)
        if preposition is None:
            one.note(f"as_{first.dep_ if first.dep_ in _AS else 'other'}")
            if first.dep_ in _BEFORE and scene.people_at(first.head) is not None:
                one.note("before_people")
        else:
            one.note(f"after_{preposition if preposition in _PREPOSITIONS else 'other'}")
            governed = first.head.head
            if scene.people_at(governed) is not None:
                one.note("of_people")
            elif tree.is_verb(governed):
                one.note("of_verb")
        if token.i in zone:
            one.note("in_people")
        if head is not None:
            one.note("after_trigger" if token.i > head.i else "before_trigger")
            if abs(token.i - head.i) <= _NEAR:
                one.note("near")
            if any(above.i == head.i for above in tree.above(token)):
                one.note("below_trigger")


def _told(candidate: Candidate, memory: Memory) -> None:
    """Note what kind of place it is, and what the text as a whole says of it."""
    id, atlas = candidate.slot.entity.id, memory.atlas
    chain = ancestors("Region", id)
    candidate.note(f"level_{id if id in _SPECIAL else chain[0].level if chain else 'other'}")
    most = max(atlas.named.values(), default=1)
    candidate.note("share", atlas.named[id] / most)
    if atlas.named[id] == most:
        candidate.note("most")
    if id in atlas.titled:
        candidate.note("titled")
    if atlas.claims:
        candidate.note("share_origin", atlas.origins[id] / atlas.claims)
        candidate.note("share_destination", atlas.destinations[id] / atlas.claims)


def _beside_others(candidate: Candidate, found: dict[str, Candidate], seats: set[str], party: Party | None) -> None:
    """Note how the place lies to the recruiter's seat and to the others of the sentence."""
    id = candidate.slot.entity.id
    above = _above(id)
    if id in seats and party is not None:
        candidate.note(f"seat_of_{party.type}")
    elif seats:
        candidate.note("other_seat")
        if any(id in _above(seat) for seat in seats):
            candidate.note("above_seat")
    if above & seats:
        candidate.note("within_seat")
    here = {other for other, one in found.items() if "here" in one.features}
    if above & here or any(id in _above(other) for other in here):
        candidate.note("related_here")


def _above(id: str) -> set[str]:
    return {term.id for term in ancestors("Region", id)} - {id}


def _asked(candidate: Candidate, frame: Frame, *, known: bool) -> None:
    """Note what the frame leaves open: people or a recruiter that only a pronoun, or nothing, stands for."""
    features = candidate.features
    if frame.pointed:
        candidate.note("pointed")
    for name in ("last_origin", "known_origin", "known_destination"):
        if name in features and frame.pointed:
            candidate.note(f"pointed_{name}")
        if name in features and known and frame.party is None:
            candidate.note(f"nobody_{name}")
    if "here" not in features and any(t.lower_ in words("scheme_words") for t in frame.scene.tokens()):
        candidate.note("scheme_elsewhere")
