"""The web as a source: pages, feeds and sitemaps of real servers."""

import gzip
from collections.abc import Iterator

import pytest

from graph.frame import Document
from ingest.sources import Failure, Options, Page, web
from ingest.sources.listings import root
from ingest.text import document, documents
from tests.web_server import Answer, Site, fetcher, page, raw, redirect, site

ARTICLE = """<!doctype html><html lang="en"><head><title>{title}</title>
<meta property="og:site_name" content="Example Gazette">{more}</head><body><nav>Menu</nav><article><h1>{title}</h1>
<p>A battery maker in Zhejiang hired ten engineers from Sweden, the company said in a statement on Monday morning.</p>
<p>{title}: the offers include a flat and a salary well above what local firms pay, according to two of them.</p>
</article></body></html>"""
DATED = '<meta property="article:published_time" content="2026-03-02T08:00:00Z">'
RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>The Feed</title>
<language>en</language><link>https://news.example/</link><description>News</description>{items}</channel></rss>"""
ATOM = """<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Feed</title>
<id>urn:feed</id><updated>2026-03-04T00:00:00Z</updated>{items}</feed>"""
URLSET = '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{items}</urlset>'
INDEX = '<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{items}</sitemapindex>'
LAUGHS = """<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "{b}"><!ENTITY c "{c}">
<!ENTITY f SYSTEM "file:///etc/passwd">]>""".format(b="&a;" * 50, c="&b;" * 50)


@pytest.fixture
def own() -> Iterator[Site]:
    with site() as running:
        yield running


def article(title: str, more: str = "") -> Answer:
    return page(ARTICLE.format(title=title, more=more))


def rss(own: Site, *paths: str, more: str = "", day: str = "02", **headers: str) -> Answer:
    items = "".join(
        f"<item><title>About {path}</title><link>{own.url(path)}</link>{more}"
        f"<pubDate>{day} Mar 2026 23:30:00 -0800</pubDate></item>"
        for path in paths
    )
    return page(RSS.format(items=items), kind="application/rss+xml", **headers)


def locations(own: Site, *paths: str, tag: str = "url") -> str:
    return "".join(
        f"<{tag}><loc>{own.url(path)}</loc><lastmod>2026-03-0{n}</lastmod></{tag}>" for n, path in enumerate(paths, 1)
    )


def read(own: Site, address: str) -> list[Document | Failure]:
    return list(documents(web.read(address, fetcher(own), Options())))


def failure(own: Site, address: str) -> str:
    (found,) = read(own, address)
    assert isinstance(found, Failure)
    return found.reason


def found_urls(own: Site, address: str) -> list[str]:
    found = read(own, address)
    assert all(isinstance(one, Document) for one in found), found
    return [one.url.removeprefix(own.url("")) for one in found if isinstance(one, Document) and one.url]


def test_page_says_title_publisher_date_and_language(own: Site) -> None:
    own.pages["/a"] = article("Ten engineers move", DATED)
    (found,) = read(own, own.url("/a"))
    assert isinstance(found, Document)
    assert (found.title, found.publisher, str(found.date), found.lang) == (
        "Ten engineers move",
        "Example Gazette",
        "2026-03-02",
        "en",
    )
    assert "Menu" not in found.text
    assert found.source == found.url == own.url("/a")


def test_document_is_known_by_where_it_was_found(own: Site) -> None:
    """Not by what the page claims: any page could claim to be another one's."""
    own.pages |= {
        "/short": redirect("/a"),
        "/a": article("Title", '<link rel="canonical" href="https://other.example/else">'),
    }
    assert found_urls(own, own.url("/short")) == ["/a"]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (ARTICLE.format(title="浙江企业招聘工程师", more="").encode("gb18030"), "text/html; charset=gb18030"),
        (ARTICLE.format(title="浙江企业招聘工程师", more="").encode("utf-8"), "text/html; charset=iso-8859-1"),
        (ARTICLE.format(title="浙江企业招聘工程师", more="").encode("utf-8"), "text/html; charset=nonsense"),
        (ARTICLE.format(title="浙江企业招聘工程师", more="").encode("utf-8"), "application/octet-stream"),
        (ARTICLE.format(title="浙江企业招聘工程师", more="").encode("utf-8"), ""),
    ],
    ids=["only the header says it", "the header lies", "unknown", "wrong type", "no type"],
)
def test_charset_and_type_that_lie(own: Site, body: bytes, kind: str) -> None:
    own.pages["/a"] = page(body, kind=kind)
    (found,) = read(own, own.url("/a"))
    assert isinstance(found, Document)
    assert found.title == "浙江企业招聘工程师"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(500), "text/html"),
        (b"", "text/html"),
        (b"<html><body></body></html>", "text/html"),
    ],
)
def test_page_without_text(own: Site, body: bytes, kind: str) -> None:
    own.pages["/a"] = page(body, kind=kind)
    assert failure(own, own.url("/a"))


