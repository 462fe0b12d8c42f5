"""Flat rows as CSV, NDJSON and Parquet, read back by a reader of each."""

import csv
import datetime
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from arro3.io import read_parquet
from hypothesis import given
from hypothesis import strategies as st

from api import destination
from api.commands import ask
from api.formats import FORMATS, Column
from graph.errors import InputError, QueryError
from graph.store import Store
from queries import catalogue
from tests import claims_fixture

COLUMNS = [
    Column("name", "string"),
    Column("fields", "strings"),
    Column("claims", "integer"),
    Column("share", "float"),
    Column("described", "boolean"),
    Column("first_reported", "date"),
]
ROWS: list[dict[str, Any]] = [
    {
        "name": "浙江",
        "fields": ["ai", None, "x"],
        "claims": 3,
        "share": 0.1,
        "described": True,
        "first_reported": "2025-03-01",
    },
    {"name": None, "fields": None, "claims": None, "share": None, "described": None, "first_reported": None},
    {"fields": [], "claims": -(2**40), "share": 2, "first_reported": datetime.date(1969, 12, 31)},
]
HOSTILE = (
    "=cmd|' /C calc'!A0",
    "+1",
    "-1",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\ufeff=1",
    "＝1",
    "a\r=1,=2",
    "a\n=1",
)


def written(format: str, rows: list[dict[str, Any]], columns: list[Column] = COLUMNS) -> bytes:
    return b"".join(FORMATS[format].pieces(columns, rows))


def csv_rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(), newline="")))


def parquet_rows(data: bytes) -> list[dict[str, Any]]:
    table = read_parquet(io.BytesIO(data)).read_all()
    columns = {name: table[name].to_pylist() for name in table.column_names}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def test_parquet_keeps_types_and_nulls() -> None:
    nothing = dict.fromkeys(column.name for column in COLUMNS)
    first, second, third = parquet_rows(written("parquet", ROWS))
    assert first == ROWS[0] | {"first_reported": datetime.date(2025, 3, 1)}
    assert second == nothing
    assert third == nothing | ROWS[2] | {"share": 2.0}


@pytest.mark.parametrize("format", FORMATS)
def test_no_rows_still_name_the_columns(format: str) -> None:
    data = written(format, [])
    names = [column.name for column in COLUMNS]
    if format == "csv":
        assert data.decode() == ",".join(names) + "\n"
    elif format == "parquet":
        assert read_parquet(io.BytesIO(data)).schema.names == names
    else:
        assert data == b""


def test_csv_keeps_numbers_and_leaves_null_empty() -> None:
    assert csv_rows(written("csv", ROWS))[1:] == [
        ["浙江", "ai; ; x", "3", "0.1", "true", "2025-03-01"],
        [""] * 6,
        ["", "", "-1099511627776", "2", "", "1969-12-31"],
    ]
    assert written("csv", [{"a": -1.5}, {"a": "-1.5"}], [Column("a")]) == b"a\n-1.5\n'-1.5\n"


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("place", ["text", "list", "header"])
def test_no_cell_of_a_csv_is_a_formula(text: str, place: str) -> None:
    column = Column(text if place == "header" else "a")
    value = {"text": text, "list": [text], "header": "x"}[place]
    found = csv_rows(written("csv", [{column.name: value}], [column]))
    assert [len(row) for row in found] == [1, 1]
    for (cell,) in found:
        assert not cell.lstrip(" \ufeff").startswith(("=", "+", "-", "@", "＝", "\t", "\r", "\n"))


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_every_text_passes_through_every_format(text: str) -> None:
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    columns, rows = [Column("a"), Column("b", "strings")], [{"a": text, "b": [text]}]
    (_, (cell, _)) = csv_rows(written("csv", rows, columns))
    assert cell in (whole, "'" + whole)
    assert json.loads(written("ndjson", rows, columns)) == {"a": whole, "b": [whole]}
    assert parquet_rows(written("parquet", rows, columns)) == [{"a": whole, "b": [whole]}]


def test_ndjson_is_one_object_a_line() -> None:
    lines = written("ndjson", [{"name": "a\nb\u2028"}] * 2).decode().split("\n")
    assert len(lines) == 3
    assert list(json.loads(lines[0])) == [column.name for column in COLUMNS]


def test_large_parquet_has_several_row_groups() -> None:
    rows = ({"name": f"n{number}", "claims": number} for number in range(25_000))
    data = b"".join(FORMATS["parquet"].pieces(COLUMNS, rows))
    assert [row["claims"] for row in parquet_rows(data)] == list(range(25_000))


def test_error_while_rows_are_read_is_the_reader_s() -> None:
    def rows() -> Iterator[dict[str, Any]]:
        yield {"name": "a"}
        raise QueryError("The store went away.")

    for format in FORMATS.values():
        with pytest.raises(QueryError, match="went away"):
            list(format.pieces(COLUMNS, rows()))


def test_every_question_s_answer_is_of_its_declared_types(embedded_store: Store) -> None:
    claims_fixture.load(embedded_store)
    asked = 0
    for question in catalogue.questions().values():
        if any(param.required for param in question.params):
            continue
        found = catalogue.ask(embedded_store, question.name, {})
        columns = [Column(column.name, column.type) for column in question.columns]
        read = parquet_rows(written("parquet", found.rows, columns))
        days = {column.name for column in question.columns if column.type == "date"}
        plain = [{k: v.isoformat() if k in days and v else v for k, v in row.items()} for row in read]
        assert plain == found.rows, question.name
        asked += len(found.rows)
    assert asked > 100


@pytest.mark.parametrize("name", ["a.csv", "a.NDJSON", "a.json", "a.parquet", "a.txt"])
def test_answer_goes_to_a_file_in_the_format_of_its_ending(
    name: str,
    tmp_path: Path,
    embedded_store: Store,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    claims_fixture.load(embedded_store)
    question = catalogue.questions()["regions-recruiting-fields"]
    found = catalogue.ask(embedded_store, question.name, {"limit": 2})
    ask._write(question, found, ask._format_of(tmp_path / name), tmp_path / name, ["A note."], sample=False)
    data = (tmp_path / name).read_bytes()
    match name.lower():
        case "a.csv":
            assert [row[0] for row in csv_rows(data)[1:]] == [row["region_id"] for row in found.rows]
        case "a.ndjson":
            assert [json.loads(line) for line in data.splitlines()] == found.rows
        case "a.json":
            assert json.loads(data)["items"] == found.rows
        case "a.parquet":
            assert [row["claims"] for row in parquet_rows(data)] == [row["claims"] for row in found.rows]
        case _:
            assert data.decode().split()[:2] == ["region_id", "region"]
    told = capsys.readouterr()
    assert told.out == ""
    assert f"2 of {found.total} rows. More with --offset 2." in told.err
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_link_stays_and_what_it_leads_to_is_written(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "behind")
    with destination.opened(link) as stream:
        stream.write(b"x")
    assert link.is_symlink()
    assert (tmp_path / "behind").read_bytes() == b"x"


def test_file_that_fails_half_way_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("before")
    with pytest.raises(ZeroDivisionError), destination.opened(path) as stream:
        stream.write(bytes([1 // 0]))
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_parquet_needs_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.destination._on_terminal", lambda: True)
    with pytest.raises(InputError, match="--output FILE"):
        ask.answer(catalogue.questions()["claims"], {}, "parquet", None)
