"""The five counts of claims that come in order: by story, in it by document, in it by approach."""

import datetime
from collections.abc import Mapping
from typing import Any

from graph.frame import Row


class Counts:
    """Counts each distinct thing once.

    Approaches lie within a document and documents within a story, so in that order each is new when it differs from the
    one before; only claimants, who come again in other stories, are remembered.
    """

    __slots__ = ("_approach", "_claimants", "_document", "_story", "approaches", "claims", "documents", "first", "last",
                 "stories")  # fmt: skip

    def __init__(self) -> None:
        self.claims = self.approaches = self.documents = self.stories = 0
        self.first: datetime.date | None = None
        self.last: datetime.date | None = None
        self._approach = self._document = self._story = ""
        self._claimants: set[str] = set()

    def count(self, claim: Row) -> None:
        """Count one more claim."""
        self.claims += 1
        if claim["approach"] != self._approach:
            self.approaches += 1
            self._approach = claim["approach"]
            if claim["document"] != self._document:
                self.documents += 1
                self._document = claim["document"]
                if claim["story"] != self._story:
                    self.stories += 1
                    self._story = claim["story"]
        self._claimants.add(claim["claimant"])
        day = claim["reported"]
        if day is not None:
            self.first = day if self.first is None or day < self.first else self.first
            self.last = day if self.last is None or day > self.last else self.last

    @property
    def claimants(self) -> int:
        """Return how many voices there are."""
        return len(self._claimants)

    def properties(self) -> Mapping[str, Any]:
        """Return the counts, with the first and the last day, as a cell has them."""
        return {
            "claims": self.claims,
            "approaches": self.approaches,
            "documents": self.documents,
            "stories": self.stories,
            "claimants": self.claimants,
            "first_reported": self.first,
            "last_reported": self.last,
        }
