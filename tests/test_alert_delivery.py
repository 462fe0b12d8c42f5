"""Where alerts go: real servers of webhooks and of mail, what they refuse, and what is tried again."""

import base64
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope
from standardwebhooks.webhooks import Webhook

from api.alerts.delivery import deliver
from api.alerts.destination import check, destination
from api.alerts.message import Message
from graph.errors import DeliveryFailed, WrongParameter
from graph.settings import Settings
from tests.web_server import DEFAULTS, in_turn, page, redirect, site

SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()
TOLD = Message("msg-1", "talentgraph: 1 new: Wer wirbt an — 谁", "+ 深圳\n.\nthe end", {"type": "talentgraph.alert"})


def settings(**given: Any) -> Settings:
    return DEFAULTS.model_copy(update=given)


def hooked(port: int) -> Settings:
    secret = Settings(webhook_secret=SECRET).webhook_secret
    return settings(webhook_secret=secret, fetch_allow=f"127.0.0.1:{port}")


def test_a_webhook_is_signed_as_the_specification_has_it() -> None:
    with site({"/hook?a=1": page(status=204)}) as hook:
        deliver(TOLD, destination(hook.url("/hook?a=1")), hooked(hook.port))
        (path, headers), (body,) = hook.asked[0], hook.bodies
    assert path == "/hook?a=1"
    assert Webhook(SECRET).verify(body, dict(headers)) == TOLD.data
    assert headers["webhook-id"] == "msg-1"
    assert headers["Content-Type"] == "application/json"


def test_a_webhook_is_tried_again_where_that_may_help() -> None:
    with site({"/": in_turn(page(status=503), page(status=429), page(status=200))}) as hook:
        deliver(TOLD, destination(hook.url("/")), hooked(hook.port), first_wait=0.01)
        assert len(hook.asked) == 3
        assert len({headers["webhook-id"] for _, headers in hook.asked}) == 1
    with site({"/": page(status=503), "/gone": page(status=410), "/else": redirect("/")}) as hook:
        for path, attempts, reason in (("/", 3, "answers 503"), ("/gone", 1, "410"), ("/else", 1, "redirects are not")):
            hook.asked.clear()
            with pytest.raises(DeliveryFailed, match=reason):
                deliver(TOLD, destination(hook.url(path)), hooked(hook.port), first_wait=0.01)
            assert len(hook.asked) == attempts


def test_a_webhook_goes_only_where_pages_may_be_fetched() -> None:
    with site({"/": page()}) as hook:
        shut = settings(webhook_secret=hooked(1).webhook_secret)
        for address in (hook.url("/"), hook.url("/", "localhost"), "http://169.254.169.254/latest"):
            with pytest.raises(WrongParameter, match="TALENTGRAPH_FETCH_ALLOW"):
                check(destination(address), shut)
            with pytest.raises(DeliveryFailed, match="TALENTGRAPH_FETCH_ALLOW"):
                deliver(TOLD, destination(address), shut)
        assert not hook.connections
        check(destination(hook.url("/")), hooked(hook.port))
        for secret in ("", "whsec_c2hvcnQ=", "no base64 at all, however long it may be"):
            unsigned = hooked(hook.port).model_copy(
                update={"webhook_secret": Settings(webhook_secret=secret).webhook_secret}
            )
            with pytest.raises(WrongParameter, match="Webhooks are signed"):
                check(destination(hook.url("/")), unsigned)


class Mailbox:
    """Takes mail in for one address, and answers the first with what it is told to."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.letters: list[bytes] = []
        self.attempts = 0

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Envelope) -> str:
        self.attempts += 1
        if self.answers:
            return self.answers.pop(0)
        assert envelope.rcpt_tos == ["desk@example.org"]
        self.letters.append(bytes(envelope.content or b""))
        return "250 OK"


class Office(Controller):
    """A mail server on any free port, which its own class looks for before it is known."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def post_office(mailbox: Mailbox, **given: Any) -> Iterator[Settings]:
    """Yield settings for a running mail server that takes no TLS."""
    office = Office(mailbox, "127.0.0.1", 0, **given)
    office.start()
    try:
        yield settings(
            smtp_host="127.0.0.1", smtp_port=office.port, smtp_security="none", smtp_from="alerts@example.org"
        )
    finally:
        office.stop()


