"""Documents of every kind, made in code: PDF, Word, WARC and archives, good ones and those that tests then spoil."""

import io
import tarfile
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TEXT = "A maker of gearboxes in Graz hired eleven engineers from Ljubljana, it said on Friday."


def pdf(lines: Sequence[str] = (TEXT,), information: str = "") -> bytes:
    """Return a PDF of one page with these lines; `information` are the entries of its Info dictionary."""
    shown = " ".join(f"({line}) Tj T*" for line in lines)
    return pdf_of(f"BT /F1 12 Tf 72 720 Td 14 TL {shown} ET".encode("latin-1"), information=information)


def pdf_of(content: bytes, filters: str = "", information: str = "", extra: Sequence[bytes] = ()) -> bytes:
    """Return a PDF of one page with this content stream, and `extra` objects from number 7 on."""
    return pdf_objects(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>"
            b"/XObject<</X 7 0 R>>>>>>",
            b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), filters.encode(), content),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            b"<<%s>>" % information.encode("latin-1"),
            *extra,
        ]
    )


def pdf_pages(pages: Sequence[Sequence[str]]) -> bytes:
    """Return a PDF of several pages, each of these lines."""
    numbers = [4 + 2 * number for number in range(len(pages))]
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(b"%d 0 R" % number for number in numbers), len(pages)),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for number, lines in zip(numbers, pages, strict=True):
        content = f"BT /F1 12 Tf 72 720 Td 14 TL {' '.join(f'({line}) Tj T*' for line in lines)} ET".encode("latin-1")
        objects += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents %d 0 R/Resources<</Font<</F1 3 0 R>>>>>>"
            % (number + 1),
            b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        ]
    return pdf_objects(objects, b"/Root 1 0 R")


def pdf_objects(objects: Sequence[bytes], trailer: bytes = b"/Root 1 0 R/Info 6 0 R") -> bytes:
    """Return a PDF of these objects, numbered from 1."""
    made = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(made) + b"trailer<</Size %d%s>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, start)


def docx(body: str, *, properties: str = "", before: str = "", parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """Return a Word document with this body (its XML), what its properties hold, and further or other parts.

    `before` comes before the root element of the document.
    """
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
            f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
            f'<Relationship Id="r1" Type="{office}" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f'{before}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
            "docProps/core.xml": '<c:coreProperties xmlns:c="c" xmlns:dc="http://purl.org/dc/elements/1.1/" '
            f'xmlns:dcterms="http://purl.org/dc/terms/">{properties}</c:coreProperties>',
            **(parts or {}),
        }
    )


def paragraph(text: str) -> str:
    """Return a paragraph of a Word document."""
    return f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def zipped(entries: Mapping[str, str | bytes]) -> bytes:
    """Return a ZIP archive of these entries."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return made.getvalue()


def tarred(entries: Mapping[str, bytes], *, mode: str = "w") -> bytes:
    """Return a tar archive of these entries; mode `w:gz` packs it."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in entries.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return made.getvalue()


def response(
    url: str,
    body: bytes,
    media_type: str = "text/html",
    *,
    version: str = "1.0",
    status: str = "200 OK",
    headers: str = "",
    length: int | str | None = None,
) -> bytes:
    """Return a WARC record of an HTTP response; `length` is what it claims, where that is not the truth."""
    http = f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\n{headers}\r\n".encode() + body
    return (
        f"WARC/{version}\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Target-URI: {url}\r\n"
        f"WARC-Date: 2025-03-01T10:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http) if length is None else length}\r\n\r\n"
    ).encode() + (http + b"\r\n\r\n")


def web_page(text: str = TEXT, head: str = "") -> bytes:
    """Return a web page with an article."""
    return (
        f"<!doctype html><html><head>{head}</head><body><article><p>{text} {text}</p></article></body></html>".encode()
    )
