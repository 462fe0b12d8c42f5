"""Claims of a text: triggers → scenes → frames → gate → filled claims, each step a module of its own."""

from graph.frame import Claim, Document, Mention
from ingest.claims.claim import build
from ingest.claims.frames import find_frames
from ingest.claims.gate import BAR, strength, subject_of
from ingest.claims.memory import Memory
from ingest.claims.recruiters import resolve
from ingest.claims.scene import find_scenes
from ingest.language import Reading


def find_claims(reading: Reading, mentions: tuple[Mention, ...], document: Document) -> tuple[Claim, ...]:
    """Return the claims of a text in its order; `continues` counts positions in the answer."""
    if reading.lang == "zh":
        from ingest.claims import chinese

        return chinese.find_claims(reading, mentions, document)
    scenes = find_scenes(reading, mentions, document.id)
    memory = Memory()
    memory.learn_homes(scenes)
    framed = [frame for scene in scenes for frame in find_frames(scene)]
    subject = subject_of(framed)
    claims: list[Claim] = []
    for frame in framed:
        if strength(frame, subject) < BAR:
            continue
        party = resolve(frame, memory)
        claims.append(build(frame, party, reading, mentions, document, memory, len(claims)))
    return tuple(claims)
