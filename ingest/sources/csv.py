"""Tables (CSV, TSV) → pages: one a row, its columns named like the fields of a record."""

import codecs
import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import TextIO

from graph.errors import UnreadableDocument
from ingest.sources import FIELDS, Entry, Failure, Options, Page
from ingest.sources.encoding import charset, decode, encoding_of
from ingest.sources.joined import joined

NAMES = ("text", *FIELDS)
"""What a column may be taken for."""

_DELIMITERS = ",;\t|"
_SAMPLE = 200_000  # bytes by which the encoding is told


def read(entry: Entry, options: Options) -> Iterator[Page | Failure]:
    """Yield one page a row; a bad row fails alone, and no more than a row is held at once.

    Raises UnreadableDocument where there is no header, or none of its columns holds the text.
    """
    sample = entry.stream.read(_SAMPLE)
    if not sample.strip():
        raise UnreadableDocument("is empty")
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"  # not cut at a line end, which is two bytes there
    else:
        encoding = encoding_of(sample[: sample.rfind(b"\n") + 1] or sample, charset(entry.media_type))
    wrapper = io.TextIOWrapper(joined(sample, entry.stream), encoding, errors="surrogateescape", newline="")
    lines = _Lines(wrapper, options.max_bytes)
    csv.field_size_limit(max(options.max_bytes, 131_072))
    first = next(lines, "")
    delimiter = max(_DELIMITERS, key=first.count)
    header = next(csv.reader([first], delimiter=delimiter), [])
    columns = _columns(header, options.columns)
    rows = csv.reader(lines, delimiter=delimiter)
    while True:
        place = f"{entry.path}:{rows.line_num + 2}"
        lines.begin_row()
        try:
            row = next(rows, None)
            if row is None:
                return
            if any(row):
                yield _page(place, row, header, columns, encoding, entry)
        except UnreadableDocument as error:
            yield Failure(place, str(error))
        except csv.Error as error:
            yield Failure(place, f"is no row of a table ({error}); is a quotation mark not closed?")


class _Lines:
    """The lines of a table; raises UnreadableDocument where a row has become too long, and goes on after it."""

    def __init__(self, stream: TextIO, most: int) -> None:
        self._stream = stream
        self._most = most
        self._left = most

    def begin_row(self) -> None:
        """Say that the next line begins a row."""
        self._left = self._most

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._stream.readline(self._left + 1)
        if not line:
            raise StopIteration
        if len(line) > self._left:
            while line and not line.endswith(("\n", "\r")):  # pass over the rest of it
                line = self._stream.readline(self._most)
            raise UnreadableDocument(
                f"is longer than {self._most:,} bytes; is a quotation mark not closed? Else raise"
                " TALENTGRAPH_MAX_DOCUMENT_BYTES"
            )
        self._left -= len(line)
        return line


def _columns(header: Sequence[str], said: Mapping[str, str]) -> dict[str, int]:
    """Return where each field stands, by the user's word, else by its name."""
    names = [name.strip().casefold() for name in header]
    shown = ", ".join(repr(name.strip()[:40]) for name in header[:20])
    columns = {}
    for field in NAMES:
        name = said.get(field, field).strip().casefold()
        if name in names:
            columns[field] = names.index(name)
        elif field in said:
            raise UnreadableDocument(f"has no column {said[field]!r}; its columns are {shown}")
    if "text" not in columns:
        raise UnreadableDocument(
            f"has no column `text`; say which one holds the articles: --column text=NAME, or `columns` in"
            f" sources.toml. Its columns are {shown}"
        )
    return columns


def _page(
    place: str, row: Sequence[str], header: Sequence[str], columns: Mapping[str, int], encoding: str, entry: Entry
) -> Page:
    if len(row) > len(header):
        raise UnreadableDocument(
            f"has {len(row):,} cells where the header has {len(header):,}; put quotation marks around its commas"
        )
    values = {field: _mended(row[column], encoding).strip() for field, column in columns.items() if column < len(row)}
    text = values.pop("text", "")
    if not text:
        raise UnreadableDocument("has no text in its column")
    if "\0" in text:
        raise UnreadableDocument("is not text (it holds NUL characters); save the table again as UTF-8")
    return Page(place, "record", text, {**entry.given, **{name: value for name, value in values.items() if value}})


def _mended(cell: str, encoding: str) -> str:
    """Return a cell whose bytes do not fit the encoding of the table by what they look like themselves."""
    if cell.isascii() or not any("\udc80" <= character <= "\udcff" for character in cell):
        return cell
    return decode(cell.encode(encoding, "surrogateescape"))
