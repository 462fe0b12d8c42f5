"""The web: one fetcher for everything that goes out.

addresses    where it may connect, and where never
locations    URL as written → URL that may be asked for
connecting   host → vetted address → connection, within a budget of seconds and bytes
answers      what a host answered, and what that means
politeness   robots.txt, one request at a time per host, pauses
fetching     URL → content
"""

import functools
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.settings import Settings
    from ingest.web.fetching import Fetcher

ADDRESS = re.compile(r"(?:(feed|sitemap):)?(https?://.*)", re.IGNORECASE | re.DOTALL)


def is_address(path: object) -> bool:
    """Return whether a path is an address of the web, not a file."""
    return bool(ADDRESS.fullmatch(str(path)))


def fetcher(settings: "Settings") -> Callable[[], "Fetcher"]:
    """Return what gives the one fetcher of these settings, made when first asked for: what it needs takes time."""

    @functools.cache
    def made() -> "Fetcher":
        from ingest.web.fetching import Fetcher

        return Fetcher(settings)

    return made
