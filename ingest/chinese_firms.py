"""Firms of a Chinese text with a coined name: 砺驰汽车, later only 砺驰. No list and no dictionary knows them.

A stem of two or three characters that is no word stands before an ending such as 汽车 or 量子, and again in the same
text; or the stem follows a noun that introduces a firm. Once at least it stands where a noun may begin.
"""

import functools
import re
from collections.abc import Iterator

from graph.reference import terms
from ingest.chinese_names import words_of
from ingest.chinese_words import in_dictionary, simplified
from ingest.english_names import Name
from ingest.linking import known

_BEGINS = r"(?:^|(?<=[\s，。；：、？！（(“‘「『《的在和与从到给是由对向让请为被把比替])|(?<=[省市区县州年月日]))"
_ACTS = (  # what follows the name of a firm that is named once
    r"(?=(?:则|就|已|当|却|也|还|去年|今年|上周|上月|本周|近日|日前|昨|宣布|表示|回应|否认|计划|正|将|拟|在|从|向|挖|招|聘|倒|更|最|先|再|并|又|和|与|给|派|以)|的|、|，|。|：)"
)
_MAKER = r"(?:(?:机床|设备|零件|零部件|汽车|芯片|电池|制造|供应|开发)商|车企|药企|船厂|药厂)"
_OFFICE = (
    r"(?:的)?(?:创始人|创办人|董事长|首席执行官|首席技术官|总经理|总裁|CEO|(?:人事|人力资源)(?:经理|总监|主管)|负责人)"
)
_CALLED = re.compile(
    r"(?:叫|名为|名叫|取名)(?:做)?[“「]?(?P<name>[\u4e00-\u9fff]{2,6}?)[”」]?的[^，。；]{0,6}(?:公司|企业|厂|机构|集团)"
)
_NOT_IN_A_STEM = re.compile(
    r"[的在和与从到给是由对向让请把被替为比这那该某各每几多些第一二两三四五六七八九十百千万个家名位年月日元今去明前后称说将已也还都不没姓做搞]"
)


def find(text: str) -> Iterator[Name]:
    """Yield the firms of a text that it names more than once, in full or by the stem."""
    folded = simplified(text)
    endings = "|".join(sorted(words_of("company_last"), key=lambda word: (-len(word), word)))
    alone = {  # gathered in one pass a length: a text of many names is no work for every name
        match.group(1)
        for length in (2, 3)
        for match in re.finditer(rf"{_BEGINS}(?=([\u4e00-\u9fff]{{{length}}})(?!{endings}))", folded, re.MULTILINE)
    }
    names = {
        match.group()
        for match in re.finditer(rf"{_BEGINS}(?P<stem>[\u4e00-\u9fff]{{2,3}}?)(?:{endings})", folded, re.MULTILINE)
        if (match.group("stem") in alone or folded.count(match.group()) > 1) and _is_coined(match.group("stem"))
    }
    once = rf"{_BEGINS}(?:{_places()})?(?P<name>(?P<stem>[\u4e00-\u9fff]{{2}})(?:{endings})){_ACTS}"
    for match in re.finditer(once, folded, re.MULTILINE):
        if _is_coined(match.group("stem")):
            names.add(match.group("name"))
    for match in re.finditer(rf"{_MAKER}(?P<stem>[\u4e00-\u9fff]{{2,3}}?){_ACTS}", folded):
        if _is_coined(match.group("stem")):
            names.add(match.group("stem"))
    for match in re.finditer(
        rf"{_BEGINS}[“「]?(?P<stem>[\u4e00-\u9fff]{{2,4}})[”」]?(?={_OFFICE})", folded, re.MULTILINE
    ):
        if _is_coined(match.group("stem")):
            names.add(match.group("stem"))
    names |= {match.group("name") for match in _CALLED.finditer(folded)}
    coined = (word for word in alone if len(word) == 2 and _is_coined(word))
    names |= {word for word in coined if re.search(rf"(?:公司|企业|厂商|集团|初创){word}", folded)}
    names -= {stem(name) for name in names}  # a firm's short name is the firm's: 启岳 of 启岳机器人
    written = "|".join(sorted(names, key=lambda name: (-len(name), name)))
    for match in re.finditer(written, folded) if written else ():
        yield Name(*match.span(), "Company", sure=True)


def stem(name: str) -> str | None:
    """Return the coined stem by which a text may go on to call a firm, or None where its name has none."""
    folded = simplified(name)
    for ending in sorted(words_of("company_last"), key=lambda word: (-len(word), word)):
        if folded.endswith(ending):
            kept = name[: -len(ending)]
            return kept if 2 <= len(kept) <= 3 and _is_coined(folded[: len(kept)]) else None
    return None


@functools.cache
def _places() -> str:
    """Return the alternatives of a city or province that may stand before a firm's name: 上海芯屹微电子."""
    names = {t.name_zh for t in terms() if t.label == "Region" and t.level in ("province", "city") and t.name_zh}
    return "|".join(sorted(name for name in names if len(name) == 2))


def _is_coined(word: str) -> bool:
    if _NOT_IN_A_STEM.search(word) or in_dictionary(word) or word in words_of("generic"):
        return False
    return all(known(label, word) is None for label in ("Region", "Field", "Organisation"))
