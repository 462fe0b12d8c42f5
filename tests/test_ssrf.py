"""Where the fetcher connects: to public addresses, to what the setting opens, and nowhere else."""

import contextlib
import socket
import threading
from collections.abc import Iterator, Sequence
from ipaddress import ip_address

import pytest

from graph.errors import FetchFailed, FetchRefused, WrongParameter
from ingest.web.addresses import forbidden, openings
from tests.web_server import CONNECTIONS, Site, fetcher, page, redirect, site

PUBLIC = "93.184.215.14"
PUBLIC_6 = "2606:2800:21f:cb07:6820:80da:af6b:8b2c"


class Listener:
    """Listens on one port of every local address, IPv4 and IPv6, and counts who comes."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("::", 0), family=socket.AF_INET6, dualstack_ipv6=True)
        self.port = self._socket.getsockname()[1]
        self.count = 0
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._socket.accept()
                self.count += 1
                connection.close()

    def close(self) -> None:
        self._socket.close()


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    found = Listener()
    yield found
    found.close()


@pytest.fixture(scope="module")
def open_site() -> Iterator[Site]:
    """A site that the fetcher may read, from which redirects lead elsewhere."""
    with site({"/": page("hello")}) as running:
        yield running


def own_addresses() -> list[str]:
    """Return this machine's own addresses besides loopback, where it has any."""
    with contextlib.suppress(OSError):
        return sorted({str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), 80)})
    return []


