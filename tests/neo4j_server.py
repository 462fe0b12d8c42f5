"""Real Neo4j servers for the tests: the one NEO4J_URI names, Docker's, or one resolved from Maven into a cache.

    python -m tests.neo4j_server [5.26|2026]      runs one until Ctrl-C and prints how to reach it

The Maven way needs Maven and Java: 17 or later for 5.26, 21 or later for 2026. Java is looked for in NEO4J_JAVA,
JAVA_HOME, /usr/lib/jvm and the path. The cache is TALENTGRAPH_NEO4J_CACHE, else ~/.cache/talentgraph/neo4j.
"""

import contextlib
import fcntl
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import neo4j
import psutil
from neo4j.exceptions import DriverError, Neo4jError

VERSIONS = {"5.26": "5.26.17", "2026": "2026.01.4"}
JAVA_NEEDED = {"5.26": 17, "2026": 21}
MAIN_CLASS = {"5.26": "org.neo4j.server.CommunityEntryPoint", "2026": "org.neo4j.server.Neo4jCommunity"}
# An error that was thrown often Java throws without its message, and then Neo4j never answers: a client waits for two
# minutes for each query that its parser breaks at, as at `\u` in a comment.
MESSAGES_KEPT = "-XX:-OmitStackTraceInFastThrow"
OPENED = ("java.nio", "java.io", "java.lang", "sun.nio.ch", "java.util.concurrent")
START_SECONDS = 300
POM = """<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>local</groupId><artifactId>neo4j-server</artifactId><version>1</version><dependencies>
<dependency><groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>{version}</version></dependency>
<dependency><groupId>org.neo4j.app</groupId><artifactId>neo4j-server</artifactId><version>{version}</version></dependency>
</dependencies></project>
"""
CONFIGURATION = """\
server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:0
server.http.enabled=false
server.https.enabled=false
dbms.usage_report.enabled=false
server.memory.heap.max_size={heap}
server.memory.pagecache.size={page_cache}
"""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server and how to reach it."""

    uri: str
    user: str
    password: str
    database: str = "neo4j"


class Unavailable(Exception):
    """No server of that version can be had here; the message says why."""


@contextlib.contextmanager
def server(
    version: str, *, heap: str = "1g", page_cache: str = "128m", importing: Path | None = None, home: Path | None = None
) -> Iterator[Server]:
    """Run a server of that line ("5.26" or "2026") while the block runs. Raises Unavailable.

    One that runs already, or that Docker starts, has its own memory. `importing` is a folder whose import.args are
    given to the import first, and `home` one in which the server's data stay and are found again: both of a server of
    our own, by Maven.
    """
    if importing is not None or home is not None:
        with _from_maven(version, heap, page_cache, importing, home) as running:
            yield running
    elif os.environ.get("NEO4J_URI"):
        given = _given(version)
        try:
            yield given
        finally:  # it was empty before
            _query(given, "MATCH (n) DETACH DELETE n")
    elif _docker_answers():
        with _container(version) as running:
            yield running
    else:
        with _from_maven(version, heap, page_cache) as running:
            yield running


def _given(version: str) -> Server:
    """Return the server of the environment, if it is of that line and empty: tests delete what they find."""
    given = Server(
        os.environ["NEO4J_URI"],
        os.environ.get("NEO4J_USERNAME", "neo4j"),
        os.environ.get("NEO4J_PASSWORD", ""),
        os.environ.get("NEO4J_DATABASE", "neo4j"),
    )
    found = _query(given, "MATCH (n) RETURN count(n) AS nodes")
    agent = found.summary.server.agent.removeprefix("Neo4j/")
    if not agent.startswith(version):
        raise Unavailable(f"NEO4J_URI names a Neo4j {agent}, not {version}")
    if nodes := found.records[0]["nodes"]:
        raise RuntimeError(f"NEO4J_URI names a database with {nodes} nodes; the tests need an empty one, and empty it.")
    return given


def _query(given: Server, query: str) -> neo4j.EagerResult:
    with neo4j.GraphDatabase.driver(given.uri, auth=(given.user, given.password)) as driver:
        return driver.execute_query(query, database_=given.database)


def _docker_answers() -> bool:
    docker = shutil.which("docker")
    if docker is None:
        return False
    try:
        return subprocess.run([docker, "info"], capture_output=True, timeout=10).returncode == 0
    except subprocess.TimeoutExpired:
        return False


@contextlib.contextmanager
def _container(version: str) -> Iterator[Server]:
    from testcontainers.neo4j import Neo4jContainer

    password = secrets.token_hex(16)
    with Neo4jContainer(f"neo4j:{VERSIONS[version]}-community", password=password) as container:
        yield Server(container.get_connection_url(), "neo4j", password)


@contextlib.contextmanager
def _from_maven(
    version: str, heap: str, page_cache: str, importing: Path | None = None, kept: Path | None = None
) -> Iterator[Server]:
    java = _java(JAVA_NEEDED[version])
    if java is None:
        raise Unavailable(
            f"Neo4j {version} needs Docker, or Java {JAVA_NEEDED[version]} or later and Maven; no such Java"
        )
    library = _resolved(VERSIONS[version])
    home = kept or Path(tempfile.mkdtemp(prefix=f"neo4j-{version}-"))
    process = None
    try:
        for folder in ("conf", "data", "logs", "run", "plugins", "import"):
            (home / folder).mkdir(parents=True, exist_ok=True)
        secret = home / "conf/password"
        known = secret.exists()
        password = secret.read_text() if known else secrets.token_hex(16)
        chosen = CONFIGURATION.format(heap=heap, page_cache=page_cache)
        (home / "conf/neo4j.conf").write_text(chosen)
        environment = os.environ | {"NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
        admin = [java, "-cp", f"{library}/*", "org.neo4j.cli.AdminTool", "dbms", "set-initial-password", password]
        if not known:
            subprocess.run(admin, env=environment, check=True, capture_output=True, timeout=120)
            secret.touch(mode=0o600)
            secret.write_text(password)
        if importing is not None:
            load = [java, "-cp", f"{library}/*", "org.neo4j.cli.AdminTool", "database", "import", "full", "neo4j"]
            told = subprocess.run(
                [*load, "--overwrite-destination", "@import.args"],
                cwd=importing, env=environment, capture_output=True, text=True, timeout=3600,
            )  # fmt: skip
            if told.returncode:
                raise RuntimeError(f"The import failed: {told.stdout[-2000:]} {told.stderr[-2000:]}")
        machine = [java, f"-Xmx{heap}", MESSAGES_KEPT]
        machine += [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in OPENED]
        places = [f"--home-dir={home}", f"--config-dir={home / 'conf'}", "--console-mode"]
        with open(home / "logs/console.log", "wb") as log:
            process = subprocess.Popen(
                [*_ends_with_us(), *machine, "-cp", f"{library}/*", MAIN_CLASS[version], *places],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        yield _awaited(process, password, home / "logs/console.log")
    finally:
        if process is not None:
            if kept:
                process.terminate()
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(timeout=30)
            process.kill()  # to close in order takes long, and nobody will read what it leaves
            process.wait()
        if kept is None:
            shutil.rmtree(home, ignore_errors=True)


def _ends_with_us() -> list[str]:
    """Return the command before a server's own that ends it when this process is killed, where there is one (Linux)."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "TERM"] if setpriv else []


