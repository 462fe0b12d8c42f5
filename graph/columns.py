"""Claims in columns: what counting needs of a claim as numbers, a place for each claim in every column.

    approach, document              numbered within these columns: two claims have the same one or not
    story, claimant                 a hash of 64 bits each, the same in all columns: a million of them are told apart
    day                             days since the year 1; 0 where a claim has no date
    modality, publisher, …          a place in the list of `values` of that name
    no_incentive, no_channel, …     1 where a claim leaves that open

`packed` writes columns as text, so that a store can keep them, and `unpacked` reads them: some 50 characters a claim.
"""

import base64
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from graph.frame import Row

Numbers = NDArray[np.int64]

NUMBERED = ("document", "approach")
HASHED = ("story", "claimant")
CODED = ("modality", "publisher", "lang", "destinations", "origins", "fields")
FLAGS = ("no_incentive", "no_channel", "no_company")
UNDATED = 0


@dataclass(frozen=True, slots=True)
class Columns:
    """Claims in columns. A value of `destinations` and `origins` holds (region, whether it is implied), one of `fields`
    the fields as stated, one of `lang` and of the others a string; `lang` is empty where it is not known.
    """

    numbers: Mapping[str, NDArray[Any]]
    values: Mapping[str, Sequence[Any]]

    def __len__(self) -> int:
        return len(self.numbers["day"])

    def in_order(self, chosen: NDArray[Any]) -> Numbers:
        """Return places of claims in the order that counting needs: by story, in it by document, in it by approach."""
        keys = [self.numbers[name][chosen] for name in ("approach", "document", "story")]
        ordered: Numbers = chosen[np.lexsort(keys)]
        return ordered


def columns(claims: Iterable[Row]) -> Columns:
    """Return claims in columns; a row has a key for each, with ids for numbers, and a date or None as `day`."""
    found: dict[str, list[int]] = {name: [] for name in (*NUMBERED, *HASHED, *CODED, *FLAGS, "day")}
    codes: dict[str, dict[Any, int]] = {name: {} for name in (*NUMBERED, *HASHED, *CODED)}
    for claim in claims:
        for name, known in codes.items():
            value = claim[name]
            found[name].append(known.setdefault(value, len(known)))
        for name in FLAGS:
            found[name].append(claim[name])
        found["day"].append(claim["day"].toordinal() if claim["day"] else UNDATED)
    numbers: dict[str, NDArray[Any]] = {name: np.array(column, dtype=np.int64) for name, column in found.items()}
    for name in HASHED:
        numbers[name] = _hashes(codes[name])[numbers[name]]
    return Columns(numbers, {name: tuple(codes[name]) for name in CODED})


def joined(parts: Sequence[Columns]) -> Columns:
    """Return the claims of all parts; no document may stand in two of them."""
    numbers: dict[str, NDArray[Any]] = {}
    values: dict[str, tuple[Any, ...]] = {}
    for name in NUMBERED:
        tops = np.cumsum([0, *(int(part.numbers[name].max(initial=0)) + 1 for part in parts)])
        numbers[name] = _chained(
            [part.numbers[name].astype(np.int32) + np.int32(top) for part, top in zip(parts, tops[:-1], strict=True)]
        )
    for name in CODED:
        known: dict[Any, int] = {}
        again = [[known.setdefault(value, len(known)) for value in part.values[name]] for part in parts]
        numbers[name] = _chained(
            [np.array(new, dtype=np.int32)[part.numbers[name]] for new, part in zip(again, parts, strict=True)]
        )
        values[name] = tuple(known)
    for name in (*HASHED, *FLAGS, "day"):
        numbers[name] = _chained([part.numbers[name] for part in parts])
    return Columns(numbers, values)


def packed(found: Columns) -> str:
    """Return columns as text, each in the narrowest type of number that holds it."""
    numbers = {}
    for name, column in found.numbers.items():
        kind = np.dtype("<i8") if name in HASHED else np.min_scalar_type(int(column.max(initial=0))).newbyteorder("<")
        numbers[name] = [kind.str, base64.b64encode(column.astype(kind).tobytes()).decode()]
    return orjson.dumps({"numbers": numbers, "values": found.values}).decode()


def unpacked(text: str) -> Columns:
    """Return the columns that `packed` wrote."""
    content = orjson.loads(text)
    numbers, values = content["numbers"], content["values"]
    return Columns(
        {name: np.frombuffer(base64.b64decode(column), dtype=kind) for name, (kind, column) in numbers.items()},
        {name: _read_values(name, listed) for name, listed in values.items()},
    )


def _read_values(name: str, listed: list[Any]) -> list[Any]:
    """Return a column's values with tuples for the lists of JSON."""
    if name in ("destinations", "origins"):
        return [tuple([(id, implied) for id, implied in value]) for value in listed]
    return [tuple(value) for value in listed] if name == "fields" else listed


def _hashes(ids: Iterable[str]) -> Numbers:
    digests = (hashlib.blake2b(id.encode(), digest_size=8).digest() for id in ids)
    return np.frombuffer(b"".join(digests), dtype="<i8").astype(np.int64)


def _chained(columns: Sequence[NDArray[Any]]) -> NDArray[Any]:
    return np.concatenate(columns) if columns else np.zeros(0, dtype=np.int64)
