"""A message to a webhook: one signed POST, after the Standard Webhooks specification (standardwebhooks.com).

It goes where documents may be fetched from, and nowhere else: public addresses on ports 80 and 443, and what
TALENTGRAPH_FETCH_ALLOW opens besides. Redirects are not followed.
"""

import base64
import binascii
import hashlib
import hmac
import re
import ssl
import time
from typing import TYPE_CHECKING

from graph.errors import DeliveryFailed, FetchError, WrongParameter

if TYPE_CHECKING:
    from graph.settings import Settings
    from ingest.web.connecting import Resolve

SECONDS = 15.0
ANSWER_BYTES = 1_000_000  # of an answer; all but its status is thrown away
SECRET = "TALENTGRAPH_WEBHOOK_SECRET"
_LEAST_KEY, _MOST_KEY = 24, 64  # bytes, as the specification has it


def check(url: str, settings: "Settings") -> None:
    """Raise WrongParameter for a secret, FetchError for an address, that cannot be used; the host is looked up."""
    from ingest.web.addresses import openings, vet
    from ingest.web.connecting import resolve
    from ingest.web.locations import location

    key(settings)
    place = location(url)
    port = place.port or (443 if place.scheme == "https" else 80)
    vet(place.host, resolve(place.host, port), port, openings(settings.fetch_allow))


def key(settings: "Settings") -> bytes:
    """Return the key that messages are signed with; WrongParameter where the setting holds none."""
    secret = settings.webhook_secret.get_secret_value()
    try:
        found = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except (binascii.Error, ValueError):
        found = b""
    if not _LEAST_KEY <= len(found) <= _MOST_KEY:
        raise WrongParameter(
            SECRET,
            f"Webhooks are signed: set {SECRET} to `whsec_` and {_LEAST_KEY} to {_MOST_KEY} random bytes in Base64,"
            " such as whsec_$(openssl rand -base64 32), and give it to the receiver.",
        )
    return found


def signature(key: bytes, id: str, timestamp: int, body: bytes) -> str:
    """Return the header `webhook-signature` of a message."""
    signed = b".".join((id.encode(), str(timestamp).encode(), body))
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def send(url: str, id: str, body: bytes, settings: "Settings", *, resolve: "Resolve | None" = None) -> None:
    """Post a JSON body; any answer of 2xx is success, and a repeated `id` is the same message.

    `resolve` looks the host up. Raises DeliveryFailed, and WrongParameter as `key` does.
    """
    import httpcore2
    import httpx2

    from ingest.web import connecting
    from ingest.web.addresses import openings
    from ingest.web.locations import location

    now = int(time.time())
    headers: dict[bytes | str, bytes | str] = {
        "Content-Type": "application/json",
        "User-Agent": settings.user_agent,
        "Connection": "close",
        "Content-Length": str(len(body)),
        "webhook-id": id,
        "webhook-timestamp": str(now),
        "webhook-signature": signature(key(settings), id, now, body),
    }
    try:
        place = location(url)
        headers["Host"] = place.netloc.decode("ascii")
        budget = connecting.Budget(SECONDS, ANSWER_BYTES)
        backend = connecting.VettedBackend(resolve or connecting.resolve, openings(settings.fetch_allow), budget)
        target = httpcore2.URL(
            scheme=place.raw_scheme, host=place.raw_host, port=place.port, target=place.raw_path or b"/"
        )
        tls = httpx2.create_ssl_context(trust_env=True) if place.scheme == "https" else None
        with httpcore2.HTTPConnection(target.origin, tls, network_backend=backend) as connection:
            status = connection.handle_request(httpcore2.Request("POST", target, headers=headers, content=body)).status
    except FetchError as error:
        reason = re.sub(r"\(TALENTGRAPH_FETCH_TIMEOUT\)", "", str(error)).strip()
        raise DeliveryFailed(f"its address {reason}", passing=getattr(error, "passing", False)) from error
    except (httpcore2.NetworkError, httpcore2.TimeoutException, httpcore2.ProtocolError) as error:
        passing = not isinstance(error.__cause__, ssl.SSLError)
        raise DeliveryFailed(f"the connection failed ({type(error).__name__}: {error})", passing=passing) from error
    if 300 <= status < 400:
        raise DeliveryFailed(f"it answers {status}: redirects are not followed; give the address that it leads to")
    if not 200 <= status < 300:
        raise DeliveryFailed(f"it answers {status}", passing=status in (408, 425, 429) or status >= 500)
