"""Flows and companies, compared on every engine with answers worked out by hand."""

from graph.store import Store
from queries.catalogue import ask
from tests import claims_fixture
from tests.expected import COUNTS, expect, table


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
    assert answer.rows[1]["based_in"] == "Zhejiang"
    assert answer.rows[1]["destinations"] == "Hangzhou; Zhejiang"
    assert answer.rows[1]["fields"] == "artificial intelligence; robotics"
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


def test_flows_of_field(loaded: Store) -> None:
    expect(
        loaded,
        "flows-of-field",
        {"field": "AI", "total": True},
        """
        ES       CN      -     3 2 2 1 1
        CN       US      -     1 1 1 1 1
        TW       CN      -     1 1 1 1 1
        unstated CN      -     1 1 1 1 1
        unstated M49:150 above 1 1 1 1 1
        unstated FR      -     1 1 1 1 1
        unstated GB      -     1 1 1 1 1
        unstated US      -     1 1 1 1 1
        total    total   -     9 8 6 5 5
        """,
    )
    expect(
        loaded,
        "flows-of-field",
        {"field": "computing", "region_level": "continent", "implied": False},
        """
        M49:150  M49:142  -     3 2 2 1 1
        M49:142  M49:142  -     1 1 1 1 1
        M49:142  M49:003  -     1 1 1 1 1
        unstated M49:150  -     2 2 2 2 2
        unstated M49:142  -     1 1 1 1 1
        unstated EU       above 1 1 1 1 1
        unstated M49:003  -     1 1 1 1 1
        unstated unstated -     1 1 1 1 1
        """,
    )


def test_net_flows(loaded: Store) -> None:
    answer = ask(loaded, "net-flows", {})
    to, away = ([f"{side}_{count}" for count in COUNTS] for side in ("to", "from"))
    assert [(r["region_id"], r["net"], [r[n] for n in to], [r[n] for n in away]) for r in answer.rows] == [
        ("CN", 2, [6, 5, 4, 3, 4], [1, 1, 1, 1, 1]),
        ("DE", 1, [1, 1, 1, 1, 1], [0, 0, 0, 0, 0]),
        ("US", 1, [1, 1, 1, 1, 1], [0, 0, 0, 0, 0]),
        ("OVERSEAS", -1, [0, 0, 0, 0, 0], [1, 1, 1, 1, 1]),
        ("PH", -1, [0, 0, 0, 0, 0], [1, 1, 1, 1, 1]),
        ("ES", -1, [0, 0, 0, 0, 0], [3, 2, 2, 1, 1]),
        ("TW", -1, [0, 0, 0, 0, 0], [2, 2, 1, 1, 2]),
    ]
    assert answer.rows[3]["stated_above"] is True
    assert answer.notes[0].endswith("2 without a region and 10 without an origin (`unstated`).")
    # Taiwan to China is no flow between continents.
    rows = ask(loaded, "net-flows", {"region_level": "continent", "net_of": "claims", "since": "2024-01-01"}).rows
    assert [(r["region_id"], r["net"]) for r in rows] == [
        ("M49:142", 2),
        ("M49:003", 1),
        ("OVERSEAS", -1),
        ("M49:150", -2),
    ]


def test_employers_drained(loaded: Store) -> None:
    answer = expect(
        loaded, "employers-drained", {"origin": "TW", "region": "CN"}, f"{claims_fixture.DELTA.id} 1 1 1 1 1"
    )
    row = answer.rows[0]
    assert (row["employer"], row["label"], row["described"]) == ("Delta Foundry", "Company", False)
    assert (row["recruiters"], row["destinations"]) == ("Halcyon Robotics", "Hangzhou")
    assert row["fields"] == "artificial intelligence"
    assert ask(loaded, "employers-drained", {"field": "quantum"}).rows == []


def test_a_total_counts_everything_once(loaded: Store) -> None:
    for question, arguments, total in (
        ("flows", {}, "total total - 18 17 7 6 9"),
        ("flows", {"destination": "Zhejiang"}, "total total - 6 5 5 4 4"),
        ("regions-recruiting-fields", {}, "total total - 18 17 7 6 9"),
        ("regions-recruiting-fields", {"modality": "negative"}, "total total - 2 2 1 1 2"),
        ("regions-of-field", {"field": "ai"}, "total - 9 8 6 5 5"),
        ("fields-of-region", {"region": "CN"}, "total - 10 9 6 5 7"),
        ("incentives-by-region", {"region": "CN"}, "total total - 10 9 6 5 7"),
        ("incentives-by-field", {"field": "ai"}, "total total - 9 8 6 5 5"),
        ("channels-by-region", {"since": "2026-01-01"}, "total total - 3 3 1 1 2"),
    ):
        assert table(ask(loaded, question, {**arguments, "total": True}))[-1] == total, question
