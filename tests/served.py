"""The dashboard, served for real: the sample articles and a hostile one in a store of their own, behind one server."""

import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from api import listener
from api.app import create_app
from graph import embedded
from graph.settings import Settings
from graph.store import Store, open_store
from ingest import run
from ingest.extraction import Extractor
from ingest.sources import files, samples

CHROMIUM = shutil.which("chromium")
MARKUP = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"
HOSTILE = (
    f"Brambleforge Robotics {MARKUP} in Graz has hired twelve robotics engineers from Oslo, its director said. "
    "The company offers them housing."
)


@dataclass(frozen=True, slots=True)
class Served:
    """A running server: its address, the store behind it, and the home folder with its keys."""

    address: str
    store: Store
    home: Path


@contextmanager
def served(folder: Path) -> Iterator[Served]:
    """Yield a server over a fresh embedded store with the samples and the hostile article; stop both at the end."""
    settings = Settings(home=folder / "home", neo4j_uri=None, engine_idle=120)
    hostile = folder / "hostile.txt"
    hostile.write_text(HOSTILE, encoding="utf-8")
    paths = [str(path) for path in (*samples(), hostile)]
    try:
        with open_store(settings) as store:
            run.ingest(files.read(paths), store, Extractor(settings.model), sample=True)
            with listening(store, settings) as address:
                yield Served(address, store, settings.home)
    finally:
        embedded.stop(settings.home)


@contextmanager
def listening(store: Store, settings: Settings) -> Iterator[str]:
    """Yield the address of a server over a store, which stays open."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        server = listener.server(create_app(store, settings, sample=True))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(timeout=20)
