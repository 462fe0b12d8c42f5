"""Word documents (DOCX) → one page: text with tables, and what the core properties say."""

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

from graph.errors import UnreadableDocument
from ingest import confined
from ingest.sources import Entry, Failure, Options, Page
from ingest.sources.joined import all_bytes, within

_MOST = 100_000_000  # bytes of all its parts, pictures included, unpacked
_PARTS = 10_000
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_AUTHOR = "{http://purl.org/dc/elements/1.1/}creator"
_SAVED = "{http://purl.org/dc/terms/}modified"
_APART, _TIGHT = "\n\n", "\n"


def read(entry: Entry, options: Options) -> Iterator[Page | Failure]:
    """Yield the one page of a Word document; it is read in a confined process."""
    said, data = confined.call("docx", {}, all_bytes(entry, options))
    text = within(data, options).decode("utf-8", "surrogatepass")
    yield Page(
        entry.path,
        "record",
        text,
        entry.given,
        {**entry.assumed, **said},
    )


def extracted(given: Mapping[str, Any], data: bytes, file: object = None) -> Iterator[confined.Item]:
    """Yield what a document's properties say, and its text; the task behind `read`.

    Raises UnreadableDocument where it is damaged, encrypted, too large, or no Word document.
    """
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableDocument("is an encrypted or an old Word document; save it as DOCX without a password")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            said = _checked(parts)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, KeyError) as error:
        raise UnreadableDocument(f"is no Word document or a damaged one ({error}); save it again") from error

    from mammoth import docx

    document = docx.read(io.BytesIO(data)).value
    text = "".join(_text(document)).strip("\n")
    if not text.strip():
        raise UnreadableDocument("is a Word document without text")
    yield said, text.encode("utf-8", "surrogatepass")


def _checked(parts: zipfile.ZipFile) -> dict[str, str]:
    """Return what the core properties say, once every XML part is known to hold no bomb."""
    from ingest.sources import xml

    infos = parts.infolist()
    if len(infos) > _PARTS or sum(info.file_size for info in infos) > _MOST:
        raise UnreadableDocument(f"unpacks to more than {_MOST:,} bytes or {_PARTS:,} parts; save its text as text")
    if "word/document.xml" not in parts.namelist():
        raise UnreadableDocument("is no Word document (it has no word/document.xml); save it again as DOCX")
    said: dict[str, str] = {}
    for info in infos:
        if info.filename.endswith((".xml", ".rels")):
            root = xml.tree(parts.read(info))
            if info.filename == "docProps/core.xml":
                names = {"title": _TITLE, "author": _AUTHOR, "date": _SAVED}
                found = {name: root.findtext(tag) for name, tag in names.items()}
                said = {name: value.strip() for name, value in found.items() if value and value.strip()}
    return said


def _text(element: object) -> Iterator[str]:
    """Yield the pieces of an element's text: paragraphs a blank line apart, cells of a row by semicolons."""
    from mammoth import documents

    if isinstance(element, documents.Text):
        yield element.value
    elif isinstance(element, documents.Tab):
        yield "\t"
    elif isinstance(element, documents.Break):
        yield "\n"
    elif isinstance(element, documents.TableRow):
        cells = ("".join(_text(cell)).strip().replace("\n\n", " ") for cell in element.children)
        yield "; ".join(cell for cell in cells if cell) + "\n"
    else:
        for child in getattr(element, "children", ()):
            yield from _text(child)
        if isinstance(element, documents.Paragraph | documents.Table):
            yield "\n\n" if isinstance(element, documents.Paragraph) else "\n"
