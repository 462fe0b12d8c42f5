"""Speed of the whole extraction against the language model alone, on the same texts in one run.

    python -m benchmarks.extract_speed [PATH …] [--rounds N]

Without a path it reads the sample articles. Prints documents and words per second of both, and their ratio: the time of
the whole extraction divided by that of the model with all its components. Each round times both, in turns, and the
median of the rounds is printed, so that a busy machine slows both alike.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from graph.frame import Document
from ingest.extraction import Extractor
from ingest.language import pipeline
from ingest.sources import Failure, Page, files, samples
from ingest.text import documents


def english(paths: Sequence[Path]) -> list[Document]:
    """Return the English documents among the files."""
    pages: list[Page | Failure] = list(files.read(paths))
    found = [d for d in documents(pages) if isinstance(d, Document)]
    return [d for d in found if d.lang == "en"]


def seconds(work: Callable[[], object]) -> float:
    """Return how long a piece of work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args(arguments)

    texts = english(options.paths or samples())
    if not texts:
        sys.exit("No English document among these files.")
    extractor, model = Extractor(), pipeline()
    paragraphs = [line for d in texts for line in d.text.split("\n") if line.strip()]

    def alone() -> None:
        for _ in model.pipe(paragraphs):
            pass

    def whole() -> None:
        for document in texts:
            extractor.extract(document)

    alone(), whole()  # lists and model are loaded before the clock starts
    base, full = zip(*((seconds(alone), seconds(whole)) for _ in range(options.rounds)), strict=True)
    words = sum(len(d.text.split()) for d in texts)
    for name, times in (("model alone", base), ("extraction", full)):
        median = statistics.median(times)
        print(f"{name:12} {len(texts) / median:7.1f} documents/s {words / median:9,.0f} words/s")  # noqa: T201
    ratio = statistics.median(f / b for f, b in zip(full, base, strict=True))
    print(f"ratio        {ratio:7.2f} (extraction / model, {len(texts)} documents, {words:,} words)")  # noqa: T201


if __name__ == "__main__":
    main()
