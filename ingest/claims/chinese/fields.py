"""Which fields a Chinese sentence says are sought: fields before a word for people, professions, lists of posts."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from graph.frame import Entity
from graph.reference import by_id
from ingest.claims.chinese import lexicon
from ingest.claims.chinese.scene import Scene

VAGUE = ("tech_general", "research_any", "engineering_general", "stem_general")
_NARROWED = ("research_any",)  # professions that a field before them tells apart
_AUDIENCE = re.compile(r"台下|现场|到场|前来|听众|参加者|与会")
_SPEAKS = re.compile(r"[^，。；：]{0,4}(?:告诉|表示|透露|说(?!服)|称(?!职)|认为|指出|坦言|回忆)")
_ENGINEERS = "engineering_general"
_NO_FIELD = "-"  # a word for people that names no field
_TO_PEOPLE = re.compile(
    r"(?:[、和与及]|以及|或|等|领域|方面|方向|专业|行业|产业|相关|学科|科系|类|的|背景|研发|设计|"
    r"制造|开发|技术|高端|高层次|高阶|顶尖|顶级|优秀|核心|青年|杰出|[一二两三四五六七八九十几\d]+(?:大|个|类)?|重点|亟需|所需|急缺|全职|知名|华人|外籍|高级|新兴|前沿|战略|工艺|控制|系统|专门|紧缺|急需|资深|海外|"
    r"人才|博士|“|”|「|」|《|》|[A-Za-z0-9]|[\u4e00-\u9fff](?=[、和与]))*"
)
_ORGANISATION_AFTER = re.compile(
    r"[^，。；、的]{0,4}?(?:公司|企业|厂(?!务)|大厂|业者|(?<![产行])业(?!务|人|的人|的高|的专)|巨头|集团|产业园|园区|"
    r"基地|项目|行业(?:内|的)?(?:公司|企业)|热线|市场|学院|中心)"
)
_LISTED = re.compile(
    r"(?:专业|岗位|职位|科系|学院|领域|方向|学科|职缺|背景)[^，。；]{0,8}(?:包括|涵盖|涉及|有|为|"
    r"如|含|主要|覆盖|集中在)|(?:涵盖|涉及|聚焦|围绕|集中在|面向|锁定|重点(?:引进|招聘)?)"
)
_LIST_BEGINS = re.compile(
    r"(?:这些|其中|所需|主要|招聘|需求|相关)?(?:岗位|职位|专业|学科|领域|方向|"
    r"职缺)?(?:主要)?(?:涉及|涵盖|包括|覆盖|集中在|聚焦|分布在)"
)
_DOMAIN = re.compile(
    r"[^，。；]{0,16}?(?:领域|方面|方向|行业|专业|学科)[^，。；公司企]{0,5}(?:吸引|引进|招|聘|"
    r"延揽|网罗|物色|要人|找人|挖|寻找)"
)
_DUTIES = re.compile(r"(?:负责|从事|主攻|担任)[^，。；]{0,8}$")
_WORK_ON = re.compile(r"(?:研发|从事|负责|开发|研究|设计|带|做过?|主攻|攻关|擅长|在)[^，。；]{0,8}$")


@dataclass(frozen=True, slots=True)
class Sought:
    """A field at the words that name it."""

    start: int
    end: int
    entity: Entity


def sought(scene: Scene, first: int, last: int) -> list[Sought]:
    """Return the fields sought between two characters of the sentence, in order, one per field."""
    named = [m for m in scene.mentions if m.entity.label == "Field" and first <= m.start < last]
    people = [p for p in lexicon.find("people", scene.text, first, last) if not _SPEAKS.match(scene.text, p.end, last)]
    someone = {m.start for m in scene.mentions if m.entity.label == "Person"}  # 首席科学家宋知远 is no field
    found: dict[str, Sought] = {}
    for mention in named:
        if _AUDIENCE.match(scene.text, scene.clauses[scene.clause_of(mention.start)].start):
            continue
        if any(p.code != _NO_FIELD and p.start <= mention.start and mention.end <= p.end for p in people):
            continue
        clause_end = scene.clauses[scene.clause_of(mention.start)].end
        if _leads_to_people(scene, mention.end, clause_end, people) or _is_listed(
            scene, mention.start, mention.end, first
        ):
            found.setdefault(mention.entity.id, Sought(mention.start, mention.end, mention.entity))
    domains = any(in_domain(scene, m.end, scene.clauses[scene.clause_of(m.start)].end) for m in named)
    for phrase in people:
        audience = _AUDIENCE.match(scene.text, scene.clauses[scene.clause_of(phrase.start)].start)
        if audience or phrase.end in someone:
            continue
        for code in phrase.code.split(","):
            term = by_id("Field").get(code)
            beside = any(
                (scene.text[m.end : phrase.start] in ("", "的") and m.end <= phrase.start)
                or phrase.start <= m.start < phrase.end
                for m in named
            )
            qualified = code in VAGUE and (domains or beside)
            if term is not None and not qualified:
                found.setdefault(code, Sought(phrase.start, phrase.end, Entity("Field", code, term.name)))
    if list(found) == [_ENGINEERS]:  # of a firm that makes something: 从芯片企业挖走工程师
        made = next((m.entity for m in named if _ORGANISATION_AFTER.match(scene.text, m.end, last)), None)
        if made is not None:
            found = {made.id: replace(found[_ENGINEERS], entity=made)}
    kept = [f for f in found.values() if f.entity.id not in _NARROWED or not _narrowed(scene, f, found.values())]
    return sorted(kept, key=lambda f: (f.start, f.entity.id))


def _narrowed(scene: Scene, vague: Sought, others: Iterable[Sought]) -> bool:
    """Whether a word such as 教授 or 博士 is told apart by a field before it in its clause."""
    clause = scene.clauses[scene.clause_of(vague.start)]
    return any(clause.start <= f.start < vague.start and f.entity.id not in VAGUE for f in others)


def in_domain(scene: Scene, end: int, clause_end: int) -> bool:
    """Return whether a field ends or stands in the domain that people are recruited in (在X领域引进, 从X领域要人)."""
    return _DOMAIN.match(scene.text, end, clause_end) is not None


def lists_fields(scene: Scene) -> bool:
    """Return whether a sentence begins as a list of the posts or subjects that the one before it offers."""
    return _LIST_BEGINS.match(scene.text, scene.start, scene.end) is not None


def _leads_to_people(scene: Scene, end: int, clause_end: int, people: list[lexicon.Phrase]) -> bool:
    """Whether only words of a list or a qualifier stand between a field and a word for people."""
    text = scene.text
    if _ORGANISATION_AFTER.match(text, end, clause_end):
        return False
    reach = end
    for _ in range(12):  # a list of fields has some length
        match = _TO_PEOPLE.match(text, reach, clause_end)
        reach = match.end() if match else reach
        if any(p.start <= reach <= p.end or p.start == reach for p in people):
            return True
        following = next((m for m in scene.mentions if m.entity.label == "Field" and m.start <= reach < m.end), None)
        if following is None:
            return False
        reach = following.end
    return False


def _is_listed(scene: Scene, start: int, end: int, first: int) -> bool:
    """Whether a field stands in a list of posts or subjects, or is what the people are to work on."""
    clause_index = scene.clause_of(start)
    clause = scene.clauses[clause_index]
    if _ORGANISATION_AFTER.match(scene.text, end, clause.end):
        return False
    before = scene.text[max(first, clause.start) : start]
    if _LISTED.search(before):
        return True
    if in_domain(scene, end, clause.end):
        return True
    if _DUTIES.match(scene.text[clause.start : start]):
        return True
    worked = _WORK_ON.search(before)
    people_before = lexicon.find("people", scene.text, max(first, clause.start), start)
    return bool(worked and people_before)
