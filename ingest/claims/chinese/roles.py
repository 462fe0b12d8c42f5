"""Which party of a Chinese sentence recruits, and whose staff it takes; what earlier sentences lend."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.claims.chinese.parties import Party
from ingest.claims.chinese.scene import Scene, Trigger

_NOT_SUBJECT = re.compile(
    r"(?:从|向|自|在|对|把|将|用|借|借用|透过|通过|到了|来到|去了|走进|抵达|访问|参观|与|跟|为|"
    r"替|给|据|比|到|赴|来自|"
    r"前|原|离开|像|除了|于|以|包括|收购|"
    r"成立|设立|开|注册|新设|拜访|加盟|加入|当|是|不是|进|入读|问到是不是替|委托|加盟|曾在|任职|供职|投资|对着|瞄准|"
    r"锁定|针对|代表|根据|反驳|支持|关于|经)$"
)
_AGENT = re.compile(
    r"(?:被|遭|由|遭到|受|跟着|跟随|获|获得|应|(?:收到|接到|接获|拿到|拒绝|谢绝|回绝|婉拒|接受|得到)(?:过|了)?)$"
)
_PRINCIPAL = re.compile(r"(?:受|替|为|代|帮|帮助|接受)$")
_LED = re.compile(
    r"(?:组织|带领|率领|率|邀请|联合|拜访|动员)了?(?:\d+|"
    r"[一二两三四五六七八九十百数几]+)?[多余]?[家所个]?[^，。；、的]{0,4}$"
)
_ALUMNUS = re.compile(r"(?:毕业|出身|博士生|硕士生|就读)")
_STAFF = re.compile(
    r"(?:的)?[^，。；、从向自在对把将被到赴挖招聘请引抢]{0,6}(?:工程师|员工|团队|研究员|高管|主管|专家|人才|科学家|干部|老将|"
    r"技术人员|骨干|前员工|旧部|人马)"
)
_ACCUSES = re.compile(r"查获|查办|查处|起诉|指控|调查|侦办|约谈|搜索|指责|指称|批评|怀疑|点名|控告|谴责")
_JOIN = re.compile(r"(?:、|和|与|及|以及|或|等|还有|，|,)+")
_SPEAKS = re.compile(
    r"[^，。；：“”]{0,14}?(?:表示|说|称|指出|透露|宣布|认为|强调|介绍|坦言|回应|解释|补充|写道|"
    r"报道|报导|披露|估计|承认|否认|证实|指控|声明|通报)"
)
_PRONOUN = re.compile(r"(?:它们?|他们|她们|对方|该方|双方)(?!的)")
_LEAD = re.compile(r"^[“”「」]*(?:指|指控|称|说|而|但|不过|其中|同时|随后|后来|另外|此外|于是|因此|所以)*")
_NEAR_START = 10  # characters before the subject that a sentence begins with
_ON_BEHALF = re.compile(r"(?:代表|来自|供职于|受雇于)$")
_VISITS = re.compile(r"(?:到了?|赴|走进|进入|前往|来到|去了?|在)$")
_JOINED_REACH = 8  # characters between 加盟 and the firm that is joined
_AGENT_REACH = 24  # characters between the agent of a passive and its verb


@dataclass(slots=True)
class Memory:
    """What earlier sentences of the document lend to later ones."""

    topic: list[Party] = field(default_factory=list)
    recruiters: list[Party] = field(default_factory=list)
    subject: Party | None = None
    paragraph: int = -1
    of_kind: dict[str, Party] = field(default_factory=dict)
    named: dict[str, Party] = field(default_factory=dict)

    def remember(self, parties: Sequence[Party], paragraph: int) -> None:
        """Keep the recruiters of the sentence just read."""
        self.recruiters, self.paragraph = list(parties), paragraph
        self.see(parties)

    def see(self, parties: Sequence[Party]) -> None:
        """Keep the first party of a sentence, and the last of each kind, so that 该公司 and 它 can point back."""
        seen = [
            p
            for p in parties
            if (p.located or not p.anaphor) and p.kind != "silent" and (p.seats or not p.entity.described)
        ]
        if seen:
            self.subject = seen[0]
        for party in seen:
            self.of_kind[party.kind] = party

    def name(self, parties: Sequence[Party]) -> None:
        """Keep the last named party of each kind, whatever its part in its sentence."""
        self.named.update((p.kind, p) for p in parties if not p.entity.described and not p.place)

    def resolve(self, party: Party) -> list[Party]:
        """Return what a party that only points back stands for; itself where nothing fits."""
        if not party.anaphor:
            return [party]
        if self.subject is not None and self.subject.kind == party.kind:
            return [self.subject]
        before = self.of_kind.get(party.kind) or self.named.get(party.kind)
        return [before] if before is not None else [party]


@dataclass(frozen=True, slots=True)
class Roles:
    """Recruiters (one group), whether they stand in the sentence, whose staff is taken, and who acts for them.

    `hosts` are the universities that a recruiter visits.
    """

    recruiters: tuple[Party, ...]
    stated: bool
    employers: tuple[Party, ...] = ()
    intermediaries: tuple[Party, ...] = ()
    hosts: tuple[Party, ...] = ()


def roles(scene: Scene, trigger: Trigger, parties: tuple[Party, ...], memory: Memory) -> Roles:
    """Return who recruits by a trigger, and from whose staff."""
    clause = scene.clauses[trigger.clause]
    lists = _lists(scene, parties)
    employers = tuple(
        p for p in parties if p.kind != "silent" and not p.place and _is_employer(scene, p, trigger, lists[p])
    )
    able = [p for p in parties if p.kind != "silent" and p not in employers]
    principals = [p for p in able if p.end <= trigger.start and _PRINCIPAL.search(scene.text, scene.start, p.start)]
    brokers = tuple(p for p in able if p.kind == "intermediary" and p.end <= trigger.start)
    if principals and brokers:
        return Roles(tuple(memory.resolve(principals[0])), True, employers, brokers)
    agents = [
        p
        for p in able
        if clause.start <= p.start < clause.end
        and abs(p.start - trigger.start) < _AGENT_REACH
        and _AGENT.search(scene.text, clause.start, lists[p][0])
    ]
    if agents:
        return Roles(tuple(memory.resolve(agents[0])), True, employers)
    if trigger.sense == "join":  # 跳到X, 加盟X
        joined = [p for p in able if not p.anaphor and 0 <= p.start - trigger.end <= _JOINED_REACH]
        if joined and joined[0].start < clause.end:
            return Roles((joined[0],), True, employers)
    for number in range(trigger.clause, -1, -1):
        here = scene.clauses[number]
        until = trigger.start if number == trigger.clause else here.end
        if _PRONOUN.match(_content(scene, here.start, until)):
            named = [p for p in able if p.end <= here.start and not p.place and not p.anaphor]
            pointed = named[-1:] or ([memory.subject] if memory.subject else [])
            return Roles(tuple(pointed or memory.recruiters), bool(named), employers)
        subjects = [p for p in able if here.start <= p.start and p.end <= until and _is_subject(scene, p, lists[p])]
        spoken = [p for p in subjects if _SPEAKS.match(scene.text, p.end, here.end)]
        acting = [p for p in subjects if p not in spoken]
        accused = [p for p in acting[1:] if _ACCUSES.search(scene.text, acting[0].end, p.start)]
        if acting:
            return _stated(scene, accused or acting, memory, employers, parties)
        if spoken:
            return _stated(scene, spoken, memory, employers, parties)
    spokesmen = [p for p in able if _ON_BEHALF.search(scene.text, scene.start, p.start)]
    if spokesmen:
        return Roles(tuple(memory.resolve(spokesmen[0])), True, employers)
    # a text about a place's campaign comes back to it with a new paragraph
    new = memory.paragraph not in (-1, scene.sentence.paragraph) and memory.topic[:1] and memory.topic[0].place
    lent = memory.recruiters if memory.recruiters and not new else memory.topic
    taken = {p.entity.id for p in employers}
    return Roles(tuple(p for p in lent if p.entity.id not in taken), False, employers)


def subjects(scene: Scene, parties: tuple[Party, ...]) -> list[Party]:
    """Return the parties that stand as subjects of the sentence's first clauses."""
    lists = _lists(scene, parties)
    return [p for p in parties if p.start - scene.start <= _NEAR_START and _is_subject(scene, p, lists[p])]


