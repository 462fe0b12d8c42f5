"""Names in texts: what is found, under which entity, at which offsets."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.frame import Document, Mention
from ingest import language
from ingest.mentions import find_mentions


def mentions(text: str, lang: str = "en", model: str = language.BASE_MODEL) -> tuple[Mention, ...]:
    document = Document(id="document-1", text=text, revision="", lang=lang)
    return find_mentions(language.read(text, lang, model), document)


def named(text: str, lang: str = "en", model: str = language.BASE_MODEL) -> set[tuple[str, str]]:
    return {(m.entity.label, m.entity.name) for m in mentions(text, lang, model)}


ENGLISH = [
    (
        "A Korean chipmaker lured lithography engineers from Taiwan to Hangzhou.",
        {("Region", "South Korea"), ("Field", "lithography"), ("Region", "Taiwan"), ("Region", "Hangzhou")},
    ),
    ("AI engineers at Alibaba were offered flats.", {("Field", "artificial intelligence"), ("Company", "Alibaba")}),
    ("He paid US$300,000 and NIS 20,000 for it.", set()),
    ("They spent the day Reading about jobs.", set()),
    ("She moved from Reading to Cambridge.", {("Region", "Reading"), ("Region", "Cambridge")}),
    (
        "The Ministry of Education of China said so.",
        {("Organisation", "Ministry of Education"), ("Region", "China")},
    ),
    (
        "Alibaba DAMO Academy and the Institute of Physics of Graz answered.",
        {("Organisation", "Alibaba DAMO Academy"), ("Organisation", "Institute of Physics of Graz")},
    ),
    ("Nobody knows Quantaris, a maker of sensors, said Ms. Okoro.", {("Company", "Quantaris"), ("Person", "Okoro")}),
    ("The Kunpeng Plan pays; Huawei's Kunpeng chips do not.", {("Programme", "Kunpeng Plan"), ("Company", "Huawei")}),
    (
        "He studied physics, law and history.",
        {("Field", "physics"), ("Field", "law")},
    ),
    ("It is against the law.", set()),
]


@pytest.mark.parametrize(("text", "expected"), ENGLISH)
def test_english(text: str, expected: set[tuple[str, str]]) -> None:
    found = named(text)
    assert expected <= found
    if not expected:
        assert found == set()


CHINESE = [
    (
        "據大紀元報導，台積電工程師被中國大陸公司高薪挖角。",
        {("Organisation", "Epoch Times"), ("Company", "TSMC"), ("Region", "China")},
    ),
    (
        "浙江省和杭州市引进人工智能人才。",
        {("Region", "Zhejiang"), ("Region", "Hangzhou"), ("Field", "artificial intelligence")},
    ),
    ("他在华为从事光刻机研发。", {("Company", "Huawei"), ("Field", "lithography")}),
    ("总经理梁文远说，公司正在招人。", {("Person", "Liang Wenyuan")}),
    (
        "海外优青和长江学者可以申请。",
        {("Programme", "Excellent Young Scientists Fund (Overseas)"), ("Programme", "Changjiang Scholars")},
    ),
    ("埃隆·马斯克没有回应。", {("Person", "Elon Musk")}),
    ("五邑大学发布公告。", {("Organisation", "Wuyi University")}),
    ("《甲乙周刊》报道了此事。", {("Organisation", "Jiayi Weekly")}),
]


@pytest.mark.parametrize(("text", "expected"), CHINESE)
def test_chinese(text: str, expected: set[tuple[str, str]]) -> None:
    assert expected <= named(text, "zh")


def test_generic_words_before_an_ending_are_no_name() -> None:
    assert named("一家高科技公司和几所著名大学正在招人，员工对高薪表示满意。", "zh") == set()


def test_a_surname_joins_the_full_name_of_its_document() -> None:
    found = mentions("Maria Keller led the team. Keller said the offer was real, and Ms. Keller left.")
    people = [m.entity for m in found if m.entity.label == "Person"]
    assert len(people) == 3
    assert {entity.name for entity in people} == {"Maria Keller"}


def test_an_acronym_joins_the_name_that_it_stands_beside() -> None:
    found = mentions("The Institute for Applied Photonics (IAPX) hires. IAPX has two labs.")
    assert {m.entity.name for m in found if m.entity.label == "Organisation"} == {"Institute for Applied Photonics"}
    assert len([m for m in found if m.entity.label == "Organisation"]) == 3


def test_other_languages_and_no_model_are_read_by_lists() -> None:
    assert ("Region", "United Arab Emirates") in named("Ele mudou para os Emirados Árabes Unidos.", "pt")
    found = named("Huawei courted engineers in Munich.", model=language.LISTS_ONLY)
    assert found == {("Company", "Huawei"), ("Region", "Munich")}


PIECES = st.sampled_from(
    [
        "Huawei",
        "Zhejiang",
        "華為",
        "浙江省",
        "Dr. Li Ming",
        "AI",
        " ",
        "\n",
        "。",
        ", ",
        "’s ",
        "💼",
        "é",
        "（",
        "\u200b",
        "X ",
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(st.text(max_size=120), st.lists(PIECES, max_size=25).map("".join)), st.sampled_from(["en", "zh", "pt"])
)
def test_mentions_lie_in_the_text_and_do_not_overlap(text: str, lang: str) -> None:
    last = 0
    for mention in mentions(text, lang):
        assert last <= mention.start < mention.end <= len(text)
        last = mention.end
    assert mentions(text, lang) == mentions(text, lang)
