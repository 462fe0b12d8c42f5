"""`--to`: standard output, a file, a webhook or a mail address."""

import email.utils
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from graph.errors import FetchError, WrongParameter

if TYPE_CHECKING:
    from graph.settings import Settings

OUTPUT = "-"
_MAIL = re.compile(r"[^\s@,;<>\"()\[\]\\:]{1,64}@[^\s@,;<>\"()\[\]\\:]{1,255}")


@dataclass(frozen=True, slots=True)
class Destination:
    """Where alerts go; `place` is `-`, an absolute path, an address of the web or a mail address."""

    kind: Literal["output", "file", "webhook", "mail"]
    place: str

    def __str__(self) -> str:
        """Return it as it is typed."""
        return f"mailto:{self.place}" if self.kind == "mail" else self.place

    @property
    def shown(self) -> str:
        """Return it for others to see: the path of a webhook's address is often a secret, and left out."""
        found = re.match(r"https?://[^/?#]+", self.place)
        return f"{found[0]}/…" if self.kind == "webhook" and found else str(self)


def destination(text: str) -> Destination:
    """Return the destination that a text names; a path is made absolute, since runs start anywhere.

    Raises WrongParameter for what is none of them.
    """
    if text == OUTPUT:
        return Destination("output", OUTPUT)
    if re.match(r"https?:", text, re.IGNORECASE):
        return Destination("webhook", text)
    if text.lower().startswith("mailto:"):
        address = text[len("mailto:") :]
        if not _MAIL.fullmatch(address) or email.utils.parseaddr(address)[1] != address or not address.isprintable():
            raise WrongParameter("to", f"--to {text[:80]!r} is no mail address, such as mailto:desk@example.org.")
        return Destination("mail", address)
    if _MAIL.fullmatch(text):
        raise WrongParameter("to", f"--to {text!r}: write mailto:{text} for mail, ./{text} for a file.")
    if not text or not text.isprintable():
        raise WrongParameter("to", f"--to {text[:80]!r} is no file, web address, mailto: address or -.")
    return Destination("file", str(Path(text).expanduser().absolute()))


def check(to: Destination, settings: "Settings") -> None:
    """Raise WrongParameter where the settings do not serve a destination; nothing is sent, a host is looked up."""
    from api.alerts import mail, webhook

    try:
        if to.kind == "webhook":
            webhook.check(to.place, settings)
        elif to.kind == "mail":
            mail.check(settings)
        elif to.kind == "file" and not Path(to.place).parent.is_dir():
            raise WrongParameter("to", f"There is no folder {Path(to.place).parent}. Make it first.")
    except FetchError as error:
        raise WrongParameter("to", f"--to {to.shown}: {error}") from error
