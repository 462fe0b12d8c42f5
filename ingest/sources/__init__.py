"""Where documents come from: one file per kind of source, each yielding pages or the reason why there is none.

files.read(paths)  →  Page | Failure …  →  ingest.text.document(page)
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

Form = Literal["text", "record", "markdown", "html"]


@dataclass(frozen=True, slots=True)
class Page:
    """One document as its source holds it, decoded but not yet read.

    `path` says where it is (`notes/a.html`, `feed.jsonl:12`, `-`). `given` holds what the source says about the
    document: any of id, url, title, publisher, date, lang. A `record` is the text of a JSON object.
    """

    path: str
    form: Form
    content: str
    given: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that gives no document, with a reason that says what to do.

    `document` is whether there was one: not where a path leads nowhere or a folder holds nothing to read. `page` is
    what was read of it, where anything was.
    """

    path: str
    reason: str
    document: bool = True
    page: Page | None = None


def samples() -> list[Path]:
    """Return the sample articles that ship with talentgraph, sorted by name."""
    return sorted(path for path in SAMPLES.iterdir() if path.is_file() and not path.name.startswith((".", "__")))


SAMPLES = Path(__file__).resolve().parent.parent / "samples"
