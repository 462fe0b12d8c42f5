"""The state's ways of recruiting, where a sentence does not name them: its programme, its visa, its grants."""

import re
from dataclasses import replace

from graph.frame import Entity, Slot
from ingest.claims.english.frames import Frame
from ingest.claims.english.kinds import GOVERNMENTS
from ingest.claims.english.parties import Party
from ingest.claims.english.scene import Scene
from ingest.claims.english.wordlists import words

SCHEMES = ("government_programme", "visa_scheme", "grant_call")
ONCE = ("direct_approach", "social_network", "candidate_application")  # ways of one approach, not of a campaign
_VISA = re.compile(
    r"\b(?:visas?|pass(?:es)?|permits?|residen\w+|(?:green|gold|blue|red-white-red|opportunity|talent) cards?"
    r"|points system|express entry)\b",
    re.IGNORECASE,
)
_NO_SCHEME = re.compile(
    r"\b(?:days?|weeks?|fairs?|summits?|conferences?|forums?|expos?|laws?|acts?|awards?)$", re.IGNORECASE
)
LEAVE = {"visa_residency", "work_permit", "family_residence", "fast_track_admin", "citizenship", "spouse_job"}
_GRANTS = re.compile(r"\bgrants?\b", re.IGNORECASE)
_GRANT = re.compile(r"\b(?:grants?|fellowships?)\b", re.IGNORECASE)
_FUNDER = re.compile(r"\b(?:research council|(?:science|research) foundation|council)\b", re.IGNORECASE)
_OPENED = re.compile(
    r"\b(?:open|creat|advertis|announc|launch|offer|start)\w*\b[^.;]{0,50}"
    r"\b(?:places|positions|posts|chairs|openings|professorships|fellowships|programmes?|programs?)\b"
    r"|\bset aside\b[^.;]{0,30}\b(?:places|positions|posts)\b",
    re.IGNORECASE,
)


def scheme(frame: Frame, party: Party, under: tuple[Slot, ...], known: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """Return the way that goes without saying: a state recruits by a scheme, a university by the posts it opens.

    `under` are the programmes of the claim, `known` the channels of the recruiter's last approach: a scheme goes on
    through the text.
    """
    if party.type == "university":
        opens = _OPENED.search(frame.scene.sentence.text)
        return (_inferred("university_call", "university call"),) if opens else ()
    if party.type not in GOVERNMENTS:
        return ()
    names = [slot.entity.name for slot in under if not _NO_SCHEME.search(slot.entity.name)]
    if any(map(names_visa, names)):
        return (_inferred("visa_scheme", "visa scheme"),)
    if any(map(_GRANTS.search, names)) or _funds(party, frame.scene):
        return (_inferred("grant_call", "grant call"),)
    if names:
        return (_inferred("government_programme", "government programme"),)
    if _gives_visa(frame):
        return (_inferred("visa_scheme", "visa scheme"),)
    carried = tuple(replace(slot, inferred=True, certainty=0.6) for slot in known if slot.entity.id in SCHEMES)
    if carried:
        return carried
    return (_inferred("government_programme", "government programme"),) if _shows_scheme(frame) else ()


def names_visa(name: str) -> bool:
    """Whether the name of a programme is that of a visa or permit."""
    return _VISA.search(name) is not None


def _gives_visa(frame: Frame) -> bool:
    """Whether leave to stay or work is all that is given."""
    codes = {phrase.code for phrase in frame.scene.incentives}
    return bool(codes & {"visa_residency", "work_permit"}) and codes <= LEAVE


def _inferred(code: str, name: str) -> Slot:
    return Slot(Entity("Channel", code, name), inferred=True, certainty=0.6)


def _funds(party: Party, scene: Scene) -> bool:
    """Whether a funding body gives grants."""
    return bool(_FUNDER.search(party.slot.entity.name) and _GRANT.search(scene.sentence.text))


def _shows_scheme(frame: Frame) -> bool:
    """Whether the sentence speaks of a scheme: its words, terms that are given, an act of opening or admitting."""
    present = {token.lower_ for token in frame.scene.tokens()}
    return bool(frame.scene.incentives or present & words("scheme_words")) or frame.trigger.sense in ("open", "admit")
