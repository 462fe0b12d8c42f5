"""Tables for people: aligned text in a pipe, a fitted table on a terminal.

A pipe gets every column and one line a row. A terminal is narrower than most answers, so there:

    an id is left out where the name stands beside it (`region_id` beside `region`)
    text is wrapped as long as every column keeps a readable width
    ids, days and marks are left out where the rest then fits, and named under the table
    an answer that still does not fit, or has few rows or long texts, is shown one row a block, with everything
"""

import os
import re
import shutil
import unicodedata
from collections.abc import Iterator, Sequence
from typing import TextIO

from rich.cells import cell_len, chop_cells

from api.values import cell
from graph.frame import Row
from queries.labels import label_of

GAP = 2  # blanks between columns
NARROWEST = 12  # no text column is wrapped to less
LONG = 60  # a text beyond this is not squeezed into a column
FEW = 3  # so many rows are better read as blocks
_WORD = re.compile("[^\\s\u2e80-\uffff]+")  # what should stay in one piece: Chinese may be broken anywhere
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def plain(
    columns: Sequence[str],
    rows: Sequence[Row],
    *,
    total: int | None = None,
    next: str | None = None,
    notes: Sequence[str] = (),
) -> str:
    """Return an aligned table with every column, one line a row."""
    cells = [[_line(row.get(name)) for name in columns] for row in rows]
    right = [_numeric(name, rows) for name in columns]
    widths = [max(cell_len(text) for text in column) for column in zip(columns, *cells, strict=True)]
    lines = [_aligned(line, widths, right) for line in (columns, *cells)]
    return "\n".join([*lines, *_ending(rows, total, next, notes)]) + "\n"


def show(
    columns: Sequence[str],
    rows: Sequence[Row],
    stream: TextIO,
    *,
    total: int | None = None,
    next: str | None = None,
    title: str | None = None,
    notes: Sequence[str] = (),
) -> None:
    """Write a table fitted to the terminal behind `stream`."""
    width = shutil.get_terminal_size().columns
    kept = [name for name in columns if not (name.endswith(("_id", "_ids")) and label_of(name, columns))]
    long = any(cell_len(_line(row.get(name))) > LONG for row in rows for name in kept)
    minor = [name for name in reversed(kept) if _minor(name, rows)]
    left_out: list[str] = []
    while minor and len(rows) > FEW and not long and _least(kept, rows) > width:
        left_out.insert(0, minor.pop(0))
        kept.remove(left_out[0])
    if _least(kept, rows) <= width:
        lines = _grid(kept, rows, width) if rows else iter(())
    else:
        left_out, lines = [], _blocks(columns, rows, width)
    if left_out:
        notes = (*notes, f"No room for {', '.join(left_out)}: widen the terminal, or use --format csv.")
    if title:
        print(_bold(title) + "\n", file=stream)
    for line in lines:
        print(line, file=stream)
    for line in _ending(rows, total, next, notes):
        print("\n".join(_wrapped(line, width)), file=stream)


def _grid(columns: Sequence[str], rows: Sequence[Row], width: int) -> Iterator[str]:
    """Yield a table with wrapped headers and cells, at most `width` wide if its columns' floors allow."""
    floors = [_floor(name, rows) for name in columns]
    widths = [max(cell_len(_line(row.get(name))) for row in rows) for name in columns]
    widths = [max(natural, floor) for natural, floor in zip(widths, floors, strict=True)]
    while sum(widths) + GAP * (len(widths) - 1) > width:
        spare = [(natural - floor, -place) for place, (natural, floor) in enumerate(zip(widths, floors, strict=True))]
        most, place = max(spare)
        if most <= 0:
            break
        widths[-place] -= 1
    right = [_numeric(name, rows) for name in columns]
    for line in _tall([name.replace("_", " ") for name in columns], widths, right):
        yield _bold(line)
    yield (" " * GAP).join("─" * width for width in widths)
    for row in rows:
        yield from _tall([_line(row.get(name)) for name in columns], widths, right)


