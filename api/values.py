"""One value as a reader wants to see it in a cell, and any value as JSON."""

from collections.abc import Mapping
from typing import Any

import orjson

BRIEF = 60  # characters of a property, where a node is shown briefly


def cell(value: Any, *, brief: bool = False) -> str:
    """Return a value as a reader wants it in a cell: nothing for null, lists with semicolons, nodes as Cypher.

    `brief` cuts the long properties of nodes and maps, such as a document's text.
    """
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case float():
            return f"{value:.6g}"
        case Mapping():
            return _map(value, brief)
        case list() | tuple():
            return "; ".join(cell(item, brief=brief) for item in value)
    return str(value)


def _map(value: Mapping[str, Any], brief: bool) -> str:
    if {"labels", "id", "properties"} <= value.keys():
        return f"(:{':'.join(value['labels'])} {_properties(value['properties'], brief)})"
    if {"type", "start", "end", "properties"} <= value.keys():
        return f"[:{value['type']} {_properties(value['properties'], brief)}]".replace(" {}]", "]")
    return _properties(value, brief)


def _properties(value: Mapping[str, Any], brief: bool) -> str:
    """Return a map as Cypher writes it, what it is known by first."""
    names = sorted(value, key=lambda name: (name != "id", name != "name"))
    shown = {name: json_text(value[name]) for name in names}
    if brief:
        shown = {name: text if len(text) <= BRIEF else text[:BRIEF] + " …" for name, text in shown.items()}
    return "{" + ", ".join(f"{name}: {text}" for name, text in shown.items()) + "}"


def json_text(value: Any) -> str:
    """Return a value as compact JSON."""
    try:
        return orjson.dumps(value, default=_plain, option=orjson.OPT_NON_STR_KEYS).decode()
    except orjson.JSONEncodeError:  # halves of characters, which orjson refuses
        return orjson.dumps(_all_well_formed(value), default=_plain, option=orjson.OPT_NON_STR_KEYS).decode()


def well_formed(text: str) -> str:
    """Return a text that has a form in UTF-8: a half of a surrogate pair becomes U+FFFD."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def _all_well_formed(value: Any) -> Any:
    match value:
        case str():
            return well_formed(value)
        case Mapping():
            return {_all_well_formed(key): _all_well_formed(item) for key, item in value.items()}
        case list() | tuple():
            return [_all_well_formed(item) for item in value]
    return value


def _plain(value: Any) -> Any:
    """Return what JSON can hold for a value it has no form for: bytes as hexadecimal, driver values as they print."""
    return value.hex() if isinstance(value, bytes) else str(value)
