"""Fit the weights by which the places that people come from are chosen (`ingest/claims/english/weights.py`, ORIGIN).

    TALENTGRAPH_GOLD=folder python -m tests.eval.fit_origins [--write]

A logistic regression with a ridge penalty over the candidate places of every claim that matches an annotated one, as
the scorer pairs them; the same documents as `fit_recruiters`. What earlier claims chose is a feature, so candidates are
collected again under each round's weights. Prints F1 of places, with the rules alone and cross-validated over
documents; --write replaces the weights by a fit to all of them.
"""

import argparse
import itertools
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import ModuleType

from graph.frame import Claim, Extraction
from ingest import extraction
from ingest.claims.english import origins, weights
from ingest.claims.english.atlas import find_atlas
from ingest.claims.english.claim import build, find_destinations, find_employers
from ingest.claims.english.contenders import Features, History
from ingest.claims.english.frames import chosen
from ingest.claims.english.memory import Memory
from ingest.claims.english.recruiters import resolve
from ingest.claims.english.whereabouts import Candidate
from tests.eval import annotated, weights_file
from tests.eval.fit_gate import regression, total
from tests.eval.fit_recruiters import Annotated, Weights, all_annotated, cast_of

_FOLDS = 6
_PENALTIES = (3.0, 10.0)
_LIFTS = (0.0, 0.3, 0.6)  # added to the sum: most candidates are wrong, F1 wants some more of them
_ROUNDS = 2
_RULES_ALONE = {"bias": -1.0, "rule": 2.0}  # where the first round begins
_SMALLEST = 0.03  # weights nearer to nothing are left out
_DOCUMENTS_OF_A_FEATURE = 3

Decide = Callable[[Features], bool]


@dataclass(frozen=True, slots=True)
class Choice:
    """One annotated claim that was found: the candidates by name, which are right, and which may be named or not."""

    document: int
    candidates: tuple[tuple[str, Features], ...]
    right: frozenset[str]
    allowed: frozenset[str]


def choices(number: int, document: Annotated, score: ModuleType) -> list[Choice]:
    """Collect the choices of the `number`-th document, under the present weights."""
    cast, history = cast_of(document), History()
    memory = Memory(atlas=find_atlas(document.mentions, document.document.title or ""))
    memory.learn_homes(document.scenes, document.mentions)
    claims: list[Claim] = []
    found = []
    for place, (scene, told) in enumerate(zip(document.scenes, document.told, strict=True)):
        for frame in chosen(scene, document.frames[place]) if document.passing[place] or told else []:
            party = resolve(frame, place, cast, history, memory)
            goes_to, drawn_from = find_destinations(frame, party), find_employers(frame, party, memory)
            found.append(origins.weighed(frame, party, memory, goes_to, drawn_from))
            given = (document.reading, document.mentions, document.document)
            claims.append(build(frame, party, *given, memory, len(claims)))
        history.leave(cast, place, scene.sentence.paragraph)
    wanted = list(itertools.chain.from_iterable(document.told))
    read = Extraction(document.document, document.mentions, tuple(claims), "fit")
    pairs, _, _ = score.align({"text": document.document.text}, wanted, extraction.as_json(read)["claims"])
    kept = []
    for claim, place in sorted(pairs):
        right, allowed = score.gold_slots(wanted[claim])["origin"]
        kept.append(Choice(number, _named(found[place], score), frozenset(right), frozenset(allowed)))
    return kept


def _named(found: Sequence[Candidate], score: ModuleType) -> tuple[tuple[str, Features], ...]:
    """Return candidates by the name that the scorer gives their place."""
    return tuple((score.region(one.slot.entity.name), one.features) for one in found)


def fit(rows: Sequence[Choice], penalty: float) -> Weights:
    """Return the weights that tell right places from wrong ones; those that may be named or not are left out."""
    seen = [
        (row.document, features, float(name in row.right))
        for row in rows
        for name, features in row.candidates
        if name in row.right or name not in row.allowed
    ]
    spread: dict[str, set[int]] = {}
    for document, features, _ in seen:
        for name in features:
            spread.setdefault(name, set()).add(document)
    common = {name for name, documents in spread.items() if len(documents) >= _DOCUMENTS_OF_A_FEATURE}
    kept = [{name: value for name, value in features.items() if name in common} for _, features, _ in seen]
    fitted = regression(kept, [label for _, _, label in seen], penalty)
    return {name: value for name, value in fitted.items() if name == "bias" or abs(value) >= _SMALLEST}


def f1(rows: Sequence[tuple[Choice, Decide]]) -> float:
    """Return F1 of the places chosen for the claims."""
    hits = extra = missed = 0
    for row, decide in rows:
        named = {name for name, features in row.candidates if decide(features)}
        hits += len(named & row.right)
        extra += len(named - row.right - row.allowed)
        missed += len(row.right - named)
    return 2 * hits / max(1, 2 * hits + extra + missed)


def _above(fitted: Weights, lift: float) -> Decide:
    return lambda features: total(fitted, features) + lift > 0


def cross_validated(rows: Sequence[Choice], penalty: float) -> dict[float, float]:
    """Return F1 by lift, on documents that the weights were not fitted to."""
    folds = [
        ([row for row in rows if row.document % _FOLDS == fold], fit(others, penalty))
        for fold in range(_FOLDS)
        for others in ([row for row in rows if row.document % _FOLDS != fold],)
    ]
    return {lift: f1([(row, _above(fitted, lift)) for held, fitted in folds for row in held]) for lift in _LIFTS}


def _set(fitted: Weights) -> None:
    weights.ORIGIN.clear()
    weights.ORIGIN.update(fitted)


def main() -> None:
    """Print the figures by penalty and lift; write the weights if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="replace ORIGIN in ingest/claims/english/weights.py")
    arguments = parser.parse_args()
    gold = annotated.folder()
    if gold is None:
        parser.error("TALENTGRAPH_GOLD names no folder of annotated documents")
    score = annotated.scorer(gold)
    documents = all_annotated(gold, score.locate)
    _set(_RULES_ALONE)
    for turn in range(_ROUNDS):
        rows = [choice for number, document in enumerate(documents) for choice in choices(number, document, score)]
        rules = f1([(row, lambda features: "rule" in features) for row in rows])
        sys.stdout.write(f"round {turn + 1}, {len(rows)} claims, rules alone: F1 {rules:.3f}\n")
        figures = {(p, lift): figure for p in _PENALTIES for lift, figure in cross_validated(rows, p).items()}
        for (penalty, lift), figure in figures.items():
            sys.stdout.write(f"round {turn + 1}, penalty {penalty:g}, lift {lift:g}: F1 {figure:.3f}\n")
        sys.stdout.flush()
        penalty, lift = max(figures, key=lambda choice: figures[choice])
        fitted = fit(rows, penalty)
        _set(fitted | {"bias": fitted["bias"] + lift})
    if arguments.write:
        weights_file.write()


if __name__ == "__main__":
    main()
