"""The web as a source: an address → the page there, or all pages that a feed or sitemap there names.

https://example.org/article          that page
https://example.org/news.xml         a feed or sitemap, told by its content
feed:https://…  sitemap:https://…    only that
sitemap:https://example.org          the sitemaps that the host's robots.txt names, else /sitemap.xml
"""

import itertools
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

import httpx2

from graph.errors import FetchError, FetchRefused, UnreadableDocument
from ingest.sources import Failure, Options, Page, feeds, kinds, sitemaps
from ingest.sources.listings import FEEDS, SITEMAPS, Item, feed_link, root
from ingest.web import ADDRESS
from ingest.web.answers import Fetched
from ingest.web.fetching import Fetcher
from ingest.web.locations import location

MOST_SITEMAPS = 1_000  # that one address leads to


@dataclass(frozen=True, slots=True)
class Found:
    """What an address holds: a page (`items` is None), or a listing, whose items are fetched as they are asked for."""

    fetched: Fetched
    items: Iterable[Item | Failure] | None = None


def read(address: str, fetcher: Fetcher, options: Options) -> Iterator[Page | Failure]:
    """Yield the pages of an address, and a failure for each that cannot be had."""
    try:
        found = look(address, fetcher)
    except UnreadableDocument as error:
        yield Failure(address, str(error))
        return
    if found.items is None:
        yield from pages(Item(address), found.fetched, options)
        return
    for item in found.items:
        if isinstance(item, Failure):
            yield item
        else:
            yield from pages(item, fetch(item, fetcher), options)


def look(
    address: str,
    fetcher: Fetcher,
    *,
    etag: str | None = None,
    last_modified: str | None = None,
    known: Callable[[Item], bool] = lambda further: False,
) -> Found:
    """Return what an address holds; `known` says of a further sitemap that nothing is new in it.

    `etag` and `last_modified` are those of the last time: where nothing changed since, `fetched.changed` is false.

    Raises:
        FetchRefused, FetchFailed: it cannot be had.
        UnreadableDocument: it is not what the address says, or is damaged.
    """
    parts = ADDRESS.fullmatch(address)
    if not parts:
        raise FetchRefused("is no address of the web; write it whole, such as https://example.org/a")
    kind, url = (parts[1] or "").lower(), parts[2]
    if kind == "sitemap" and re.fullmatch(r"https?://[^/?#]*/?", url, re.IGNORECASE):
        named = fetcher.sitemaps(url) or [url.rstrip("/") + "/sitemap.xml"]
        return Found(Fetched(url, b""), _once(_further(address, map(Item, named), fetcher, known)))
    most = sitemaps.MOST_BYTES if kind == "sitemap" else None
    fetched = fetcher.fetch(url, etag=etag, last_modified=last_modified, most_bytes=most)
    if not fetched.changed:
        return Found(fetched, ())
    first = root(fetched.content)
    if kind == "feed" and first == "html" and (link := feed_link(fetched.content)):
        fetched = fetcher.fetch(str(location(link, httpx2.URL(fetched.url))))
        first = root(fetched.content)
    if kind == "feed" or (not kind and first in FEEDS):
        return Found(fetched, _once(feeds.items(fetched.content, fetched.url, fetched.content_type)))
    if kind == "sitemap" or first in SITEMAPS or _is_packed_sitemap(fetched):
        listed, further = sitemaps.items(fetched.content)
        return Found(fetched, _once(itertools.chain(_newest(listed), _further(address, further, fetcher, known))))
    return Found(fetched)


def fetch(item: Item, fetcher: Fetcher) -> Fetched | FetchError:
    """Return the page of an item, or why it cannot be had."""
    if not item.url:
        return FetchRefused("names no page")
    try:
        return fetcher.fetch(item.url)
    except FetchError as error:
        return error


def pages(item: Item, got: Fetched | FetchError, options: Options) -> Iterator[Page | Failure]:
    """Yield the pages that were fetched for an item, or what its listing holds of it, where nothing could be."""
    if isinstance(got, Fetched):
        media_type = got.content_type or None
        for page in kinds.pages_of(item.url, got.content, media_type, assumed=item.assumed, options=options):
            if isinstance(page, Page) and page.path == item.url:  # and not one of many that lie there
                yield replace(page, given={"url": got.url, **page.given})
            else:
                yield page
    elif item.content.strip():
        said = {**item.assumed, **({"url": item.url} if item.url else {})}
        content = f"<html><body><article>{item.content}</article></body></html>"
        yield Page(item.url or str(item.assumed.get("title", "")), "html", content, said)
    else:
        yield Failure(item.url, str(got))


def _further(
    address: str, named: Iterable[Item], fetcher: Fetcher, known: Callable[[Item], bool]
) -> Iterator[Item | Failure]:
    """Yield the pages of further sitemaps, and of those that these name; where there are none, a failure says so."""
    waiting = deque(itertools.islice(named, MOST_SITEMAPS))
    asked: set[str] = set()
    silent = bool(waiting)
    while waiting and len(asked) < MOST_SITEMAPS:
        one = waiting.popleft()
        if one.url in asked:
            continue
        asked.add(one.url)
        if known(one):
            silent = False
            continue
        try:
            listed, further = sitemaps.items(fetcher.fetch(one.url, most_bytes=sitemaps.MOST_BYTES).content)
        except UnreadableDocument as error:
            silent = False
            yield Failure(one.url, str(error), document=False)
            continue
        silent = silent and not listed
        yield from _newest(listed)
        waiting.extend(further[: max(0, MOST_SITEMAPS - len(asked) - len(waiting))])
    if silent:
        yield Failure(
            address, "leads to sitemaps that name no page; give the address of a page or feed", document=False
        )


def _newest(listed: Iterable[Item]) -> list[Item]:
    return sorted(listed, key=lambda item: item.version, reverse=True)


def _once(items: Iterable[Item | Failure]) -> Iterator[Item | Failure]:
    """Pass on every page once, however often it is named."""
    seen: set[str] = set()
    for item in items:
        url = item.url if isinstance(item, Item) else ""
        if url not in seen:
            yield item
        if url:
            seen.add(url)


def _is_packed_sitemap(fetched: Fetched) -> bool:
    path = fetched.url.partition("?")[0]
    return fetched.content.startswith(b"\x1f\x8b") and path.endswith((".xml.gz", ".txt.gz"))
