"""Where people are recruited from and where to, in one Chinese sentence.

    从X挖人, 向X挖角, 赴X招聘, 在X工作的工程师, X人才   → origin
    到X工作, 回国, 派驻X, 上班地点在X                → destination
A place before the trigger that the recruiter travels to is an origin; one after it, that people go to, a destination.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from graph.frame import Entity
from graph.reference import by_id
from ingest.claims.chinese import lexicon
from ingest.claims.chinese.scene import Scene, Trigger

_SPECIAL = ("OVERSEAS", "WORLDWIDE")
_TRAVEL = re.compile(
    r"(?:赴|到了?|来|去|前往|走进|奔赴|飞往|飞赴|抵|在|于|访|向|从|自|由|针对|锁定|瞄准|面向|深入|进入|来到|对)$"
)
_SOURCE = re.compile(r"(?:从|自|来自|由|向)$")
_LIVES = re.compile(
    r"[^，。；]{0,12}(?:工作|任职|就职|从业|从事|做过|学习|就读|取得|深造|服务|受过|研究|发展|攻读|毕业)"
)
_GOES = re.compile(r"(?:赴|到|来|去|前往|回|返回|返|回到|落户|留在|扎根|派驻|驻|入职|在|于|至|移居|定居|服务|来到)$")
_WORKS = re.compile(
    r"[^，。；]{0,6}?(?:工作|就业|发展|任职|任教|创业|执教|上班|落户|扎根|定居|服务|从业|圆梦|来|长期|全职|厂|至少)"
)
_BROUGHT = re.compile(
    r"(?:请|挖|招|引|带|调|派|招揽|引进)(?:到|至|去|回)了?$|(?:请|邀|约|劝|叫|拉|让)[他她我你您]们?(?:到|去|来|回)$"
)
_WORKPLACE = re.compile(r"(?:上班|工作|办公|任职|岗位)(?:的)?(?:地点|地|所在地)(?!区)")
_ARRIVAL = re.compile(r"[来回返归赴](?:华|国|台|港|澳|大陆|内地)$|归国$")
_PARTY_AFTER = re.compile(
    r"(?:的|本土|当地|各地)?[^，。；、的从在向对和与]{0,8}?(?:公司|企业|厂商|大厂|高校|大学|学院|"
    r"政府|当局|集团|巨头|机构|银行|车企|新厂)"
)
_NOT_PEOPLE = re.compile(
    r"(?:市场|业务|分?公司|机构|经历|背景|经验|高校|工厂|总部|网|版|上市|媒体|布局|项目|知名|"
    r"期刊|资本|竞争|设立|名校|交流|合作|并购|分支|办事处)"
)
_LED = "在赴驻访返"  # a mention such as 在美 begins with its preposition
_FOUNDS = re.compile(r"，|开(?!出)|设立|成立|设有|建|拥有|落户|总部")
_STOP = re.compile(r"(?:来到|走进|放在|设在|抵达|登陆|赶到|移师|转战|奔赴|在)$")
_NATIONALITY = re.compile(r"(?:籍|裔)")


@dataclass(frozen=True, slots=True)
class Place:
    """A region at its words."""

    start: int
    end: int
    entity: Entity
    special: bool = False


def find_places(scene: Scene) -> tuple[Place, ...]:
    """Return the regions that the sentence names, by name, short form or as "overseas"; names inside names left out."""
    named = [
        Place(m.start + (scene.text[m.start] in _LED and m.end - m.start > 1), m.end, m.entity)
        for m in scene.mentions
        if m.entity.label == "Region"
    ]
    taken = [(m.start, m.end) for m in scene.mentions if m.entity.label != "Field"]
    for phrase in lexicon.find("places", scene.text, scene.start, scene.end):
        term = by_id("Region").get(phrase.code)
        if term is not None and not any(s < phrase.end and phrase.start < e for s, e in taken):
            special = phrase.code in _SPECIAL
            named.append(Place(phrase.start, phrase.end, Entity("Region", term.id, term.name), special))
    found = sorted({(p.start, p.end): p for p in named}.values(), key=lambda p: p.start)
    return tuple(_joined(found))


def _joined(places: list[Place]) -> Iterator[Place]:
    """Yield places with their surroundings taken in: 美国波士顿 is one place, Boston."""
    start: int | None = None
    for place, following in zip_longest(places, places[1:]):
        if following is not None and following.start == place.end and not place.special and not following.special:
            start = place.start if start is None else start
            continue
        yield place if start is None else replace(place, start=start)
        start = None


def origins(
    scene: Scene, triggers: tuple[Trigger, ...], places: tuple[Place, ...], first: int, last: int
) -> list[Place]:
    """Return the places (within the characters `first` to `last`) that people are recruited from."""
    return [p for p in places if first <= p.start < last and _is_origin(scene, triggers, p, places)]


def destinations(
    scene: Scene, triggers: tuple[Trigger, ...], places: tuple[Place, ...], first: int, last: int
) -> list[Place]:
    """Return the places that people are to go to, as far as the sentence says so beside the recruiter's seat."""
    found = [
        p for p in places if first <= p.start < last and not p.special and _is_destination(scene, triggers, p, places)
    ]
    for match in _WORKPLACE.finditer(scene.text, first, last):
        found += [p for p in places if match.end() <= p.start < last and not p.special and p not in found]
    return found


