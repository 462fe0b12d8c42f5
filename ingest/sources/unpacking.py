"""What an archive holds, read inside the confined process; the task behind `archives.read`.

    zip, tar, gzip, WARC ─► its entries ─► archives again, up to DEEPEST; rows and lines: pages; all else: entry, whole

What is unpacked is counted: a small file cannot become more than `MOST` times its size.
"""

import gzip
import io
import stat
import tarfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from functools import partial
from typing import IO, Any, BinaryIO, cast

from graph.errors import UnreadableDocument
from graph.printable import printable
from ingest import confined
from ingest.sources import Entry, Failure, Options, Page, archives, kinds
from ingest.sources.joined import all_bytes, joined
from ingest.sources.metered import Meter, Spent
from ingest.sources.warc import responses

DEEPEST = 3
ENTRIES = 100_000
_NESTED = 64 * 1024 * 1024  # bytes of a ZIP within an archive: it is read from its end, so it is held whole
_PEEKED = 65_536  # packed bytes that surely hold the first unpacked ones
_PLURALS = {"link": "links", "device": "devices", "file of another kind": "files of other kinds"}
_DAMAGED = (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, NotImplementedError, ValueError, OSError)
_OFFICE = {
    "xl/workbook.xml": "is an Excel workbook; save its table as CSV",
    "ppt/presentation.xml": "is a PowerPoint presentation; save it as PDF",
    "mimetype": "is an OpenDocument file or an e-book; save it as DOCX or PDF",
}
Held = Page | Failure | Entry | str
"""What an archive holds, or a line to say about it."""


def unpacked(given: Mapping[str, Any], data: bytes, file: BinaryIO | None) -> Iterator[confined.Item]:
    """Yield what an archive holds, as `archives` takes it."""
    stream = file or io.BytesIO(data)
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    entry = Entry(
        given["path"], stream, given["name"], given["media_type"], given=given["given"], assumed=given["assumed"]
    )
    options = Options(given["max_bytes"], given["columns"])
    for item in _opened(entry, options, Meter(size, options.max_bytes), 1):
        if isinstance(item, Entry):
            said = {name: getattr(item, name) for name in ("path", "name", "media_type", "given", "assumed")}
            yield {"a": "entry", "is": said}, item.stream.read()
        elif isinstance(item, Page):
            said = {name: getattr(item, name) for name in ("path", "form", "given", "assumed")}
            yield {"a": "page", "is": said}, item.content.encode("utf-8", "surrogatepass")
        elif isinstance(item, Failure):
            yield {"a": "failure", "is": asdict(item)}, b""
        else:
            yield {"a": "line", "is": {"line": item}}, b""


def _opened(entry: Entry, options: Options, meter: Meter, depth: int) -> Iterator[Held]:
    """Yield what an entry holds; UnreadableDocument where that is nothing."""
    head = entry.stream.read(kinds.HEAD)
    kind = kinds.told(entry.name or entry.path, head, entry.media_type)
    entry = replace(entry, stream=_again(head, entry.stream))
    if kind.read != archives.read:
        yield from kind.read(entry, options) if kind.many else _whole(entry, options)
    elif depth > DEEPEST:
        raise UnreadableDocument(f"is packed more than {DEEPEST} archives deep; unpack the outer ones")
    elif kind.name == "ZIP":
        yield from _zip(entry, options, meter, depth)
    elif kind.name == "gzip":
        yield from _gzip(entry, options, meter, depth)
    elif kind.name == "tar":
        yield from _tar(entry, options, meter, depth)
    else:
        yield from responses(entry, options)


def _whole(entry: Entry, options: Options) -> Iterator[Entry]:
    yield replace(entry, stream=io.BytesIO(all_bytes(entry, options)))


def _again(head: bytes, stream: BinaryIO) -> BinaryIO:
    if stream.seekable() and not isinstance(stream, zipfile.ZipExtFile):  # which would unpack from its start again
        stream.seek(0)
        return stream
    return joined(head, stream)


def _zip(entry: Entry, options: Options, meter: Meter, depth: int) -> Iterator[Held]:
    stream = entry.stream
    if not stream.seekable():
        stream = io.BytesIO(all_bytes(entry, replace(options, max_bytes=_NESTED)))
    try:
        archive = zipfile.ZipFile(stream)
    except _DAMAGED as error:
        raise UnreadableDocument(f"is a damaged ZIP archive ({error}); pack it again") from error
    with archive:
        names = set(archive.namelist())
        if "word/document.xml" in names:
            stream.seek(0)
            word = next(kind for kind in kinds.KINDS if kind.name == "Word")
            yield from _whole(replace(entry, stream=stream, media_type=word.media_types[0]), options)
            return
        for name, reason in _OFFICE.items():
            if name in names:
                raise UnreadableDocument(reason)
        infos = archive.infolist()
        _refuse_overlaps(infos)
        others: Counter[str] = Counter()
        for info in infos:
            path = _inside(entry.path, info.filename)
            if stat.S_ISLNK(info.external_attr >> 16):
                others["link"] += 1
            elif info.flag_bits & 1:
                yield Failure(path, "is encrypted; unpack the archive with its password first")
            elif not info.is_dir() and _wanted(info.filename, others):
                yield from _entry(partial(archive.open, info), path, entry, options, meter, depth)
        yield from _left_out(entry.path, others)


