"""Names of bodies in a Chinese paragraph that no list has: endings (…公司, …大学, …计划) and quotation marks.

There is no model here: a proposal needs a form that decides it. Endings are read on jieba's words, to the left as far
as nouns and names go, and count only where something but generic words ("高科技公司") stands before them.
"""

import functools
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.chinese_words import in_dictionary, is_chinese, simplified
from ingest.english_names import Name
from ingest.linking import known

if TYPE_CHECKING:
    import spacy.tokens

_WORDS = Path(__file__).parent / "lexicon" / "name_words_zh.tsv"
_NAMING_TAGS = frozenset(["n", "nr", "nrt", "nrfg", "ns", "nt", "nz", "ng", "j", "b", "eng", "l", "nw"])
_QUOTED = re.compile(r"[《“「『〈]([^《》“”「」『』〈〉，。]{2,24})[》”」』〉]")
_UNIVERSITY = re.compile(r"(?:^|(?<=[的在和与、，。：（从到给是]))([^\W的在和与从到给是]{2,6}?(?:大学|学院))")
_NOT_ONE = re.compile(
    r"[所家些几多各名每个批等]|^(?:海外|国外|国内|当地|资助|世界|因|就|知名|其他|美国|英国|日本|一流|综合|上述|这|那|该|同|重点)"
)
NAME_TAGS = ("nr", "nrt", "nrfg")
_INTRODUCES = re.compile(  # nouns that a firm's name in quotation marks follows
    r"(?:公司|企业|厂商|集团|初创|车企|药企|[\u4e00-\u9fff]厂|(?:机床|设备|零件|零部件|汽车|芯片|电池|制造|供应|开发|服务)商)$"
)
_BUREAU = re.compile(  # bodies in whose names words are cut wrongly
    r"(?:(?![由向与和在从对为是据的等])[\u4e00-\u9fff]){2,12}[省市区县州]"
    r"(?:人力资源和?社会保障|发展和?改革|经济和信息化|工业和信息化|大数据|科学技术)(?:管理)?(?:局|厅|委员会|委)"
)
_LOCAL_BUREAU = re.compile(  # called by its level only: 市科技局, 省人社厅
    r"(?:^|(?<=[\s，。；：、（的由和与是到]))[市省区县州](?![长里内委区外级])[\u4e00-\u9fff]{2,6}?(?:局|厅|人才办)(?!长|部)",
    re.MULTILINE,
)
_SEVERAL = re.compile(r"[一二两三四五六七八九十几多各\d][所家]")
_LAW = re.compile(r"(?:法|条例|办法|规定|意见|方案|规划|计划|纲要|通知|协定|协议)$")
_MEDIUM = re.compile(r"(?:报|周刊|新闻|杂志|日报|时报|网|月刊|评论|社)$")
_PLANS = re.compile(r"招|引|聘|在|于|到|今年|明年|投|建|新增|扩|把|向|派|赴|从")  # 计划 before them is a verb
_LONGEST_NAME = 6  # words before an ending


def find(doc: "spacy.tokens.Doc") -> Iterator[Name]:
    """Yield the names proposed for a paragraph; they may overlap each other and the lists' names."""
    words = [(token.idx, simplified(token.text), token.tag_) for token in doc]
    yield from _quoted(doc.text)
    yield from _with_ending(words)
    yield from _redacted(words)
    for match in _BUREAU.finditer(simplified(doc.text)):
        yield Name(*match.span(), "Organisation", sure=True)
    for match in _LOCAL_BUREAU.finditer(simplified(doc.text)):
        yield Name(*match.span(), "Organisation", sure=True)
    for match in _UNIVERSITY.finditer(simplified(doc.text)):
        if not _NOT_ONE.search(match.group(1)) and match.group(1)[:-2] not in words_of("generic"):
            yield Name(match.start(1), match.end(1), "Organisation", sure=True)


def _quoted(text: str) -> Iterator[Name]:
    folded = simplified(text)
    for match in _QUOTED.finditer(folded):
        inner = match.group(1)
        title = match.group()[0] in "《〈"
        after = folded[match.end() : match.end() + 4]
        if inner.endswith(tuple(words_of("programme_last"))) or (title and _LAW.search(inner)):
            yield Name(match.start(1), match.end(1), "Programme", sure=True)
        elif title and (_MEDIUM.search(inner) or re.match(r"[^，。]{0,3}(?:报道|报导|说|指出|引述)", after)):
            yield Name(match.start(1), match.end(1), "Organisation", sure=True)
        elif not title and re.match(r"(?:计划|项目|工程|行动|专项|签证)", after):
            yield Name(match.start(1), match.end(1), "Programme", sure=True)
        elif not title and len(inner) <= 10 and _INTRODUCES.search(folded[max(0, match.start() - 6) : match.start()]):
            yield Name(match.start(1), match.end(1), "Company", sure=True)


