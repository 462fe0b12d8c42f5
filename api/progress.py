"""What is said on standard error, and a progress bar there where that is a terminal."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import typer

from graph.printable import printable


@dataclass(frozen=True, slots=True)
class Bar:
    """`advance()` after each step; `say(line)` prints above the bar."""

    advance: Callable[[], None]
    say: Callable[[str], None]


def say(line: str) -> None:
    """Say a line on standard error; what could forge further lines or move the cursor is escaped."""
    typer.echo(printable(line), err=True)


@contextmanager
def bar(doing: str, total: int | None) -> Iterator[Bar]:
    """Yield a bar for `total` steps (None: unknown); without a terminal it only passes on what is said."""
    if not sys.stderr.isatty():
        yield Bar(lambda: None, say)
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True, highlight=False)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        task = progress.add_task(escape(doing), total=total)

        def advance() -> None:
            progress.advance(task)
            done = progress.tasks[task].completed
            if total is not None and done > total:
                progress.update(task, total=done)  # a file held more than one document

        yield Bar(advance, lambda line: console.print(printable(line), markup=False))
