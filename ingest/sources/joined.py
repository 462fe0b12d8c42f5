"""Bytes of an entry: the first ones put back in front of the rest, or all of them, up to a limit."""

import io
from typing import BinaryIO, cast

from graph.errors import UnreadableDocument
from ingest.sources import Entry, Options


def joined(head: bytes, stream: BinaryIO) -> BinaryIO:
    """Return a stream that begins with bytes already read from one that cannot be wound back."""
    return cast(BinaryIO, io.BufferedReader(_Joined(head, stream)))


def all_bytes(entry: Entry, options: Options, hint: str = "") -> bytes:
    """Return all bytes of an entry; UnreadableDocument where they are more than the options allow."""
    return within(entry.stream.read(options.max_bytes + 1), options, hint)


def within(data: bytes, options: Options, hint: str = "") -> bytes:
    """Return the bytes; UnreadableDocument where they are more than the options allow."""
    if len(data) > options.max_bytes:
        raise UnreadableDocument(
            f"is larger than {options.max_bytes:,} bytes; split it{hint}, or raise TALENTGRAPH_MAX_DOCUMENT_BYTES"
        )
    return data


class _Joined(io.RawIOBase):
    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head = head
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._head[: len(buffer)] or self._stream.read(len(buffer))
        self._head = self._head[len(buffer) :]
        buffer[: len(data)] = data
        return len(data)
