"""Unpacked bytes, counted: what is too much for the size of its archive ends the reading of all of it."""

import io
from typing import BinaryIO, cast

from graph.errors import UnreadableDocument

MOST = 100  # times its size that an archive may become: texts shrink to a tenth, pages full of repetition to a fiftieth


class Spent(UnreadableDocument):
    """An archive has become larger than any honest one does."""


class Meter:
    """What may still be unpacked of an archive of `size` bytes, at all its depths together.

    Even the smallest may become two documents of the largest size.
    """

    def __init__(self, size: int, max_bytes: int) -> None:
        self._left = max(2 * max_bytes, MOST * size)

    def count(self, number: int) -> None:
        """Count bytes that were unpacked; raises Spent where they are too many."""
        self._left -= number
        if self._left < 0:
            raise Spent(f"unpacks to more than {MOST} times its size, as bombs do; unpack it yourself if you trust it")

    def metered(self, stream: BinaryIO) -> BinaryIO:
        """Return the stream, with what is read from it counted."""
        return cast(BinaryIO, io.BufferedReader(_Metered(stream, self)))


class _Metered(io.RawIOBase):
    def __init__(self, stream: BinaryIO, meter: Meter) -> None:
        self._stream = stream
        self._meter = meter

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        self._meter.count(len(data))
        buffer[: len(data)] = data
        return len(data)
