"""Names in a Chinese paragraph that no list has: endings (…公司, …大学, …计划), titles, surnames and quotation marks.

There is no model here: a proposal needs a form that decides it. Endings are read on jieba's words, to the left as far
as nouns and names go, and count only where something but generic words ("高科技公司") stands before them.
"""

import functools
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.chinese_words import in_dictionary, is_chinese, simplified
from ingest.english_names import Name, organisation_label
from ingest.linking import figures, known

if TYPE_CHECKING:
    import spacy.tokens

_WORDS = Path(__file__).parent / "lexicon" / "name_words_zh.tsv"
_NAMING_TAGS = frozenset(["n", "nr", "nrt", "nrfg", "ns", "nt", "nz", "ng", "j", "b", "eng", "l", "nw"])
_QUOTED = re.compile(r"[《“「『〈]([^《》“”「」『』〈〉，。]{2,24})[》”」』〉]")
_SOUNDS = (  # characters that write foreign names
    "阿埃艾爱安昂奥巴白班邦鲍贝本比彼宾波伯博勃布蔡查昌茨次达大戴丹道德登邓蒂迪丁东杜多厄恩尔法凡范菲费芬冯佛夫弗福富盖甘冈高戈格葛古哈海汉豪赫黑亨胡华怀惠霍基吉季加佳贾杰金卡凯坎康考柯"
    "科克肯孔库拉莱赖兰朗劳勒雷里利丽莉连林琳龙卢鲁路伦罗洛马玛迈麦曼芒毛梅门蒙米密明摩莫默姆穆娜纳乃南内尼妮宁牛纽努诺欧帕潘庞佩彭皮珀普蒲奇齐契恰强乔切琼丘让热仁日荣如茹瑞萨塞赛桑森莎"
    "沙山尚舍申圣施石史什舒斯司丝思松苏索塔泰坦汤唐陶特滕廷图托陀瓦万旺威韦维魏温文沃乌吾武西希锡夏香肖谢辛欣休修许雅亚延扬杨耶叶伊易因英尤于约泽扎詹珍芝朱卓兹佐士娅黛蕾露芙莲翠玫瑟瑙瑜"
    "璐琦妲娃朵叙匈奈良仓村义信彬治柏桃贡涅滨穗竺素绍缪翁聂芭茅茜萝蓓薇蒋虞裘诸邱郎郭钱铁阮隆霞麻黎"
)
_FOREIGN = re.compile(rf"[{_SOUNDS}]{{1,6}}(?:[·‧•・][{_SOUNDS}]{{1,7}})+")
_UNIVERSITY = re.compile(r"(?:^|(?<=[的在和与、，。：（从到给是]))([^\W的在和与从到给是]{2,6}?(?:大学|学院))")
_NOT_ONE = re.compile(
    r"[所家些几多各名每个批等]|^(?:海外|国外|国内|知名|其他|美国|英国|日本|一流|综合|上述|这|那|该|同|重点)"
)
_LATIN_PERSON = re.compile(r"(?<![A-Za-z])[A-Z][a-z]+(?: [A-Z]\.)?(?: [A-Z][a-z]+){1,2}(?![A-Za-z])")
_NAME_TAGS = ("nr", "nrt", "nrfg")
_INTRODUCES = re.compile(  # nouns that a firm's name in quotation marks follows
    r"(?:公司|企业|厂商|集团|初创|车企|药企|[\u4e00-\u9fff]厂|(?:机床|设备|零件|零部件|汽车|芯片|电池|制造|供应|开发|服务)商)$"
)
_BUREAU = re.compile(  # bodies in whose names words are cut wrongly
    r"(?:(?![由向与和在从对为是据的等])[\u4e00-\u9fff]){2,12}[省市区县州]"
    r"(?:人力资源和?社会保障|发展和?改革|经济和信息化|工业和信息化|大数据|科学技术)(?:管理)?(?:局|厅|委员会|委)"
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
    yield from _people(words, simplified(doc.text))
    yield from _redacted(words)
    for match in _BUREAU.finditer(simplified(doc.text)):
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
            ending = next((e for e in _by_length(kind) if word.endswith(e)), None)
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
    coined = bool(unknown) or any(tag in ("nz", *_NAME_TAGS) and len(word) > 1 for _, word, tag in before)
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


def _people(words: list[tuple[int, str, str]], text: str) -> Iterator[Name]:
    for match in _FOREIGN.finditer(text):
        yield Name(match.start(), match.end(), "Person", sure=True)
    for match in _LATIN_PERSON.finditer(text):
        if organisation_label(match.group()) is None:
            yield Name(match.start(), match.end(), "Person", sure=False)
    for match in _figures().finditer(text):
        yield Name(match.start(), match.end(), "Person", sure=True)
    for match in _introduced().finditer(text):
        if not in_dictionary(match.group(1)):
            yield Name(match.start(1), match.end(1), "Person", sure=True)
    tagged = {(start, word) for start, word, tag in words if tag in _NAME_TAGS}
    for match in _speaking().finditer(text):
        if not in_dictionary(match.group()) or (match.start(), match.group()) in tagged:
            yield Name(*match.span(), "Person", sure=True)
    for match in _enumerated().finditer(text):
        for item in re.finditer(r"[^、和与及]+", match.group()):
            yield Name(match.start() + item.start(), match.start() + item.end(), "Person", sure=False)
    surnames, titles = words_of("surname"), words_of("title")
    for number, (start, word, tag) in enumerate(words):
        before = words[number - 1][1] if number else ""
        after = words[number + 1][1] if number + 1 < len(words) else ""
        end = start + len(word)
        if word[0] in surnames and re.fullmatch(r".[某姓]某?前?", word):
            yield Name(start, end - word.count("前"), "Person", sure=True)
            continue
        if len(word) == 1 and word in surnames and tag == "nr" and 1 <= len(after) <= 2 and before in titles:
            yield Name(start, end + len(after), "Person", sure=True)  # a name that was cut in two
            continue
        if not 2 <= len(word) <= 4 or tag not in _NAME_TAGS:
            continue
        beside = before in titles or after in titles or after in words_of("speech")
        if word[0] not in surnames and word[:2] not in surnames:
            if before in titles and (len(word) > 2 or not in_dictionary(word)):
                yield Name(start, end, "Person", sure=True)
        elif beside or tag == "nrfg" or (len(word) == 3 and not in_dictionary(word)):
            yield Name(start, end, "Person", sure=beside)


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
def _figures() -> re.Pattern[str]:
    """Return the pattern of the public figures' Chinese names."""
    names = sorted((name for name in figures() if is_chinese(name)), key=lambda name: (-len(name), name))
    return re.compile("|".join(map(re.escape, names)))


@functools.cache
def _introduced() -> re.Pattern[str]:
    """Return the pattern of a name between a title and a verb of speech or a stop."""
    titles, speech = "|".join(_by_length("title")), "|".join(_by_length("speech"))
    surnames = "|".join(_by_length("surname"))
    return re.compile(rf"(?:{titles})((?:{surnames})[\u4e00-\u9fff]{{1,2}}?)(?=对|则|{speech}|[，、。：（(])")


@functools.cache
def _speaking() -> re.Pattern[str]:
    """Return the pattern of a name that heads a transcript's answer, before a colon."""
    surnames = "|".join(_by_length("surname"))
    return re.compile(rf"^(?:{surnames})[\u4e00-\u9fff]{{1,2}}(?=(?:（[^（）]{{1,20}}）)?：)", re.MULTILINE)


@functools.cache
def _enumerated() -> re.Pattern[str]:
    """Return the pattern of at least three names in a row, the last after "和"."""
    name = rf"(?:{'|'.join(_by_length('surname'))})[\u4e00-\u9fff]{{1,2}}"
    return re.compile(rf"(?<![\u4e00-\u9fff]){name}(?:、{name}){{1,}}[和与及]{name}?(?=[，。,、的等])")


@functools.cache
def words_of(kind: str) -> frozenset[str]:
    """Return the words of one kind from the lexicon, such as "surname"."""
    return frozenset(_lexicon()[kind])


@functools.cache
def _by_length(kind: str) -> tuple[str, ...]:
    return tuple(sorted(words_of(kind), key=lambda word: (-len(word), word)))


@functools.cache
def _lexicon() -> Mapping[str, list[str]]:
    rows = (line.split("\t") for line in _WORDS.read_text(encoding="utf-8").splitlines()[1:])
    return {kind: [word for word in listed.split("|") if not word.endswith("?")] for kind, listed in rows}
