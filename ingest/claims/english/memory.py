"""What earlier sentences of a document leave for later ones: who recruits, from where, for what."""

import itertools
import re
from dataclasses import dataclass, field, replace

from graph.frame import Entity, Mention, Slot
from graph.reference import ancestors
from ingest.claims.english.atlas import Atlas
from ingest.claims.english.homes import HOUSES, find_homes
from ingest.claims.english.kinds import GOVERNMENTS, capitals, party_type, seat
from ingest.claims.english.parties import Party, country_of, region_in_name
from ingest.claims.english.scene import Scene

_PART_OF = re.compile(r"\)?(?: \([^)]*\))?,? (?:at|of|inside|within) (?:the )?")


@dataclass(slots=True)
class Approach:
    """The last known facts about one recruiter's approach; `paragraph` and `claim` say where they were last stated."""

    party: Party
    paragraph: int
    claim: int | None = None
    first_claim: int | None = None
    origins: tuple[Slot, ...] = ()
    employers: tuple[Slot, ...] = ()
    destinations: tuple[Slot, ...] = ()
    programmes: tuple[Slot, ...] = ()
    channels: tuple[Slot, ...] = ()


@dataclass(slots=True)
class Memory:
    """One document's memory; sentences are read in order."""

    approaches: dict[tuple[str, str], Approach] = field(default_factory=dict)
    last: Approach | None = None
    homes: dict[str, tuple[Slot, ...]] = field(default_factory=dict)
    parents: dict[str, Entity] = field(default_factory=dict)
    owners: dict[str, Party] = field(default_factory=dict)
    taken_from: tuple[Slot, ...] = ()
    mentioned: set[str] = field(default_factory=set)
    regions: set[str] = field(default_factory=set)
    atlas: Atlas = field(default_factory=Atlas)

    def learn_homes(self, scenes: tuple[Scene, ...], mentions: tuple[Mention, ...]) -> None:
        """Note which places a text names, where it places firms and bodies, and which are parts of others."""
        self.homes = find_homes(scenes)
        for mention in mentions:  # also those of datelines
            if mention.entity.label == "Region":
                self.regions.update(term.id for term in ancestors("Region", mention.entity.id))
        for scene in scenes:
            self.mentioned.update(
                m.entity.id for m in scene.mentions if m.entity.label == "Region" and _is_place(m, scene)
            )
            for part, whole in itertools.pairwise(m for m in scene.mentions if m.entity.label in HOUSES):
                if _PART_OF.fullmatch(scene.text(part.end, max(part.end, whole.start))):
                    self.parents.setdefault(part.entity.id, whole.entity)

    def home_of(self, entity: Entity) -> tuple[Slot, ...]:
        """Return where an entity is at home: as the text says, else as the lists do.

        A city or province that the text does not mention is given as its country; all but governments need a mention of
        that. What the text calls a part of another body ("the X Centre at Y") is at home where that is.
        """
        told = self.homes.get(entity.id)
        if told:
            return told
        region = seat(entity)
        if region is None and entity.id in self.parents:
            return self.home_of(self.parents[entity.id])
        if region is None:
            named = region_in_name(entity)
            region = country_of(named) if named is not None else None
        if region is None:
            return ()
        chain = ancestors("Region", region.id)
        country = next((t for t in chain if t.level == "country"), chain[0])
        finest = next((t for t in chain if t.id in self.mentioned), country)
        if finest.id not in self.regions and party_type(entity) not in GOVERNMENTS:
            return ()
        return (Slot(Entity("Region", finest.id, finest.name), implied=True, inferred=True, certainty=0.7),)

    def workplace(self, employer: Entity) -> tuple[Slot, ...]:
        """Return where the people of an employer work: where the text places it, else the country of its seat."""
        told = self.homes.get(employer.id)
        if told:
            return told
        region = seat(employer)
        chain = ancestors("Region", region.id) if region is not None else ()
        country = next((t for t in chain if t.level == "country"), None)
        if country is None:
            return ()
        return (Slot(Entity("Region", country.id, country.name), implied=True, inferred=True, certainty=0.5),)

    def completed(self, party: Party) -> Party:
        """Return the party with the places that another sentence gives it, where its own sentence gives none."""
        if party.places:
            return party
        places = self.home_of(party.slot.entity)
        if party.type in ("national_government", "local_government", "supranational"):
            places = tuple(replace(p, implied=False) for p in places)
        known = self.approaches.get(party.key)
        if not places and known is not None:
            places = known.destinations
        return Party(party.slot, party.type, places)

    def note(self, approach: Approach) -> None:
        """Make an approach the latest one."""
        self.approaches.pop(approach.party.key, None)
        self.approaches[approach.party.key] = approach
        self.last = approach


def _is_place(mention: Mention, scene: Scene) -> bool:
    """Whether a name means the place, not the state whose capital it is: "visits to Moscow", not "Moscow says"."""
    token = scene.token_of(mention) if mention.entity.name in capitals() else None
    return token is None or not token.dep_.startswith("nsubj")
