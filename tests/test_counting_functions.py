"""Belief, pairs that emerge and similar regions, from the store on, against plain Python over random claims."""

import math
from collections import Counter, defaultdict
from itertools import product
from typing import Any

import pytest

from graph import reference
from graph.store import Store
from tests.random_claims import RATED, Told, rate, rolled, world
from tests.test_counting_propositions import PROPOSITIONS, Key, grouped, of_row, rows, through
from tests.test_counting_questions import Arguments, fields, places


@pytest.fixture
def told(embedded_store: Store) -> list[Told]:
    """Random claims in the store, some of their publishers rated."""
    extractions, memberships, told = world(seed=9, documents=60)
    embedded_store.write(extractions, memberships, known_at="2026-01-01T00:00:00+00:00")
    rate(embedded_store)
    return told


def attested(claims: list[Told], unit: str) -> float:
    """Return the probability that not all stories, or voices, of these claims err."""
    best: dict[Any, float] = defaultdict(float)
    for claim in claims:
        weight = claim.claim.confidence * RATED.get(claim.publisher, 1.0)
        best[getattr(claim, unit)] = max(best[getattr(claim, unit)], weight)
    return 1 - math.prod(1 - 0.9 * weight for weight in best.values())


def test_belief_agrees_with_its_formula(embedded_store: Store, told: list[Told]) -> None:
    assert len({claim.claim.confidence for claim in told}) > 2
    for given in PROPOSITIONS:
        sides = [grouped(through(told, given, modality), given) for modality in ("positive", "negative")]
        expected: dict[Key, tuple[Any, ...]] = {}
        for key in sides[0].keys() | sides[1].keys():
            claims = [side.get(key, []) for side in sides]
            support, denial = (min(attested(side, "story"), attested(side, "voice")) for side in claims)
            told_by = [(len({c.story for c in side}), len({c.voice for c in side})) for side in claims]
            expected[key] = (sum(map(len, claims)), *told_by[0], *told_by[1], support, denial, support * (1 - denial))
        found = {
            of_row(row): (
                row["claims"],
                *(row[f"{side}_{unit}"] for side in ("support", "denial") for unit in ("stories", "claimants")),
                *(row[name] for name in ("support", "denial", "belief")),
            )
            for row in rows(embedded_store, "belief", given)
        }
        assert found.keys() == expected.keys()
        for key, values in found.items():
            assert values == pytest.approx(expected[key], abs=1e-4), (given, key)


def pairs(claim: Told, given: Arguments) -> list[tuple[str, str]]:
    """Return the pairs of region and field that a claim names."""
    where = rolled("Region", places(claim, given), given.get("region_level", "country"))
    what = rolled("Field", fields(claim), given.get("field_level", "code"))
    return [pair for pair in product(where, what) if "unstated" not in pair]


def test_emerging_pairs_agree_with_a_plain_test(embedded_store: Store, told: list[Told]) -> None:
    some: tuple[Arguments, ...] = (
        {"months": 14, "past_months": 6, "min_stories": 2},
        {"min_stories": 1, "region_level": "continent", "field_level": "group", "implied": False},
        {"min_stories": 1, "reliability": "B,C"},
    )
    for given in some:
        first: dict[tuple[Any, int], int] = {}
        for claim in through(told, given, "positive"):
            if claim.day is not None:
                month = claim.day.year * 12 + claim.day.month
                for pair in ("all", *pairs(claim, given)):
                    first[pair, claim.story] = min(month, first.get((pair, claim.story), month))
        recent, past = given.get("months", 12), given.get("past_months", 36)
        last = max(first.values())
        counts: dict[Any, Counter[bool]] = defaultdict(Counter)
        for (pair, _), month in first.items():
            if last - month < recent + past:
                counts[pair][last - month < recent] += 1
        share = counts["all"][True] / counts.pop("all").total()
        assert 0 < share < 1
        expected = {}
        for pair, count in counts.items():
            trials = count.total()
            if trials >= given["min_stories"]:
                chance = [math.comb(trials, k) * share**k * (1 - share) ** (trials - k) for k in range(trials + 1)]
                tail = min(sum(chance[: count[True] + 1]), sum(chance[count[True] :]))
                expected[pair] = (count[True], count[False], trials * share, min(1.0, 2 * tail))
        ranked = sorted(values[3] for values in expected.values())
        discovery = [
            min(p * len(ranked) / (n + 1) for n, p in enumerate(ranked) if p >= values[3] - 1e-9)
            for values in expected.values()
        ]
        found = {(row["region_id"], row["field_id"]): row for row in rows(embedded_store, "emerging", given)}
        assert found.keys() == expected.keys()
        assert found
        shown = ("recent_stories", "past_stories", "expected", "p_value", "q_value")
        for (pair, values), falsely in zip(expected.items(), discovery, strict=True):
            assert [found[pair][name] for name in shown] == pytest.approx([*values, min(1.0, falsely)], abs=0.006), pair


def test_similar_regions_agree_with_a_plain_cosine(embedded_store: Store, told: list[Told]) -> None:
    for given in (
        {"region": "CN"},
        {"region": "DE", "field_level": "group", "implied": False},
        {"region": "CN", "language": "en"},
    ):
        stories: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
        for claim in through(told, {k: v for k, v in given.items() if k in ("implied", "language")}, "positive"):
            for region, code in pairs(claim, given):
                stories[region][code].add(claim.story)
        vectors = {region: {code: len(of) for code, of in by.items()} for region, by in stories.items()}
        own = vectors.pop(str(given["region"]))
        expected = {}
        for region, other in vectors.items():
            if reference.by_id("Region")[region].level != "country":
                continue
            dot = sum(own[code] * other[code] for code in own.keys() & other.keys())
            if dot:
                expected[region] = dot / math.sqrt(
                    sum(n * n for n in own.values()) * sum(n * n for n in other.values())
                )
        found = {row["region_id"]: row["similarity"] for row in rows(embedded_store, "similar-regions", given)}
        assert found == pytest.approx(expected, abs=1e-4)
        assert found