def test_address_that_fails(own: Site) -> None:
    assert "not there" in failure(own, own.url("/none"))
    assert "this machine" in failure(own, "http://127.0.0.1:9/a")


# Feeds


@pytest.mark.parametrize("prefix", ["", "feed:"])
def test_feed_leads_to_its_pages(own: Site, prefix: str) -> None:
    own.pages |= {"/news": rss(own, "/a", "/b", "/a"), "/a": article("A", DATED), "/b": article("B")}
    a, b = read(own, prefix + own.url("/news"))
    assert isinstance(a, Document)
    assert isinstance(b, Document)
    assert (a.title, a.publisher, str(a.date)) == ("A", "Example Gazette", "2026-03-02")
    assert (b.title, b.publisher, str(b.date)) == (
        "B",
        "Example Gazette",
        "2026-03-02",
    )  # the feed's day, as it was there
    assert own.paths() == ["/news", "/a", "/b"]


def test_atom_feed_with_relative_links(own: Site) -> None:
    entry = (
        '<entry><title>A</title><id>urn:{0}</id><updated>2026-03-03T00:00:00Z</updated><link href="../{0}"/>{1}</entry>'
    )
    items = "<author><name>Ida Falk</name></author>" + entry.format("a", "")
    items += entry.format("b", "<author><name>Jane Exemple</name></author><author><name>Bob Muster</name></author>")
    own.pages |= {"/feeds/all": page(ATOM.format(items=items), kind="text/plain")}
    own.pages |= {"/a": article("A"), "/b": article("B", '<meta name="author" content="Bob Muster">')}
    a, b = read(own, own.url("/feeds/all"))
    assert isinstance(a, Document)
    assert isinstance(b, Document)
    assert (a.url, a.author) == (own.url("/a"), "Ida Falk")  # the feed's, where entry and page name none
    assert b.author == "Bob Muster"
    del own.pages["/b"]
    assert [one.author for one in read(own, own.url("/feeds/all")) if isinstance(one, Document)] == ["Ida Falk"]


def test_entry_whose_page_cannot_be_had_gives_what_the_feed_has_of_it(own: Site) -> None:
    text = "A chip maker in Shenzhen hired nine engineers from Norway, the firm said on Tuesday. " * 3
    more = f"<author>desk@news.example (Jane Exemple)</author><description>&lt;p&gt;{text}&lt;/p&gt;</description>"
    own.pages["/news"] = rss(own, "/gone", more=more)
    (found,) = read(own, own.url("/news"))
    assert isinstance(found, Document)
    assert found.text.startswith("A chip maker in Shenzhen hired nine engineers from Norway")
    assert (found.url, found.title, found.publisher, str(found.date)) == (
        own.url("/gone"),
        "About /gone",
        "The Feed",
        "2026-03-02",
    )
    assert found.author == "Jane Exemple"


def test_one_bad_entry_leaves_the_others(own: Site) -> None:
    own.pages |= {"/news": rss(own, "/gone", "/a"), "/a": article("A")}
    gone, a = read(own, own.url("/news"))
    assert isinstance(gone, Failure)
    assert gone.path == own.url("/gone")
    assert isinstance(a, Document)


def test_entry_that_leads_to_a_forbidden_address(own: Site) -> None:
    items = (
        "<item><link>http://169.254.169.254/latest/meta-data/</link></item><item><link>file:///etc/passwd</link></item>"
    )
    own.pages["/news"] = page(RSS.format(items=items))
    assert all(isinstance(one, Failure) for one in read(own, own.url("/news")))


