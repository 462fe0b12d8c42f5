"""Archives and WARC files → what they hold; they are unpacked in a confined process, and nothing is written to disk."""

import io
import tempfile
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from graph.errors import UnreadableDocument
from ingest import confined
from ingest.sources import Entry, Failure, Options, Page

_MOST_PIPED = 1_000_000_000  # bytes of an archive that comes from no file
_PIECE = 1 << 20


def read(entry: Entry, options: Options) -> Iterator[Page | Failure | Entry]:
    """Yield what an archive holds: pages of what is read row by row, entries for what must be told first."""
    given = {
        "path": entry.path,
        "name": entry.name,
        "media_type": entry.media_type,
        "given": dict(entry.given),
        "assumed": dict(entry.assumed),
        "max_bytes": options.max_bytes,
        "columns": dict(options.columns),
    }
    if isinstance(entry.stream, io.BytesIO):
        yield from _received(confined.stream("unpack", given, entry.stream.read()), options)
        return
    if _is_file(entry.stream):
        yield from _received(confined.stream("unpack", given, file=entry.stream.fileno()), options)
        return
    with tempfile.TemporaryFile() as copy:  # it has no name
        while piece := entry.stream.read(_PIECE):
            copy.write(piece)
            if copy.tell() > _MOST_PIPED:
                raise UnreadableDocument(f"is an archive of more than {_MOST_PIPED:,} bytes; give it as a file")
        copy.flush()
        yield from _received(confined.stream("unpack", given, file=copy.fileno()), options)


def _is_file(stream: BinaryIO) -> bool:
    try:
        stream.fileno()
    except io.UnsupportedOperation:
        return False
    return True


def _received(items: Iterator[confined.Item], options: Options) -> Iterator[Page | Failure | Entry]:
    """Yield what `unpacking` sent; what it says besides is passed on."""
    empty = True
    for head, body in items:
        empty = False
        said: Mapping[str, Any] = head["is"]
        if head["a"] == "page":
            yield Page(content=body.decode("utf-8", "surrogatepass"), **said)
        elif head["a"] == "entry":
            yield Entry(stream=io.BytesIO(body), **said)
        elif head["a"] == "failure":
            yield Failure(**said)
        else:
            options.say(said["line"])
    if empty:
        raise UnreadableDocument("is an archive that holds nothing; pack it again")
