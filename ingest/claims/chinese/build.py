"""Roles, places, fields, terms, voice and time of one Chinese claim, put together; what the rest of the text lends."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import replace

from graph.frame import Claim, Slot
from ingest.claims.chinese.attribution import Voice, claimants
from ingest.claims.chinese.background import GOVERNMENTS, Background
from ingest.claims.chinese.fields import lists_fields, sought
from ingest.claims.chinese.parties import Party
from ingest.claims.chinese.places import Place, destinations, origins
from ingest.claims.chinese.quantities import people
from ingest.claims.chinese.roles import Roles
from ingest.claims.chinese.scene import Scene, Trigger
from ingest.claims.chinese.terms import channels, offers, unstated_channels
from ingest.claims.chinese.time import when
from ingest.claims.confidence import confidence

_CONTINUED_STRENGTH = 0.6


def build(
    scene: Scene,
    places: tuple[Place, ...],
    who: Roles,
    triggers: tuple[Trigger, ...],
    mood: str,
    said_by: Voice | None,
    background: Background,
    earlier: Sequence[Claim],
    published: datetime.date | None,
) -> Claim:
    """Return the claim that a sentence makes. Without triggers it adds terms to the last of the earlier claims."""
    first, last = scene.start, scene.end
    recruiter = background.placed(who.recruiters[0], scene) if who.recruiters else None
    from_places = origins(scene, triggers, places, first, last)
    to_places = destinations(scene, triggers, places, first, last)
    at_home = {p.entity.id for p in background.seats(recruiter, scene)} if recruiter else set()
    if any(p.entity.id in at_home for p in from_places):  # 在杭州和宁波再招三百人, says a firm of Hangzhou
        from_places, to_places = [p for p in from_places if p.special], [*to_places, *from_places]
        to_places = [p for p in to_places if not p.special]
    destination = _destination(scene, recruiter, who.stated, to_places, background, earlier)
    origin = [_place_slot(scene, p) for p in _distinct(from_places)]
    continued = _continued(recruiter, earlier)
    if not origin:
        origin = [Slot(home, certainty=0.7, inferred=True) for p in who.hosts if (home := background.country(p))]
    if not origin:
        homes = [home for p in who.employers if (home := background.home(p)) is not None]
        origin = [Slot(home, certainty=0.6, inferred=True, implied=True) for home in dict.fromkeys(homes)]
    if not origin:
        origin = _carried(scene, recruiter, triggers, earlier)
    there = {slot.entity.id for slot in destination}
    state = recruiter is not None and (recruiter.place or recruiter.kind in GOVERNMENTS)
    origin = [slot for slot in origin if slot.entity.id not in there or not (slot.inferred or state)]
    home = background.home(recruiter) if recruiter else None
    if destination and home is not None and home.id not in there and any(s.entity.id == home.id for s in origin):
        destination.append(Slot(home, certainty=0.6, inferred=True))  # hiring where it is at home
    wanted = [f for f in sought(scene, first, last) if triggers or f.entity.id != "research_any"]  # 学者可住进公寓
    fields = [Slot(f.entity, scene.words(f.start, f.end), f.start, f.end) for f in wanted]
    if not triggers and continued is None and earlier:
        continued = len(earlier) - 1
    low, high, qualifier = people(scene, first, last) if triggers else (None, None, None)
    said = claimants(scene, said_by)
    strength = max((t.strength for t in triggers), default=_CONTINUED_STRENGTH)
    slots = [*destination, *origin, *fields]
    certainty, factors = confidence(strength, [s.certainty for s in slots], said, mood)
    others = {p.entity.id: p for p in reversed(who.employers)}
    employers = [p for id, p in reversed(others.items()) if recruiter is None or id != recruiter.entity.id]
    terms = offers(scene, first, last)
    return Claim(
        start=scene.start,
        end=scene.end,
        modality=mood,
        stage=triggers[0].stage if triggers else "offered",
        recruiter=_party_slot(scene, recruiter, who.stated) if recruiter else None,
        recruiter_type=recruiter.kind if recruiter else "unspecified",
        intermediaries=tuple(_party_slot(scene, p, True) for p in who.intermediaries),
        origin_employers=tuple(_party_slot(scene, p, True) for p in employers),
        destinations=tuple(destination),
        origins=tuple(origin),
        fields=tuple(fields),
        offers=terms,
        channels=channels(scene, first, last) or unstated_channels(scene, recruiter, bool(terms), who.stated, earlier),
        programmes=tuple(
            Slot(m.entity, scene.words(m.start, m.end), m.start, m.end)
            for m in scene.mentions
            if m.entity.label == "Programme"
        ),
        targets=tuple(
            Slot(m.entity, scene.words(m.start, m.end), m.start, m.end)
            for m in scene.mentions
            if m.entity.label == "Person" and any(t.end <= m.start for t in triggers)
        ),
        claimants=said,
        count_min=low,
        count_max=high,
        count_qualifier=qualifier,
        time=when(scene, first, last, published),
        continues=continued,
        confidence=certainty,
        factors=factors,
    )


def with_listed_fields(claim: Claim, scene: Scene) -> Claim:
    """Return a claim with the fields that the next sentence lists for it ("涉及人文、法学等学院")."""
    if not lists_fields(scene):
        return claim
    known = {slot.entity.id for slot in claim.fields}
    more = [f for f in sought(scene, scene.start, scene.end) if f.entity.id not in known]
    slots = [Slot(f.entity, scene.words(f.start, f.end), f.start, f.end, 0.7, inferred=True) for f in more]
    return replace(claim, fields=(*claim.fields, *slots))


def _destination(
    scene: Scene,
    recruiter: Party | None,
    stated: bool,
    to_places: list[Place],
    background: Background,
    earlier: Sequence[Claim],
) -> list[Slot]:
    found = [_place_slot(scene, p) for p in _distinct(to_places)]
    if recruiter is None or found:
        return found
    state = recruiter.kind in GOVERNMENTS or recruiter.place
    beside = bool(recruiter.seats) and stated
    seats = background.seats(recruiter, scene)
    if seats:
        return [_place_slot(scene, p, inferred=not beside, implied=not beside and not state) for p in seats]
    home = background.home(recruiter)
    if home is not None:
        return [Slot(home, certainty=0.6, inferred=True, implied=not state)]
    lent = _lent_destination(recruiter, earlier)
    if lent:
        return [replace(_lent(slot), implied=True) for slot in lent]
    main = background.main_place()
    return [_place_slot(scene, main, inferred=True, implied=True)] if main is not None else []


def _lent_destination(recruiter: Party, earlier: Sequence[Claim]) -> tuple[Slot, ...]:
    """Return where the last claim of the same recruiter, or of anybody for an unnamed one, brings people."""
    for claim in reversed(earlier):
        same = claim.recruiter is not None and claim.recruiter.entity.id == recruiter.entity.id
        if claim.destinations and (same or recruiter.entity.described):
            return claim.destinations
    return ()


def _carried(
    scene: Scene, recruiter: Party | None, triggers: tuple[Trigger, ...], earlier: Sequence[Claim]
) -> list[Slot]:
    """Return the origin that the last claim with one lends: to the same recruiter, or to another that poaches."""
    for claim in reversed(earlier):
        if not claim.origins:
            continue
        if any(slot.entity.id in ("OVERSEAS", "WORLDWIDE") for slot in claim.origins):
            return []
        same = (
            recruiter is not None and claim.recruiter is not None and claim.recruiter.entity.id == recruiter.entity.id
        )
        if same or any(t.sense == "poach" for t in triggers):
            return [_lent(slot) for slot in claim.origins]
        return []
    return []


def _continued(recruiter: Party | None, earlier: Sequence[Claim]) -> int | None:
    """Return the first claim of the approach of the same recruiter that the sentence goes on with."""
    if not earlier or recruiter is None:
        return None
    before = earlier[-1]
    if before.recruiter is None or before.recruiter.entity.id != recruiter.entity.id:
        return None
    return before.continues if before.continues is not None else len(earlier) - 1


def _distinct(places: Iterable[Place]) -> list[Place]:
    return list({p.entity.id: p for p in reversed(list(places))}.values())[::-1]


def _place_slot(scene: Scene, place: Place, *, inferred: bool = False, implied: bool = False) -> Slot:
    certainty = 0.6 if implied else 0.8 if inferred else 0.9
    words = scene.words(place.start, place.end)
    return Slot(place.entity, words, place.start, place.end, certainty, inferred=inferred, implied=implied)


def _party_slot(scene: Scene, party: Party, stated: bool) -> Slot:
    words = scene.words(party.start, party.end)
    return Slot(party.entity, words, party.start, party.end, 0.9 if stated else 0.6, inferred=not stated)


def _lent(slot: Slot) -> Slot:
    return Slot(slot.entity, slot.text, slot.start, slot.end, 0.6, inferred=True)
