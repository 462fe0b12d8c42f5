"""Page → document: what is kept, what is said about it, and what is refused."""

import datetime
import re

import pytest

from graph.errors import UnreadableDocument, WrongParameter
from graph.frame import Document
from ingest.sources import Failure, Page
from ingest.text import Overrides, document, documents

PARAGRAPH = "A maker of gearboxes in Graz hired eleven engineers from Ljubljana, it said on Friday. "
HTML = f"""<!doctype html>
<html lang="en-GB"><head><title>Gearboxes | The Desk</title>
<meta property="og:title" content="Gearboxes">
<meta property="og:site_name" content="The Desk">
<script type="application/ld+json">{{"@context": "https://schema.org", "@type": "NewsArticle",
"author": [{{"@type": "Person", "name": "Jane Exemple"}}, {{"@type": "Person", "name": "Bob Muster"}}]}}</script>
<meta property="article:published_time" content="2025-04-05T23:30:00+02:00">
<link rel="canonical" href="https://desk.example.org/gearboxes"></head>
<body><nav><a href="/">Home</a> <a href="/jobs">Jobs for engineers</a></nav>
<article><h1>Gearboxes</h1><p>{PARAGRAPH * 3}</p><p>It offers them flats &amp; school places.</p></article>
<footer>Copyright 1999 The Desk</footer></body></html>"""


def test_text_is_kept_as_given_but_for_line_ends() -> None:
    given = "  A firm\u00a0in Cafe\u0301town \r\nhires.\rMore.\n\n"
    assert document(Page("a.txt", "text", given)).text == "  A firm\u00a0in Cafe\u0301town \nhires.\nMore.\n\n"


WRAPPED = """\
The harbour authority of Split has asked forty marine engineers from
Rijeka to come south. It pays for the move, two of them said, and for
a flat. A third one declined.

A list follows:
- one engineer
- two engineers
"""


def test_wrapped_lines_of_a_text_file_are_joined_and_every_character_stays_in_place() -> None:
    read = document(Page("a.txt", "text", WRAPPED.replace("\n", "\r\n")))
    assert read.text.startswith(WRAPPED[:137].replace("\n", " "))
    assert read.text.endswith("\n\nA list follows:\n- one engineer\n- two engineers\n")
    assert len(read.text) == len(WRAPPED)
    assert document(Page("a.json", "record", WRAPPED)).text == WRAPPED


@pytest.mark.parametrize(
    "text",
    [
        "A short line.\nAnother short line.\nA third short line.",
        "\n".join(f"Each of these paragraphs of one sentence ends with a full stop: number {i}." for i in range(5)),
        "\n".join("A paragraph of one line, as long as articles have them. " * 4 for _ in range(3)),
        "\n".join(f"{i}. An item of a numbered list which is about as long as a wrapped line" for i in range(4)),
    ],
)
def test_lines_that_are_paragraphs_stay_apart(text: str) -> None:
    assert document(Page("a.txt", "text", text)).text == text


def test_a_document_without_url_is_known_by_its_text_and_one_with_a_url_by_that() -> None:
    one, other = (document(Page(path, "text", "The same text.")) for path in ("a.txt", "b.txt"))
    assert one.id == other.id
    first, second = (
        document(Page("a", "text", text, {"url": url}))
        for text, url in (
            ("One.", "https://www.example.org/a/?utm_source=x#top"),
            ("Two.", "http://example.org/a"),
        )
    )
    assert first.id == second.id
    assert first.revision != second.revision


def test_records_say_what_is_known_about_them() -> None:
    given = {
        "id": 7,
        "url": "https://example.org/x",
        "title": " A\n title ",
        "publisher": "The Desk",
        "date": "2025-03-01T23:59:59Z",
        "lang": "zh-Hans",
    }
    read = document(Page("feed.jsonl:3", "text", "text", given))
    assert (read.given_id, read.url, read.title, read.publisher) == (
        "7",
        "https://example.org/x",
        "A title",
        "The Desk",
    )
    assert (read.date, read.lang, read.source) == (datetime.date(2025, 3, 1), "zh", "feed.jsonl:3")


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2025-03", datetime.date(2025, 3, 1)),
        ("2025", None),
        ("2025-03-04 (as the page says)", datetime.date(2025, 3, 4)),
        ("2025-03-04 08:15", datetime.date(2025, 3, 4)),
    ],
)
def test_a_month_stands_for_its_first_day_and_a_year_for_none(written: str, day: datetime.date | None) -> None:
    assert document(Page("a.json", "text", "text", {"date": written})).date == day


