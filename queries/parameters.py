"""Arguments as people and programs give them → values a statement can be sent with.

Text is taken for every type ("2025-03-01", "true", "Zhejiang"), so that a command line, a URL and a Python call mean
the same. Entities are looked up in the store and become ids.
"""

import datetime
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from graph import entities
from graph.errors import AmbiguousEntity, UnknownEntity, WrongParameter
from graph.schema import MODALITY_GROUPS
from queries.header import Question
from queries.param import Param
from queries.publishers import graded

if TYPE_CHECKING:
    from graph.store import Store

LABELS = {
    "region": ("Region",),
    "field": ("Field",),
    "company": ("Company",),
    "programme": ("Programme",),
    "incentive": ("Incentive",),
    "claimant": ("Person", "Organisation", "Company", "Region", "Publisher"),
    # No persons: they are sources or targets of a claim, not objects of profiles.
    "entity": ("Region", "Field", "Company", "Organisation", "Programme", "Incentive", "Channel", "Publisher"),
    "claim": ("Claim",),
}
MOST_VALUES = 100
ALWAYS = "9999-12-31"  # later than every instant: what is known now
_EPOCH = re.compile(r"-?\d{9,17}")  # milliseconds since 1970: longer than a day such as 20250301
_TRUE, _FALSE = ("true", "yes", "1", "on"), ("false", "no", "0", "off")


