"""Who a noun stands for, as a party to recruiting: a name, a government, or something known only by description."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from graph.frame import Entity, Mention, Slot
from graph.ids import described_id
from graph.reference import ancestors, by_id
from ingest import gazetteer
from ingest.claims.english import tree
from ingest.claims.english.kinds import GOVERNMENTS, capitals, party_type, region_type, seat
from ingest.claims.english.scene import Scene
from ingest.claims.english.wordlists import by_word, words

_SCHEMES = words("schemes")
_DEEP = 3  # nouns between a place and the party whose seat it is
_LOCAL = frozenset(
    ("local", "provincial", "municipal", "city", "state", "regional", "county", "district", "prefectural")
)


@dataclass(frozen=True, slots=True)
class Party:
    """Someone who may recruit: the slot, its recruiter type, and the places to which it recruits."""

    slot: Slot
    type: str
    places: tuple[Slot, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        return self.slot.entity.label, self.slot.entity.id


def kind_of(noun: str) -> str | None:
    """Return the recruiter type that a noun in lower case names, by itself, or None."""
    return by_word("parties_en").get(noun) or _maker(noun)


def noun_type(token: Token) -> str | None:
    """Return the recruiter type that a common noun names ("firms": company), or None."""
    kind = kind_of(_whole(token))
    if kind == "company" and any(t.lower_ in words("go_between") for t in tree.modifiers(token)):
        return "intermediary"
    if kind == "national_government" and _LOCAL & {t.lower_ for t in tree.modifiers(token)}:
        return "local_government"
    return kind


def _whole(token: Token) -> str:
    """Return the word that a token ends, in lower case: "start-up" is three tokens."""
    if token.i < 2:
        return token.lower_
    first, sign = token.doc[token.i - 2], token.doc[token.i - 1]
    joined = sign.text == "-" and not sign.whitespace_ and not first.whitespace_
    return f"{first.lower_}-{token.lower_}" if joined else token.lower_


def _maker(word: str) -> str | None:
    """Return the type of "toymaker", "ship-builders", "biofoundry": firms known by their last part."""
    ends = words("firm_endings")
    return "company" if any(word.endswith(end) for end in ends) and word not in words("no_firms") else None


def party_of(token: Token, scene: Scene) -> Party | None:
    """Return the party that a noun stands for, or None: a pronoun, a person, a thing."""
    mention = scene.mention_at(token, "Company", "Organisation", "Region")
    if mention is not None and mention.entity.label == "Region":
        noun = _seated(token)
        if noun is not None:
            return _described(noun_type(noun) or "company", noun, scene)
    if mention is not None:
        return _named(mention, token, scene)
    programme = scene.mention_at(token, "Programme")
    owner = seat(programme.entity) if programme is not None else None
    if owner is not None:  # "the X Plan pays": whose plan it is
        slot = Slot(owner, inferred=True, certainty=0.8)
        return Party(slot, region_type(owner), (slot,))
    if token.lower_ in _SCHEMES:
        return _scheme(token, scene)
    if token.pos_ not in ("NOUN", "PROPN"):
        return None
    for child in token.children:  # "the chip maker X", "its neighbour X": the name, not the description
        if child.dep_ in ("appos", "flat", "compound", "nmod") and child.i > token.i:
            mention = scene.mention_at(child, "Company", "Organisation")
            if mention is not None:
                party = _named(mention, child, scene)
                if party is not None:
                    return Party(party.slot, party.type, party.places or home(token, scene))
    if token.lower_ in words("leaders"):
        employer = employer_of(token, scene)
        if employer is not None:
            return employer
    kind = noun_type(token)
    if kind is None:
        return None
    if token.lower_ in ("countries", "states", "nations") and not home(token, scene):
        kind = "unspecified"  # "rich countries"
    if kind == "company" and _is_any(token):
        return None
    return _described(kind, token, scene)


def _is_any(token: Token) -> bool:
    """Whether a noun means whichever employer: "an invitation from **an employer**", "join **a competitor**"."""
    return token.lower_ in words("generic_employers") and all(
        c.dep_ in ("det", "punct") and c.lower_ in ("a", "an", "any", "no", "another") for c in token.children
    )


def _seated(place: Token) -> Token | None:
    """Return the noun of which a place is only the seat: "firms in X that hire", "a maker of walking robots in X"."""
    noun = place
    for _ in range(_DEEP):
        preposition = noun.head
        if noun.dep_ != "pobj" or preposition.lower_ not in ("in", "from", "of", "near", "at", "for"):
            return None
        noun = preposition.head
        if noun.pos_ not in ("NOUN", "PROPN"):
            return None
        kind = noun_type(noun)
        if kind is not None:
            return noun if kind not in GOVERNMENTS else None
    return None


def employer_of(token: Token, scene: Scene) -> Party | None:
    """Return for whom a person acts: "an astronomer **at X**", "**X's** recruiters"."""
    if any(child.lower_ in ("former", "ex", "retired") for child in token.children):
        return None
    nouns = [noun for preposition, noun in tree.obliques(token) if preposition in ("at", "of", "from", "for", "with")]
    for noun in (*nouns, *tree.modifiers(token)):
        mention = scene.mention_at(noun, "Company", "Organisation")
        if mention is not None:
            return _named(mention, noun, scene)
    return None


def _scheme(token: Token, scene: Scene) -> Party | None:
    """Return whose scheme it is: "a **Canadian** work permit stream"."""
    for modifier in tree.modifiers(token):
        mention = scene.mention_at(modifier, "Region", "Organisation")
        if mention is not None:
            return _named(mention, modifier, scene)
    return None


def region_slot(mention: Mention, scene: Scene, *, implied: bool = False) -> Slot:
    """Return a place as a slot."""
    return Slot(mention.entity, scene.text(mention.start, mention.end), mention.start, mention.end, implied=implied)


def home(token: Token, scene: Scene) -> tuple[Slot, ...]:
    """Return where the words around a noun place it: "in Zhejiang" states it, "Chinese", "China's" imply it."""
    stated: list[Slot] = []
    implied: list[Slot] = []
    for place in _seats(token):
        mention = scene.mention_at(place, "Region")
        if mention is not None:
            stated.append(region_slot(mention, scene))
    for child in token.children:
        if child.dep_ in ("acl", "advcl", "amod") and child.lower_ in ("based", "headquartered", "located"):
            stated += [s for s in home(child, scene) if not s.implied]
    for modifier in tree.modifiers(token):
        mention = scene.mention_at(modifier, "Region")
        if modifier.lower_ == "mainland":
            start = scene.position(modifier)
            china = Entity("Region", "CN", by_id("Region")["CN"].name)
            implied.append(Slot(china, modifier.text, start, start + len(modifier), implied=True))
        elif mention is not None and all(mention.start != s.start for s in implied):
            implied.append(region_slot(mention, scene, implied=True))
    if stated or implied:
        return (*stated, *(implied if not stated else ()))
    for child in token.children:
        if child.dep_ == "appos":
            found = home(child, scene)
            if found:
                return tuple(replace(slot, implied=True) for slot in found)
    return ()


def _seats(token: Token) -> Iterator[Token]:
    """Yield the nouns that may place a noun: "firms **in X**", "a maker of robots **in X**"."""
    for preposition, noun in tree.obliques(token):
        if preposition in ("in", "of", "at", "from", "based in", "across", "around", "near", "outside"):
            yield from tree.conjuncts(noun)
        if preposition in ("of", "for") and noun_type(token) == "company":
            for below in tree.conjuncts(noun):
                yield from (seat for inner, seat in tree.obliques(below) if inner in ("in", "from", "near"))


def _named(mention: Mention, token: Token, scene: Scene) -> Party | None:
    entity = mention.entity
    if entity.label != "Region" and token.head.lower_ in _SCHEMES and token.dep_ in ("compound", "nmod", "flat"):
        return None  # the "X programme" is no party
    slot = Slot(entity, scene.text(mention.start, mention.end), mention.start, mention.end)
    if entity.label == "Region":
        if entity.id not in by_id("Region"):
            return None  # a place that no list knows: too often the parser's mistake
        country = capitals().get(slot.text) or capitals().get(entity.name)
        if country is not None:  # "Moscow offers" is Russia
            slot = replace(slot, entity=Entity("Region", country, by_id("Region")[country].name))
        return Party(slot, region_type(slot.entity), (slot,))
    kind = party_type(entity)
    if kind is None:
        return None
    head = scene.token_of(mention) or token
    places = home(head, scene)
    if kind in ("national_government", "local_government"):
        region = region_in_name(entity)
        if region is not None:
            kind = "local_government" if _LOCAL & set(entity.name.lower().split()) else region_type(region)
            places = places or (Slot(region, inferred=True, certainty=0.8),)
    if kind == "supranational":
        places = (Slot(Entity("Region", "EU", by_id("Region")["EU"].name)),)
    if kind in GOVERNMENTS:
        places = tuple(replace(slot, implied=False) for slot in places)
    return Party(slot, kind, places)


def region_in_name(entity: Entity) -> Entity | None:
    """Return the region that a name holds: "Ningbo Municipal Bureau", "Saudi Ministry of Labour"."""
    for match in gazetteer.find(entity.name):
        for term in match.terms:
            if term.label == "Region":
                return Entity("Region", term.id, term.name)
    return None


def _described(kind: str, token: Token, scene: Scene) -> Party:
    places = home(token, scene)
    first = min([token.i, *(t.i for t in tree.modifiers(token))])
    end = scene.position(token) + len(token)
    stated = [slot for slot in places if not slot.implied and slot.start >= end]
    if stated:
        end = stated[-1].end
    start = scene.position(scene.doc[first])
    text = scene.text(start, end)
    if kind in GOVERNMENTS and places and not _several(token):
        # "the Chinese government", "the city of Wuhan": the region itself acts
        region = _finest(places)
        if kind == "national_government":
            region = _state(region)  # "the government in Seoul"
        slot = Slot(region, text, start, end)
        return Party(slot, region_type(region), (replace(places[0], entity=region, implied=False),))
    deals = tuple(
        m.entity
        for m in scene.mentions
        if m.entity.label == "Company" and end <= m.start < end + 60 and _describes(m, token, scene)
    )
    entity = Entity(
        "Organisation" if kind not in ("company", "intermediary") else "Company",
        described_id(scene.document_id, text),
        text,
        described=True,
        based_in=tuple(slot.entity for slot in places),
        deals_with=deals,
    )
    return Party(Slot(entity, text, start, end, certainty=0.8), kind, places)


def _finest(places: tuple[Slot, ...]) -> Entity:
    """Return the first place, or the one that lies in it: "X's state of Y", "X's Y state"."""
    first = places[0].entity
    inside = (p.entity for p in places[1:] if first.id in (term.id for term in ancestors("Region", p.entity.id)))
    return next(inside, first)


def _state(region: Entity) -> Entity:
    """Return the state for which a capital stands; any other region's country if it is a city, else itself."""
    state = by_id("Region").get(capitals().get(region.name, ""))
    return Entity("Region", state.id, state.name) if state is not None else country_of(region)


def country_of(region: Entity) -> Entity:
    """Return the country of a city; any other region itself."""
    chain = ancestors("Region", region.id)
    return country_above(region) if chain and chain[0].level == "city" else region


def country_above(region: Entity) -> Entity:
    """Return the country of a province or city; a region without one itself."""
    above = next((t for t in ancestors("Region", region.id) if t.level == "country"), None)
    return Entity("Region", above.id, above.name) if above is not None else region


def _several(token: Token) -> bool:
    return token.tag_ in ("NNS", "NNPS")


def _describes(mention: Mention, token: Token, scene: Scene) -> bool:
    """Whether a name only describes the noun: "a company with business dealings with X"."""
    head = scene.token_of(mention)
    return head is not None and any(above.i == token.i for above in tree.above(head))
