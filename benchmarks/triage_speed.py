"""A stream in which one document in a hundred is about recruiting: the whole path against the language model alone.

    python -m benchmarks.triage_speed [--documents N] [--hard SHARE] [--seed N]

*Path* is what a run does before it writes: page → document (its language detected) → triage → extraction of what is
left. *Model* is the English base model as spaCy loads it over every document, paragraph by paragraph. Both are
measured in processor time of this process. Relevant documents are the English samples, others come from
`benchmarks.irrelevant` and are as long; how many pass triage is printed too, and the recall of claims.
"""

import argparse
import random
import time
from collections.abc import Sequence

import spacy

from benchmarks.extract_speed import english
from benchmarks.irrelevant import irrelevant
from graph.frame import Document
from ingest.extraction import Extractor
from ingest.pipelines import BASE_MODEL, package
from ingest.sources import Page, samples
from ingest.text import document
from ingest.triage import relevant


def stream(count: int, hard: float, seed: int) -> tuple[list[Page], int]:
    """Return the pages of a stream, mixed, and how many of them are relevant."""
    chance = random.Random(seed)
    telling = chance.sample(english(samples()), k=max(1, count // 100))
    lengths = [len(d.text) for d in english(samples())]
    texts = [d.text for d in telling] + list(irrelevant(count - len(telling), hard=hard, seed=seed, lengths=lengths))
    chance.shuffle(texts)
    return [Page(f"{number}.txt", "text", text) for number, text in enumerate(texts)], len(telling)


def path(pages: Sequence[Page], extractor: Extractor) -> tuple[int, int]:
    """Return how many documents pass triage, and their claims."""
    kept = claims = 0
    for page in pages:
        read = document(page)
        if relevant(read.text, read.lang):
            kept += 1
            claims += len(extractor.extract(read).claims)
    return kept, claims


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1_000)
    parser.add_argument("--hard", type=float, default=0.2)
    parser.add_argument("--seed", type=int, default=3)
    options = parser.parse_args(arguments)
    pages, telling = stream(options.documents, options.hard, options.seed)
    extractor, model = Extractor(), spacy.load(package(BASE_MODEL))
    warm: Document = document(Page("warm.txt", "text", "Halden Robotics hired six engineers from Porto and the coast."))
    extractor.extract(warm), relevant(warm.text, "en")
    start = time.process_time()
    kept, claims = path(pages, extractor)
    ours = time.process_time() - start
    start = time.process_time()
    for page in pages:
        for _ in model.pipe(line for line in page.content.split("\n") if line.strip()):
            pass
    alone = time.process_time() - start
    read = [document(page) for page in pages]
    whole = sum(len(extractor.extract(one).claims) for one in read)
    count = len(pages)
    print(f"documents   {count:,}, {telling} about recruiting; {kept} pass triage")  # noqa: T201
    print(f"claims      {claims} of the {whole} that extraction of every document finds")  # noqa: T201
    print(f"model       {alone / count * 1000:8.3f} ms of processor time a document")  # noqa: T201
    print(f"path        {ours / count * 1000:8.3f} ms")  # noqa: T201
    print(f"ratio       {alone / ours:8.1f}")  # noqa: T201


if __name__ == "__main__":
    main()