def hosts(scene: Scene, trigger: Trigger, parties: tuple[Party, ...]) -> tuple[Party, ...]:
    """Return the universities that a recruiter goes to: 到X宣讲, 走进X招聘."""
    visited = (p for p in parties if p.kind == "university" and p.end <= trigger.start and not p.entity.described)
    return tuple(p for p in visited if _VISITS.search(scene.text, scene.start, p.start))


def _content(scene: Scene, start: int, end: int) -> str:
    return _LEAD.sub("", scene.text[start:end].lstrip())


def _lists(scene: Scene, parties: tuple[Party, ...]) -> dict[Party, tuple[int, int]]:
    """Return for each party where the list begins and ends that it is part of ("A、B和C")."""
    found: dict[Party, tuple[int, int]] = {}
    group: list[Party] = []
    for party in (*parties, None):
        joined = party is not None and group and _JOIN.fullmatch(scene.text, group[-1].end, party.start) is not None
        if group and not joined:
            found.update(dict.fromkeys(group, (group[0].start, group[-1].end)))
            group = []
        if party is not None:
            group.append(party)
    return found


def _stated(
    scene: Scene,
    subjects: list[Party],
    memory: Memory,
    employers: tuple[Party, ...],
    parties: tuple[Party, ...],
) -> Roles:
    first = next((p for p in subjects if not p.place), subjects[0])
    before = [p for p in parties if p.end <= first.start and p.kind == first.kind and not p.anaphor]
    group = [before[-1]] if first.anaphor and before and before[-1] not in employers else memory.resolve(first)
    last = first
    for party in subjects:
        if party.start > last.start and _JOIN.fullmatch(scene.text, last.end, party.start) and not party.anaphor:
            group = [*group, party]
            last = party
    return Roles(tuple(group), True, employers)


