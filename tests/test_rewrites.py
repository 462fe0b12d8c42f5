"""Rewrites join, other events stay apart, translations are proposed; in the store a story splits and counts follow."""

import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.frame import Document
from graph.store import Store
from ingest import removal, run
from ingest.counted import counted_alike
from ingest.extraction import Extractor
from ingest.figures import figures, telling
from ingest.known import stories, stories_without
from ingest.rewrites import COUNTED, Account, is_rewrite, likeness, may_translate, near_in_time, traces
from ingest.sources import Page
from tests.eval import story_pairs

WIRE = (
    "Halden Robotics of Porto has hired 64 engineers from Turin for 1.2 million euros, its head Ana Reis said. "
    "They will work on walking machines in Braga and were promised flats for 18 months. The union in Turin protested "
    "against the 40 per cent rise in pay."
)
REWRITE = (
    "Sixty-four engineers leave Turin for Portugal: Halden Robotics, based in Porto, spends €1.2m to win them. "
    "Pay rises by 40%, said Ana Reis, its director, and flats in Braga are free for 18 months while they work on "
    "machines that walk. Turin's union is angry."
)
OTHER = (
    "Halden Robotics of Porto has sold 300 walking machines to a warehouse in Turin for 7 million euros, its head Ana"
    " Reis said on Tuesday. The union fears for 90 jobs there. Deliveries begin in Braga within 5 months."
)
CHINESE = (
    "总部位于波尔图的Halden Robotics以120万欧元从都灵招聘了64名工程师，薪酬上涨40%。"
    "他们将在布拉加从事步行机器人研发，并可免费住房18个月。"
)


@pytest.mark.parametrize("parts", [story_pairs.PARTS, story_pairs.ADVERSARIAL])
def test_labelled_pairs(parts: tuple[str, ...]) -> None:
    pairs = [pair for part in parts for pair in story_pairs.judged(part)]
    precision, recall = story_pairs.precision_and_recall(pairs)
    wrong = [pair for pair in pairs if pair.expected != pair.found]
    assert precision >= 0.95, wrong
    assert recall >= 0.8, wrong
    assert not [pair for pair in wrong if pair.expected == story_pairs.PROPOSED and pair.found == story_pairs.JOINED]


@pytest.mark.parametrize("parts", [story_pairs.PARTS, story_pairs.ADVERSARIAL])
def test_there_are_enough_labelled_pairs_of_every_kind(parts: tuple[str, ...]) -> None:
    pairs = [pair for part in parts for pair in story_pairs.judged(part)]
    assert sum(p.expected == story_pairs.JOINED and "rewrite" in p.kind for p in pairs) >= 30
    assert sum(p.expected == story_pairs.APART and p.kind != "unrelated" for p in pairs) >= 30


def test_there_are_enough_translations() -> None:
    pairs = [pair for part in story_pairs.PARTS for pair in story_pairs.judged(part)]
    assert sum(p.expected == story_pairs.PROPOSED for p in pairs) >= 8


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("sixty posts", ["60"]),
        ("twenty-two chairs", ["22"]),
        ("1,340 people", ["1340"]),
        ("€1.2m and C$64m", ["1200000", "64000000"]),
        ("2.8 billion yuan", ["2800000000"]),
        ("一共120万元，3名", ["1200000", "3"]),
        ("30 per cent, 30% or thirty percent", ["30%"]),
        ("thirty floors", ["30"]),
        ("in 2025 and 1999", []),
        ("five million", ["5000000"]),
        ("no figure", []),
        ("1,2,3.", ["123"]),
        ("in 2023, 2,023 of them", ["2023"]),
    ],
)
def test_figures(text: str, found: list[str]) -> None:
    assert list(figures(text)) == found


def test_small_figures_tell_little() -> None:
    assert [telling(figure) for figure in ("9", "10", "3%")] == [False, True, True]


def test_a_figure_that_counts_something_else_is_not_the_same() -> None:
    told = "Halden lost 64 engineers to Porto. Pay rises by 40 per cent."
    again = "Pay goes up by 40% in Porto, where 64 engineers of Halden start."
    other = "Halden sold 40 per cent of its shares. The fair in Porto had 64 stands."
    assert counted_alike(told, again) == counted_alike(again, told) > counted_alike(told, other)
    assert counted_alike(told, again) >= COUNTED > counted_alike(told, other)


def test_figures_of_their_own_in_both_texts_tell_them_apart() -> None:
    told = "Halden hires 64 engineers in Porto."
    assert counted_alike(told, f"{told} It has 300 staff.") == counted_alike(told, told)
    assert counted_alike(f"{told} Sales rose 12%.", f"{told} It has 300 staff.") < counted_alike(told, told)


def test_texts_without_figures_are_neither_alike_nor_not() -> None:
    assert counted_alike("No figure.", "None here.") == counted_alike("", "64 engineers") == 0.5


@given(st.text(max_size=200))
def test_any_text_has_figures_or_none(text: str) -> None:
    assert all(float(figure.rstrip("%")) >= 0 for figure in figures(text))


