"""Near-duplicates: recall and precision of the signatures over texts of known Jaccard, and speed against datasketch.

    python -m benchmarks.near_duplicates [--documents N] [--seed N]

Texts are made in groups: from each base text, variants that share a given part of its words, so that the true Jaccard
index of every pair is known by counting. *Candidates* are pairs that share a band, *found* those of them whose texts
then agree to 0.7, which is what stories do. datasketch does the same with MinHash and MinHashLSH, as many permutations.
Each library makes the signatures of all texts and finds the pairs, three times in turns; the medians of processor time
count.
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable, Sequence
from itertools import combinations

from datasketch import MinHash, MinHashLSH

from ingest.signatures import BANDS, ROWS, HashIndex, jaccard, row, signature, triples
from ingest.stories import THRESHOLD

Pair = tuple[int, int]


def corpus(documents: int, seed: int) -> list[str]:
    """Return texts of 120 to 400 words in groups of five: a base, and variants with 1 to 35 per cent of it replaced."""
    chance = random.Random(seed)
    vocabulary = [f"{a}{b}" for a in ("ka", "lo", "mi", "ru", "se", "ti", "vo", "za") for b in range(900)]
    texts = []
    while len(texts) < documents:
        base = chance.choices(vocabulary, k=chance.randint(120, 400))
        texts.append(" ".join(base))
        for _ in range(4):
            cut = int(len(base) * chance.uniform(0.01, 0.35))
            start = chance.randrange(len(base) - cut)
            texts.append(" ".join(base[:start] + chance.choices(vocabulary, k=cut) + base[start + cut :]))
    return texts[:documents]


def ours(texts: Sequence[str]) -> set[Pair]:
    """Return the candidate pairs by our signatures."""
    rows = {str(number): row(signature(text)) for number, text in enumerate(texts)}
    index = HashIndex(rows.items())
    return {_pair(int(id), int(other)) for id, hashes in rows.items() for other in index.near(hashes) if other != id}


def theirs(texts: Sequence[str]) -> set[Pair]:
    """Return the candidate pairs by datasketch."""
    lsh = MinHashLSH(params=(BANDS, ROWS), num_perm=BANDS * ROWS)
    sketches = {}
    for number, text in enumerate(texts):
        sketch = MinHash(num_perm=BANDS * ROWS)
        sketch.update_batch([triple.encode() for triple in triples(text)])
        sketches[number] = sketch
        lsh.insert(number, sketch)
    return {_pair(id, other) for id, sketch in sketches.items() for other in lsh.query(sketch) if other != id}


def true_pairs(texts: Sequence[str]) -> set[Pair]:
    """Return the pairs whose true Jaccard is at least the threshold, by comparing all."""
    words = [triples(text) for text in texts]
    return {(a, b) for a, b in combinations(range(len(texts)), 2) if jaccard(words[a], words[b]) >= THRESHOLD}


def found(texts: Sequence[str], candidates: set[Pair]) -> set[Pair]:
    """Return the candidates whose texts agree."""
    words = [triples(text) for text in texts]
    return {(a, b) for a, b in candidates if jaccard(words[a], words[b]) >= THRESHOLD}


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1_500)
    parser.add_argument("--seed", type=int, default=5)
    options = parser.parse_args(arguments)
    texts = corpus(options.documents, options.seed)
    true = true_pairs(texts)
    times: dict[str, list[float]] = {"rensa": [], "datasketch": []}
    candidates: dict[str, set[Pair]] = {}
    for _ in range(3):
        for name, way in (("rensa", ours), ("datasketch", theirs)):
            candidates[name], seconds = _timed(way, texts)
            times[name].append(seconds)
    for name in times:
        pairs = found(texts, candidates[name])
        median = statistics.median(times[name])
        print(  # noqa: T201
            f"{name:10} recall {len(pairs & true) / len(true):.4f}, precision {len(pairs & true) / len(pairs):.4f}"
            f" (of {len(candidates[name])} candidates {len(pairs)}), {len(texts) / median:8,.0f} documents/s"
        )
    ratio = statistics.median(b / a for a, b in zip(times["rensa"], times["datasketch"], strict=True))
    print(f"ratio      {ratio:.1f} (datasketch / rensa, {len(texts)} texts, {len(true)} true pairs)")  # noqa: T201


def _timed(way: Callable[[Sequence[str]], set[Pair]], texts: Sequence[str]) -> tuple[set[Pair], float]:
    start = time.process_time()
    return way(texts), time.process_time() - start


def _pair(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


if __name__ == "__main__":
    main()