@pytest.mark.parametrize("written", ["yesterday", "2025-13", "2025-02-30", "20250304", "04/03/2025"])
def test_a_date_that_is_none_is_said(written: str) -> None:
    with pytest.raises(UnreadableDocument, match=re.escape(written)):
        document(Page("a.json", "text", "text", {"date": written}))


def test_the_language_is_told_from_the_text_where_nobody_says_it() -> None:
    assert document(Page("a", "text", "一家公司正在招聘工程师，并提供住房。")).lang == "zh"
    assert document(Page("a", "text", PARAGRAPH)).lang == "en"


def test_a_web_page_gives_its_main_text_and_what_it_declares() -> None:
    read = document(Page("page.html", "html", HTML))
    assert read.text == f"{PARAGRAPH.strip()} {PARAGRAPH.strip()} {PARAGRAPH}".strip() + (
        "\nIt offers them flats & school places."
    )
    assert (read.title, read.publisher, read.lang) == ("Gearboxes", "The Desk", "en")
    assert read.date == datetime.date(2025, 4, 5)
    assert read.url == "https://desk.example.org/gearboxes"
    assert read.author == "Jane Exemple; Bob Muster"


def test_an_author_is_a_full_name_wherever_it_is_said() -> None:
    bare = HTML.replace("application/ld+json", "text/plain")
    meta = [
        bare.replace("<head>", f'<head><meta name="author" content="{name}">') for name in ("Jane Exemple", "admin")
    ]
    feed = {"author": "Ida Falk"}
    assert document(Page("a.html", "html", meta[0], assumed=feed)).author == "Jane Exemple"
    assert document(Page("a.html", "html", meta[1], assumed=feed)).author == "Ida Falk"
    assert document(Page("a.jsonl:1", "record", "Text.", {"author": ["Ida Falk", "Mia"]})).author == "Ida Falk"
    assert document(Page("a.md", "markdown", "---\nauthor: 'Falk, Ida'\n---\nText."), Overrides()).author == "Ida Falk"
    said = Overrides(author="Bob Muster")
    assert document(Page("a.jsonl:1", "record", "Text.", feed), said).author == "Bob Muster"


def test_a_web_page_without_a_declared_date_has_none() -> None:
    bare = HTML.replace('<meta property="article:published_time" content="2025-04-05T23:30:00+02:00">', "")
    assert document(Page("page.html", "html", bare)).date is None


def test_a_careless_head_does_not_cost_a_web_page_its_text() -> None:
    careless = HTML.replace('lang="en-GB"', 'lang="x-default-1"').replace(
        "https://desk.example.org/gearboxes", "http://["
    )
    read = document(Page("page.html", "html", careless))
    assert (read.url, read.lang, read.title) == (None, "en", "Gearboxes")


def test_markdown_loses_its_marks_and_its_front_matter_speaks() -> None:
    read = document(
        Page(
            "a.md",
            "markdown",
            "---\r\ntitle: 'Gears: a note'\r\ndate: 2025-03-01\r\nsite: Desk\r\n---\r\n\r\n# Gears\r\n\r\n"
            "A firm in *Graz*\r\nhires [**people**](https://x.example) &amp; robots.\r\n\r\n"
            "- one\r\n- two\r\n\r\n> Said.\r\n\r\n| a | b |\r\n|---|---|\r\n| 1 | 2 |\r\n\r\n```\r\ncode\r\n```\r\n",
        )
    )
    assert read.text == "A firm in Graz hires people & robots.\n\none\ntwo\n\nSaid.\n\na; b\n1; 2"
    assert (read.title, read.publisher, read.date) == ("Gears: a note", "Desk", datetime.date(2025, 3, 1))


def test_a_first_heading_is_the_title_and_a_rule_is_no_front_matter() -> None:
    read = document(Page("a.md", "markdown", "# Gears\n\nText.\n\n## Part\n\n---\n\nMore.\n"))
    assert (read.title, read.text) == ("Gears", "Text.\n\nPart\n\nMore.")
    assert document(Page("a.md", "markdown", "---\n\nText.\n")).text == "Text."


