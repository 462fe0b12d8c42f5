"""Profiles, comparisons and ties, compared on every engine with answers worked out by hand."""

from typing import Any

from graph.store import Store
from queries.catalogue import ask
from tests.expected import COUNTS


def profile(store: Store, question: str, arguments: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Return aspect, name and the five counts of each row."""
    return [
        (row["aspect"], row["name"], *(row[count] for count in COUNTS)) for row in ask(store, question, arguments).rows
    ]


def test_region_profile(loaded: Store) -> None:
    assert profile(loaded, "region-profile", {"region": "Guangdong"}) == [
        ("all", "all claims", 3, 3, 3, 2, 2),
        ("modality", "asserted", 2, 2, 2, 1, 1),
        ("modality", "denied", 1, 1, 1, 1, 1),
        ("stage", "seeks", 3, 3, 3, 2, 2),
        ("year", "2025", 2, 2, 2, 1, 1),
        ("year", "2026", 1, 1, 1, 1, 1),
        ("destination", "Shenzhen", 3, 3, 3, 2, 2),
        ("destination", "Germany", 2, 2, 2, 1, 1),
        ("recruiter", "Lantern Microsystems", 3, 3, 3, 2, 2),
        ("seeks", "semiconductors", 3, 3, 3, 2, 2),
    ]
    assert profile(loaded, "region-profile", {"region": "TW", "side": "origin", "aspect": "from_employer"}) == [
        ("from_employer", "Delta Foundry", 1, 1, 1, 1, 1)
    ]
    whole = ask(loaded, "region-profile", {"region": "CN"}).rows
    assert [whole[0][count] for count in COUNTS] == [11, 10, 7, 6, 8]
    stated = profile(loaded, "region-profile", {"region": "CN-ZJ", "implied": False, "modality": "firm"})
    assert stated[0] == ("all", "all claims", 1, 1, 1, 1, 1)  # without e1, whose Zhejiang is implied


def test_company_profile(loaded: Store) -> None:
    two, one = (2, 2, 2, 2, 2), (1, 1, 1, 1, 1)
    assert profile(loaded, "company-profile", {"company": "Halcyon Robotics"}) == [
        ("all", "all claims", *two),
        ("modality", "asserted", *two),
        ("stage", "hired", *one),
        ("stage", "moved", *one),
        ("year", "2024", *one),
        ("year", "2026", *one),
        ("destination", "California", *one),
        ("destination", "Hangzhou", *one),
        ("from_employer", "Delta Foundry", *one),
        ("intermediary", "A search firm", *one),
        ("origin", "China", *one),
        ("origin", "Taiwan", *one),
        ("recruiter", "Halcyon Robotics", *two),
        ("seeks", "artificial intelligence", *two),
        ("via", "headhunter", *two),
    ]
    arguments = {"company": "Delta Foundry", "role": "from_employer", "aspect": "recruiter"}
    assert profile(loaded, "company-profile", arguments) == [("recruiter", "Halcyon Robotics", *one)]
    assert profile(loaded, "company-profile", {"company": "Delta Foundry", "role": "recruiter"}) == []


def test_compare_regions(loaded: Store) -> None:
    other = [f"other_{count}" for count in COUNTS]
    rows = ask(loaded, "compare-regions", {"region": "CN", "other": "Germany"}).rows
    assert [(r["id"], r["difference"], [r[n] for n in COUNTS], [r[n] for n in other]) for r in rows] == [
        ("ai", 0.6, [5, 4, 4, 3, 3], [0, 0, 0, 0, 0]),
        ("healthcare_workforce", -0.5, [0, 0, 0, 0, 0], [1, 1, 1, 1, 1]),
        ("computing", 0.2, [1, 1, 1, 1, 1], [0, 0, 0, 0, 0]),
        ("robotics", 0.2, [2, 2, 2, 1, 1], [0, 0, 0, 0, 0]),
        ("semiconductors", -0.1, [3, 3, 3, 2, 2], [2, 2, 2, 1, 1]),
        ("unstated", 0.2, [1, 1, 1, 1, 1], [0, 0, 0, 0, 0]),
        ("total", 0.0, [10, 9, 6, 5, 7], [3, 3, 3, 2, 2]),
    ]
    assert (rows[0]["share"], rows[1]["other_share"]) == (0.6, 0.5)  # 3 of 5 stories, 1 of 2
    for aspect, first in (
        ("incentive", "housing"),
        ("origin", "PH"),
        ("channel", "government_programme"),
        ("programme", "programme-kunpeng-plan"),
        ("recruiter_type", "national_government"),
    ):
        rows = ask(loaded, "compare-regions", {"region": "CN", "other": "DE", "aspect": aspect}).rows
        assert (rows[0]["id"], rows[-1]["id"]) == (first, "total"), aspect
        assert [rows[-1][count] for count in COUNTS] == [10, 9, 6, 5, 7]


def test_company_ties(loaded: Store) -> None:
    rows = ask(loaded, "company-ties", {}).rows
    assert [(r["company"], r["role"], r["other"], r["other_role"], r["described"], r["claims"]) for r in rows] == [
        ("Delta Foundry", "from_employer", "A search firm", "intermediary", True, 1),
        ("Delta Foundry", "from_employer", "Halcyon Robotics", "recruiter", False, 1),
        ("Halcyon Robotics", "recruiter", "A search firm", "intermediary", True, 1),
    ]
    rows = ask(loaded, "company-ties", {"company": "Halcyon Robotics", "field": "ai"}).rows
    assert [(row["role"], row["other"]) for row in rows] == [
        ("recruiter", "A search firm"),
        ("recruiter", "Delta Foundry"),
    ]
