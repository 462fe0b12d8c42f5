"""One name for what documents spell differently ("ACME Robotics", "Acme Robotics"), whatever comes first."""

from collections.abc import Mapping
from typing import Any


def one_of(first: Mapping[str, Any], second: Mapping[str, Any]) -> dict[str, Any]:
    """Return `name`, and `kind` where there is one, of two nodes of one id; their order has no part in it."""
    name = min(first["name"], second["name"], key=_rank)
    kind = min(filter(None, (first.get("kind"), second.get("kind"))), default=None)
    return {"name": name, "kind": kind} if "kind" in first or "kind" in second else {"name": name}


def _rank(name: str) -> tuple[bool, int, str]:
    """Return the lower, the better the spelling: capitals where names have them, no article, then as sorted."""
    return name.isupper() or name.islower(), len(name), name
