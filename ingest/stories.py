"""Copies and rewrites of one text → one story.

Two documents are copies when the Jaccard index of their word triples is at least 0.7: signatures find the pairs worth
comparing, the texts decide. Rewrites are found by their traces and decided by names, figures, date, words and claims
(`rewrites`). A story is a connected component of both and its id the smallest document id in it, so the order of
reading changes nothing.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from graph.frame import Extraction, StoryMembership, Translation
from ingest.rewrites import WINDOW, Account, account, is_rewrite, likeness, may_translate
from ingest.signatures import Hashes, HashIndex, jaccard, row, triples

THRESHOLD = 0.7
ALONE = 1.0  # the similarity of a document that is its story's only one

Accounts = Callable[[Sequence[str]], Mapping[str, Account]]
"""Document ids → what the store holds of them."""

Pair = tuple[str, str]
"""Two document ids, the smaller first."""

_SPAN = 2 * WINDOW + 1  # days of a bucket, so that a window touches two
_SPREAD = 0x9E3779B97F4A7C15  # spreads buckets over 64 bits
_UNDATED = -1


@dataclass(frozen=True, slots=True)
class Stored:
    """What the store knows of a document, as far as stories need it."""

    id: str
    revision: str
    signature: tuple[str, ...]
    story_id: str
    similarity: float
    traces: tuple[str, ...] = ()
    date: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """Every membership that is new or has changed, by id, and the pairs of documents that may be translations."""

    memberships: list[StoryMembership]
    translations: list[Translation]


@dataclass(frozen=True, slots=True)
class _Known:
    """Revision, date and hashes of a document."""

    revision: str
    date: datetime.date | None
    bands: Hashes
    traces: Hashes

    def posted(self) -> Hashes:
        """Return the traces as they lie in the index: those of other weeks are others."""
        return self._in(self.date)

    def sought(self) -> Hashes:
        """Return the traces under which documents of its window lie."""
        if self.date is None:
            return self._in(None)
        window = datetime.timedelta(days=WINDOW)
        return np.concatenate([self._in(self.date - window), self._in(self.date + window)])

    def _in(self, date: datetime.date | None) -> Hashes:
        bucket = date.toordinal() // _SPAN if date else _UNDATED
        return self.traces ^ np.uint64(bucket * _SPREAD & 0xFFFF_FFFF_FFFF_FFFF)

    def same(self, other: "_Known | None") -> bool:
        """Return whether nothing has changed that stories depend on."""
        return (
            other is not None
            and (self.revision, self.date) == (other.revision, other.date)
            and np.array_equal(self.traces, other.traces)
        )


@dataclass(slots=True)
class _Links:
    """Pairs of one story with their Jaccard index, and pairs that may be translations with their likeness."""

    same: dict[Pair, float] = field(default_factory=dict)
    translations: dict[Pair, float] = field(default_factory=dict)


class Stories:
    """The stories of a store; `add` and `remove` change them and say what changed."""

    def __init__(self, stored: Iterable[Stored], accounts: Accounts) -> None:
        self._accounts = accounts
        self._of: dict[str, StoryMembership] = {}
        self._known: dict[str, _Known] = {}
        self._members: dict[str, set[str]] = defaultdict(set)
        for document in stored:
            self._place(StoryMembership(document.id, document.story_id, document.similarity))
            self._known[document.id] = _Known(
                document.revision, document.date, row(document.signature), row(document.traces)
            )
        self._bands = HashIndex((id, known.bands) for id, known in self._known.items())
        self._traces = HashIndex((id, known.posted()) for id, known in self._known.items())

    def add(self, extractions: Sequence[Extraction]) -> Changes:
        """Take in what was read from documents (signed and traced, each id once)."""
        before: dict[str, StoryMembership | None] = {}
        fresh: set[str] = set()
        at_hand: dict[str, Account] = {}
        for extraction in extractions:
            document = extraction.document
            at_hand[document.id] = account(extraction)
            known = _Known(document.revision, document.date, row(document.signature), row(document.traces))
            if known.same(self._known.get(document.id)):
                continue
            # A document whose text changed leaves its story, which may fall apart: its members are joined anew.
            for member in self._leave(document.id) | {document.id}:
                before.setdefault(member, self._of.pop(member, None))
                fresh.add(member)
            self._known[document.id] = known
            self._bands.put(document.id, known.bands)
            self._traces.put(document.id, known.posted())
        return self._join_anew(fresh, at_hand, before)

    def remove(self, document_ids: Iterable[str]) -> list[StoryMembership]:
        """Take documents out and return the memberships of all others in their stories, changed or not.

        A story that they held together splits.
        """
        before: dict[str, StoryMembership | None] = {}
        fresh: set[str] = set()
        gone = {id for id in document_ids if id in self._known}
        for id in sorted(gone):
            for member in self._leave(id):
                before.setdefault(member, self._of.pop(member, None))
                fresh.add(member)
            del self._known[id]
            self._bands.drop(id)
            self._traces.drop(id)
        for id in gone:
            before.pop(id, None)
        self._join_anew(fresh - gone, {}, before)
        return [self._of[member] for member in sorted(before)]

    def _join_anew(
        self, fresh: set[str], at_hand: Mapping[str, Account], before: dict[str, StoryMembership | None]
    ) -> Changes:
        links = self._links(fresh, at_hand)
        best: dict[str, float] = {}
        for pair, value in links.same.items():
            for end in pair:
                best[end] = max(value, best.get(end, 0.0))
        for component in self._components(fresh, links.same):
            self._join(component, best, before)
        return Changes(
            [self._of[member] for member in sorted(before) if self._of[member] != before[member]],
            [Translation(*pair, likeness=value) for pair, value in sorted(links.translations.items())],
        )

    def _leave(self, document_id: str) -> set[str]:
        """Dissolve the story of a document and return its members; none where the document is new, or gone from it."""
        membership = self._of.get(document_id)
        return self._members.pop(membership.story_id) if membership else set()

    def _links(self, fresh: set[str], at_hand: Mapping[str, Account]) -> _Links:
        """Return what joins documents that have a fresh end."""
        near = {_pair(a, b) for a in fresh for b in self._bands.near(self._known[a].bands) if a != b}
        traced = {_pair(a, b) for a in fresh for b in self._traces.near(self._known[a].sought()) if a != b}
        kept: dict[str, str] = {}  # revision → a document that has it: equal texts are compared once
        for end in sorted({end for pair in near for end in pair}):
            kept.setdefault(self._known[end].revision, end)
        links = _Links({pair: 1.0 for pair in near if len(self._revisions(pair)) == 1})
        differing = {self._revisions(pair) for pair in near if pair not in links.same}
        wanted = {kept[revision] for pair in differing for revision in pair}
        wanted |= {end for pair in traced - links.same.keys() for end in pair}
        told = {**self._accounts(sorted(wanted - at_hand.keys())), **at_hand} if wanted - at_hand.keys() else at_hand
        words = {kept[revision]: triples(told[kept[revision]].text) for pair in differing for revision in pair}
        index = {pair: round(jaccard(*(words[kept[revision]] for revision in sorted(pair))), 4) for pair in differing}
        for pair in near - links.same.keys():
            value = index[self._revisions(pair)]
            if value >= THRESHOLD:
                links.same[pair] = value
        for pair in traced - links.same.keys():
            one, other = told[pair[0]], told[pair[1]]
            if is_rewrite(one, other):
                links.same[pair] = round(jaccard(triples(one.text), triples(other.text)), 4)
            elif may_translate(one, other):
                links.translations[pair] = round(likeness(one, other), 4)
        return links

    def _revisions(self, pair: Pair) -> frozenset[str]:
        return frozenset(self._known[end].revision for end in pair)

    def _components(self, fresh: set[str], linked: Iterable[Pair]) -> list[set[str]]:
        """Group fresh documents with each other and with the whole stories they belong to."""
        component: dict[str, set[str]] = {document_id: {document_id} for document_id in fresh}
        for pair in linked:
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
        """Make a component one story; `best` holds each document's nearest newly found neighbour."""
        similarity = dict(best)
        old = {member: self._of[member] for member in component if member in self._of}
        for member, membership in old.items():
            before.setdefault(member, membership)
            if len(self._members[membership.story_id]) > 1:
                similarity[member] = max(similarity.get(member, 0.0), membership.similarity)
        for member, membership in old.items():
            self._members[membership.story_id].discard(member)
        story = min(component)
        for member in component:
            self._place(StoryMembership(member, story, similarity.get(member, ALONE)))

    def _place(self, membership: StoryMembership) -> None:
        self._of[membership.document_id] = membership
        self._members[membership.story_id].add(membership.document_id)


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)
