"""Who may recruit in a Chinese sentence: named firms and bodies, unnamed ones, governments by their place."""

import re
from dataclasses import dataclass

from graph import ids
from graph.frame import Entity, Mention
from graph.reference import by_id
from ingest.claims.chinese import lexicon
from ingest.claims.chinese.places import Place, list_start
from ingest.claims.chinese.scene import Scene

_KINDS = {"university": "university", "research": "research_org", "military": "armed_forces"}
_SUFFIXES = (
    (
        "silent",
        r"(?:报|周刊|日报|晚报|新闻|社|电视台|媒体|通讯社|之音|法院|检察院|检察署|地检署|检察厅|"
        r"调查局|警察局|公安局|交易所|移民署|情报与安全中心|协会|工会|台|网|杂志|商会)$",
    ),
    ("university", r"(?:大学|学院|中学|学校|理工|[^院]大)$"),
    ("research_org", r"(?:研究院|研究所|实验室|科学院|研究中心|院)$"),
    ("local_government", r"(?:省|市|区|县|州).{0,8}(?:政府|局|委|厅|办公室|组织部|人才办)$|(?:厅|局|人才办|特区政府)$"),
    ("national_government", r"(?:部|委员会|总局|署|政府|国务院|办公室|行政院|内阁)$"),
    ("armed_forces", r"(?:空军|海军|陆军|解放军|军方)$"),
)
_POINTING = re.compile(r"(?:这家|这所)(?:[^，。；、]{0,4}(?:总部|位于)[^，。；、]{0,8}|[^，。；、的]{1,6})$")
_ANAPHOR = re.compile(
    r"(?:该|这[家些类批两几]{0,2}|此类?|上述|其|本|两家|这所|那家|这[家所](?:[^，。；、]{1,12}的)?[^，。；、的]{0,4})$"
)
_WHEN = re.compile(  # words of time or sequence, after which a bare 公司 still points back
    r"(?:[\d一二两三四五六七八九十几数]+(?:天|年|周|个?月|日)[之以]?[后前]|当[天日晚]|昨[天日晚]|同[日年]|随后|后来|此后|当时|目前|如今|现在|于是|因此|不过|最后|最终|近[日来]|日前|[去今明前]年|[春夏秋冬][天季]|"
    r"[上下本]个?月|\d{4}年|\d{1,2}[月日]|[底初]|但|而)+"
)
_ONE = re.compile(r"(?:[一某这那]|另外?一)[家所间个](?!家)[^，。；、]{0,12}$|某[^，。；、]{0,8}$")
_SINGULAR = {"companies": "company", "universities": "university", "research institutes": "research institute"}
_SINGLE = re.compile(r"公司|学校|学院|校方|企业方|东家|中心|园区|管委会|市里|区里|县里|省里")
_NOT_HEAD = re.compile(
    r"行(?!业|政)|背景|支持|资助|主管|授权|控股|旗下|出资|补助|合作|业务|招|人才|聘|文化|家|化|园|界|级|主义|"
    r"总部|债|资质|管理局"
)
_CITY_STATES = ("HK", "MO")
_OPENING = ("“", "「", "『", "《")
_ACTOR_BEFORE = re.compile(
    r"(?:从|向|自|由|在|对|把|与|跟|为|替|给|据|比|到|赴|来自|前|原|离开|如|像|除了|于|以|于|抵|驻|"
    r"来|去|返|回|至|经|是|到访|途经|等|委托|找了?|邀请)$"
)


@dataclass(frozen=True, slots=True)
class Party:
    """Someone who may act; `kind` is a recruiter type, or "silent" for media, courts and the like.

    `anaphor`: only words such as 该公司 that point back. `place`: a region acting by itself. `seats`: the places that
    its description or the words before its name give as its home. `located`: it points back and says where that is.
    """

    start: int
    end: int
    entity: Entity
    kind: str
    anaphor: bool = False
    place: bool = False
    seats: tuple[Place, ...] = ()
    located: bool = False


def find_parties(scene: Scene, places: tuple[Place, ...]) -> tuple[Party, ...]:
    """Return the parties of a sentence in order, not overlapping."""
    named = [_named(scene, m, places) for m in scene.mentions if m.entity.label in ("Company", "Organisation")]
    taken = [(m.start, m.end) for m in scene.mentions if m.entity.label not in ("Region", "Field")]
    starts = [party.start for party in named]
    unnamed = []
    for phrase in lexicon.find("parties", scene.text, scene.start, scene.end):
        if any(phrase.end <= s <= phrase.end + 1 and scene.text[phrase.end : s] in ("", *_OPENING) for s in starts):
            continue  # 企业“恒澜动力”, 公司灵阶: the noun only introduces the name
        if any(s < phrase.end and phrase.start < e for s, e in taken) or _NOT_HEAD.match(scene.text, phrase.end):
            continue
        unnamed.append(_unnamed(scene, phrase, places))
    found = named + unnamed
    spans = [(p.start, p.end) for p in found]
    acting = [
        Party(p.start, p.end, p.entity, _region_kind(p), place=True, seats=(p,))
        for p in places
        if not p.special and not any(s <= p.start < e or p.end == s for s, e in spans) and _acts(scene, p, places)
    ]
    return tuple(sorted(found + acting, key=lambda p: (p.start, -p.end)))