def test_what_the_user_says_goes_before_what_the_page_says() -> None:
    said = Overrides(date="2024-12-31", publisher="Mine", url="https://mine.example/x", title="My title", lang="de")
    read = document(Page("page.html", "html", HTML), said)
    assert (read.date, read.publisher, read.url) == (datetime.date(2024, 12, 31), "Mine", "https://mine.example/x")
    assert (read.title, read.lang) == ("My title", "de")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("date", "31.12.2024"),
        ("author", "admin"),
        ("date", "2024-13-01"),
        ("date", ""),
        ("lang", "English!"),
        ("url", "http://["),
        ("url", "notaurl"),
        ("url", "example.org/a"),
        ("url", "ftp://example.org/a"),
        ("url", "https:///a"),
        ("date", (datetime.date.today() + datetime.timedelta(days=9)).isoformat()),
    ],
)
def test_an_override_that_cannot_be_is_refused_at_once(name: str, value: str) -> None:
    with pytest.raises(WrongParameter, match=name) as raised:
        Overrides(**{name: value})
    assert raised.value.parameter == name
    assert str(raised.value).startswith(f"`{name}` is '{value}'")


def test_a_day_in_the_future_is_no_day_of_publication() -> None:
    ahead = datetime.date.today() + datetime.timedelta(days=9)
    with pytest.raises(UnreadableDocument, match=f"has the date '{ahead}', which lies in the future"):
        document(Page("a", "text", "x", {"date": ahead.isoformat()}))
    eve = datetime.date.today() + datetime.timedelta(days=1)
    assert document(Page("a", "text", "x", {"date": eve.isoformat()})).date == eve


def test_a_source_may_leave_the_scheme_of_its_url_out() -> None:
    assert document(Page("a", "text", "x", {"url": "example.org/a"})).url == "example.org/a"


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (Page("a", "text", " \n "), "no text"),
        (Page("a", "text", "x", {"date": "last week"}), "YYYY-MM-DD"),
        (Page("a", "text", "x", {"date": 20250301123}), "YYYY-MM-DD"),
        (Page("a", "text", "x", {"lang": "??"}), "language"),
        (Page("a", "text", "x", {"title": ["a"]}), "title that is not text"),
        (Page("a", "text", "x", {"url": "http://[::1"}), "URL"),
        (Page("a", "text", "x", {"url": "not a url"}), "URL"),
        (Page("a", "html", "<html><body><script>run()</script></body></html>"), "without main text"),
        (Page("a", "html", "<"), "without main text"),
        (Page("a", "markdown", "---\ntitle: x\n\nText"), "front matter without an end"),
        (Page("a", "markdown", "---\ntitle: x\n---\n"), "no text"),
    ],
)
def test_a_page_that_cannot_become_a_document_says_why(page: Page, reason: str) -> None:
    with pytest.raises(UnreadableDocument, match=reason):
        document(page)


def test_characters_that_no_store_keeps_are_replaced_one_for_one() -> None:
    read = document(Page("a", "text", "ab\ud800cd\x00", {"title": "t\udfff"}))
    assert (read.text, read.title) == ("ab\ufffdcd\ufffd", "t\ufffd")


def test_failures_pass_and_a_bad_page_becomes_one() -> None:
    given = [Failure("x", "why"), Page("a", "text", "x", {"date": "?"}), Page("b", "text", "good")]
    passed, bad, good = documents(given)
    assert passed == given[0]
    assert isinstance(bad, Failure)
    assert bad.path == "a"
    assert isinstance(good, Document)


def test_one_url_is_for_one_document() -> None:
    first, second = documents(
        [Page("a", "text", "one"), Page("b", "text", "two")], Overrides(url="https://example.org/a")
    )
    assert isinstance(first, Document)
    assert isinstance(second, Failure)
    assert "--url" in second.reason


def test_pages_nested_thousands_deep_do_not_end_the_run() -> None:
    deep = "<div>" * 20_000 + PARAGRAPH + "</div>" * 20_000
    quotes = ">" * 20_000 + " text"
    found = list(documents([Page("a", "html", f"<html>{deep}</html>"), Page("b", "markdown", quotes)]))
    assert len(found) == 2
