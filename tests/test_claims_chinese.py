"""Claims of short Chinese texts, simplified and traditional: who, from where, to where, with what, says who."""

import datetime

import pytest

from graph.frame import Claim, Document
from ingest.claims import chinese
from ingest.claims.chinese.quantities import number
from ingest.language import read
from ingest.mentions import find_mentions


def claims(text: str) -> tuple[Claim, ...]:
    document = Document(id="document-1", text=text, revision="r", date=datetime.date(2025, 6, 1), lang="zh")
    reading = read(text, "zh")
    return chinese.find_claims(reading, find_mentions(reading, document), document)


def only(text: str) -> Claim:
    found = claims(text)
    assert len(found) == 1, [claim.recruiter for claim in found]
    return found[0]


def ids(slots: tuple[object, ...]) -> set[str]:
    return {slot.entity.id for slot in slots}  # type: ignore[attr-defined]


def codes(claim: Claim) -> set[str]:
    return {offer.slot.entity.id for offer in claim.offers}


def test_a_firm_poaches_from_a_country() -> None:
    claim = only("华为去年从德国挖走了十多名芯片工程师。")
    assert claim.recruiter is not None
    assert claim.recruiter.entity.name == "Huawei"
    assert claim.recruiter_type == "company"
    assert ids(claim.origins) == {"DE"}
    assert ids(claim.fields) == {"semiconductors"}
    assert claim.modality == "asserted"
    assert claim.stage == "hired"
    assert (claim.count_min, claim.count_max) == (10, None)


def test_traditional_characters_read_like_simplified_ones() -> None:
    simplified = only("调查局表示，两家中国企业涉嫌在台湾高薪挖角半导体工程师。")
    traditional = only("調查局表示，兩家中國企業涉嫌在台灣高薪挖角半導體工程師。")
    for claim in (simplified, traditional):
        assert ids(claim.origins) == {"TW"}
        assert ids(claim.destinations) == {"CN"}
        assert ids(claim.fields) == {"semiconductors"}
        assert claim.modality == "alleged"
        assert codes(claim) == {"salary"}
    assert traditional.claimants[0].slot.text == "調查局"


def test_a_city_recruits_to_its_own_territory() -> None:
    claim = only("杭州市政府赴新加坡招揽人工智能人才，提供安家费和子女入学服务。")
    assert claim.recruiter_type == "local_government"
    assert ids(claim.destinations) == {"CN-ZJ-hangzhou"}
    assert ids(claim.origins) == {"SG"}
    assert ids(claim.fields) == {"ai"}
    assert codes(claim) == {"relocation", "child_education"}


def test_an_unnamed_firm_is_described_by_its_place() -> None:
    claim = only("浙江的一家机器人公司从日本聘请了两名专家。")
    assert claim.recruiter is not None
    assert claim.recruiter.entity.described
    assert claim.recruiter.text == "浙江的一家机器人公司"
    assert ids(claim.destinations) == {"CN-ZJ"}
    assert ids(claim.origins) == {"JP"}


def test_passive_names_the_recruiter_after_the_particle() -> None:
    claim = only("多名韩国电池工程师被华为挖走。")
    assert claim.recruiter is not None
    assert claim.recruiter.entity.name == "Huawei"
    assert ids(claim.fields) == {"batteries"}


def test_broker_and_principal_are_told_apart() -> None:
    claim = only("一家猎头公司受中国企业委托，在韩国寻找显示面板工程师。")
    assert claim.recruiter is not None
    assert claim.recruiter_type == "company"
    assert [slot.text for slot in claim.intermediaries] == ["猎头公司"]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("华为正在招聘软件工程师。", "asserted"),
        ("据传华为挖走了一批光学专家。", "alleged"),
        ("华为计划明年招聘五百名工程师。", "planned"),
        ("华为否认从德国挖角工程师。", "denied"),
        ("华为没有招聘外国工程师。", "negated"),
        ("华为暂停了校园招聘。", "negated"),
        ("华为否认暂停校园招聘。", "asserted"),
        ("华为没有否认从德国挖角工程师。", "asserted"),
    ],
)
def test_modality_is_that_of_the_act(text: str, modality: str) -> None:
    assert only(text).modality == modality


def test_the_voice_is_kept() -> None:
    named = only("据路透社报道，华为在德国招聘工程师。")
    assert [c.slot.entity.name for c in named.claimants] == ["Reuters"]
    unnamed = only("一位知情人士说，华为在德国招聘工程师。")
    assert [c.slot.entity.label for c in unnamed.claimants] == ["Voice"]
    assert unnamed.claimants[0].role == "一位知情人士"
    assert only("华为在德国招聘工程师。").claimants == ()


def test_a_later_sentence_adds_terms_to_the_same_approach() -> None:
    first, second = claims("华为从德国招聘芯片工程师。入职者可获购房补贴，年薪最高200万元。")
    assert first.continues is None
    assert second.continues == 0
    assert codes(second) == {"housing", "salary"}
    salary = next(offer for offer in second.offers if offer.slot.entity.id == "salary")
    assert (salary.amount_min, salary.currency, salary.per) == (2_000_000, "CNY", "year")
    assert ids(second.origins) == {"DE"}
    assert second.origins[0].inferred


