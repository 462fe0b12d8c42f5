"""URL as written → URL that may be asked for: one reading of it, the one by which the request is made.

Programs read odd addresses differently, and a check that reads one host while the request goes to another is none. So
what is odd is refused here, before anything is looked up.
"""

import re
from ipaddress import ip_address

import httpx2

from graph.errors import FetchRefused

LONGEST = 4_000
_ODD = re.compile(r"[\x00-\x20\x7f-\xa0\\\u2028\u2029\ud800-\udfff]")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)")


def location(url: str, base: httpx2.URL | None = None) -> httpx2.URL:
    """Return a URL without its fragment; `base` is the page that leads there, if one does.

    Raises:
        FetchRefused: it is no whole http or https URL, or one that could be read in two ways.
    """
    where = "leads" if base is not None else "is an address that leads"
    if _ODD.search(url) or len(url) > LONGEST:
        raise FetchRefused(f"{where} to {_shown(url)}, which holds characters that no URL holds, or too many")
    try:
        found = base.join(url) if base is not None else httpx2.URL(url)
        found = found.copy_with(fragment=None)
    except (httpx2.InvalidURL, ValueError) as error:
        raise FetchRefused(f"{where} to {_shown(url)}, which is no URL ({error})") from error
    if found.scheme not in ("http", "https"):
        raise FetchRefused(f"{where} to {_shown(url)}; only http and https are fetched, such as https://example.org/a")
    if found.userinfo:
        raise FetchRefused(f"{where} to {_shown(url)}, which holds a user's name; none is sent")
    if found.port is not None and not 0 < found.port < 65536:
        raise FetchRefused(f"{where} to {_shown(url)}, whose port is none")
    if not _is_host(found.raw_host.decode("ascii")):
        raise FetchRefused(f"{where} to {_shown(url)}, whose host is none")
    return found


def _is_host(host: str) -> bool:
    """Whether this is a name, or an address in its one plain form; `0x7f.1` and `2130706433` are neither."""
    labels = host.lower().removesuffix(".").split(".")
    if ":" not in host and not _NUMBER.fullmatch(labels[-1]):
        return len(host) <= 254 and all(_LABEL.fullmatch(label) for label in labels)
    try:
        ip_address(host)
    except ValueError:
        return False
    return "%" not in host


def _shown(url: str) -> str:
    return ascii(url[:100])
