"""Claims of a Chinese text, by word and clause patterns.

    sentence → scene (clauses, triggers, names) → gate → roles → one claim per recruiter and modality
A sentence without a trigger that adds terms right after a claim continues it. Later sentences borrow from earlier ones
what they leave out: recruiter, voice, seat and origin.
"""

from dataclasses import dataclass, field

from graph.frame import Claim, Document, Mention
from ingest.claims import chinese_gate as gate
from ingest.claims.chinese_attribution import Speakers, voice
from ingest.claims.chinese_build import Background, build
from ingest.claims.chinese_modality import modality
from ingest.claims.chinese_parties import Party, find_parties
from ingest.claims.chinese_places import find_places
from ingest.claims.chinese_roles import Memory, Roles, roles
from ingest.claims.chinese_scene import Scene, Trigger, find_scenes
from ingest.language import Reading


@dataclass(slots=True)
class _Group:
    """The triggers of one sentence that share recruiter and modality."""

    roles: Roles
    modality: str
    triggers: list[Trigger] = field(default_factory=list)


def find_claims(reading: Reading, mentions: tuple[Mention, ...], document: Document) -> tuple[Claim, ...]:
    """Return the claims of a Chinese text in its order; `continues` counts positions in the answer."""
    scenes = find_scenes(reading, mentions, document.id)
    background = Background(scenes, document)
    memory = Memory(topic=_topic(scenes))
    speakers = Speakers()
    claims: list[Claim] = []
    last: tuple[int, Roles, str] | None = None  # sentence, roles and modality of the latest claim
    for number, scene in enumerate(scenes):
        said_by = voice(scene, speakers)
        words = scene.text[said_by.start : said_by.end] if said_by else ""
        parties = find_parties(scene, find_places(scene))
        groups = _groups(scene, parties, memory, words)
        if not groups and last is not None and number - last[0] <= 2 and gate.adds_terms(scene):
            near = scene.sentence.paragraph == scenes[last[0]].sentence.paragraph
            if near:
                mood = modality(scene, None, words)
                groups = [_Group(Roles(last[1].recruiters, False, ()), mood)]
        for group in groups:
            claims.append(build(scene, group.roles, tuple(group.triggers), group.modality, said_by, background, claims))
            if group.roles.recruiters:
                memory.remember(list(group.roles.recruiters), scene.sentence.paragraph)
            last = (number, group.roles, group.modality)
        if not groups:
            memory.see([p for p in parties if p.kind != "silent"][:1])
    return tuple(claims)


def _groups(scene: Scene, parties: tuple[Party, ...], memory: Memory, voice_words: str) -> list[_Group]:
    found: dict[tuple[str, bool], _Group] = {}
    for trigger in scene.triggers:
        if not gate.accepts(scene, trigger):
            continue
        who = roles(scene, trigger, parties, memory)
        if not who.recruiters and trigger.strength < gate.STRONG:
            continue
        mood = modality(scene, trigger, voice_words)
        key = (who.recruiters[0].entity.id if who.recruiters else "", mood in ("denied", "negated"))
        group = found.setdefault(key, _Group(who, mood))
        group.triggers.append(trigger)
    return list(found.values())


def _topic(scenes: tuple[Scene, ...]) -> list[Party]:
    """Return who the text is about: the named party of the headline, else the one that is named most."""
    counted: dict[str, list[Party]] = {}
    for scene in scenes:
        for party in find_parties(scene, find_places(scene)):
            if party.kind not in ("silent", "intermediary") and not party.anaphor and not party.place:
                weight = 3 if scene.headline else 1
                counted.setdefault(party.entity.id, []).extend([party] * weight)
    if not counted:
        return []
    best = max(counted.values(), key=lambda found: (len(found), -found[0].start))
    return best[:1]
