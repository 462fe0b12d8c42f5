"""Whether a Chinese sentence says that recruiting happens, is alleged, planned, denied or does not happen."""

import re

from ingest.claims.chinese import lexicon
from ingest.claims.chinese.scene import Scene, Trigger

_JOURNEY = re.compile(r"赴|前往|组团|飞往|[去到][^，。；]{1,8}$")
ACCUSERS = re.compile(r"检|调查局|侦|警|法院|起诉|国安|司法部|地检")


def modality(scene: Scene, trigger: Trigger | None, voices: str = "") -> str:
    """Return the modality of the act of recruiting that a trigger names (None: terms offered with no trigger).

    `voices` are the words for who says it: investigators make it an allegation. Scope is the trigger's clause and those
    before it back to the last comma-separated trigger; denial reaches over the whole sentence.
    """
    text = scene.text
    number = trigger.clause if trigger else len(scene.clauses) - 1
    clause = scene.clauses[number]
    before = text[clause.start : trigger.start] if trigger else text[scene.start : scene.end]
    stopped = trigger is not None and _stopped(scene, trigger)
    undenied = lexicon.search("modality", "undenied", text, scene.start, scene.end) is not None
    if not undenied and lexicon.search("modality", "deny", text, scene.start, scene.end) is not None:
        return "asserted" if stopped else "denied"
    if stopped or (trigger is not None and not undenied and _negated(before)):
        return "negated"
    if lexicon.search("modality", "nohire", text, clause.start, clause.end):
        return "negated"
    if trigger and lexicon.search("modality", "dropped", text, trigger.end, scene.end):
        return "negated"
    reach = clause.end if trigger else scene.end
    if lexicon.search("modality", "rumour", text, clause.start, clause.end):
        return "alleged"
    if ACCUSERS.search(voices) or lexicon.search("modality", "alleged", text, scene.start, reach):
        return "alleged"
    if scene.headline and lexicon.search("modality", "doubt", text, scene.start, scene.end):
        return "alleged"
    begun = clause.start  # 计划明年三月赴河内，招聘工程师: the clause before may say that it is a plan
    if (
        trigger
        and number
        and not any(t.clause == number - 1 for t in scene.triggers)
        and _JOURNEY.search(text, scene.clauses[number - 1].start, scene.clauses[number - 1].end)
    ):
        begun = scene.clauses[number - 1].start
    planned = lexicon.find("modality", text, begun, reach, code="planned")
    if any(not _is_name(scene, phrase) for phrase in planned):
        return "planned"
    return "asserted"


def _is_name(scene: Scene, phrase: lexicon.Phrase) -> bool:
    """Whether a word belongs to the name of a programme (the last two signs of 鲲鹏计划)."""
    return any(
        mention.start <= phrase.start and phrase.end <= mention.end
        for mention in scene.mentions
        if mention.entity is not None and mention.entity.label == "Programme"
    )


def _stopped(scene: Scene, trigger: Trigger) -> bool:
    clause = scene.clauses[trigger.clause]
    for phrase in lexicon.find("modality", scene.text, clause.start, clause.end, code="stop"):
        if phrase.end <= trigger.start <= phrase.end + 16 or trigger.end <= phrase.start <= trigger.end + 8:
            return True
    return False


def _negated(before: str) -> bool:
    return any(
        phrase.end >= len(before) - 6 and not re.search(r"未来$|不断$|不仅$|不止$", before[: phrase.end])
        for phrase in lexicon.find("modality", before, 0, len(before), code="never")
    )
