"""Fetching from real servers: what they send, how they fail, and good manners towards them."""

import gzip
import itertools
import ssl
import threading
import time
import zlib
from collections.abc import Iterator
from email.utils import formatdate

import pytest
import trustme

from graph.errors import FetchError, FetchFailed, FetchRefused
from ingest.web.politeness import Pace
from tests.web_server import Answer, Site, fetcher, in_turn, page, raw, redirect, site

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@pytest.fixture
def own() -> Iterator[Site]:
    with site() as running:
        yield running


def refused(own: Site, answer: Answer, **settings: object) -> FetchError:
    """Return the error of a page with this answer, which must come soon."""
    own.pages["/page"] = answer
    started = time.monotonic()
    with pytest.raises(FetchError) as told:
        fetcher(own, **settings).fetch(own.url("/page"))
    assert time.monotonic() - started < 10
    assert str(told.value).isprintable()
    return told.value


def test_page_with_its_type_and_validators(own: Site) -> None:
    own.pages["/page"] = page(
        "hello", kind="Text/HTML; Charset='GB18030'", ETag='"1"', Last_Modified="Mon, 02 Mar 2026"
    )
    found = fetcher(own).fetch(own.url("/page#part"))
    assert (found.url, found.content, found.media_type, found.charset) == (
        own.url("/page"),
        b"hello",
        "text/html",
        "gb18030",
    )
    assert (found.etag, found.last_modified, found.changed) == ('"1"', "Mon, 02 Mar 2026", True)


def test_unchanged_page_is_not_sent_again(own: Site) -> None:
    own.pages["/page"] = page(status=304)
    found = fetcher(own).fetch(own.url("/page"), etag='"1"', last_modified="Mon, 02 Mar 2026")
    assert not found.changed
    headers = own.asked[-1][1]
    assert (headers["If-None-Match"], headers["If-Modified-Since"]) == ('"1"', "Mon, 02 Mar 2026")


def test_304_that_nobody_asked_for_is_a_failure(own: Site) -> None:
    assert "304" in str(refused(own, page(status=304)))


