"""Who says it in Chinese text: 据X报道, X表示, X说, “……”X说; and what is carried on by 报道还称, 他说."""

import re
from dataclasses import dataclass, replace

from graph import ids
from graph.frame import Claimant, Entity, Slot
from ingest.claims.chinese import lexicon
from ingest.claims.chinese.scene import Scene

_VERB = (
    r"(?:表示|直言|坦言|说(?!法|服|明会|明书|客)(?:明)?|称(?![为呼号之职作])|指出|透露|宣布|认为|强调|介绍|"
    r"回应|答复|解释|补充|写道|报道|报导|披露|估计|初估|承认|"
    r"否认|证实|指控|声明|通报|爆料|警告|评论|形容|感叹|反驳|驳斥|提到|提出(?=[，：]|要|将|公司)|谈到|查到|告诉|发文|"
    r"发布(?:公告|通知|消息|声明)|出面辟谣|辟谣|盛传|放话|推测|预测|分析(?=[，,：])|"
    r"指(?=其|它|他|[^，。；出]{0,4}(?:公司|企业|\d{4}年)))"
)
_ACCORDING = re.compile(
    r"(?:^|[，。；：“”\s])?(?:据|根据|按照?|"
    r"依据?)(?P<voice>[^，。；：]{1,30}?)(?P<verb>的?(?:消息|报道|报导|介绍|透露|统计|指出|称|"
    r"说法|说|表示|披露|估计|估算|文件|公告|通知|数据|转述|调查))"
)
_EMPTY = re.compile(r"^(?:了解|悉|此|传|称|说|查|介绍|透露|其|统计|报道|报导|公开)?$")
_SAME_VOICE = re.compile(
    r"(?:报道|报导|文章|文中|报告|该报|该刊|该媒体|该文)(?:还|也|又|并|同时|进一步)?(?:说|称|"
    r"指出|提到|写道|显示|认为|指|援引|引述)|据查|此外[，,]?(?:他|她|报道)"
)
_PERSON_PRONOUN = re.compile(r"^[“”「\s]*(?:他|她)(?:们)?$")
_ADVERBS = 4  # characters before a reporting verb that can hold no subject
_SUBJECT = 16  # characters in which a clause names its subject
_MEMBER = re.compile(
    r"(?:[^，。；：]{0,10}的)?(?:一[名位]|多[名位])?[^，。；：的]{0,8}(?:人士|员工|工程师|职员|"
    r"前员工|内部人|人员|猎头|招聘者|研究员)"
)
_SILENT = re.compile(r"(?:未|未予|没有|不予|不愿|拒绝|并未|尚未|未就[^，。；]{0,8})$")
_LABEL = re.compile(r"(?:（[^（）]{1,20}）|\([^()]{1,20}\))?[：:](?!“)")
_SPEAKERS = ("Person", "Organisation", "Company")


@dataclass(frozen=True, slots=True)
class Voice:
    """One voice at its words; unnamed ones have an entity labelled Voice.

    `trailing`: it follows what it says. `label`: it heads a transcript's answer, which goes on through the paragraph.
    """

    start: int
    end: int
    entity: Entity
    named: bool
    trailing: bool = False
    label: bool = False


@dataclass(slots=True)
class Speakers:
    """The voices of the sentences read so far, for pronouns and for reports that go on."""

    last: Voice | None = None
    person: Voice | None = None
    paragraph: int = -1

    def remember(self, found: Voice, paragraph: int) -> None:
        """Keep a voice just heard."""
        self.last, self.paragraph = found, paragraph
        if found.entity.label == "Person" or not found.named:
            self.person = found


def voice(scene: Scene, speakers: Speakers) -> Voice | None:
    """Return who says what the sentence says; None for the narrator. Remembers it for the sentences that follow."""
    found = (
        _labelled(scene)
        or _reported(scene)
        or _according(scene)
        or _speaking(scene, speakers)
        or _continued(scene, speakers)
    )
    if found is not None:
        speakers.remember(found, scene.sentence.paragraph)
    return found


def claimants(scene: Scene, found: Voice | None) -> tuple[Claimant, ...]:
    """Return a voice as the claim frame has it; none for the narrator."""
    if found is None:
        return ()
    words = scene.words(found.start, found.end)
    inside = scene.start <= found.start and found.end <= scene.end
    slot = Slot(found.entity, words, found.start, found.end, 0.9 if inside else 0.7, inferred=not inside)
    return (Claimant(slot, words, found.named),)


