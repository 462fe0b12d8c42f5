"""Claims of a Chinese text, by word and clause patterns.

    sentence → scene (clauses, triggers, names) → gate → roles → one claim per recruiter and modality
A sentence without a trigger that adds terms right after a claim continues it. Later sentences borrow from earlier ones
what they leave out: recruiter, voice, seat and origin.
"""

import re
from dataclasses import dataclass, field, replace

from graph.frame import Claim, Document, Mention
from ingest.chinese_words import simplified
from ingest.claims.chinese import gate
from ingest.claims.chinese.attribution import Speakers, Voice, voice
from ingest.claims.chinese.background import Background
from ingest.claims.chinese.build import build, with_listed_fields
from ingest.claims.chinese.modality import modality
from ingest.claims.chinese.parties import Party, find_parties
from ingest.claims.chinese.places import find_places
from ingest.claims.chinese.roles import Memory, Roles, hosts, roles, subjects
from ingest.claims.chinese.scene import Scene, Trigger, find_scenes
from ingest.language import Reading

_CAME_FROM = re.compile(r"(?:来自|离开|前|原|通过|透过|借助|在|经|用)(?:[^，。；]{1,10}[和、与])?$")


@dataclass(slots=True)
class _Group:
    """The triggers of one sentence that share recruiter and modality."""

    roles: Roles
    modality: str
    triggers: list[Trigger] = field(default_factory=list)


def find_claims(reading: Reading, mentions: tuple[Mention, ...], document: Document) -> tuple[Claim, ...]:
    """Return the claims of a Chinese text in its order; `continues` counts positions in the answer."""
    scenes = find_scenes(reading, mentions, document.id)
    places = [find_places(scene) for scene in scenes]
    parties = [find_parties(scene, found) for scene, found in zip(scenes, places, strict=True)]
    background = Background(scenes, places, simplified(document.title or ""))
    for scene, here, found in zip(scenes, places, parties, strict=True):
        background.learn(scene, here, found)
    memory = Memory(topic=_topic(scenes, parties, simplified(document.title or "")))
    speakers = Speakers()
    claims: list[Claim] = []
    last: tuple[int, Roles, str] | None = None  # sentence, roles and modality of the latest claim
    for number, scene in enumerate(scenes):
        said_by = voice(scene, speakers)
        words = scene.text[max(scene.start, said_by.start - 6) : said_by.end] if said_by else ""
        said_by = _pointed(said_by, memory)
        groups = _groups(scene, parties[number], memory, words)
        if not groups and last is not None and number - last[0] <= 3:
            groups = _continuing(scene, scenes[last[0]], parties[number], last[1], words, last[2] == "negated")
        for group in groups:
            triggers = tuple(group.triggers)
            heard = said_by if said_by is not None and _speaks_of(said_by, triggers) else None
            claims.append(
                build(
                    scene,
                    places[number],
                    group.roles,
                    triggers,
                    group.modality,
                    heard,
                    background,
                    claims,
                    document.date,
                )
            )
            if group.roles.recruiters:
                memory.remember(group.roles.recruiters, scene.sentence.paragraph)
            last = (number, group.roles, group.modality)
        if not groups and claims and last is not None and number - last[0] == 1:
            claims[-1] = with_listed_fields(claims[-1], scene)
        if not groups:
            memory.see(subjects(scene, parties[number])[:1])
        memory.name([p for p in parties[number] if not _CAME_FROM.search(scene.text, scene.start, p.start)])
    return tuple(claims)


def _speaks_of(said_by: Voice, triggers: tuple[Trigger, ...]) -> bool:
    """Whether a voice is that of the act: one that comes later in the sentence speaks of something else."""
    return said_by.trailing or not triggers or said_by.start < max(t.end for t in triggers)


def _pointed(said_by: Voice | None, memory: Memory) -> Voice | None:
    """Return the firm or university that a voice such as 该公司 or 校方 points back to, where there is one."""
    kind = {"the company": "company", "the university": "university"}.get(said_by.entity.name) if said_by else None
    if said_by is None or kind is None:
        return said_by
    known = memory.of_kind.get(kind) or next((p for p in memory.topic if p.kind == kind), None)
    return replace(said_by, entity=known.entity, named=not known.entity.described) if known else said_by


def _continuing(
    scene: Scene, before: Scene, parties: tuple[Party, ...], who: Roles, voice_words: str, stopped: bool
) -> list[_Group]:
    """Return what a sentence without a trigger says of the claim before it: terms, or that it is denied."""
    mood = modality(scene, None, voice_words)
    others = [p for p in parties if not p.anaphor and not p.place and p.start < scene.clauses[0].end]
    same = bool(others and who.recruiters) and others[0].entity.id == who.recruiters[0].entity.id
    if mood == "denied":  # to deny that hiring stopped is to say that it goes on
        return [_Group(Roles(who.recruiters, False), "asserted" if stopped else mood)]
    if others and who.recruiters and not same:
        return []
    near = scene.sentence.paragraph == before.sentence.paragraph or gate.goes_on(scene, who.recruiters[:1])
    if (near or same) and gate.adds_terms(scene):
        return [_Group(Roles(who.recruiters, False), mood)]
    return []


def _groups(scene: Scene, parties: tuple[Party, ...], memory: Memory, voice_words: str) -> list[_Group]:
    found: dict[tuple[str, bool], _Group] = {}
    for trigger in scene.triggers:
        if not gate.accepts(scene, trigger):
            continue
        who = roles(scene, trigger, parties, memory)
        if not who.recruiters and not who.employers and trigger.strength < gate.STRONG:
            continue
        mood = modality(scene, trigger, voice_words)
        key = (who.recruiters[0].entity.id if who.recruiters else "", mood in ("denied", "negated"))
        group = found.setdefault(key, _Group(replace(who, hosts=hosts(scene, trigger, parties)), mood))
        group.triggers.append(trigger)
    return list(found.values())


def _topic(scenes: tuple[Scene, ...], parties: list[tuple[Party, ...]], title: str) -> list[Party]:
    """Return who the text is about: the named party of the headline or title, else the one that is named most.

    Who is named as the place that people come from (来自X) is not.
    """
    counted: dict[str, list[Party]] = {}
    for scene, found in zip(scenes, parties, strict=True):
        for party in found:
            known = bool(party.seats) or not party.entity.described
            if _CAME_FROM.search(scene.text, scene.start, party.start):
                continue
            if known and party.kind not in ("silent", "intermediary") and (scene.headline or not party.place):
                weight = 3 if scene.headline or scene.text[party.start : party.end] in title else 1
                counted.setdefault(party.entity.id, []).extend([party] * weight)
    if not counted:
        return []
    best = max(counted.values(), key=lambda same: (len(same), -same[0].start))
    return best[:1]
