"""What a Chinese text says elsewhere or in other words: seats, outcomes, denials, ways of approach, single firms."""

import pytest

from graph.frame import Claim
from tests.test_claims_chinese import claims, ids


def last(text: str) -> Claim:
    return claims(text)[-1]


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("岚川理工大学坐落于甘肃兰州。\n因学科建设需要，学校诚聘应用数学方向的教授。", "Lanzhou"),
        ("总部在宁波的衡锐机器人去年从德国挖走三名控制工程师。", "Ningbo"),
        ("温州的机床厂又开始抢人。\n衡锐机器人去年从德国请来三名工程师，这在温州不算新鲜。", "Wenzhou"),
        ("大连理工大学去年从韩国引进了两名材料科学家。", "Dalian"),
        ("衡锐机器人去年把总部从北京迁到郑州。今年，衡锐机器人从日本聘请了五名工程师。", "Zhengzhou"),
    ],
)
def test_the_seat_of_a_recruiter_is_where_the_text_says(text: str, region: str) -> None:
    assert [slot.entity.name for slot in last(text).destinations] == [region]


def test_firms_of_two_cities_have_both_as_their_seat() -> None:
    assert [s.entity.name for s in last("苏州和合肥的企业去年从日本挖走了多名电池工程师。").destinations] == [
        "Suzhou",
        "Hefei",
    ]


def test_a_single_unnamed_firm_is_called_so() -> None:
    single = last("苏州一家芯片公司从韩国聘请了六名版图工程师。").recruiter
    several = last("多家苏州公司从韩国聘请了六名版图工程师。").recruiter
    assert single is not None
    assert several is not None
    assert (single.entity.name, several.entity.name) == ("company in Suzhou", "companies in Suzhou")


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("无锡市政府去年赴德国招聘工程师。至今签约的有九人。", "asserted"),
        ("无锡市政府去年赴德国招聘工程师。两名候选人都婉拒了。", "negated"),
        ("无锡市政府去年赴德国招聘工程师。三天下来，一个人也没招到。", "negated"),
        ("无锡市政府去年赴德国招聘工程师。下一站是荷兰。", "asserted"),
        ("有传言说，华为在韩国高薪挖角芯片工程师。\n发言人说，没有这回事。", "denied"),
        ("今年五月，华为把一名芯片专家从韩国请了过去。", "asserted"),
        ("华为请校友推荐做光学镜头的工程师。", "asserted"),
        ("合肥市政府今年在慕尼黑设立人才联络站。", "asserted"),
        ("香港科技大学向欧美学者招手。", "asserted"),
        ("去年秋天，华为的人问他愿不愿意回来。", "asserted"),
        ("华为想用一笔基金把退休技师返聘回工厂。", "asserted"),
        ("三年间，至少四十名工程师被挖走，都去了华为。", "asserted"),
    ],
)
def test_other_words_for_recruiting_and_what_came_of_it(text: str, modality: str) -> None:
    assert last(text).modality == modality


@pytest.mark.parametrize(
    "text",
    [
        "华为去年从美国引进海外博士四十一人。",
        "华为又在波士顿聘请首席科学家宋知远，年薪面议。",
        "浙江大学诚聘凝聚态物理、应用数学两个方向的教授。",
        "浙江大学去年从美国引进一批人才。学者可住进人才公寓。",
    ],
)
def test_a_degree_a_rank_or_who_gets_the_terms_is_no_field_of_research(text: str) -> None:
    assert "research_any" not in ids(last(text).fields)


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        ("合肥市政府给新引进的海外专家最高一百万元安家费。", "government_programme"),
        ("贵阳市政府计划明年三月赴多伦多和河内，招聘算力调度工程师。", "recruitment_mission"),
        ("海事大学去年给挪威教授寄去聘书，聘请他主持船舶实验室。", "direct_approach"),
    ],
)
def test_ways_of_approach_that_go_without_saying(text: str, channel: str) -> None:
    assert channel in ids(last(text).channels)
