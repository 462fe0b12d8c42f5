"""How much of an answer has come off the line, counted before the driver makes objects of it.

A record may be of any size, and the driver holds it whole, as bytes and then as ten times as much in objects, before
anybody can look at it. The driver has no setting for that; so its inbox reads through a counter, which breaks the
connection where too much comes.
"""

import contextlib
from collections.abc import Iterator
from typing import Any

import neo4j


class TooMuch(OSError):
    """More came than may come; an OSError, as the driver takes for a broken line whatever it reads from."""


class Received:
    """A socket's reading side that counts; `too_much` says whether more came than `most` bytes."""

    def __init__(self, socket: Any, most: int) -> None:
        self._socket, self._left = socket, most

    @property
    def too_much(self) -> bool:
        """Whether more came than may come."""
        return self._left < 0

    def recv_into(self, buffer: memoryview, number: int) -> int:
        """Read as a socket does; raises TooMuch."""
        read: int = self._socket.recv_into(buffer, number)
        self._left -= read
        if self.too_much:
            raise TooMuch
        return read


@contextlib.contextmanager
def received(transaction: neo4j.Transaction, most: int) -> Iterator[Received]:
    """Count what the transaction receives while the block runs; at more than `most` bytes its connection breaks."""
    inbox = transaction._connection.inbox
    socket = inbox._socket
    inbox._socket = counting = Received(socket, most)
    try:
        yield counting
    finally:
        inbox._socket = socket
