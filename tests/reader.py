"""A reader's query put to a store directly, without the console's other layers."""

from collections.abc import Mapping
from typing import Any

from graph.inquiry import Found, Limits
from graph.store import Store


def inquire(
    store: Store,
    query: str,
    parameters: Mapping[str, Any] | None = None,
    *,
    rows: int = 1000,
    bytes: int = 1_000_000,
    seconds: float = 30.0,
    id: str = "test",
) -> Found:
    return store.inquire(query, parameters or {}, Limits(rows, bytes, seconds), id)
