"""The functions behind `then`, on rows small enough to work out by hand."""

import random
from itertools import pairwise
from typing import Any

import networkx as nx
import pytest

from queries.belief import belief
from queries.betweenness import betweenness
from queries.rates import emerging, tails
from queries.shape import bridges, central, communities, paths
from queries.similarity import similar_regions


def tie(a: str, b: str, stories: int = 1) -> dict[str, Any]:
    one = {"label": "Region", "id": a, "name": a.upper()}
    other = {"other_label": "Region", "other_id": b, "other_name": b.upper()}
    return one | other | {"stories": stories}


def triangle(a: str, b: str, c: str, stories: int = 1) -> list[dict[str, Any]]:
    return [tie(a, b, stories), tie(a, c, stories), tie(b, c, stories)]


def test_one_story_of_many_voices_and_one_voice_in_many_stories_are_one() -> None:
    frame = dict.fromkeys(("recruiter_id", "recruiter", "region_id", "region", "field_id", "field"), "x")

    def row(story: str, voice: str, weight: float, positive: bool = True) -> dict[str, Any]:
        said = {"story_id": story, "claimant_key": voice, "claims": 1, "weight": weight, "positive": positive}
        return frame | said

    one = belief([row("s1", "v1", 0.5)], min_stories=1)[0]
    assert (one["support"], one["belief"]) == (0.45, 0.45)
    for rows in ([row("s1", f"v{i}", 0.5) for i in range(9)], [row(f"s{i}", "v1", 0.5) for i in range(9)]):
        assert belief(rows, min_stories=1)[0]["support"] == 0.45
    two = belief([row("s1", "v1", 0.5), row("s2", "v2", 1.0), row("s2", "v2", 0.2)], min_stories=1)[0]
    assert two["support"] == 0.945  # 1 - 0.55 × 0.1
    assert (two["support_stories"], two["support_claimants"]) == (2, 2)
    against = belief([row("s1", "v1", 0.5), row("s2", "v2", 1.0), row("s3", "v3", 0.8, False)], min_stories=1)[0]
    assert (against["denial"], against["belief"]) == (0.72, 0.2646)  # 0.945 × 0.28
    assert belief([row("s1", "v1", 0.5)], min_stories=2) == []


def test_tails_of_the_binomial() -> None:
    assert tails(0, 3, 0.5) == pytest.approx((0.125, 1.0))
    assert tails(2, 3, 0.5) == pytest.approx((0.875, 0.5))
    assert tails(3000, 3000, 0.999) == pytest.approx((1.0, 0.999**3000))
    assert tails(1, 3, 0) == tails(1, 3, 1) == (1.0, 1.0)


def test_a_pair_is_compared_with_its_own_past_and_with_how_much_is_reported() -> None:
    def row(region: str, month: str, stories: int) -> dict[str, Any]:
        return {
            "region_id": region,
            "region": region,
            "field_id": "ai",
            "field": "AI",
            "month": month,
            "stories": stories,
        }

    rows = [
        row("total", "2025-06", 8),
        row("total", "2024-06", 8),
        row("total", "2019-01", 100),  # before the past
        row("new", "2025-06", 4),
        row("gone", "2024-06", 5),
        row("even", "2025-06", 2),
        row("even", "2024-06", 2),
        row("rare", "2025-06", 1),
    ]
    found = emerging(rows, months=12, past_months=36, min_stories=3)
    assert [(r["region_id"], r["direction"], r["recent_stories"], r["past_stories"], r["expected"]) for r in found] == [
        ("gone", "less", 0, 5, 2.5),
        ("new", "more", 4, 0, 2.0),
        ("even", "same", 2, 2, 2.0),
    ]
    assert [r["p_value"] for r in found] == [0.0625, 0.125, 1.0]  # 2 / 2⁵, 2 / 2⁴
    assert [r["q_value"] for r in found] == [0.1875, 0.1875, 1.0]
    assert emerging([], months=12, past_months=36, min_stories=1) == []


