"""What a host answered, and what that means."""

import datetime
import email.utils
import re
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus

import httpcore2
import httpx2

from graph.errors import FetchFailed, FetchRefused

CODINGS = ("identity", "gzip", "deflate")
_PASSING = (408, 425, 429)
_TOKEN = re.compile(r"[\w.+-]{1,40}/[\w.+-]{1,60}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as its host sent it; `url` is where it was found in the end.

    `media_type` is lower case without parameters, empty where the host names none; `charset` likewise. `etag` and
    `last_modified` are what a later request may give back. `changed` is false where the host said that the page is the
    one already known; `content` is empty then.
    """

    url: str
    content: bytes
    media_type: str = ""
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    changed: bool = True

    @property
    def content_type(self) -> str:
        """Return media type and charset as one, empty where the host names none."""
        return f"{self.media_type}; charset={self.charset}" if self.charset else self.media_type


class Body(httpx2.SyncByteStream):
    """The body of an answer, as httpx2 decodes it."""

    def __init__(self, answer: httpcore2.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        return self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


def content(answer: httpx2.Response, most_bytes: int, setting: str) -> bytes:
    """Return the body, decompressed piece by piece and never beyond `most_bytes`; `setting` raises that limit.

    Raises:
        FetchRefused: it is larger, or compressed in a way that was not asked for.
    """
    coding = answer.headers.get("content-encoding", "identity").strip().lower() or "identity"
    if coding not in CODINGS:  # also several at once: each could multiply what the one before made
        raise FetchRefused(f"is compressed as {coding[:40]!r}, which was not asked for")
    larger = f"is larger than {most_bytes:,} bytes{f'; {setting} raises the limit' if setting else ''}"
    length = answer.headers.get("content-length", "")
    if length.isascii() and length.isdigit() and int(length[:20]) > most_bytes:
        raise FetchRefused(larger)
    data = bytearray()
    for piece in answer.iter_bytes():
        data += piece
        if len(data) > most_bytes:
            raise FetchRefused(larger)
    return bytes(data)


def fetched(answer: httpx2.Response, url: str, body: bytes) -> Fetched:
    """Return a page from the answer that brought it."""
    kind = answer.headers.get("content-type", "")
    essence = _TOKEN.match(kind.strip())
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", kind, re.IGNORECASE | re.ASCII)
    return Fetched(
        url,
        body,
        essence[0].lower() if essence else "",
        charset[1].lower() if charset else None,
        _validator(answer, "etag"),
        _validator(answer, "last-modified"),
    )


def refusal(answer: httpx2.Response) -> FetchFailed:
    """Return what an answer means that brings no page."""
    status = answer.status_code
    try:
        phrase = f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        phrase = str(status)
    if status in (404, 410):
        return FetchFailed(f"is not there ({phrase}); check the address")
    if status in (401, 402, 403, 407, 451):
        return FetchFailed(f"is not open to talentgraph ({phrase}); save the page and read the file")
    if status in _PASSING or status >= 500:
        return FetchFailed(
            f"cannot be had now ({phrase}); try again later", passing=True, retry_after=_retry_after(answer)
        )
    return FetchFailed(f"cannot be had ({phrase})")


def _validator(answer: httpx2.Response, name: str) -> str | None:
    """Return a header that will be sent back as it is, where it is one short line."""
    value: str = answer.headers.get(name, "")
    return value if value.isascii() and value.isprintable() and 0 < len(value) <= 500 else None


def _retry_after(answer: httpx2.Response) -> float | None:
    """Return the seconds that `Retry-After` asks to wait, given as a number or as an instant."""
    value = answer.headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        instant = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return None
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=datetime.UTC)
    return max(0.0, (instant - datetime.datetime.now(datetime.UTC)).total_seconds())
