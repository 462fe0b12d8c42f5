"""Triggers of one sentence joined to frames: one per party that recruits there, or one without a party."""

from dataclasses import dataclass, field

from spacy.tokens import Token

from graph.frame import Mention
from ingest.claims.english import reporting, tree
from ingest.claims.english.parties import Party, employer_of, party_of
from ingest.claims.english.people import People
from ingest.claims.english.roles import Roles, find_roles
from ingest.claims.english.scene import Scene
from ingest.claims.english.triggers import Trigger
from ingest.claims.english.wordlists import words

_PRONOUNS = frozenset(("they", "it", "he", "she", "we", "them", "its", "their", "who", "which", "that", "us", "our"))

_PLURAL = frozenset(("they", "them", "their", "we", "us", "our"))
_POINTING = frozenset(("him", "her", "them", "me", "us", "he", "she", "i", "you"))


@dataclass(slots=True)
class Frame:
    """One recruiter in one sentence: `party` is None where the sentence does not name it.

    `triggers` are its trigger words, the surest first; `people` the nouns for people that they take; `pronoun` whether
    a pronoun stands for the recruiter, `plural` whether it is "they", `pointed`
    whether one stands for the people; `middle` the nouns for those who act in between.
    """

    scene: Scene
    triggers: list[Trigger]
    party: Party | None = None
    people: list[People] = field(default_factory=list)
    middle: list[Token] = field(default_factory=list)
    pronoun: bool = False
    pointed: bool = False
    plural: bool = False
    persons: list[Mention] = field(default_factory=list)

    @property
    def trigger(self) -> Trigger:
        return self.triggers[0]


def find_frames(scene: Scene) -> list[Frame]:
    """Return the frames of a sentence in the order of their surest trigger; none where it holds no trigger."""
    frames: list[Frame] = []
    for trigger in sorted(scene.triggers, key=lambda t: (-t.strength, t.start)):
        roles = find_roles(trigger)
        people = [p for token in roles.people for p in _people(token, scene)]
        parties, pronoun = _parties(roles, scene, trigger)
        for party in (*parties,) or (None,):
            frame = Frame(scene, [trigger], party, list(people), list(roles.middle))
            frame.persons = [m for t in roles.people if (m := scene.mention_at(t, "Person")) is not None]
            frame.pointed = any(t.lower_ in _POINTING for t in roles.people)
            frame.pronoun = party is None and pronoun is not None
            frame.plural = frame.pronoun and pronoun is not None and pronoun.lower_ in _PLURAL
            _join(frames, frame)
    return _settled(frames)


def _people(token: Token, scene: Scene) -> list[People]:
    """Return the people noun at a token, or the ones inside its phrase ("a group **of engineers**")."""
    direct = scene.people_at(token)
    if direct is not None:
        return [direct]
    inside = range(*tree.phrase(token))
    return [p for p in scene.people if p.token.i in inside]


def _parties(roles: Roles, scene: Scene, trigger: Trigger) -> tuple[list[Party], Token | None]:
    """Return the parties of the first candidate that is one, split by type, and the pronoun that came first."""
    taken = {token.i for token in roles.people}
    pronoun: Token | None = None
    for noun in roles.recruiters:
        token = _user(noun)
        if token.lower_ in _PRONOUNS:
            if token.dep_ not in ("poss", "nmod:poss"):
                teller = _teller(token, scene) if token.lower_ == "it" else None
                return ([teller], None) if teller is not None else ([], token)
            pronoun = token  # "their approaches": who, the verb above may say
            continue
        found: list[Party] = []
        for one in tree.conjuncts(token):
            if one.i in taken:
                continue
            acts = scene.people_at(one) is not None or scene.mention_at(one, "Person") is not None
            if acts and scene.mention_at(one, "Company", "Organisation") is None:
                party = employer_of(one, scene) if trigger.strength >= 0.5 and not trigger.nominal else None
            else:
                party = party_of(one, scene)
            if party is not None and (trigger.sense != "join" or party.slot.entity.label != "Region"):
                found.append(party)
        if found:
            return _by_type(found), None
    return [], pronoun


def _teller(pronoun: Token, scene: Scene) -> Party | None:
    """Return the party that speaks of itself: "**a university in X** denied that it recruits"."""
    says = next((above for above in tree.above(pronoun) if reporting.is_reporting(above)), None)
    subject = tree.subject(says) if says is not None else None
    if subject is None or subject.i > pronoun.i or scene.people_at(subject) is not None:
        return None
    return party_of(subject, scene)


