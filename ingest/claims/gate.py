"""Whether a frame is a claim: a sum of what was seen, against a bar. The document's subject counts as well.

The weights were fitted to annotated documents and rounded; `seen` documents what each stands for.
"""

from ingest.claims.frames import Frame
from ingest.claims.places import destinations, employers, origins

BAR = 1.0


def seen(frame: Frame, subject: float) -> dict[str, float]:
    """Return the features of a frame, each 0 to 1 (counts of codes are capped); `subject` is `subject_of`'s."""
    scene = frame.scene
    strengths = [t.strength for t in frame.triggers]
    people = max((p.weight for p in frame.people), default=0.0)
    around = max((p.weight for p in scene.people), default=0.0)
    named = frame.party is not None
    return {
        "trigger": max(strengths, default=0.0),
        "more_triggers": min(1.0, sum(sorted(strengths)[:-1]) / 2),
        "people": people,
        "people_around": around,
        "party": 1.0 if named else 0.0,
        "pronoun": 1.0 if frame.pronoun else 0.0,
        "origin": 1.0 if origins(scene) or employers(scene, frozenset()) else 0.0,
        "destination": 1.0 if destinations(scene) else 0.0,
        "incentive": min(1.0, len({p.code for p in scene.incentives}) / 2),
        "channel": 1.0 if scene.channels else 0.0,
        "field": 1.0 if any(m.entity.label == "Field" for m in scene.mentions) else 0.0,
        "programme": 1.0 if any(m.entity.label == "Programme" for m in scene.mentions) else 0.0,
        "subject": subject,
    }


WEIGHTS = {
    "trigger": 0.75,
    "more_triggers": 0.1,
    "people": 0.3,
    "people_around": 0.1,
    "party": 0.15,
    "pronoun": 0.05,
    "origin": 0.15,
    "destination": 0.1,
    "incentive": 0.3,
    "channel": 0.1,
    "field": 0.05,
    "programme": 0.3,
    "subject": 0.4,
}


def strength(frame: Frame, subject: float) -> float:
    """Return how much speaks for the frame; a claim where it reaches `BAR`."""
    return sum(WEIGHTS[name] * value for name, value in seen(frame, subject).items())


def subject_of(frames: list[Frame]) -> float:
    """Return 0 to 1: how far recruiting skilled people is what the document is about."""
    strong = {
        frame.scene.sentence.start
        for frame in frames
        if frame.trigger.strength >= 0.75 and any(p.weight >= 0.5 for p in (*frame.people, *frame.scene.people))
    }
    return min(1.0, len(strong) / 3)
