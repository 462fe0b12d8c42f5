"""Amounts of pay in English text: money with its currency, multiples of current pay, percentages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.claims.english.numbers import NUMBER, QUALIFIER, RANGE, SIMPLE, bounds


@dataclass(frozen=True, slots=True)
class Money:
    """One amount at its characters; `currency` is ISO 4217, `multiple` or `percent`; `per` year, month, week, once or
    person.
    """

    start: int
    end: int
    minimum: float | None
    maximum: float | None
    currency: str
    per: str | None


_SIGNS = {
    "US$": "USD",
    "U.S.$": "USD",
    "HK$": "HKD",
    "S$": "SGD",
    "NT$": "TWD",
    "A$": "AUD",
    "C$": "CAD",
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "CNY",
    "￥": "CNY",
    "₩": "KRW",
    "₹": "INR",
    "NIS": "ILS",
    "RMB": "CNY",
}
_NAMES = {
    "hong kong dollar": "HKD",
    "singapore dollar": "SGD",
    "canadian dollar": "CAD",
    "australian dollar": "AUD",
    "new taiwan dollar": "TWD",
    "dollar": "USD",
    "euro": "EUR",
    "pound": "GBP",
    "yuan": "CNY",
    "renminbi": "CNY",
    "rmb": "CNY",
    "won": "KRW",
    "yen": "JPY",
    "rouble": "RUB",
    "ruble": "RUB",
    "rupee": "INR",
    "shekel": "ILS",
    "franc": "CHF",
    "norwegian kroner": "NOK",
    "norwegian krone": "NOK",
    "danish kroner": "DKK",
    "danish krone": "DKK",
    "swedish kronor": "SEK",
    "swedish krona": "SEK",
    "krona": "SEK",
    "kronor": "SEK",
    "new zealand dollar": "NZD",
    "baht": "THB",
    "ringgit": "MYR",
    "zloty": "PLN",
    "rupiah": "IDR",
    "real": "BRL",
    "reais": "BRL",
    "riyal": "SAR",
    "dirham": "AED",
}
_ISO = "CNY USD EUR GBP KRW JPY CHF SGD HKD TWD AUD CAD RUB INR ILS SEK NOK DKK SAR AED BRL NZD THB MYR PLN"
_FOLDS = {"double": 2.0, "twice": 2.0, "triple": 3.0, "treble": 3.0, "quadruple": 4.0}

_SIGN = (
    rf"(?:{'|'.join(re.escape(s) for s in sorted(_SIGNS, key=len, reverse=True))}|(?:{'|'.join(_ISO.split())})(?= ?\d))"
)
_NAME = rf"(?:(?:US |American )?(?:{'|'.join(_NAMES)})s?|{'|'.join(_ISO.split())})\b"
_BEFORE = rf"(?:(?P<qualifier>{QUALIFIER}|between) )?"
_BEFORE_NAMED = _BEFORE.replace("<qualifier>", "<qualifier2>")
_MONEY = re.compile(
    rf"{_BEFORE}(?P<sign>{_SIGN}) ?(?P<low>{NUMBER})(?:{RANGE}(?:{_SIGN} ?)?(?P<high>{NUMBER}))?"
    rf"|{_BEFORE_NAMED}(?P<low2>{NUMBER})(?:{RANGE}(?P<high2>{NUMBER}))?[ -](?P<name>{_NAME})",
    re.IGNORECASE,
)
_FOLD = r"(?:\d+(?:\.\d+)?|two|three|four|five|six|seven|eight|nine|ten|twenty)"
_MULTIPLE = re.compile(
    rf"{_BEFORE}\b(?P<low>{_FOLD})(?:-?{RANGE}(?P<high>{_FOLD}))?(?:[ -]?times\b|-?fold\b|x\b)"
    r"|\b(?P<word>double|twice|triple|treble|quadruple)[ds]?\b",
    re.IGNORECASE,
)
_PERCENT = re.compile(rf"{_BEFORE}(?P<low>{SIMPLE})(?:{RANGE}(?P<high>{SIMPLE}))?(?: ?%| per ?cent\b)", re.IGNORECASE)
_PER = (
    (re.compile(r"\b(?:an?|per|each|every) year\b|\bannual(?:ly)?\b|\byearly\b", re.IGNORECASE), "year"),
    (re.compile(r"\b(?:an?|per|each|every) month\b|\bmonthly\b", re.IGNORECASE), "month"),
    (re.compile(r"\b(?:an?|per|each|every) week\b|\bweekly\b", re.IGNORECASE), "week"),
    (re.compile(r"\bone-?off\b|\bonce\b|\blump sum\b|\bsign(?:ing|-on)\b", re.IGNORECASE), "once"),
    (re.compile(r"\bapiece\b|\beach\b|\bper (?:person|head|family|recruit)\b", re.IGNORECASE), "person"),
)
_PER_REACH = 32  # characters before and after an amount in which its period stands
_TO_EACH = re.compile(  # "each recruit a bonus of …": whose it is, further ahead
    r"\b(?:each|every) (?:[\w-]+ ){1,4}(?:an? )(?:[\w-]+ ){1,4}(?:of|worth) (?:[a-z ]{1,20} )?$", re.IGNORECASE
)
_BRACKETS = re.compile(r"^\s*\([^()]*\)")
_SAME_SUM = re.compile(r"(?: a (?:year|month|week))?,? ?(?:or|some|that is|equal to)?,? ?", re.IGNORECASE)
_CONVERSION = re.compile(r"\([^()]*$")


def find_money(text: str) -> Iterator[Money]:
    """Yield the amounts of a text in order, without conversions ("(US$136,800)", "2 million yuan, or $280,000")."""
    last: Money | None = None
    for money in sorted((*_money(text), *_multiples(text), *_percentages(text)), key=lambda m: (m.start, m.end)):
        converted = (
            last is not None and last.currency != money.currency and money.currency not in ("multiple", "percent")
        )
        if last is None or not converted or not _SAME_SUM.fullmatch(text[last.end : money.start]):
            yield money
        last = money


def _money(text: str) -> Iterator[Money]:
    for match in _MONEY.finditer(text):
        if _CONVERSION.search(text[: match.start()]):
            continue
        sign = match["sign"]
        if sign:
            currency = _SIGNS.get(sign.upper(), sign.upper())
            low, high, qualifier = match["low"], match["high"], match["qualifier"]
        else:
            name = match["name"].lower()
            name = re.sub(r"^(?:us|american) ", "", name)
            currency = _NAMES.get(name) or _NAMES.get(name.rstrip("s")) or name.upper()
            low, high, qualifier = match["low2"], match["high2"], match["qualifier2"]
        minimum, maximum = bounds(low, high, qualifier)
        yield Money(match.start(), match.end(), minimum, maximum, currency, _per(text, match))


def _multiples(text: str) -> Iterator[Money]:
    minimum: float | None
    maximum: float | None
    for match in _MULTIPLE.finditer(text):
        if match["word"]:
            fold = _FOLDS[match["word"].lower()]
            minimum, maximum = fold, fold
        else:
            minimum, maximum = bounds(match["low"], match["high"], match["qualifier"])
        yield Money(match.start(), match.end(), minimum, maximum, "multiple", None)


def _percentages(text: str) -> Iterator[Money]:
    for match in _PERCENT.finditer(text):
        minimum, maximum = bounds(match["low"], match["high"], match["qualifier"])
        yield Money(match.start(), match.end(), minimum, maximum, "percent", None)


def _per(text: str, match: re.Match[str]) -> str | None:
    rest = _BRACKETS.sub("", text[match.end() :])
    after = re.split(r"[.;]", rest[:_PER_REACH])[0]
    before = re.split(r"[.;]", text[max(0, match.start() - _PER_REACH) : match.start()])[-1]
    for around in (after, before):
        for pattern, per in _PER:
            if pattern.search(around):
                return per
    return "person" if _TO_EACH.search(text[: match.start()]) else None
