"""CSV (RFC 4180, lines end with LF): UTF-8, a header even without rows, no cell that a spreadsheet would evaluate."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from api.formats.column import Column
from api.values import cell, well_formed
from graph.frame import Row

# What makes a spreadsheet evaluate a cell (OWASP, "CSV injection"): these, full-width forms of them too, also after
# blanks and marks that an import may trim; and a control character that begins a cell.
_FORMULA = re.compile(r"[\t\r\n]|[\s\0\u200b\ufeff]*[=+\-@＝＋－＠]")


class _Line:
    """What the writer writes to: hands back the line, so that `writerow` returns it."""

    def write(self, line: str) -> str:
        return line


def pieces(columns: Sequence[Column], rows: Iterable[Row]) -> Iterator[bytes]:
    """Yield the header and each row as a line; text that could act as a formula begins with an apostrophe."""
    # With its own line end, CR and LF, the writer quotes cells that have either: a bare CR would begin a new row.
    writer = csv.writer(_Line())
    names = [column.name for column in columns]
    yield _line(writer.writerow([_inert(name) for name in names]))
    for row in rows:
        yield _line(writer.writerow([_shown(row.get(name)) for name in names]))


def _line(written: Any) -> bytes:
    return (str(written).removesuffix("\r\n") + "\n").encode()


def _shown(value: Any) -> str:
    if isinstance(value, float):
        return repr(value)
    shown = cell(value)
    return shown if isinstance(value, int) else _inert(shown)


def _inert(text: str) -> str:
    text = well_formed(text)
    return "'" + text if _FORMULA.match(text) else text
