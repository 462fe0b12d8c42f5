"""The embedded engine's own process: ArcadeDB behind Bolt on loopback, until it is told to stop or nobody uses it.

`graph.embedded` starts it as `python -P -m graph.embedded_child`, with the options as one JSON line on standard input.
It leaves its starter, answers one line on standard output (`ready`, `busy` or nothing) and writes `engine.json`.
"""

import base64
import contextlib
import fcntl
import hashlib
import json
import os
import secrets
import select
import signal
import sys
import threading
import time
import traceback
from pathlib import Path
from typing import Any

from graph.locking import acquire

DATABASE = "graph"
PROTOCOLS_LEFT_OUT = ("arcadedb-mcp", "arcadedb-graphql", "arcadedb-redisw", "arcadedb-postgresw", "arcadedb-console")
LOGGING = """\
handlers = java.util.logging.ConsoleHandler
.level = WARNING
com.arcadedb.bolt.level = SEVERE
com.arcadedb.graph.level = SEVERE
java.util.logging.ConsoleHandler.formatter = com.arcadedb.log.LogFormatter
"""
STOP_SECONDS = 20


def _user(name: str, databases: dict[str, list[str]], password: str) -> str:
    """Return a user in the engine's own file format; the password is only kept hashed."""
    salt = base64.b64encode(secrets.token_bytes(32)).decode()
    raw = hashlib.pbkdf2_hmac("sha256", password.encode(), salt.encode(), 65_536, 32)
    hashed = f"PBKDF2WithHmacSHA256$65536${salt}${base64.b64encode(raw).decode()}"
    return json.dumps({"name": name, "databases": databases, "password": hashed}) + "\n"


def _group(access: list[str], records: list[str]) -> dict[str, Any]:
    return {"access": access, "resultSetLimit": -1, "readTimeout": -1, "types": {"*": {"access": records}}}


def _configure(folder: Path) -> dict[str, str]:
    """Write users, rights and logging afresh; return the new passwords by user."""
    passwords = {"root": secrets.token_urlsafe(24), "reader": secrets.token_urlsafe(24)}
    config = folder / "config"
    config.mkdir(exist_ok=True)
    groups = {
        "*": _group([], []),
        # Bolt's READ mode is not enforced by this engine: what a reader may do is decided by these rights alone.
        "reader": _group([], ["readRecord"]),
        "admin": _group(
            ["updateSecurity", "updateSchema", "updateDatabaseSettings"],
            ["createRecord", "readRecord", "updateRecord", "deleteRecord"],
        ),
    }
    (config / "server-groups.json").write_text(json.dumps({"databases": {"*": {"groups": groups}}, "version": 2}))
    (config / "server-users.jsonl").write_text(
        _user("root", {"*": ["admin"]}, passwords["root"])
        + _user("reader", {DATABASE: ["reader"]}, passwords["reader"])
    )
    (config / "log.properties").write_text(LOGGING)
    return passwords


def _start_jvm(folder: Path, heap: str, command_milliseconds: int) -> None:
    import jpype
    from arcadedb_embedded.jvm import get_bundled_jre_lib_path, get_jar_path

    engine = {
        "server.rootPath": folder,
        "server.plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        "bolt.host": "127.0.0.1",  # the engine's own default is every interface
        "bolt.port": 0,
        "bolt.defaultDatabase": DATABASE,
        "bolt.maxMessageSize": 128 << 20,  # at the default of 16 MB a larger message hangs the driver
        "server.httpIncomingHost": "127.0.0.1",
        "server.httpIncomingPort": 0,
        "txWalFlush": 2,  # fsync at commit; the default loses the last commits in a power failure
        "command.timeout": command_milliseconds,
        "serverMetrics": "false",
        "opencypher.loadCsv.allowFileUrls": "false",  # else a query can read any file of the user's
        "opencypher.loadCsv.allowRemoteUrls": "false",
        "polyglotEngineEnabled": "false",
        "server.healthCheck.enabled": "false",
        "support.autoRegister": "false",
    }
    packages = ("java.lang", "java.nio.channels.spi", "java.util.concurrent.atomic")
    jars = sorted(jar for jar in Path(get_jar_path()).glob("*.jar") if not jar.name.startswith(PROTOCOLS_LEFT_OUT))
    jpype.startJVM(
        get_bundled_jre_lib_path(),
        "-Xrs",  # leaves signals to Python: without it SIGTERM crashes the JVM
        f"-Xmx{heap}",
        "-XX:+ExitOnOutOfMemoryError",  # else the process stays and answers nobody
        "-XX:+UseCompactObjectHeaders",
        f"-XX:ErrorFile={folder}/hs_err.log",
        "-Djava.awt.headless=true",
        "-Dfile.encoding=UTF8",
        "--enable-native-access=ALL-UNNAMED",
        f"-Djava.util.logging.config.file={folder}/config/log.properties",
        *(f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in packages),
        *(f"-Darcadedb.{name}={value}" for name, value in engine.items()),
        interrupt=False,
        classpath=os.pathsep.join(map(str, jars)),
    )


