"""Files, folders, globs and standard input: what they yield, and what they yield instead when something is wrong."""

import io
import json
import os
from pathlib import Path
from typing import Any

import pytest

from ingest.sources import Failure, Options, Page, files


def pages(*paths: object, standard_input: io.BytesIO | None = None, **options: Any) -> list[Page | Failure]:
    return list(files.read([str(path) for path in paths], Options(**options), standard_input=standard_input))


def test_a_folder_is_walked_in_order_and_hidden_files_are_left_out(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "sub/c.html", ".hidden.txt", ".git/config.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("<html>text" if name.endswith("html") else "text")
    found = pages(tmp_path)
    assert [(Path(page.path).name, page.form) for page in found if isinstance(page, Page)] == [
        ("a.md", "markdown"),
        ("b.txt", "text"),
        ("c.html", "html"),
    ]
    assert len(found) == 3


def test_files_of_other_kinds_in_a_folder_are_left_out_in_one_line(tmp_path: Path) -> None:
    said: list[str] = []
    for name in ("a.xyz", "b.png", ".hidden", "c.txt"):
        (tmp_path / name).write_text("text")
    (known,) = pages(tmp_path, say=said.append)
    assert isinstance(known, Page)
    assert said == [f"{tmp_path}: 2 files of other kinds left out"]


def test_a_path_that_leads_to_no_document_says_that_there_was_none(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "blank.txt").write_bytes(b"")
    found = pages(tmp_path / "*.html", tmp_path / "empty", tmp_path / "missing.txt", tmp_path / "blank.txt")
    assert [item.document for item in found if isinstance(item, Failure)] == [False, False, False, True]


def test_a_file_named_outright_is_read_whatever_its_suffix(tmp_path: Path) -> None:
    (tmp_path / "note").write_text("An engineer.")
    (tmp_path / "page.asp").write_text("<!DOCTYPE html><html><body>An engineer.</body></html>")
    (tmp_path / "record.dat").write_text('{"text": "An engineer.", "title": "A title"}')
    note, page, record = pages(tmp_path / "note", tmp_path / "page.asp", tmp_path / "record.dat")
    assert isinstance(note, Page)
    assert note.form == "text"
    assert isinstance(page, Page)
    assert page.form == "html"
    assert isinstance(record, Page)
    assert record.given == {"title": "A title"}


def test_globs_match_in_order_and_say_when_they_match_nothing(tmp_path: Path) -> None:
    for name in ("2.txt", "1.txt", "3.md"):
        (tmp_path / name).write_text("text")
    assert [Path(page.path).name for page in pages(tmp_path / "*.txt")] == ["1.txt", "2.txt"]
    (nothing,) = pages(tmp_path / "*.html")
    assert isinstance(nothing, Failure)
    assert "matches no file" in nothing.reason


def test_a_name_with_brackets_is_a_name_first(tmp_path: Path) -> None:
    (tmp_path / "a[1].txt").write_text("text")
    assert isinstance(pages(tmp_path / "a[1].txt")[0], Page)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda path: None, "does not exist"),
        (lambda path: path.write_bytes(b""), "is empty"),
        (lambda path: path.write_bytes(b"a\x00b"), "not text"),
        (lambda path: path.write_bytes(b"a" * 1001), "larger than 1,000 bytes"),
        (lambda path: path.mkdir(), "without files"),
        (lambda path: path.symlink_to(path.name), "does not exist"),
    ],
)
def test_one_bad_path_is_a_failure_and_the_next_is_read(tmp_path: Path, make, reason: str) -> None:  # type: ignore[no-untyped-def]
    bad, good = tmp_path / "bad.txt", tmp_path / "good.txt"
    make(bad)
    good.write_text("text")
    failure, page = pages(bad, good, max_bytes=1000)
    assert isinstance(failure, Failure)
    assert failure.path == str(bad)
    assert reason in failure.reason
    assert isinstance(page, Page)


@pytest.mark.parametrize("path", ["ftp://example.org/a", "www.example.org/a", "file:///etc/passwd", "HTTPS:/x.org/a"])
def test_what_looks_like_an_address_says_how_those_begin(path: str) -> None:
    (failure,) = pages(path)
    assert isinstance(failure, Failure)
    assert "begin with https://" in failure.reason
    assert not failure.document