def _labelled(scene: Scene) -> Voice | None:
    """The speaker before a colon at the head of a transcript's answer: 程一鸣（人才办主任）：…."""
    first = scene.mentions[0] if scene.mentions and not scene.headline else None
    if first is None or first.entity.label not in _SPEAKERS or scene.text[scene.start : first.start].strip():
        return None
    labelled = _LABEL.match(scene.text, first.end) is not None
    return Voice(first.start, first.end, first.entity, True, label=True) if labelled else None


def _reported(scene: Scene) -> Voice | None:
    """A headline's "路透：…"."""
    if not scene.headline:
        return None
    for mention in scene.mentions:
        if mention.entity.label in _SPEAKERS and re.match(r"：|:", scene.text[mention.end : mention.end + 1]):
            return Voice(mention.start, mention.end, mention.entity, True)
    match = re.search(r"(?P<voice>[日外韩美英台港陆德法]媒)(?=：|:)", scene.text[scene.start : scene.end])
    if match:
        start = scene.start + match.start()
        return _unnamed(scene, "media", start, start + 2)
    return None


def _according(scene: Scene) -> Voice | None:
    for match in _ACCORDING.finditer(scene.text, scene.start, scene.end):
        start, end = match.span("voice")
        if _EMPTY.match(match.group("voice")):
            continue
        found = _named_in(scene, start, end) or _role_in(scene, start, end)
        if found is not None:
            return found
        if re.search(r"媒|报|社|网|台$", match.group("voice")):
            return _unnamed(scene, "media", start, end)
    return None


def _speaking(scene: Scene, speakers: Speakers) -> Voice | None:
    """The subject of a reporting verb: the last name or role before it within its clause."""
    for clause in scene.clauses:
        match = re.compile(_VERB).search(scene.text, clause.start, clause.end)
        while match is not None:
            silent = _SILENT.search(scene.text, clause.start, match.start()) is not None
            found = None if silent else _before_verb(scene, clause.start, match.start(), speakers)
            if found is not None:
                closing = scene.text[match.end() : scene.end].strip("。！？；”」』 ")
                return replace(found, trailing=not closing)
            match = re.compile(_VERB).search(scene.text, match.end(), clause.end)
    return None


def _before_verb(scene: Scene, start: int, end: int, speakers: Speakers) -> Voice | None:
    if end - start > 44:
        return None
    words = scene.text[start:end]
    if _PERSON_PRONOUN.match(re.sub(r"(?:还|也|又|则|就|曾|当时|那时|随后|进一步|补充|一再)+$", "", words)):
        named = [m for m in scene.mentions if m.entity.label == "Person" and m.end <= start]
        return Voice(named[-1].start, named[-1].end, named[-1].entity, True) if named else speakers.person
    found = _named_in(scene, start, end) or _role_in(scene, start, end)
    if found is None and start > scene.start and len(words) <= _ADVERBS:  # "X起初没有表态，后来回应称"
        earlier = scene.clauses[max(0, scene.clause_of(start) - 1)]
        first = min(earlier.end, earlier.start + _SUBJECT)
        return _named_in(scene, earlier.start, first) or _role_in(scene, earlier.start, first)
    return found


def _named_in(scene: Scene, start: int, end: int) -> Voice | None:
    inside = [m for m in scene.mentions if m.entity.label in _SPEAKERS and start <= m.start and m.end <= end]
    inside = [m for m in inside if end - m.end <= 16]
    people = [m for m in inside if m.entity.label == "Person"]
    chosen = (
        people[-1:] or [m for m in inside if not re.search(r"(?:对|向|告诉|接受)$", scene.text[start : m.start])][-1:]
    )
    if not chosen:
        return None
    entity = chosen[0].entity
    member = _MEMBER.match(scene.text, chosen[0].end, end) if entity.label != "Person" else None
    if member is not None:
        return _unnamed(scene, f"person at {entity.name}", chosen[0].start, member.end())
    return Voice(chosen[0].start, chosen[0].end, entity, True)


def _role_in(scene: Scene, start: int, end: int) -> Voice | None:
    found = [p for p in lexicon.find("voices", scene.text, start, end) if end - p.end <= 14]
    return _unnamed(scene, found[-1].code, found[-1].start, found[-1].end) if found else None


def _continued(scene: Scene, speakers: Speakers) -> Voice | None:
    if speakers.last is None or scene.sentence.paragraph != speakers.paragraph:
        return None
    return speakers.last if speakers.last.label or _SAME_VOICE.match(scene.text, scene.start, scene.end) else None


def _unnamed(scene: Scene, name: str, start: int, end: int) -> Voice:
    entity = Entity("Voice", ids.described_id(scene.document_id, scene.words(start, end)), name, described=True)
    return Voice(start, end, entity, False)
