"""A message by mail, through the SMTP server that the settings name."""

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import TYPE_CHECKING

from graph.errors import DeliveryFailed, WrongParameter

if TYPE_CHECKING:
    from graph.settings import Settings

SECONDS = 15.0


def check(settings: "Settings") -> None:
    """Raise WrongParameter where the settings name no server or no sender, or send a password in the clear."""
    if not settings.smtp_host or not settings.smtp_from:
        raise WrongParameter(
            "to", "Mail needs a server and a sender: set TALENTGRAPH_SMTP_HOST and TALENTGRAPH_SMTP_FROM."
        )
    if settings.smtp_username and settings.smtp_security == "none":
        raise WrongParameter(
            "TALENTGRAPH_SMTP_SECURITY",
            "TALENTGRAPH_SMTP_SECURITY=none would send the password for all to read. Use starttls or tls.",
        )


def send(to: str, subject: str, text: str, settings: "Settings") -> None:
    """Send a text to one address. Raises DeliveryFailed, and WrongParameter as `check` does."""
    check(settings)
    message = EmailMessage()
    message["From"] = settings.smtp_from
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = formatdate(usegmt=True)
    message["Message-ID"] = make_msgid("alert", settings.smtp_from.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday note comes back
    message.set_content(text)
    try:
        with _connection(settings) as server:
            if settings.smtp_username:
                server.login(settings.smtp_username, settings.smtp_password.get_secret_value())
            server.send_message(message, settings.smtp_from, [to])
    except smtplib.SMTPRecipientsRefused as error:
        code, reason = next(iter(error.recipients.values()))
        raise _refused(code, reason) from error
    except smtplib.SMTPResponseException as error:
        raise _refused(error.smtp_code, error.smtp_error) from error
    except (smtplib.SMTPException, OSError) as error:
        untrusted = isinstance(error, ssl.SSLError | smtplib.SMTPNotSupportedError)
        where = f"{settings.smtp_host}:{settings.smtp_port}"
        raise DeliveryFailed(f"the mail server {where} cannot be used ({error})", passing=not untrusted) from error


def _connection(settings: "Settings") -> smtplib.SMTP:
    host, port = settings.smtp_host, settings.smtp_port
    if settings.smtp_security == "tls":
        return smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=ssl.create_default_context())
    server = smtplib.SMTP(host, port, timeout=SECONDS)
    try:
        if settings.smtp_security == "starttls":
            server.starttls(context=ssl.create_default_context())
    except BaseException:
        server.close()
        raise
    return server


def _refused(code: int, reason: bytes | str) -> DeliveryFailed:
    told = reason.decode("utf-8", "replace") if isinstance(reason, bytes) else reason
    return DeliveryFailed(f"the mail server answers {code} {' '.join(told.split())[:200]}", passing=400 <= code < 500)
