"""What speaks for and against each party as the recruiter of a frame: the features that `recruiters` weighs.

A contender is every party named so far in the text, the one that the frame names, the owner of a programme in the
sentence, the governments of the region that the text is about, and nobody.
"""

from dataclasses import dataclass, field

from graph.frame import Entity, Slot
from ingest.claims.english import agents, tree
from ingest.claims.english.cast import Cast, Key
from ingest.claims.english.employers import sources, workplaces
from ingest.claims.english.frames import Frame
from ingest.claims.english.kinds import GOVERNMENTS, region_type, seat
from ingest.claims.english.memory import Memory
from ingest.claims.english.parties import Party
from ingest.claims.english.wordlists import words

_FAR = 10  # sentences beyond which distance no longer tells
_DEFINITE = ("the", "this", "that", "these", "those", "its", "their", "his", "her", "our", "both")
_ENTRY = frozenset(["visa", "visas", "permit", "permits", "residence", "residency", "citizenship", "tax"])
_READER = frozenset(("you", "your"))
_SPEAKER = frozenset(("we", "our", "us"))

Features = dict[str, float]


@dataclass(slots=True)
class History:
    """What a text has told so far: when each party was last named, what parts it played, who recruited."""

    named: dict[Key, Party] = field(default_factory=dict)
    at: dict[Key, tuple[int, int]] = field(default_factory=dict)  # sentence, paragraph
    sources: set[Key] = field(default_factory=set)
    actors: set[Key] = field(default_factory=set)
    chosen: list[Key] = field(default_factory=list)

    def leave(self, cast: Cast, sentence: int, paragraph: int) -> None:
        """Note the parties of a sentence when it is done."""
        for key, part in cast.parts[sentence].items():
            if key not in self.named or part.party.places:
                self.named[key] = part.party
            self.at[key] = (sentence, paragraph)
            if part.roles & {"after_from", "after_at"}:
                self.sources.add(key)
            if "subject" in part.roles:
                self.actors.add(key)

    def choose(self, party: Party) -> None:
        """Note the recruiter of a claim."""
        self.chosen.append(party.key)
        self.named.setdefault(party.key, party)


def contenders(
    frame: Frame, sentence: int, cast: Cast, history: History, memory: Memory
) -> list[tuple[Party | None, Features]]:
    """Return the parties that may be the recruiter of a frame, in a fixed order, each with its features; None last."""
    here = cast.parts[sentence]
    owner = _owner(frame, memory)
    local, any_region = cast.home_region(local=True), cast.home_region(local=False)
    principal = agents.principal(frame.scene)
    pool: dict[Key, Party] = {key: part.party for key, part in here.items()}
    for key, party in history.named.items():
        pool.setdefault(key, party)
    if frame.party is not None:
        pool[frame.party.key] = frame.party
    for more in (owner, local, any_region, cast.lead, principal):
        if more is not None:
            pool.setdefault(more.key, more)
    left = _left(frame) | _places_of_voices(frame)
    pool = {key: party for key, party in pool.items() if _is(frame.party, key) or party.slot.entity.id not in left}
    own = _own(frame)
    text = _words(frame)
    found: list[tuple[Party | None, Features]] = []
    for key, party in pool.items():
        features = _party(party) | _own_part(frame, own, key, party) | _stands(key, sentence, cast, frame)
        features |= _before(key, frame, sentence, cast, history) | _told(key, party, cast, owner) | _played(key, cast)
        features |= {
            name: 1.0
            for name, is_so in (("home_local", local), ("home_any", any_region), ("principal", principal))
            if _is(is_so, key)
        }
        features |= _said(text, party)
        found.append((party, features))
    found.append((None, _nobody(frame, history)))
    case = _case(frame)
    return [
        (party, features | {f"{case}_{name}": value for name, value in features.items()}) for party, features in found
    ]


def _left(frame: Frame) -> frozenset[str]:
    """Return the ids of whom or what people leave: the employers of those that the frame's own party takes, and the
    places that people come from ("a researcher **from X**").
    """
    taken = frame.people if frame.party is not None else []
    employers = {mention.entity.id for p in taken for mention in workplaces(p.token, frame.scene)}
    return frozenset(employers | {place.id for p in frame.scene.people for place in sources(p.token, frame.scene)})


