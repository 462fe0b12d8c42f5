"""Rows as JSON, CSV, NDJSON and tables."""

import datetime
import io
import json
from typing import Any

import pytest
from rich.cells import cell_len

from api import output, table
from api.values import cell

CELLS = ["region_id", "region", "field_id", "field", "stated_above", *("claims", "approaches", "documents", "stories")]
COLUMNS = [*CELLS, "claimants", "first_reported", "last_reported"]


def row(region: str, field: str, **more: Any) -> dict[str, Any]:
    counts = {"claims": 1200, "approaches": 900, "documents": 700, "stories": 500, "claimants": 600}
    days = {"first_reported": "2024-03-01", "last_reported": "2025-11-01"}
    names = {"region_id": region[:2], "region": region, "field_id": field[:2], "field": field, "stated_above": False}
    return names | counts | days | more


MATRIX = [
    row("Zhejiang", "semiconductors"),
    row("United Arab Emirates", "advanced manufacturing"),
    row("浙江", "ai"),
] * 2


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(columns: list[str], rows: list[dict[str, Any]], width: int, monkeypatch: Any, **more: Any) -> str:
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("NO_COLOR", "1")
    stream = Terminal()
    output.write(columns, rows, "table", stream, **more)
    return stream.getvalue()


def test_json_has_items_total_and_next() -> None:
    text = output.text(["a", "b"], [{"b": 2, "a": "x", "other": 3}], "json", total=7, next="--offset 1")
    assert json.loads(text) == {"items": [{"a": "x", "b": 2}], "total": 7, "next": "--offset 1"}
    assert list(json.loads(text)["items"][0]) == ["a", "b"]


def test_json_carries_notes_where_there_are_any() -> None:
    assert json.loads(output.text(["a"], [], "json", notes=["two are undated"]))["notes"] == ["two are undated"]
    assert "notes" not in json.loads(output.text(["a"], [], "json"))


def test_ndjson_is_one_row_a_line() -> None:
    text = output.text(["a"], [{"a": "浙江\n"}, {}], "ndjson")
    assert [json.loads(line) for line in text.splitlines()] == [{"a": "浙江\n"}, {"a": None}]


def test_dates_and_bytes_become_text_in_json() -> None:
    text = output.text(["a", "b"], [{"a": datetime.date(2025, 3, 1), "b": b"\x01\xff"}], "ndjson")
    assert json.loads(text) == {"a": "2025-03-01", "b": "01ff"}


def test_nodes_and_relationships_are_shown_as_cypher() -> None:
    node = {"labels": ["Region"], "id": "CN", "properties": {"id": "CN", "name": "China"}}
    relationship = {"type": "PART_OF", "start": "a", "end": "b", "properties": {}}
    assert cell(node) == '(:Region {id: "CN", name: "China"})'
    assert cell(relationship) == "[:PART_OF]"


def test_long_properties_of_a_node_are_cut_in_tables_only() -> None:
    rows = [{"d": {"labels": ["Document"], "id": "d", "properties": {"text": "word " * 400, "name": "N", "id": "d"}}}]
    assert '(:Document {id: "d", name: "N", text: "word word' in table.plain(["d"], rows)
    assert table.plain(["d"], rows).count("word") < 20
    assert output.text(["d"], rows, "csv").count("word") == 400


def test_piped_table_is_aligned_in_cells_and_has_every_column() -> None:
    lines = table.plain(COLUMNS, MATRIX).splitlines()
    assert lines[0].split() == COLUMNS
    ends = {cell_len(line[: line.index("1200") + 4]) for line in lines[1:]}
    assert len(ends) == 1


@pytest.mark.parametrize("width", [80, 100, 120])
def test_matrix_fits_the_terminal_and_keeps_the_five_counts(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = shown(COLUMNS, MATRIX, width, monkeypatch).splitlines()
    assert max(map(cell_len, lines)) <= width
    assert lines[0].split()[:2] == ["region", "field"]
    for name in ("claims", "approaches", "documents", "stories", "claimants"):
        assert name in lines[0]
    assert "1200" in "".join(lines)


def test_columns_without_room_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    text = " ".join(shown(COLUMNS, MATRIX, 80, monkeypatch).split())
    assert "No room for stated_above, first_reported, last_reported" in text
    assert "No room" not in shown(COLUMNS, MATRIX, 140, monkeypatch)


def test_long_texts_are_shown_in_blocks_where_they_do_not_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [row("Zhejiang", "ai", quote="word " * 40)] * 5
    text = shown([*COLUMNS, "quote"], rows, 80, monkeypatch)
    assert text.count("word") == 200
    assert max(map(cell_len, text.splitlines())) <= 80
    assert text.startswith("region id       Zh\nregion          Zhejiang\n")  # blocks have room for ids


def test_address_in_a_block_stays_in_one_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    address = "https://example.org/" + "a" * 90
    assert f"url    {address}\n" in shown(["quote", "url"], [{"quote": "word " * 30, "url": address}], 80, monkeypatch)


def test_names_are_never_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    columns = ["role", "other_role", "label", "id", "name"]
    rows = [row("a", "b", role="DESTINATION", other_role="ORIGIN", label="Region", id="x", name="Saudi Arabia")] * 5
    assert "Saudi Arabia" in shown([*columns, *COLUMNS[5:10]], rows, 80, monkeypatch)


def test_terminal_escapes_in_a_text_are_not_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [{"a": "\x1b]0;title\x07red\x1b[31m\u202egnp", "b": "x\ny"}]
    assert "\x1b" not in table.plain(["a", "b"], rows)
    text = shown(["a", "b"], rows, 80, monkeypatch)
    assert not {"\x1b", "\x07", "\u202e"} & set(text)
    assert "x y" in text


def test_table_says_how_many_rows_there_are_and_how_to_see_more(monkeypatch: pytest.MonkeyPatch) -> None:
    text = shown(["a"], [{"a": 1}], 80, monkeypatch, total=9, next="--offset 1", title="Title", notes=["A note."])
    assert text.startswith("Title\n")
    assert text.endswith("\n1 of 9 rows. More with --offset 1.\nA note.\n")
    assert "No rows." in table.plain(["a"], [])


def test_notes_go_to_standard_error_where_the_format_has_no_room(capsys: pytest.CaptureFixture[str]) -> None:
    stream = io.StringIO()
    output.write(["a"], [{"a": 1}], "csv", stream, total=9, next="--offset 1", notes=["A note."])
    assert stream.getvalue() == "a\n1\n"
    assert capsys.readouterr().err == "1 of 9 rows. More with --offset 1.\nA note.\n"