@pytest.mark.parametrize(
    "body",
    [
        LAUGHS + '<rss version="2.0"><channel><title>&c;</title></channel></rss>',
        (LAUGHS + '<rss version="2.0"><channel><title>&f;</title></channel></rss>').replace(
            '<?xml version="1.0"?>', ""
        ),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_feed_with_entities(own: Site, body: str, encoding: str) -> None:
    own.pages["/news"] = page(body.encode(encoding))
    assert "declares entities" in failure(own, own.url("/news"))


def test_what_is_no_feed(own: Site) -> None:
    own.pages["/news"] = article("No feed")
    assert "is no feed" in failure(own, "feed:" + own.url("/news"))


def test_page_that_names_its_feed(own: Site) -> None:
    link = "<link title='News' href='news?a=1&amp;b=2' type=application/rss+xml rel='alternate nofollow'>"
    own.pages |= {"/": article("Home", link), "/news?a=1&b=2": rss(own, "/a"), "/a": article("A")}
    assert found_urls(own, "feed:" + own.url("/")) == ["/a"]
    assert found_urls(own, own.url("/")) == ["/"]
    own.pages["/"] = article("Home", link.replace("news?a", "http://169.254.169.254/news?a"))
    assert "169.254.169.254" in failure(own, "feed:" + own.url("/"))


def test_feed_without_entries(own: Site) -> None:
    own.pages["/news"] = rss(own)
    assert read(own, own.url("/news")) == []


def test_deep_feed_is_no_trouble(own: Site) -> None:
    own.pages["/news"] = page("<rss version='2.0'>" + "<a>" * 2_000, kind="application/rss+xml")
    assert read(own, own.url("/news")) == []


# Sitemaps


@pytest.mark.parametrize("prefix", ["", "sitemap:"])
def test_sitemap_leads_to_its_pages_newest_first(own: Site, prefix: str) -> None:
    own.pages |= {f"/{name}": article(name) for name in "abc"}
    own.pages["/map.xml"] = page(URLSET.format(items=locations(own, "/a", "/b", "/c", "/c")))
    assert found_urls(own, prefix + own.url("/map.xml")) == ["/c", "/b", "/a"]


def test_sitemap_of_news_says_what_its_pages_leave_out(own: Site) -> None:
    said = """<n:news xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><n:publication><n:name>The Map</n:name>
        <n:language>en</n:language></n:publication><n:publication_date>2026-03-01T09:00:00+01:00</n:publication_date>
        <n:title>A title</n:title></n:news>"""
    own.pages["/map.xml"] = page(URLSET.format(items=f"<url><loc>{own.url('/a')}</loc>{said}</url>"))
    own.pages["/a"] = page("A battery maker in Zhejiang hired ten engineers from Sweden.", kind="text/plain")
    (found,) = read(own, own.url("/map.xml"))
    assert isinstance(found, Document)
    assert (found.title, str(found.date), found.publisher) == ("A title", "2026-03-01", "The Map")


def test_index_of_packed_sitemaps(own: Site) -> None:
    own.pages |= {f"/{name}": article(name) for name in "ab"}
    own.pages["/index.xml"] = page(
        INDEX.format(items=locations(own, "/1.xml.gz", "/none.xml", "/2.xml", tag="sitemap"))
    )
    own.pages["/1.xml.gz"] = page(
        gzip.compress(URLSET.format(items=locations(own, "/a")).encode()), kind="application/gzip"
    )
    own.pages["/2.xml"] = page(URLSET.format(items=locations(own, "/b")))
    found = read(own, own.url("/index.xml"))
    assert [one.url if isinstance(one, Document) else one.path for one in found] == [
        own.url(path) for path in ("/a", "/none.xml", "/b")
    ]
    assert isinstance(found[1], Failure)
    assert not found[1].document
    assert found_urls(own, own.url("/1.xml.gz")) == ["/a"]


@pytest.mark.parametrize("named", [True, False])
def test_sitemap_of_a_host(own: Site, named: bool) -> None:
    place = "/maps/all.xml" if named else "/sitemap.xml"
    own.pages |= {place: page(URLSET.format(items=locations(own, "/a"))), "/a": article("A")}
    if named:
        own.pages["/robots.txt"] = page(f"User-agent: *\nSitemap: {own.url(place)}\n")
    assert found_urls(own, f"sitemap:{own.url('/')}") == ["/a"]


def test_sitemap_of_plain_text(own: Site) -> None:
    own.pages |= {"/map.txt": page(f"{own.url('/a')}\n", kind="text/plain"), "/a": article("A")}
    assert found_urls(own, "sitemap:" + own.url("/map.txt")) == ["/a"]


@pytest.mark.parametrize("named", [True, False])
def test_index_of_a_host(own: Site, named: bool) -> None:
    place = "/maps/index.xml" if named else "/sitemap.xml"
    own.pages |= {
        place: page(INDEX.format(items=locations(own, "/1.xml", "/2.xml", tag="sitemap"))),
        "/1.xml": page(URLSET.format(items=locations(own, "/a"))),
        "/2.xml": page(URLSET.format(items=locations(own, "/b"))),
    } | {f"/{name}": article(name) for name in "ab"}
    if named:
        own.pages["/robots.txt"] = page(f"User-agent: *\nSitemap: {own.url(place)}\n")
    assert found_urls(own, f"sitemap:{own.url('/')}") == ["/a", "/b"]


def test_index_that_leads_to_no_page_says_so_and_ends(own: Site) -> None:
    own.pages["/sitemap.xml"] = page(INDEX.format(items=locations(own, "/sitemap.xml", "/empty.xml", tag="sitemap")))
    own.pages["/empty.xml"] = page(URLSET.format(items=""))
    for address in (own.url("/sitemap.xml"), f"sitemap:{own.url('/')}"):
        assert "name no page" in failure(own, address)
    assert len(own.paths()) == 5, "each once, and the index itself twice where its address was given"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (LAUGHS + "<urlset><url><loc>&c;</loc></url></urlset>", "declares entities"),
        (LAUGHS + "<urlset><url><loc>&f;</loc></url></urlset>", "declares entities"),
        (URLSET.replace("</urlset>", "").format(items="<url><loc>"), "damaged"),
        (gzip.compress(bytes(60_000_000)), "larger than 50,000,000"),
        (gzip.compress(b"<urlset>", mtime=0)[:-9], "sitemap"),
        (ARTICLE, "is no sitemap"),
    ],
)
def test_sitemap_that_is_none(own: Site, body: str | bytes, words: str) -> None:
    own.pages["/map.xml"] = page(body)
    assert words in failure(own, "sitemap:" + own.url("/map.xml"))