def test_similarity_is_the_cosine_of_field_counts() -> None:
    counts = {"x": {"ai": 3, "chips": 4}, "same": {"ai": 6, "chips": 8}, "half": {"ai": 1}, "other": {"nurses": 9}}
    rows = [
        {"region_id": id, "region": id, "field_id": field, "field": field.title(), "stories": stories}
        for id, fields in counts.items()
        for field, stories in fields.items()
    ]
    found = similar_regions(rows, region="x")
    assert [(row["region_id"], row["similarity"]) for row in found] == [("same", 1.0), ("half", 0.6)]
    assert (found[0]["shared_field_ids"], found[0]["shared_fields"]) == (["chips", "ai"], ["Chips", "Ai"])
    assert similar_regions(rows, region="nowhere") == []


def test_the_middle_of_a_chain_is_central() -> None:
    found = central([tie("a", "b"), tie("b", "c")])
    assert [(row["id"], row["betweenness"], row["ties"]) for row in found] == [
        ("b", 1.0, 2),
        ("a", 0.0, 1),
        ("c", 0.0, 1),
    ]
    # b = 0.05 + 0.85 × (a + c), a = c = 0.05 + 0.85 × b / 2
    assert [row["pagerank"] for row in found] == [0.486486, 0.256757, 0.256757]
    assert central([]) == []


def test_two_triangles_are_two_communities_and_their_link_a_bridge() -> None:
    rows = [*triangle("a", "b", "c", 3), *triangle("d", "e", "f", 3), tie("c", "d", 2), tie("f", "g")]
    found = communities(rows)
    assert [(row["community"], row["id"]) for row in found if row["ties_outside"]] == [(1, "d"), (2, "c")]
    assert {row["id"] for row in found if row["community"] == 2} == {"a", "b", "c"}
    assert found == communities(list(reversed(rows)))
    assert [(row["id"], row["other_id"], row["stories"], row["cut_off"]) for row in bridges(rows)] == [
        ("d", "c", 2, 3),
        ("f", "g", 1, 1),
    ]


def test_paths_are_ranked_by_their_weakest_tie_and_take_no_detours() -> None:
    rows = [tie("a", "b", 5), tie("b", "z", 4), tie("a", "c", 1), tie("c", "z", 9), tie("a", "d", 9), tie("d", "b", 9)]
    found = paths(rows, start="a", end="z")
    assert [(row["path"], row["weakest"], row["path_stories"]) for row in found] == [
        (["A", "B", "Z"], 4, [5, 4]),
        (["A", "C", "Z"], 1, [1, 9]),
    ]
    assert paths(rows, start="a", end="nowhere") == paths(rows, start="a", end="a") == []
    chain = [tie(a, b) for a, b in pairwise("abcdef")]
    assert [row["steps"] for row in paths(chain, start="a", end="e")] == [4]
    assert paths(chain, start="a", end="f") == []


def test_betweenness_is_that_of_networkx() -> None:
    chance = random.Random(7)
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(str(number) for number in range(40))
    for _ in range(90):
        a, b = chance.sample(range(40), 2)
        graph.add_edge(str(a), str(b), distance=1 / chance.choice((1, 1, 2, 3)))
    assert betweenness(graph, 40, weight="distance") == pytest.approx(
        nx.betweenness_centrality(graph, weight="distance")
    )
    estimate = betweenness(graph, 20, weight="distance")
    assert estimate == betweenness(graph, 20, weight="distance")
    assert sum(estimate.values()) == pytest.approx(sum(betweenness(graph, 40, weight="distance").values()), rel=0.2)


def test_what_a_bridge_cuts_off_is_what_its_removal_does() -> None:
    chance = random.Random(3)
    pairs = {tuple(sorted(chance.sample(range(60), 2))) for _ in range(60)}
    rows = [tie(f"n{a:02}", f"n{b:02}") for a, b in pairs]
    graph = nx.Graph((f"n{a:02}", f"n{b:02}") for a, b in pairs)
    found = bridges(rows)
    assert len(found) == len(list(nx.bridges(graph))) > 20
    for row in found:
        a, b = row["id"], row["other_id"]
        rest = nx.restricted_view(graph, [], [(a, b)])
        assert row["cut_off"] == len(nx.node_connected_component(rest, b)) <= len(nx.node_connected_component(rest, a))
