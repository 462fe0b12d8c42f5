"""Whatever a user may name → pages: files, folders, patterns, standard input, and addresses of the web."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from ingest.sources import Failure, Options, Page, files
from ingest.web import is_address


def read(
    paths: Iterable[str | Path], options: Options | None = None, *, standard_input: BinaryIO | None = None
) -> Iterator[Page | Failure]:
    """Yield the pages of all paths and addresses in order, and a failure for each that gives none.

    Paths are those of `files.read`, addresses those of `web.read`; these need `options.fetcher`.
    """
    options = options or Options()
    for path in paths:
        if not is_address(path):
            yield from files.read([path], options, standard_input=standard_input)
        elif options.fetcher is None:
            yield Failure(str(path), "is an address of the web, and nothing is fetched here", document=False)
        else:
            from ingest.sources import web

            yield from web.read(str(path), options.fetcher(), options)
