"""Entities by id, name, alias and Chinese name."""

from collections.abc import Mapping
from typing import Any

import pytest

from graph import entities
from graph.errors import AmbiguousEntity, UnknownEntity
from graph.frame import Row
from graph.store import Store
from tests import claims_fixture


def test_one_thing_by_all_its_names(loaded: Store) -> None:
    expected = {"id": "CN-ZJ", "label": "Region", "name": "Zhejiang"}
    for text in ("CN-ZJ", "cn-zj", "Zhejiang", " zhejiang  province ", "浙江", "浙江省"):
        assert entities.resolve(loaded, text, ("Region",)) == expected, text
        assert entities.resolve(loaded, text) == expected, text
    assert entities.resolve(loaded, "人工智能", ("Field",))["id"] == "ai"
    assert entities.resolve(loaded, "the United States", ("Region",))["id"] == "US"
    assert entities.resolve(loaded, "Huawei Technologies", ("Company",))["id"] == "company-huawei"
    assert entities.resolve(loaded, "猎头", ("Channel",))["id"] == "headhunter"


def test_an_id_goes_first_and_a_country_before_its_parts(loaded: Store) -> None:
    assert entities.resolve(loaded, "US-GA", ("Region",))["label"] == "Region"
    for name, id in (("Luxembourg", "LU"), ("Panama", "PA"), ("Singapore", "SG")):
        assert entities.resolve(loaded, name, ("Region",))["id"] == id


def test_an_ambiguous_name_lists_the_candidates(loaded: Store) -> None:
    with pytest.raises(AmbiguousEntity, match=r"`la rioja` may be: AR-F \(La Rioja, region\); ES-RI") as caught:
        entities.resolve(loaded, "la rioja", ("Region",))
    assert caught.value.candidates == [("AR-F", "La Rioja"), ("ES-RI", "La Rioja")]


def test_an_unknown_name_suggests_near_ones(loaded: Store) -> None:
    with pytest.raises(UnknownEntity, match=r"No region has .*`Zhejang`\. Did you mean Zhejiang \(CN-ZJ\)"):
        entities.resolve(loaded, "Zhejang", ("Region",))
    with pytest.raises(UnknownEntity, match="`x9q7w5`"):
        entities.resolve(loaded, "x9q7w5")
    with pytest.raises(UnknownEntity, match="`AI`"):
        entities.resolve(loaded, "AI", ("Company",))
    with pytest.raises(UnknownEntity):
        entities.resolve(loaded, "", ("Region",))


def test_names_for_suggestions_are_read_once_for_each_state_of_the_store(
    embedded_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []
    read = embedded_store.read

    def counted(query: str, parameters: Mapping[str, Any] | None = None) -> list[Row]:
        sent.append(query)
        return read(query, parameters)

    def reads_of_all_names() -> int:
        sent.clear()
        with pytest.raises(UnknownEntity):
            entities.resolve(embedded_store, "Lantern Microsistems", ("Company",))
        return sum("LIMIT 200000" in query for query in sent)

    monkeypatch.setattr(embedded_store, "read", counted)
    reads_of_all_names()
    assert reads_of_all_names() == 0
    claims_fixture.load(embedded_store)
    assert reads_of_all_names() == 1
    with pytest.raises(UnknownEntity, match="Did you mean Lantern Microsystems"):
        entities.resolve(embedded_store, "Lantern Microsistems", ("Company",))


def test_what_was_read_is_found_too_but_not_what_is_only_described(loaded: Store) -> None:
    lantern = {"id": claims_fixture.LANTERN.id, "label": "Company", "name": "Lantern Microsystems"}
    assert entities.resolve(loaded, "lantern MICROSYSTEMS") == lantern
    assert entities.resolve(loaded, "Northern Wire")["label"] == "Publisher"
    with pytest.raises(UnknownEntity):
        entities.resolve(loaded, "A robotics firm in Zhejiang", ("Company",))
    claim = claims_fixture.claim_ids()["a1"]
    assert entities.resolve(loaded, claim, ("Claim",))["id"] == claim


def test_find_by_beginning_in_either_language(loaded: Store) -> None:
    def found(text: str, label: str | None = None, limit: int = 20) -> list[str]:
        return [row["id"] for row in entities.find(loaded, text, label, limit)]

    assert found("zhej")[0] == "CN-ZJ"
    assert found("浙", "Region")[0] == "CN-ZJ"
    assert found("China", "Region")[0] == "CN"
    assert found("lant", "Company") == [claims_fixture.LANTERN.id]
    assert found("lant", "Field") == []
    assert len(found("a", limit=7)) == 7
    assert "described" not in " ".join(found("a robotics", limit=100))
    row = entities.find(loaded, "CN-ZJ")[0]
    assert row == {"id": "CN-ZJ", "label": "Region", "name": "Zhejiang", "name_zh": "浙江", "level": "province"}
