"""Where the people of a frame come from: what the rules find, corrected by all that speaks for and against each place.

The weights were fitted to annotated documents (`tests/eval/fit_origins.py`); that the rules find it speaks for a place.
"""

from graph.frame import Slot
from ingest.claims.english import places
from ingest.claims.english.contenders import Features
from ingest.claims.english.frames import Frame
from ingest.claims.english.memory import Memory
from ingest.claims.english.parties import Party
from ingest.claims.english.places import accuser, as_inferred, at_home, distinct
from ingest.claims.english.weights import ORIGIN
from ingest.claims.english.whereabouts import Candidate, candidates


def find_origins(
    frame: Frame, party: Party | None, memory: Memory, goes_to: tuple[Slot, ...], drawn_from: tuple[Slot, ...]
) -> tuple[Slot, ...]:
    """Return every place for which more speaks than against it, and the country of "at home and abroad"."""
    weighed_up = weighed(frame, party, memory, goes_to, drawn_from)
    there = places.around_own_units(frame.scene)
    seats = {place.start for place in frame.party.places if not place.inferred} if frame.party is not None else set()
    found = tuple(
        one.slot
        for one in weighed_up
        if score(one.features) > 0 and one.slot.entity.id not in there and one.slot.start not in seats
    )
    return (*found, *at_home(frame.scene, found, goes_to))


def weighed(
    frame: Frame, party: Party | None, memory: Memory, goes_to: tuple[Slot, ...], drawn_from: tuple[Slot, ...]
) -> list[Candidate]:
    """Return the candidates of a frame, what the rules find noted among their features."""
    rules = by_rules(frame, party, memory, goes_to, drawn_from)
    return candidates(frame, party, memory, rules, goes_to, drawn_from)


def score(features: Features) -> float:
    """Return the weighted sum of a candidate; above 0 it is an origin."""
    return ORIGIN["bias"] + sum(ORIGIN.get(name, 0.0) * value for name, value in features.items())


def carries(slot: Slot) -> bool:
    """Whether an origin holds for the next sentence: a place does, "abroad" must be said again."""
    return slot.entity.id not in ("OVERSEAS", "WORLDWIDE")


def by_rules(
    frame: Frame, party: Party | None, memory: Memory, goes_to: tuple[Slot, ...], drawn_from: tuple[Slot, ...]
) -> tuple[Slot, ...]:
    """Return where the sentence says the people come from, else what earlier ones or their employers say."""
    away = {s.entity.id for s in goes_to}

    def carried(slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
        return as_inferred(tuple(s for s in slots if s.entity.id not in away))

    zone = {i for p in frame.people for i in range(p.token.left_edge.i, p.token.right_edge.i + 1)}
    stated = places.origins(frame.scene, frozenset(zone), pointed=frame.pointed)
    found = tuple(s for s in stated if s.entity.id not in away)
    known = memory.approaches.get(party.key) if party is not None else None
    if known is not None:
        found = found or carried(tuple(s for s in known.origins if carries(s)))
    if not found and frame.pointed and memory.last is not None:  # "him", "them": the people of the last approach
        found = carried(memory.last.origins)
    if not any(carries(s) for s in found):
        found = (*found, *carried(distinct(s for e in drawn_from for s in memory.workplace(e.entity))))
    if not found and party is not None and party.type == "company":
        found = carried(accuser(frame.scene) or memory.taken_from)
    return found
