"""Names that programs rely on, columns of questions and keys of JSON answers, are those of frozen_names.txt."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from queries import catalogue

FROZEN = Path(__file__).parent / "frozen_names.txt"
ROWS = ("/v1/questions/{name}", "/v1/questions/{name}/claims")


def frozen() -> dict[str, list[str]]:
    """Return the names that are promised, by question or by method and address."""
    lines = FROZEN.read_text(encoding="utf-8").partition("\n\n")[2].splitlines()
    told = [line.partition(": ") for line in lines if line]
    assert len({what for what, _, _ in told}) == len(told)
    return {what: names.split() for what, _, names in told}


def keys(document: dict[str, Any], schema: dict[str, Any], above: str = "") -> Iterator[str]:
    """Yield every key that a schema names, with those above it: `document.title`."""
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    for name, inner in schema.get("properties", {}).items():
        yield above + name
        yield from keys(document, inner, f"{above}{name}.")
    for inner in (*schema.get("anyOf", ()), *schema.get("oneOf", ()), *filter(None, [schema.get("items")])):
        yield from keys(document, inner, above)


def answers(document: dict[str, Any]) -> dict[str, list[str]]:
    """Return the keys of each JSON answer that is no problem; those of a question are its columns.

    Rows are the same in `items` and in a bare array.
    """
    found: dict[str, list[str]] = {}
    for address, operations in document["paths"].items():
        name = address.removeprefix("/v1/questions/").partition("/")[0]
        what = address.replace(f"/{name}", "/{name}", 1) if name in catalogue.questions() else address
        for method, operation in operations.items():
            for status, response in operation["responses"].items():
                media = response.get("content", {}).get("application/json")
                if media and status.startswith("2") and what not in ROWS:
                    told = [key.removeprefix("items.") for key in keys(document, media["schema"])]
                    found[f"{method.upper()} {what}"] = list(dict.fromkeys(told))
    return found


def test_columns_of_questions_are_what_was_promised() -> None:
    promised = {what: names for what, names in frozen().items() if "/" not in what}
    found = {name: [column.name for column in question.columns] for name, question in catalogue.questions().items()}
    assert found == promised


def test_keys_of_answers_are_what_was_promised(client: TestClient) -> None:
    promised = {what: set(names) for what, names in frozen().items() if "/" in what}
    found = answers(client.get("/openapi.json").json())
    assert {what: set(names) for what, names in found.items()} == promised


@pytest.mark.parametrize("part", ["columns", "keys"])
def test_every_name_is_in_snake_case(part: str) -> None:
    told = {name for what, names in frozen().items() if ("/" in what) == (part == "keys") for name in names}
    assert [name for name in sorted(told) if not re.fullmatch(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*", name)] == []
