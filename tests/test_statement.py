"""A statement as it is sent says what the file says."""

from typing import Any

import pytest

from queries import catalogue
from queries.parameters import bind
from queries.statement import decided
from tests.conftest import Stores

FILTERS: tuple[dict[str, Any], ...] = (
    {},
    {"region": "CN"},
    {"region": "CN", "field": "ai", "implied": False},
    {"since": "2025-01-01"},
    {"region": "CN,CN-ZJ,DE", "field": "ai,semiconductors"},
    {"region": "CN", "origin": "ES,TW"},
    {"since": "2024-06-01", "until": "2025-06-30", "region": "EU"},
)


def test_alternatives_are_decided_by_the_values() -> None:
    statement = "MATCH (c:Claim)\nWHERE c.x = ')'\n  AND ($since IS NULL OR c.day >= date($since))\nRETURN c"
    assert decided(statement, {"since": None}) == "MATCH (c:Claim)\nWHERE c.x = ')'\n  AND true\nRETURN c"
    assert "\n  AND (c.day >= date($since))\n" in decided(statement, {"since": "2025-01-01"})
    asked = catalogue.find("claims").cypher
    given = {**dict.fromkeys(param.name for param in catalogue.find("claims").params), "region": ["CN"]}
    assert decided(asked, given).startswith(
        "MATCH (whole:Region)<-[:PART_OF*0..3]-(:Region)<-[d:DESTINATION]-(c:Claim)"
    )
    assert "$region" not in decided(asked, {**given, "region": None})


@pytest.mark.parametrize("given", FILTERS, ids=str)
def test_what_is_sent_gives_the_same_rows(stores: Stores, given: dict[str, Any]) -> None:
    store = stores.loaded("embedded")
    asked = 0
    for question in catalogue.questions().values():
        names = {param.name for param in question.params}
        if not given.keys() <= names or any(param.required for param in question.params):
            continue
        values = bind(store, question, {**given, "limit": 1000})
        sent = decided(question.cypher, values)
        rows = [
            store.read(cypher, {name: value for name, value in values.items() if f"${name}" in cypher})
            for cypher in (question.cypher, sent)
        ]
        assert rows[0] == rows[1], question.name
        asked += 1
    assert asked > (2 if "origin" in given else 10)
