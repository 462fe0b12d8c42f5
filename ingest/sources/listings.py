"""What lists pages: feeds and sitemaps, told apart by their first element."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

FEEDS = ("rss", "feed", "rdf")
SITEMAPS = ("urlset", "sitemapindex")
_BEFORE = re.compile(rb"\s+|<\?.*?\?>|<!--.*?-->|<!doctype[^>\[]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_ELEMENT = re.compile(rb"<(?:[a-z][\w.-]*:)?([a-z][\w.-]*)", re.IGNORECASE)
_HEAD = 4_000


@dataclass(frozen=True, slots=True)
class Item:
    """A page that a listing names.

    `version` changes when the page does, as far as the listing tells; `assumed` is what the listing says of the page
    (title, date, publisher, lang), `content` the HTML that it holds of it. Without a `url` there is only the content.
    """

    url: str
    version: str = ""
    assumed: Mapping[str, object] = field(default_factory=dict)
    content: str = ""


def root(data: bytes) -> str:
    """Return the name of the first element of XML or HTML, lower case without prefix; empty for anything else."""
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "replace").encode()
    place = 0
    while found := _BEFORE.match(head, place):
        place = found.end()
    element = _ELEMENT.match(head, place)
    return element[1].decode("ascii").lower() if element else ""
