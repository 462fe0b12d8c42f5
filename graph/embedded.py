"""The embedded engine as a child process on loopback: start it or attach to it, and stop it.

    HOME/store/               0700
    ├── engine.lock           held while an engine has the folder
    ├── engine.json           0600: port, process id and this run's passwords
    ├── engine.control        0600: a pipe that takes `terminate <marker>`
    ├── engine.err            the engine's log; begun anew when it grows past LOG_BYTES
    ├── clients.lock          shared by every open store; the engine ends when nobody has held it for a while
    ├── read.lock …           see graph.locking
    └── databases/graph/      the graph

One engine serves a folder: whoever comes second attaches. It outlives the command that started it.
"""

import contextlib
import fcntl
import json
import os
import select
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graph.errors import EngineError
from graph.locking import FileLock, acquire

if TYPE_CHECKING:
    from graph.settings import Settings

START_SECONDS = 60.0
STOP_SECONDS = 30.0
LOG_BYTES = 1_000_000
OURS = {
    "engine.lock",
    "engine.control",
    "engine.json",
    "engine.draft",
    "engine.err",
    "clients.lock",
    "config",
    "databases",
}


@dataclass(frozen=True, slots=True)
class Engine:
    """A running engine and how to reach it; `close()` says that this client is done, and leaves the engine running."""

    uri: str
    user: str
    password: str
    reader_user: str
    reader_password: str
    database: str
    version: str
    pid: int
    lock: FileLock
    control: Path
    client: int | None = None

    def close(self) -> None:
        """Let go of the engine, which then ends by itself after the idle time."""
        if self.client is not None:
            os.close(self.client)

    def terminate(self, marker: str) -> None:
        """Stop the queries whose text holds `marker`; nothing happens where none runs or the engine is gone."""
        with contextlib.suppress(OSError):
            control = os.open(self.control, os.O_WRONLY | os.O_NONBLOCK | os.O_CLOEXEC)
            try:
                os.write(control, f"terminate {marker}\n".encode())
            finally:
                os.close(control)


def store_folder(home: Path) -> Path:
    """Return the folder in which the embedded engine keeps the graph of that home."""
    return Path(home).expanduser().resolve() / "store"


def start(home: Path, settings: "Settings") -> Engine:
    """Start the engine of this home, or attach to the one that runs; the caller closes the answer.

    Raises EngineError where the folder cannot be used or the engine does not come up.
    """
    folder = _prepared(store_folder(home))
    try:
        # Waits while an idle engine is closing: it holds this lock to its end.
        client = acquire(folder / "clients.lock", fcntl.LOCK_SH)
    except OSError as error:
        raise EngineError(f"The store folder {folder} cannot be written: {error.strerror}.") from error
    try:
        card = _card(folder) or _launched(folder, settings)
    except BaseException:
        os.close(client)
        raise
    return _engine(folder, card, client)


def running(home: Path) -> Engine | None:
    """Return the engine that serves this home now, or None. It is not kept alive by this answer."""
    folder = store_folder(home)
    card = _card(folder)
    return _engine(folder, card, None) if card else None


def stop(home: Path) -> bool:
    """Stop the engine of this home, waiting until its folder is free; False where none runs.

    Raises EngineError where it does not end.
    """
    folder = store_folder(home)
    card = _card(folder)
    if card is None:
        return False
    with contextlib.suppress(ProcessLookupError):
        os.kill(card["pid"], signal.SIGTERM)
    end = time.monotonic() + STOP_SECONDS
    while _served(folder):
        if time.monotonic() > end:
            raise EngineError(
                f"The embedded engine (process {card['pid']}) does not stop; see {folder / 'engine.err'}."
            )
        time.sleep(0.02)
    return True


def kill(home: Path) -> bool:
    """End the engine of this home at once, as one that hangs; False where none runs. Nothing committed is lost."""
    card = _card(store_folder(home))
    if card is None:
        return False
    with contextlib.suppress(ProcessLookupError):
        os.kill(card["pid"], signal.SIGKILL)
    return True


