"""The extractor that a command's options and settings choose; it says what its reader must know, on standard error."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from api import progress
from graph.errors import InputError

if TYPE_CHECKING:
    from graph.frame import Document, Extraction
    from graph.settings import Settings
    from ingest.extraction import Extractor
    from ingest.proposals import Proposer

_WITH_RULES = ("en", "zh")


@dataclass(slots=True)
class TellingExtractor:
    """An extractor that says, once a language, that it has no rules for it; `say` may be set to a progress bar's."""

    extractor: "Extractor"
    say: Callable[[str], None] = progress.say
    _told: set[str] = field(default_factory=set)

    def extract(self, document: "Document") -> "Extraction":
        """Return what is read from a document."""
        self.tell(document)
        return self.extractor.extract(document)

    def tell(self, document: "Document") -> None:
        """Say of a document's language that there are no rules for it, once."""
        if document.lang not in (*_WITH_RULES, *self._told):
            self._told.add(document.lang)
            self.say(
                f"{document.source or document.id}: There are no rules for the language {document.lang!r}: names are"
                " found, claims are not. The same goes for further texts in it."
            )


@contextmanager
def extractor(settings: "Settings", model: str | None) -> Iterator[TellingExtractor]:
    """Yield the extractor that settings and `--model` choose; at the end say what proposals cost, where there are any.

    Raises ModelError where the model is not installed, InputError where the chat endpoint's settings cannot be used.
    """
    from ingest import pipelines
    from ingest.extraction import Extractor

    chosen = model or settings.model
    if chosen == pipelines.LISTS_ONLY:
        progress.say(
            "Model none is the weaker mode: English is read by word lists and a rough tree, which misses claims, and"
            " most names that no list has (Chinese needs no model)."
        )
    else:
        pipelines.package(chosen)
    telling = TellingExtractor(Extractor(chosen))
    proposer = _proposer(settings, lambda line: telling.say(line))
    telling.extractor.proposer = proposer
    try:
        yield telling
    finally:
        if proposer is not None:
            progress.say(proposer.cost.line())


def _proposer(settings: "Settings", say: Callable[[str], None]) -> "Proposer | None":
    if not settings.llm_url:
        return None
    from ingest.chat import Chat
    from ingest.proposals import Proposer

    if not settings.llm_model:
        raise InputError(
            "TALENTGRAPH_LLM_URL is set, but no model. Set TALENTGRAPH_LLM_MODEL to one that the endpoint has."
        )
    chat = Chat(settings.llm_url, settings.llm_model, settings.llm_key.get_secret_value())
    progress.say(f"The texts are also sent to {chat.url} ({chat.model}), which may propose claims.")
    return Proposer(chat, say)
