"""Sitemaps (sitemaps.org) → the pages, or further sitemaps, that they name. Read in a confined process."""

import io
import re
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

from graph.errors import UnreadableDocument
from ingest import confined
from ingest.sources.listings import SITEMAPS, Item, root

LIMITS = "50,000 addresses and 50 MB, as sitemaps.org says; 10 s and 512 MiB; no entities"
MOST_BYTES = 50_000_000
MOST_ADDRESSES = 50_000
_NEWS = {  # what a sitemap of news says of a page
    "title": "{*}title",
    "date": "{*}publication_date",
    "publisher": "{*}publication/{*}name",
    "lang": "{*}publication/{*}language",
}


def items(data: bytes) -> tuple[list[Item], list[Item]]:
    """Return the pages and the further sitemaps that a sitemap names, in its order; it may be gzipped, or plain text.

    Raises:
        UnreadableDocument: it is no sitemap, or cannot be read within the limits.
    """
    pages: list[Item] = []
    further: list[Item] = []
    for said, _ in confined.stream("sitemap", {}, data):
        (further if said["further"] else pages).append(Item(said["url"], said["version"], said["assumed"]))
    return pages, further


def addresses(given: Mapping[str, Any], data: bytes, file: object = None) -> Iterator[confined.Item]:
    """Yield url, version, what is said, and whether it is a sitemap, of each address; the task behind `items`."""
    if data.startswith(b"\x1f\x8b"):
        data = _unpacked(data)
    kind = root(data)
    if not kind and data.lstrip().startswith((b"http://", b"https://")):
        for line in data.decode("utf-8", "replace").split()[:MOST_ADDRESSES]:
            yield {"url": line, "version": "", "assumed": {}, "further": False}, b""
        return
    if kind not in SITEMAPS:
        raise UnreadableDocument("is no sitemap; give the address of the sitemap itself")
    if re.search(rb"<\x00?!\x00?E\x00?N\x00?T\x00?I\x00?T\x00?Y", data):
        raise UnreadableDocument("declares entities, as XML bombs do; no sitemap needs them")
    for url, version, assumed in _parsed(data):
        yield {"url": url, "version": version, "assumed": assumed, "further": kind == "sitemapindex"}, b""


def _parsed(data: bytes) -> Iterator[tuple[str, str, dict[str, str]]]:
    from lxml import etree

    read = etree.iterparse(
        io.BytesIO(data),
        tag=["{*}url", "{*}sitemap"],
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    found = 0
    try:
        for _, element in read:
            place = (element.findtext("{*}loc") or "").strip()
            version = (element.findtext("{*}lastmod") or "").strip()[:40]
            news = {name: (element.findtext(f"{{*}}news/{path}") or "").strip()[:1000] for name, path in _NEWS.items()}
            element.clear()  # the tree of a large sitemap would not fit
            while element.getprevious() is not None:
                del element.getparent()[0]
            if place and found < MOST_ADDRESSES:
                found += 1
                yield place, version, {name: value for name, value in news.items() if value}
    except etree.XMLSyntaxError as error:
        raise UnreadableDocument(f"is a damaged sitemap ({str(error)[:200]})") from error


def _unpacked(data: bytes) -> bytes:
    unpacking = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        text = unpacking.decompress(data, MOST_BYTES + 1)
    except zlib.error as error:
        raise UnreadableDocument(f"is a damaged gzip archive ({error})") from error
    if len(text) > MOST_BYTES:
        raise UnreadableDocument(f"is larger than {MOST_BYTES:,} bytes; sitemaps.org says to split it")
    return text
