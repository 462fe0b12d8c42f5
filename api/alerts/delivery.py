"""A message to where it is to go, tried up to three times where that may help."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from api.alerts import mail, webhook
from api.alerts.destination import Destination
from api.values import json_text
from graph.errors import DeliveryFailed

if TYPE_CHECKING:
    from api.alerts.message import Message
    from graph.settings import Settings

ATTEMPTS = 3
FIRST_WAIT = 1.0  # seconds before the second attempt; the third comes after twice as long
LONGEST = 40.0  # seconds for all attempts: a run does not wait longer for one receiver
_JSON_LINES = (".ndjson", ".jsonl")


def deliver(message: "Message", to: Destination, settings: "Settings", *, first_wait: float = FIRST_WAIT) -> None:
    """Bring a message to its destination.

    Raises DeliveryFailed where it could not be had in the end, WrongParameter where a setting that it takes is missing.
    """
    match to.kind:
        case "output":
            _write(lambda: _to_output(message.text))
        case "file":
            lines = Path(to.place).suffix.lower() in _JSON_LINES
            _write(lambda: _append(Path(to.place), json_text(message.data) if lines else message.text))
        case "webhook":
            body = json_text(message.data).encode()
            _patiently(lambda: webhook.send(to.place, message.id, body, settings), first_wait)
        case "mail":
            _patiently(lambda: mail.send(to.place, message.subject, message.text, settings), first_wait)


def _to_output(text: str) -> None:
    sys.stdout.write(f"\n{text}\n")
    sys.stdout.flush()


def _append(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8") as stream:
        stream.write(text + "\n")


def _write(writing: Callable[[], None]) -> None:
    try:
        writing()
    except OSError as error:
        raise DeliveryFailed(f"it cannot be written ({error.strerror or error})") from error


def _patiently(send: Callable[[], None], first_wait: float) -> None:
    import stamina

    stamina.instrumentation.set_on_retry_hooks(())  # its own would write to standard output
    for attempt in stamina.retry_context(
        lambda error: isinstance(error, DeliveryFailed) and error.passing,
        attempts=ATTEMPTS,
        timeout=LONGEST,
        wait_initial=first_wait,
        wait_jitter=0.1,
    ):
        with attempt:
            send()
