"""Every question, asked of the fixture of claims on every engine; the answers were worked out by hand.

An expected answer is a table: ids, `above` or `-` for `stated_above`, then the five counts.
"""

import datetime
from collections.abc import Mapping
from typing import Any

import pytest

from graph.errors import UnknownEntity, WrongParameter
from graph.store import Store
from queries.catalogue import Answer, ask, questions
from tests import claims_fixture
from tests.conftest import ENGINES, Stores

COUNTS = ("claims", "approaches", "documents", "stories", "claimants")


@pytest.fixture(scope="module", params=ENGINES)
def loaded(request: pytest.FixtureRequest, stores: Stores) -> Store:
    """Every engine in turn, loaded once: these tests only read."""
    store = stores.get(request.param)
    claims_fixture.load(store)
    return store


def table(answer: Answer) -> list[str]:
    """Return ids, mark and counts of each row; a company by its name, since a described one has a hash for its id."""
    shown = [name for name in answer.columns if name.endswith("_id") or name in ("period", "stated_above", *COUNTS)]
    if "company" in answer.columns:
        shown[shown.index("company_id")] = "company"
    words: Mapping[Any, str] = {True: "above", False: "-"}
    return [" ".join(words[v] if isinstance(v, bool) else str(v) for v in map(row.get, shown)) for row in answer.rows]


def expect(store: Store, question: str, arguments: dict[str, Any], rows: str) -> Answer:
    answer = ask(store, question, arguments)
    expected = [" ".join(line.split()) for line in rows.strip().splitlines()]
    assert table(answer) == expected, f"{question} {arguments}"
    assert answer.total == len(expected)
    return answer


def names_of(answer: Answer) -> list[str]:
    """Return the short names of the fixture's claims in an answer; h2 has none there."""
    short = {id: name for name, id in claims_fixture.claim_ids().items()}
    return [short.get(row["claim_id"], "h2") for row in answer.rows]


def test_every_question_returns_what_it_declares(loaded: Store) -> None:
    examples = {"claim": claims_fixture.claim_ids()["a1"], "region": "CN", "field": "ai", "entity": "CN-ZJ"}
    for question in questions().values():
        required = {param.name: examples[param.type] for param in question.params if param.required}
        answer = ask(loaded, question.name, required)
        assert answer.rows, question.name
        for row in answer.rows:
            assert tuple(row) == answer.columns == tuple(column.name for column in question.columns)
            for column in question.columns:
                kinds = {"integer": int, "float": float, "boolean": bool, "strings": list}
                assert row[column.name] is None or type(row[column.name]) is kinds.get(column.type, str), column


def test_regions_recruiting_fields(loaded: Store) -> None:
    name = "regions-recruiting-fields"
    answer = expect(
        loaded,
        name,
        {},
        """
        CN       ai                   -      5 4 4 3 3
        CN       semiconductors       -      3 3 3 2 2
        CN       robotics             -      2 2 2 1 1
        DE       semiconductors       -      2 2 2 1 1
        US       ai                   -      2 2 2 2 2
        CN       computing            above  1 1 1 1 1
        M49:150  ai                   above  1 1 1 1 1
        EU       quantum              above  1 1 1 1 1
        FR       ai                   -      1 1 1 1 1
        DE       healthcare_workforce -      1 1 1 1 1
        GB       ai                   -      1 1 1 1 1
        CN       unstated             -      1 1 1 1 1
        unstated semiconductors       -      1 1 1 1 1
        unstated unstated             -      1 1 1 1 1
        """,
    )
    first = answer.rows[0]
    assert (first["region"], first["field"]) == ("China", "artificial intelligence")
    assert (first["first_reported"], first["last_reported"]) == ("2025-03-03", "2026-02-02")
    assert answer.notes == (
        "Counted from 18 claims; of these 2 without a region and 2 without a field (`unstated`).",
        "Without a date (`undated`): 2, counted.",
    )
    expect(
        loaded,
        name,
        {"region_level": "province", "field_level": "group", "modality": "firm"},
        """
        DE       chips_electronics above 2 2 2 1 1
        CN-GD    chips_electronics -     2 2 2 1 1
        CN-ZJ    computing         -     2 2 2 2 2
        US-CA    computing         -     1 1 1 1 1
        EU       computing         above 1 1 1 1 1
        FR       computing         above 1 1 1 1 1
        DE       life_health       above 1 1 1 1 1
        unstated chips_electronics -     1 1 1 1 1
        unstated unstated          -     1 1 1 1 1
        """,
    )
    expect(
        loaded,
        name,
        {"region_level": "continent", "order_by": "stories"},
        """
        M49:142  ai                   -     5 4 4 3 3
        M49:150  ai                   -     3 3 3 3 2
        M49:142  semiconductors       -     3 3 3 2 2
        M49:003  ai                   -     2 2 2 2 2
        M49:142  computing            above 1 1 1 1 1
        M49:142  robotics             -     2 2 2 1 1
        M49:150  healthcare_workforce -     1 1 1 1 1
        M49:150  semiconductors       -     2 2 2 1 1
        EU       quantum              above 1 1 1 1 1
        M49:142  unstated             -     1 1 1 1 1
        unstated semiconductors       -     1 1 1 1 1
        unstated unstated             -     1 1 1 1 1
        """,
    )
    expect(
        loaded,
        name,
        {"region_level": "as_stated", "field_level": "as_stated", "modality": "firm"},
        """
        DE             semiconductors       - 2 2 2 1 1
        CN-GD-shenzhen semiconductors       - 2 2 2 1 1
        US-CA          ai                   - 1 1 1 1 1
        EU             quantum              - 1 1 1 1 1
        FR             ai                   - 1 1 1 1 1
        DE             healthcare_workforce - 1 1 1 1 1
        CN-ZJ-hangzhou ai                   - 1 1 1 1 1
        CN-ZJ          ai                   - 1 1 1 1 1
        unstated       semiconductors       - 1 1 1 1 1
        unstated       unstated             - 1 1 1 1 1
        """,
    )