DESK = destination("mailto:desk@example.org")


def test_mail_arrives_as_it_was_written() -> None:
    mailbox = Mailbox("451 greylisted")
    with post_office(mailbox) as chosen:
        check(DESK, chosen)
        deliver(TOLD, DESK, chosen, first_wait=0.01)
    letter = message_from_bytes(mailbox.letters[0], policy=policy.default)
    assert mailbox.attempts == 2
    assert letter["Subject"] == TOLD.subject
    assert (letter["From"], letter["To"]) == ("alerts@example.org", "desk@example.org")
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_content().replace("\r\n", "\n").rstrip() == TOLD.text


def test_mail_that_is_refused_says_why() -> None:
    mailbox = Mailbox("550 no such desk")
    with post_office(mailbox) as chosen, pytest.raises(DeliveryFailed, match="550 no such desk"):
        deliver(TOLD, DESK, chosen, first_wait=0.01)
    assert mailbox.attempts == 1
    with pytest.raises(DeliveryFailed, match="cannot be used"):  # nobody listens there any more
        deliver(TOLD, DESK, chosen, first_wait=0.01)


def test_a_password_goes_through_tls_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    authority = trustme.CA()
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(server)
    logins = []

    def authenticator(server: SMTP, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        logins.append((mechanism, data.login, data.password))
        return AuthResult(success=data.password == b"secret word", handled=False)

    mailbox = Mailbox()
    with post_office(
        mailbox, tls_context=server, require_starttls=True, authenticator=authenticator, auth_required=True
    ) as bare:
        password = Settings(smtp_password="secret word").smtp_password
        user = {"smtp_username": "talentgraph", "smtp_password": password}
        with pytest.raises(WrongParameter, match="for all to read"):
            deliver(TOLD, DESK, bare.model_copy(update=user))
        safe = bare.model_copy(update={**user, "smtp_security": "starttls"})
        with pytest.raises(DeliveryFailed, match="certificate verify failed"):
            deliver(TOLD, DESK, safe, first_wait=0.01)
        assert not logins
        authority.cert_pem.write_to_path(tmp_path / "authority.pem")
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
        deliver(TOLD, DESK, safe)
        wrong = Settings(smtp_password="another").smtp_password
        with pytest.raises(DeliveryFailed, match="535"):
            deliver(TOLD, DESK, safe.model_copy(update={"smtp_password": wrong}))
    assert len(mailbox.letters) == 1
    assert logins[0][1:] == (b"talentgraph", b"secret word")


def test_files_are_appended_to(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, line in (("a.ndjson", '{"type":"talentgraph.alert"}'), ("a.txt", TOLD.text)):
        to = destination(str(tmp_path / name))
        deliver(TOLD, to, settings())
        deliver(TOLD, to, settings())
        assert (tmp_path / name).read_text(encoding="utf-8") == f"{line}\n" * 2
    deliver(TOLD, destination("-"), settings())
    assert TOLD.text in capsys.readouterr().out
    (tmp_path / "folder").mkdir()
    with pytest.raises(DeliveryFailed, match="cannot be written"):
        deliver(TOLD, destination(str(tmp_path / "folder")), settings())
    with pytest.raises(WrongParameter, match="no folder"):
        check(destination(str(tmp_path / "none" / "a.txt")), settings())


def test_destinations_are_read_and_shown_without_secrets() -> None:
    hook = destination("https://hooks.example.org:8443/T123/secret?key=1")
    assert (hook.kind, hook.shown) == ("webhook", "https://hooks.example.org:8443/…")
    assert destination("mailto:a.b+c@example.org").place == "a.b+c@example.org"
    for wrong in ("", "a@example.org", "mailto:a@b, c@d", "mailto:a@b\nBcc: c@d", "mailto:", "a\0b"):
        with pytest.raises(WrongParameter):
            destination(wrong)
    with pytest.raises(WrongParameter, match="user's name"):
        check(destination("https://user:word@example.org/"), hooked(1))
    with pytest.raises(WrongParameter, match="TALENTGRAPH_SMTP_HOST"):
        check(DESK, settings())
