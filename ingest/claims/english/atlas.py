"""The places of one text: how often it names each, which its title names, what part they played in earlier claims."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from graph.frame import Mention, Slot
from graph.reference import by_id
from ingest import gazetteer

_SPOKEN_OF = 3  # so many of the most often named places are what a text speaks of


@dataclass(slots=True)
class Atlas:
    """`named` counts mentions, `origins` and `destinations` claims so far, all by id of the region."""

    named: Counter[str] = field(default_factory=Counter)
    titled: frozenset[str] = frozenset()
    spoken_of: tuple[Slot, ...] = ()
    origins: Counter[str] = field(default_factory=Counter)
    destinations: Counter[str] = field(default_factory=Counter)
    claims: int = 0
    earlier: dict[str, Slot] = field(default_factory=dict)

    def note(self, comes_from: Iterable[Slot], goes_to: Iterable[Slot]) -> None:
        """Note the places of a claim for those that follow."""
        self.claims += 1
        for slot in comes_from:
            self.origins[slot.entity.id] += 1
            self.earlier[slot.entity.id] = slot
        for slot in goes_to:
            self.destinations[slot.entity.id] += 1
            self.earlier.setdefault(slot.entity.id, slot)

    def aims(self) -> tuple[Slot, ...]:
        """Return where the people of earlier claims go to, the most frequent place first."""
        often = (self.earlier[id] for id, _ in self.destinations.most_common())
        return tuple(replace(slot, inferred=True, implied=False, certainty=0.6) for slot in often)


def find_atlas(mentions: Iterable[Mention], title: str) -> Atlas:
    """Return the places that a text and its title name."""
    entities = [m.entity for m in mentions if m.entity.label == "Region" and m.entity.id in by_id("Region")]
    named = Counter(entity.id for entity in entities)
    first = {entity.id: entity for entity in reversed(entities)}
    titled = frozenset(t.id for match in gazetteer.find(title) for t in match.terms if t.label == "Region")
    often = [id for id, _ in named.most_common(_SPOKEN_OF)]
    return Atlas(named, titled, tuple(Slot(first[id], inferred=True, certainty=0.6) for id in often))
