"""Claims of an English text: triggers → scenes → frames → gate → filled claims, each step a module of its own."""

from graph.frame import Claim, Document, Mention
from ingest.claims.english.atlas import find_atlas
from ingest.claims.english.cast import find_cast
from ingest.claims.english.claim import build
from ingest.claims.english.contenders import History
from ingest.claims.english.frames import chosen, find_frames
from ingest.claims.english.gate import is_about, passed
from ingest.claims.english.memory import Memory
from ingest.claims.english.recruiters import resolve
from ingest.claims.english.scene import find_scenes
from ingest.claims.english.triggers import Trigger
from ingest.language import Reading


def find_claims(reading: Reading, mentions: tuple[Mention, ...], document: Document) -> tuple[Claim, ...]:
    """Return the claims of an English text in its order; `continues` counts positions in the answer."""
    scenes = find_scenes(reading, mentions, document.id)
    frames = [find_frames(scene) for scene in scenes]
    scores = passed(scenes, frames)
    if not any(score > 0 for score in scores):
        return ()
    cast = find_cast(scenes, frames, mentions, reading.text, document.title or "")
    memory, history = Memory(atlas=find_atlas(mentions, document.title or "")), History()
    memory.learn_homes(scenes, mentions)
    claims: list[Claim] = []
    triggers: list[Trigger] = []
    for number, (scene, framed, score) in enumerate(zip(scenes, frames, scores, strict=True)):
        if score > 0 and scene.doc.has_annotation("DEP"):
            for frame in chosen(scene, framed):
                party = resolve(frame, number, cast, history, memory)
                claims.append(build(frame, party, reading, mentions, document, memory, len(claims)))
                triggers.append(frame.trigger)
        history.leave(cast, number, scene.sentence.paragraph)
    return tuple(claims) if is_about(claims, triggers, max(scores)) else ()
