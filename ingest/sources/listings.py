"""What lists pages: feeds and sitemaps, told apart by their first element."""

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

FEEDS = ("rss", "feed", "rdf")
SITEMAPS = ("urlset", "sitemapindex")
_BEFORE = re.compile(rb"\s+|<\?.*?\?>|<!--.*?-->|<!doctype[^>\[]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_ELEMENT = re.compile(rb"<(?:[a-z][\w.-]*:)?([a-z][\w.-]*)", re.IGNORECASE)
_HEAD = 4_000
_LINK = re.compile(rb"<link\s[^>]{1,2000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(rb"""([a-z]{1,20})\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_FEED_TYPES = ("application/rss+xml", "application/atom+xml")
_LONGEST_HEAD = 200_000


@dataclass(frozen=True, slots=True)
class Item:
    """A page that a listing names.

    `version` changes when the page does, as far as the listing tells; `assumed` is what the listing says of the page
    (title, date, publisher, lang, author), `content` the HTML that it holds of it. Without a `url` there is only the
    content.
    """

    url: str
    version: str = ""
    assumed: Mapping[str, object] = field(default_factory=dict)
    content: str = ""


def feed_link(page: bytes) -> str | None:
    """Return the address of the first feed that an HTML page names in its head, as it is written there."""
    for link in _LINK.findall(page[:_LONGEST_HEAD]):
        said = {name.lower(): html.unescape(value.decode("utf-8", "replace")) for name, value in _attributes(link)}
        if said.get("type", "").lower() in _FEED_TYPES and "alternate" in said.get("rel", "").lower().split():
            return said.get("href")
    return None


def _attributes(link: bytes) -> Iterator[tuple[str, bytes]]:
    for name, double, single, bare in _ATTRIBUTE.findall(link):
        yield name.decode("ascii"), double or single or bare


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