def _prepared(folder: Path) -> Path:
    """Create the folder, for this user only; refuse one that holds something else."""
    if os.name != "posix":
        raise EngineError("The embedded engine needs Linux or macOS. Set NEO4J_URI to use a Neo4j server instead.")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = {path.name for path in folder.iterdir()}
        if found and not found & OURS:
            raise EngineError(
                f"{folder} is no store: it holds {', '.join(sorted(found)[:3])}. Set TALENTGRAPH_HOME to another."
            )
        folder.chmod(0o700)
    except NotADirectoryError as error:
        raise EngineError(
            f"{folder} cannot be a store: a file is in the way. Set TALENTGRAPH_HOME elsewhere."
        ) from error
    except FileExistsError as error:
        raise EngineError(f"{folder} is a file, not a folder. Set TALENTGRAPH_HOME elsewhere.") from error
    except OSError as error:
        raise EngineError(
            f"The store folder {folder} cannot be made: {error.strerror}. Set TALENTGRAPH_HOME to one that can."
        ) from error
    if not os.access(folder, os.W_OK | os.X_OK):
        raise EngineError(f"The store folder {folder} cannot be written. Set TALENTGRAPH_HOME to one that can.")
    return folder


def _served(folder: Path) -> bool:
    """Return whether a living engine has the folder; the kernel frees the lock when its process ends."""
    try:
        descriptor = os.open(folder / "engine.lock", os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def _card(folder: Path) -> dict[str, Any] | None:
    """Return what the running engine says about itself, or None where none is ready."""
    if not _served(folder):  # first of all: a card left behind must not send its password to whoever has the port now
        return None
    try:
        card: dict[str, Any] = json.loads((folder / "engine.json").read_text())
    except (OSError, ValueError):
        return None
    return card


def _launched(folder: Path, settings: "Settings") -> dict[str, Any]:
    """Start the engine and wait until it, or another starter's engine, is ready."""
    log = folder / "engine.err"
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        answer = _spawned(folder, log, settings, end)
        while answer == "busy" and _served(folder) and time.monotonic() < end:
            if card := _card(folder):
                return card
            time.sleep(0.05)
        if answer == "ready" and (card := _card(folder)):
            return card
        if answer != "busy":
            break
    told = log.read_text(errors="replace")[-1500:].strip() if log.exists() else ""
    raise EngineError(f"The embedded engine did not start on {folder}. Its log {log} ends:\n{told or '(nothing)'}")


def _spawned(folder: Path, log: Path, settings: "Settings", end: float) -> str:
    """Run the child, which leaves us and answers `ready`, `busy` or, when it fails, nothing."""
    options = {
        "folder": str(folder),
        "heap": settings.engine_heap,
        "idle": settings.engine_idle,
        "command_milliseconds": int(settings.query_timeout * 1000),
    }
    mode = "w" if log.exists() and log.stat().st_size > LOG_BYTES else "a"
    with (
        open(log, mode, opener=lambda path, flags: os.open(path, flags, 0o600)) as errors,
        subprocess.Popen(
            [sys.executable, "-P", "-W", "ignore", "-m", "graph.embedded_child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        ) as process,
    ):
        assert process.stdin is not None
        assert process.stdout is not None
        with contextlib.suppress(BrokenPipeError):  # it died at once; its log says why
            process.stdin.write(json.dumps(options) + "\n")
            process.stdin.flush()
        if select.select([process.stdout], [], [], max(0.0, end - time.monotonic()))[0]:
            return process.stdout.readline().strip()
        return ""


def _engine(folder: Path, card: dict[str, Any], client: int | None) -> Engine:
    return Engine(
        uri=f"bolt://127.0.0.1:{card['port']}",
        user="root",
        password=card["root"],
        reader_user="reader",
        reader_password=card["reader"],
        database="graph",
        version=card["version"],
        pid=card["pid"],
        lock=FileLock(folder),
        control=folder / "engine.control",
        client=client,
    )
