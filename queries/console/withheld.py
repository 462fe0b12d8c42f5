"""Persons are shown by what they are, not who, unless names are asked for; as in every other answer.

A value that is the name, another name or the id of a person the graph knows is replaced, and so is one that says who
wrote a document; so are the properties of a person's node, and the role of a voice that holds such a name. Sentences
and texts of documents stay as published. It is a default for whoever looks at a screen, not a lock: who may use the
console may ask for names.
"""

import hashlib
import re
import secrets
from collections.abc import Iterator
from typing import Any

from graph.schema import personal
from graph.store import Store

SHOWN = "a named person"
NAME_CHARACTERS = 200  # longer texts are no names
AT_ONCE = 20_000
_PERSON_ID = re.compile(r"person-[a-z0-9-]+")
_KEY = secrets.token_bytes(16)
_KNOWN = """
MATCH (p:Person)
WHERE p.name IN $texts OR any(alias IN coalesce(p.aliases, []) WHERE alias IN $texts)
   OR any(key IN coalesce(p.search, []) WHERE key IN $texts) OR any(role IN $roles WHERE role CONTAINS p.name)
RETURN p.name AS name, coalesce(p.aliases, []) AS aliases, coalesce(p.search, []) AS search
"""
_PERSONAL = "MATCH (n:{label}) WHERE n.{name} IN $texts RETURN DISTINCT n.{name} AS name"


def pseudonym(id: str) -> str:
    """Return what stands for a person's id: the same for the same person until the process ends."""
    return "person-" + hashlib.blake2b(id.encode(), key=_KEY, digest_size=6).hexdigest()


class Withheld:
    """Replaces what names persons; `count` says how often."""

    def __init__(self, store: Store, value: Any) -> None:
        """Look up which of the strings in `value` name persons."""
        texts = sorted(set(_texts(value)))
        roles = sorted(set(_roles(value)))
        self.count = 0
        self._names: set[str] = set()
        for first in range(0, len(texts), AT_ONCE):
            portion = texts[first : first + AT_ONCE]
            for row in store.read(_KNOWN, {"texts": portion, "roles": roles}):
                self._names |= {row["name"], *row["aliases"], *row["search"]}
            for label, name in personal():
                rows = store.read(_PERSONAL.format(label=label, name=name), {"texts": portion})
                self._names |= {row["name"] for row in rows}

    def without(self, value: Any) -> Any:
        """Return a plain value without names of persons."""
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, list):
            return [self.without(item) for item in value]
        if isinstance(value, dict):
            if "Person" in (value.get("labels") or ()) and isinstance(value.get("properties"), dict):
                return {**value, **self._person(value)}
            return {key: self._role(item) if key == "role" else self.without(item) for key, item in value.items()}
        return value

    def _text(self, text: str) -> str:
        if text in self._names:
            self.count += 1
            return SHOWN
        if _PERSON_ID.fullmatch(text):
            self.count += 1
            return pseudonym(text)
        return text

    def _role(self, role: Any) -> Any:
        if isinstance(role, str) and any(name in role for name in self._names):
            self.count += 1
            return SHOWN
        return self.without(role)

    def _person(self, node: dict[str, Any]) -> dict[str, Any]:
        """Return what is shown of a person's node: that it is one, and the same one elsewhere in the answer."""
        self.count += 1
        id = node["properties"].get("id")
        properties = {"id": pseudonym(id) if isinstance(id, str) else None, "name": SHOWN}
        shown = {"properties": properties, "id": properties["id"]}
        return shown | ({"caption": SHOWN, "id": drawn_id(node["id"])} if "caption" in node else {})


def drawn_id(id: str) -> str:
    """Return the id by which a picture knows a node, without the name of a person."""
    label, separator, own = id.partition(":")
    return f"{label}{separator}{pseudonym(own)}" if label == "Person" else id


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if len(value) <= NAME_CHARACTERS:
            yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


def _roles(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, item in value.items():
            if key == "role" and isinstance(item, str):
                yield item
            else:
                yield from _roles(item)
    elif isinstance(value, list):
        for item in value:
            yield from _roles(item)
