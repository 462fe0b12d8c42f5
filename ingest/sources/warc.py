"""WARC files, read inside the confined process: the responses that are pages, texts or PDFs."""

import io
import zlib
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from graph.errors import UnreadableDocument
from graph.printable import printable
from ingest.sources import Entry, Failure, Options
from ingest.sources.joined import within

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

_READ = {"text/html", "application/xhtml+xml", "text/plain", "application/pdf", ""}
_HEADERS = 65_536  # bytes


def responses(entry: Entry, options: Options) -> Iterator[Entry | Failure | str]:
    """Yield an entry a response of status 200 that is a page, a text or a PDF, with its URL and the day of its fetch.

    Raises UnreadableDocument where the file is damaged; what came before is yielded.
    """
    others = number = 0
    try:
        for number, record in enumerate(_records(entry), start=1):
            url = (record.headers.get("WARC-Target-URI") or "").strip("<>")
            path = f"{entry.path}:{printable(url) or number}"
            try:
                found = _found(record, options)
            except (UnreadableDocument, OSError, zlib.error) as error:
                yield Failure(path, str(error) if isinstance(error, UnreadableDocument) else f"is damaged ({error})")
                continue
            if found is None:
                others += 1
                continue
            data, media_type = found
            day = record.headers.get("WARC-Date")
            assumed = {**entry.assumed, "date": day} if day else entry.assumed
            yield Entry(path, io.BytesIO(data), url, media_type, {**entry.given, "url": url}, assumed)
    except OSError as error:
        if number == 0:
            raise UnreadableDocument(f"is no WARC file or a damaged one ({error}); fetch it again") from error
        raise UnreadableDocument(f"is damaged after {number:,} responses ({error}); the rest is lost") from error
    if others:
        yield f"{entry.path}: {others:,} response{'' if others == 1 else 's'} of other kinds left out"


def _records(entry: Entry) -> "Iterable[WarcRecord]":
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    return ArchiveIterator(
        entry.stream, record_types=WarcRecordType.response, parse_http=False, max_header_len=_HEADERS
    )


def _found(record: "WarcRecord", options: Options) -> tuple[bytes, str] | None:
    """Return a response's content and its media type, or None where it is of a kind that is not read.

    The record is read whole before it is parsed, so that what is wrong with it cannot reach the next one.
    """
    from fastwarc.warc import WarcRecord

    block = record.reader.read(options.max_bytes + _HEADERS)
    if len(block) < min(record.content_length, options.max_bytes + _HEADERS):
        raise UnreadableDocument("is cut off; fetch it again")
    response = WarcRecord()
    response.set_bytes_content(block)
    response.is_http = True
    response.parse_http(auto_decode="transfer", max_header_len=_HEADERS)
    headers = response.http_headers
    media_type = headers.get("Content-Type") or ""
    if headers.status_code is None:
        raise UnreadableDocument("is no HTTP response; fetch it again")
    if headers.status_code != 200 or media_type.partition(";")[0].strip().lower() not in _READ:
        return None
    coding = (headers.get("Content-Encoding") or "identity").strip().lower()
    return within(_unpacked(response.reader.read(), coding, options.max_bytes + 1), options), media_type


def _unpacked(data: bytes, coding: str, most: int) -> bytes:
    """Return the first `most` bytes of a content, unpacked; some writers unpack it and still name what it was."""
    from fastwarc.stream_io import BrotliReader, GzipReader, ZstdReader

    if coding in ("gzip", "x-gzip"):
        return GzipReader(io.BytesIO(data)).read(most) if data.startswith(b"\x1f\x8b") else data
    if coding == "br":
        return BrotliReader(io.BytesIO(data)).read(most)
    if coding == "zstd":
        return ZstdReader(io.BytesIO(data)).read(most)
    if coding == "deflate":
        return zlib.decompressobj(zlib.MAX_WBITS if data[:1] == b"\x78" else -zlib.MAX_WBITS).decompress(data, most)
    if coding != "identity":
        raise UnreadableDocument(f"is packed in a way that is not read ({coding[:40]!r}); fetch it again")
    return data