def _is_origin(scene: Scene, triggers: tuple[Trigger, ...], place: Place, places: tuple[Place, ...]) -> bool:
    text = scene.text
    clause = scene.clauses[scene.clause_of(place.start)]
    before = text[clause.start : list_start(text, place, places)]
    after = text[place.end : clause.end]
    if _NATIONALITY.match(after) and not place.special:
        return False
    if place.special and _WORKPLACE.search(scene.text, clause.start, place.start):
        return False  # "place of work: overseas"
    if place.special:
        return _NOT_PEOPLE.match(after) is None or _SOURCE.search(before) is not None
    if _PARTY_AFTER.match(after) and not _SOURCE.search(before):
        return False
    if _BROUGHT.search(before) and not _NATIONALITY.match(after):
        return False
    if re.search(r"(?:位于|设于|坐落于|总部[设在于]{0,2})$", before):
        return False  # a seat
    if before.endswith(("来自", "源自")) and any(t.start < place.start for t in triggers):
        return True
    follows = any(
        (t.start >= place.end or t.start < place.start < place.end < t.end)
        and scene.clause_of(t.start) - scene.clause_of(place.start) <= 1
        for t in triggers
    )
    between = text[place.end : min((t.start for t in triggers if t.start >= place.end), default=place.end)]
    if follows and _TRAVEL.search(before) and not (before.endswith(("在", "于")) and _FOUNDS.search(between)):
        return True
    if any(t.sense in ("fair", "posts") for t in triggers) and _STOP.search(before):
        return True
    if any(t.end <= place.start <= t.end + 1 and t.sense in ("poach", "recruit") for t in triggers):
        return not _PARTY_AFTER.match(after)
    if (
        re.search(r"(?<!们)(?<!安排)(?<!可)(?<!能)(?<!将)(?<!须)(?:在|来自|于)$", before)
        and _LIVES.match(after)
        and any(t.start < place.start for t in triggers)
    ):
        return True
    return _before_people(scene, triggers, place, clause.start, clause.end)


def _before_people(scene: Scene, triggers: tuple[Trigger, ...], place: Place, first: int, last: int) -> bool:
    """Whether the place qualifies people: "台湾的半导体人才"."""
    if re.search(r"(?:派驻|驻|落户|前往|回到)$", scene.text[first : place.start]):
        return False
    if (
        place.start == first
        and not any(t.start < place.start for t in triggers)
        and not scene.text.startswith("的", place.end)
    ):
        return False  # the place that begins a clause is its subject
    for people in lexicon.find("people", scene.text, place.end, last):
        between = scene.text[place.end : people.start]
        if any(place.end <= t.start < people.start for t in triggers):
            return False
        return len(between) <= 14 and not re.search(
            r"[从在向对把被将到去来，]|公司|企业|政府|大学|高校|局|部门|委员", between
        )
    return False


def _is_destination(scene: Scene, triggers: tuple[Trigger, ...], place: Place, places: tuple[Place, ...]) -> bool:
    text = scene.text
    clause = scene.clauses[scene.clause_of(place.start)]
    before = text[clause.start : list_start(text, place, places)]
    after = text[place.end : clause.end]
    whole = text[max(clause.start, place.start - 1) : place.end]
    follows = any(t.end <= place.start for t in triggers)
    if _ARRIVAL.search(whole) and len(whole) <= 3:
        return follows and not any(t.start >= place.end and t.clause == scene.clause_of(place.start) for t in triggers)
    if re.match(r"[^，。；]{0,2}(?:使馆|大使|领馆|记者|代表处|办事处)", after):
        return False
    if re.match(r"新?工?厂|新厂|研发中心|分部|基地|园区", after) and not _SOURCE.search(before):
        return True
    if re.search(r"(?:派驻|驻|落户|扎根)$", before) or _BROUGHT.search(before):
        return True
    return bool(_GOES.search(before) and _WORKS.match(after) and not re.match(r"[^，。；]{0,12}的", after))


def list_start(text: str, place: Place, places: tuple[Place, ...]) -> int:
    """Return where the list of places begins that this one is part of ("从北京、上海和深圳")."""
    start = place.start
    for other in sorted(places, key=lambda p: -p.start):
        if other.end <= start and re.fullmatch(r"、|和|与|及|以及|或|，", text[other.end : start]):
            start = other.start
    return start