def test_it_names_itself_and_keeps_nothing(own: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    own.pages["/page"] = page("hello", Set_Cookie="a=b")
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "")
    fetching = fetcher(own, user_agent="talentgraph (+mailto:me@example.org)")
    fetching.fetch(own.url("/page"))
    fetching.fetch(own.url("/page"))
    headers = own.asked[-1][1]
    assert headers["User-Agent"] == "talentgraph (+mailto:me@example.org)"
    assert headers.keys() == {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed(own: Site, status: int) -> None:
    own.pages |= {"/a/page": redirect("../b?c", status), "/b?c": page("hello")}
    found = fetcher(own).fetch(own.url("/a/page"))
    assert (found.url, found.content) == (own.url("/b?c"), b"hello")


def test_circle_of_redirects(own: Site) -> None:
    own.pages["/other"] = redirect("/page")
    assert "circle" in str(refused(own, redirect("/other")))


def test_endless_redirects(own: Site) -> None:
    own.pages |= {f"/{number}": redirect(f"/{number + 1}") for number in range(50)}
    assert "redirects" in str(refused(own, redirect("/0")))
    assert len(own.paths()) == 11


@pytest.mark.parametrize("coding", ["gzip", "deflate", "raw deflate"])
def test_compressed_page(own: Site, coding: str) -> None:
    text = b"hello " * 1000
    packed = {
        "gzip": gzip.compress(text),
        "deflate": zlib.compress(text),
        "raw deflate": zlib.compress(text, wbits=-zlib.MAX_WBITS),
    }[coding]
    own.pages["/page"] = page(packed, Content_Encoding=coding.split()[-1])
    assert fetcher(own).fetch(own.url("/page")).content == text


@pytest.mark.parametrize("layers", [1, 2])
@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_compression_bomb(own: Site, coding: str, layers: int) -> None:
    pack = gzip.compress if coding == "gzip" else zlib.compress
    bomb = bytes(50_000_000)
    for _ in range(layers):
        bomb = pack(bomb)
    error = refused(own, page(bomb, Content_Encoding=", ".join([coding] * layers)))
    assert isinstance(error, FetchRefused)
    assert ("10,000,000" if layers == 1 else "not asked for") in str(error)


@pytest.mark.parametrize("coding", ["br", "zstd", "compress", "gzip, br", "x\x7f", "\u00ff"])
def test_compression_that_was_not_asked_for(own: Site, coding: str) -> None:
    assert "not asked for" in str(refused(own, page(b"\x00" * 100, Content_Encoding=coding)))


def test_damaged_compression(own: Site) -> None:
    assert "cannot be undone" in str(refused(own, page(b"\x1f\x8b no gzip at all", Content_Encoding="gzip")))


@pytest.mark.parametrize(
    "answer",
    [
        page(b"x" * 3000),
        raw(OK + b"\r\n" + b"x" * 3000),
        raw(OK + b"Transfer-Encoding: chunked\r\n\r\n", *[b"400\r\n" + b"x" * 1024 + b"\r\n"] * 4),
    ],
    ids=["announced", "to the end", "chunked"],
)
def test_page_that_is_too_large(own: Site, answer: Answer) -> None:
    error = refused(own, answer, max_document_bytes=2000)
    assert isinstance(error, FetchRefused)
    assert "TALENTGRAPH_MAX_DOCUMENT_BYTES" in str(error)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (raw(OK, b"X: " + b"y" * 400_000 + b"\r\n\r\n"), "limit|HTTP"),
        (raw(OK + b"X: y\r\n" * 40_000 + b"\r\n"), "limit|HTTP"),
        (raw(OK + b"Content-Length: 99999999999999999999999\r\n\r\n", b"x" * 3000), "HTTP"),
        (raw(b"SSH-2.0-OpenSSH_9.6\r\n"), "HTTP"),
        (raw(b"\x16\x03\x01\x02\x00\x01\x00"), "HTTP"),
        (raw(b""), "breaks off"),
        (raw(OK + b"Content-Length: 100\r\n\r\nhello"), "breaks off"),
        (raw(OK + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!"), "HTTP"),
        (raw(OK + b"Content-Length: -1\r\n\r\nhello"), "HTTP"),
        (raw(OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"), "breaks off"),
        (raw(OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n"), "HTTP"),
        (raw(b"HTTP/1.1 302 Found\r\nLocation: http://a b/\r\n\r\n"), "no URL"),
        (raw(b"HTTP/1.1 302 Found\r\n\r\n"), "302"),
        (raw(b"HTTP/1.1 999 What\x1b[31m\r\nContent-Length: 0\r\n\r\n"), "999|HTTP"),
    ],
)
def test_answer_that_is_none(own: Site, answer: Answer, words: str) -> None:
    error = refused(own, answer)
    assert any(word in str(error) for word in words.split("|"))


def test_headers_without_end(own: Site) -> None:
    error = refused(own, raw(b"HTTP/1.1 100 Continue\r\n\r\n" * 20_000), max_document_bytes=1000)
    assert "limit of bytes" in str(error)


@pytest.mark.parametrize(
    "answer",
    [
        raw(b"", b"late", pause=3),
        raw(*[bytes((byte,)) for byte in OK * 3], pause=0.03),
        raw(OK + b"Content-Length: 200\r\n\r\n", *[b"x"] * 200, pause=0.03),
        raw(OK + b"\r\n", b"hello", pause=3),
        raw(b"HTTP/1.1 100 Continue\r\n\r\n", *[b"HTTP/1.1 100 Continue\r\n\r\n"] * 200, pause=0.03),
    ],
    ids=["silence", "slow headers", "slow body", "stalled body", "slow nothing"],
)
def test_slow_host_is_given_up(own: Site, answer: Answer) -> None:
    error = refused(own, answer, fetch_timeout=0.4)
    assert isinstance(error, FetchFailed)
    assert error.passing


@pytest.mark.parametrize(
    ("status", "words"),
    [(404, "not there"), (410, "not there"), (401, "not open"), (403, "not open"), (451, "not open"), (418, "418")],
)
def test_status_that_stays(own: Site, status: int, words: str) -> None:
    error = refused(own, page("no", status))
    assert words in str(error)
    assert isinstance(error, FetchFailed)
    assert not error.passing
    assert own.paths() == ["/page"]


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_status_that_passes_is_asked_three_times(own: Site, status: int) -> None:
    error = refused(own, page("no", status))
    assert isinstance(error, FetchFailed)
    assert error.passing
    assert own.paths() == ["/page"] * 3


def test_host_that_recovers(own: Site) -> None:
    gone = raw(OK + b"Content-Length: 100\r\n\r\nhello")
    own.pages["/page"] = in_turn(page("no", 503), gone, page("hello"))
    assert fetcher(own).fetch(own.url("/page")).content == b"hello"


def test_retry_after_is_waited_for(own: Site) -> None:
    own.pages["/page"] = in_turn(page("no", 429, Retry_After="1"), page("hello"))
    started = time.monotonic()
    assert fetcher(own).fetch(own.url("/page")).content == b"hello"
    assert time.monotonic() - started >= 0.9


def test_long_retry_after_is_left_for_later(own: Site) -> None:
    error = refused(own, page("no", 503, Retry_After="3600"))
    assert isinstance(error, FetchFailed)
    assert error.retry_after == 3600
    assert own.paths() == ["/page"]
    error = refused(own, page("no", 429, Retry_After=formatdate(time.time() + 7200, usegmt=True)))
    assert isinstance(error, FetchFailed)
    assert error.retry_after == pytest.approx(7200, abs=5)


@pytest.mark.parametrize("nonsense", ["soon", "-5", "\u00b2", "9" * 400])
def test_retry_after_that_is_nonsense(own: Site, nonsense: str) -> None:
    own.pages["/page"] = in_turn(page("no", 503, Retry_After=nonsense), page("hello"))
    if nonsense.startswith("9"):
        refused(own, own.pages["/page"])
    else:
        assert fetcher(own).fetch(own.url("/page")).content == b"hello"


def test_host_that_is_not_there() -> None:
    with site() as closed:
        pass
    with pytest.raises(FetchFailed, match="does not answer"):
        fetcher(closed).fetch(closed.url("/page"))


# robots.txt


def test_robots_txt_is_asked_once_and_obeyed(own: Site) -> None:
    own.pages["/robots.txt"] = page("User-agent: *\nDisallow: /closed\nAllow: /closed/but\n", kind="text/plain")
    own.pages |= {path: page("hello") for path in ("/open", "/closed/a", "/closed/but")}
    fetching = fetcher(own)
    fetching.fetch(own.url("/open"))
    fetching.fetch(own.url("/closed/but"))
    with pytest.raises(FetchRefused, match=r"robots\.txt"):
        fetching.fetch(own.url("/closed/a"))
    assert [path for path, _ in own.asked] == ["/robots.txt", "/open", "/closed/but"]


def test_robots_txt_that_speaks_to_us(own: Site) -> None:
    own.pages["/robots.txt"] = page("User-agent: *\nDisallow: /\n\nUser-agent: TalentGraph\nDisallow: /closed\n")
    own.pages["/open"] = page("hello")
    fetching = fetcher(own, user_agent="talentgraph (+https://example.org)")
    assert fetching.fetch(own.url("/open")).content == b"hello"
    with pytest.raises(FetchRefused):
        fetching.fetch(own.url("/closed"))


def test_redirect_into_a_closed_place(own: Site) -> None:
    with site({"/robots.txt": page("User-agent: *\nDisallow: /"), "/page": page("hello")}) as other:
        own.pages["/page"] = redirect(other.url("/page"))
        with pytest.raises(FetchRefused, match=rf"leads to {other.url('/page')}: .*robots\.txt"):
            fetcher(own, other).fetch(own.url("/page"))
        assert other.paths() == []


def test_what_goes_wrong_behind_a_redirect_says_where_and_whether_it_may_go_better(own: Site) -> None:
    own.pages |= {"/page": redirect("/busy"), "/busy": page("later", 429, Retry_After="3600")}
    with pytest.raises(FetchFailed, match=rf"^leads to {own.url('/busy')}: .*429") as told:
        fetcher(own).fetch(own.url("/page"))
    assert told.value.passing
    assert told.value.retry_after == 3600


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_host_without_robots_txt_is_open(own: Site, status: int) -> None:
    own.pages |= {"/robots.txt": page("no", status), "/page": page("hello")}
    assert fetcher(own).fetch(own.url("/page")).content == b"hello"


@pytest.mark.parametrize("answer", [page("no", 500), page("no", 503), page("no", 429), raw(b"")])
def test_host_that_cannot_say_is_closed(own: Site, answer: Answer) -> None:
    own.pages |= {"/robots.txt": answer, "/page": page("hello")}
    with pytest.raises(FetchFailed, match=r"robots\.txt") as told:
        fetcher(own).fetch(own.url("/page"))
    assert told.value.passing
    assert own.paths() == []


def test_robots_txt_behind_a_redirect(own: Site) -> None:
    own.pages |= {"/robots.txt": redirect("/real.txt"), "/real.txt": page("User-agent: *\nDisallow: /page")}
    with pytest.raises(FetchRefused, match=r"robots\.txt"):
        fetcher(own).fetch(own.url("/page"))


@pytest.mark.parametrize(
    "text", [b"\xff\xfe\x00", b"<html>no robots here</html>", b"Disallow: /", b"User-agent: *\n" * 9]
)
def test_robots_txt_that_is_none_closes_nothing(own: Site, text: bytes) -> None:
    own.pages |= {"/robots.txt": page(text), "/page": page("hello")}
    assert fetcher(own).fetch(own.url("/page")).content == b"hello"


def test_long_robots_txt_is_read_as_far_as_is_usual(own: Site) -> None:
    text = "User-agent: *\nDisallow: /page\n" + "# a long text\n" * 50_000 + "Disallow: /other\n"
    own.pages |= {"/robots.txt": page(text), "/page": page("hello"), "/other": page("hello")}
    with pytest.raises(FetchRefused, match=r"robots\.txt"):
        fetcher(own).fetch(own.url("/page"))
    assert fetcher(own).fetch(own.url("/other")).content == b"hello"


def test_robots_txt_that_asks_for_long_pauses(own: Site) -> None:
    own.pages |= {"/robots.txt": page("User-agent: *\nCrawl-delay: 600"), "/page": page("hello")}
    with pytest.raises(FetchRefused, match="600 seconds"):
        fetcher(own).fetch(own.url("/page"))


def test_pauses_between_requests(own: Site) -> None:
    slept: list[float] = []
    own.pages |= {"/robots.txt": page("User-agent: *\nCrawl-delay: 7"), "/page": page("hello")}
    fetching = fetcher(own, fetch_delay=2.0, sleep=slept.append)
    fetching.fetch(own.url("/page"))
    fetching.fetch(own.url("/page"))
    assert [round(seconds) for seconds in slept] == [7, 7]  # the page after its robots.txt, the page again


def test_one_request_at_a_time_and_host() -> None:
    pace = Pace(0.02)
    running: dict[str, int] = {"a": 0, "b": 0}
    times: list[float] = []
    together = threading.Event()

    def ask(host: str) -> None:
        with pace.turn(host):
            running[host] += 1
            assert running[host] == 1
            if all(running.values()):
                together.set()
            together.wait(30)
            if host == "a":
                times.append(time.monotonic())
            running[host] -= 1

    threads = [threading.Thread(target=ask, args=(host,)) for host in "aabaa"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert together.is_set()  # two hosts at once
    assert len(times) == 4
    assert all(later - earlier >= 0.02 for earlier, later in itertools.pairwise(times))


# TLS


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def server_context(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


def client_context(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


def test_tls_verifies_the_name_and_not_the_address(authority: trustme.CA) -> None:
    certificate = server_context(authority.issue_cert("news.example"))
    with site({"/": page("hello")}, tls=certificate) as own:
        given = {"resolve": lambda host, port: ["127.0.0.1"], "tls": client_context(authority)}
        assert fetcher(own, **given).fetch(own.url("/", "news.example")).content == b"hello"
        for host in ("other.example", "127.0.0.1"):
            with pytest.raises(FetchFailed, match="cannot prove who it is"):
                fetcher(own, **given).fetch(own.url("/", host))
        assert own.paths() == ["/"]


def test_tls_trusts_whom_the_system_trusts(authority: trustme.CA) -> None:
    with site({"/": page("hello")}, tls=server_context(authority.issue_cert("127.0.0.1"))) as own:
        with pytest.raises(FetchFailed, match="cannot prove who it is"):
            fetcher(own).fetch(own.url("/"))
        assert own.asked == []


def test_plain_host_that_is_asked_for_tls(own: Site) -> None:
    with pytest.raises(FetchFailed):
        fetcher(own).fetch(own.url("/").replace("http:", "https:"))
