"""Claims, evidence, what is left open, neighbours: compared on every engine with answers worked out by hand."""

import itertools

import pytest

from graph.errors import AmbiguousEntity, UnknownEntity, WrongParameter
from graph.store import Store
from queries.catalogue import ask
from queries.flat import items
from tests import claims_fixture, hand_written
from tests.expected import COUNTS, names_of


def test_claims(loaded: Store) -> None:
    everything = ask(loaded, "claims", {})
    assert everything.total == 20
    assert sorted(names_of(everything)) == sorted({*claims_fixture.claim_ids(), "h2"} - {"h1"})
    days = [row["reported_on"] or "" for row in everything.rows]
    assert days == sorted(days, reverse=True)
    assert names_of(everything)[-2:] in (["e1", "e2"], ["e2", "e1"])

    pages = [ask(loaded, "claims", {"limit": 8, "offset": offset}) for offset in (0, 8, 16, 24)]
    assert [row for page in pages for row in page.rows] == everything.rows
    assert [page.total for page in pages] == [20, 20, 20, 20]
    assert ask(loaded, "claims", {"limit": 0}).rows == []

    for arguments, expected in (
        ({"region": "CN-ZJ"}, "a1 a2 b1 c1 e1 g2"),
        ({"region": "CN-ZJ", "implied": False}, "a1 a2 b1 c1 g2"),
        ({"origin": "Taiwan"}, "g1 g2"),
        ({"field": "computing"}, "a1 a2 b1 c3 d1 d2 d4 e1 g2 g3 h2"),
        ({"company": "Delta Foundry"}, "g2"),
        ({"company": "lantern microsystems"}, "a3 b2 d3 f1"),
        ({"claimant": "Lantern Microsystems"}, "f1"),
        ({"claimant": "Northern Wire"}, "a3 b2 f2"),
        ({"claimant": "Zhejiang Talent Office"}, "c1"),
        ({"modality": "negative"}, "f1 f2"),
        ({"since": "2026-01-15", "until": "2026-01-31"}, "f1 f2"),
        ({"known_at": "2026-03-15", "region": "FR"}, "h1"),
        ({"region": "JP"}, ""),
    ):
        answer = ask(loaded, "claims", arguments)
        assert sorted(names_of(answer)) == expected.split(), arguments
        assert answer.total == len(expected.split())

    for path in ask(loaded, "paths", {"start": "Taiwan", "end": "ai", "among": "all", "limit": 3}).rows:
        steps = zip(itertools.pairwise(items(path["path_ids"])), items(path["path_stories"]), strict=True)
        for (entity, other), stories in steps:
            behind = ask(loaded, "claims", {"entity": entity, "other": other}).rows
            assert len({row["story_id"] for row in behind}) == int(stories), (entity, other)

    lured = ask(loaded, "claims", {"company": "Delta Foundry"}).rows[0]
    assert lured["recruiter"] == "Halcyon Robotics"
    assert (lured["destinations"], lured["origins"]) == ("Hangzhou", "Taiwan")
    assert lured["fields"] == "artificial intelligence"
    assert lured["said_by"] == lured["publisher"] == "Harbour Daily"
    assert lured["quote"].startswith("A search firm lured")


def test_evidence(loaded: Store) -> None:
    ids = claims_fixture.claim_ids()
    row = ask(loaded, "evidence", {"claim": ids["c1"]}).rows[0]
    text = claims_fixture.first()[2].document.text
    assert row["quote"] == text[row["start"] : row["end"]]
    assert row["quote"].startswith("Zhejiang will give researchers")
    assert (row["title"], row["publisher"], row["reported_on"]) == ("The notice", "Zhejiang Gazette", "2025-06-20")
    assert row["said_by"] == "Zhejiang Talent Office"
    assert (row["modality"], row["stage"], row["recruiter_type"]) == ("planned", "seeks", "local_government")
    factors = [row[name] for name in hand_written.FACTORS]
    assert [row["confidence"], *factors] == [0.6, 0.9, 0.8, 0.7, 0.6]
    assert "destination Zhejiang: “Zhejiang” at 0–8" in items(row["slots"])
    assert row["documents_of_story"] == 1
    assert row["retired"] is None

    told = ask(loaded, "evidence", {"claim": ids["a2"]}).rows[0]
    assert told["documents_of_story"] == 2
    assert told["said_by"] == "sources"
    assert "origin Spain, inferred" in items(told["slots"])
    assert ask(loaded, "evidence", {"claim": ids["e1"]}).rows[0]["said_by"] == "Talent Blog"
    assert ask(loaded, "evidence", {"claim": ids["h1"]}).rows[0]["retired"] == claims_fixture.THEN_KNOWN
    with pytest.raises(UnknownEntity, match="claim-none"):
        ask(loaded, "evidence", {"claim": "claim-none"})


def test_confidence_counts_how_the_publisher_is_rated(embedded_store: Store) -> None:
    claims_fixture.load(embedded_store)
    claim = claims_fixture.claim_ids()["c1"]
    embedded_store.rate({"Zhejiang Gazette": 0.5})
    row = ask(embedded_store, "evidence", {"claim": claim}).rows[0]
    assert (row["confidence"], row["publisher_reliability"], row["hedge_factor"]) == (0.3, 0.5, 0.6)
    listed = {row["claim_id"]: row for row in ask(embedded_store, "claims", {"limit": 100}).rows}
    assert listed[claim]["confidence"] == 0.3
    assert listed[claims_fixture.claim_ids()["a2"]]["confidence"] == 0.6, "another publisher's, unrated"
    embedded_store.rate({"Zhejiang Gazette": None})
    row = ask(embedded_store, "evidence", {"claim": claim}).rows[0]
    assert (row["confidence"], row["publisher_reliability"]) == (0.6, None)


