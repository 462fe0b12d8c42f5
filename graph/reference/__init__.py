"""The reference data: regions, fields, companies, organisations, programmes, incentives, channels.

    terms() ── from the .tsv files beside this module, one per kind of thing
    ├── areas, countries, subdivisions, cities   → Region, a tree by `parent`, groups by `member_of`
    ├── fields                                   → Field: group, code, term
    ├── companies, organisations, programmes     → with their home in `based_in`
    ├── incentives, channels
    └── the user's own                           → what graph.reference.own read, for this process

A file's first line names its columns. `aliases` are separated by `|`; one that begins with `?` is an ordinary word or
another thing's name too ("Reading", "Turkey"), so a text must support it before it counts (`Term.risky`).
"""

import functools
import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

P = ParamSpec("P")
R = TypeVar("R")

_FOLDER = Path(__file__).parent
_FILES = {
    "areas": "Region",
    "countries": "Region",
    "subdivisions": "Region",
    "cities": "Region",
    "fields": "Field",
    "companies": "Company",
    "organisations": "Organisation",
    "programmes": "Programme",
    "incentives": "Incentive",
    "channels": "Channel",
}
_KEPT: list[Any] = []  # caches to be cleared when the user's own terms change
_OWN: dict[tuple[str, str], "Term"] = {}
_LEVELS = {"countries": "country", "subdivisions": "province", "cities": "city"}


@dataclass(frozen=True, slots=True)
class Term:
    """One node of the reference data.

    `level` is one of schema.REGION_LEVELS for a region; group, code or term for a field. `parent` and `member_of` hold
    ids of the same label, `based_in` the id of a region. `risky` are those of its names that mean other things too.
    """

    label: str
    id: str
    name: str
    name_zh: str | None = None
    aliases: tuple[str, ...] = ()
    level: str | None = None
    parent: str | None = None
    member_of: tuple[str, ...] = ()
    kind: str | None = None
    based_in: str | None = None
    risky: frozenset[str] = frozenset()

    def names(self) -> tuple[str, ...]:
        """Return every name, the English one first."""
        return (self.name, *((self.name_zh,) if self.name_zh else ()), *self.aliases)


def cached(function: Callable[P, R]) -> Callable[P, R]:
    """Remember the answers of a function until the lists change: for whatever is made from them."""
    kept = functools.cache(function)
    _KEPT.append(kept)
    return cast(Callable[P, R], kept)


def extend(own: Iterable[Term]) -> None:
    """Add terms of a user's lists for this process, instead of those added before; see graph.reference.own.

    A term with the id of another one of its label stands in its place.
    """
    added = {(term.label, term.id): term for term in own}
    if added != _OWN:
        _OWN.clear()
        _OWN.update(added)
        for kept in _KEPT:
            kept.cache_clear()


@cached
def terms() -> tuple[Term, ...]:
    """Return all terms, parents before their children within each file's order, a user's own last."""
    known = {(term.label, term.id): term for term in _delivered()}
    return tuple((known | _OWN).values())


@functools.cache
def _delivered() -> tuple[Term, ...]:
    return tuple(term for stem in _FILES for term in _read(stem))


@cached
def by_id(label: str) -> Mapping[str, Term]:
    """Return the terms of one label by id."""
    return {term.id: term for term in terms() if term.label == label}


@cached
def ancestors(label: str, id: str) -> tuple[Term, ...]:
    """Return the term itself and all above it, upwards; empty for an id that is not in the reference data."""
    known = by_id(label)
    found: list[Term] = []
    above: str | None = id
    while above is not None and above in known:
        found.append(known[above])
        above = known[above].parent
    return tuple(found)


@cached
def own_version() -> str | None:
    """Return a hash of the user's own terms; None where there are none."""
    if not _OWN:
        return None
    content = repr([replace(term, risky=frozenset()) for term in _OWN.values()])
    content += repr([sorted(term.risky) for term in _OWN.values()])
    return hashlib.sha256(content.encode()).hexdigest()[:8]


@cached
def version() -> str:
    """Return a hash of the data, which changes when any of it does."""
    content = hashlib.sha256()
    for stem in _FILES:
        content.update((_FOLDER / f"{stem}.tsv").read_bytes())
    content.update((own_version() or "").encode())
    return content.hexdigest()[:16]


def slug(name: str) -> str:
    """Return a name as it stands in an id: lower-case ASCII letters and digits, joined by hyphens."""
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_name.replace("'", "")).strip("-")


def _read(stem: str) -> Iterator[Term]:
    lines = (_FOLDER / f"{stem}.tsv").read_text(encoding="utf-8").splitlines()
    columns = lines[0].split("\t")
    for line in lines[1:]:
        if not line or line.startswith("#"):
            continue
        row = dict(zip(columns, line.split("\t"), strict=False))
        yield _term(stem, {column: value for column, value in row.items() if value})


def _term(stem: str, row: Mapping[str, str]) -> Term:
    label = _FILES[stem]
    marked = [name for name in (row["name"], *row.get("aliases", "").split("|")) if name]
    names = [name.removeprefix("?") for name in marked]
    name_zh = row.get("name_zh", "")
    return Term(
        label=label,
        id=row.get("id") or _derived_id(stem, names[0], row),
        name=names[0],
        name_zh=name_zh.removeprefix("?") or None,
        aliases=tuple(names[1:]),
        level=row.get("level") or _LEVELS.get(stem),
        parent=row.get("parent"),
        member_of=tuple(row["member_of"].split("|")) if "member_of" in row else (),
        kind=row.get("kind"),
        based_in=row.get("based_in"),
        risky=frozenset(name.removeprefix("?") for name in (*marked, name_zh) if name.startswith("?")),
    )


def _derived_id(stem: str, name: str, row: Mapping[str, str]) -> str:
    if stem == "cities":
        return f"{row['parent']}-{slug(name)}"
    return f"{_FILES[stem].lower()}-{slug(name)}"
