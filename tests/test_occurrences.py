"""Names found by an index of words: the same places as a search for every name."""

import re

from hypothesis import given
from hypothesis import strategies as st

from ingest.occurrences import Occurrences, anywhere, bounded

TEXTS = st.lists(st.sampled_from(["Ana", "Bo", "A.B", " ", "-", "’s", "北", "京"]), max_size=25).map("".join)
NAMES = st.lists(st.sampled_from(["Ana", "Ana Bo", "Bo", "A.B", "Ana-Bo", "Bo’s", "北京", "京北"]), unique=True)


@given(TEXTS, NAMES)
def test_names_that_stand_as_words_are_those_of_a_search(text: str, names: list[str]) -> None:
    pattern = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
    searched = [(m.start(), m.group()) for m in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", text) if m.group()]
    assert list(bounded(names, Occurrences(text))) == searched


@given(TEXTS, NAMES)
def test_names_anywhere_are_those_of_a_search(text: str, names: list[str]) -> None:
    pattern = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
    assert list(anywhere(names, text)) == [(m.start(), m.group()) for m in re.finditer(pattern, text) if m.group()]