def test_a_pointing_word_stands_for_the_firm_before_it() -> None:
    found = claims("华为去年在慕尼黑设立了研究所。该公司从当地大学引进了十名科学家。")
    assert [claim.recruiter.entity.name for claim in found if claim.recruiter] == ["Huawei"]


def test_a_university_visited_is_where_people_are() -> None:
    claim = only("一所内地高校的教授到香港理工大学宣讲，欢迎青年学者加盟。")
    assert ids(claim.origins) == {"HK"}
    assert ids(claim.destinations) == {"CN"}
    assert claim.recruiter_type == "university"


def test_fields_are_those_sought_not_those_of_the_firm() -> None:
    assert ids(only("一家芯片公司正在招聘新员工。").fields) == set()
    assert ids(only("某研究院在量子计算领域引进海外学者。").fields) <= {"quantum", "quantum_computing"}
    listed = only("深圳市面向全球招聘人才，岗位集中在人工智能、机器人等领域。")
    assert ids(listed.fields) == {"ai", "robotics"}


def test_an_accused_firm_recruits_not_its_accuser() -> None:
    claim = only("台湾当局查获三家陆企非法挖角半导体工程师。")
    assert claim.recruiter_type == "company"
    assert ids(claim.destinations) == {"CN"}
    assert claim.modality == "alleged"


def test_a_voice_that_speaks_of_something_else_is_not_the_claimant() -> None:
    assert only("华为以高薪挖走多名工程师，蔡司表示正在调查。").claimants == ()


def test_a_place_inside_a_place_is_one_origin() -> None:
    assert ids(only("华为从美国波士顿请来一名科学家。").origins) == {"US-MA-boston"}


def test_foreign_programmes_are_read_as_their_states_claims() -> None:
    claim = only("新加坡推出新签证，面向海外科技人才。")
    assert claim.recruiter_type == "national_government"
    assert ids(claim.destinations) == {"SG"}
    assert ids(claim.origins) == {"OVERSEAS"}
    assert ids(claim.channels) == {"visa_scheme"}


@pytest.mark.parametrize(
    "text",
    [
        "该市今年引进了三个外资项目，总投资超过十亿元。",
        "这款招聘软件上线一年，用户超过百万。",
        "公司面临人才流失，不少员工去年离职。",
        "景区国庆期间吸引了大批游客。",
        "专家建议，政府应该加大引进人才的力度。",
        "法律禁止企业恶意挖角竞争对手的员工。",
        "学院每年培养五百名半导体专业的学生。",
        "球队从西班牙引进了一名外援。",
        "公司宣布给现有员工普遍加薪一成，以留住人才。",
        "某国情报机构以高薪引诱公务员出卖机密，国安部提醒注意。",
        "法院判决两名前员工赔偿公司三百万元，因其违反竞业限制。",
        "论坛吸引了三百名专家学者参会。",
        "医院邀请专家为居民义诊。",
        "大学设立奖学金，资助贫困学生完成学业。",
        "志愿者服务队招募新成员，欢迎报名。",
        "健身房正在招会员，年卡打八折。",
        "警方抓获三名以招工为名的骗子。",
        "该国放宽了对游客的签证要求。",
        "市民可登录网站提交材料申请公租房。",
        "欧盟把招聘算法列为高风险系统。",
    ],
)
def test_what_is_no_recruitment_makes_no_claim(text: str) -> None:
    assert claims(text) == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("苏州一家无人机企业正在找会做飞控算法的人。", "company"),
        ("德国一家车企去年从武汉招了七十个程序员。", "company"),
        ("厦门市科技局即日起受理海外高层次人才项目申报。", "local_government"),
        ("柏林的一家量子初创已经签下两名来自孟买的博士。", "company"),
        ("京都一家药厂说，在河内面试了四十人，录取了六个。", "company"),
        ("芬兰一家护理机构到马尼拉招护士，包机票和语言课程。", "company"),
        ("法国政府新设的学者签证，让外国科研人员最快两周就能入境。", "national_government"),
        ("海德堡一位华人学者收到了西湖大学的聘书。", "university"),
        ("他拒绝了华为的邀请。", "company"),
        ("沙特的大学开价每年三十万美元，请欧洲的教授挂名。", "university"),
    ],
)
def test_verbs_and_forms_of_approach(text: str, kind: str) -> None:
    assert only(text).recruiter_type == kind


def test_a_firm_named_in_quotation_marks_recruits() -> None:
    claim = only("汉堡的机床商“格罗恩”从越南录用了十八名操作员。")
    assert claim.recruiter is not None
    assert claim.recruiter.text == "格罗恩"
    assert ids(claim.destinations) == {"DE-HH"}
    assert ids(claim.origins) == {"VN"}


