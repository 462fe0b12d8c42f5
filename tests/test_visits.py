"""Following sources: what is new is read once, what fails is left alone for a while, and nothing stops the others."""

import datetime
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from graph import runs
from graph.frame import Document, Extraction
from graph.store import Store
from ingest.followed import Followed
from ingest.followed_keys import Floor
from ingest.remembered import PAGE, SOURCE, Remembered, remembered
from ingest.removal import erase
from ingest.sources import Options
from ingest.visits import Visitor
from tests.test_web_sources import DATED, INDEX, URLSET, article, locations, rss
from tests.web_server import Site, fetcher, page, raw, site

MONDAY = datetime.datetime(2026, 3, 2, 8, 0, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
DAY = datetime.timedelta(days=1)


class NoClaims:
    """An extractor that reads nothing, and remembers what it was given."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def extract(self, document: Document) -> Extraction:
        self.seen.append((document.url or "").rpartition("/")[2])
        return Extraction(document, extractor="test/1")


class Follower:
    """Visits one source again and again, as `watch` does: what is remembered comes from the store each time."""

    def __init__(self, store: Store, source: Followed, *sites: Site, **settings: Any) -> None:
        self.store, self.source = store, source
        self.extractor = NoClaims()
        self.said: list[str] = []
        self.stopping = threading.Event()
        self._visitor = Visitor(
            store, self.extractor, fetcher(*sites, **settings), Options(), self.stopping.is_set, self.said.append
        )

    def memory(self) -> Remembered:
        return remembered(self.store, [self.source])[0]

    def visit(self, now: datetime.datetime = MONDAY) -> bool:
        return self._visitor.visit(self.memory(), now)


@pytest.fixture
def own() -> Iterator[Site]:
    with site({f"/{name}": article(f"Article {name}") for name in "abcdefgh"}) as running:
        yield running


@pytest.fixture
def feed(own: Site) -> Followed:
    own.pages["/news"] = rss(own, "/a", "/b")
    return Followed("News", own.url("/news"), False, publisher="The Paper", language="en")


def test_feed_that_changes_between_visits(embedded_store: Store, own: Site, feed: Followed) -> None:
    following = Follower(embedded_store, feed, own)
    assert following.visit()
    assert own.paths() == ["/news", "/a", "/b"]
    own.asked.clear()
    assert following.visit(MONDAY + HOUR)
    assert own.paths() == ["/news"]
    assert following.memory().state["note"] == "nothing new"
    own.pages["/news"] = rss(own, "/c", "/a")
    own.asked.clear()
    assert following.visit(MONDAY + 2 * HOUR)
    assert own.paths() == ["/news", "/c"]
    assert following.extractor.seen == ["a", "b", "c"]
    state = following.memory().state
    assert (state["documents"], state["failures"], state["note"]) == (3, 0, "1 stored")
    assert state["next_at"] == (MONDAY + 8 * HOUR).isoformat(timespec="seconds")
    found = embedded_store.read(
        "MATCH (d:Document)-[:PUBLISHED_BY]->(p) RETURN DISTINCT p.name AS name, d.lang AS lang"
    )
    assert found == [{"name": "The Paper", "lang": "en"}]


def test_new_version_of_an_entry_is_read_again(embedded_store: Store, own: Site, feed: Followed) -> None:
    following = Follower(embedded_store, feed, own)
    own.pages |= {"/a": article("Article a", DATED), "/b": article("Article b", DATED)}
    following.visit()
    own.pages["/news"] = rss(own, "/a", "/b", day="04")
    own.pages["/a"] = article("Article a, corrected", DATED)
    own.asked.clear()
    following.visit(MONDAY + DAY)
    assert own.paths() == ["/news", "/a", "/b"]
    assert following.memory().state["note"] == "1 stored, 1 unchanged"


def test_listing_that_did_not_change_is_not_sent_again(embedded_store: Store, own: Site, feed: Followed) -> None:
    body = rss(own, "/a", ETag='"1"')

    def answer(handler: Any) -> None:
        (page(status=304) if handler.headers.get("If-None-Match") == '"1"' else body)(handler)

    own.pages["/news"] = answer
    following = Follower(embedded_store, feed, own)
    assert following.visit()
    assert following.memory().state["etag"] == '"1"'
    assert following.visit(MONDAY + HOUR)
    assert own.asked[-1][1]["If-None-Match"] == '"1"'
    assert following.memory().state["etag"] == '"1"'
    assert own.paths() == ["/news", "/a", "/news"]


def test_page_that_is_followed_itself(embedded_store: Store, own: Site) -> None:
    following = Follower(embedded_store, Followed("Notices", own.url("/a"), False), own)
    for number, (title, note) in enumerate([("Old", "1 stored"), ("Old", "1 unchanged"), ("New", "1 stored")]):
        own.pages["/a"] = article(title)
        assert following.visit(MONDAY + number * HOUR)
        assert following.memory().state["note"] == note


def test_folder_that_is_followed(embedded_store: Store, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A battery maker in Zhejiang hired ten engineers from Sweden.")
    following = Follower(embedded_store, Followed("Reports", str(tmp_path), True))
    assert following.visit()
    assert following.memory().state["documents"] == 1
    (tmp_path / "b.txt").write_text("A chip maker in Shenzhen hired nine engineers from Norway.")
    assert following.visit(MONDAY + HOUR)
    assert following.memory().state["documents"] == 2
    assert Follower(embedded_store, Followed("Pattern", f"{tmp_path}/*.txt", True)).visit(MONDAY + HOUR)
    assert not Follower(embedded_store, Followed("None", str(tmp_path / "none"), True)).visit()


def test_sitemap_whose_parts_did_not_change_is_passed_over(embedded_store: Store, own: Site) -> None:
    own.pages["/index.xml"] = page(INDEX.format(items=locations(own, "/1.xml", "/2.xml", tag="sitemap")))
    own.pages |= {
        f"/{n}.xml": page(URLSET.format(items=locations(own, f"/{name}"))) for n, name in ((1, "a"), (2, "b"))
    }
    following = Follower(embedded_store, Followed("Map", own.url("/index.xml"), False), own)
    following.visit()
    assert own.paths() == ["/index.xml", "/1.xml", "/a", "/2.xml", "/b"]
    own.asked.clear()
    following.visit(MONDAY + HOUR)
    assert own.paths() == ["/index.xml"]
    own.pages["/index.xml"] = page(INDEX.format(items=locations(own, "/1.xml", "/3.xml", "/2.xml", tag="sitemap")))
    own.pages["/2.xml"] = page(URLSET.format(items=locations(own, "/b", "/c")))
    own.asked.clear()
    following.visit(MONDAY + 2 * HOUR)
    assert own.paths() == ["/index.xml", "/3.xml", "/2.xml", "/c"]


def test_no_more_pages_than_wanted_a_visit(embedded_store: Store, own: Site) -> None:
    own.pages["/map.xml"] = page(URLSET.format(items=locations(own, "/a", "/b", "/c", "/d", "/e")))
    following = Follower(embedded_store, Followed("Map", own.url("/map.xml"), False, at_most=2), own)
    for number, expected in enumerate([["e", "d"], ["c", "b"], ["a"], []]):
        following.extractor.seen.clear()
        following.visit(MONDAY + number * HOUR)
        assert following.extractor.seen == expected
        assert ("more to come" in following.memory().state["note"]) == (number < 2)


def test_page_that_fails_in_passing_is_tried_again(embedded_store: Store, own: Site, feed: Followed) -> None:
    own.pages["/a"] = page("no", 503)
    following = Follower(embedded_store, feed, own)
    assert following.visit()
    assert following.memory().state["note"] == "1 stored, 1 to be tried again"
    own.pages["/a"] = article("Article a")
    following.visit(MONDAY + HOUR)
    assert following.extractor.seen == ["b", "a"]


def test_page_that_is_gone_is_tried_once(embedded_store: Store, own: Site, feed: Followed) -> None:
    own.pages["/a"] = page("no", 404)
    following = Follower(embedded_store, feed, own)
    following.visit()
    own.asked.clear()
    following.visit(MONDAY + HOUR)
    assert own.paths() == ["/news"]
    assert [row["path"] for row in embedded_store.kept("Quarantined")] == [own.url("/a")]


def test_host_that_goes_away_midway_is_given_up_and_come_back_to(embedded_store: Store, own: Site) -> None:
    own.pages["/news"] = rss(own, *(f"/{name}" for name in "abcdefgh"))
    own.pages |= {f"/{name}": raw(b"") for name in "cdefgh"}
    following = Follower(embedded_store, Followed("News", own.url("/news"), False), own)
    assert not following.visit()
    assert following.extractor.seen == ["a", "b"]
    assert set(own.paths()) == {"/news", "/a", "/b", "/c", "/d", "/e"}
    assert following.memory().state["failures"] == 1
    own.pages |= {f"/{name}": article(f"Article {name}") for name in "cdefgh"}
    assert following.visit(MONDAY + HOUR)
    assert following.extractor.seen == list("abcdefgh")
    assert following.memory().state["failures"] == 0


def test_pauses_grow_while_a_source_fails(embedded_store: Store, own: Site, feed: Followed) -> None:
    own.pages["/news"] = page("no", 500)
    following = Follower(embedded_store, feed, own)
    now, pauses = MONDAY, []
    for _ in range(11):
        assert following.memory().due(now)
        assert not following.visit(now)
        next_at = following.memory().next_at
        assert next_at is not None
        assert not following.memory().due(next_at - datetime.timedelta(seconds=1))
        pauses.append((next_at - now) / datetime.timedelta(minutes=1))
        now = next_at
    assert pauses == [5, 10, 20, 40, 80, 160, 320, 640, 1280, 1440, 1440]
    assert "500" in following.memory().state["note"]


def test_a_host_that_says_when_to_come_back_is_believed(embedded_store: Store, own: Site, feed: Followed) -> None:
    own.pages["/news"] = page("no", 429, Retry_After="7200")
    following = Follower(embedded_store, feed, own)
    assert not following.visit()
    assert following.memory().next_at == MONDAY + 2 * HOUR
    assert own.paths() == ["/news"]


def test_stop_ends_after_the_page_under_way(embedded_store: Store, own: Site, feed: Followed) -> None:
    following = Follower(embedded_store, feed, own)
    first = own.pages["/a"]

    def stop(handler: Any) -> None:
        following.stopping.set()
        first(handler)

    own.pages["/a"] = stop
    following.visit()
    assert own.paths() == ["/news", "/a"]
    assert following.extractor.seen == ["a"]
    assert following.memory().due(MONDAY)
    following.stopping.clear()
    own.asked.clear()
    following.visit(MONDAY + HOUR)
    assert own.paths() == ["/news", "/b"]


def test_floor(embedded_store: Store, own: Site, feed: Followed) -> None:
    expecting = Followed(feed.name, feed.place, False, at_least=Floor(2, 7))
    following = Follower(embedded_store, expecting, own)
    assert following.memory().silent(MONDAY.date()) is None
    following.visit()
    assert following.memory().silent(MONDAY.date()) is None  # too early to say
    sunday = MONDAY.date() + datetime.timedelta(days=6)
    assert following.memory().recent(sunday, 7) == 2
    assert following.memory().silent(sunday + DAY) is True
    own.pages["/news"] = rss(own, "/c", "/d")
    following.visit(MONDAY + 6 * DAY)
    assert following.memory().silent(sunday + DAY) is False


def test_pages_that_are_named_no_more_are_forgotten_in_time(embedded_store: Store, own: Site, feed: Followed) -> None:
    following = Follower(embedded_store, feed, own)
    following.visit()
    own.pages["/news"] = rss(own, "/b", "/c")
    following.visit(MONDAY + 20 * DAY)
    assert [following.memory().version(own.url(f"/{name}")) is not None for name in "abc"] == [True, True, True]
    following.visit(MONDAY + 50 * DAY)
    assert [following.memory().version(own.url(f"/{name}")) is not None for name in "abc"] == [False, True, True]


def test_a_visit_without_news_makes_no_run_and_changes_no_answer(
    embedded_store: Store, own: Site, feed: Followed
) -> None:
    following = Follower(embedded_store, feed, own)
    following.visit()
    runs, revision = len(embedded_store.kept("Run")), embedded_store.revision()
    following.visit(MONDAY + HOUR)
    assert (len(embedded_store.kept("Run")), embedded_store.revision()) == (runs, revision)


def test_memory_and_ratings_on_every_engine(store: Store, own: Site, feed: Followed) -> None:
    following = Follower(store, feed, own)
    following.visit()
    assert [following.memory().version(own.url(f"/{name}")) is not None for name in "abc"] == [True, True, False]
    assert len(store.kept(SOURCE)) == 1
    assert len(store.kept(PAGE)) == 2
    revision = store.revision()
    assert store.rate({"The Paper": 0.8, "Nobody": 0.2}) == 1
    assert store.revision() == revision + 1
    assert store.rate({"The Paper": 0.8, "Nobody": 0.2}) == 0
    assert store.revision() == revision + 1
    read = "MATCH (p:Publisher) RETURN p.name AS name, p.reliability AS reliability"
    assert store.read(read) == [{"name": "The Paper", "reliability": 0.8}]
    assert store.rate({"The Paper": None}) == 1
    assert store.read(read) == [{"name": "The Paper", "reliability": None}]
    assert store.rate({}) == 0


def test_the_address_of_an_erased_page_is_kept_nowhere_and_it_is_not_read_again(
    embedded_store: Store, own: Site, feed: Followed
) -> None:
    following = Follower(embedded_store, feed, own)
    with runs.turn(embedded_store, f"ingest {own.url('/a')}"):
        pass
    assert following.visit()
    erase(embedded_store, own.url("/a"))
    query = "MATCH (n) RETURN properties(n) AS p"
    assert not any(own.url("/a") in str(row["p"].values()) for row in embedded_store.read(query))
    own.asked.clear()
    own.pages["/news"] = rss(own, "/a", "/b", "/c")
    assert following.visit(MONDAY + DAY)
    assert own.paths() == ["/news", "/c"]


def test_table_whose_columns_are_called_otherwise(embedded_store: Store, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    text = "A robotics company in Zhejiang hired twenty AI engineers from Germany last year, a recruiter said."
    table.write_text(f'Body,Where\n"{text}",https://example.org/1\n', encoding="utf-8")
    following = Follower(embedded_store, Followed("Table", str(table), True, columns={"text": "Body", "url": "Where"}))
    assert following.visit()
    assert embedded_store.read("MATCH (d:Document) RETURN d.url AS url") == [{"url": "https://example.org/1"}]


def test_how_often_is_changed_at_once(embedded_store: Store, own: Site, feed: Followed) -> None:
    following = Follower(embedded_store, feed, own)
    assert following.visit()
    for hours in (1, 48):
        following.source = replace(feed, every=hours * HOUR)
        assert following.memory().next_at == MONDAY + hours * HOUR
