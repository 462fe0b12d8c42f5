"""Where a command writes a file: checked before the work begins, and complete or not there at all."""

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from graph.errors import InputError


def check(output: Path | None, *, text: bool, what: str) -> None:
    """Raise InputError where `what` cannot be written to `output`, or is no text and standard output is a terminal."""
    if output is None:
        if not text and _on_terminal():
            raise InputError(f"{what} is not for reading: give --output FILE, or pass it on through a pipe.")
    elif output.is_dir():
        raise InputError(f"{output} is a folder. Give --output the name of a file.")
    elif not output.resolve().parent.is_dir():
        raise InputError(f"There is no folder {output.resolve().parent} to write {output.name} to. Make it first.")


@contextlib.contextmanager
def opened(output: Path | None) -> Iterator[BinaryIO]:
    """Open a file to write, or standard output where `output` is None.

    A file gets its name when the block ends without an error. Raises InputError where it cannot be written.
    """
    if output is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    # A link such as /dev/stdout, a named pipe: no other file may take its place.
    special = output.is_symlink() or (output.exists() and not output.is_file())
    written = output if special else output.with_name(output.name + ".part")
    try:
        with written.open("wb") as stream:
            yield stream
        if not special:
            written.replace(output)
    except OSError as error:
        raise InputError(f"{output} cannot be written ({error.strerror}). Choose another --output.") from error
    finally:
        if not special:
            written.unlink(missing_ok=True)


def _on_terminal() -> bool:
    return sys.stdout.isatty()
