"""Copies of one text → one story.

Two documents are copies when the Jaccard index of their word triples is at least 0.7. Signatures find the pairs worth
comparing, the texts decide. A story is a connected component of copies and its id the smallest document id in it, so
the order of reading changes nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.frame import Document, StoryMembership
from ingest.signatures import SignatureIndex, jaccard, triples

THRESHOLD = 0.7
ALONE = 1.0  # the similarity of a document that is its story's only one

Texts = Callable[[Sequence[str]], Mapping[str, str]]
"""Document ids → the texts that the store holds of them."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What the store knows of a document, as far as stories need it."""

    id: str
    revision: str
    signature: tuple[str, ...]
    story_id: str
    similarity: float


class Stories:
    """The stories of a store; `add` extends them and says what changed."""

    def __init__(self, stored: Iterable[Stored], texts: Texts) -> None:
        self._texts = texts
        self._of: dict[str, StoryMembership] = {}
        self._revision: dict[str, str] = {}
        self._members: dict[str, set[str]] = defaultdict(set)

        def entries() -> Iterable[tuple[str, Sequence[str]]]:
            for document in stored:
                self._place(StoryMembership(document.id, document.story_id, document.similarity))
                self._revision[document.id] = document.revision
                yield document.id, document.signature

        self._index = SignatureIndex(entries())

    def add(self, documents: Sequence[Document]) -> list[StoryMembership]:
        """Take in documents (signed, each id once) and return every membership that is new or has changed, by id."""
        before: dict[str, StoryMembership | None] = {}
        fresh: set[str] = set()
        for document in documents:
            if self._revision.get(document.id) == document.revision:
                continue
            # A document whose text changed leaves its story, which may fall apart: its members are joined anew.
            for member in self._leave(document.id) | {document.id}:
                before.setdefault(member, self._of.pop(member, None))
                fresh.add(member)
            self._index.put(document.id, document.signature)
            self._revision[document.id] = document.revision
        copies = self._copies(fresh, {document.id: document.text for document in documents})
        best: dict[str, float] = {}
        for pair, value in copies.items():
            for end in pair:
                best[end] = max(value, best.get(end, 0.0))
        for component in self._components(fresh, copies):
            self._join(component, best, before)
        return [self._of[member] for member in sorted(before) if self._of[member] != before[member]]

    def _leave(self, document_id: str) -> set[str]:
        """Dissolve the story of a document and return its members; none where the document is new."""
        membership = self._of.get(document_id)
        return self._members.pop(membership.story_id) if membership else set()

    def _copies(self, fresh: set[str], at_hand: Mapping[str, str]) -> dict[tuple[str, str], float]:
        """Return the pairs of copies that have a fresh end (smaller id first), with their Jaccard index."""
        pairs = {(min(a, b), max(a, b)) for a in fresh for b in self._index.near(a)}
        kept: dict[str, str] = {}  # revision → a document that has it: equal texts are compared once
        for a, b in sorted(pairs):
            for end in (a, b):
                kept.setdefault(self._revision[end], end)
        differing = {(self._revision[a], self._revision[b]) for a, b in pairs if self._revision[a] != self._revision[b]}
        wanted = sorted({kept[revision] for pair in differing for revision in pair} - at_hand.keys())
        texts = {**self._texts(wanted), **at_hand} if wanted else at_hand
        words = {revision: triples(texts[kept[revision]]) for pair in differing for revision in pair}
        index = {pair: round(jaccard(words[pair[0]], words[pair[1]]), 4) for pair in differing}
        found = {}
        for a, b in pairs:
            value = index.get((self._revision[a], self._revision[b]), 1.0)
            if value >= THRESHOLD:
                found[a, b] = value
        return found

    def _components(self, fresh: set[str], copies: Iterable[tuple[str, str]]) -> list[set[str]]:
        """Group fresh documents with each other and with the whole stories they are copies of."""
        component: dict[str, set[str]] = {document_id: {document_id} for document_id in fresh}
        for pair in copies:
            for end in pair:
                if end not in component:  # an old document brings its story along
                    members = set(self._members[self._of[end].story_id])
                    component.update(dict.fromkeys(members, members))
            small, large = sorted((component[pair[0]], component[pair[1]]), key=len)
            if small is not large:
                large |= small
                component.update(dict.fromkeys(small, large))
        return list({id(members): members for members in component.values()}.values())

    def _join(self, component: set[str], best: Mapping[str, float], before: dict[str, StoryMembership | None]) -> None:
        """Make a component one story; `best` holds each document's nearest newly found copy."""
        similarity = {member: best.get(member, 0.0) for member in component}
        old = {member: self._of[member] for member in component if member in self._of}
        for member, membership in old.items():
            before.setdefault(member, membership)
            if len(self._members[membership.story_id]) > 1:
                similarity[member] = max(similarity[member], membership.similarity)
        for member, membership in old.items():
            self._members[membership.story_id].discard(member)
        story = min(component)
        for member in component:
            self._place(StoryMembership(member, story, similarity[member] or ALONE))

    def _place(self, membership: StoryMembership) -> None:
        self._of[membership.document_id] = membership
        self._members[membership.story_id].add(membership.document_id)
