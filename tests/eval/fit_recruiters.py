"""Fit the weights by which a recruiter is chosen among contenders (`ingest/lexicon/recruiter_weights_en.tsv`).

    TALENTGRAPH_GOLD=folder python -m tests.eval.fit_recruiters [--write]

A conditional logit (McFadden 1974): per annotated sentence a softmax over its contenders, with a ridge penalty; the
right ones are those that bear the annotated recruiter's name and type, else its name, else its type. What earlier
sentences chose is a feature, so contenders are collected again under each round's weights. Read from the annotated
documents, which count twice, being the news that is looked for, and from what may be read of our own articles; --write
replaces the weights by a fit to all of them. Prints cross-validated accuracy over documents.
"""

import argparse
import json
import pathlib
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from graph.frame import Document, Mention
from ingest.claims.english.cast import Cast, find_cast
from ingest.claims.english.contenders import Features, History, contenders
from ingest.claims.english.frames import Frame, chosen, find_frames
from ingest.claims.english.gate import passed
from ingest.claims.english.memory import Memory
from ingest.claims.english.parties import Party
from ingest.claims.english.recruiters import WEIGHTS, resolve
from ingest.claims.english.scene import Scene, find_scenes
from ingest.claims.english.wordlists import fitted
from ingest.language import Reading, read
from ingest.mentions import find_mentions
from tests.eval import annotated, own_articles, weights_file
from tests.eval.told import Locate
from tests.eval.told import told as claims_of

_FOLDS = 6
_PENALTIES = (3.0, 8.0, 16.0)
_ROUNDS = 2
_STEPS = 40
_SMALLEST = 0.05  # weights nearer to nothing are left out
_NAME, _KIND = 2, 1  # how well a contender fits: its name, its type, or the sum of both

Weights = dict[str, float]
SameName = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True)
class Choice:
    """One annotated sentence: its document, the features of each contender, and how well each fits (0 to 3)."""

    document: str
    features: tuple[Features, ...]
    fits: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Annotated:
    """One document, parsed once: its scenes and frames, which sentences pass, and the claims that each one states."""

    document: Document
    reading: Reading
    scenes: tuple[Scene, ...]
    frames: list[list[Frame]]
    passing: list[bool]
    mentions: tuple[Mention, ...]
    told: list[list[dict[str, str]]]


def annotated_documents(folder: pathlib.Path, locate: Locate) -> list[Annotated]:
    """Read the English documents of a folder."""
    found = []
    for path in sorted(folder.glob("*.gold.json")):
        page = json.loads(path.with_name(path.name.replace(".gold", "")).read_text(encoding="utf-8"))
        if page["lang"] != "en":
            continue
        claims = [c for c in json.loads(path.read_text(encoding="utf-8"))["claims"] if not c.get("optional")]
        reading = read(page["text"], "en")
        document = Document(path.stem, page["text"], "", title=page.get("title"))
        mentions = find_mentions(reading, document)
        scenes = find_scenes(reading, mentions, document.id)
        frames = [find_frames(scene) for scene in scenes]
        stated = claims_of(scenes, page["text"], claims, locate)
        passing = [score > 0 for score in passed(scenes, frames)]
        found.append(Annotated(document, reading, scenes, frames, passing, mentions, stated))
    return found


def cast_of(document: Annotated) -> Cast:
    """Return the parties of a document."""
    text, title = document.document.text, document.document.title or ""
    return find_cast(document.scenes, document.frames, document.mentions, text, title)


def all_annotated(gold: pathlib.Path, locate: Locate) -> list[Annotated]:
    """Read the annotated documents, each given twice, and what may be read of our own articles."""
    with tempfile.TemporaryDirectory() as own:
        given = annotated_documents(gold / "dev", locate)
        places = own_articles.lay_out_read(pathlib.Path(own))
        return [*given, *given, *(document for place in places for document in annotated_documents(place, locate))]


def choices(document: Annotated, same_name: SameName) -> list[Choice]:
    """Collect the choices of a document, under the present weights."""
    cast = cast_of(document)
    memory, history = Memory(), History()
    memory.learn_homes(document.scenes, document.mentions)
    found = []
    for number, (scene, told) in enumerate(zip(document.scenes, document.told, strict=True)):
        frames = chosen(scene, document.frames[number]) if document.passing[number] or told else []
        for order, frame in enumerate(frames):
            if told and not order:
                ranked = contenders(frame, number, cast, history, memory)
                fits = tuple(max(_fit(party, c, same_name) for c in told) for party, _ in ranked)
                found.append(Choice(document.document.id, tuple(features for _, features in ranked), fits))
            resolve(frame, number, cast, history, memory)
        history.leave(cast, number, scene.sentence.paragraph)
    return found


