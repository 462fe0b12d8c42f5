"""Whether a sentence states recruiting: a weighted sum of what it holds, of its neighbours, and of the whole text.

Sentences that only add terms ("Then flats, cars, a school.") pass because of the sentences around them; words of
recruiting in a text about something else (patients, soldiers, players) do not, because the text speaks against them.
The weights were fitted to annotated documents (logistic regression, small documents and large ones alike), then
rounded; a positive sum passes.
"""

from collections.abc import Sequence

from graph.frame import Claim
from ingest.claims.frames import Frame
from ingest.claims.phrases import find_phrases
from ingest.claims.places import destinations, employers, origins
from ingest.claims.scene import Scene
from ingest.claims.triggers import Trigger
from ingest.claims.weights import AROUND, OWN

_COMING = frozenset(
    "recruits candidates applicants holders newcomers winners those successful selected participants returnees they them".split()
)
_FEW = 3
_WORDS = {
    "scheme": "scheme schemes programme programmes program programs plan plans pass passes visa visas permit permits"
    " initiative fund route measures platform campaign drive strategy grant grants fellowship fellowships",
    "applying": "apply applied applies applying application applications applicants approved approvals eligible selected"
    " chosen picked admitted accepted received granted winners nominated",
    "moving": "came come coming arrived arrive arriving moved move moving left leaving leave landed joined join joining"
    " relocate relocated returned return returning home abroad overseas",
    "rejecting": "denied deny denies rejected rejects dismissed declined refused nobody none failed no not never untrue"
    " false inaccurate rumour rumor fake",
    "talent": "talent talents skilled experts specialists professionals researchers scientists engineers brains",
    "own_people": "retain retention retained training trained train students curriculum graduates",
    "suspicion": "accused accuse suspected illegally illegal poaching prosecutors investigators secrets leaked alleged",
    "need": "need needs shortage short lack demand shortages vacancies unfilled",
}
_WORD_SETS = {name: frozenset(words.split()) for name, words in _WORDS.items()}


def recruiters(frames: Sequence[Sequence[Frame]]) -> frozenset[str]:
    """Return the ids of the named parties that surely recruit somewhere in the text."""
    return frozenset(
        frame.party.slot.entity.id
        for framed in frames
        for frame in framed
        if frame.party is not None and frame.trigger.strength >= 0.75 and any(p.weight >= 0.5 for p in frame.people)
    )


def seen(scene: Scene, frames: Sequence[Frame], known: frozenset[str]) -> dict[str, float]:
    """Return what one sentence holds, each 0 to 1; counts are capped. `known` are the ids of sure recruiters."""
    found: dict[str, float] = {}
    for trigger in scene.triggers:
        name = f"{trigger.sense}_{'noun' if trigger.nominal else 'verb'}"
        found[name] = max(found.get(name, 0.0), trigger.strength)
    strongest = max((t.strength for t in scene.triggers), default=0.0)
    codes = {p.code for p in scene.incentives}
    labels = {m.entity.label for m in scene.mentions}
    words = {t.lower_ for t in scene.tokens()}
    found |= {
        "strong": 1.0 if strongest >= 0.75 else 0.0,
        "strong_people": 1.0
        if any(f.trigger.strength >= 0.75 and any(p.weight >= 0.5 for p in f.people) for f in frames)
        else 0.0,
        "taken_person": 1.0 if any(f.persons for f in frames) else 0.0,
        "strong_party": 1.0 if any(f.party is not None and f.trigger.strength >= 0.75 for f in frames) else 0.0,
        "taken_people": max((p.weight for f in frames for p in f.people), default=0.0),
        "people": max((p.weight for p in scene.people), default=0.0),
        "field_people": 1.0 if any(p.field for p in scene.people) else 0.0,
        "party": 1.0 if any(f.party is not None and not f.party.slot.entity.described for f in frames) else 0.0,
        "described_party": 1.0 if any(f.party is not None and f.party.slot.entity.described for f in frames) else 0.0,
        "pronoun": 1.0 if any(f.pronoun for f in frames) else 0.0,
        "origin": 1.0 if origins(scene) else 0.0,
        "employer": 1.0 if employers(scene, frozenset()) else 0.0,
        "destination": 1.0 if destinations(scene) else 0.0,
        "incentive": min(1.0, len(codes)),
        "incentives": min(1.0, max(0, len(codes) - 1) / 2),
        "channel": 1.0 if scene.channels else 0.0,
        "field": 1.0 if "Field" in labels else 0.0,
        "programme": 1.0 if "Programme" in labels else 0.0,
        "number": 1.0 if any(t.like_num for t in scene.tokens()) else 0.0,
        "recruits": 1.0 if words & _COMING else 0.0,
        "short": 1.0 if scene.last - scene.first < 9 else 0.0,
        "known": 1.0 if any(m.entity.id in known for m in scene.mentions) else 0.0,
        "long": min(1.0, (scene.last - scene.first) / 60),
        "quotation": 1.0 if words & {'"', "“", "”"} else 0.0,
    }
    for name, group in _WORD_SETS.items():
        found[f"words_{name}"] = min(1.0, len(words & group) / 2)
    for phrase in find_phrases("unrelated_en", scene.sentence.text, scene.sentence.start):
        found[f"about_{phrase.code}"] = 1.0
    return {name: value for name, value in found.items() if value}