def test_the_rules_of_a_notice_go_on_in_later_paragraphs() -> None:
    found = claims(
        "宁波市人社局面向海外引进半导体人才。\n一、每人另可领取每月五千元生活补贴。\n二、申报人请于月底前登录网站提交材料。"
    )
    assert len(found) == 3
    assert codes(found[1]) == {"living_allowance"}
    assert ids(found[2].channels) == {"candidate_application"}


def test_evidence_is_the_sentence_and_offsets_reproduce_the_text() -> None:
    text = "標題\n　華為從德國挖走了工程師；另一家公司沒有回應。"
    claim = claims(text)[0]
    assert text[claim.start : claim.end] == "華為從德國挖走了工程師；"
    for slot in (claim.recruiter, *claim.origins, *claim.fields):
        assert slot is not None
        assert text[slot.start : slot.end] == slot.text


@pytest.mark.parametrize("text", ["", "。", "\n\n", "挖角", "，，，招聘", "招" * 500, "从向在被招聘挖角，" * 50])
def test_any_text_is_read_without_failing(text: str) -> None:
    claims(text)


def test_reading_twice_gives_the_same_claims() -> None:
    text = "据悉，成都赴深圳招人。一家公司开出百万年薪，从台积电请走工程师。"
    assert claims(text) == claims(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("8,000", 8000),
        ("1.5万", 15000),
        ("一百二十", 120),
        ("十", 10),
        ("两千", 2000),
        ("3亿", 300_000_000),
        ("很多", None),
    ],
)
def test_numbers(text: str, value: float | None) -> None:
    assert number(text) == value


def test_people_counted_in_chinese_numerals_are_people() -> None:
    claim = only("合肥的凌波量子计划招收一百二十人。凌波的工厂在郊外。")
    assert claim.modality == "planned"
    assert claims("三所学院今年秋季招收学生二百四十人。") == ()


def test_a_coined_name_is_a_firm_where_its_stem_stands_alone_too() -> None:
    first, second = claims("砺驰汽车从德国挖走三名工程师。去年砺驰还从日本招聘了十名电池工程师。")
    assert first.recruiter is not None
    assert second.recruiter is not None
    assert first.recruiter.entity.id == second.recruiter.entity.id
    assert {first.recruiter.text, second.recruiter.text} == {"砺驰汽车", "砺驰"}


@pytest.mark.parametrize(
    ("text", "recruiter"),
    [
        ("机器人公司砺驰从德国挖走三名工程师。砺驰没有回应。", "Lichi"),
        ("蚌埠的面板企业砺驰光电从韩国挖走三名工程师。砺驰光电没有回应。", "Lichi Optoelectronics"),
        ("大连理工大学去年写信给他。随后学校又从德国聘请三名工程师。", "Dalian University of Technology"),
        ("大连理工大学的院长给他写了信。目前学校从德国聘请三名工程师。", "Dalian University of Technology"),
        ("银川市人力资源和社会保障局从德国引进三名工程师。", "Yinchuan Human Resources and Social Security Bureau"),
        ("贵阳市大数据局从德国引进三名工程师。", "Guiyang Big Data Bureau"),
        ("合肥高新区从德国引进三名工程师。", "High-tech Zone in Hefei"),
        ("本港八所大學從德國聘請三名工程師。", "universities in Hong Kong"),
    ],
    ids=(
        "introduced-by-a-noun",
        "named-twice-in-full",
        "pointed-at-later",
        "pointed-at-though-no-subject",
        "bureau-with-and",
        "bureau",
        "zone",
        "several",
    ),
)
def test_who_recruits(text: str, recruiter: str) -> None:
    found = claims(text)
    assert [claim.recruiter.entity.name for claim in found if claim.recruiter] == [recruiter]


def test_a_plan_that_was_dropped_is_negated() -> None:
    assert only("一家药企原本也要去巴塞尔招人，后来取消了。").modality == "negated"


def test_who_comes_for_a_person_with_terms_approaches() -> None:
    claim = only("去年，深圳一家公司来找过她，车子、房子都谈好了。")
    assert [slot.entity.name for slot in claim.destinations] == ["Shenzhen"]
    assert codes(claim) >= {"housing"}


def test_people_who_come_from_a_firm_do_not_make_it_the_recruiter() -> None:
    found = claims("苏州工业园区在慕尼黑举办专场招聘会。三十二人当场签约，其中九人来自诺华的研发部门。")
    assert all(c.recruiter is None or c.recruiter.entity.name != "Novartis" for c in found)


def test_the_speaker_of_a_transcript_stands_before_the_colon() -> None:
    claim = only("李雪梅（人才办主任）：杭州去年从海外引进了三十名博士。")
    assert [c.slot.text for c in claim.claimants] == ["李雪梅"]


def test_government_of_hong_kong_is_local() -> None:
    claim = only("香港創新科技署推出人才計劃，吸引海外科學家。")
    assert claim.recruiter_type == "local_government"