def _with_ending(words: list[tuple[int, str, str]]) -> Iterator[Name]:
    kinds = (("Company", "company_last"), ("Organisation", "organisation_last"), ("Programme", "programme_last"))
    for number, (start, word, _) in enumerate(words):
        end = start + len(word)
        for label, kind in kinds:
            ending = next((e for e in by_length(kind) if word.endswith(e)), None)
            if ending is None and label == "Organisation" and word.endswith(("局", "厅", "署", "委")):
                ending = word[-1]
            if ending is None:
                continue
            if label == "Programme" and number + 1 < len(words) and _PLANS.match(words[number + 1][1]):
                continue
            first = _leftmost(words, number)
            before = [w for _, w, _ in words[first:number]] + [word.removesuffix(ending)]
            proper = [w for w in before if w and w not in words_of("generic")]
            several = _SEVERAL.match("".join(before))  # 八所大学 is no name
            if proper and not several and _is_proper(proper, ending, label, words[first:number]):
                yield Name(words[first][0], end, label, sure=label != "Programme")
                break


def _leftmost(words: list[tuple[int, str, str]], number: int) -> int:
    """Return the number of the first word of a name that ends with word `number`."""
    first = number
    while first > 0 and number - first < _LONGEST_NAME:
        start, word, tag = words[first - 1]
        if (tag not in _NAMING_TAGS and tag != "vn" and in_dictionary(word)) or not _joins(word):
            break
        if start + len(word) != words[first][0]:
            break
        first -= 1
    while first < number and words[first][1] in words_of("generic") and words[first][2] != "ns":
        first += 1
    return first


def _joins(word: str) -> bool:
    stops = words_of("title") | words_of("outside")
    return re.fullmatch(r"[\w○&.-]+", word) is not None and word not in stops and not word.isdigit()


def _is_proper(proper: list[str], ending: str, label: str, before: list[tuple[int, str, str]]) -> bool:
    """Return whether the words before an ending make a name: a place for a body, an unknown word for a firm."""
    unknown = [word for word in proper if not in_dictionary(word) and len(word) > 1]
    coined = bool(unknown) or any(tag in ("nz", *NAME_TAGS) and len(word) > 1 for _, word, tag in before)
    if label == "Company":
        return coined
    if label == "Organisation" and len(ending) == 1:  # "成都市科技局", but not "当局"
        return len(before) > 0 and before[0][2] == "ns" and not _is_country(before[0][1])
    if label == "Organisation":
        if coined or any(tag in ("ns", "nt") and not _is_country(word) for _, word, tag in before):
            return len("".join(proper)) > 1
        if ending in ("大学", "学院"):  # "五邑大学": any noun, but not "美国大学"
            return len(before) > 0 and len(before[-1][1]) > 1 and not _is_country(before[-1][1])
        return len(before) > 2 and _is_country(before[0][1]) and ending in words_of("learned_last")
    return bool(unknown) and len("".join(proper)) > 1


def _is_country(word: str) -> bool:
    term = known("Region", word)
    return term is not None and term.level not in ("province", "city")


def _redacted(words: list[tuple[int, str, str]]) -> Iterator[Name]:
    """Yield firms whose name a text hides: "集○北方", "歌○股份"."""
    for number, (start, word, _) in enumerate(words):
        if word not in ("○", "〇") or not number:
            continue
        first = start - 1 if is_chinese(words[number - 1][1]) else start
        _, after, _ = words[number + 1] if number + 1 < len(words) else (0, "", "")
        end = start + 1 + (2 if len(after) == 2 and is_chinese(after) else 0)
        yield Name(first, end, "Company", sure=True)


@functools.cache
def words_of(kind: str) -> frozenset[str]:
    """Return the words of one kind from the lexicon, such as "surname"."""
    return frozenset(_lexicon()[kind])


@functools.cache
def by_length(kind: str) -> tuple[str, ...]:
    """Return the words of one kind, the longest first."""
    return tuple(sorted(words_of(kind), key=lambda word: (-len(word), word)))


@functools.cache
def _lexicon() -> Mapping[str, list[str]]:
    rows = (line.split("\t") for line in _WORDS.read_text(encoding="utf-8").splitlines()[1:])
    return {kind: [word for word in listed.split("|") if not word.endswith("?")] for kind, listed in rows}
