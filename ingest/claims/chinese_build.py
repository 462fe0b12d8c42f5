"""Roles, places, fields, terms, voice and time of one Chinese claim, put together; what the rest of the text lends."""

from collections.abc import Iterable, Sequence

from graph.frame import Claim, Document, Entity, Slot
from graph.reference import ancestors, by_id
from ingest.claims.chinese_attribution import Voice, claimants
from ingest.claims.chinese_fields import sought
from ingest.claims.chinese_parties import Party
from ingest.claims.chinese_places import Place, destinations, find_places, origins
from ingest.claims.chinese_quantities import people
from ingest.claims.chinese_roles import Roles
from ingest.claims.chinese_scene import Scene, Trigger
from ingest.claims.chinese_terms import channels, offers
from ingest.claims.chinese_time import when
from ingest.claims.confidence import confidence

_OWN_TERRITORY = ("local_government", "national_government", "supranational")
_CONTINUED_STRENGTH = 0.6


class Background:
    """What a whole text says: which regions it names, and where its parties have their seat."""

    def __init__(self, scenes: tuple[Scene, ...], document: Document) -> None:
        self.document = document
        self.regions = {p.entity.id for scene in scenes for p in find_places(scene) if not p.special}
        self.seats: dict[str, tuple[Place, ...]] = {}

    def seat(self, party: Party) -> tuple[tuple[Place, ...], bool]:
        """Return the places that are a party's seat, and whether they stand beside it rather than elsewhere."""
        if party.seats:
            self.seats.setdefault(party.entity.id, party.seats)
            return party.seats, True
        return self.seats.get(party.entity.id, ()), False

    def home(self, party: Party) -> Entity | None:
        """Return the country that a named party is known to be of, where the text speaks of that country at all."""
        label = party.entity.label
        term = by_id(label).get(party.entity.id)
        if term is None or term.based_in is None:
            return None
        chain = ancestors("Region", term.based_in)
        country = next((t for t in chain if t.level == "country"), None)
        if country is None:
            return None
        spoken_of = {t.id for region in self.regions for t in ancestors("Region", region)}
        return Entity("Region", country.id, country.name) if country.id in spoken_of else None


def build(
    scene: Scene,
    who: Roles,
    triggers: tuple[Trigger, ...],
    mood: str,
    said_by: Voice | None,
    background: Background,
    earlier: Sequence[Claim],
) -> Claim:
    """Return the claim that a sentence makes. Without triggers it adds terms to the last of the earlier claims."""
    first, last = scene.start, scene.end
    places = find_places(scene)
    recruiter = who.recruiters[0] if who.recruiters else None
    from_places = origins(scene, triggers, places, first, last)
    to_places = destinations(scene, triggers, places, first, last)
    destination = _destination(scene, recruiter, who.stated, to_places, background)
    origin = [_place_slot(scene, p) for p in _distinct(from_places)]
    continued = _continued(recruiter, earlier)
    if not origin and continued is not None:
        origin = [_lent(slot) for slot in earlier[continued].origins]
    fields = [Slot(f.entity, scene.words(f.start, f.end), f.start, f.end) for f in sought(scene, first, last)]
    if not triggers and continued is None and earlier:
        continued = len(earlier) - 1
    low, high, qualifier = people(scene, first, last) if triggers else (None, None, None)
    said = claimants(scene, said_by)
    strength = max((t.strength for t in triggers), default=_CONTINUED_STRENGTH)
    slots = [*destination, *origin, *fields]
    certainty, factors = confidence(strength, [s.certainty for s in slots], said, mood)
    employers = [p for p in who.employers if recruiter is None or p.entity.id != recruiter.entity.id]
    return Claim(
        start=scene.start,
        end=scene.end,
        modality=mood,
        stage=triggers[0].stage if triggers else "offered",
        recruiter=_party_slot(scene, recruiter, who.stated) if recruiter else None,
        recruiter_type=recruiter.kind if recruiter else "unspecified",
        origin_employers=tuple(_party_slot(scene, p, True) for p in employers),
        destinations=tuple(destination),
        origins=tuple(origin),
        fields=tuple(fields),
        offers=offers(scene, first, last),
        channels=channels(scene, first, last),
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
        time=when(scene, first, last, background.document.date),
        continues=continued,
        confidence=certainty,
        factors=factors,
    )


def _destination(
    scene: Scene, recruiter: Party | None, stated: bool, to_places: list[Place], background: Background
) -> list[Slot]:
    found = [_place_slot(scene, p) for p in _distinct(to_places)]
    if recruiter is None or found:
        return found
    seats, beside = background.seat(recruiter)
    if seats:
        implied = not (beside and stated) and recruiter.kind not in _OWN_TERRITORY
        return [_place_slot(scene, p, inferred=not beside or not stated, implied=implied) for p in seats]
    home = background.home(recruiter)
    if home is not None:
        return [Slot(home, certainty=0.6, inferred=True, implied=recruiter.kind not in _OWN_TERRITORY)]
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