def test_coverage(loaded: Store) -> None:
    names = ("claims", "no_region", "no_origin", "no_field", "no_incentive", "no_channel", "no_company", "undated")
    for arguments, expected in (
        ({}, (18, 2, 10, 2, 14, 15, 10, 2)),
        ({"modality": "negative"}, (2, 0, 2, 0, 2, 2, 1, 0)),
        ({"since": "2026-01-01"}, (3, 0, 1, 0, 3, 2, 2, 2)),
        ({"region": "CN-ZJ", "implied": "no"}, (5, 0, 0, 1, 1, 3, 1, 0)),
    ):
        assert ask(loaded, "coverage", arguments).rows == [dict(zip(names, expected, strict=True))], arguments
        for name, number in zip(names[1:-1], expected[1:], strict=False):
            given = {"modality": "positive", **arguments, "without": name.removeprefix("no_")}
            assert ask(loaded, "claims", given).total == number, given
    assert ask(loaded, "claims", {"modality": "positive", "without": "date"}).total == 2


def test_neighbourhood(loaded: Store) -> None:
    answer = ask(loaded, "neighbourhood", {"entity": "Halcyon Robotics"})
    rows = {(r["role"], r["other_role"], r["id"]): [r[count] for count in COUNTS] for r in answer.rows}
    assert len(rows) == answer.total
    described = next(row["id"] for row in answer.rows if row["other_role"] == "INTERMEDIARY")
    two, one = [2, 2, 2, 2, 2], [1, 1, 1, 1, 1]
    assert rows == {
        ("RECRUITER", "SEEKS", "ai"): two,
        ("RECRUITER", "VIA", "headhunter"): two,
        ("RECRUITER", "DESTINATION", "US-CA"): one,
        ("RECRUITER", "DESTINATION", "CN-ZJ-hangzhou"): one,
        ("RECRUITER", "ORIGIN", "CN"): one,
        ("RECRUITER", "ORIGIN", "TW"): one,
        ("RECRUITER", "FROM_EMPLOYER", claims_fixture.DELTA.id): one,
        ("RECRUITER", "INTERMEDIARY", described): one,
        ("SAID_BY", "SEEKS", "ai"): one,
        ("SAID_BY", "VIA", "headhunter"): one,
        ("SAID_BY", "DESTINATION", "US-CA"): one,
        ("SAID_BY", "ORIGIN", "CN"): one,
    }
    of_zhejiang = ask(loaded, "neighbourhood", {"entity": "浙江", "limit": 200}).rows
    assert (of_zhejiang[0]["role"], of_zhejiang[0]["other_role"], of_zhejiang[0]["id"]) == (
        "DESTINATION",
        "SEEKS",
        "ai",
    )
    assert [of_zhejiang[0][count] for count in COUNTS] == [5, 4, 4, 3, 3]
    direct = {(row["role"], row["id"]) for row in of_zhejiang if row["claims"] is None}
    assert direct >= {("PART_OF", "CN"), ("PART_OF (of)", "CN-ZJ-hangzhou"), ("RUN_BY (of)", "programme-kunpeng-plan")}


def test_known_at_answers_as_the_graph_was_known_then(loaded: Store) -> None:
    def of_france(known_at: str | None) -> list[str]:
        rows = ask(loaded, "fields-of-region", {"region": "FR"}, known_at=known_at).rows
        return [row["field_id"] for row in rows]

    assert of_france(None) == ["ai"]
    assert of_france("2026-03-15") == ["quantum"]
    assert of_france("2026-04-01T08:59:59Z") == ["quantum"]
    assert of_france(claims_fixture.THEN_KNOWN) == ["ai"]
    assert of_france("2026-02-28") == []


def test_wrong_parameters_say_which(loaded: Store) -> None:
    for arguments, parameter in (
        ({"regions": "CN"}, "regions"),
        ({"region_level": "village"}, "region_level"),
        ({"since": "last year"}, "since"),
        ({"since": ""}, "since"),
        ({"since": "2026-03-02", "until": "2026-03-01"}, "since"),
        ({"implied": "perhaps"}, "implied"),
        ({"limit": "-1"}, "limit"),
        ({"limit": "ten"}, "limit"),
        ({"modality": "denied"}, "modality"),
        ({"known_at": "2026-13-01"}, "known_at"),
    ):
        with pytest.raises(WrongParameter) as caught:
            ask(loaded, "regions-recruiting-fields", arguments)
        assert caught.value.parameter == parameter
        assert f"`{parameter}`" in str(caught.value)
    with pytest.raises(WrongParameter, match="`region` is missing"):
        ask(loaded, "fields-of-region", {})
    with pytest.raises(WrongParameter, match="`region` is empty"):
        ask(loaded, "claims", {"region": ""})
    with pytest.raises(UnknownEntity) as unknown:
        ask(loaded, "claims", {"origin": "Zhejang"})
    with pytest.raises(AmbiguousEntity) as ambiguous:
        ask(loaded, "claims", {"origin": "la rioja"})
    assert unknown.value.parameter == ambiguous.value.parameter == "origin"
