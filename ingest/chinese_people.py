"""People in a Chinese paragraph whom no list has: by surname and title, verb of speech, address, or foreign sounds."""

import functools
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.chinese_names import NAME_TAGS, by_length, words_of
from ingest.chinese_words import in_dictionary, is_chinese, simplified
from ingest.english_names import Name, organisation_label
from ingest.linking import figures

if TYPE_CHECKING:
    import spacy.tokens

_SOUNDS = (  # characters that write foreign names
    "阿埃艾爱安昂奥巴白班邦鲍贝本比彼宾波伯博勃布蔡查昌茨次达大戴丹道德登邓蒂迪丁东杜多厄恩尔法凡范菲费芬冯佛夫弗福富盖甘冈高戈格葛古哈海汉豪赫黑亨胡华怀惠霍基吉季加佳贾杰金卡凯坎康考柯"
    "科克肯孔库拉莱赖兰朗劳勒雷里利丽莉连林琳龙卢鲁路伦罗洛马玛迈麦曼芒毛梅门蒙米密明摩莫默姆穆娜纳乃南内尼妮宁牛纽努诺欧帕潘庞佩彭皮珀普蒲奇齐契恰强乔切琼丘让热仁日荣如茹瑞萨塞赛桑森莎"
    "沙山尚舍申圣施石史什舒斯司丝思松苏索塔泰坦汤唐陶特滕廷图托陀瓦万旺威韦维魏温文沃乌吾武西希锡夏香肖谢辛欣休修许雅亚延扬杨耶叶伊易因英尤于约泽扎詹珍芝朱卓兹佐士娅黛蕾露芙莲翠玫瑟瑙瑜"
    "璐琦妲娃朵叙匈奈良仓村义信彬治柏桃贡涅滨穗竺素绍缪翁聂芭茅茜萝蓓薇蒋虞裘诸邱郎郭钱铁阮隆霞麻黎"
)
_FOREIGN = re.compile(rf"[{_SOUNDS}]{{1,6}}(?:[·‧•・][{_SOUNDS}]{{1,7}})+")
_LATIN_PERSON = re.compile(r"(?<![A-Za-z])[A-Z][a-z]+(?: [A-Z]\.)?(?: [A-Z][a-z]+){1,2}(?![A-Za-z])")
_NO_NAME_ENDS_SO = re.compile(r"[在说对已就将给则也又是的和与称指认表从向把被不没有要还都到出]$")


def find(doc: "spacy.tokens.Doc") -> Iterator[Name]:
    """Yield the people proposed for a paragraph; they may overlap each other and other names."""
    words = [(token.idx, simplified(token.text), token.tag_) for token in doc]
    text = simplified(doc.text)
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
    tagged = {(start, word) for start, word, tag in words if tag in NAME_TAGS}
    for match in _speaking().finditer(text):
        if not in_dictionary(match.group()) or (match.start(), match.group()) in tagged:
            yield Name(*match.span(), "Person", sure=True)
    for match in _enumerated().finditer(text):
        for item in re.finditer(r"[^、和与及]+", match.group()):
            yield Name(match.start() + item.start(), match.start() + item.end(), "Person", sure=False)
    yield from _after_title(words, text)
    for match in _addressed().finditer(text):
        yield Name(*match.span(), "Person", sure=True)
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
        if not 2 <= len(word) <= 4 or tag not in NAME_TAGS:
            continue
        beside = before in titles or after in titles or after in words_of("speech")
        if word[0] not in surnames and word[:2] not in surnames:
            if before in titles and (len(word) > 2 or not in_dictionary(word)):
                yield Name(start, end, "Person", sure=True)
        elif beside or tag == "nrfg" or (len(word) == 3 and not in_dictionary(word)):
            yield Name(start, end, "Person", sure=beside)


def _after_title(words: list[tuple[int, str, str]], text: str) -> Iterator[Name]:
    """Yield names right after a title that end where a word ends: 创始人祁牧野在…"""
    ends = {start + len(word) for start, word, _ in words}
    verbs = {start for start, word, tag in words if len(word) == 1 and tag[:1] in "vpdcu"}
    for match in _titled().finditer(text):
        begin = match.start("surname")
        for end in (match.end() + 2, match.end() + 1):
            name = text[begin:end]
            cut = end - 1 in verbs or _NO_NAME_ENDS_SO.search(name)
            if end in ends and not cut and re.fullmatch(r"[\u4e00-\u9fff]+", name):
                if not in_dictionary(name):
                    yield Name(begin, end, "Person", sure=True)
                break


@functools.cache
def _figures() -> re.Pattern[str]:
    """Return the pattern of the public figures' Chinese names."""
    names = sorted((name for name in figures() if is_chinese(name)), key=lambda name: (-len(name), name))
    return re.compile("|".join(map(re.escape, names)))


@functools.cache
def _introduced() -> re.Pattern[str]:
    """Return the pattern of a name between a title and a verb of speech or a stop."""
    titles, speech = "|".join(by_length("title")), "|".join(by_length("speech"))
    surnames = "|".join(by_length("surname"))
    return re.compile(rf"(?:{titles})((?:{surnames})[\u4e00-\u9fff]{{1,2}}?)(?=对|则|{speech}|[，、。：（(])")


@functools.cache
def _speaking() -> re.Pattern[str]:
    """Return the pattern of a name that heads a transcript's answer, before a colon."""
    surnames = "|".join(by_length("surname"))
    return re.compile(rf"^(?:{surnames})[\u4e00-\u9fff]{{1,2}}(?=(?:（[^（）]{{1,20}}）)?：)", re.MULTILINE)


@functools.cache
def _enumerated() -> re.Pattern[str]:
    """Return the pattern of at least three names in a row, the last after "和"."""
    name = rf"(?:{'|'.join(by_length('surname'))})[\u4e00-\u9fff]{{1,2}}"
    return re.compile(rf"(?<![\u4e00-\u9fff]){name}(?:、{name}){{1,}}[和与及]{name}?(?=[，。,、的等])")


@functools.cache
def _addressed() -> re.Pattern[str]:
    """Return the pattern of a person called by surname and address only."""
    surnames = "|".join(by_length("surname"))
    return re.compile(
        rf"(?:^|(?<=[\s，。：、的“（和与是对向叫]))(?:{surnames})(?:先生|女士|小姐|师傅|博士|教授)", re.MULTILINE
    )


@functools.cache
def _titled() -> re.Pattern[str]:
    """Return the pattern of a title with the surname after it."""
    return re.compile(rf"(?:{'|'.join(by_length('title'))})(?P<surname>{'|'.join(by_length('surname'))})")
