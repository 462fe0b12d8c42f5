"""How much of an answer has come off the line, counted before the driver makes objects of it.

A record may be of any size, and the driver holds it whole, as bytes and then as objects, before anybody can look at it:
ten times as much, or eighty where it is full of empty lists of a byte each. The driver has no setting for that; so its
inbox reads through a counter of bytes and unpacks through a counter of values, which break the connection where too
much comes.
"""

import contextlib
from collections.abc import Iterator
from typing import Any

import neo4j

VALUES = 1_000_000
"""Values that are taken in of all that comes after so many bytes: fewer bytes cannot hold more, and are not counted."""

_SKIPPED = {0xC1: 8, 0xC8: 1, 0xC9: 2, 0xCA: 4, 0xCB: 8}  # bytes after the marker of a number
_TEXTS = {0xCC: 1, 0xCD: 2, 0xCE: 4, 0xD0: 1, 0xD1: 2, 0xD2: 4}  # of them those that say how long it is
_LISTS = {0xD4: 1, 0xD5: 2, 0xD6: 4}  # of them those that say how many values it has
_MAPS = {0xD8: 1, 0xD9: 2, 0xDA: 4}


class TooMuch(OSError):
    """More came than may come; an OSError, as the driver takes for a broken line whatever it reads from."""


class Received:
    """A socket's reading side and an unpacker that count; `too_much` says whether more came than may come."""

    def __init__(self, inbox: Any, most: int) -> None:
        self._socket, self._unpacker = inbox._socket, inbox._unpacker
        self._left, self._uncounted, self._values = most, VALUES, VALUES

    @property
    def too_much(self) -> bool:
        """Whether more came than may come."""
        return self._left < 0 or self._values < 0

    def recv_into(self, buffer: memoryview, number: int) -> int:
        """Read as a socket does; raises TooMuch."""
        read: int = self._socket.recv_into(buffer, number)
        self._left -= read
        self._uncounted -= read
        if self.too_much:
            raise TooMuch
        return read

    def unpack(self, hydration_hooks: Any = None) -> Any:
        """Return the next value as an unpacker does; raises TooMuch."""
        if self._uncounted < 0:
            buffer = self._unpacker.unpackable
            self._values -= counted(buffer.data, buffer.p, self._values + 1)
            if self.too_much:
                raise TooMuch
        return self._unpacker.unpack(hydration_hooks)

    def __getattr__(self, name: str) -> Any:
        """What else the inbox asks of its unpacker."""
        return getattr(self._unpacker, name)


def counted(data: bytes | bytearray, at: int, most: int) -> int:
    """Return how many values the PackStream value at that place is made of, itself included; at `most` it stops."""
    found, left = 0, 1
    while left and found < most:
        marker = data[at]
        at += 1
        found += 1
        left -= 1
        if marker < 0x80 or marker >= 0xF0:
            continue
        small = marker & 0x0F
        if marker < 0x90:
            at += small
        elif marker < 0xA0:
            left += small
        elif marker < 0xB0:
            left += 2 * small
        elif marker < 0xC0:  # a structure: a byte says what it is
            at += 1
            left += small
        elif marker in _SKIPPED:
            at += _SKIPPED[marker]
        elif width := _TEXTS.get(marker):
            at += width + int.from_bytes(data[at : at + width], "big")
        elif width := _LISTS.get(marker) or _MAPS.get(marker):
            left += int.from_bytes(data[at : at + width], "big") * (2 if marker in _MAPS else 1)
            at += width
    return found


@contextlib.contextmanager
def received(transaction: neo4j.Transaction, most: int) -> Iterator[Received]:
    """Count what the transaction receives while the block runs.

    At more than `most` bytes, or more than VALUES values, its connection breaks.
    """
    inbox = transaction._connection.inbox
    socket, unpacker = inbox._socket, inbox._unpacker
    inbox._socket = inbox._unpacker = counting = Received(inbox, most)
    try:
        yield counting
    finally:
        inbox._socket, inbox._unpacker = socket, unpacker