def _places_of_voices(frame: Frame) -> frozenset[str]:
    """Return the ids of regions that only say where those are that tell it: "according to prosecutors **in X**"."""
    return frozenset(
        mention.entity.id
        for mention in frame.scene.mentions
        if mention.entity.label == "Region"
        and (token := frame.scene.token_of(mention)) is not None
        and tree.governor(token) in ("in", "at")
        and any(above.lower_ == "according" for above in tree.above(token))
    )


def _case(frame: Frame) -> str:
    """Return how the frame itself names its recruiter: each feature has a weight of its own in each case too."""
    if frame.party is not None:
        return "described" if frame.party.slot.entity.described else "named"
    return "pronoun" if frame.pronoun else "unnamed"


def _is(party: Party | None, key: Key) -> bool:
    return party is not None and party.key == key


def _words(frame: Frame) -> frozenset[str]:
    return frozenset(token.lower_ for token in frame.scene.tokens())


def _party(party: Party) -> Features:
    """Return what kind of party it is."""
    found = {"bias": 1.0, f"kind_{party.type}": 1.0}
    if party.slot.entity.described:
        found["described"] = 1.0
    if party.slot.entity.label == "Region":
        found["region"] = 1.0
    return found


@dataclass(frozen=True, slots=True)
class _Own:
    """The party that the frame itself names: its noun where only described, and whether that points back."""

    noun: str
    definite: bool


def _own(frame: Frame) -> _Own | None:
    party = frame.party
    if party is None or not party.slot.entity.described:
        return None
    start, end = party.slot.start, party.slot.end
    inside = {t.i: t for t in frame.scene.tokens() if start <= frame.scene.position(t) < end}
    token = next((t for t in inside.values() if t.head.i == t.i or t.head.i not in inside), None)
    if token is None:
        return None
    return _Own(
        token.lower_, not party.places and _points_back(party, [c.lower_ for c in token.children if c.i < token.i])
    )


def _points_back(party: Party, before: list[str]) -> bool:
    """Whether a described party takes up an earlier one: "the company", a bare "state"; `before` are its modifiers."""
    definite = any(word in _DEFINITE for word in before)
    return definite or (party.type in GOVERNMENTS and not any(word in ("a", "an", "some", "many") for word in before))


def _own_part(frame: Frame, own: _Own | None, key: Key, party: Party) -> Features:
    """Return how the party stands to the one that the frame names."""
    if frame.party is None:
        return {}
    strength = frame.trigger.strength
    if key == frame.party.key:
        form = "noun" if frame.trigger.nominal else "verb"
        found = {"own": 1.0, "own_strength": strength, f"own_{frame.trigger.sense}_{form}": 1.0}
        if frame.party.slot.entity.described:
            found["own_described"] = 1.0
        if own is not None and own.definite:
            found["own_definite"] = 1.0
        return found
    found = {"other_than_own": 1.0, "other_strength": strength}
    if own is not None and own.definite:
        found["taken_up"] = 1.0
        if party.type == frame.party.type:
            found["taken_up_type"] = 1.0
        if own.noun in party.slot.entity.name.lower().split():
            found["taken_up_name"] = 1.0
    return found


def _stands(key: Key, sentence: int, cast: Cast, frame: Frame) -> Features:
    """Return how the party stands in the sentence itself."""
    part = cast.parts[sentence].get(key)
    if part is None:
        return {}
    found = {"here": 1.0} | {f"here_{role}": 1.0 for role in sorted(part.roles)}
    if "subject" in part.roles and frame.party is None:
        found["here_subject_nobody"] = 1.0
    return found


