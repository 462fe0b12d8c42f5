"""Who recruits in a frame: of all contenders the one for whom most speaks, completed with what is known of it.

The weights were fitted to annotated documents (`tests/eval/fit_recruiters.py`); they decide where a sentence names its
recruiter only by "they", "the company", "the ministry", or not at all, and where it names several parties.
"""

from dataclasses import replace

from ingest.claims.english import agents
from ingest.claims.english.cast import Cast
from ingest.claims.english.contenders import Features, History, contenders
from ingest.claims.english.frames import Frame
from ingest.claims.english.kinds import EMPLOYERS, GOVERNMENTS, region_type
from ingest.claims.english.memory import Memory
from ingest.claims.english.parties import Party, country_above
from ingest.claims.english.wordlists import fitted

WEIGHTS = "recruiter_weights_en"  # of each feature of a contender


def resolve(frame: Frame, sentence: int, cast: Cast, history: History, memory: Memory) -> Party | None:
    """Return the recruiter of a frame in the `sentence`-th sentence, and note it in the history."""
    party = max(contenders(frame, sentence, cast, history, memory), key=lambda one: _score(one[1]))[0]
    if party is None:
        return None
    if party.type == "intermediary":
        party = agents.principal(frame.scene) or agents.employer_behind(frame) or party
    own = frame.party
    if own is not None and own.slot.entity.described and own.type == party.type and not party.places:
        party = Party(party.slot, party.type, own.places)  # "the Shenzhen company": says where the firm just named is
    party = memory.completed(party)
    history.choose(party)
    if party.places:
        return party
    if party.type not in GOVERNMENTS:
        return _somewhere(party, cast, memory)
    aims = [slot for slot in memory.atlas.aims() if region_type(slot.entity) == party.type]
    if aims:
        return Party(party.slot, party.type, (aims[0],))
    # "the Ministry of Education": of which country
    home = _setting(cast, memory, local=party.type == "local_government")
    if home is None:
        return party
    whole = party.type == "national_government"  # "the country", where the text plays in its capital
    places = tuple(replace(place, entity=country_above(place.entity)) if whole else place for place in home.places)
    return Party(party.slot, party.type, places)


def _somewhere(party: Party, cast: Cast, memory: Memory) -> Party:
    """Place employers that are known by nothing but their kind ("firms can take on doctors") where the text plays."""
    if not party.slot.entity.described or party.type not in EMPLOYERS:
        return party
    home = _setting(cast, memory, local=False)
    places = tuple(replace(place, implied=True) for place in home.places) if home is not None else ()
    return Party(party.slot, party.type, places)


def _setting(cast: Cast, memory: Memory, *, local: bool) -> Party | None:
    """Return the region in which the text plays, unless its people rather come from there."""
    home = cast.home_region(local=local)
    if home is None:
        return None
    taken, brought = memory.atlas.origins, memory.atlas.destinations
    return None if any(taken[p.entity.id] > brought[p.entity.id] for p in home.places) else home


def _score(features: Features) -> float:
    weight = fitted(WEIGHTS)
    return sum(weight.get(name, 0.0) * value for name, value in features.items())
