"""Which annotated claims each sentence states, found as the scorer does: in the sentence that their words begin."""

from collections.abc import Callable, Sequence
from typing import Any

from ingest.claims.english.scene import Scene

Locate = Callable[[str, str], tuple[int, int]]


def told(
    scenes: Sequence[Scene], text: str, claims: Sequence[dict[str, Any]], locate: Locate
) -> list[list[dict[str, Any]]]:
    """Return the claims of each scene; `locate` is the scorer's. A dateline or a speaker's name belongs to no scene."""
    found: list[list[dict[str, Any]]] = [[] for _ in scenes]
    for claim in claims:
        start, end = locate(text, claim["evidence_start_words"])
        for scene, here in zip(scenes, found, strict=True):
            sentence = scene.sentence
            if min(end, sentence.end) - max(start, sentence.start) >= 0.5 * (sentence.end - sentence.start):
                here.append(claim)
    return found