def test_host_that_goes_away_amid_a_sitemap(own: Site) -> None:
    own.pages |= {"/map.xml": page(URLSET.format(items=locations(own, "/b", "/a"))), "/a": raw(b""), "/b": article("B")}
    a, b = read(own, own.url("/map.xml"))
    assert isinstance(a, Failure)
    assert isinstance(b, Document)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"<rss>", "rss"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- x --><!DOCTYPE rss SYSTEM 'x'>\n<rss>", "rss"),
        (b"<rdf:RDF xmlns='x'>", "rdf"),
        (b"<a:feed>", "feed"),
        ("<feed>".encode("utf-16"), "feed"),
        (b"<!doctype html><html>", "html"),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><urlset>", "urlset"),
        (b"plain <rss>", ""),
        (b"{}", ""),
        (b"", ""),
        (b"<!--" * 1000, ""),
    ],
)
def test_first_element(data: bytes, name: str) -> None:
    assert root(data) == name


def test_file_of_many_documents(own: Site) -> None:
    lines = '{"text": "Ten engineers moved to Graz."}\n{"text": "Nine moved.", "url": "https://news.example/nine"}\n'
    own.pages["/all.jsonl"] = page(lines, kind="application/octet-stream")
    one, two = read(own, own.url("/all.jsonl"))
    assert isinstance(one, Document)
    assert isinstance(two, Document)
    assert (one.url, two.url) == (None, "https://news.example/nine")
    assert one.source == own.url("/all.jsonl") + ":1"


def test_record_says_its_own_address(own: Site) -> None:
    own.pages["/one"] = page('{"text": "Ten moved.", "url": "https://news.example/ten"}', kind="application/json")
    (one,) = read(own, own.url("/one"))
    assert isinstance(one, Document)
    assert one.url == "https://news.example/ten"


def test_page_given_as_html(own: Site) -> None:
    own.pages["/a"] = article("A")
    (found,) = web.read(own.url("/a"), fetcher(own), Options())
    assert isinstance(found, Page)
    assert document(found).title == "A"
