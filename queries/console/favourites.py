"""Queries to come back to: every question of the catalogue, and the user's own in HOME/favourites/NAME.cypher."""

import re
from dataclasses import dataclass
from pathlib import Path

from graph.errors import UnknownQuestion, WrongParameter
from queries import catalogue

FOLDER = "favourites"
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


@dataclass(frozen=True, slots=True)
class Favourite:
    """A query under a name; `own` says that the user saved it."""

    name: str
    title: str
    cypher: str
    own: bool


def favourites(home: Path) -> dict[str, Favourite]:
    """Return all favourites by name, the user's own first; an own one hides a question of that name."""
    own = {}
    for path in sorted((home / FOLDER).glob("*.cypher")):
        cypher = path.read_text(encoding="utf-8", errors="replace")
        first = cypher.lstrip().partition("\n")[0]
        title = first.removeprefix("//").strip() if first.startswith("//") else first
        own[path.stem] = Favourite(path.stem, title[:80], cypher, True)
    asked = {q.name: Favourite(q.name, q.title, q.cypher, False) for q in catalogue.questions().values()}
    return own | {name: one for name, one in asked.items() if name not in own}


def favourite(home: Path, name: str) -> Favourite:
    """Return the favourite of that name; UnknownQuestion where there is none."""
    known = favourites(home)
    if name not in known:
        raise UnknownQuestion(f"There is no favourite {name!r}; :saved and :questions list them.")
    return known[name]


def save(home: Path, name: str, cypher: str) -> Path:
    """Keep a query under a name and return its file; WrongParameter for a name that cannot be one."""
    if not _NAME.fullmatch(name):
        raise WrongParameter("name", f"{name!r} is no name: small letters, digits and hyphens, such as chips-by-month.")
    folder = home / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.cypher"
    path.write_text(cypher.rstrip() + "\n", encoding="utf-8")
    return path
