"""What a Chinese sentence offers, with amounts, and by which way it approaches people: closed codes."""

import re
from collections.abc import Sequence
from dataclasses import replace

from graph.frame import Claim, Entity, Offer, Slot
from graph.reference import by_id
from ingest.claims.chinese import lexicon
from ingest.claims.chinese.parties import Party
from ingest.claims.chinese.quantities import amount
from ingest.claims.chinese.scene import Scene

_SCHEMES = ("government_programme", "visa_scheme", "grant_call")
_CAMPAIGNS = (*_SCHEMES, "campus", "job_fair", "recruitment_mission", "university_call")
_JOURNEY = re.compile(
    r"(?:[赴抵]|前往|飞往|走进|来[台华]|出访|外访)[^。；]{0,24}(?:招|揽|聘|引才|引进|物色|延揽|举办|说明会|推介)"
)
_CALL = re.compile(r"公告|启事|公开(?=招|选)|规定|办法|通知|诚聘|招聘|面向|价码|待遇")


def offers(scene: Scene, first: int, last: int) -> tuple[Offer, ...]:
    """Return the incentives named between two characters, one per code, with their amounts."""
    found: dict[str, Offer] = {}
    for phrase in lexicon.find("incentives", scene.text, first, last):
        slot = _slot("Incentive", phrase, scene)
        if slot is not None and phrase.code not in found:
            found[phrase.code] = Offer(slot, *amount(scene, phrase.start, phrase.end))
    return tuple(found.values())


def channels(scene: Scene, first: int, last: int) -> tuple[Slot, ...]:
    """Return the ways of approach named between two characters, one per code."""
    found: dict[str, Slot] = {}
    for phrase in lexicon.find("channels", scene.text, first, last):
        slot = _slot("Channel", phrase, scene)
        if slot is not None:
            found.setdefault(phrase.code, slot)
    return tuple(found.values())


def unstated_channels(
    scene: Scene, recruiter: Party | None, offered: bool, stated: bool, earlier: Sequence[Claim]
) -> tuple[Slot, ...]:
    """Return the ways that a sentence naming none goes on with: the same recruiter's, of the same paragraph.

    A state's scheme goes on through the text. A university that publishes its posts makes a call, a government that
    travels sends a mission, and one that names a programme or grants something to newcomers runs a scheme.
    """
    if recruiter is None:
        return ()
    state = recruiter.place or recruiter.kind in ("local_government", "national_government")
    if state and (journey := _JOURNEY.search(scene.text, scene.start, scene.end)):
        return (_way("recruitment_mission", scene, *journey.span()),)
    plan = next((m for m in scene.mentions if m.entity.label == "Programme"), None)
    if plan is not None and state:
        return (_way("government_programme", scene, plan.start, plan.end),)
    for claim in reversed(earlier):
        if claim.recruiter is None or claim.recruiter.entity.id != recruiter.entity.id or not claim.channels:
            continue
        near = "\n" not in scene.text[claim.start : scene.start]
        kept = [s for s in claim.channels if s.entity.id in (_CAMPAIGNS if near else _SCHEMES)]
        if kept:
            return tuple(replace(slot, certainty=0.6, inferred=True) for slot in kept)
        break
    if recruiter.kind == "university" and (call := _CALL.search(scene.text, scene.start, scene.end)):
        return (_way("university_call", scene, *call.span()),)
    if offered and stated and state:
        return (replace(_way("government_programme", scene, scene.start, scene.end), inferred=True),)
    return ()


def _way(code: str, scene: Scene, start: int, end: int) -> Slot:
    term = by_id("Channel")[code]
    return Slot(Entity("Channel", term.id, term.name), scene.words(start, end), start, end, 0.7)


def _slot(label: str, phrase: lexicon.Phrase, scene: Scene) -> Slot | None:
    term = by_id(label).get(phrase.code)
    if term is None:
        return None
    return Slot(Entity(label, term.id, term.name), scene.words(phrase.start, phrase.end), phrase.start, phrase.end)