def _is_subject(scene: Scene, party: Party, span: tuple[int, int]) -> bool:
    clause = scene.clauses[scene.clause_of(party.start)]
    if _NOT_SUBJECT.search(scene.text, clause.start, max(clause.start, span[0])):
        return False
    if _LED.search(scene.text, clause.start, max(clause.start, span[0])):
        return False
    after = scene.text[span[1] : clause.end]
    if party.kind == "university" and _ALUMNUS.match(after):
        return False
    return not (party.entity.label == "Company" and _STAFF.match(after))


def _is_employer(scene: Scene, party: Party, trigger: Trigger, span: tuple[int, int]) -> bool:
    """Whether the staff of a party is what is taken: 从X挖走, 挖角X, X的工程师被挖走, 在X工作的."""
    clause = scene.clauses[scene.clause_of(party.start)]
    if party.kind not in ("company", "university", "research_org") or party.anaphor:
        return False
    before = scene.text[clause.start : span[0]]
    after = scene.text[span[1] : clause.end]
    follows = party.end <= trigger.start
    if re.search(r"(?:从|向|自|来自|离开)[^，。；]{0,10}$", before) and (follows or "来自" in before):
        return True
    if re.search(r"(?:在|曾在|于)$", before) and re.match(r"[^，。；]{0,8}(?:工作|任职|就职|做过|干过)", after):
        return True
    if trigger.sense == "poach" and trigger.end <= span[0] <= trigger.end + 8 and party.entity.label == "Company":
        return True
    if re.search(r"(?:前|原)$", before) and follows:
        return True
    return party.entity.label == "Company" and not party.entity.described and bool(_STAFF.match(after))
