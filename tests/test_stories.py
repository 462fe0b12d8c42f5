"""Copies join into stories, whatever the order in which they come."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph import ids
from graph.frame import Document, Extraction, StoryMembership
from ingest.rewrites import Account
from ingest.signatures import jaccard, signature, triples
from ingest.stories import THRESHOLD, Stored, Stories

WORDS = ("plant", "hanover", "hired", "welders", "porto", "gave", "flats", "near", "river", "years", "two")


def text(number: int, changed: int = 0, length: int = 200) -> str:
    """Return a text of its own for each number; `changed` of its last words are others."""
    words = [f"{WORDS[(number * 7 + i * i) % len(WORDS)]}{number}x{i}" for i in range(length)]
    return " ".join(words[: length - changed] + [f"other{number}x{changed}x{i}" for i in range(changed)])


def document(name: str, content: str) -> Document:
    return Document(f"document-{name}", content, ids.revision(content), signature=signature(content))


def told(document: Document) -> Account:
    return Account(document.text, document.lang, document.date, (), frozenset())


class Kept:
    """The documents of a store, kept in a dictionary, and their stories."""

    def __init__(self) -> None:
        self.documents: dict[str, Document] = {}
        self.memberships: dict[str, StoryMembership] = {}

    def run(self, documents: Sequence[Document]) -> list[StoryMembership]:
        """Take documents in as a run of their own does, which knows the others from the store alone."""
        stored = [
            Stored(
                id,
                self.documents[id].revision,
                self.documents[id].signature,
                membership.story_id,
                membership.similarity,
            )
            for id, membership in sorted(self.memberships.items())
        ]
        stories = Stories(stored, lambda wanted: {id: told(self.documents[id]) for id in wanted})
        changed = stories.add([Extraction(document) for document in documents]).memberships
        self.documents |= {document.id: document for document in documents}
        self.memberships |= {membership.document_id: membership for membership in changed}
        return changed


def stories_of(documents: Sequence[Document]) -> dict[str, StoryMembership]:
    """Return every membership by comparing every pair: the definition, without signatures."""
    words = {d.id: triples(d.text) for d in documents}
    near = {
        (a, b): round(jaccard(words[a], words[b]), 4)
        for a in words
        for b in words
        if a != b and round(jaccard(words[a], words[b]), 4) >= THRESHOLD
    }
    story = {id: id for id in words}
    for _ in words:
        for a, b in near:
            story[a] = story[b] = min(story[a], story[b])
    return {
        id: StoryMembership(id, story[id], max((v for (a, _), v in near.items() if a == id), default=1.0))
        for id in words
    }


def test_a_signature_never_changes() -> None:
    # Signatures are kept in graphs: another hash would make every stored one useless.
    assert signature("An engineer in Graz was asked to move to Turin.")[:2] == (
        "d2035462055b4b5c",
        "ae54f9354dea3ed8",
    )


def test_triples_ignore_case_and_punctuation_and_take_chinese_by_character() -> None:
    assert triples("One, TWO three-four.") == {"one two three", "two three four"}
    assert triples("招聘工程师 AI") == {"招 聘 工", "聘 工 程", "工 程 师", "程 师 ai"}
    assert triples("Two words") == {"two words"}


def test_a_document_alone_is_a_story_of_its_own() -> None:
    assert Kept().run([document("a", text(1))]) == [StoryMembership("document-a", "document-a", 1.0)]


def test_copies_join_at_the_threshold_and_not_below() -> None:
    # 198 triples each; c changed words change c triples on either side: (198 - c) / (198 + c).
    kept = Kept()
    kept.run([document("a", text(1)), document("b", text(1, 34)), document("c", text(1, 36))])
    assert kept.memberships["document-b"].story_id == "document-a"
    assert kept.memberships["document-b"].similarity == pytest.approx((198 - 34) / (198 + 34), abs=1e-4)
    assert kept.memberships["document-c"].story_id == "document-b" or (
        jaccard(triples(text(1, 36)), triples(text(1, 34))) < THRESHOLD
    )


def test_an_equal_text_elsewhere_is_a_document_of_the_same_story() -> None:
    kept = Kept()
    kept.run([document("b", text(1))])
    assert kept.run([document("a", text(1))]) == [
        StoryMembership("document-a", "document-a", 1.0),
        StoryMembership("document-b", "document-a", 1.0),
    ]


def test_only_changes_are_returned() -> None:
    kept = Kept()
    kept.run([document("a", text(1)), document("b", text(1, 5)), document("c", text(2))])
    assert kept.run([document("d", text(3))]) == [StoryMembership("document-d", "document-d", 1.0)]
    assert kept.run([document("d", text(3))]) == []


def test_a_document_whose_text_changed_leaves_its_story_and_may_split_it() -> None:
    kept = Kept()
    ends = [document("a", text(1)), document("c", text(1, 60))]
    bridge = document("b", text(1, 30))
    assert jaccard(triples(ends[0].text), triples(ends[1].text)) < THRESHOLD
    words = text(1).split()
    bridge = document("b", " ".join(words[:140] + words[140:170] + ends[1].text.split()[170:]))
    kept.run([*ends, bridge])
    assert {m.story_id for m in kept.memberships.values()} == {"document-a"}
    kept.run([document("b", text(2))])
    assert {id: m.story_id for id, m in kept.memberships.items()} == {
        "document-a": "document-a",
        "document-b": "document-b",
        "document-c": "document-c",
    }


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_order_and_runs_change_nothing(data: st.DataObject) -> None:
    shapes = data.draw(st.lists(st.tuples(st.integers(0, 2), st.sampled_from([0, 10, 20, 30, 40, 50])), max_size=9))
    documents = [document(f"{i:02}", text(number, changed)) for i, (number, changed) in enumerate(shapes)]
    order = data.draw(st.permutations(documents))
    cuts = sorted(data.draw(st.sets(st.integers(0, len(documents)))))
    kept = Kept()
    for start, end in zip([0, *cuts], [*cuts, len(order)], strict=True):
        kept.run(order[start:end])
    assert kept.memberships == stories_of(documents)


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_replaced_text_leaves_what_reading_the_last_texts_alone_gives(data: st.DataObject) -> None:
    shape = st.tuples(st.integers(0, 1), st.sampled_from([0, 15, 30, 45]))
    first = data.draw(st.lists(shape, min_size=1, max_size=6))
    second = data.draw(st.lists(st.one_of(st.none(), shape), min_size=len(first), max_size=len(first)))
    kept = Kept()
    kept.run([document(f"{i:02}", text(*s)) for i, s in enumerate(first)])
    kept.run([document(f"{i:02}", text(*s)) for i, s in enumerate(second) if s])
    assert kept.memberships == stories_of(list(kept.documents.values()))
