"""The schema is sound in itself; what the store writes is held against it in test_store."""

import re

import pytest

from graph import schema
from graph.derived import FIELD_LISTS, REGION_LISTS
from graph.store import Store

pytestmark = pytest.mark.every_engine

LABELS = [node.label for node in schema.NODES]
TYPES = [relationship.type for relationship in schema.RELATIONSHIPS]


def test_no_name_is_used_twice() -> None:
    names = LABELS + TYPES
    assert len(names) == len(set(names))
    assert not {name.lower() for name in LABELS} & {name.lower() for name in TYPES}


@pytest.mark.parametrize("label", LABELS)
def test_a_node_has_an_id_a_name_and_documented_properties(label: str) -> None:
    node = schema.NODE_BY_LABEL[label]
    names = [property.name for property in node.properties]
    assert names[:2] == ["id", "name"]
    assert len(names) == len(set(names))
    assert all(property.doc.endswith(".") for property in node.properties)
    assert node.doc.endswith(".")


@pytest.mark.parametrize("type", TYPES)
def test_a_relationship_runs_between_labels_that_exist(type: str) -> None:
    relationship = schema.RELATIONSHIP_BY_TYPE[type]
    assert {*relationship.starts, *relationship.ends} <= set(LABELS)
    names = [property.name for property in relationship.properties]
    assert len(names) == len(set(names))
    assert relationship.phrase


def test_every_modality_is_either_positive_or_negative() -> None:
    positive, negative = schema.MODALITY_GROUPS["positive"], schema.MODALITY_GROUPS["negative"]
    assert sorted(positive + negative) == sorted(schema.MODALITIES)
    assert set(schema.MODALITY_GROUPS["firm"]) <= set(positive)


def test_derived_lists_are_declared_on_claims() -> None:
    declared = {property.name: property.kind for property in schema.NODE_BY_LABEL["Claim"].properties}
    for name in (*REGION_LISTS, *FIELD_LISTS):
        assert declared[name] == "strings"
    assert set(REGION_LISTS.values()) <= set(schema.REGION_LEVELS)


def test_one_constraint_for_every_label_and_none_of_an_enterprise_server() -> None:
    statements = list(schema.constraints())
    assert [re.search(r"\(n:(\w+)\)", statement)[1] for statement in statements] == LABELS  # type: ignore[index]
    for statement in statements:
        assert "IF NOT EXISTS" in statement
        assert statement.endswith("REQUIRE n.id IS UNIQUE")


def test_what_is_looked_up_by_its_values_has_an_index() -> None:
    statements = list(schema.indexes())
    assert "CREATE INDEX claim_reported_on IF NOT EXISTS FOR (n:Claim) ON (n.reported_on)" in statements
    assert len({statement.split()[2] for statement in statements}) == len(statements)


def test_the_diagram_shows_every_label_and_type() -> None:
    diagram = schema.mermaid()
    assert diagram.startswith("classDiagram")
    for name in LABELS:
        assert f"class {name} {{" in diagram
    for name in TYPES:
        assert diagram.count(f" : {name}\n") >= 1
    assert "Region --> Field : PART_OF" not in diagram


def test_the_store_has_the_constraints(store: Store) -> None:
    rows = store.read(
        "SHOW CONSTRAINTS YIELD labelsOrTypes, properties RETURN labelsOrTypes AS labels, properties AS p"
    )
    assert {row["labels"][0] for row in rows if row["p"] == ["id"]} >= set(LABELS)
