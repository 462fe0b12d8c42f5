"""Which party of a Chinese sentence recruits, and whose staff it takes; what earlier sentences lend."""

import re
from dataclasses import dataclass, field

from ingest.claims.chinese_parties import Party
from ingest.claims.chinese_scene import Scene, Trigger

_NOT_SUBJECT = re.compile(
    r"(?:从|向|自|在|对|把|将|与|跟|为|替|给|据|比|到|赴|来自|前|原|离开|像|除了|于|以|包括|收购|"
    r"成立|设立|加入|当|是|不是|进|入读|问到是不是替|委托|受|加盟|曾在|任职|供职|投资|对着|瞄准|"
    r"锁定|针对|根据|反驳|支持|关于|经)$"
)
_AGENT = re.compile(r"(?:被|遭|由|遭到|受|跟着|跟随|随)$")
_STAFF = re.compile(
    r"(?:的)?[^，。；、]{0,6}(?:工程师|员工|团队|研究员|高管|主管|专家|人才|科学家|干部|老将|"
    r"技术人员|骨干|前员工|旧部|人马)"
)
_JOIN = re.compile(r"(?:、|和|与|及|以及|或|等|还有|，|,)+")
_SPEAKS = re.compile(
    r"[^，。；：“”]{0,14}?(?:表示|说|称|指出|透露|宣布|认为|强调|介绍|坦言|回应|解释|补充|写道|"
    r"报道|报导|披露|估计|承认|否认|证实|指控|声明|通报)"
)
_PRONOUN = re.compile(r"(?:它们?|他们|她们|对方|该方|其|双方)")


@dataclass(slots=True)
class Memory:
    """What earlier sentences of the document lend to later ones."""

    topic: list[Party] = field(default_factory=list)
    recruiters: list[Party] = field(default_factory=list)
    paragraph: int = -1
    last_of_kind: dict[str, list[Party]] = field(default_factory=dict)

    def remember(self, parties: list[Party], paragraph: int) -> None:
        """Keep the recruiters of the sentence just read."""
        self.recruiters, self.paragraph = parties, paragraph
        self.see(parties)

    def see(self, parties: list[Party]) -> None:
        """Keep named or described subjects, by kind, so that 该公司 can point back to them."""
        for party in parties:
            if not party.anaphor and not party.place:
                self.last_of_kind[party.kind] = [p for p in parties if p.kind == party.kind]

    def resolve(self, party: Party) -> list[Party]:
        """Return what a party that only points back stands for; itself where nothing fits."""
        if not party.anaphor:
            return [party]
        if self.recruiters and self.recruiters[0].kind == party.kind:
            return self.recruiters
        return self.last_of_kind.get(party.kind, [party])


@dataclass(frozen=True, slots=True)
class Roles:
    """Recruiters (one group), whether they stand in the sentence, and the employers whose staff is taken."""

    recruiters: tuple[Party, ...]
    stated: bool
    employers: tuple[Party, ...]


def roles(scene: Scene, trigger: Trigger, parties: tuple[Party, ...], memory: Memory) -> Roles:
    """Return who recruits by a trigger, and from whose staff."""
    clause = scene.clauses[trigger.clause]
    employers = tuple(p for p in parties if p.kind != "silent" and not p.place and _is_employer(scene, p, trigger))
    able = [p for p in parties if p.kind != "silent" and p not in employers]
    agents = [p for p in able if _AGENT.search(scene.text, clause.start, p.start) and p.start < clause.end]
    agents = [p for p in agents if p.start >= clause.start and abs(p.start - trigger.start) < 24]
    if agents:
        return Roles(tuple(memory.resolve(agents[0])), True, employers)
    for number in range(trigger.clause, -1, -1):
        here = scene.clauses[number]
        until = trigger.start if number == trigger.clause else here.end
        subjects = [p for p in able if here.start <= p.start and p.end <= until and _is_subject(scene, p)]
        spoken = [p for p in subjects if _SPEAKS.match(scene.text, p.end, here.end)]
        acting = [p for p in subjects if p not in spoken]
        if acting:
            return _stated(scene, acting, memory, employers)
        if spoken and number != trigger.clause and not any(p.kind == "local_government" and p.place for p in spoken):
            if _third_person(scene, number, trigger):
                break
            return _stated(scene, spoken, memory, employers)
    lent = memory.recruiters if memory.recruiters else memory.topic
    return Roles(tuple(lent), False, employers)


def _stated(scene: Scene, subjects: list[Party], memory: Memory, employers: tuple[Party, ...]) -> Roles:
    first = subjects[0]
    if first.place and any(not p.place for p in subjects):
        first = next(p for p in subjects if not p.place)
    group = memory.resolve(first)
    last = first
    for party in subjects:
        if party.start > last.start and _JOIN.fullmatch(scene.text[last.end : party.start]) and not party.anaphor:
            group = [*group, party]
            last = party
    return Roles(tuple(group), True, employers)


def _third_person(scene: Scene, number: int, trigger: Trigger) -> bool:
    """Whether the words after a reporting clause speak of another actor, by a pronoun."""
    start = scene.clauses[number].end
    return _PRONOUN.match(scene.text, min(start + 1, trigger.start), trigger.start) is not None


def _is_subject(scene: Scene, party: Party) -> bool:
    clause = scene.clauses[scene.clause_of(party.start)]
    if _NOT_SUBJECT.search(scene.text[clause.start : party.start]):
        return False
    after = scene.text[party.end : clause.end]
    return not (party.entity.label == "Company" and _STAFF.match(after))


def _is_employer(scene: Scene, party: Party, trigger: Trigger) -> bool:
    """Whether the staff of a party is what is taken: 从X挖走, 挖角X, X的工程师被挖走, 在X工作的."""
    clause = scene.clauses[scene.clause_of(party.start)]
    if party.kind not in ("company", "university", "research_org"):
        return False
    before = scene.text[clause.start : party.start]
    after = scene.text[party.end : clause.end]
    follows = party.end <= trigger.start
    if re.search(r"(?:从|向|自|来自|离开)[^，。；]{0,10}$", before) and (follows or "来自" in before):
        return not party.anaphor
    if re.search(r"(?:在|曾在|于)$", before) and re.match(r"[^，。；]{0,8}(?:工作|任职|就职|做过|干过)", after):
        return not party.anaphor
    if trigger.sense == "poach" and trigger.end <= party.start <= trigger.end + 8 and party.entity.label == "Company":
        return not party.anaphor
    if re.search(r"(?:前|原)$", before) and follows:
        return True
    return party.entity.label == "Company" and not party.entity.described and bool(_STAFF.match(after))
