"""Page → document: its text, title, date, author, publisher and language.

What a user says on the command line goes before what the source says, that before what the page itself says, and that
before what the source assumes.
"""

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import TypeVar
from urllib.parse import urlsplit

from graph import ids
from graph.errors import UnreadableDocument, WrongParameter
from graph.frame import Document
from ingest.bylines import byline
from ingest.language import detect
from ingest.markdown import front_matter, plain
from ingest.sources import Failure, Page
from ingest.webpage import main_text
from ingest.wrapping import unwrapped

_LANGUAGE = re.compile(r"^([A-Za-z]{2,3})(?:[-_][A-Za-z0-9_-]+)?$")
_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?(?!\d)(?:\Z|[T\s])")
_LINE_END = re.compile(r"\r\n?")
_AHEAD = datetime.timedelta(days=3)  # some papers appear on the eve of their date, and clocks differ
_T = TypeVar("_T")
_NOT_TEXT = re.compile("[\x00\ud800-\udfff]")  # JSON can spell them; no store can keep them


@dataclass(frozen=True, slots=True)
class Overrides:
    """What a user says about every document of a run; `url` and `title` hold for one document only.

    Raises:
        WrongParameter: the date, language, URL or author cannot be one.
    """

    date: str | None = None
    publisher: str | None = None
    url: str | None = None
    title: str | None = None
    lang: str | None = None
    author: str | None = None

    def __post_init__(self) -> None:
        for name, check in {**_CHECKS, "url": _address, "author": _author}.items():
            value = getattr(self, name)
            if value is not None:
                try:
                    check(value)
                except ValueError as error:
                    raise WrongParameter(name, f"`{name}` is {error}.") from error

    def given(self) -> dict[str, object]:
        """Return what is set, by name."""
        return {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name) is not None}


def documents(pages: Iterable[Page | Failure], overrides: Overrides | None = None) -> Iterator[Document | Failure]:
    """Turn each page into its document, or into the reason why it is none; failures are passed on."""
    overrides = overrides or Overrides()
    single = [name for name in ("url", "title") if getattr(overrides, name) is not None]
    used = False
    for page in pages:
        if isinstance(page, Failure):
            yield page
        elif single and used:
            yield Failure(
                page.path, f"--{single[0]} is for one document, and another took it; ingest this one alone", page=page
            )
        else:
            used = True
            try:
                yield document(page, overrides)
            except UnreadableDocument as error:
                yield Failure(page.path, str(error), page=page)
            except RecursionError:  # elements or quotes nested thousands deep
                yield Failure(page.path, "is nested too deeply to be read; save the article as text", page=page)


def document(page: Page, overrides: Overrides | None = None) -> Document:
    """Return the document that a page holds.

    Its text is kept as given, but for line ends: they become `\\n`, and in a text file that was wrapped to lines of one
    width those inside a paragraph become spaces.

    Raises:
        UnreadableDocument: the page holds no text, or says something about it that cannot be (a date, a language).
    """
    said_by_user = (overrides or Overrides()).given()
    text, said = _read(page, said_by_user)
    assumed = {name: value for name, value in page.assumed.items() if _possible(name, value)}
    layers = (said_by_user, page.given, said, assumed)
    author = next(filter(None, (byline(layer.get("author")) for layer in layers)), None)
    said = {**assumed, **said, **page.given, **said_by_user}
    text = _NOT_TEXT.sub("\ufffd", _LINE_END.sub("\n", text)).removeprefix("\ufeff")
    if not text.strip():
        raise UnreadableDocument("holds no text")
    url = _checked("URL", _url, said["url"]) if "url" in said else None
    return Document(
        id=ids.document_id(url, text),
        text=text,
        revision=ids.revision(text),
        url=url,
        title=_line(said, "title"),
        publisher=_line(said, "publisher"),
        date=_checked("date", _date, said["date"]) if "date" in said else None,
        lang=_checked("language", _language, said["lang"]) if "lang" in said else detect(text),
        source=page.path,
        given_id=_line(said, "id"),
        author=_NOT_TEXT.sub("\ufffd", author) if author else None,
    )


def _read(page: Page, said_by_user: Mapping[str, object]) -> tuple[str, Mapping[str, object]]:
    if page.form == "html":
        url = said_by_user.get("url", page.given.get("url"))
        text, said = main_text(page.content, str(url) if url else None)
        return text, {name: value for name, value in said.items() if _possible(name, value)}
    if page.form == "markdown":
        matter, body = front_matter(_LINE_END.sub("\n", page.content))
        text, title = plain(body)
        return text, {"title": title, **matter} if title else matter
    if page.form == "text":
        return unwrapped(_LINE_END.sub("\n", page.content)), {}
    return page.content, {}


def _possible(name: str, value: object) -> bool:
    """Whether a web page's own word can be taken; pages are careless with their head, and their text is still good."""
    try:
        _CHECKS.get(name, str)(value)
    except ValueError:
        return False
    return True


def _checked(noun: str, check: Callable[[object], _T], value: object) -> _T:
    """Return what a check makes of a value; what the check cannot use is the document's fault."""
    try:
        return check(value)
    except ValueError as error:
        raise UnreadableDocument(f"has the {noun} {error}") from error


def _line(said: Mapping[str, object], name: str) -> str | None:
    """Return what is said under a name as one line of text, or None."""
    value = said.get(name)
    if value is None:
        return None
    if isinstance(value, bool | list | dict):
        raise UnreadableDocument(f"has a {name} that is not text: {value!r}")
    return _NOT_TEXT.sub("\ufffd", " ".join(str(value).split())) or None


def _date(value: object) -> datetime.date | None:
    """Return the day of a date that begins as ISO dates do; a month stands for its first day, a year alone for none.

    A source that knows no more than the year would put its claims into a January in which nothing happened. Raises
    ValueError, as the other checks do: the message is the value and what is wrong with it.
    """
    text = str(value).strip()
    found = _DATE.match(text)
    try:
        if found and not found["month"]:
            datetime.date(int(found["year"]), 1, 1)
            return None
        day = datetime.date(int(found["year"]), int(found["month"]), int(found["day"] or 1)) if found else None
    except ValueError:
        day = None
    if day is None:
        raise ValueError(f"{text[:40]!r}; write it as YYYY-MM-DD or YYYY-MM")
    if day > datetime.date.today() + _AHEAD:
        raise ValueError(f"{text[:40]!r}, which lies in the future; give the day on which it appeared")
    return day


def _language(value: object) -> str:
    found = _LANGUAGE.match(str(value).strip())
    if not found:
        raise ValueError(f"{str(value)[:40]!r}; write a code such as en or zh")
    return found.group(1).lower()


def _url(value: object) -> str:
    try:
        canonical = ids.canonical_url(str(value))
    except ValueError as error:
        raise ValueError(f"{str(value)[:80]!r}, which is none ({error})") from error
    if not canonical or not isinstance(value, str) or re.search(r"\s", value.strip()):
        raise ValueError(f"{str(value)[:80]!r}, which is none")
    return value.strip()


def _address(value: object) -> str:
    """Return a URL that a person typed: whole, where a source's own word may leave its scheme out."""
    url = _url(value)
    parts = urlsplit(url)
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{url[:80]!r}, which is no address; write it whole, such as https://example.org/a")
    return url


def _author(value: object) -> str:
    found = byline(value)
    if not found:
        raise ValueError(f"{str(value)[:80]!r}, which names no person in full; write it such as Jane Example")
    return found


_CHECKS: Mapping[str, Callable[[object], object]] = {"date": _date, "lang": _language, "url": _url}
