"""Chinese names in Latin letters."""

import pytest

from ingest.romanised import romanised

PLACES = {"杭州": "Hangzhou", "成都": "Chengdu"}


@pytest.mark.parametrize(
    ("label", "name", "expected"),
    [
        ("Person", "王小明", "Wang Xiaoming"),
        ("Person", "歐陽明", "Ouyang Ming"),
        ("Person", "林姓", "Lin"),
        ("Organisation", "海岳大学", "Haiyue University"),
        ("Organisation", "杭州市科技局", "Hangzhou Science and Technology Bureau"),
        ("Company", "岚图智能有限公司", "Lantu Intelligent"),
        ("Company", "成都青禾生物", "Chengdu Qinghe Biotech"),
        ("Company", "岚图重工", "Lantu Heavy Industries"),
        ("Company", "OpenAI", "OpenAI"),
        ("Person", "约翰·史密斯", "约翰·史密斯"),
        ("Programme", "青禾计划", "青禾计划"),
    ],
)
def test_names(label: str, name: str, expected: str) -> None:
    assert romanised(label, name, PLACES) == expected
