"""Questions answered by a function after the statement, compared on every engine with answers worked out by hand."""

import pytest

from graph.errors import AnswerTooLarge
from graph.store import Store
from queries import catalogue
from queries.catalogue import ask
from tests import claims_fixture


def test_belief(loaded: Store) -> None:
    # Every claim of the fixture has confidence 0.6, so that a story weighs 0.54 and leaves 0.46 of doubt.
    rows = ask(loaded, "belief", {}).rows
    assert len(rows) == 14
    by_frame = {(row["recruiter"], row["region_id"], row["field_id"]): row for row in rows}
    nurses = by_frame["Germany", "DE", "healthcare_workforce"]
    chips = by_frame["Lantern Microsystems", "CN", "semiconductors"]
    for row in (nurses, chips):
        assert (row["support"], row["denial"], row["belief"]) == (0.54, 0.54, 0.2484)
        assert (row["support_stories"], row["denial_stories"]) == (1, 1)
    assert rows[-2:] == [nurses, chips]
    rows = ask(loaded, "belief", {"by_recruiter": False, "region": "CN"}).rows
    assert [(r["region_id"], r["field_id"], r["support_stories"], r["belief"]) for r in rows] == [
        ("CN", "ai", 3, 0.9027),
        ("CN", "computing", 1, 0.54),
        ("CN", "robotics", 1, 0.54),
        ("CN", "unstated", 1, 0.54),
        ("DE", "semiconductors", 1, 0.54),
        ("CN", "semiconductors", 2, 0.3627),
    ]


def test_emerging(loaded: Store) -> None:
    # Of five dated stories four are from the last twelve months: a pair's story is recent with probability 0.8.
    rows = ask(loaded, "emerging", {"min_stories": 2}).rows
    shown = ("region_id", "field_id", "direction", "recent_stories", "past_stories", "expected", "p_value", "q_value")
    assert [tuple(row[name] for name in shown) for row in rows] == [
        ("US", "ai", "less", 1, 1, 1.6, 0.72, 1.0),
        ("CN", "ai", "more", 2, 0, 1.6, 1.0, 1.0),
        ("CN", "semiconductors", "more", 2, 0, 1.6, 1.0, 1.0),
    ]
    for time in ("recent", "past"):
        window = {"new_since": rows[0][f"{time}_since"], "new_until": rows[0][f"{time}_until"]}
        new = {(row["region_id"], row["field_id"]): row["stories"] for row in ask(loaded, "new-stories", window).rows}
        for row in rows:
            pair = (row["region_id"], row["field_id"])
            assert new.get(pair, 0) == row[f"{time}_stories"], (time, pair)
            narrowed = ask(loaded, "new-stories", window | {"region": pair[0], "field": pair[1]}).rows
            assert sum(other["stories"] for other in narrowed if (other["region_id"], other["field_id"]) == pair) == (
                new.get(pair, 0)
            )
    rows = ask(loaded, "emerging", {"min_stories": 1, "implied": False, "until": "2024-12-31"}).rows
    assert {row["p_value"] for row in rows} == {1.0}


def test_similar_regions(loaded: Store) -> None:
    # Europe, of which a claim of AI is, is no country.
    # China has AI in 3 stories, chips in 2, robots and computing in 1 each.
    rows = ask(loaded, "similar-regions", {"region": "CN"}).rows
    assert [(row["region_id"], row["similarity"], row["fields_of_other"]) for row in rows] == [
        ("FR", 0.7746, 1),
        ("GB", 0.7746, 1),
        ("US", 0.7746, 1),
        ("DE", 0.3651, 2),
    ]
    assert rows[0]["shared_fields"] == "artificial intelligence"


def test_central_communities_and_bridges(loaded: Store) -> None:
    rows = ask(loaded, "central", {}).rows
    assert len(rows) == 18
    assert sum(row["pagerank"] for row in rows) == pytest.approx(1, abs=1e-4)
    pair = [row for row in rows if row["id"] in ("GB", "US")]  # they have only each other
    assert [(row["pagerank"], row["betweenness"], row["ties"]) for row in pair] == [(0.055556, 0.0, 1)] * 2
    taiwan = next(row for row in rows if row["id"] == "TW")
    assert taiwan["ties"] == 5  # China, Hangzhou, Halcyon, Delta, the search firm

    groups = ask(loaded, "communities", {}).rows
    assert {row["name"] for row in groups if row["members"] == 2} == {"United Kingdom", "United States"}
    assert {row["name"] for row in groups if row["members"] == 4} == {
        "Germany",
        "Lantern Microsystems",
        "Philippines",
        "Shenzhen",
    }
    assert [(row["id"], row["other_id"], row["cut_off"]) for row in ask(loaded, "bridges", {}).rows] == [
        ("DE", "PH", 1),
        ("GB", "US", 1),
        ("CN-ZJ", "OVERSEAS", 1),
    ]
    assert [(row["id"], row["other_id"]) for row in ask(loaded, "bridges", {"field": "healthcare_workforce"}).rows] == [
        ("DE", "PH")
    ]


def test_paths(loaded: Store) -> None:
    rows = ask(loaded, "paths", {"start": "Taiwan", "end": "California"}).rows
    assert [row["path"] for row in rows] == [
        "Taiwan; China; California",
        "Taiwan; Halcyon Robotics; California",
    ]
    assert ask(loaded, "paths", {"start": "Taiwan", "end": "Germany"}).rows == []


def test_a_network_too_large_is_refused_not_cut(embedded_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    claims_fixture.load(embedded_store)
    question = catalogue.questions()["central"]
    small = catalogue.Question(
        **{name: getattr(question, name) for name in question.__dataclass_fields__} | {"most": 10}
    )
    monkeypatch.setattr(catalogue, "questions", lambda: {"central": small})
    with pytest.raises(AnswerTooLarge, match=r"at most 10 rows.*Narrow it with `among`, `min_stories`, `field`"):
        ask(embedded_store, "central", {})
