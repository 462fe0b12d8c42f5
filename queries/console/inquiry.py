"""What is asked of the console."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


def new_id() -> str:
    """Return an id that nobody guesses."""
    return secrets.token_hex(8)


@dataclass(frozen=True, slots=True)
class Inquiry:
    """One query with the values of its parameters.

    `rows` and `seconds` are wished for and cut to the console's own limits; `plan` asks for the plan too, `names` for
    the names of persons. `id` is what it can be cancelled by.
    """

    query: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    rows: int = 1000
    seconds: float | None = None
    plan: bool = False
    names: bool = False
    id: str = field(default_factory=new_id)
