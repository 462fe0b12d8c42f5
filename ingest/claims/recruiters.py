"""Who recruits, where the sentence names nobody: "they", "the company", a headless follow-up."""

from ingest.claims.frames import Frame
from ingest.claims.memory import Memory
from ingest.claims.parties import Party

_REACH = 2  # paragraphs over which an unnamed recruiter is still the last one


def resolve(frame: Frame, memory: Memory) -> Party | None:
    """Return the recruiter of a frame: its own, completed with what is known, or the last one of the text."""
    if frame.party is not None:
        return memory.completed(frame.party)
    last = memory.last
    if last is None:
        return None
    if frame.scene.sentence.paragraph - last.paragraph > _REACH:
        return None
    return last.party
