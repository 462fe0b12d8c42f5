"""Keys to the API: made by command, told once, kept as hashes in a file of TALENTGRAPH_HOME.

A key is `tg_ID_SECRET`. The secret is 256 random bits, so that one SHA-256 is enough: there is nothing to guess.
The file, and not the graph, keeps them: keys guard the graph, must be known before it is reached, and are to be seen
neither by its console nor in its exports and copies.
"""

import contextlib
import datetime
import fcntl
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from graph.errors import EngineError, UnknownEntity

SCOPES = {
    "read": "ask questions, read claims, documents, entities and graphs",
    "console": "run Cypher that reads",
    "ingest": "take documents in, see runs and the quarantine",
    "review": "read documents of the quarantine once more, or give them up",
    "admin": "everything",
}
FILE = "keys.json"


@dataclass(frozen=True, slots=True)
class Key:
    """What is kept of a key; `digest` is the SHA-256 of its secret, instants are ISO in UTC."""

    id: str
    name: str
    scopes: tuple[str, ...]
    digest: str
    created: str
    revoked: str | None = None

    def allows(self, scope: str) -> bool:
        """Return whether the key opens what `scope` guards."""
        return scope in self.scopes or "admin" in self.scopes


class Keys:
    """The keys of one home; a change by another process is seen at once."""

    def __init__(self, home: Path) -> None:
        self._path = home / FILE
        self._read: tuple[tuple[int, int, int], dict[str, Key]] | None = None

    def create(self, name: str, scopes: Sequence[str]) -> tuple[Key, str]:
        """Make a key and return what is kept with the key itself, which nobody can tell again."""
        secret = secrets.token_urlsafe(32)
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        key = Key(secrets.token_hex(4), name, tuple(scopes), _digest(secret), now)
        with self._changing() as kept:
            kept[key.id] = key
        return key, f"tg_{key.id}_{secret}"

    def revoke(self, id: str) -> Key:
        """Let a key hold no longer, and return it; UnknownEntity where no key has the id."""
        with self._changing() as kept:
            if id not in kept:
                raise UnknownEntity(f"No key has the id {id!r}. `talentgraph key list` shows those there are.")
            now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
            kept[id] = Key(**{**asdict(kept[id]), "revoked": kept[id].revoked or now})
            return kept[id]

    def listed(self) -> list[Key]:
        """Return all keys, also revoked ones, the oldest first."""
        return sorted(self._all().values(), key=lambda key: (key.created, key.id))

    def find(self, text: str) -> Key | None:
        """Return the key that `text` is, if it holds; every comparison takes the same time."""
        prefix, _, rest = text.partition("_")
        id, _, secret = rest.partition("_")
        key = self._all().get(id)
        same = hmac.compare_digest(_digest(secret), key.digest if key else "0" * 64)
        return key if key and same and prefix == "tg" and key.revoked is None else None

    def _all(self) -> dict[str, Key]:
        try:
            status = self._path.stat()
        except FileNotFoundError:
            return {}
        version = (status.st_mtime_ns, status.st_size, status.st_ino)
        if self._read is None or self._read[0] != version:
            self._read = version, _parsed(self._path)
        return self._read[1]

    @contextlib.contextmanager
    def _changing(self) -> Iterator[dict[str, Key]]:
        """Yield the keys to be changed, alone; they are written by one rename, for the owner's eyes."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.with_suffix(".lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                kept = _parsed(self._path) if self._path.exists() else {}
                yield kept
                part = self._path.with_suffix(".part")
                descriptor = os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
                with open(descriptor, "w", encoding="utf-8") as stream:
                    json.dump([asdict(key) for key in kept.values()], stream, indent=1)
                    stream.flush()
                    os.fsync(stream.fileno())
                part.replace(self._path)
        except OSError as error:
            raise EngineError(f"The keys in {self._path} cannot be written: {error.strerror}.") from error


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _parsed(path: Path) -> dict[str, Key]:
    try:
        records = json.loads(path.read_text(encoding="utf-8"))
        return {record["id"]: Key(**{**record, "scopes": tuple(record["scopes"])}) for record in records}
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise EngineError(f"The keys in {path} cannot be read: {error}. Mend the file, or move it away.") from error
