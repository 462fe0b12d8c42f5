"""Rows are flat: one scalar a cell, and ids beside the names they belong to."""

import io

import polars as pl
import pytest
from fastapi.testclient import TestClient

from graph.store import Store
from queries import catalogue, columns
from queries.catalogue import ask
from queries.flat import SEPARATOR, items, joined
from queries.labels import label_of
from tests.expected import needed

SCALAR = (str, int, float, bool, type(None))
ENTITIES = ("region", "field", "company", "programme", "incentive", "claimant", "entity")


def test_several_become_one_text_that_can_be_taken_apart() -> None:
    assert joined(["Hangzhou", "Zhejiang"]) == "Hangzhou; Zhejiang"
    assert items(joined(["a firm; small", "b"])) == ["a firm, small", "b"]
    assert joined([5, 4]) == "5; 4"
    assert joined([]) is joined(None) is None
    assert items(None) == []


@pytest.mark.parametrize(
    ("name", "names", "label"),
    [
        ("region_id", ["region_id", "region"], "region"),
        ("field_ids", ["field_ids", "fields"], "fields"),
        ("run_by_ids", ["run_by_ids", "run_by"], "run_by"),
        ("other_id", ["other_id", "other"], "other"),
        ("other_id", ["other_id", "other_name"], "other_name"),
        ("id", ["id", "name"], "name"),
        ("document_id", ["document_id", "title"], None),
        ("claims", ["claims", "claim"], None),
    ],
)
def test_an_id_has_its_label_beside_it(name: str, names: list[str], label: str | None) -> None:
    assert label_of(name, names) == label


def test_every_row_of_every_question_is_flat(loaded_embedded: Store) -> None:
    told = 0
    for question in catalogue.questions().values():
        found = columns.described(question)
        pairs = [(c["name"], c["label_column"]) for c in found if c["role"] == "list" and c["label_column"]]
        for row in ask(loaded_embedded, question.name, needed(question) | {"limit": "1000"}).rows:
            assert all(isinstance(value, SCALAR) for value in row.values()), (question.name, row)
            for ids, names in pairs:
                assert len(items(row[ids])) == len(items(row[names])), (question.name, ids, row)
                told += len(items(row[ids])) > 1
    assert told > 20


def test_every_form_of_a_question_with_lists_has_scalars(client: TestClient) -> None:
    for question in catalogue.questions().values():
        several = [column.name for column in question.columns if column.several]
        if not several:
            continue
        address, given = f"/v1/questions/{question.name}", needed(question) | {"limit": "200"}
        rows = client.get(address, params=given).json()["items"]
        assert all(isinstance(value, SCALAR) for row in rows for value in row.values()), question.name
        table = pl.read_parquet(io.BytesIO(client.get(f"{address}.parquet", params=given).content))
        assert {str(table.schema[name]) for name in several} == {"String"}
        assert table.select(several).rows() == [tuple(row[name] for name in several) for row in rows]
        text = pl.read_csv(io.BytesIO(client.get(f"{address}.csv", params=given).content), infer_schema=False)
        assert text[several[0]].to_list() == [row[several[0]] for row in rows]


def test_what_the_catalogue_lists_is_flat_too(client: TestClient) -> None:
    for address in ("/v1/questions", "/v1/questions/claims/columns", "/v1/questions/claims/parameters"):
        rows = client.get(f"{address}?format=records").json()
        assert rows
        assert all(isinstance(value, SCALAR) for row in rows for value in row.values()), address
    assert SEPARATOR.join(("region_id", "field_id")) in {
        row["behind"] for row in client.get("/v1/questions").json()["items"]
    }


def test_labels_of_entities_have_ids() -> None:
    """A claim's row, in which nothing is told apart, has the ids of all that it names."""
    names = [column.name for column in catalogue.find("claims").columns]
    for label in ("recruiter", "destinations", "origins", "fields", "said_by", "publisher"):
        assert any(label_of(name, names) == label for name in names), label


def test_a_name_of_a_column_means_one_thing() -> None:
    types: dict[str, set[str]] = {}
    for question in catalogue.questions().values():
        for column in question.columns:
            types.setdefault(column.name, set()).add(f"{column.type} {column.several}")
    assert {name: found for name, found in types.items() if len(found) > 1} == {}


def test_everything_one_may_narrow_by_takes_several_values() -> None:
    """What a question is about is one thing, and required; what narrows it is any number of them."""
    for question in catalogue.questions().values():
        for param in question.params:
            assert param.type not in ENTITIES or param.required or param.many, (question.name, param.name)
