"""Claims in columns: what counting needs of a claim as numbers, a place for each claim in every column.

    story, claimant, document       hashes of 64 bits, the same in all columns: a million of them are told apart
    approach                        one of 32 bits, which with the document is one
    day                             days since the year 1; 0 where a claim has no date
    modality, publisher, parts, …   a place in the list of `values` of that name
    no_incentive, no_channel, …     1 where a claim leaves that open

They stand on two sheets, of which a question reads what it needs: `claims`, what every count needs, and `slots`, what
else a claim says. `packed` writes a sheet as text, so that a store can keep it, and `unpacked` reads it.
"""

import base64
import hashlib
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import orjson
from numpy.typing import NDArray

from graph.frame import Row

Numbers = NDArray[np.int64]

HASHED = {"story": "<i8", "document": "<i8", "approach": "<u4", "claimant": "<i8"}
ORDER = ("story", "document", "approach")
CODED = ("modality", "publisher", "lang", "known_at", "known_until", "destinations", "origins", "fields")
FLAGS = ("no_incentive", "no_channel", "no_company")
SAID = ("stage", "recruiter_type", "confidence", "parts", "offers", "channels", "programmes")
SHEETS = {"claims": (*HASHED, *CODED, *FLAGS, "day"), "slots": SAID}
UNDATED = 0


@dataclass(frozen=True, slots=True)
class Columns:
    """Claims in columns. A value is a string or a number, or a tuple of what fills several slots:

    destinations, origins   (region, whether it is implied)
    fields, programmes      its id
    parts                   `recruiter|Company|id`: role, label and id of who recruits, is recruited for …
    offers                  (incentive, currency, what it is for, smallest, largest amount)
    channels                (channel, whether the text excludes it)

    `lang` and `known_until` are empty where there is none; a currency is `undisclosed` or `unstated` without an amount.
    `stories` has the hash of each story by its number, from 1 on, once they are numbered (`joined`). `made` is what
    readers made of the columns, and keep with them.
    """

    numbers: Mapping[str, NDArray[Any]]
    values: Mapping[str, Sequence[Any]]
    stories: NDArray[Any] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    made: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)

    def __len__(self) -> int:
        return len(self.numbers["day"])

    def beside(self, other: "Columns") -> "Columns":
        """Return the columns of two sheets of the same claims."""
        return Columns({**self.numbers, **other.numbers}, {**self.values, **other.values})


def columns(claims: Iterable[Row]) -> Columns:
    """Return claims in columns; a row has a key for each, with ids for hashes, and a date or None as `day`."""
    found: dict[str, list[int]] = {name: [] for sheet in SHEETS.values() for name in sheet}
    codes: dict[str, dict[Any, int]] = {name: {} for name in (*HASHED, *CODED, *SAID)}
    for claim in claims:
        for name, known in codes.items():
            value = claim[name]
            found[name].append(known.setdefault(value, len(known)))
        for name in FLAGS:
            found[name].append(claim[name])
        found["day"].append(claim["day"].toordinal() if claim["day"] else UNDATED)
    numbers: dict[str, NDArray[Any]] = {name: np.array(column, dtype=np.int64) for name, column in found.items()}
    for name, kind in HASHED.items():
        numbers[name] = hashes(codes[name], kind)[numbers[name]]
    return Columns(numbers, {name: tuple(codes[name]) for name in (*CODED, *SAID)})


def joined(parts: Sequence[Columns]) -> Columns:
    """Return the claims of all parts in the order of counting: by story, in it by document, in it by approach.

    What was hashed is numbered: two claims have the same one or not.
    """
    numbers: dict[str, NDArray[Any]] = {}
    values: dict[str, tuple[Any, ...]] = {}
    for name in parts[0].numbers if parts else SHEETS["claims"]:
        numbers[name] = np.concatenate([part.numbers[name] for part in parts]) if parts else np.zeros(0, dtype=np.int64)
    for name in parts[0].values if parts else CODED:
        known: dict[Any, int] = {}
        again = [[known.setdefault(value, len(known)) for value in part.values[name]] for part in parts]
        if parts:
            numbers[name] = np.concatenate(
                [np.array(new, dtype=np.int32)[part.numbers[name]] for new, part in zip(again, parts, strict=True)]
            )
        values[name] = tuple(known)
    order = np.lexsort([numbers[name] for name in reversed(ORDER)])
    numbers = {name: column[order] for name, column in numbers.items()}
    stories = numbers["story"][differs(numbers["story"])]
    new = np.zeros(len(order), dtype=np.bool_)
    for name in ORDER:
        new = new | differs(numbers[name])
        numbers[name] = np.cumsum(new, dtype=np.int32)
    numbers["claimant"] = np.unique(numbers["claimant"], return_inverse=True)[1].astype(np.int32)
    return Columns(numbers, values, stories)


def story_numbers(claims: Columns, ids: Iterable[str]) -> Numbers:
    """Return for ids of stories the number that each has in joined columns; 0 for those that are not there."""
    found = hashes(ids, HASHED["story"])
    place = np.minimum(np.searchsorted(claims.stories, found), max(len(claims.stories) - 1, 0))
    there = claims.stories[place] == found if len(claims.stories) else np.zeros(len(found), dtype=np.bool_)
    return np.asarray(np.where(there, place + 1, 0), dtype=np.int64)


def differs(numbers: NDArray[Any]) -> NDArray[np.bool_]:
    """Return where a number differs from the one before; the first does."""
    new = np.ones(len(numbers), dtype=np.bool_)
    new[1:] = numbers[1:] != numbers[:-1]
    return new


def packed(found: Columns, sheet: str) -> str:
    """Return a sheet of columns as text, each in the narrowest type of number that holds it."""
    numbers = {}
    for name in SHEETS[sheet]:
        column = found.numbers[name]
        kind = np.dtype(HASHED.get(name) or np.min_scalar_type(int(column.max(initial=0))).newbyteorder("<"))
        numbers[name] = [kind.str, base64.b64encode(column.astype(kind).tobytes()).decode()]
    values = {name: found.values[name] for name in SHEETS[sheet] if name in found.values}
    return orjson.dumps({"numbers": numbers, "values": values}).decode()


def unpacked(text: str) -> Columns:
    """Return the columns that `packed` wrote."""
    content = orjson.loads(text)
    return Columns(
        {
            name: np.frombuffer(base64.b64decode(column), dtype=kind)
            for name, (kind, column) in content["numbers"].items()
        },
        {name: [*map(_hashable, listed)] for name, listed in content["values"].items()},
    )


def _hashable(value: Any) -> Any:
    """Return a value with tuples for the lists of JSON."""
    return tuple(map(_hashable, value)) if isinstance(value, list) else value


def hashes(ids: Iterable[str], kind: str) -> NDArray[Any]:
    """Return the hashes of ids, of the width of this type of number."""
    size = np.dtype(kind).itemsize
    digests = (hashlib.blake2b(id.encode(), digest_size=size).digest() for id in ids)
    return np.frombuffer(b"".join(digests), dtype=kind)
