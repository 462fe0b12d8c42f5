"""Incentives, amounts, channels and programmes, compared on every engine with answers worked out by hand."""

from graph.store import Store
from queries.catalogue import ask
from tests import claims_fixture
from tests.expected import COUNTS, expect


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


def test_incentives_by_field(loaded: Store) -> None:
    answer = expect(
        loaded,
        "incentives-by-field",
        {},
        """
        ai                   salary           -     2 2 2 1 1
        robotics             salary           -     2 2 2 1 1
        ai                   housing          -     1 1 1 1 1
        ai                   unstated         -     6 6 4 4 4
        semiconductors       unstated         -     4 4 4 3 3
        computing            unstated         above 1 1 1 1 1
        healthcare_workforce unstated         -     1 1 1 1 1
        quantum              unstated         -     1 1 1 1 1
        unstated             housing          -     1 1 1 1 1
        unstated             research_funding -     1 1 1 1 1
        unstated             unstated         -     1 1 1 1 1
        """,
    )
    assert answer.notes[0].endswith("2 without a field and 14 without an incentive (`unstated`).")
    expect(
        loaded,
        "incentives-by-field",
        {"field": "ai", "field_level": "group", "region": "CN", "implied": False},
        """
        ai salary   - 2 2 2 1 1
        ai housing  - 1 1 1 1 1
        ai unstated - 1 1 1 1 1
        """,
    )


def test_incentive_trend(loaded: Store) -> None:
    expect(
        loaded,
        "incentive-trend",
        {"period": "quarter", "region": "CN"},
        """
        2024-Q4 unstated         1 1 1 1 1
        2025-Q1 housing          1 1 1 1 1
        2025-Q1 salary           2 2 2 1 1
        2025-Q1 unstated         2 2 2 1 1
        2025-Q2 housing          1 1 1 1 1
        2025-Q2 research_funding 1 1 1 1 1
        2026-Q1 unstated         2 2 1 1 2
        undated unstated         1 1 1 1 1
        """,
    )
    expect(loaded, "incentive-trend", {"period": "year", "incentive": "flat"}, "2025 housing 2 2 2 2 2")


def test_amounts(loaded: Store) -> None:
    answer = ask(loaded, "amounts", {})
    shown = ("incentive_id", "currency", "per", "lowest", "highest", *COUNTS)
    assert [[row[name] for name in shown] for row in answer.rows] == [
        ["salary", "multiple", None, 3.0, 3.0, 2, 2, 2, 1, 1],
        ["research_funding", "CNY", "person", 1e6, 1e6, 1, 1, 1, 1, 1],
        ["housing", "unstated", None, None, None, 2, 2, 2, 2, 2],
    ]
    assert [row["incentive_id"] for row in ask(loaded, "amounts", {"field": "ai"}).rows] == ["salary", "housing"]
    assert ask(loaded, "amounts", {"incentive": "research_funding", "region": "DE"}).rows == []


def test_channels_by_region(loaded: Store) -> None:
    answer = expect(
        loaded,
        "channels-by-region",
        {"region_level": "continent", "field": "ai"},
        """
        M49:142 headhunter -     1 1 1 1 1
        M49:003 headhunter -     1 1 1 1 1
        M49:142 unstated   -     4 3 3 2 2
        M49:150 unstated   -     3 3 3 3 2
        M49:003 unstated   -     1 1 1 1 1
        """,
    )
    assert answer.notes[0] == (
        "Counted from 9 claims; of these 0 without a region and 7 without a channel (`unstated`)."
    )
    rows = ask(loaded, "channels-by-region", {"region": "CN-ZJ"}).rows
    assert [(row["channel_id"], row["kind"], row["excluded"]) for row in rows] == [
        ("government_programme", "public", False),
        ("headhunter", "private", False),
        ("unstated", None, False),
    ]


def test_covert_share(loaded: Store) -> None:
    answer = ask(loaded, "covert-share", {})
    shown = ("period", "private_share", "private_stories", "public_stories", "either_stories", *COUNTS)
    assert [[row[name] for name in shown] for row in answer.rows] == [
        ["2024", 1.0, 1, 0, 1, 4, 4, 1, 1, 2],
        ["2025", 0.0, 0, 1, 1, 9, 8, 4, 3, 5],
        ["2026", 1.0, 1, 0, 1, 3, 3, 1, 1, 2],
        ["undated", None, 0, 0, 0, 2, 2, 1, 1, 1],
    ]
    quarters = ask(loaded, "covert-share", {"period": "quarter", "region": "CN", "since": "2025-04-01"}).rows
    assert [(row["period"], row["private_share"]) for row in quarters] == [("2025-Q2", 0.0), ("2026-Q1", 1.0)]


def test_programmes(loaded: Store) -> None:
    answer = expect(loaded, "programmes", {}, "programme-kunpeng-plan 1 1 1 1 1")
    row = answer.rows[0]
    assert (row["run_by"], row["destinations"], row["fields"]) == ("Zhejiang", "Zhejiang", None)
    assert ask(loaded, "programmes", {"region": "DE"}).rows == []


def test_programme_figures(loaded: Store) -> None:
    rows = ask(loaded, "programme-figures", {"programme": "鲲鹏计划"}).rows
    assert len(rows) == 1
    row = rows[0]
    assert (row["figure"], row["lowest"], row["highest"], row["unit"]) == ("research funding", 1e6, 1e6, "CNY")
    assert (row["per"], row["time"], row["reported_on"]) == ("person", "by 2026", "2025-06-20")
    assert (row["modality"], row["said_by"]) == ("planned", "Zhejiang Talent Office")
    assert row["claim_id"] == claims_fixture.claim_ids()["c1"]
