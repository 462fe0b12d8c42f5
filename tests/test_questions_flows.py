"""Flows, companies and incentives, compared on every engine with answers worked out by hand."""

import pytest

from graph.store import Store
from tests import claims_fixture
from tests.conftest import ENGINES, Stores
from tests.expected import expect


@pytest.fixture(scope="module", params=ENGINES)
def loaded(request: pytest.FixtureRequest, stores: Stores) -> Store:
    """Every engine in turn, loaded once: these tests only read."""
    store = stores.get(request.param)
    claims_fixture.load(store)
    return store


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
