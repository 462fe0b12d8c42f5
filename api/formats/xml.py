"""An XML document as a stream of bytes, written by lxml, which escapes what needs it."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from lxml import etree

PIECE = 100_000  # bytes
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def pieces(build: Callable[[Any], Iterator[None]]) -> Iterator[bytes]:
    """Yield what `build` writes to the lxml.etree.xmlfile that it is given; it yields between elements."""
    sink = _Sink()
    with etree.xmlfile(sink, encoding="utf-8") as xml:
        xml.write_declaration()
        for _ in build(xml):
            if sink.size >= PIECE:
                yield sink.take()
    yield sink.take()


def text(value: object) -> str:
    """Return a value as XML 1.0 can hold it: lists joined by semicolons, a character it forbids becomes U+FFFD."""
    if isinstance(value, bool):
        return "true" if value else "false"
    shown = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    return _FORBIDDEN.sub("\ufffd", shown)


class _Sink:
    """What lxml writes to, until it is taken."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self.size = 0

    def write(self, data: bytes) -> None:
        self._parts.append(data)
        self.size += len(data)

    def take(self) -> bytes:
        taken = b"".join(self._parts)
        self._parts, self.size = [], 0
        return taken
