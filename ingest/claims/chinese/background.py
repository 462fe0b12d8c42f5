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
_NAMED_AFTER = ("中山",)  # a person first: 中山大学
_STATE_ACTS = re.compile(r"宣布|推出|出台|投入|拨款|拨出|颁布|立法|政府|官方|当局|国家级|部委|计划|签证")


_SITS = re.compile(  # between a firm or school and the place where it is
    r"(?:[^，。；]{0,8}(?:位于|坐落于|地处|扎根|落户|躲在|总部[设在于位]{0,3}|设在)|[^，。；]{0,16}把总部[^，。；]{0,8}[迁搬]到)$"
)
_VISITED = re.compile(r"(?:赴|到|走进|飞到|飞往|飞抵|抵达|前往|从|来自|奔赴)$")


class Background:
    """Seats, homes and the main place of one text."""

    def __init__(self, scenes: Sequence[Scene], places: Sequence[tuple[Place, ...]], title: str = "") -> None:
        self._named = Counter[str]()
        self._states: set[str] = set()  # countries that act as states in some sentence
        self._seats: dict[str, tuple[Place, ...]] = {}
        self._seated = Counter[str]()  # how often a place is the seat of somebody
        self._first: dict[str, Place] = {}
        self._last: dict[str, str] = {}  # the latest named party of each kind
        for scene, found in zip(scenes, places, strict=True):
            for place in found:
                visited = _VISITED.search(scene.text, scene.start, place.start) is not None
                if not place.special and not (visited and place.entity.id not in self._named):
                    self._named[place.entity.id] += 3 if scene.headline else 1
                    self._first.setdefault(place.entity.id, place)
        for region in self._first:
            surface = scenes[0].text[self._first[region].start : self._first[region].end]
            if re.search(rf"(?<![从赴到自向往]){surface}", title):
                self._named[region] += 3

    def learn(self, scene: Scene, places: Sequence[Place], parties: Sequence[Party]) -> None:
        """Keep the seats that a sentence gives for the names in it."""
        for party in parties:
            clause = scene.clauses[scene.clause_of(party.start)]
            sits = [
                p for p in places if party.end <= p.start < clause.end and _SITS.match(scene.text, party.end, p.start)
            ]
            owner = self._last.get(party.kind) if party.anaphor else party.entity.id
            if sits and owner is not None and party.kind not in GOVERNMENTS:
                self._seats.setdefault(owner, (sits[0],))
        for party in parties:
            if party.located and party.kind in self._last:  # 这家总部位于X的车企
                self._seats.setdefault(self._last[party.kind], party.seats)
            if not party.entity.described:
                self._last[party.kind] = party.entity.id
            if party.seats and not party.place and not party.entity.described:
                self._seats.setdefault(party.entity.id, party.seats)
            of_name = self._in_name(scene, party) if party.kind in GOVERNMENTS else ()
            for place in party.seats or of_name:
                if party.kind not in ("silent", "intermediary"):
                    self._seated[place.entity.id] += 1
                    self._first.setdefault(place.entity.id, place)

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
        if known or party.entity.described:
            return known
        named = self._in_name(scene, party)
        term = by_id(party.entity.label).get(party.entity.id)
        if term is None or not named:
            return named
        inside = any(above.id == term.based_in for above in ancestors("Region", named[0].entity.id)[1:])
        return named if inside or named[0].entity.id == term.based_in else ()

    def _in_name(self, scene: Scene, party: Party) -> tuple[Place, ...]:
        """Return the place with whose name a body's name begins."""
        if party.entity.described or party.place:
            return ()
        named = _region_of_name(scene.text[party.start : party.end])
        return (Place(party.start, party.end, Entity("Region", named.id, named.name)),) if named else ()

    def main_place(self) -> Place | None:
        """Return the city or province that the text is about: named in its headline or more than once."""
        local = [(region, self._weight(region)) for region in self._first if _is_local(region)]
        region, weight = max(local, key=lambda item: item[1], default=("", 0))
        return self._first[region] if weight > 1 else None

    def _weight(self, region: str) -> int:
        return self._named[region] + self._seated[region]

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
        if named := self._in_name(scene, party):
            return named
        local = party.kind == "local_government" and party.entity.name != _ALL_LOCAL
        for region in sorted(self._first, key=lambda region: -self._weight(region)):
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
        t
        for t in terms()
        if t.label == "Region"
        and len(t.name_zh or "") > 1
        and t.name_zh not in _NAMED_AFTER
        and name.startswith(t.name_zh or "")
    ]
    return max(fitting, key=lambda t: (len(t.name_zh or ""), t.id), default=None)
