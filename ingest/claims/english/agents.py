"""Those who act for another: brokers through whom a recruiter works, and principals behind a front or an agent."""

from dataclasses import replace

from spacy.tokens import Token

from graph.frame import Slot
from ingest.claims.english import tree
from ingest.claims.english.frames import Frame
from ingest.claims.english.parties import Party, noun_type, party_of
from ingest.claims.english.scene import Scene
from ingest.claims.english.wordlists import words

_BY_WAY_OF = ("through", "via", "by", "with", "to")
_FOR = {"acting": "for", "acts": "for", "acted": "for", "front": "for", "proxy": "for", "fronts": "for"}


def principal(scene: Scene) -> Party | None:
    """Return the party for which someone acts: "on behalf of **X**", "a front for **X**", "acting for **X**"."""
    for token in scene.tokens():
        if token.lower_ == "behalf":
            nouns = [noun for preposition, noun in tree.obliques(token) if preposition == "of"]
            nouns += [c for c in token.children if c.dep_ in ("poss", "nmod:poss")]
        elif token.lower_ in _FOR:
            nouns = [noun for preposition, noun in tree.obliques(token) if preposition == _FOR[token.lower_]]
        else:
            continue
        for noun in nouns:
            party = party_of(noun, scene)
            if party is not None and party.type != "intermediary":
                return party
    return None


def employer_behind(frame: Frame) -> Party | None:
    """Return for whom a broker works: "looked for experts **for a firm**", "**a firm** let an agency advertise"."""
    token = frame.trigger.token
    nouns = [token, *(p.token for p in frame.people)] if token is not None else []
    for preposition, noun in (pair for t in nouns for pair in tree.obliques(t)):
        if preposition in ("for", "from", "of", "by"):
            party = party_of(noun, frame.scene)
            if party is not None and party.type != "intermediary" and party.slot.entity.label != "Region":
                return party
    verb = next((t for t in frame.scene.tokens() if t.head.i == t.i), None)
    doer = tree.subject(verb) if verb is not None and tree.is_verb(verb) else None
    party = party_of(doer, frame.scene) if doer is not None else None
    return party if party is not None and party.type == "company" else None


def intermediaries(frame: Frame, recruiter: Party | None) -> tuple[Slot, ...]:
    """Return the brokers through whom the recruiter works; none where a broker recruits for itself."""
    if recruiter is None:
        return ()
    found: dict[tuple[str, str], Slot] = {}
    for token in frame.scene.tokens():
        if noun_type(token) != "intermediary" or not (_is_used(token) or _acts(token, frame)):
            continue
        party = party_of(token, frame.scene)
        if party is not None and party.key != recruiter.key:
            found.setdefault(party.key, party.slot)
    return tuple(found.values())


def behind(frame: Frame, recruiter: Party | None) -> tuple[Slot, ...]:
    """Return for whom the recruiter acts, as far as the sentence says it."""
    if recruiter is None:
        return ()
    found = principal(frame.scene)
    return (replace(found.slot, certainty=0.8),) if found is not None and found.key != recruiter.key else ()


def _is_used(token: Token) -> bool:
    """Whether a broker is a means: "through an agency", "used a headhunter", "let an agency advertise"."""
    head = token.head
    if token.dep_ in ("pobj", "obj", "conj") and tree.first_conjunct(token).head.lower_ in _BY_WAY_OF:
        return True
    verb = tree.first_conjunct(token)
    return (verb.dep_ in ("dobj", "obj", "nsubj") and verb.head.lower_ in words("using")) or (
        token.dep_ == "nsubj" and head.dep_ == "ccomp" and head.head.lower_ in words("using")
    )


def _acts(token: Token, frame: Frame) -> bool:
    """Whether a broker does what the trigger says, for another who is the recruiter."""
    if frame.party is not None and frame.party.type == "intermediary":
        return frame.party.slot.start <= frame.scene.position(token) < frame.party.slot.end
    return any(token.i == one.i for one in frame.middle)
