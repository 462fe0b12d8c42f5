"""One frame that passed the gate, filled into a claim: its own sentence first, then what earlier ones left."""

from dataclasses import replace

from graph.frame import Claim, Claimant, Document, Mention, Slot
from graph.reference import by_id
from ingest.claims import confidence
from ingest.claims.english import agents, attribution, modality, quantities, time
from ingest.claims.english.employers import employers
from ingest.claims.english.fields import fields
from ingest.claims.english.frames import Frame
from ingest.claims.english.memory import Approach, Memory
from ingest.claims.english.origins import carries, find_origins
from ingest.claims.english.parties import Party
from ingest.claims.english.places import as_inferred, destinations
from ingest.claims.english.schemes import ONCE, scheme
from ingest.claims.english.terms import channels, offers, programmes
from ingest.claims.english.triggers import Trigger
from ingest.claims.english.wordlists import words
from ingest.language import Reading

_OF_A_STATE = frozenset(("government_programme", "visa_scheme", "grant_call", "intergovernmental_agreement"))
_OFFICIALS = words("officials_of_a_state")


def build(frame: Frame, party: Party | None, reading: Reading, mentions: tuple[Mention, ...], document: Document,
          memory: Memory, index: int) -> Claim:  # fmt: skip
    """Return the claim of a frame, the `index`-th of its document, and leave its facts in the memory."""
    scene, trigger = frame.scene, frame.trigger
    known = memory.approaches.get(party.key) if party is not None else None
    carried = frame.party is None
    goes_to = find_destinations(frame, party)
    drawn_from = find_employers(frame, party, memory)
    sought = fields(frame)
    under = programmes(scene)
    via = channels(frame, party)
    if known is not None:
        near = known.paragraph == scene.sentence.paragraph
        if carried:
            under = under or as_inferred(known.programmes)
        if near and carried:
            via = via or as_inferred(tuple(s for s in known.channels if s.entity.id not in ONCE))
    said_by = attribution.claimants(reading, mentions, trigger, document.id)
    kind = _type(frame, party, under, via, said_by)
    if not via and party is not None and kind != "unspecified":
        via = scheme(frame, party, under, known.channels if known is not None else ())
    comes_from = find_origins(frame, party, memory, goes_to, drawn_from)
    mode = modality.modality(reading, trigger, said_by)
    people_min, people_max, qualifier = quantities.people(reading, trigger)
    slots = (*goes_to, *comes_from, *sought, *((party.slot,) if party is not None else ()))
    sure, factors = confidence.confidence(trigger.strength, tuple(s.certainty for s in slots), said_by, mode)
    claim = Claim(
        scene.sentence.start,
        scene.sentence.end,
        modality=mode,
        stage=_stage(trigger),
        recruiter=party.slot if party is not None else None,
        recruiter_type=kind,
        on_behalf_of=agents.behind(frame, party),
        intermediaries=agents.intermediaries(frame, party),
        origin_employers=drawn_from,
        destinations=goes_to,
        origins=comes_from,
        fields=sought,
        offers=offers(scene, reading),
        channels=via,
        programmes=under,
        targets=_targets(frame),
        claimants=said_by,
        count_min=people_min,
        count_max=people_max,
        count_qualifier=qualifier,
        time=time.when(reading, trigger, document.date),
        continues=known.first_claim if known is not None and carried else None,
        confidence=sure,
        factors=factors,
    )
    if party is not None and (known is not None or frame.party is not None or memory.last is None):
        _note(memory, party, claim, scene.sentence.paragraph, index, known)
    memory.atlas.note(comes_from, goes_to)
    return claim


def _type(
    frame: Frame,
    party: Party | None,
    under: tuple[Slot, ...],
    via: tuple[Slot, ...],
    said_by: tuple[Claimant, ...],
) -> str:
    """Return the recruiter's type; of a state that others merely name ("China recruits", a spy chief says) none."""
    if party is None:
        return "unspecified"
    shown = under or any(slot.entity.id in _OF_A_STATE for slot in via)
    shown = shown or any(token.lower_ in words("scheme_words") for token in frame.scene.tokens())
    if party.type != "national_government" or party.slot.entity.label != "Region" or shown or not said_by:
        return party.type
    bare = party.slot.text.lower().removesuffix(" side") in (party.slot.entity.name.lower(), *_demonym(party))
    official = any(set(voice.role.lower().split()) & _OFFICIALS for voice in said_by)
    own = any(voice.slot.entity.id == party.slot.entity.id for voice in said_by)
    return "unspecified" if bare and not official and not own else party.type


def _demonym(party: Party) -> tuple[str, ...]:
    """Return the other names of a state: "Britain", "Chinese"."""
    return tuple(alias.lower() for alias in by_id("Region")[party.slot.entity.id].aliases)


def _stage(trigger: Trigger) -> str:
    """Return how far the approach has come: "had recruited", "were recruited" tell of people who were hired."""
    token = trigger.token
    past = token is not None and token.lower_ == "recruited" and token.tag_ in ("VBD", "VBN")
    return "hired" if past else trigger.stage


def _targets(frame: Frame) -> tuple[Slot, ...]:
    """Return the named persons whom the trigger takes, each once."""
    named = {m.entity.id: m for m in frame.persons}
    return tuple(Slot(m.entity, frame.scene.text(m.start, m.end), m.start, m.end) for m in named.values())


def find_destinations(frame: Frame, party: Party | None) -> tuple[Slot, ...]:
    """Return where people are to go: as the sentence says, else where the recruiter is."""
    stated = destinations(frame.scene)
    if stated:
        return stated
    return party.places if party is not None else ()


def find_employers(frame: Frame, party: Party | None, memory: Memory) -> tuple[Slot, ...]:
    """Return whom people are drawn from: as the sentence says, else as the recruiter's last claim did."""
    if party is None:
        return employers(frame.scene, frozenset())
    known = memory.approaches.get(party.key)
    here = employers(frame.scene, frozenset((party.slot.entity.id,)))
    return here or (as_inferred(known.employers) if known is not None else ())


def _note(memory: Memory, party: Party, claim: Claim, paragraph: int, index: int, known: Approach | None) -> None:
    first = claim.continues if claim.continues is not None else index
    if party.type == "company" and any(carries(s) for s in claim.origins):
        memory.taken_from = tuple(s for s in claim.origins if carries(s))
    for programme in claim.programmes:
        if not programme.inferred:
            memory.owners.setdefault(programme.entity.id, party)
    memory.note(
        Approach(
            party,
            paragraph,
            index,
            first,
            claim.origins or (known.origins if known else ()),
            claim.origin_employers or (known.employers if known else ()),
            tuple(replace(s, inferred=True) for s in claim.destinations) or (known.destinations if known else ()),
            claim.programmes or (known.programmes if known else ()),
            claim.channels,
        )
    )