def _fit(party: Party | None, claim: dict[str, str], same_name: SameName) -> int:
    wanted, kind = claim["recruiter"], claim["recruiter_type"]
    if party is None:
        return _NAME + _KIND if wanted.startswith("unspecified") else 0
    named = same_name(party.slot.entity.name, wanted) or (party.slot.text and same_name(party.slot.text, wanted))
    # "an unnamed firm in Hangzhou" bears the city's name too, but the city is not who recruits
    return (_NAME if named and not wanted.startswith("unspecified") else 0) + (_KIND if party.type == kind else 0)


def fit(rows: Sequence[Choice], penalty: float) -> Weights:
    """Return the weights that make the best-fitting contenders likeliest, by Newton's method.

    Of several right contenders of a sentence, each counts by how likely it is so far (an EM step).
    """
    names = sorted({name for row in rows for features in row.features for name in features})
    index = {name: place for place, name in enumerate(names)}
    kept = [row for row in rows if 0 < max(row.fits) != min(row.fits)]  # nothing to learn where all or none are right
    begins = np.cumsum([0, *(len(row.fits) for row in kept[:-1])])
    which = np.repeat(np.arange(len(kept)), [len(row.fits) for row in kept])
    right = np.array([fits == max(row.fits) for row in kept for fits in row.fits])
    table = np.zeros((len(which), len(names)))
    for place, features in enumerate(features for row in kept for features in row.features):
        for name, value in features.items():
            table[place, index[name]] = value
    weight = np.zeros(len(names))
    for _ in range(_STEPS):
        sums = table @ weight
        likely = np.exp(sums - np.maximum.reduceat(sums, begins)[which])
        likely /= np.add.reduceat(likely, begins)[which]
        wanted = likely * right
        wanted /= np.add.reduceat(wanted, begins)[which] + 1e-12
        slope = penalty * weight + table.T @ (likely - wanted)
        means = np.add.reduceat(table * likely[:, None], begins)
        curve = (table.T * likely) @ table - means.T @ means + penalty * np.eye(len(names))
        step = np.linalg.solve(curve, slope)
        weight = weight - step
        if np.abs(step).max() < 1e-4:
            break
    return {name: float(value) for name, value in zip(names, weight, strict=True) if abs(value) >= _SMALLEST}


def accuracy(rows: Sequence[Choice], fitted: Weights) -> tuple[float, float]:
    """Return how often the choice has the right name, and the right type."""
    fits = []
    for row in rows:
        sums = [sum(fitted.get(name, 0.0) * value for name, value in features.items()) for features in row.features]
        fits.append(row.fits[sums.index(max(sums))])
    return sum(f >= _NAME for f in fits) / len(fits), sum(f % _NAME == _KIND for f in fits) / len(fits)


def cross_validated(rows: Sequence[Choice], penalty: float) -> tuple[float, float]:
    """Return the accuracy on documents that the weights were not fitted to."""
    places = {name: place for place, name in enumerate(sorted({row.document for row in rows}))}
    names = kinds = 0.0
    for fold in range(_FOLDS):
        held_out = [row for row in rows if places[row.document] % _FOLDS == fold]
        fitted = fit([row for row in rows if places[row.document] % _FOLDS != fold], penalty)
        name, kind = accuracy(held_out, fitted)
        names, kinds = names + name * len(held_out), kinds + kind * len(held_out)
    return names / len(rows), kinds / len(rows)


def main() -> None:
    """Print the cross-validated accuracy by penalty; write the weights if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="replace ingest/lexicon/recruiter_weights_en.tsv")
    arguments = parser.parse_args()
    gold = annotated.folder()
    if gold is None:
        parser.error("TALENTGRAPH_GOLD names no folder of annotated documents")
    score = annotated.scorer(gold)
    same_name, locate = score.same_name, score.locate
    documents = all_annotated(gold, locate)
    for turn in range(_ROUNDS):
        rows = [choice for document in documents for choice in choices(document, same_name)]
        figures = {penalty: cross_validated(rows, penalty) for penalty in _PENALTIES}
        for penalty, (name, kind) in figures.items():
            sys.stdout.write(f"round {turn + 1}, penalty {penalty:g}: name {name:.3f}, type {kind:.3f}\n")
        sys.stdout.flush()
        best = max(figures, key=lambda penalty: sum(figures[penalty]))
        fitted(WEIGHTS).clear()
        fitted(WEIGHTS).update(fit(rows, best))
    if arguments.write:
        weights_file.write()


if __name__ == "__main__":
    main()
