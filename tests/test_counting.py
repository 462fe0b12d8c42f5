"""The matrix of regions and fields against a plain-Python count, over random claims and random parameters."""

from collections import defaultdict
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph import reference
from graph.schema import MODALITY_GROUPS
from graph.store import Store
from queries.catalogue import ask
from tests.expected import COUNTS
from tests.random_claims import DAYS, Told, world


def rolled(label: str, stated: tuple[str, ...], level: str) -> set[tuple[str, bool]]:
    """Return (id, whether it was stated above the level) for each thing stated, `unstated` for none."""
    found = set()
    for id in stated:
        above: str | None = id
        while above is not None and level not in ("as_stated", reference.by_id(label)[above].level):
            above = reference.by_id(label)[above].parent
        found.add((id, True) if above is None else (above, False))
    return found or {("unstated", False)}


def counted(told: list[Told], arguments: dict[str, Any]) -> dict[tuple[str, str, bool], tuple[int, ...]]:
    """Return the five counts by region, field and mark."""
    cells: dict[tuple[str, str, bool], list[tuple[int, Told]]] = defaultdict(list)
    since, until = arguments["since"], arguments["until"]
    for number, claim in enumerate(told):
        outside = claim.day is None or (since and claim.day < since) or (until and claim.day > until)
        if claim.claim.modality not in MODALITY_GROUPS[arguments["modality"]] or ((since or until) and outside):
            continue
        stated = claim.claim.destinations
        places = tuple(slot.entity.id for slot in stated if arguments["implied"] or not slot.implied)
        fields = tuple(slot.entity.id for slot in claim.claim.fields)
        for region, region_above in rolled("Region", places, arguments["region_level"]):
            for field, field_above in rolled("Field", fields, arguments["field_level"]):
                cells[region, field, region_above or field_above].append((number, claim))
    return {
        key: (
            len({number for number, _ in claims}),
            len({claim.approach for _, claim in claims}),
            len({claim.document for _, claim in claims}),
            len({claim.story for _, claim in claims}),
            len({claim.voice for _, claim in claims}),
        )
        for key, claims in cells.items()
    }


PARAMETERS = st.fixed_dictionaries(
    {
        "region_level": st.sampled_from(("continent", "country", "province", "city", "as_stated")),
        "field_level": st.sampled_from(("group", "code", "term", "as_stated")),
        "since": st.none() | st.sampled_from(DAYS),
        "until": st.none() | st.sampled_from(DAYS),
        "modality": st.sampled_from(tuple(MODALITY_GROUPS)),
        "implied": st.booleans(),
        "order_by": st.sampled_from(COUNTS),
    }
).filter(lambda arguments: None in (since := arguments["since"], until := arguments["until"]) or since <= until)


def test_the_matrix_agrees_with_a_plain_count(store: Store) -> None:
    extractions, memberships, told = world(seed=20)
    store.write(extractions, memberships, known_at="2026-01-01T00:00:00+00:00")
    assert len(told) > 60

    @settings(
        max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], database=None
    )
    @given(PARAMETERS)
    def agrees(arguments: dict[str, Any]) -> None:
        answer = ask(store, "regions-recruiting-fields", {**arguments, "limit": 100_000})
        rows = {
            (row["region_id"], row["field_id"], row["stated_above"]): tuple(row[count] for count in COUNTS)
            for row in answer.rows
        }
        assert rows == counted(told, arguments)
        assert len(rows) == answer.total
        stated = [row for row in answer.rows if "unstated" not in (row["region_id"], row["field_id"])]
        assert answer.rows[: len(stated)] == stated
        ordered = [row[arguments["order_by"]] for row in stated]
        assert ordered == sorted(ordered, reverse=True)

    agrees()
