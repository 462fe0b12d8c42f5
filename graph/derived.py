"""What is computed from a claim's slots and story and kept on the claim, so that questions need not walk the graph.

levels          ids of the places or fields and of their ancestors, by level
stated_pairs    each place with each field that a claim states
cell_pairs      the RECRUITS cells that count the claim
claimant_key    who is counted as saying it
"""

import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from graph import ids, reference
from graph.schema import UNSTATED

Pair = tuple[str, str]


@dataclass(slots=True)
class Touched:
    """What claims that changed were counted in, or are now: the pairs that they state, and their months."""

    pairs: set[Pair] = field(default_factory=set)
    months: set[str] = field(default_factory=set)

    def add(self, month: str, regions: Iterable[str], fields: Iterable[str]) -> None:
        """Add a claim."""
        self.pairs.update(stated_pairs(regions, fields))
        self.months.add(month)

    def update(self, other: "Touched") -> None:
        """Add what others touched."""
        self.pairs |= other.pairs
        self.months |= other.months

    def pending(self) -> set[str]:
        """Return it as the store's ledger notes what is to be recounted."""
        return {f"{region}|{field}" for region, field in self.pairs} | self.months


REGION_LISTS = {"continents": "continent", "countries": "country", "provinces": "province", "cities": "city"}
FIELD_LISTS = {"field_groups": "group", "field_codes": "code", "field_terms": "term"}


def levels(label: str, stated: Iterable[str], lists: Mapping[str, str]) -> dict[str, list[str]]:
    """Roll ids up: for each list the ancestors at its level.

    What has no ancestor at a level stands there itself, so that a place stated above it ("the EU" among countries)
    keeps a row of its own; with nothing stated the list holds `unstated`.
    """
    rolled: dict[str, list[str]] = {}
    stated = sorted(set(stated))
    for name, level in lists.items():
        at_level = {next((t.id for t in reference.ancestors(label, id) if t.level == level), id) for id in stated}
        rolled[name] = sorted(at_level) or [UNSTATED]
    return rolled


def stated_pairs(regions: Iterable[str], fields: Iterable[str]) -> Iterator[Pair]:
    """Yield every destination with every field of a claim; `unstated` where it has none."""
    return itertools.product(sorted(set(regions)) or [UNSTATED], sorted(set(fields)) or [UNSTATED])


def cell_pairs(regions: Iterable[str], fields: Iterable[str]) -> Iterator[Pair]:
    """Yield every (region, field) whose cell counts a claim with these destinations and fields; none for `unstated`."""
    fields = set(_with_ancestors("Field", fields))
    for region in set(_with_ancestors("Region", regions)):
        for code in fields:
            yield region, code


def _with_ancestors(label: str, stated: Iterable[str]) -> Iterator[str]:
    for id in stated:
        yield id
        yield from (term.id for term in reference.ancestors(label, id))


def claimant_key(story: str, narrator: str | None, nearest: tuple[str, str, bool] | None) -> str:
    """Return who is counted as saying a claim; `nearest` is the first voice's (entity id, role, named).

    A named voice is itself wherever it speaks. An unnamed one is one voice within a story. The narrator is the
    publisher of the story's earliest document (`narrator`), or the story's own where that has none.
    """
    if nearest is None:
        return narrator or f"{story}/narrator"
    entity, role, named = nearest
    return entity if named else f"{story}/{ids.name_key(role)}"
