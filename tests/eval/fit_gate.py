"""Fit the weights of the gate (`ingest/claims/english/weights.py`) to annotated English documents.

    TALENTGRAPH_GOLD=folder python -m tests.eval.fit_gate [--write]

Its subfolder dev holds NN.json and NN.gold.json; what may be read of our own articles is read too. Two logistic
regressions are fitted, each with a ridge penalty: what a sentence says for itself, then what stands around it; the
second sees first-stage scores of documents that the first was not fitted to. Penalties are chosen by cross-validation
over documents, never over sentences. Prints the cross-validated precision, recall and F1 of sentences for every
penalty; --write replaces the weights by a fit to all documents.
"""

import argparse
import json
import pathlib
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.frame import Document
from ingest.claims.english import gate, weights
from ingest.claims.english.frames import find_frames
from ingest.claims.english.scene import find_scenes
from ingest.language import read
from ingest.mentions import find_mentions
from tests.eval import own_articles, weights_file
from tests.eval.annotated import folder, scorer
from tests.eval.told import Locate, told

_FOLDS = 5
_PENALTIES = (1.5, 3.0)
_LIFTS = (-0.2, 0.0, 0.2, 0.4)  # added to the sum: claims are rare, F1 wants some more of them
_AROUND_PENALTY = 2.0
_SMALLEST = 0.1  # weights nearer to nothing are left out
_DOCUMENTS_OF_A_WORD = 4  # a word in fewer documents has no weight of its own
_AGAINST = ("about_patients", "about_sport", "about_combat")  # too rare in the documents to be fitted
_LEAST_AGAINST = -0.8

Weights = dict[str, float]


@dataclass(frozen=True, slots=True)
class Annotated:
    """One document: per sentence its features, its paragraph, and 1 (claim), 0 (none) or 0.5 (optional)."""

    found: tuple[dict[str, float], ...]
    paragraphs: tuple[int, ...]
    labels: tuple[float, ...]


def annotated(place: pathlib.Path, locate: Locate) -> list[Annotated]:
    """Read the English documents of a folder, in the order of their names."""
    documents = []
    for path in sorted(place.glob("*.gold.json")):
        page = json.loads(path.with_name(path.name.replace(".gold", "")).read_text(encoding="utf-8"))
        if page["lang"] != "en":
            continue
        reading = read(page["text"], "en")
        document = Document(path.stem, page["text"], "", title=page.get("title"))
        scenes = find_scenes(reading, find_mentions(reading, document), document.id)
        frames = [find_frames(scene) for scene in scenes]
        known = gate.recruiters(frames)
        claims = json.loads(path.read_text(encoding="utf-8"))["claims"]
        stated = told(scenes, page["text"], claims, locate)
        labels = [max((0.5 if c.get("optional") else 1.0 for c in here), default=0.0) for here in stated]
        documents.append(
            Annotated(
                tuple(gate.seen(scene, framed, known) for scene, framed in zip(scenes, frames, strict=True)),
                tuple(scene.sentence.paragraph for scene in scenes),
                tuple(labels),
            )
        )
    return documents


def regression(rows: Sequence[dict[str, float]], labels: Sequence[float], penalty: float) -> Weights:
    """Return weights of a ridge-penalised logistic regression, by Newton's method; labels of 0.5 are left out."""
    kept = [(row, label) for row, label in zip(rows, labels, strict=True) if label != 0.5]
    names = sorted({name for row, _ in kept for name in row})
    inputs: NDArray[np.float64] = np.array([[1.0, *(row.get(name, 0.0) for name in names)] for row, _ in kept])
    wanted: NDArray[np.float64] = np.array([label for _, label in kept])
    ridge = np.eye(len(names) + 1) * penalty
    ridge[0, 0] = 1e-3  # the bias is free
    beta = np.zeros(len(names) + 1)
    for _ in range(30):
        likely = 1 / (1 + np.exp(-np.clip(inputs @ beta, -30, 30)))
        slope = inputs.T @ (likely - wanted) + ridge @ beta
        curve = (inputs.T * (likely * (1 - likely))) @ inputs + ridge
        step = np.linalg.solve(curve, slope)
        beta -= step
        if np.abs(step).max() < 1e-6:
            break
    return dict(zip(("bias", *names), (float(value) for value in beta), strict=True))


