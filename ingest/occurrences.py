"""Where names stand in a text, found by an index of its words: no search of the whole text for every name."""

import re
from collections.abc import Collection, Iterator

_WORD = re.compile(r"\w+")


class Occurrences:
    """The words of one text and where each stands."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._places: dict[str, list[int]] = {}
        for match in _WORD.finditer(text):
            self._places.setdefault(match.group(), []).append(match.start())

    def of(self, name: str) -> Iterator[int]:
        """Yield where a name begins, bounded as words are, in order and not overlapping."""
        rarest, offset = min(
            ((self._places.get(word.group(), []), word.start()) for word in _WORD.finditer(name)),
            key=lambda found: len(found[0]),
            default=([], 0),
        )
        last = 0
        for place in rarest:
            start, end = place - offset, place - offset + len(name)
            if start >= last and self._text.startswith(name, start) and self._is_bounded(start, end):
                last = end
                yield start

    def _is_bounded(self, start: int, end: int) -> bool:
        before, after = self._text[start - 1 : start] if start else "", self._text[end : end + 1]
        return not _WORD.match(before) and not _WORD.match(after)


def bounded(names: Collection[str], places: Occurrences) -> Iterator[tuple[int, str]]:
    """Yield (start, name) of names that stand as words, the longest at each place, none overlapping another."""
    last = 0
    found = [(start, -len(name), name) for name in names for start in places.of(name)]
    for start, _, longest in sorted(found):
        if start >= last:
            last = start + len(longest)
            yield start, longest


def anywhere(names: Collection[str], text: str) -> Iterator[tuple[int, str]]:
    """Yield (start, name) of names in a text without spaces, the longest at each place, none overlapping another."""
    beginning: dict[str, list[str]] = {}
    for name in sorted(names, key=lambda name: (-len(name), name)):
        beginning.setdefault(name[0], []).append(name)
    start = 0
    while start < len(text):
        found = next((name for name in beginning.get(text[start], ()) if text.startswith(name, start)), None)
        if found is not None:
            yield start, found
        start += len(found) if found is not None else 1