def _awaited(process: subprocess.Popen[bytes], password: str, log: Path) -> Server:
    """Return the server once it answers a query."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        with contextlib.suppress(DriverError, Neo4jError, OSError):
            if " Started." in log.read_text(errors="replace"):
                running = Server(f"bolt://127.0.0.1:{_port(process.pid)}", "neo4j", password)
                _query(running, "RETURN 1")
                return running
        time.sleep(0.1)
    raise RuntimeError(f"Neo4j did not start: {log.read_text(errors='replace')[-2000:]}")


def _port(process: int) -> int:
    """Return the port on which a process listens: the system chose it, so that nobody else can have taken it."""
    (port,) = {
        connection.laddr.port
        for connection in psutil.Process(process).net_connections("tcp")
        if connection.status == psutil.CONN_LISTEN
    }
    return int(port)


def _java(needed: int) -> str | None:
    """Return a `java` of at least that version."""
    candidates = [os.environ.get("NEO4J_JAVA"), shutil.which("java")]
    if home := os.environ.get("JAVA_HOME"):
        candidates.insert(1, f"{home}/bin/java")
    candidates += map(str, sorted(Path("/usr/lib/jvm").glob("*/bin/java")))
    for candidate in candidates:
        if candidate and _java_version(candidate) >= needed:
            return candidate
    return None


def _java_version(java: str) -> int:
    try:
        told = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=30).stderr
    except OSError:
        return 0
    found = re.search(r'version "(\d+)', told)
    return int(found[1]) if found else 0


def _resolved(version: str) -> Path:
    """Return the folder with the server's jars, resolving them the first time (about 120 MB)."""
    cache = Path(os.environ.get("TALENTGRAPH_NEO4J_CACHE") or Path.home() / ".cache/talentgraph/neo4j")
    folder = cache / version
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "complete").exists():
            maven = shutil.which("mvn")
            if maven is None:
                raise Unavailable(f"Neo4j {version} needs Docker, or Java and Maven; there is no mvn")
            (folder / "pom.xml").write_text(POM.format(version=version))
            goal = ["dependency:copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={folder / 'lib'}"]
            told = subprocess.run(
                [maven, "-q", "-B", "-f", str(folder / "pom.xml"), *goal], capture_output=True, text=True, timeout=1200
            )
            if told.returncode:
                raise Unavailable(f"Maven could not resolve Neo4j {version}: {told.stdout[-500:]}")
            (folder / "complete").touch()
    return folder / "lib"


if __name__ == "__main__":
    line = sys.argv[1] if len(sys.argv) > 1 else "5.26"
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with server(line) as started, contextlib.suppress(KeyboardInterrupt):
        sys.stdout.write(
            f"export NEO4J_URI={started.uri} NEO4J_USERNAME={started.user} NEO4J_PASSWORD={started.password}\n"
        )
        sys.stdout.flush()
        signal.pause()
