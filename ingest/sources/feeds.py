"""RSS and Atom feeds → the pages that they name, newest first as the feed has them. Read in a confined process."""

import datetime
import email.utils
import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from graph.errors import UnreadableDocument
from ingest import confined
from ingest.sources.listings import Item

LIMITS = "10 s and 512 MiB; 5,000 entries; no entities"
MOST_ENTRIES = 5_000
_LONGEST = {"title": 1_000, "publisher": 300, "lang": 20, "author": 1_000}


def items(data: bytes, url: str, media_type: str = "") -> list[Item]:
    """Return what a feed names; `url` is where it was found, `media_type` what its host calls it, with the charset.

    Raises:
        UnreadableDocument: it is no feed, or cannot be read within the limits.
    """
    found = confined.stream("feed", {"url": url, "media_type": media_type}, data)
    return [
        Item(said.pop("url"), said.pop("version"), said, content.decode("utf-8", "surrogatepass"))
        for said, content in ((dict(head), body) for head, body in found)
    ]


def entries(given: Mapping[str, Any], data: bytes, file: object = None) -> Iterator[confined.Item]:
    """Yield url, version and what is said of each entry, and its HTML; the task behind `items`."""
    import feedparser

    if re.search(rb"<\x00?!\x00?E\x00?N\x00?T\x00?I\x00?T\x00?Y", data):
        raise UnreadableDocument("declares entities, as XML bombs do; no feed needs them")
    headers = {"content-location": given["url"]} | (
        {"content-type": given["media_type"]} if given["media_type"] else {}
    )
    feed = feedparser.parse(io.BytesIO(data), response_headers=headers)
    if not feed.get("version") and not feed.entries:
        raise UnreadableDocument("is no feed (RSS or Atom); give the address of the feed itself")
    common = {"publisher": feed.feed.get("title"), "lang": feed.feed.get("language")}
    for entry in feed.entries[:MOST_ENTRIES]:
        contents = [part.get("value") or "" for part in entry.get("content", ())] + [entry.get("summary") or ""]
        said = common | {"title": entry.get("title"), "date": _day(entry), "author": _author(entry, feed)}
        head = {name: str(value)[: _LONGEST.get(name)] for name, value in said.items() if value}
        version = str(entry.get("updated") or entry.get("published") or "")[:100]
        yield (
            {"url": _address(entry), "version": version, **head},
            max(contents, key=len).encode("utf-8", "surrogatepass"),
        )


def _address(entry: Mapping[str, Any]) -> str:
    """Return where an entry's page is: its link, else an id that is an address."""
    places = [entry.get("link"), *(link.get("href") for link in entry.get("links", ())), entry.get("id")]
    return next((str(place) for place in places if place and str(place).startswith(("http://", "https://"))), "")


def _author(entry: Mapping[str, Any], feed: Mapping[str, Any]) -> str | None:
    """Return who wrote an entry, else, in Atom, who writes the feed: its entries inherit; RSS names an editor there."""
    of_feed = feed["feed"] if str(feed.get("version", "")).startswith("atom") else {}
    for one in (entry, of_feed):
        whole = str(one.get("author") or "")
        names = [str(author["name"]) for author in one.get("authors", ()) if author.get("name")]
        if names or whole:
            return whole if "@" in whole else "; ".join(names) or whole  # of addresses a name would be cut wrongly
    return None


def _day(entry: Mapping[str, Any]) -> str | None:
    """Return the day of publication where it was published, not the one that UTC had then."""
    for name in ("published", "updated"):
        text = str(entry.get(name) or "").strip()
        if re.match(r"\d{4}-\d\d-\d\d", text):
            return text[:10]
        try:
            return email.utils.parsedate_to_datetime(text).date().isoformat()
        except ValueError:
            pass
        if parsed := entry.get(f"{name}_parsed"):
            return datetime.date(*parsed[:3]).isoformat()
    return None