def test_a_pipe_in_a_folder_is_left_out_and_one_named_outright_says_why(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "b.txt").write_text("text")
    said: list[str] = []
    (page,) = pages(tmp_path, say=said.append)
    assert isinstance(page, Page)
    assert said == [f"{tmp_path}: 1 file of other kinds left out"]
    for path in (tmp_path / "a.txt", tmp_path / "a.*", "/dev/zero"):
        (failure,) = pages(path)
        assert isinstance(failure, Failure)
        assert "is a pipe, socket or device" in failure.reason
        assert not failure.document


def test_a_file_that_may_not_be_read_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Not by chmod: the superuser, as whom tests may run, reads everything.
    def refuse(self: Path, *args: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    (tmp_path / "a.txt").write_text("text")
    monkeypatch.setattr(Path, "open", refuse)
    (failure,) = pages(tmp_path / "a.txt")
    assert isinstance(failure, Failure)
    assert "permissions" in failure.reason


def test_a_name_that_is_no_text_is_shown_as_one(tmp_path: Path) -> None:
    path = tmp_path / "a\udcff.txt"
    path.write_text("text")
    (page,) = pages(tmp_path)
    assert page.path.endswith("a\\xff.txt")


def test_a_list_gives_a_page_an_item_and_bad_items_fail_alone(tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    path.write_text(json.dumps([{"text": "one", "id": 1, "url": ""}, {"text": " "}, 3, {"text": "two", "other": 1}]))
    one, blank, number, two = pages(path)
    assert one == Page(f"{path}:1", "record", "one", {"id": 1})
    assert two == Page(f"{path}:4", "record", "two", {})
    assert isinstance(blank, Failure)
    assert "has no text" in blank.reason
    assert isinstance(number, Failure)
    assert number.path == f"{path}:3"


@pytest.mark.parametrize(
    ("value", "kind"), [(5, "a number"), (True, "true or false"), (["a"], "a list"), ({"a": 1}, "an object")]
)
def test_a_text_that_is_no_string_is_called_so(tmp_path: Path, value: object, kind: str) -> None:
    path = tmp_path / "record.json"
    path.write_text(json.dumps({"text": value}))
    (failure,) = pages(path)
    assert isinstance(failure, Failure)
    assert failure.reason == f"has a `text` that is not a string but {kind}"


@pytest.mark.parametrize(
    "content", ["{", '"text"', "[]", "[" * 100_000, '{"text": ' + "1" * 5000 + "}"], ids=lambda c: c[:9]
)
def test_json_that_holds_no_article_fails(tmp_path: Path, content: str) -> None:
    path = tmp_path / "bad.json"
    path.write_text(content)
    (failure,) = pages(path)
    assert isinstance(failure, Failure)


def test_json_lines_fail_line_by_line_and_a_long_line_does_not_hide_the_next(tmp_path: Path) -> None:
    path = tmp_path / "feed.jsonl"
    lines = ['{"text": "one"}', "", "{bad}", '{"text": "' + "x" * 5000 + '"}', '{"text": "two"}']
    path.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(lines).encode())
    one, bad, long, two = pages(path, max_bytes=1000)
    assert one == Page(f"{path}:1", "record", "one", {})
    assert isinstance(bad, Failure)
    assert bad.path == f"{path}:3"
    assert isinstance(long, Failure)
    assert long.path == f"{path}:4"
    assert "longer than 1,000" in long.reason
    assert two == Page(f"{path}:5", "record", "two", {})


@pytest.mark.parametrize(
    ("data", "contents"),
    [
        (b"An engineer in Brno.\nTwo.", ["An engineer in Brno.\nTwo."]),
        (b'{"text": "one"}\n{"text": "two"}\n', ["one", "two"]),
        (b'{\n"text": "one"\n}\n', ["one"]),
        (b'[{"text": "one"}, {"text": "two"}]', ["one", "two"]),
    ],
)
def test_standard_input_holds_one_text_or_records(data: bytes, contents: list[str]) -> None:
    found = pages("-", standard_input=io.BytesIO(data))
    assert [page.content for page in found if isinstance(page, Page)] == contents
    assert all(page.path.startswith("-") for page in found)


@pytest.mark.parametrize("data", [b"", b"\x00\x01", b"x" * 1001])
def test_standard_input_that_is_no_document_fails(data: bytes) -> None:
    (failure,) = pages("-", standard_input=io.BytesIO(data), max_bytes=1000)
    assert isinstance(failure, Failure)
    assert failure.path == "-"