def bind(store: "Store", question: Question, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Return a value for every parameter of a question; None means its default.

    Raises WrongParameter for a name that the question does not have, a missing or empty value, a value of the wrong
    type and a period that ends before it begins; UnknownEntity and AmbiguousEntity, with `parameter`, for entities.
    """
    known = {param.name: param for param in question.params}
    for name in arguments:
        if name not in known:
            raise WrongParameter(
                name, f"`{question.name}` has no parameter `{name}`. It takes: {', '.join(sorted(known))}."
            )
    values = {name: _value(store, param, arguments.get(name)) for name, param in known.items()}
    since, until = values.get("since"), values.get("until")
    if since and until and since > until:
        raise WrongParameter("since", f"`since` is {since}, which is later than `until`, {until}.")
    return values


def default(store: "Store", param: Param) -> Any:
    """Return the value that a parameter has where nothing is said; the parameter has a default."""
    return _value(store, param, None)


def _value(store: "Store", param: Param, given: Any) -> Any:
    """Return the value of one parameter; a list of several where it may have many."""
    if isinstance(given, list | tuple) and len(given) == 1:
        given = given[0]
    if not param.many:
        if isinstance(given, list | tuple):
            raise WrongParameter(param.name, f"`{param.name}` is given {len(given)} times; give it once.")
        return _one(store, param, given)
    if given is None or given == "":
        value = _one(store, param, given)
        return value if value is None or isinstance(value, list) else [value]
    texts = [
        part for text in (given if isinstance(given, list | tuple) else [given]) for part in _parts(store, param, text)
    ]
    if len(texts) > MOST_VALUES:
        raise WrongParameter(param.name, f"`{param.name}` has {len(texts)} values; it may have {MOST_VALUES}.")
    values = [_one(store, param, text) for text in texts]
    flat = [item for value in values for item in (value if isinstance(value, list) else [value])]
    return sorted(set(flat), key=flat.index)


def _parts(store: "Store", param: Param, text: Any) -> list[Any]:
    """Return the parts of a list with commas; a name that has a comma itself is one."""
    if not isinstance(text, str) or "," not in text:
        return [text]
    if param.type in LABELS:
        try:
            return [entities.resolve(store, text, LABELS[param.type])["id"]]
        except (AmbiguousEntity, UnknownEntity):
            pass
    return [part.strip() for part in text.split(",")]


def _one(store: "Store", param: Param, given: Any) -> Any:
    if given == "":
        raise WrongParameter(param.name, f"`{param.name}` is empty; give a value or leave it out.")
    if given is None:
        if param.required:
            raise WrongParameter(param.name, f"`{param.name}` is missing. {param.doc}")
        given = param.default
    if param.choices and given is not None and given not in param.choices:
        raise WrongParameter(param.name, f"`{param.name}` is `{given}`; it can be {', '.join(param.choices)}.")
    if param.sent_as == "modality":
        return list(MODALITY_GROUPS[given])
    if param.sent_as == "instant":
        return _instant(param.name, given)
    if given is None:
        return None
    if param.sent_as == "publishers":
        return graded(store, given)
    if param.sent_as == "language":
        return _language(param.name, given)
    if param.type in LABELS:
        try:
            return entities.resolve(store, _text(param.name, given), LABELS[param.type])["id"]
        except (AmbiguousEntity, UnknownEntity) as error:
            error.parameter = param.name
            raise
    convert = {"integer": _integer, "date": _date, "boolean": _boolean}.get(param.type, _text)
    return convert(param.name, given)


def _text(name: str, given: Any) -> str:
    if not isinstance(given, str):
        raise WrongParameter(name, f"`{name}` is `{given}`; it must be text.")
    return given


def _language(name: str, given: Any) -> str:
    """Return the code of a language that has one, as documents are marked with it."""
    import pycountry  # reads its lists of languages when it is first asked

    text = _text(name, given).strip()
    try:  # a code first: there is also a language whose name is En
        found = pycountry.languages.get(alpha_2=text.lower()) or pycountry.languages.lookup(text)
    except LookupError:
        raise WrongParameter(name, f"`{name}` is `{given}`; it must be a language, such as en, zh or German.") from None
    return str(getattr(found, "alpha_2", found.alpha_3))


def _integer(name: str, given: Any) -> int:
    try:
        number = int(given) if isinstance(given, str) else given
    except ValueError:
        number = None
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number < 2**31:
        raise WrongParameter(name, f"`{name}` is `{given}`; it must be a whole number from 0, such as 20.")
    return number


def _boolean(name: str, given: Any) -> bool:
    word = given.casefold() if isinstance(given, str) else given
    if word is True or word in _TRUE:
        return True
    if word is False or word in _FALSE:
        return False
    raise WrongParameter(name, f"`{name}` is `{given}`; it must be true or false.")


def _date(name: str, given: Any) -> datetime.date:
    if isinstance(given, datetime.date) and not isinstance(given, datetime.datetime):
        return given
    if isinstance(given, str) and _EPOCH.fullmatch(given):
        given = _from_epoch(name, given).date().isoformat()
    try:
        return datetime.date.fromisoformat(given)
    except (TypeError, ValueError):
        raise WrongParameter(name, f"`{name}` is `{given}`; it must be a day such as 2025-03-01.") from None


def _from_epoch(name: str, given: str) -> datetime.datetime:
    """Return the instant, in UTC, that is so many milliseconds after 1970 began, as dashboards give it."""
    try:
        return datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC) + datetime.timedelta(milliseconds=int(given))
    except OverflowError:
        raise WrongParameter(name, f"`{name}` is `{given}`, which as milliseconds since 1970 is no date.") from None


def _instant(name: str, given: Any) -> str:
    """Return an ISO instant in UTC that compares as text with those in the store; a day stands for its end."""
    if given is None:
        return ALWAYS
    if isinstance(given, str) and _EPOCH.fullmatch(given):
        given = _from_epoch(name, given)
    try:
        if isinstance(given, str) and len(given) > 10:
            given = datetime.datetime.fromisoformat(given)
        if not isinstance(given, datetime.datetime):
            given = datetime.datetime.combine(_date(name, given), datetime.time.max)
        instant: datetime.datetime = given if given.tzinfo else given.replace(tzinfo=datetime.UTC)
        return instant.astimezone(datetime.UTC).isoformat(timespec="microseconds")
    except (TypeError, ValueError):
        raise WrongParameter(
            name,
            f"`{name}` is `{given}`; it must be a day such as 2025-03-01 or an instant such as 2025-03-01T12:00:00Z.",
        ) from None
