"""Chinese names in Latin letters, for names that no list gives an English form: 集美大学 is Jimei University.

People are written surname first in pinyin. In a body's name the parts that English has words for are translated, places
take their English name, the rest is pinyin.
"""

import functools
import importlib.resources
from collections.abc import Mapping

from ingest.chinese_words import is_chinese, simplified

_COMPOUND_SURNAMES = frozenset(
    ("欧阳", "司马", "上官", "诸葛", "夏侯", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "宇文", "司徒", "端木")
)
_LONGEST_PERSON = 4


def romanised(label: str, name: str, places: Mapping[str, str]) -> str:
    """Return a Chinese name in Latin letters; other names, and foreign ones in Chinese, as they are.

    `places` gives the English names of regions by their (simplified) Chinese ones.
    """
    folded = simplified(name)
    if not all(is_chinese(character) for character in folded):
        return name
    if label == "Person":
        return _person(folded) if 2 <= len(folded) <= _LONGEST_PERSON else name
    return _body(folded, places) if label in ("Organisation", "Company") else name


def _person(name: str) -> str:
    if name.endswith("姓"):
        return _pinyin(name[:-1])
    first = 2 if name[:2] in _COMPOUND_SURNAMES and len(name) > 2 else 1
    return f"{_pinyin(name[:first])} {_pinyin(name[first:])}".strip()


def _body(name: str, places: Mapping[str, str]) -> str:
    words: list[str] = []
    unknown = ""
    position = 0
    while position < len(name):
        part = _longest(name, position, _parts()) or _longest(name, position, places)
        if part is None or (not words and not unknown and part in _parts()):
            unknown += name[position]  # the first word of a name is its own
            position += 1
            continue
        if unknown:
            words.append(_pinyin(unknown))
            unknown = ""
        words.append(_parts()[part] if part in _parts() else places[part])
        position += len(part)
    if unknown:
        words.append(_pinyin(unknown))
    return " ".join(word for word in words if word)


def _longest(name: str, position: int, known: Mapping[str, str]) -> str | None:
    for length in range(min(10, len(name) - position), 0, -1):
        part = name[position : position + length]
        if part in known and (length > 1 or part in _parts()):
            return part
    return None


def _pinyin(text: str) -> str:
    import pypinyin  # 0.6 s to import

    return "".join(pypinyin.lazy_pinyin(text)).capitalize()


@functools.cache
def _parts() -> Mapping[str, str]:
    text = importlib.resources.files("ingest.lexicon").joinpath("name_parts_zh.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {row[0]: row[1] for row in rows}
