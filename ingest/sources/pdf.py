"""PDF → one page: the text of its pages, joined to paragraphs, and what its properties say."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from graph.errors import UnreadableDocument
from ingest import confined
from ingest.sources import Entry, Failure, Options, Page
from ingest.sources.joined import all_bytes, within
from ingest.sources.printed import HYPHEN, paragraphs

_DAY = re.compile(r"D:(\d{4})(\d{2})(\d{2})")
_NO_TITLE = re.compile(r"(?i)untitled|microsoft word - .*|.*\.(docx?|pdf|rtf|odt|indd|qxp|pages|tex|dvi|pptx?)")


def read(entry: Entry, options: Options) -> Iterator[Page | Failure]:
    """Yield the one page of a PDF; it is read in a confined process."""
    said, data = confined.call("pdf", {}, all_bytes(entry, options))
    text = within(data, options).decode("utf-8", "surrogatepass")
    yield Page(
        entry.path,
        "record",
        text,
        entry.given,
        {**entry.assumed, **said},
    )


def extracted(given: Mapping[str, Any], data: bytes, file: object = None) -> Iterator[confined.Item]:
    """Yield what a PDF's properties say, and its text; the task behind `read`.

    Raises UnreadableDocument where it is damaged, encrypted, or holds no text.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        properties = document.get_metadata_dict(skip_empty=True)
        pages = [_lines(page.get_textpage().get_text_range()) for page in document]
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableDocument("is encrypted; save it without a password") from error
        raise UnreadableDocument(f"is no PDF or a damaged one ({error}); print it to PDF again") from error
    text = "\n\n".join(paragraphs(pages))
    if not text.strip():
        raise UnreadableDocument("is a PDF without text, perhaps a scan; read its text first (OCR)")
    yield _said(properties), text.encode("utf-8", "surrogatepass")


def _lines(text: str) -> list[str]:
    text = text.replace("\x00", "").replace(HYPHEN, f"{HYPHEN}\n")  # the width of lines says where paragraphs end
    return [line.strip() for line in text.splitlines()]


def _said(properties: Mapping[str, str]) -> dict[str, str]:
    """Return the title, unless it is a file's name, the author, and the day on which the PDF was made."""
    said = {}
    title = properties.get("Title", "").strip()
    if title and not _NO_TITLE.fullmatch(title):
        said["title"] = title
    if author := properties.get("Author", "").strip():
        said["author"] = author
    day = _DAY.match(properties.get("CreationDate", ""))
    if day:
        said["date"] = "-".join(day.groups())
    return said