# Forbidden addresses, each reached in four ways: written out, behind a name, behind a redirect, among good ones.
ADDRESSES = (
    *("127.0.0.1", "127.0.0.2", "127.1.2.3", "127.255.255.255", "0.0.0.0", "0.1.2.3"),
    *("10.0.0.1", "10.255.255.254", "172.16.0.1", "172.31.255.254", "192.168.0.1", "192.168.255.254"),
    *("169.254.0.1", "169.254.169.254", "169.254.170.2", "100.64.0.1", "100.100.100.200", "100.127.255.254"),
    *("168.63.129.16", "192.0.0.1", "192.0.0.192", "192.0.2.1", "192.88.99.1", "198.18.0.1", "198.19.255.254"),
    *("198.51.100.7", "203.0.113.9", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "::2", "::7f00:1", "::10.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254"),
    *("::ffff:93.184.215.14", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::a00:1"),
    *("2002:7f00:1::", "2002:a9fe:a9fe::1", "2001::1", "2001:0:7f00:1::", "2001:db8::1", "2001:20::1", "3fff::1"),
    *("fc00::1", "fd00:ec2::254", "fd12:3456::1", "fe80::1", "febf::1", "fec0::1", "ff02::1", "ff0e::1", "100::1"),
    *("2606:2800::5efe:7f00:1", "2606:2800::200:5efe:a00:1", "4000::1", "5f00::1", "e000::1"),
)
# Hosts that are odd ways to write an address, or no host at all; {port} is where the listener listens.
ODD_URLS = (
    "http://2130706433:{port}/",
    "http://017700000001:{port}/",
    "http://0x7f000001:{port}/",
    "http://0x7f.0.0.1:{port}/",
    "http://0x7f.1:{port}/",
    "http://0177.0.0.1:{port}/",
    "http://0177.0.0.01:{port}/",
    "http://127.1:{port}/",
    "http://127.0.1:{port}/",
    "http://127.000.000.001:{port}/",
    "http://127.0.0.1.:{port}/",
    "http://0:{port}/",
    "http://0x0:{port}/",
    "http://1.2.3.4.5:{port}/",
    "http://256.256.256.256:{port}/",
    "http://localhost:{port}/",
    "http://LOCALHOST:{port}/",
    "http://localhost.:{port}/",
    "http://１２７.０.０.１:{port}/",
    "http://①②⑦.⓪.⓪.①:{port}/",
    "http://127。0。0。1:{port}/",
    "http://127.0.0.1%00.example.org:{port}/",
    "http://127.0.0.1%2eexample.org:{port}/",
    "http://%31%32%37.0.0.1:{port}/",
    "http://l%6fcalhost:{port}/",
    "http://loc\u00adalhost:{port}/",
    "http://[::1]:{port}/",
    "http://[0:0:0:0:0:0:0:1]:{port}/",
    "http://[::ffff:7f00:1]:{port}/",
    "http://[::1%25lo]:{port}/",
    "http://[::1%lo]:{port}/",
    "http://[fe80::1%25eth0]:{port}/",
    "http://[::]:{port}/",
    "http://[::1:{port}/",
    "http://[v1.127.0.0.1]:{port}/",
    "http://example.org@127.0.0.1:{port}/",
    "http://example.org:80@127.0.0.1:{port}/",
    "http://user:secret@example.org:{port}/",
    "http://example.org\\@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}\\@example.org/",
    "http://example.org #@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}#@example.org/",
    "http://127.0.0.1:{port}?@example.org/",
    "http://127.0.0.1\t:{port}/",
    "http://127.0.0.1:{port}\r\nHost: example.org/",
    "http://127.0.0.1:{port}/\r\nX: y",
    " http://127.0.0.1:{port}/",
    "http:///127.0.0.1:{port}/",
    "http:127.0.0.1:{port}/",
    "//127.0.0.1:{port}/",
    "127.0.0.1:{port}/",
    "http://:{port}/",
    "http://a..b:{port}/",
    "http://-a.example:{port}/",
    "http://127.0.0.1:0/",
    "http://127.0.0.1:65536/",
    "http://127.0.0.1:-1/",
    "http://127.0.0.1:{port}:80/",
    "http://" + "a" * 64 + ".example:{port}/",
    "http://127.0.0.1:{port}/" + "a" * 5000,
)
OTHER_SCHEMES = (
    "file:///etc/passwd",
    "FILE:///etc/passwd",
    "ftp://127.0.0.1:{port}/",
    "gopher://127.0.0.1:{port}/_x",
    "dict://127.0.0.1:{port}/info",
    "ldap://127.0.0.1:{port}/",
    "ws://127.0.0.1:{port}/",
    "data:text/html,hello",
    "javascript:alert(1)",
    "jar:http://127.0.0.1:{port}!/a",
    "unix:/var/run/docker.sock",
    "http+unix://%2Fvar%2Frun%2Fdocker.sock/info",
)


def shown(address: str) -> str:
    return f"[{address}]" if ":" in address else address


class Names:
    """A name server's part: answers each look-up with the next list of addresses, the last one for good."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self._answers = list(answers)
        self.asked: list[str] = []

    def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]


@pytest.mark.parametrize("address", [*ADDRESSES, *own_addresses()])
def test_address_written_out(address: str, listener: Listener) -> None:
    if not forbidden(ip_address(address)):
        pytest.skip("this machine has a public address")
    with CONNECTIONS.watched() as made, pytest.raises(FetchRefused):
        fetcher().fetch(f"http://{shown(address)}:{listener.port}/")
    assert made == []
    assert listener.count == 0


@pytest.mark.parametrize("address", ADDRESSES)
def test_address_behind_a_name(address: str, listener: Listener) -> None:
    with CONNECTIONS.watched() as made, pytest.raises(FetchRefused, match=r"news\.example leads to"):
        fetcher(resolve=Names([address])).fetch(f"http://news.example:{listener.port}/")
    assert made == []
    assert listener.count == 0


@pytest.mark.parametrize("address", ADDRESSES)
def test_address_behind_a_redirect(address: str, listener: Listener, open_site: Site) -> None:
    open_site.pages["/leads"] = redirect(f"http://{shown(address)}:{listener.port}/")
    with CONNECTIONS.watched() as made, pytest.raises(FetchRefused):
        fetcher(open_site).fetch(open_site.url("/leads"))
    assert set(made) == {("127.0.0.1", open_site.port)}
    assert listener.count == 0


@pytest.mark.parametrize(("address", "before"), [(a, number % 2 == 0) for number, a in enumerate(ADDRESSES)])
def test_address_among_good_ones(address: str, before: bool, listener: Listener) -> None:
    answer = [address, PUBLIC, PUBLIC_6] if before else [PUBLIC, PUBLIC_6, address]
    with CONNECTIONS.watched() as made, pytest.raises(FetchRefused):
        fetcher(resolve=Names(answer)).fetch("http://news.example/")
    assert made == []


@pytest.mark.parametrize("url", [*ODD_URLS, *OTHER_SCHEMES])
def test_odd_url(url: str, listener: Listener) -> None:
    with CONNECTIONS.watched() as made, pytest.raises((FetchRefused, FetchFailed)) as told:  # failed: no such host
        fetcher().fetch(url.format(port=listener.port))
    assert made == []
    assert listener.count == 0
    assert str(told.value).isprintable()


@pytest.mark.parametrize("url", [*ODD_URLS, *OTHER_SCHEMES])
def test_redirect_to_an_odd_url(url: str, listener: Listener, open_site: Site) -> None:
    target = url.format(port=listener.port)
    if not target.isascii() or not target.isprintable():
        pytest.skip("no header can hold it")
    open_site.pages["/odd"] = redirect(target)
    with CONNECTIONS.watched() as made, pytest.raises((FetchRefused, FetchFailed)):  # failed: a path of the same site
        fetcher(open_site).fetch(open_site.url("/odd"))
    assert set(made) == {("127.0.0.1", open_site.port)}
    assert listener.count == 0


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_every_kind_of_redirect_is_vetted(status: int, listener: Listener, open_site: Site) -> None:
    open_site.pages["/moved"] = redirect(f"//127.0.0.1:{listener.port}/", status)
    with pytest.raises(FetchRefused):
        fetcher(open_site).fetch(open_site.url("/moved"))
    assert listener.count == 0


def test_second_redirect_is_vetted(listener: Listener, open_site: Site) -> None:
    open_site.pages |= {"/one": redirect("/two"), "/two": redirect(f"http://localhost:{listener.port}/")}
    with pytest.raises(FetchRefused):
        fetcher(open_site).fetch(open_site.url("/one"))
    assert listener.count == 0


def test_robots_txt_that_leads_elsewhere_is_vetted(listener: Listener) -> None:
    with site({"/robots.txt": redirect(f"http://127.0.0.1:{listener.port}/"), "/a": page("hello")}) as own:
        assert fetcher(own).fetch(own.url("/a")).content == b"hello"
    assert listener.count == 0


@pytest.mark.parametrize("forbidden_second", ["127.0.0.1", "::1", "169.254.169.254", "10.0.0.1"])
def test_rebinding_finds_no_second_look_up(forbidden_second: str) -> None:
    names = Names([PUBLIC], [forbidden_second])
    with CONNECTIONS.watched() as made, pytest.raises((FetchFailed, FetchRefused)):
        fetcher(resolve=names).fetch("http://rebinding.example/")
    assert set(made) <= {(PUBLIC, 80)}
    assert made != []


def test_rebinding_between_robots_txt_and_page_is_seen(listener: Listener, open_site: Site) -> None:
    names = Names(["127.0.0.1"], ["127.0.0.2"])
    with CONNECTIONS.watched() as made, pytest.raises(FetchRefused, match=r"127\.0\.0\.2"):
        fetcher(open_site, resolve=names).fetch(open_site.url("/", "rebinding.example"))
    assert set(made) == {("127.0.0.1", open_site.port)}


def test_connection_goes_to_the_vetted_address_and_asks_for_the_host() -> None:
    with site({"/": page("hello")}) as own:
        names = Names(["127.0.0.1"])
        with CONNECTIONS.watched() as made:
            assert fetcher(own, resolve=names).fetch(own.url("/", "news.example")).content == b"hello"
        assert set(made) == {("127.0.0.1", own.port)}
        assert {headers["Host"] for _, headers in own.asked} == {f"news.example:{own.port}"}
        assert len(names.asked) == len(made) == own.connections  # one look-up a connection


@pytest.mark.parametrize("address", [PUBLIC, PUBLIC_6, "1.1.1.1", "2001:4860:4860::8888", "172.32.0.1", "100.128.0.1"])
def test_public_address_is_connected_to(address: str) -> None:
    assert forbidden(ip_address(address)) is None
    with CONNECTIONS.watched() as made, pytest.raises(FetchFailed, match="does not answer"):
        fetcher(resolve=Names([address])).fetch("https://news.example/")
    assert set(made) == {(address, 443)}


@pytest.mark.parametrize("port", [1, 22, 25, 53, 81, 444, 3306, 5432, 6379, 7687, 8080, 8443, 9200, 11211, 65535])
def test_other_ports_of_public_addresses(port: int) -> None:
    with CONNECTIONS.watched() as made, pytest.raises(FetchRefused, match=f"port {port}"):
        fetcher(resolve=Names([PUBLIC])).fetch(f"http://news.example:{port}/")
    assert made == []


def test_listener_would_notice(listener: Listener) -> None:
    """The proof that the tests above can fail: the same listener, opened by the setting, is connected to."""
    with CONNECTIONS.watched() as made, pytest.raises(FetchFailed):
        fetcher(fetch_allow=f"127.0.0.1:{listener.port}").fetch(f"http://127.0.0.1:{listener.port}/")
    assert listener.count == len(made) > 0
    listener.count = 0


@pytest.mark.parametrize(
    ("setting", "address", "port", "admitted"),
    [
        ("127.0.0.1:8080", "127.0.0.1", 8080, True),
        ("127.0.0.1:8080", "127.0.0.1", 80, False),
        ("127.0.0.1:8080", "127.0.0.2", 8080, False),
        ("127.0.0.1:8080", "::1", 8080, False),
        ("127.0.0.1:8080", "::ffff:127.0.0.1", 8080, False),
        ("127.0.0.1", "127.0.0.1", 443, True),
        ("127.0.0.1", "127.0.0.1", 8080, False),
        ("10.2.0.0/16", "10.2.3.4", 80, True),
        ("10.2.0.0/16", "10.3.0.1", 80, False),
        ("10.2.0.0/16:8080", "10.2.3.4", 8080, True),
        ("[::1]:8443", "::1", 8443, True),
        ("::1", "::1", 80, True),
        ("fd12::/16", "fd12::7", 443, True),
        (" 10.0.0.1 , [fd12::1]:81", "fd12::1", 81, True),
        ("news.example:8080", "10.0.0.1", 8080, False),
    ],
)
def test_setting_opens_what_it_says(setting: str, address: str, port: int, admitted: bool) -> None:
    assert any(opening.admits(ip_address(address), port) for opening in openings(setting)) == admitted


def test_setting_opens_a_port_of_a_host_with_a_public_address() -> None:
    given = {"fetch_allow": "news.example:8080"}
    with CONNECTIONS.watched() as made, pytest.raises(FetchFailed, match="does not answer"):
        fetcher(resolve=Names([PUBLIC]), **given).fetch("http://news.example:8080/")
    assert set(made) == {(PUBLIC, 8080)}
    for host, address, port in (("news.example", "10.0.0.1", 8080), ("other.example", PUBLIC, 8080)):
        with pytest.raises(FetchRefused):
            fetcher(resolve=Names([address]), **given).fetch(f"http://{host}:{port}/")


@pytest.mark.parametrize(
    "entry", ["localhost", "127.0.0.1:0", "127.0.0.1:70000", "10.0.0.1/8", "a b:80", "http://x:80"]
)
def test_setting_that_opens_nothing_is_refused(entry: str) -> None:
    with pytest.raises(WrongParameter, match="TALENTGRAPH_FETCH_ALLOW"):
        openings(entry)
