"""A progress bar on standard error, where that is a terminal; elsewhere only what must be said."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import typer


@dataclass(frozen=True, slots=True)
class Bar:
    """`advance()` after each step; `say(line)` prints above the bar."""

    advance: Callable[[], None]
    say: Callable[[str], None]


@contextmanager
def bar(doing: str, total: int | None) -> Iterator[Bar]:
    """Yield a bar for `total` steps (None: unknown); without a terminal it only passes on what is said."""
    if not sys.stderr.isatty():
        yield Bar(lambda: None, lambda line: typer.echo(line, err=True))
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

        yield Bar(advance, lambda line: console.print(line, markup=False))
