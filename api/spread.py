"""Reading spread over processes of this machine or a cluster, as `--workers` and `--engine` say."""

from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, TypeVar

from graph.errors import WrongParameter
from graph.frame import Document, Extraction
from graph.settings import Settings
from ingest.sources import Failure

if TYPE_CHECKING:
    from api.reading import TellingExtractor

T = TypeVar("T")


def check(settings: Settings, workers: int, engine: str | None) -> None:
    """Raise WrongParameter where the two options, or one of them and the settings, exclude each other."""
    if workers > 1 and engine:
        raise WrongParameter("workers", "Give --workers, or --engine, whose workers read instead.")
    if (workers > 1 or engine) and settings.llm_url:
        option = "engine" if engine else "workers"
        raise WrongParameter(
            option, f"A chat endpoint (TALENTGRAPH_LLM_URL) is asked by one process: leave out --{option}."
        )


def read(
    items: Iterator[Document | T], extractor: "TellingExtractor", settings: Settings, workers: int, engine: str | None
) -> Generator[Extraction | Failure | T, None, None]:
    """Yield what is read from each document, and whatever else is among them, in order; the same however many read.

    Raises what `api.shards` and `api.cluster` raise, ModelError too where one process reads.
    """
    from api import cluster, shards
    from ingest.reading import read_each

    def told(item: Document | T) -> Document | T:
        if isinstance(item, Document):
            extractor.tell(item)
        return item

    model = extractor.extractor.model
    if engine:
        yield from cluster.read(map(told, items), engine, model, settings.home)
    elif workers > 1:
        yield from shards.read(map(told, items), workers, model, settings.home)
    else:
        yield from read_each(items, extractor)