def _user(noun: Token) -> Token:
    """Return who uses a front ("**a maker** used a shell company to hire"), any other noun itself."""
    if noun.dep_ in ("dobj", "obj") and words("fronts") & {c.lower_ for c in noun.children}:
        return tree.agent(noun.head) or noun
    return noun


def _by_type(parties: list[Party]) -> list[Party]:
    """Keep one party per type: a coordinated group of one kind shares the claim; all their places count."""
    kept: dict[str, Party] = {}
    if all(party.slot.entity.label == "Region" for party in parties):
        places = tuple(place for party in parties for place in party.places)
        return [Party(parties[0].slot, parties[0].type, places)]
    shared = next((p.places for p in reversed(parties) if p.places), ())
    for party in parties:
        places = party.places or shared
        if party.type in kept:
            first = kept[party.type]
            new = tuple(s for s in places if all(s.entity.id != old.entity.id for old in first.places))
            kept[party.type] = Party(first.slot, first.type, (*first.places, *new))
        else:
            kept[party.type] = Party(party.slot, party.type, places)
    return list(kept.values())


def _join(frames: list[Frame], new: Frame) -> None:
    for frame in frames:
        same = (frame.party is None) == (new.party is None)
        if same and (frame.party is None or new.party is None or frame.party.key == new.party.key):
            frame.triggers += new.triggers
            frame.people += [p for p in new.people if p not in frame.people]
            frame.middle += new.middle
            frame.pronoun = frame.pronoun or new.pronoun
            frame.pointed = frame.pointed or new.pointed
            frame.plural = frame.plural or new.plural
            frame.persons += new.persons
            return
    frames.append(new)


def _settled(frames: list[Frame]) -> list[Frame]:
    """Give what names no party to the surest frame that does, unless a pronoun stands for another party."""
    named = sorted((f for f in frames if f.party is not None), key=_rank)
    nameless = next((f for f in frames if f.party is None), None)
    if not named or nameless is None:
        return named or frames
    if not _credible(named[0]):
        return [nameless]
    best = named[0]
    best.triggers = sorted(best.triggers + nameless.triggers, key=lambda t: (-t.strength, t.start))
    best.people += [p for p in nameless.people if p not in best.people]
    best.persons += nameless.persons
    best.pointed = best.pointed or nameless.pointed
    best.middle += nameless.middle
    return named


def _rank(frame: Frame) -> tuple[float, int]:
    """Order parties: the strength of the trigger; a name before a description; who is joined last."""
    assert frame.party is not None
    score = frame.trigger.strength - (0.2 if frame.party.slot.entity.described else 0.0)
    score -= 0.2 if frame.trigger.sense == "join" else 0.0
    return -score, frame.trigger.start


def _credible(frame: Frame) -> bool:
    """Whether the party of a frame surely acts: a plain trigger, or professionals as its object, or terms it gives."""
    taken = any(p.weight >= 0.6 for p in frame.people)
    return frame.trigger.strength >= 0.5 or taken or frame.trigger.sense in ("open", "offer", "admit")


def chosen(scene: Scene, frames: list[Frame]) -> list[Frame]:
    """Return the frames of a sentence that states recruiting: the surest, and further ones that stand on their own.

    A sentence without a trigger adds terms to what came before: its frame hangs on the root of its tree.
    """
    if not frames:
        return [_headless(scene)]
    first = frames[0]
    if first.party is not None and not _credible(first):
        first.party = None
    rest = []
    for frame in frames[1:]:
        alone = frame.party is not None and frame.trigger.strength >= 0.75 and bool(frame.people)
        shares = frame.party is not None and any(t in first.triggers for t in frame.triggers)
        if alone or shares:
            rest.append(frame)
        else:
            first.people += [p for p in frame.people if p not in first.people]
    return [first, *rest]


def _headless(scene: Scene) -> Frame:
    root = next(
        (t for t in scene.tokens() if t.head.i == t.i or not scene.first <= t.head.i < scene.last),
        scene.doc[scene.first],
    )
    start = scene.position(root)
    return Frame(
        scene,
        [Trigger(scene.sentence, scene.paragraph, root, start, start + len(root), "terms", "offered", 0.3, False)],
    )