def _stop_signal() -> int:
    """Return a descriptor that becomes readable when SIGTERM comes."""
    receive, send = os.pipe()
    os.set_blocking(send, False)
    signal.set_wakeup_fd(send, warn_on_full_buffer=False)
    signal.signal(signal.SIGTERM, lambda *_: None)
    return receive


def _control_pipe(path: Path) -> int:
    """Return the descriptor from which clients' orders are read; opened for writing too, so that it never ends."""
    path.unlink(missing_ok=True)
    os.mkfifo(path, 0o600)
    return os.open(path, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)


def _obey(control: int, server: Any) -> None:
    """Carry out the orders in the pipe: `terminate <marker>` stops the queries whose text holds the marker."""
    for line in os.read(control, 65_536).decode(errors="replace").splitlines():
        order, _, marker = line.partition(" ")
        if order == "terminate" and marker:
            for query in server.getRunningQueries().getRunning():
                if marker in str(query.getText() or ""):
                    query.terminate("the reader")


def _wait(stop: int, control: int, server: Any, clients: Path, idle: float) -> None:
    """Return when SIGTERM came, or when no client has been there for `idle` seconds.

    Every open store holds a shared lock on the clients' file. Once we hold it alone and the time is over we keep it to
    the end of the process, so that a client that comes now waits and then starts an engine of its own.
    """
    step = min(1.0, idle / 4)
    last_used = time.monotonic()
    while stop not in (ready := select.select([stop, control], [], [], step)[0]):
        if control in ready:
            _obey(control, server)
        try:
            alone = acquire(clients, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            last_used = time.monotonic()
            continue
        if time.monotonic() - last_used >= idle:
            return
        os.close(alone)


def _answer(word: str) -> None:
    """Tell the starter, which waits for one line."""
    os.write(1, f"{word}\n".encode())


def _leave_starter() -> None:
    """Go on as a process of our own: no parent to report to, no terminal, nothing inherited but the three streams."""
    if os.fork():
        os._exit(0)
    os.setsid()


def main() -> None:
    """Serve the folder named in the options until the end; see the module."""
    options = json.loads(sys.stdin.readline())
    folder = Path(options["folder"])
    _leave_starter()
    os.umask(0o077)
    os.chdir(folder)
    for _ in range(20):  # not once only: a probe of the lock may be in the way for an instant
        with contextlib.suppress(BlockingIOError):
            acquire(folder / "engine.lock", fcntl.LOCK_EX | fcntl.LOCK_NB)  # held until the process ends
            break
        time.sleep(0.05)
    else:
        _answer("busy")
        os._exit(0)
    card = folder / "engine.json"
    card.unlink(missing_ok=True)
    passwords = _configure(folder)
    _start_jvm(folder, options["heap"], options["command_milliseconds"])
    import jpype

    stop = _stop_signal()
    server = jpype.JClass("com.arcadedb.server.ArcadeDBServer")(jpype.JClass("com.arcadedb.ContextConfiguration")())
    server.start()
    server.getHttpServer().stopService()  # no setting does this
    server.getDatabase(DATABASE, True, True)  # creates it when missing
    port = next(int(plugin.getPort()) for plugin in server.getPlugins() if "Bolt" in str(plugin.getName()))
    version = str(jpype.JClass("com.arcadedb.Constants").getRawVersion())
    control = _control_pipe(folder / "engine.control")
    draft = folder / "engine.draft"
    draft.write_text(json.dumps({"pid": os.getpid(), "port": port, "version": version, **passwords}))
    os.replace(draft, card)
    _answer("ready")
    os.dup2(os.open(os.devnull, os.O_RDWR), 1)
    _wait(stop, control, server, folder / "clients.lock", options["idle"])
    # A stop that hangs must not keep the folder locked for ever.
    deadline = threading.Timer(STOP_SECONDS, os._exit, (1,))
    deadline.daemon = True
    deadline.start()
    card.unlink(missing_ok=True)
    server.stop()
    os._exit(0)


if __name__ == "__main__":
    try:
        main()
    finally:  # reached with an error only, and then the JVM's threads would keep the process, and so the folder
        traceback.print_exc()
        os._exit(1)