def _before(key: Key, frame: Frame, sentence: int, cast: Cast, history: History) -> Features:
    """Return what earlier sentences say of the party."""
    found: Features = {}
    chosen = history.chosen
    last = bool(chosen) and chosen[-1] == key
    subject_before = sentence > 0 and cast.subjects[sentence - 1] == key
    subject_here = cast.subjects[sentence] == key
    for name, is_so in (("last", last), ("prevsubj", subject_before), ("cursubj", subject_here)):
        if is_so and frame.pronoun:
            found[f"pronoun_{name}"] = 1.0
        if is_so and frame.party is None:
            found[f"nobody_{name}"] = 1.0
        if is_so and name != "cursubj":
            found[name] = 1.0
    if len(chosen) > 1 and chosen[-2] == key:
        found["last_but_one"] = 1.0
    if not chosen:
        found["first_claim"] = 1.0
    elif key in chosen:
        found["share_chosen"] = chosen.count(key) / len(chosen)
    else:
        found["never_chosen"] = 1.0
    at = history.at.get(key)
    if at is not None:
        found |= {"seen": 1.0, "distance": min(sentence - at[0], _FAR) / _FAR}
        if sentence - at[0] == 1:
            found["named_before"] = 1.0
        if at[1] == frame.scene.sentence.paragraph:
            found["same_paragraph"] = 1.0
    elif key not in cast.parts[sentence]:
        found["never_named"] = 1.0
    if key in history.sources:
        found["was_source"] = 1.0
    if key in history.actors:
        found["was_actor"] = 1.0
    return found


def _told(key: Key, party: Party, cast: Cast, owner: Party | None) -> Features:
    """Return what the text as a whole says of the party."""
    found = {"share": cast.count[key] / cast.most}
    if cast.count[key] == cast.most:
        found["most"] = 1.0
    if party.slot.text and party.slot.text in cast.title:
        found["in_title"] = 1.0
    if _is(cast.lead, key):
        found["lead"] = 1.0
    if owner is not None:
        found["owner" if owner.key == key else "not_owner"] = 1.0
    return found


def _played(key: Key, cast: Cast) -> Features:
    """Return the parts that the party plays in the whole text: how often it plainly recruits, loses people, denies."""
    found: Features = {}
    times = max(1, cast.count[key])
    for name in ("subject", "scheme"):
        if cast.played[key, name]:
            found[f"{name}_share"] = cast.played[key, name] / times
    lost = sum(cast.played[key, name] for name in ("after_from", "after_at", "of_people", "left"))
    if lost:
        found["source_share"] = min(1.0, lost / times)
    for name in ("denying", "complaining"):
        if cast.played[key, name]:
            found[f"{name}_once"] = 1.0
    if cast.sure[key]:
        found["sure_share"] = cast.sure[key] / max(cast.sure.values())
    elif cast.sure:
        found["never_sure"] = 1.0
    return found


def _said(text: frozenset[str], party: Party) -> Features:
    """Return what the words of the sentence say for a kind of party."""
    found: Features = {}
    if text & _SPEAKER:
        found[f"we_{party.type}"] = 1.0
    if text & _READER:
        found[f"you_{party.type}"] = 1.0
    if party.type in GOVERNMENTS and text & _ENTRY:
        found["government_entry"] = 1.0
    if party.type in GOVERNMENTS and text & words("scheme_words"):
        found["government_scheme"] = 1.0
    return found


def _nobody(frame: Frame, history: History) -> Features:
    """Return what speaks for a recruiter that the text does not name."""
    found = {"nobody": 1.0}
    if frame.party is not None:
        found |= {"nobody_but_own": 1.0, "nobody_but_own_strength": frame.trigger.strength}
    if not history.chosen:
        found["nobody_first"] = 1.0
    if frame.pronoun:
        found["nobody_pronoun"] = 1.0
    return found


def _owner(frame: Frame, memory: Memory) -> Party | None:
    """Return whose a programme of the sentence is: as the text told, else as the lists say."""
    for mention in frame.scene.mentions:
        if mention.entity.label == "Programme":
            region: Entity | None = seat(mention.entity)
            told = memory.owners.get(mention.entity.id)
            if told is not None:
                return told
            if region is not None:
                slot = Slot(region, inferred=True, certainty=0.8)
                return Party(slot, region_type(region), (slot,))
    return None
