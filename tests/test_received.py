"""Counting what comes off the line: as many values as the driver's own encoding has, and no more than asked for."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from neo4j._codec.packstream import Structure
from neo4j._codec.packstream.v1 import PackableBuffer, Packer

from graph.received import counted

SCALARS = st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False) | st.text()
VALUES = st.recursive(
    SCALARS | st.binary(max_size=300),
    lambda inner: st.lists(inner, max_size=20) | st.dictionaries(st.text(max_size=20), inner, max_size=20),
    max_leaves=60,
)


def packed(value: Any) -> bytes:
    buffer = PackableBuffer()
    Packer(buffer).pack(value)
    return bytes(buffer.data)


def size(value: Any) -> int:
    match value:
        case list():
            return 1 + sum(map(size, value))
        case dict():
            return 1 + sum(1 + size(inner) for inner in value.values())
        case Structure():
            return 1 + sum(map(size, value.fields))
    return 1


@given(VALUES)
def test_values_are_counted_as_they_are_encoded(value: Any) -> None:
    assert counted(b"before" + packed(value) + b"\x90\x90", 6, 10**6) == size(value)


@pytest.mark.parametrize(
    "value",
    ["a" * 70_000, b"a" * 70_000, [1] * 70_000, {str(n): n for n in range(70_000)}, Structure(b"N", 1, ["Region"], {})],
)
def test_what_is_long_or_a_structure_is_counted_too(value: Any) -> None:
    assert counted(packed(value), 0, 10**6) == size(value)


def test_counting_ends_at_the_most() -> None:
    assert counted(packed([[]] * 1000), 0, 10) == 10
