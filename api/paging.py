"""Pages of an answer: by `limit` and `offset`, or by a cursor that holds the graph still.

A cursor says of which answer it is, where the next page begins, which revision the first was read from, and when. Where
the graph changed meanwhile, the next page is answered from the graph as it was known then, so that no row comes twice
or is missed.
"""

import base64
import binascii
import datetime
import hashlib
from typing import Any

from fastapi import Request
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from graph.errors import WrongParameter
from graph.store import Store

MOST_ROWS = 10_000  # of one page
_OF_A_PAGE = ("cursor", "limit", "offset", "format", "links")
CURSOR = {
    "name": "cursor",
    "in": "query",
    "required": False,
    "description": "Where to go on, as `next` gave it; the page is of the graph as it was known at the first page.",
    "schema": {"type": "string"},
}


class _Cursor(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    a: str = Field(pattern=r"^[0-9a-f]{16}$")
    o: int = Field(ge=0, lt=2**31)
    r: int
    k: str = Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$")


class Page:
    """The page that a request asks for: what to tell the question, and the address of the page after it."""

    def __init__(self, request: Request, store: Store, *, most: int = MOST_ROWS) -> None:
        """Read limit, offset and cursor; WrongParameter for those that cannot be."""
        self._request, self._store = request, store
        self._begun: _Cursor | None = None
        self._now = datetime.datetime.now(datetime.UTC).isoformat(timespec="microseconds")
        query = request.query_params
        limit = query.get("limit")
        if limit is not None and limit.isdecimal() and int(limit) > most:
            raise WrongParameter("limit", f"`limit` is {limit}; a page has at most {most:,} rows.")
        if (text := query.get("cursor")) is not None:
            if "offset" in query:
                raise WrongParameter("cursor", "Give `cursor` or `offset`, not both.")
            self._begun = _read(text)
            if self._begun.a != self._answer():
                raise WrongParameter(
                    "cursor", "`cursor` is of another answer: follow `next` with its parameters, or begin without it."
                )

    def arguments(self) -> dict[str, Any]:
        """Return what the cursor says to the question: the offset, and when the graph was read if it changed."""
        if self._begun is None:
            return {}
        same = self._begun.r == self._revision() or "known_at" in self._request.query_params
        return {"offset": self._begun.o} | ({} if same else {"known_at": self._begun.k})

    def next(self, after: int, total: int, rows: int) -> str | None:
        """Return the absolute address of the page that begins with row `after`, if there is one."""
        if not rows or after >= total:
            return None
        begun = self._begun or _Cursor(a=self._answer(), o=0, r=self._revision(), k=self._now)
        text = begun.model_copy(update={"o": after}).model_dump_json()
        cursor = base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
        url = self._request.url.remove_query_params("offset").include_query_params(cursor=cursor)
        return str(url)

    def _answer(self) -> str:
        """Return what tells one answer from another: the address and what narrows it, not how a page of it is shown."""
        query = (pair for pair in self._request.query_params.multi_items() if pair[0] not in _OF_A_PAGE)
        return hashlib.sha256(repr((self._request.scope["path"], sorted(query))).encode()).hexdigest()[:16]

    def _revision(self) -> int:
        """Return the store's revision; where the request's ETag was made, as it was before the answer was read."""
        known: int | None = getattr(self._request.state, "revision", None)
        return self._store.revision() if known is None else known


def _read(text: str) -> _Cursor:
    try:
        return _Cursor.model_validate_json(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValidationError, binascii.Error, ValueError):
        raise WrongParameter("cursor", "`cursor` is none that `next` gave; begin without it.") from None