def test_regions_recruiting_fields_filtered(loaded: Store) -> None:
    name = "regions-recruiting-fields"
    answer = expect(
        loaded,
        name,
        {"implied": "false"},
        """
        CN       ai                   -      4 3 3 2 2
        CN       semiconductors       -      3 3 3 2 2
        CN       robotics             -      2 2 2 1 1
        DE       semiconductors       -      2 2 2 1 1
        US       ai                   -      2 2 2 2 2
        CN       computing            above  1 1 1 1 1
        M49:150  ai                   above  1 1 1 1 1
        EU       quantum              above  1 1 1 1 1
        FR       ai                   -      1 1 1 1 1
        DE       healthcare_workforce -      1 1 1 1 1
        CN       unstated             -      1 1 1 1 1
        unstated ai                   -      1 1 1 1 1
        unstated semiconductors       -      1 1 1 1 1
        unstated unstated             -      1 1 1 1 1
        """,
    )
    assert "3 without a region" in answer.notes[0]
    answer = expect(
        loaded,
        name,
        {"since": "2025-03-05", "until": datetime.date(2025, 12, 31)},
        """
        CN ai                   -     1 1 1 1 1
        CN robotics             -     1 1 1 1 1
        CN semiconductors       -     1 1 1 1 1
        EU quantum              above 1 1 1 1 1
        FR ai                   -     1 1 1 1 1
        DE healthcare_workforce -     1 1 1 1 1
        DE semiconductors       -     1 1 1 1 1
        CN unstated             -     1 1 1 1 1
        """,
    )
    assert answer.notes == (
        "Counted from 6 claims; of these 0 without a region and 1 without a field (`unstated`).",
        "Without a date (`undated`): 2, left out.",
    )
    expect(
        loaded,
        name,
        {"modality": "negative"},
        """
        CN semiconductors       - 1 1 1 1 1
        DE healthcare_workforce - 1 1 1 1 1
        """,
    )
    both = ask(loaded, name, {"modality": "all"}).rows
    chips = next(row for row in both if (row["region_id"], row["field_id"]) == ("CN", "semiconductors"))
    assert [chips[count] for count in COUNTS] == [4, 4, 4, 3, 3]


def test_known_at_answers_as_the_graph_was_known_then(loaded: Store) -> None:
    def of_france(known_at: str | None) -> list[str]:
        rows = ask(loaded, "fields-of-region", {"region": "FR"}, known_at=known_at).rows
        return [row["field_id"] for row in rows]

    assert of_france(None) == ["ai"]
    assert of_france("2026-03-15") == ["quantum"]
    assert of_france("2026-04-01T08:59:59Z") == ["quantum"]
    assert of_france(claims_fixture.THEN_KNOWN) == ["ai"]
    assert of_france("2026-02-28") == []


def test_fields_of_region(loaded: Store) -> None:
    name = "fields-of-region"
    expect(
        loaded,
        name,
        {"region": "CN"},
        """
        ai             -     5 4 4 3 3
        semiconductors -     3 3 3 2 2
        robotics       -     2 2 2 1 1
        computing      above 1 1 1 1 1
        unstated       -     1 1 1 1 1
        """,
    )
    expect(
        loaded,
        name,
        {"region": "浙江", "implied": False, "field_level": "group"},
        """
        computing     - 4 3 3 2 2
        manufacturing - 2 2 2 1 1
        unstated      - 1 1 1 1 1
        """,
    )
    expect(loaded, name, {"region": "European Union"}, "quantum - 1 1 1 1 1")