def own_score(found: dict[str, float]) -> float:
    """Return how much one sentence says for itself."""
    return OWN["bias"] + sum(OWN.get(name, 0.0) * value for name, value in found.items())


def around(scores: Sequence[float], paragraphs: Sequence[int], index: int) -> dict[str, float]:
    """Return the scores that surround one sentence: its own, its neighbours' and the text's, each -1 to 1."""
    squashed = [max(-3.0, min(3.0, score)) / 3 for score in scores]
    here = paragraphs[index]
    before, after = squashed[index - 1] if index else -1.0, squashed[index + 1] if index + 1 < len(scores) else -1.0
    near = [s for s, p in zip(squashed, paragraphs, strict=True) if p == here]
    best = sorted(squashed, reverse=True)[:4]
    return {
        "own": scores[index] / 3,
        "before": before if index and paragraphs[index - 1] == here else -1.0,
        "after": after,
        "paragraph": max((s for i, s in enumerate(squashed) if paragraphs[i] == here and i != index), default=-1.0),
        "paragraph_mean": sum(near) / len(near),
        "text": sum(squashed) / len(squashed),
        "best": sum(best) / len(best),
        "first": 1.0 if index == 0 else 0.0,
    }


def passed(scenes: Sequence[Scene], frames: Sequence[Sequence[Frame]]) -> list[float]:
    """Return a score per sentence; positive where it states recruiting."""
    known = recruiters(frames)
    scores = [own_score(seen(scene, framed, known)) for scene, framed in zip(scenes, frames, strict=True)]
    paragraphs = [scene.sentence.paragraph for scene in scenes]
    return [
        AROUND["bias"] + sum(AROUND[name] * value for name, value in around(scores, paragraphs, index).items())
        for index in range(len(scores))
    ]


def is_about(claims: Sequence[Claim], triggers: Sequence[Trigger]) -> bool:
    """Whether a text is about recruiting: several claims, or one that says who, and where from or to, in plain words.

    Texts without any only use the words: definitions, fears, casting shows, patients who are recruited."""
    if len(claims) > _FEW:
        return True
    for claim, trigger in zip(claims, triggers, strict=True):
        if claim.recruiter is None:
            continue
        plain = trigger.strength >= 0.45 or (trigger.strength >= 0.3 and not trigger.nominal)
        placed = bool(claim.destinations or claim.origins or claim.origin_employers)
        if (placed and plain) or (trigger.strength >= 0.75 and not claim.recruiter.entity.described):
            return True
    return False
