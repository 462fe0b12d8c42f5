"""Speed of the whole extraction against the language model alone, on the same texts in one run.

    python -m benchmarks.extract_speed [PATH …] [--rounds N]

Without a path it reads the sample articles. Prints documents and words per second of both, and their ratio: the time of
the whole extraction divided by that of the model with all its components, on the same paragraphs. Each round takes the
documents one by one and times both, in turns, in seconds of this process; the median of the rounds is printed, so that
a busy machine slows both alike.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import spacy

from graph.frame import Document
from ingest.extraction import Extractor
from ingest.pipelines import BASE_MODEL, package
from ingest.sources import Failure, Page, files, samples
from ingest.text import documents


def english(paths: Sequence[Path]) -> list[Document]:
    """Return the English documents among the files."""
    pages: list[Page | Failure] = list(files.read(paths))
    found = [d for d in documents(pages) if isinstance(d, Document)]
    return [d for d in found if d.lang == "en"]


def seconds(work: Callable[[], object]) -> float:
    """Return how much time of the processor a piece of work takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args(arguments)

    texts = english(options.paths or samples())
    if not texts:
        sys.exit("No English document among these files.")
    extractor, model = Extractor(), spacy.load(package(BASE_MODEL))

    def alone(document: Document) -> None:
        for _ in model.pipe(line for line in document.text.split("\n") if line.strip()):
            pass

    def turns() -> tuple[float, float]:
        times = [(seconds(lambda: alone(d)), seconds(lambda: extractor.extract(d))) for d in texts]  # noqa: B023
        return sum(base for base, _ in times), sum(full for _, full in times)

    turns()  # lists and model are loaded before the clock starts
    base, full = zip(*(turns() for _ in range(options.rounds)), strict=True)
    words = sum(len(d.text.split()) for d in texts)
    for name, times in (("model alone", base), ("extraction", full)):
        median = statistics.median(times)
        print(f"{name:12} {len(texts) / median:7.1f} documents/s {words / median:9,.0f} words/s")  # noqa: T201
    ratio = statistics.median(f / b for f, b in zip(full, base, strict=True))
    print(f"ratio        {ratio:7.2f} (extraction / model, {len(texts)} documents, {words:,} words)")  # noqa: T201


if __name__ == "__main__":
    main()