def test_regions_of_field(loaded: Store) -> None:
    name = "regions-of-field"
    expect(
        loaded,
        name,
        {"field": "computing"},
        """
        CN      -     6 5 5 4 4
        US      -     2 2 2 2 2
        M49:150 above 1 1 1 1 1
        EU      above 1 1 1 1 1
        FR      -     1 1 1 1 1
        GB      -     1 1 1 1 1
        """,
    )
    expect(
        loaded,
        name,
        {"field": "chips", "region_level": "city"},
        """
        DE             above 2 2 2 1 1
        CN-GD-shenzhen -     2 2 2 1 1
        CN             above 1 1 1 1 1
        unstated       -     1 1 1 1 1
        """,
    )


def test_region_trend(loaded: Store) -> None:
    name = "region-trend"
    expect(
        loaded,
        name,
        {"region": "China", "period": "quarter"},
        """
        2024-Q4 CN - 1 1 1 1 1
        2025-Q1 CN - 5 4 2 1 2
        2025-Q2 CN - 1 1 1 1 1
        2026-Q1 CN - 2 2 1 1 2
        undated CN - 1 1 1 1 1
        """,
    )
    expect(
        loaded,
        name,
        {"region": "CN-ZJ", "period": "year"},
        """
        2025    CN-ZJ - 4 3 3 2 2
        2026    CN-ZJ - 1 1 1 1 1
        undated CN-ZJ - 1 1 1 1 1
        """,
    )
    expect(
        loaded,
        name,
        {"region": "CN", "region_level": "province", "period": "year", "field": "semiconductors"},
        """
        2025 CN-GD -     2 2 2 1 1
        2026 CN    above 1 1 1 1 1
        """,
    )
    expect(
        loaded,
        name,
        {"modality": "negative"},
        """
        2026-01 CN - 1 1 1 1 1
        2026-01 DE - 1 1 1 1 1
        """,
    )


def test_flows(loaded: Store) -> None:
    answer = expect(
        loaded,
        "flows",
        {},
        """
        ES       CN       -     3 2 2 1 1
        TW       CN       -     2 2 1 1 2
        CN       US       -     1 1 1 1 1
        OVERSEAS CN       above 1 1 1 1 1
        PH       DE       -     1 1 1 1 1
        unstated CN       -     4 4 4 3 3
        unstated DE       -     2 2 2 1 1
        unstated unstated -     2 2 2 2 2
        unstated M49:150  above 1 1 1 1 1
        unstated EU       above 1 1 1 1 1
        unstated FR       -     1 1 1 1 1
        unstated GB       -     1 1 1 1 1
        unstated US       -     1 1 1 1 1
        """,
    )
    assert answer.notes[0] == (
        "Counted from 18 claims; of these 2 without a destination and 10 without an origin (`unstated`)."
    )
    answer = expect(
        loaded,
        "flows",
        {"destination": "Zhejiang"},
        """
        ES       CN-ZJ -     3 2 2 1 1
        OVERSEAS CN-ZJ above 1 1 1 1 1
        TW       CN-ZJ -     1 1 1 1 1
        unstated CN-ZJ -     1 1 1 1 1
        """,
    )
    assert answer.notes[0].startswith("Counted from 6 claims; of these 0 without a destination and 1 without an origin")
    expect(
        loaded,
        "flows",
        {"origin": "Asia"},
        """
        TW CN - 2 2 1 1 2
        CN US - 1 1 1 1 1
        PH DE - 1 1 1 1 1
        """,
    )
    expect(
        loaded,
        "flows",
        {"origin": "TW", "region_level": "city", "field": "ai"},
        "TW CN-ZJ-hangzhou above 1 1 1 1 1",
    )


def test_companies_recruiting(loaded: Store) -> None:
    answer = expect(
        loaded,
        "companies-recruiting",
        {},
        """
        Lantern Microsystems         3 3 3 2 2
        A robotics firm in Zhejiang  2 1 1 1 1
        Halcyon Robotics             2 2 2 2 2
        A robotics firm in Zhejiang  1 1 1 1 1
        """,
    )
    assert [row["described"] for row in answer.rows] == [False, True, False, True]
    assert answer.rows[1]["based_in"] == ["Zhejiang"]
    assert answer.rows[1]["destinations"] == ["Hangzhou", "Zhejiang"]
    assert answer.rows[1]["fields"] == ["artificial intelligence", "robotics"]
    expect(
        loaded,
        "companies-recruiting",
        {"region": "CN"},
        """
        A robotics firm in Zhejiang  2 1 1 1 1
        Lantern Microsystems         2 2 2 1 1
        A robotics firm in Zhejiang  1 1 1 1 1
        Halcyon Robotics             1 1 1 1 1
        """,
    )
    expect(loaded, "companies-recruiting", {"modality": "negative"}, "Lantern Microsystems 1 1 1 1 1")


