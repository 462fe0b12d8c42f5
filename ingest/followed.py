"""sources.toml → the sources that are followed: which, how often, and what is known about them.

[[source]]
name = "Example Gazette"
url = "https://gazette.example/rss"       # a page, feed or sitemap; or: path = "reports/"
publisher = "Example Gazette"
language = "en"
reliability = "B"
every = "6h"
at_least = "5 documents a week"
"""

import datetime
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from graph import ids
from graph.errors import InputError
from ingest.followed_keys import KEYS, Floor


@dataclass(frozen=True, slots=True)
class Followed:
    """A source that is followed.

    `place` is an address, or the path of a file or folder (`is_file`). `reliability` is 0 to 1, None where nobody rated
    it. A visit reads `at_most` pages. `columns` are those of its tables, as in `ingest.sources.Options`.
    """

    name: str
    place: str
    is_file: bool
    publisher: str | None = None
    language: str | None = None
    reliability: float | None = None
    every: datetime.timedelta = datetime.timedelta(hours=6)
    at_least: Floor | None = None
    at_most: int = 200
    columns: Mapping[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Return the id of what is remembered of it, which stays when it is renamed."""
        return "source-" + ids.digest("source", self.place)


def read(path: Path) -> list[Followed]:
    """Return the sources that a file names, in its order; relative paths start where the file is.

    Raises:
        InputError: the file cannot be read, or says something that cannot be; file, line and key are named.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        content = tomllib.loads(text)
    except OSError as error:
        raise InputError(
            f"{path} cannot be read ({error.strerror or error}). docs/sources.md says what it holds."
        ) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"{path} is no TOML: {error}. See docs/sources.md for an example.") from error
    problems = _Problems(path, text)
    if others := content.keys() - {"source"}:
        raise problems.of_file(
            f"has {', '.join(map(repr, sorted(others)))} at its top; only [[source]] tables belong there"
        )
    tables = content.get("source", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise problems.of_file("has a [source] table; each source begins with [[source]], in double brackets")
    found = [_followed(table, number, path.parent, problems) for number, table in enumerate(tables)]
    for key in ("name", "id"):
        seen: dict[str, int] = {}
        for number, source in enumerate(found):
            if getattr(source, key) in seen:
                where = "name" if key == "name" else "path" if source.is_file else "url"
                raise problems.of(
                    number, where, f"is that of source {seen[getattr(source, key)] + 1} too; each has its own"
                )
            seen[getattr(source, key)] = number
    return found


def ratings(sources: Iterable[Followed]) -> dict[str, float | None]:
    """Return the reliability of every publisher that the sources name; one rating of a publisher is enough."""
    found: dict[str, float | None] = {}
    for source in sources:
        if source.publisher and found.get(source.publisher) is None:
            found[source.publisher] = source.reliability
    return found


def _followed(table: Mapping[str, object], number: int, folder: Path, problems: "_Problems") -> Followed:
    for key in table:
        if key not in KEYS:
            raise problems.of(number, key, f"is no key; there are {', '.join(KEYS)}")
    values: dict[str, object] = {}
    for key, check in KEYS.items():
        if key in table:
            try:
                values[key] = check(table[key])
            except ValueError as error:
                raise problems.of(number, key, f"is {table[key]!r:.80}; {error}") from error
    if "name" not in values:
        raise problems.of(number, "name", "is missing")
    if ("url" in values) == ("path" in values):
        raise problems.of(number, "url", "or `path` is needed, and only one of them")
    if values.get("reliability") is not None and "publisher" not in values:
        raise problems.of(number, "reliability", "rates the publisher: name it under `publisher`")
    place = values.pop("url", None) or str(folder / str(values.pop("path")))
    return Followed(place=str(place), is_file="path" in table, **values)  # type: ignore[arg-type]


class _Problems:
    """Says what is wrong in which line of the file."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self._lines = text.splitlines()

    def of_file(self, problem: str) -> InputError:
        return InputError(f"{self._path} {problem}.")

    def of(self, number: int, key: str, problem: str) -> InputError:
        """Return the error of a key of a source, counted from 0; without the key, its table's line counts."""
        starts = [line for line, text in enumerate(self._lines, 1) if re.match(r"\s*\[\[\s*source\s*\]\]", text)]
        line = starts[number] if number < len(starts) else 1
        end = starts[number + 1] if number + 1 < len(starts) else len(self._lines) + 1
        for place in range(line, end):
            if re.match(rf"""\s*["']?{re.escape(key)}["']?\s*=""", self._lines[place - 1]):
                line = place
                break
        return InputError(f"{self._path}, line {line}: source {number + 1}: `{key}` {problem}.")
