"""Every kind of document that is read: the one list, and how bytes are told to be of a kind.

bytes ─► first bytes ─► media type ─► suffix ─► the kind's reader ─► pages; what an archive holds goes round again
"""

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from graph.errors import UnreadableDocument
from ingest.sources import Entry, Failure, Options, Page, archives, csv, docx, pdf, plain, records
from ingest.sources.joined import joined

Reader = Callable[[Entry, Options], Iterable[Page | Failure | Entry]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document: how it is told, what reads it, what that yields, and up to which limits.

    `many` is whether it may hold any number of documents; `starts` are bytes that belong to no other kind, at `place`.
    """

    name: str
    suffixes: tuple[str, ...]
    media_types: tuple[str, ...]
    read: Reader
    yields: str
    limits: str
    starts: tuple[bytes, ...] = ()
    place: int = 0
    many: bool = False


_SIZE = "TALENTGRAPH_MAX_DOCUMENT_BYTES"
_HELD = f"100,000 entries, 3 archives deep, 100 times its size unpacked, each document {_SIZE}"
KINDS = (
    Kind("text", (".txt", ".text"), (), plain.text, "one document", _SIZE),
    Kind("Markdown", (".md", ".markdown"), ("text/markdown",), plain.markdown, "one document", _SIZE),
    Kind(
        "HTML",
        (".html", ".htm", ".xhtml"),
        ("text/html", "application/xhtml+xml"),
        plain.html,
        "one document: the page's main text, and the URL, title, author, publisher, date and language that it declares",
        f"{_SIZE}; 10 s and 512 MiB",
    ),
    Kind("JSON", (".json",), ("application/json",), records.whole, "one document, or one an item of a list", _SIZE),
    Kind(
        "JSON Lines",
        (".jsonl", ".ndjson"),
        ("application/x-ndjson", "application/jsonl"),
        records.lines,
        "one document a line",
        f"{_SIZE} a line",
        many=True,
    ),
    Kind(
        "CSV",
        (".csv", ".tsv"),
        ("text/csv", "text/tab-separated-values"),
        csv.read,
        "one document a row",
        f"{_SIZE} a row",
        many=True,
    ),
    Kind(
        "PDF",
        (".pdf",),
        ("application/pdf",),
        pdf.read,
        "one document: the text of its pages, its title, its author and the day it was made",
        f"{_SIZE}; 10 s and 512 MiB; no text from pictures",
        starts=(b"%PDF-",),
    ),
    Kind(
        "Word",
        (".docx", ".docm"),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.document",),
        docx.read,
        "one document: its text with tables, its title, its author and the day it was last saved",
        f"{_SIZE}; 100 MB unpacked; 10 s and 512 MiB",
    ),
    Kind(
        "ZIP",
        (".zip",),
        ("application/zip",),
        archives.read,
        "what it holds of all kinds here",
        _HELD,
        starts=(b"PK\x03\x04", b"PK\x05\x06"),
        many=True,
    ),
    Kind(
        "tar",
        (".tar",),
        ("application/x-tar",),
        archives.read,
        "what it holds of all kinds here",
        _HELD,
        starts=(b"ustar",),
        place=257,
        many=True,
    ),
    Kind(
        "gzip",
        (".gz", ".tgz"),
        ("application/gzip", "application/x-gzip"),
        archives.read,
        "what it holds: a document, a tar or a WARC",
        _HELD,
        starts=(b"\x1f\x8b",),
        many=True,
    ),
    Kind(
        "WARC",
        (".warc", ".warc.gz", ".warc.zst"),
        ("application/warc",),
        archives.read,
        "one document a response of status 200 that is a page, a text or a PDF, with its URL and, where the page has no"
        " date, the day on which it was fetched",
        f"{_SIZE} a response; 10 s between two of them",
        starts=(b"WARC/", b"\x28\xb5\x2f\xfd", *(bytes((number,)) + b"\x2a\x4d\x18" for number in range(0x50, 0x60))),
        many=True,
    ),
)
UNKNOWN = Kind("unknown", (), (), plain.unnamed, "JSON Lines, JSON, HTML or text, whichever it looks like", _SIZE)
_REFUSED = (
    (b"\xd0\xcf\x11\xe0", "an old Office document", "save it as DOCX or PDF"),
    (b"{\\rtf", "an RTF document", "save it as DOCX or text"),
    (b"\x89PNG", "a picture", "read its text first (OCR)"),
    (b"\xff\xd8\xff", "a picture", "read its text first (OCR)"),
    (b"GIF8", "a picture", "read its text first (OCR)"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it, or pack it as ZIP"),
    (b"Rar!\x1a\x07", "a RAR archive", "unpack it, or pack it as ZIP"),
    (b"BZh", "a bzip2 archive", "unpack it, or pack it as gzip"),
    (b"\xfd7zXZ\x00", "an xz archive", "unpack it, or pack it as gzip"),
    (b"\x7fELF", "a program", "give a document"),
)
HEAD = 512  # first bytes, in which every kind shows: the mark of a tar is at 257


def pages(entry: Entry, options: Options) -> Iterator[Page | Failure]:
    """Yield the pages of an entry, whatever its kind, and those of what it holds; what goes wrong becomes a failure."""
    try:
        for item in _read(entry, options):
            if isinstance(item, Entry):
                yield from pages(item, options)
            else:
                yield item
    except UnreadableDocument as error:
        yield Failure(entry.path, str(error))
    except OSError as error:
        yield Failure(entry.path, why(error))


def pages_of(
    address: str,
    data: bytes,
    media_type: str | None = None,
    given: Mapping[str, object] | None = None,
    *,
    assumed: Mapping[str, object] | None = None,
    options: Options | None = None,
) -> Iterator[Page | Failure]:
    """Yield the pages that bytes from a path or URL hold.

    `media_type` is what a server calls them; `given` and `assumed` are those of a Page: what the source says of the
    document, and what holds where the page itself says nothing.
    """
    return pages(Entry(address, io.BytesIO(data), "", media_type, given or {}, assumed or {}), options or Options())


def told(name: str, head: bytes, media_type: str | None = None) -> Kind:
    """Return the kind of what has this name and begins with these bytes.

    Raises UnreadableDocument where it is of a kind that cannot be read, with what to do about it.
    """
    for start, noun, advice in _REFUSED:
        if head.startswith(start):
            raise UnreadableDocument(f"is {noun}, not text; {advice}")
    called = (media_type or "").partition(";")[0].strip().lower()
    said = next((kind for kind in KINDS if called in kind.media_types), None) or by_suffix(name)
    seen = next((kind for kind in KINDS if head.startswith(kind.starts, kind.place)), None)
    if seen and seen.name == "ZIP" and said and said.name == "Word":
        return said
    return seen or said or UNKNOWN


def by_suffix(name: str) -> Kind | None:
    """Return the kind that the suffix of a file name or URL stands for."""
    host, _, path = name.rpartition("://")[2].partition("/") if "://" in name else ("", "", name)
    suffixes = PurePosixPath(path.partition("?")[0].partition("#")[0].lower() if host else path.lower()).suffixes
    ends = ("".join(suffixes[-2:]), suffixes[-1]) if suffixes else ()
    return next((kind for end in ends for kind in KINDS if end in kind.suffixes), None)


def why(error: OSError | ValueError) -> str:
    """Return why something cannot be opened or read, and what to do."""
    if isinstance(error, PermissionError):
        return "may not be read; check its permissions"
    reason = (error.strerror or str(error)) if isinstance(error, OSError) else str(error)
    return f"cannot be read ({reason})"


def _read(entry: Entry, options: Options) -> Iterator[Page | Failure | Entry]:
    head = entry.stream.read(HEAD)
    kind = told(entry.name or entry.path, head, entry.media_type)
    if entry.stream.seekable():
        entry.stream.seek(0)
    else:
        entry = replace(entry, stream=joined(head, entry.stream))
    yield from kind.read(entry, options)