def test_a_window_of_three_days_and_none_without_a_date() -> None:
    def on(day: int | None) -> Account:
        return Account("", "en", datetime.date(2025, 3, day) if day else None, (), frozenset())

    assert near_in_time(on(1), on(4))
    assert not near_in_time(on(1), on(5))
    assert near_in_time(on(None), on(None))
    assert not near_in_time(on(1), on(None))


def test_likeness_is_the_same_both_ways_and_languages_are_told_apart() -> None:
    names = (("Company", "company-halden"), ("Region", "PT-porto"), ("Region", "IT-turin"))
    one = Account(WIRE, "en", None, names, frozenset())
    other = Account(REWRITE, "en", None, names, frozenset())
    assert likeness(one, other) == likeness(other, one)
    assert is_rewrite(one, other)
    assert not may_translate(one, other)
    chinese = replace(other, lang="zh", text=CHINESE)
    assert not is_rewrite(one, chinese)
    assert may_translate(one, chinese)


def test_traces_hold_nothing_of_persons() -> None:
    names = (("Company", "company-halden"), ("Person", "person-ana"), ("Region", "PT"))
    without = tuple(name for name in names if name[0] != "Person")
    assert traces(Account(WIRE, "en", None, names, frozenset())) == traces(
        Account(WIRE, "en", None, without, frozenset())
    )
    assert traces(Account(WIRE, "en", None, without, frozenset()))


def pages(*texts: tuple[str, str, str]) -> list[Page]:
    return [
        Page(name, "record", text, {"url": f"https://{name}.example/a", "date": date, "publisher": name})
        for name, date, text in texts
    ]


WIRE_AND_REWRITE = pages(("wire", "2025-03-03", WIRE), ("rewrite", "2025-03-04", REWRITE))


def told(store: Store) -> dict[str, str]:
    """Publisher → the publisher of the document that gave the story its id."""
    rows = store.read(
        "MATCH (p:Publisher)<-[:PUBLISHED_BY]-(d:Document)-[:TELLS]->(s:Story) WHERE d.known_until IS NULL "
        "MATCH (first:Document {id: s.id})-[:PUBLISHED_BY]->(q:Publisher) RETURN p.name AS one, q.name AS other"
    )
    return {row["one"]: row["other"] for row in rows}


def test_a_rewrite_joins_in_a_later_run_and_the_story_knows_its_earliest_document(store: Store) -> None:
    later, earlier = reversed(WIRE_AND_REWRITE), WIRE_AND_REWRITE[0]
    for page in later:  # the rewrite is read first
        run.ingest([page], store, Extractor())
    run.ingest(pages(("other", "2025-03-04", OTHER)), store, Extractor())
    stories_told = told(store)
    assert stories_told["wire"] == stories_told["rewrite"] != stories_told["other"]
    rows = store.read(
        "MATCH (s:Story)<-[t:TELLS]-(d:Document) WITH s, collect(t.similarity) AS near WHERE size(near) = 2 "
        "MATCH (d:Document {id: s.earliest}) RETURN d.url AS url, near"
    )
    assert [row["url"] for row in rows] == [earlier.given["url"]]
    assert all(0 < near < 0.3 for near in rows[0]["near"])


def test_removing_what_held_a_story_together_splits_it_and_counts_follow(store: Store) -> None:
    words = (WIRE + " " + " ".join(f"word{i}" for i in range(60))).split()
    near, far = " ".join(words[:-20]), " ".join(words[20:])  # far from each other, near the middle one
    texts = [("a", near), ("b", " ".join(words)), ("c", far)]
    run.ingest(pages(*((name, "2025-03-03", text) for name, text in texts)), store, _Plain())
    assert len(set(told(store).values())) == 1
    bridge = store.read("MATCH (d:Document {url: 'https://b.example/a'}) RETURN d.id AS id")[0]["id"]
    memberships = stories_without(store, [bridge])
    assert len({membership.story_id for membership in memberships}) == 2
    removal.remove(store, [bridge])
    assert told(store) == {"a": "a", "c": "c"}
    assert stories(store).remove([bridge]) == []


def test_a_translation_is_proposed_and_not_joined(store: Store) -> None:
    run.ingest(WIRE_AND_REWRITE[:1], store, Extractor())
    chinese = Page("zh", "record", CHINESE, {"url": "https://zh.example/a", "date": "2025-03-04", "publisher": "zh"})
    run.ingest([chinese], store, Extractor())
    assert told(store) == {"wire": "wire", "zh": "zh"}
    found = store.read(
        "MATCH (a:Document)-[t:MAY_TRANSLATE]->(b:Document) RETURN a.lang AS a, b.lang AS b, t.likeness AS l"
    )
    assert [{row["a"], row["b"]} for row in found] == [{"en", "zh"}]
    assert found[0]["l"] >= 0.9
    changed = replace(chinese, content="周一大雨。学校照常上课。")
    run.ingest([changed], store, Extractor())
    assert store.read("MATCH (:Document)-[t:MAY_TRANSLATE]->(:Document) RETURN t.likeness AS l") == []


class _Plain:
    """Reads nothing, so that only copies join."""

    def extract(self, document: Document) -> "run.Extraction":
        return run.Extraction(document)
