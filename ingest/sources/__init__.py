"""Where documents come from: one file per kind of source, each yielding pages or the reason why there is none.

places.read(paths and addresses)         ┐
kinds.pages_of(address, bytes, type, …)  ┴►  Page | Failure …  →  ingest.text.document(page)
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal

if TYPE_CHECKING:
    from ingest.web.fetching import Fetcher

Form = Literal["text", "record", "markdown", "html"]
FIELDS = ("id", "url", "title", "publisher", "date", "lang", "author")
"""What a source may say about a document, besides its text."""


@dataclass(frozen=True, slots=True)
class Page:
    """One document as its source holds it, decoded but not yet read.

    `path` says where it is (`notes/a.html`, `feed.jsonl:12`, `-`). A `record` is text that is kept as it is. `given`
    holds what the source says about the document, by `FIELDS`; `assumed` what holds where the page itself says nothing,
    such as the day on which it was fetched.
    """

    path: str
    form: Form
    content: str
    given: Mapping[str, object] = field(default_factory=dict)
    assumed: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that gives no document, with a reason that says what to do.

    `document` is whether there was one: not where a path leads nowhere or a folder holds nothing to read. `page` is
    what was read of it, where anything was. `set_aside`: it can be read, but another text of its URL stands.
    """

    path: str
    reason: str
    document: bool = True
    page: Page | None = None
    set_aside: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """Bytes whose kind is yet to be told: a file, what an archive holds, an answer from the web.

    `path` is shown; `name`, else the path, has the suffix that counts. `media_type` is what the source calls it, such
    as `text/html; charset=gbk`. `given` and `assumed` are those of its pages.
    """

    path: str
    stream: BinaryIO
    name: str = ""
    media_type: str | None = None
    given: Mapping[str, object] = field(default_factory=dict)
    assumed: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Options:
    """How to read: the size above which one document is refused, the columns of tables, whom to tell asides.

    `columns` names the column of a table that holds a field or the `text`, where it is not called so itself. `fetcher`
    gives what fetches from the web (see `ingest.web.fetcher`); without it nothing is fetched.
    """

    max_bytes: int = 10_000_000
    columns: Mapping[str, str] = field(default_factory=dict)
    say: Callable[[str], None] = lambda line: None
    fetcher: "Callable[[], Fetcher] | None" = None


def samples() -> list[Path]:
    """Return the sample articles that ship with talentgraph, sorted by name."""
    return sorted(path for path in SAMPLES.iterdir() if path.is_file() and not path.name.startswith((".", "__")))


SAMPLES = Path(__file__).resolve().parent.parent / "samples"
