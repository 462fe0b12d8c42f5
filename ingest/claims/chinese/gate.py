"""Which Chinese trigger words make a claim: strong ones unless their object is no people, weak ones with people."""

import re
from collections.abc import Sequence

from ingest.claims.chinese import lexicon
from ingest.claims.chinese.fields import lists_fields
from ingest.claims.chinese.parties import Party
from ingest.claims.chinese.scene import Scene, Trigger

STRONG = 0.75
_NEAR = 14  # characters between a weak trigger and the word for people
_TERMS = re.compile(
    r"最高|可获|可享|享受|给予|提供|发放|许诺|承诺|开出|入选者|不仅|除了|还有|包括|负责|报销|"
    r"底薪|月薪|年薪|另给|另有|并|可持|可领|免租|优先|协助|签字费|还能|还管|都由|一起办|配备|解决|待遇|面议|可住|获安排|批出|留了|就能|都能|当天|承担|付清|补足|达|拿到|上看|每人|奖励|补贴|资助|安排|留了|办完|再拿出|配套|倍|[万亿][美港欧]?元"
)
_OWN_STAFF = re.compile(r"现有|在职|老员工|现职|留任|留住|自家|内部(?:提拔|晋升|调)|平均每|员工平均|离职")
_NOTICE = re.compile(r"启事|广告|公告|信息|简章|海报")
_PRICED = re.compile(r"[万亿][美欧日韩港]?元|价码|橄榄枝|重金|优厚|条件")
_FROM = re.compile(r"从[^，。；]{1,16}$|(?:在|到|赴|来)[^，。；]{1,10}(?:暗中|偷偷|私下|悄悄|到处|大举|四处|上门)?$")
_ELIGIBLE = re.compile(r"申请人|申请者|够得上|须具|应具|门槛|资格条件|牵头人|得主|出生")
_DOMAINS = re.compile(r"(?:面向|聚焦|围绕|限于|集中在|涵盖|覆盖)[^。；]{2,40}(?:领域|方向|专业|学科|岗位)")
_STUDY = re.compile(r"奖助?学金|助学金|学成|培训费|在校生")
_ITEM = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十\d]+[）)、.．]|[·•●▪*-]|答[:：])")
_BEFORE = re.compile(r"受[^，。；]{0,8}$")


def accepts(scene: Scene, trigger: Trigger) -> bool:
    """Return whether a trigger may be a claim by what stands around it in its sentence."""
    text = scene.text
    clause = scene.clauses[trigger.clause]
    if lexicon.search("refusals", "sentence", text, scene.start, scene.end) or _BEFORE.search(
        text[clause.start : trigger.start]
    ):
        return False
    if lexicon.ends("refusals", "before", text, clause.start, trigger.start):
        return False
    if _NOTICE.match(text, trigger.end) and lexicon.search("modality", "never", text, clause.start, trigger.start):
        return False  # no notice was seen: the channel is denied, not the act
    people = lexicon.find("people", text, trigger.end, clause.end)
    after = people[0].end if people else trigger.end
    if trigger.strength < STRONG and lexicon.begins("refusals", "purpose", text, after, clause.end):
        return False  # invited to invest, to visit, to study
    near = bool(people) and people[0].start - trigger.end <= _NEAR
    moved = _handled(scene, trigger) or _FROM.search(text, clause.start, trigger.start) is not None
    person = any(
        m.entity.label == "Person" and trigger.end <= m.start < clause.end and m.start - trigger.end <= _NEAR
        for m in scene.mentions
    )
    refused = lexicon.begins("refusals", "object", text, trigger.end, clause.end)
    if trigger.strength >= STRONG:
        return near or person or moved or not refused
    if trigger.sense in ("attract", "invite", "hire"):
        return (near and not (refused and people[0].start - trigger.end > 10)) or person or moved
    if trigger.sense == "join":
        if lexicon.find("incentives", text, scene.start, scene.end):
            return True
        return (
            re.search(
                r"(?:前|原)[^，。；]{1,16}$|[名位][^，。；]{0,12}从[^，。；]{1,12}$", text[clause.start : trigger.start]
            )
            is not None
        )
    if trigger.sense == "contact":  # someone is approached personally: by which way, or with which terms, must be said
        ways = ("direct_approach", "social_network", "headhunter", "private_contacts")
        reached = any(lexicon.search("channels", way, text, scene.start, scene.end) for way in ways)
        return reached or bool(lexicon.find("incentives", text, scene.start, scene.end))
    if trigger.sense == "scheme":
        return bool(lexicon.find("people", text, trigger.start, scene.end)) or trigger.stage != "seeks"
    if trigger.sense == "offer":
        if _OWN_STAFF.search(text, scene.start, scene.end) or _STUDY.search(text, scene.start, scene.end):
            return False
        priced = _PRICED.search(text, trigger.end, clause.end) is not None
        return priced or bool(lexicon.find("incentives", text, trigger.end, clause.end))
    return True


def goes_on(scene: Scene, recruiters: Sequence[Party]) -> bool:
    """Return whether a paragraph goes on with the one before: an item of a list, an answer, a scheme's next rule."""
    if _ITEM.match(scene.text, scene.start, scene.end):
        return True
    return any(p.place or p.kind in ("local_government", "national_government", "university") for p in recruiters)


def adds_terms(scene: Scene) -> bool:
    """Return whether a sentence without a trigger of its own states what recruits get."""
    text = scene.text
    if lexicon.search("channels", "candidate_application", text, scene.start, scene.end):
        return True
    if _DOMAINS.search(text, scene.start, scene.end) and any(m.entity.label == "Field" for m in scene.mentions):
        return not lists_fields(scene)
    found = lexicon.find("incentives", text, scene.start, scene.end)
    if not found:
        return False
    if _ELIGIBLE.search(text, scene.start, scene.end) or _OWN_STAFF.search(text, scene.start, scene.end):
        return False
    return len({phrase.code for phrase in found}) > 1 or _TERMS.search(text, scene.start, scene.end) is not None


def _handled(scene: Scene, trigger: Trigger) -> bool:
    """Whether people stand before the trigger as what is handled: 把人挖走, 人才被挖角, 从X要人."""
    clause = scene.clauses[trigger.clause]
    before = scene.text[clause.start : trigger.start]
    if scene.text[trigger.start] in "被遭":
        return bool(lexicon.find("people", scene.text, clause.start, trigger.start))
    if re.search(r"(?:把|将|被|遭)[^，。；]{0,20}$", before):
        return bool(lexicon.find("people", scene.text, clause.start, trigger.start)) or any(
            m.entity.label == "Person" and clause.start <= m.start < trigger.start for m in scene.mentions
        )
    return False