def _tall(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> Iterator[str]:
    """Yield the lines of one row whose cells are wrapped."""
    wrapped = [_wrapped(text, width) for text, width in zip(cells, widths, strict=True)]
    for line in range(max(map(len, wrapped))):
        yield _aligned([parts[line] if line < len(parts) else "" for parts in wrapped], widths, right)


def _blocks(columns: Sequence[str], rows: Sequence[Row], width: int) -> Iterator[str]:
    """Yield every row as a block of lines, one column each; empty values are left out."""
    label = max(map(len, columns))
    for number, row in enumerate(rows):
        if number:
            yield ""
        for name in columns:
            parts = _wrapped(_line(row.get(name)), max(width - label - GAP, NARROWEST), whole_words=True)
            for place, part in enumerate(parts if parts != [""] else []):
                head = name.replace("_", " ").ljust(label) if place == 0 else " " * label
                yield (_bold(head) if place == 0 else head) + " " * GAP + part


def _ending(rows: Sequence[Row], total: int | None, next: str | None, notes: Sequence[str]) -> list[str]:
    """Return the lines under a table: how many rows there are, how to see more, and the notes."""
    lines = ["No rows."] if not rows and not total else []
    if total is not None and total > len(rows):
        lines.append(f"{len(rows)} of {total} rows." + (f" More with {next}." if next else ""))
    lines += notes
    return ["", *lines] if rows and lines else lines


def _minor(name: str, rows: Sequence[Row]) -> bool:
    """Return whether a column may be left out: an id, a day, a mark, or one without any value; never a count."""
    values = [row.get(name) for row in rows if row.get(name) not in (None, "", [])]
    marks = all(isinstance(value, bool) for value in values)
    days = all(isinstance(value, str) and _DAY.fullmatch(value) for value in values)
    return name == "id" or name.endswith(("_id", "_ids")) or marks or days


def _least(columns: Sequence[str], rows: Sequence[Row]) -> int:
    return sum(_floor(name, rows) for name in columns) + GAP * (len(columns) - 1)


def _floor(name: str, rows: Sequence[Row]) -> int:
    """Return the least width at which a column can still be read: numbers and words whole, text not crushed."""
    texts = [_line(row.get(name)) for row in rows]
    widest = max(map(cell_len, texts), default=0)
    header = max(len(word) for word in name.split("_"))
    if _numeric(name, rows):
        return max(widest, header)
    word = max((len(word) for text in texts for word in _WORD.findall(text)), default=0)
    return max(min(widest, max(NARROWEST, min(widest // 3, LONG // 2), word)), header)


def _numeric(name: str, rows: Sequence[Row]) -> bool:
    values = [row.get(name) for row in rows if row.get(name) is not None]
    return bool(values) and all(isinstance(value, int | float) and not isinstance(value, bool) for value in values)


def _line(value: object) -> str:
    """Return a value as one line without control characters: a text may carry a terminal's escape sequences."""
    text = " ".join(cell(value, brief=True).split())
    return "".join(character for character in text if unicodedata.category(character) not in ("Cc", "Cf", "Cs"))


def _wrapped(text: str, width: int, *, whole_words: bool = False) -> list[str]:
    """Return `text` in lines of at most `width` cells, broken between words where possible.

    With `whole_words` a longer word, such as a URL, stays in one piece: the terminal breaks it, and it can be copied.
    """
    lines, current = [], ""
    for word in text.split(" "):
        joined = f"{current} {word}" if current else word
        if cell_len(joined) <= width:
            current = joined
            continue
        lines += [current] if current else []
        *full, current = [word] if whole_words else chop_cells(word, width) or [""]
        lines += full
    return [*lines, current]


def _aligned(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    padded = []
    for text, width, numeric in zip(cells, widths, right, strict=True):
        blanks = " " * (width - cell_len(text))
        padded.append(blanks + text if numeric else text + blanks)
    return (" " * GAP).join(padded).rstrip()


def _bold(text: str) -> str:
    return text if "NO_COLOR" in os.environ else f"\x1b[1m{text}\x1b[0m"