def test_incentives_by_region(loaded: Store) -> None:
    answer = expect(
        loaded,
        "incentives-by-region",
        {},
        """
        CN       housing          -     2 2 2 2 2
        CN       salary           -     2 2 2 1 1
        CN       research_funding -     1 1 1 1 1
        CN       unstated         -     6 6 5 4 5
        DE       unstated         -     3 3 3 2 2
        US       unstated         -     2 2 2 2 2
        unstated unstated         -     2 2 2 2 2
        M49:150  unstated         above 1 1 1 1 1
        EU       unstated         above 1 1 1 1 1
        FR       unstated         -     1 1 1 1 1
        GB       unstated         -     1 1 1 1 1
        """,
    )
    assert answer.notes[0].endswith("2 without a region and 14 without an incentive (`unstated`).")
    expect(
        loaded,
        "incentives-by-region",
        {"region": "Zhejiang", "region_level": "city"},
        """
        CN-ZJ          salary           above 2 2 2 1 1
        CN-ZJ-hangzhou housing          -     1 1 1 1 1
        CN-ZJ          housing          above 1 1 1 1 1
        CN-ZJ          research_funding above 1 1 1 1 1
        CN-ZJ-hangzhou unstated         -     1 1 1 1 1
        CN-ZJ          unstated         above 1 1 1 1 1
        """,
    )


def test_coverage(loaded: Store) -> None:
    names = ("claims", "no_region", "no_origin", "no_field", "no_incentive", "no_company", "undated")
    for arguments, expected in (
        ({}, (18, 2, 10, 2, 14, 10, 2)),
        ({"modality": "negative"}, (2, 0, 2, 0, 2, 1, 0)),
        ({"since": "2026-01-01"}, (3, 0, 1, 0, 3, 2, 2)),
        ({"region": "CN-ZJ", "implied": "no"}, (5, 0, 0, 1, 1, 1, 0)),
    ):
        assert ask(loaded, "coverage", arguments).rows == [dict(zip(names, expected, strict=True))], arguments


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

    lured = ask(loaded, "claims", {"company": "Delta Foundry"}).rows[0]
    assert lured["recruiter"] == "Halcyon Robotics"
    assert (lured["destinations"], lured["origins"]) == (["Hangzhou"], ["Taiwan"])
    assert lured["fields"] == ["artificial intelligence"]
    assert lured["claimants"] == [lured["publisher"]] == ["Harbour Daily"]
    assert lured["quote"].startswith("A search firm lured")


def test_evidence(loaded: Store) -> None:
    ids = claims_fixture.claim_ids()
    row = ask(loaded, "evidence", {"claim": ids["c1"]}).rows[0]
    text = claims_fixture.first()[2].document.text
    assert row["quote"] == text[row["start"] : row["end"]]
    assert row["quote"].startswith("Zhejiang will give researchers")
    assert (row["title"], row["publisher"], row["reported_on"]) == ("The notice", "Zhejiang Gazette", "2025-06-20")
    assert row["claimants"] == ["Zhejiang Talent Office"]
    assert (row["modality"], row["stage"], row["recruiter_type"]) == ("planned", "seeks", "local_government")
    factors = [row[name] for name in claims_fixture.FACTORS]
    assert [row["confidence"], *factors] == [0.6, 0.9, 0.8, 0.7, 0.6]
    assert "destination Zhejiang: “Zhejiang” at 0–8" in row["slots"]
    assert row["documents_of_story"] == 1
    assert row["retired"] is None

    told = ask(loaded, "evidence", {"claim": ids["a2"]}).rows[0]
    assert told["documents_of_story"] == 2
    assert told["claimants"] == ["sources"]
    assert "origin Spain, inferred" in told["slots"]
    assert ask(loaded, "evidence", {"claim": ids["e1"]}).rows[0]["claimants"] == ["Talent Blog"]
    assert ask(loaded, "evidence", {"claim": ids["h1"]}).rows[0]["retired"] == claims_fixture.THEN_KNOWN
    with pytest.raises(UnknownEntity, match="claim-none"):
        ask(loaded, "evidence", {"claim": "claim-none"})


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


def test_wrong_parameters_say_which(loaded: Store) -> None:
    for arguments, parameter in (
        ({"regions": "CN"}, "regions"),
        ({"region_level": "village"}, "region_level"),
        ({"since": "last year"}, "since"),
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
