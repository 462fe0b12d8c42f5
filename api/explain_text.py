"""An explanation for a terminal, in colours; and with plain marks for a pipe.

[1| A battery maker in {Zhejiang Region} hired ten engineers. |1]     evidence of claim 1, a mention with its label
"""

import io
from typing import TextIO

from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from api.explain import Explanation, Part, Reading, Reason

PIPED_WIDTH = 120
_COLOURS = {
    "Region": "green",
    "Field": "magenta",
    "Company": "cyan",
    "Organisation": "blue",
    "Person": "yellow",
    "Programme": "red",
}


def show(explanation: Explanation, stream: TextIO) -> None:
    """Write an explanation to `stream`: in colours on a terminal, else with plain marks."""
    if not stream.isatty():
        piped = io.StringIO()
        _print(explanation, Console(file=piped, highlight=False, width=PIPED_WIDTH), coloured=False)
        stream.writelines(f"{line.rstrip()}\n" for line in piped.getvalue().splitlines())
        return
    console = Console(file=stream, highlight=False)
    _print(explanation, console, coloured=not console.no_color)


def _print(explanation: Explanation, console: Console, *, coloured: bool) -> None:
    console.print(Text(explanation.title, "bold" if coloured else ""), soft_wrap=not coloured)
    console.print(Text(explanation.about, "dim" if coloured else ""), soft_wrap=not coloured)
    if coloured:
        console.print(_legend())
    for paragraph in explanation.paragraphs:
        console.print()
        line = Text()
        for part in paragraph.parts:
            _add(line, part, coloured)
        console.print(line, soft_wrap=not coloured)
        for reading in paragraph.claims:
            console.print()
            console.print(Padding(_claim(reading, coloured), (0, 0, 0, 2)))
    console.print()


def _legend() -> Text:
    line = Text()
    for label, colour in _COLOURS.items():
        line.append(label, f"bold {colour}").append("  ")
    return line.append("evidence of a claim", "underline")


def _add(line: Text, part: Part, coloured: bool) -> None:
    """Add a part of the text with its marks."""
    numbers = ",".join(map(str, part.opens))
    closing = ",".join(map(str, part.closes))
    if coloured:
        if numbers:
            line.append(f" {numbers} ", "bold reverse").append(" ")
        style = ["underline"] if part.claims else []
        if part.entity:
            style += ["bold", _COLOURS.get(part.entity.label, "white")]
        line.append(part.text, " ".join(style))
        return
    line.append(f"[{numbers}| " if numbers else "")
    line.append("{" if part.begins else "").append(part.text)
    line.append(f" {part.entity.label}}}" if part.entity and part.ends else "")
    line.append(f" |{closing}]" if closing else "")


def _claim(reading: Reading, coloured: bool) -> Group:
    """Return a claim with the reasons for its slots."""
    dim = "dim" if coloured else ""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, style=dim)
    table.add_column()
    for reason in reading.reasons:
        table.add_row(reason.role, Text(reason.value).append("  ← ", dim).append(why(reason), dim))
    for name, said in reading.facts:
        table.add_row(name, Text(said))
    return Group(Text(f"claim {reading.number}: {reading.name}", "bold" if coloured else ""), table)


def why(reason: Reason) -> str:
    """Return a reason in words: “from Spain” at 40-50, stated, certainty 0.90."""
    words = f"“{reason.words}” at {reason.start}–{reason.end}, " if reason.start >= 0 else ""
    return f"{words}{reason.how}, certainty {reason.certainty:.2f}"