def total(fitted: Weights, row: dict[str, float]) -> float:
    """Return the weighted sum of one row."""
    return fitted["bias"] + sum(fitted.get(name, 0.0) * value for name, value in row.items())


def folds(documents: Sequence[Annotated]) -> list[tuple[list[Annotated], list[Annotated]]]:
    """Return (the others, one fold) for each fold; whole documents."""
    numbered = list(enumerate(documents))
    return [
        ([d for n, d in numbered if n % _FOLDS != fold], [d for n, d in numbered if n % _FOLDS == fold])
        for fold in range(_FOLDS)
    ]


def around(own: Weights, document: Annotated) -> list[dict[str, float]]:
    """Return what stands around each sentence of a document, as the gate computes it."""
    return gate.surroundings([total(own, row) for row in document.found], document.paragraphs)


def _spread(documents: Sequence[Annotated]) -> Counter[str]:
    """Return in how many documents each feature occurs."""
    return Counter(name for d in documents for name in {name for row in d.found for name in row})


def own_weights(documents: Sequence[Annotated], penalty: float) -> Weights:
    """Fit what a sentence says for itself; small weights are dropped."""
    common = {name for name, number in _spread(documents).items() if number >= _DOCUMENTS_OF_A_WORD}
    rows = [
        {name: value for name, value in row.items() if name in common or name.startswith("about_")}
        for d in documents
        for row in d.found
    ]
    own = regression(rows, [label for d in documents for label in d.labels], penalty)
    for name in _AGAINST:
        own[name] = min(own.get(name, 0.0), _LEAST_AGAINST)
    return {name: value for name, value in own.items() if name == "bias" or abs(value) >= _SMALLEST}


def fit(documents: Sequence[Annotated], penalty: float) -> tuple[Weights, Weights]:
    """Return the weights of both stages."""
    rows: list[dict[str, float]] = []
    labels: list[float] = []
    for others, held_out in folds(documents):
        own = own_weights(others, penalty)
        for document in held_out:
            rows += around(own, document)
            labels += document.labels
    return own_weights(documents, penalty), regression(rows, labels, _AROUND_PENALTY)


def cross_validated(documents: Sequence[Annotated], penalty: float) -> dict[float, tuple[float, float, float]]:
    """Return precision, recall and F1 by lift, of sentences in documents that the weights were not fitted to."""
    scored: list[tuple[float, float]] = []
    for others, held_out in folds(documents):
        own, outer = fit(others, penalty)
        for document in held_out:
            sums = [total(outer, row) for row in around(own, document)]
            scored += zip(sums, document.labels, strict=True)
    figures = {}
    for lift in _LIFTS:
        right = sum(score + lift > 0 for score, label in scored if label == 1)
        wrong = sum(score + lift > 0 for score, label in scored if label == 0)
        wanted = sum(label == 1 for _, label in scored)
        figures[lift] = (
            right / max(1, right + wrong),
            right / max(1, wanted),
            2 * right / max(1, right + wrong + wanted),
        )
    return figures


def main() -> None:
    """Print the cross-validated figures; write the weights if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="replace ingest/claims/english/weights.py")
    arguments = parser.parse_args()
    gold = folder()
    if gold is None:
        parser.error("TALENTGRAPH_GOLD names no folder of annotated documents")
    with tempfile.TemporaryDirectory() as own_folder:
        places = [gold / "dev", *own_articles.lay_out_read(pathlib.Path(own_folder))]
        locate = scorer(gold).locate
        documents = [document for place in places for document in annotated(place, locate)]
    figures = {(penalty, lift): f for penalty in _PENALTIES for lift, f in cross_validated(documents, penalty).items()}
    for (penalty, lift), (precision, recall, f1) in figures.items():
        sys.stdout.write(f"penalty {penalty:g}, lift {lift:g}: P {precision:.3f} R {recall:.3f} F1 {f1:.3f}\n")
    # Of what is as good to three digits, the larger penalty: it leaves fewer weights.
    penalty, lift = max(figures, key=lambda choice: (round(figures[choice][2], 3), choice[0]))
    own, outer = fit(documents, penalty)
    outer["bias"] += lift
    sys.stdout.write(f"chosen: penalty {penalty:g}, lift {lift:g}; {len(own)} weights of a sentence\n")
    if arguments.write:
        weights.OWN, weights.AROUND = own, outer
        weights_file.write()


if __name__ == "__main__":
    main()