def _named(scene: Scene, mention: Mention, places: tuple[Place, ...]) -> Party:
    surface = scene.text[mention.start : mention.end]
    if mention.entity.label == "Company":
        kind = "intermediary" if re.search(r"猎头|人力|中介", surface) else "company"
    else:
        kind = organisation_kind(mention.entity, surface)
    seats = _seats(scene, mention.start, places)
    if kind == "national_government" and any(seat.entity.id in _CITY_STATES for seat in seats):
        kind = "local_government"
    return Party(mention.start, mention.end, mention.entity, kind, seats=seats)


def organisation_kind(entity: Entity, surface: str) -> str:
    """Return the recruiter type of an organisation by its kind or, where that does not say, its Chinese name."""
    if entity.kind in _KINDS:
        return _KINDS[entity.kind]
    if entity.kind == "media":
        return "silent"
    other = "national_government" if entity.kind == "government" else "research_org"
    kind = next((kind for kind, pattern in _SUFFIXES if re.search(pattern, surface)), other)
    term = by_id(entity.label).get(entity.id)
    if kind == "national_government" and term is not None and term.based_in in _CITY_STATES:
        return "local_government"
    return kind


def _unnamed(scene: Scene, phrase: lexicon.Phrase, places: tuple[Place, ...]) -> Party:
    kind, head = phrase.values
    clause = scene.clauses[scene.clause_of(phrase.start)]
    before = scene.text[clause.start : phrase.start]
    inside = tuple(p for p in places if p.start < phrase.end and phrase.start < p.end and not p.special)
    seats = inside or _seats(scene, phrase.start, places)
    alone = not seats and _SINGLE.fullmatch(scene.text, phrase.start, phrase.end) is not None
    pointing = bool(seats) and _POINTING.search(before) is not None
    anaphor = (
        pointing or bool(_ANAPHOR.search(before)) or (alone and (not before or _WHEN.fullmatch(before) is not None))
    )
    start = min(phrase.start, *(p.start for p in seats)) if seats else phrase.start
    words = scene.words(start, phrase.end)
    if _ONE.search(before):
        head = _SINGULAR.get(head, head)
    name = f"{head} in {seats[0].entity.name}" if seats else head
    label = "Company" if kind in ("company", "intermediary") else "Organisation"
    based = tuple(p.entity for p in seats)
    entity = Entity(label, ids.described_id(scene.document_id, words), name, described=True, based_in=based)
    if kind == "national_government" and seats and seats[0].entity.id.count("-"):
        kind = "local_government"
    return Party(start, phrase.end, entity, kind, anaphor=anaphor, seats=seats, located=pointing)


def _seats(scene: Scene, start: int, places: tuple[Place, ...]) -> tuple[Place, ...]:
    """Return the places right before a name or head noun that give its home ("浙江某科技公司")."""
    clause = scene.clauses[scene.clause_of(start)]
    found = []
    for place in places:
        if place.special or not clause.start <= place.start < place.end <= start:
            continue
        between = scene.text[place.end : start]
        led = re.search(r"(?:从|向|自|来自|赴|到|来|(?<!总部)(?<!总部设)在)$", scene.text[clause.start : place.start])
        if (
            len(between) <= 10
            and not led
            and re.fullmatch(r"(?:的|省|市|籍|系|资)?[^，。；：、的从在向对和与把被为将到去来据给由是说称]*", between)
        ):
            found.append(place)
    if not found:
        return ()
    inside = [p for p in places if not p.special and clause.start <= p.start <= found[-1].start]
    first = list_start(scene.text, found[-1], tuple(inside))
    return tuple(p for p in inside if first <= p.start)


def _region_kind(place: Place) -> str:
    if place.entity.id in _CITY_STATES or "-" in place.entity.id:
        return "local_government"
    term = by_id("Region").get(place.entity.id)
    if term is not None and term.level == "group":
        return "supranational"
    return "unspecified"


def _acts(scene: Scene, place: Place, places: tuple[Place, ...]) -> bool:
    """Whether a region stands as a subject: no preposition before it, no noun that it qualifies after it."""
    clause = scene.clauses[scene.clause_of(place.start)]
    if _ACTOR_BEFORE.search(scene.text, clause.start, list_start(scene.text, place, places)):
        return False
    after = scene.text[place.end : clause.end]
    if (
        re.match(r"的|、|籍|人(?!才)|台|与|和|[检警媒]|法院|国会|议会|情报|记者|官员|学者|专家", after)
        or len(after) < 2
    ):
        return False
    people = lexicon.find("people", scene.text, place.end, min(clause.end, place.end + 8))
    return not people or people[0].start > place.end + 6
