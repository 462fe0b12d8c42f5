"""Numbers in Chinese text: how many people, how much money. 一百二十, 8000, 1.5万, 数百, 千余."""

import re

from ingest.claims.chinese.scene import Scene

_DIGITS = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_UNITS = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_NUMBER = r"(?:\d[\d,]*(?:\.\d+)?(?:\s?[十百千万亿]+)?|[一二两三四五六七八九十百千万亿零〇]+)"
_COUNT = re.compile(
    rf"(?P<before>约|近|逾|超过?|至少|最多|不到|多达|大约|将近|上|(?<![多少人])数|几|好几|"
    rf"超)?(?:(?P<least>{_NUMBER})(?:到|至|-|—))?(?P<number>{_NUMBER})?(?P<vague>[十百千万])?"
    rf"(?P<after>余|多|几|来)?(?:名|位|人次|人(?!民|工|才|类|形|事)|个(?:职缺|岗位|职位|名额)|多人|员)"
)
_MONEY = re.compile(
    rf"(?P<prefix>人民币|新台币|台币|美元|美金|港币|港元|欧元|日元|韩元|"
    rf"英镑)?(?P<low>{_NUMBER})(?:[万亿]?(?:元)?(?:至|到|~|-|—|－)(?P<high>{_NUMBER}))?"
    r"(?P<unit>余|多)?(?P<currency>元人民币|美元|美金|欧元|港元|港币|英镑|日元|韩元|韩圜|"
    r"新加坡元|新元|新台币|台币|元|块)"
)
_MULTIPLE = re.compile(rf"(?P<low>{_NUMBER})(?:到|至|-)?(?P<high>{_NUMBER})?倍")
_CURRENCIES = {
    "人民币": "CNY",
    "元人民币": "CNY",
    "新台币": "TWD",
    "台币": "TWD",
    "美元": "USD",
    "美金": "USD",
    "港币": "HKD",
    "港元": "HKD",
    "欧元": "EUR",
    "日元": "JPY",
    "韩元": "KRW",
    "韩圜": "KRW",
    "英镑": "GBP",
    "新加坡元": "SGD",
    "新元": "SGD",
}
_PAUSE = re.compile(r"[，、。；：]")
_NEAR = 16  # characters between an incentive and its amount
_LARGEST = 10**15


def number(text: str) -> float | None:
    """Return the value of a number in digits, Chinese numerals or both ("1.5万"); None where it is none."""
    text = text.replace(",", "").replace(" ", "")
    match = re.match(r"\d+(?:\.\d+)?", text)
    if match:
        value = float(match.group())
        for unit in text[match.end() :]:
            value *= _UNITS.get(unit, 1)
        return value if value <= _LARGEST else None
    total, section, digit = 0, 0, 0
    for character in text:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in "万亿":
            total = (total + section + digit or 1) * _UNITS[character]
            section = digit = 0
        elif character in _UNITS:
            section += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            return None
    value = total + section + digit
    return float(value) if 0 < value <= _LARGEST else None


def people(scene: Scene, first: int, last: int) -> tuple[int | None, int | None, str | None]:
    """Return how many people (or posts) a passage speaks of: least, most, and the words around the number."""
    for match in _COUNT.finditer(scene.text, first, last):
        before, digits, vague, after = match.group("before", "number", "vague", "after")
        value = number(digits) if digits else None
        if value is not None and before in ("数", "几", "好几"):
            return 2 * round(value), 9 * round(value), match.group()
        if value is None and (vague or before in ("数", "几", "好几")):
            unit = _UNITS.get(vague or "", 1)
            return 2 * unit, 9 * unit, match.group()
        if value is None or value < 1 or (value == 1 and not before):
            continue
        count = round(value)
        least = number(match.group("least")) if match.group("least") else None
        if least is not None and 1 <= least < count:
            return round(least), count, None
        if before in ("近", "不到", "最多", "将近"):
            return None, count, before
        if after or before in ("逾", "超", "超过", "至少", "上"):
            return count, None, (before or after)
        return count, count, before
    return None, None, None


def amount(scene: Scene, start: int, end: int) -> tuple[float | None, float | None, str | None, str | None, bool]:
    """Return least, most, currency, per and whether it is withheld, of the money that stands beside an incentive."""
    text = scene.text
    first, last = max(scene.start, start - _NEAR), min(scene.end, end + _NEAR)
    per = (
        "year"
        if re.search(r"年薪|每年|一年|全年", text[first:last])
        else "month"
        if re.search(r"月薪|每月", text[first:last])
        else None
    )
    undisclosed = (
        re.search(r"未(?:透露|公开|披露)[^，。；]{0,6}(?:金额|数额|数字|薪)|面议", text[first:last]) is not None
    )
    matches = [m for m in _MONEY.finditer(text, first, last) if not _PAUSE.search(text, *_gap(m, start, end))]
    matches.sort(key=lambda m: min(abs(m.start() - end), abs(start - m.end())))
    for match in matches:
        low = number(match.group("low"))
        high = number(match.group("high")) if match.group("high") else None
        if low is not None:
            low, high = _same_scale(match.group("low"), low, match.group("high"), high)
            currency = _CURRENCIES.get(match.group("prefix") or "") or _CURRENCIES.get(match.group("currency")) or "CNY"
            return *_ordered(low, high), currency, per, undisclosed
    multiple = _MULTIPLE.search(text, first, last)
    if multiple:
        low = number(multiple.group("low"))
        high = number(multiple.group("high")) if multiple.group("high") else None
        return *(_ordered(low, high) if low is not None else (low, high)), "multiple", per, undisclosed
    return None, None, None, per if undisclosed else None, undisclosed


def _ordered(first: float, second: float | None) -> tuple[float, float]:
    """Return a range with the smaller figure first ("从30万降到27万"); of a single figure both ends."""
    second = first if second is None else second
    return min(first, second), max(first, second)


def _gap(match: re.Match[str], start: int, end: int) -> tuple[int, int]:
    return (end, match.start()) if match.start() >= end else (match.end(), start)


def _same_scale(low_text: str, low: float, high_text: str | None, high: float | None) -> tuple[float, float | None]:
    """Give the lower bound the unit that only the upper one carries ("300到500万")."""
    if high_text and high is not None and high_text[-1] in _UNITS and low_text[-1].isdigit() and low < high / 100:
        low *= _UNITS[high_text[-1]]
    return low, high
