"""The audit log: who asked what through the API, one line each, chained by hashes so that no line can be changed.

{"n": 7, "at": "…", "actor": "key 1f2e3d4c", "action": "POST /v1/cypher", "status": 200, "before": hash, "hash": hash}

A line's `hash` is the SHA-256 of the line without it; `before` is that of the line above. Whoever may write the file
can write all of it anew, or cut its end: note the last hash elsewhere, and `talentgraph audit --contains HASH` proves
that the log still leads over it. What was sent is not written down.
"""

import datetime
import fcntl
import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

FILE = "audit.jsonl"
BEGINNING = "0" * 64
_TAIL = 8_192  # bytes; longer than any line


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a walk along the log found; `broken` is the first line that does not hold, and why."""

    lines: int
    last: str
    broken: str | None = None


class Audit:
    """The log of one home; several processes may write it."""

    def __init__(self, home: Path) -> None:
        self.path = home / FILE

    def note(self, actor: str, action: str, status: int) -> None:
        """Append a line; OSError where that cannot be."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.path, os.O_CREAT | os.O_RDWR | os.O_APPEND, 0o600)
        with open(descriptor, "r+b") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX)
            last = _last(stream)
            line: dict[str, Any] = {
                "n": last["n"] + 1,
                "at": datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds"),
                "actor": actor[:200],
                "action": action[:1_000],
                "status": status,
                "before": last["hash"],
            }
            line["hash"] = _hash(line)
            stream.write(json.dumps(line, ensure_ascii=True).encode() + b"\n")

    def verify(self, contains: str | None = None) -> Verdict:
        """Walk along the log; with `contains`, one of its lines must have this hash."""
        number, before, found = 0, BEGINNING, contains in (None, BEGINNING)
        for text in self._lines():
            number += 1
            try:
                line = json.loads(text)
                whole = line["n"] == number and line["before"] == before
                whole = whole and line["hash"] == _hash({k: v for k, v in line.items() if k != "hash"})
            except (ValueError, KeyError, TypeError):
                return Verdict(number - 1, before, f"line {number} is no line of the log")
            if not whole:
                return Verdict(number - 1, before, f"line {number} was changed, or one before it taken out")
            before = line["hash"]
            found = found or before == contains
        missing = None if found else f"no line has the hash {contains}: the log was cut or replaced"
        return Verdict(number, before, missing)

    def _lines(self) -> Iterator[bytes]:
        if self.path.exists():
            with self.path.open("rb") as stream:
                yield from stream


def _last(stream: BinaryIO) -> dict[str, Any]:
    """Return number and hash of the last line; a log that does not end in a line goes on from a broken one."""
    size = stream.seek(0, os.SEEK_END)
    if not size:
        return {"n": 0, "hash": BEGINNING}
    stream.seek(max(size - _TAIL, 0))
    text = stream.read().rstrip(b"\n").rpartition(b"\n")[2]
    try:
        line = json.loads(text)
        return {"n": int(line["n"]), "hash": str(line["hash"])}
    except (ValueError, KeyError, TypeError):
        stream.write(b"\n")
        return {"n": 0, "hash": hashlib.sha256(text).hexdigest()}  # `verify` names the line that is broken


def _hash(line: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(line, sort_keys=True, ensure_ascii=True).encode()).hexdigest()
