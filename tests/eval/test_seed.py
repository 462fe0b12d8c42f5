"""The traps of one real article (DESIGN.md, Extraction), each with its test; it lies among the annotated documents."""

import json
import tomllib
from typing import Any

import pytest

from ingest.language import sentences
from tests.eval import annotated
from tests.eval.conftest import Scored

FLOORS = tomllib.loads((annotated.HERE / "floors.toml").read_text(encoding="utf-8"))["seed"]


@pytest.fixture
def text(scored: Scored) -> str:
    return str(json.loads((scored.gold / "dev" / "seed.json").read_text(encoding="utf-8"))["text"])


@pytest.fixture
def claims(scored: Scored) -> list[dict[str, Any]]:
    return list(scored.extractions["seed"]["claims"])


def recruiters(claims: list[dict[str, Any]]) -> set[str]:
    return {claim["recruiter"]["name"] for claim in claims if claim["recruiter"]}


def at(claims: list[dict[str, Any]], text: str, number: int) -> list[dict[str, Any]]:
    """Return the claims whose evidence is the sentence of that number, from 0: the article is not quoted."""
    sentence = sentences(text)[number]
    return [c for c in claims if sentence.start <= c["evidence"]["start"] < sentence.end]


def test_claims_recall_and_precision(scored: Scored) -> None:
    figures = scored.documents["seed"]["tallies"]["claims"].prf()
    assert figures["r"] >= FLOORS["claims_recall"], figures
    assert figures["p"] >= FLOORS["claims_precision"], figures


def test_a_firm_named_to_describe_another_is_no_recruiter(claims: list[dict[str, Any]]) -> None:
    assert claims
    assert not {name for name in recruiters(claims) if "Huawei" in name or "Alibaba" in name}


def test_the_actor_of_the_headline_is_not_that_of_the_body(claims: list[dict[str, Any]], text: str) -> None:
    body = [c for c in claims if c["evidence"]["start"] > text.index("\n")]
    assert body
    assert not {name for name in recruiters(body) if "Communist" in name or "CCP" in name}


def test_unnamed_firms_are_recruiters(claims: list[dict[str, Any]]) -> None:
    described = [c for c in claims if c["recruiter"] and c["recruiter"].get("described")]
    assert {c["recruiter"]["type"] for c in described} & {"company", "local_government"}


def test_sources_are_neither_targets_nor_recruiters(claims: list[dict[str, Any]]) -> None:
    speakers = {"Wen", "Mr. Wen", "Bonnie"}
    assert not speakers & {target["name"] for c in claims for target in c["targets"]}
    assert not (speakers | {"Rafael"}) & recruiters(claims)


def test_he_and_they_across_sentences(claims: list[dict[str, Any]], text: str) -> None:
    told = at(claims, text, 6)
    assert told
    assert {c["claimant"] for c in told} == {"Rafael"}
    quoted = at(claims, text, 14)
    assert quoted
    assert {c["claimant"] for c in quoted} == {"Bonnie"}


def test_a_negated_channel_does_not_negate_the_act(claims: list[dict[str, Any]], text: str) -> None:
    assert {c["modality"] for c in at(claims, text, 12)} == {"asserted"}


def test_a_withheld_amount(claims: list[dict[str, Any]], text: str) -> None:
    offers = [o for c in at(claims, text, 9) for o in c["offers"]]
    assert any(o["code"] == "salary" and o["undisclosed"] for o in offers)


def test_a_relative_time_without_a_date_stays_open(claims: list[dict[str, Any]], text: str) -> None:
    times = [c["time"] for c in at(claims, text, 10) if c["time"]]
    assert times
    assert {(t["precision"], t["from"], t["to"]) for t in times} == {("open", None, None)}


def test_cities_lie_in_their_provinces(claims: list[dict[str, Any]]) -> None:
    codes = {place["code"] for c in claims for place in c["destinations"]}
    assert codes & {"CN-ZJ", "CN-ZJ-hangzhou"}
    assert all(code.startswith(("CN-ZJ", "CN-GD")) for code in codes if "hangzhou" in code or "shenzhen" in code)


def test_the_west_is_no_country(claims: list[dict[str, Any]]) -> None:
    west = [place for c in claims for place in c["origins"] if "West" in place["text"]]
    assert west
    assert {place["code"] for place in west} == {"THE_WEST"}
