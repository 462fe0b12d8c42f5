"""sources.toml: what it says, and what is wrong with it, by line and key."""

import datetime
from pathlib import Path

import pytest

from graph.errors import InputError
from ingest import followed
from ingest.followed import Followed
from ingest.followed_keys import Floor

WHOLE = """
# what we follow
[[source]]
name = "Example Gazette"
url = "feed:https://gazette.example/rss"
publisher = "The Gazette"
language = "en"
reliability = "b"
every = "30m"
at_least = "5 documents a week"
at_most = 50

[[source]]
name = "Own reports"
path = "reports"
"""


def read(folder: Path, text: str) -> list[Followed]:
    path = folder / "sources.toml"
    path.write_text(text, encoding="utf-8")
    return followed.read(path)


def test_whole_file(tmp_path: Path) -> None:
    gazette, reports = read(tmp_path, WHOLE)
    assert gazette == Followed(
        "Example Gazette",
        "feed:https://gazette.example/rss",
        False,
        "The Gazette",
        "en",
        0.8,
        datetime.timedelta(minutes=30),
        Floor(5, 7),
        50,
    )
    assert reports == Followed("Own reports", str(tmp_path / "reports"), True)
    assert reports.every == datetime.timedelta(hours=6)
    assert str(gazette.at_least) == "5 documents a week"


def test_columns_of_tables(tmp_path: Path) -> None:
    _, reports = read(tmp_path, WHOLE + 'columns = { text = "Body" }\n')
    assert reports.columns == {"text": "Body"}
    for bad in ('{ body = "Body" }', '"Body"', "{ text = 1 }"):
        with pytest.raises(InputError, match="`columns` is "):
            read(tmp_path, WHOLE + f"columns = {bad}\n")


def test_a_new_name_keeps_what_is_remembered(tmp_path: Path) -> None:
    before = read(tmp_path, WHOLE)[0].id
    assert read(tmp_path, WHOLE.replace("Example Gazette", "Gazette"))[0].id == before


def test_empty_file(tmp_path: Path) -> None:
    assert read(tmp_path, "") == []


@pytest.mark.parametrize(
    ("written", "meant"),
    [('"A"', 1.0), ('"e"', 0.2), ('"F"', None), ("0.55", 0.55), ("1", 1.0), ("0", 0.0)],
)
def test_reliability(tmp_path: Path, written: str, meant: float | None) -> None:
    assert read(tmp_path, WHOLE.replace('"b"', written))[0].reliability == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("5m", {"minutes": 5}),
        ("6 h", {"hours": 6}),
        ("1d", {"days": 1}),
        ("2 weeks", {"weeks": 2}),
        ("1 DAY", {"days": 1}),
    ],
)
def test_every(tmp_path: Path, written: str, meant: dict[str, int]) -> None:
    assert read(tmp_path, WHOLE.replace('"30m"', f'"{written}"'))[0].every == datetime.timedelta(**meant)


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('"b"', '"G"', 8, "`reliability` is 'G'; write A"),
        ('"b"', "1.5", 8, "`reliability`"),
        ('"b"', "true", 8, "`reliability`"),
        ('"30m"', '"soon"', 9, "`every` is 'soon'"),
        ('"30m"', '"1m"', 9, "five minutes"),
        ('"30m"', "30", 9, "`every`"),
        ('"5 documents a week"', '"some"', 10, "`at_least`"),
        ('"5 documents a week"', '"0 documents a week"', 10, "`at_least`"),
        ('publisher = "The Gazette"\n', "", 7, "name it under `publisher`"),
        ("at_most = 50", "at_most = 0", 11, "`at_most`"),
        ('"en"', '"English!"', 7, "`language`"),
        ('"The Gazette"', '""', 6, "`publisher`"),
        ('"feed:https://gazette.example/rss"', '"gazette.example"', 5, "`url`"),
        ('"feed:https://gazette.example/rss"', '"file:///etc/passwd"', 5, "`url`"),
        ("publisher =", "publishr =", 6, "`publishr` is no key; there are name, url"),
        ('name = "Own reports"\n', "", 13, "`name` is missing"),
        ('path = "reports"', "", 13, "`url` or `path` is needed"),
        ('path = "reports"', 'path = "reports"\nurl = "https://a.example"', 16, "only one"),
        ('"Own reports"', '"Example Gazette"', 14, "source 1 too"),
        ('path = "reports"', 'url = "feed:https://gazette.example/rss"', 15, "source 1 too"),
    ],
)
def test_what_is_wrong_is_named_by_line_and_key(tmp_path: Path, old: str, new: str, line: int, words: str) -> None:
    assert old in WHOLE
    with pytest.raises(InputError) as told:
        read(tmp_path, WHOLE.replace(old, new))
    assert f"sources.toml, line {line}: source " in str(told.value)
    assert words in str(told.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[source]\nname = 'a'", "double brackets"),
        ("[[sources]]\nname = 'a'", "'sources'"),
        ("[[source]\n", "line 1"),
        ("source = 3", "double brackets"),
        ("[[source]]\nname = 'a'\nname = 'b'", "overwrite"),
    ],
)
def test_file_that_is_none(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        read(tmp_path, text)


def test_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"sources\.toml cannot be read"):
        followed.read(tmp_path / "sources.toml")
