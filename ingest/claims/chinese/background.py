"""What a whole Chinese text lends to one claim: seats named elsewhere, known homes, the place it is about."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from graph.frame import Entity
from graph.reference import Term, ancestors, by_id, terms
from ingest.claims.chinese.parties import Party
from ingest.claims.chinese.places import Place
from ingest.claims.chinese.scene import Scene

GOVERNMENTS = ("local_government", "national_government", "supranational")
_CITY_STATES = ("HK", "MO")
_ALL_LOCAL = "local governments"  # those of a whole country, as the list of parties calls them
_STATE_ACTS = re.compile(r"宣布|推出|出台|投入|拨款|拨出|颁布|立法|政府|官方|当局|国家级|部委|计划|签证")


_VISITED = re.compile(r"(?:赴|飞到|飞往|飞抵|抵达|前往|从|来自|奔赴)$")


class Background:
    """Seats, homes and the main place of one text."""

    def __init__(self, scenes: Sequence[Scene], places: Sequence[tuple[Place, ...]]) -> None:
        self._named = Counter[str]()
        self._states: set[str] = set()  # countries that act as states in some sentence
        self._seats: dict[str, tuple[Place, ...]] = {}
        self._first: dict[str, Place] = {}
        self._last: dict[str, str] = {}  # the latest named party of each kind
        for scene, found in zip(scenes, places, strict=True):
            for place in found:
                visited = _VISITED.search(scene.text, scene.start, place.start) is not None
                if not place.special and not (visited and place.entity.id not in self._named):
                    self._named[place.entity.id] += 3 if scene.headline else 1
                    self._first.setdefault(place.entity.id, place)

    def learn(self, parties: Sequence[Party]) -> None:
        """Keep the seats that stand beside the names of a sentence."""
        for party in parties:
            if party.located and party.kind in self._last:  # 这家总部位于X的车企
                self._seats.setdefault(self._last[party.kind], party.seats)
            if not party.entity.described:
                self._last[party.kind] = party.entity.id
            if party.seats and not party.place and not party.entity.described:
                self._seats.setdefault(party.entity.id, party.seats)

    def placed(self, party: Party, scene: Scene) -> Party:
        """Return a recruiter with its kind and seats as the text as a whole gives them."""
        if party.place and party.kind == "unspecified":
            if _STATE_ACTS.search(scene.text, scene.start, scene.end):
                self._states.add(party.entity.id)
            return replace(party, kind="national_government") if party.entity.id in self._states else party
        if party.kind == "unspecified" and party.seats and party.entity.name.startswith("delegation"):
            local = _is_local(party.seats[0].entity.id)
            return replace(party, kind="local_government" if local else "national_government")
        if party.kind not in GOVERNMENTS or party.place:
            return party
        seats = party.seats or self._seats.get(party.entity.id, ()) or self._of_government(party, scene)
        if not seats or not party.entity.described:
            return replace(party, seats=seats)
        name = party.entity.name.split(" in ")[0] + f" in {seats[0].entity.name}"
        kind = "local_government" if _is_local(seats[0].entity.id) else party.kind
        return replace(party, seats=seats, kind=kind, entity=replace(party.entity, name=name))

    def seats(self, party: Party, scene: Scene) -> tuple[Place, ...]:
        """Return the seat that the text gives for a party: beside its name, elsewhere, or in the name itself."""
        known = party.seats or self._seats.get(party.entity.id, ())
        if known or party.entity.described or party.entity.id in by_id(party.entity.label):
            return known
        named = _region_of_name(scene.text[party.start : party.end])
        return (Place(party.start, party.end, Entity("Region", named.id, named.name)),) if named else ()

    def home(self, party: Party) -> Entity | None:
        """Return the country a named party is known to be of; a firm's only where the text speaks of that country."""
        country = self.country(party)
        if country is None or (country.id not in self._named and party.kind not in GOVERNMENTS):
            return None
        return country

    def country(self, party: Party) -> Entity | None:
        """Return the country where the lists place a party."""
        term = by_id(party.entity.label).get(party.entity.id)
        if term is None or term.based_in is None:
            return None
        country = next((t for t in ancestors("Region", term.based_in) if t.level == "country"), None)
        return Entity("Region", country.id, country.name) if country is not None else None

    def _of_government(self, party: Party, scene: Scene) -> tuple[Place, ...]:
        """Return the territory of a government whose words name none: in its name, else the place the text is about."""
        term = by_id(party.entity.label).get(party.entity.id)
        if term is not None and term.based_in is not None:
            return ()
        named = _region_of_name(scene.text[party.start : party.end])
        if named is not None:
            return (Place(party.start, party.end, Entity("Region", named.id, named.name)),)
        local = party.kind == "local_government" and party.entity.name != _ALL_LOCAL
        for region, _ in sorted(self._named.items(), key=lambda item: (-item[1], item[0])):
            fits = _is_local(region)
            if fits if local else (party.entity.name != _ALL_LOCAL or not fits):
                return (self._first[region],)
        return ()


def _is_local(region: str) -> bool:
    term = by_id("Region").get(region)
    return region in _CITY_STATES or (term is not None and term.level in ("province", "city"))


def _region_of_name(name: str) -> Term | None:
    """Return the region with whose Chinese name a body's name begins."""
    fitting = [
        t for t in terms() if t.label == "Region" and len(t.name_zh or "") > 1 and name.startswith(t.name_zh or "")
    ]
    return max(fitting, key=lambda t: (len(t.name_zh or ""), t.id), default=None)