def _tar(entry: Entry, options: Options, meter: Meter, depth: int) -> Iterator[Held]:
    others: Counter[str] = Counter()
    number = 0
    try:
        with tarfile.open(fileobj=entry.stream, mode="r|") as archive:
            while member := archive.next():
                archive.members = []  # type: ignore[attr-defined]  # it would keep every one
                number += 1
                if number > ENTRIES:
                    raise UnreadableDocument(f"holds more than {ENTRIES:,} entries; unpack it and give the folder")
                path = _inside(entry.path, member.name)
                if member.issym() or member.islnk():
                    others["link"] += 1
                elif member.issparse():
                    yield Failure(path, "is a sparse file; unpack the archive first")
                elif not member.isfile() and not member.isdir():
                    others["device"] += 1
                elif member.isfile() and _wanted(member.name, others):
                    yield from _entry(partial(_of, archive, member), path, entry, options, meter, depth)
    except _DAMAGED as error:
        raise UnreadableDocument(f"is a damaged tar archive ({error}); pack it again") from error
    yield from _left_out(entry.path, others)


def _of(archive: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    return cast(IO[bytes], archive.extractfile(member))


def _gzip(entry: Entry, options: Options, meter: Meter, depth: int) -> Iterator[Held]:
    """One file, which may be a tar or a WARC; those are no deeper for it."""
    start = entry.stream.read(_PEEKED)
    stream = _again(start, entry.stream)
    try:
        head = zlib.decompressobj(wbits=31).decompress(start, kinds.HEAD)
        if head.startswith(b"WARC/"):  # its records are members, which its own reader tells apart
            yield from responses(replace(entry, stream=stream), options)
            return
        name = (entry.name or entry.path).lower().removesuffix(".gz").removesuffix(".tgz")
        tar = head[257:262] == b"ustar" or (entry.name or entry.path).lower().endswith((".tgz", ".tar.gz"))
        with gzip.GzipFile(fileobj=stream) as unpacked:
            inner = replace(entry, stream=meter.metered(cast(BinaryIO, unpacked)), name=name, media_type=None)
            if tar:
                yield from _tar(inner, options, meter, depth)
            else:
                yield from _opened(inner, options, meter, depth + 1)
    except _DAMAGED as error:
        raise UnreadableDocument(f"is a damaged gzip archive ({error}); pack it again") from error


def _entry(
    opened: Callable[[], IO[bytes]], path: str, outer: Entry, options: Options, meter: Meter, depth: int
) -> Iterator[Held]:
    """Yield what one entry holds, or why that is nothing; only what ends the whole archive is raised."""
    try:
        with opened() as stream:
            yield from _opened(
                Entry(path, meter.metered(cast(BinaryIO, stream)), given=outer.given, assumed=outer.assumed),
                options,
                meter,
                depth + 1,
            )
    except Spent:
        raise
    except UnreadableDocument as error:
        yield Failure(path, str(error))
    except tarfile.TarError:
        raise
    except _DAMAGED as error:
        yield Failure(path, f"is damaged in its archive ({error}); pack it again")


def _inside(archive: str, name: str) -> str:
    """Return where an entry is; only for showing, and without steps upwards that would seem to lead out."""
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return printable("/".join((archive, *parts)))


def _wanted(name: str, others: Counter[str]) -> bool:
    """Return whether an entry is read, as in a folder: not what is hidden, nor what is of another kind."""
    if any(part.startswith((".", "__")) for part in name.replace("\\", "/").split("/") if part not in (".", "..")):
        return False
    if kinds.by_suffix(name) is None:
        others["file of another kind"] += 1
        return False
    return True


def _left_out(path: str, others: Counter[str]) -> Iterator[str]:
    if others:
        counts = (f"{number:,} {_PLURALS[noun] if number > 1 else noun}" for noun, number in sorted(others.items()))
        yield f"{path}: {', '.join(counts)} left out"


def _refuse_overlaps(infos: Sequence[zipfile.ZipInfo]) -> None:
    """Refuse a ZIP whose entries share bytes: only bombs are made so."""
    if len(infos) > ENTRIES:
        raise UnreadableDocument(f"holds more than {ENTRIES:,} entries; unpack it and give the folder")
    end = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end:
            raise UnreadableDocument("is a ZIP archive whose entries overlap, as in a bomb; unpack it if you trust it")
        end = info.header_offset + info.compress_size
