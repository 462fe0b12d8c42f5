"""How long a backtracking matcher can take over a regular expression: a bound from above, without a text.

    pattern → parts → states → steps(LETTERS)

A state is a letter that is wanted next. The steps from a state with n letters to come are the ways to the next states,
and for the one letter that leads to most, the steps from those with n - 1 to come (after Weideman and others, Analyzing
Matching Time Behavior of Backtracking Regular Expression Matchers by Using Ambiguity of NFA, 2016: what is ambiguous in
the automaton is tried again and again). So `a?` thirty times in a row is a thousand million steps, `(chip|wafer)s?`
one step a letter. Possessive and lazy repetitions, anchors and flags are taken for their most costly reading.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce

LETTERS = 200
STEPS = 20_000_000  # three `.*` over 200 letters are some 5 million
STATES = 1_000
WAYS = 20_000  # from states to states
GROUP_REPEATED = 20
WORD = 3  # letters that stand at few places of a text only

_ATOM = re.compile(r"\\[pP]\{\w+\}|\\x[0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\[^0-9kcQE]|[^\\]", re.DOTALL)
_CLASS = re.compile(r"\[\^?\]?(?:\\[^QEc]|[^\]\\\[])*\]", re.DOTALL)
_GROUP = re.compile(r"\((?:\?:|\?[imsu]+:|(?!\?))")
_FLAGS = re.compile(r"\(\?[imsu]+\)")
_LITERALLY = re.compile(r"\\Q(.*?)(?:\\E|$)", re.DOTALL)
_QUANTIFIER = re.compile(r"[*+?]|\{(\d{1,4})(,(\d{0,4}))?\}")
_NO_WIDTH = frozenset(["^", "$", "\\b", "\\B", "\\A", "\\z", "\\Z", "\\G"])
_COMMON = "aqzAQZ059 _-.,\n'é中"  # one of every kind of letter that classes tell apart


class Unbounded(Exception):
    """The pattern may take for ever, or cannot be read; the message says what in it."""


@dataclass(slots=True)
class Part:
    """A letter (`letters` has those it may be), or parts of which one comes (`either`) or all (`parts`), so often."""

    letters: frozenset[str] = frozenset()
    parts: list["Part"] = field(default_factory=list)
    either: list["Part"] = field(default_factory=list)
    least: int = 1
    most: float = 1


def fault(pattern: str, *, long: bool) -> str:
    """Return what may make a pattern run on, or nothing where it ends soon; `long` says that it meets long texts."""
    try:
        whole = _Reader(pattern).whole()
        states = _States(whole)
        steps = states.steps(LETTERS)
        if steps > STEPS:
            return f"over {LETTERS} letters it may be tried in more than {STEPS:,} ways"
    except Unbounded as unbounded:
        return str(unbounded)
    cubic = steps > 6 * states.steps(LETTERS // 2)  # with the square of the length they are four times as many
    if long and cubic and _loops(whole)[1] > 2:
        return f"in a long text there must be {WORD} plain letters between `.*` and the third `.*`"
    return ""


class _Reader:
    """Reads a pattern into parts; Unbounded for what engines read in ways that are not counted here."""

    def __init__(self, pattern: str) -> None:
        self._pattern, self._at = pattern, 0
        # With the other case, which flags may let in.
        self._alphabet = frozenset(pattern + pattern.lower() + pattern.upper() + _COMMON)

    def whole(self) -> Part:
        part = self._either()
        if self._at < len(self._pattern):
            raise Unbounded("a bracket that closes nothing")
        return part

    def _either(self) -> Part:
        either = [Part(parts=[])]
        while self._at < len(self._pattern) and self._pattern[self._at] != ")":
            if self._pattern[self._at] == "|":
                self._at += 1
                either.append(Part(parts=[]))
            else:
                either[-1].parts += self._quantified()
        return Part(either=either)

    def _quantified(self) -> list[Part]:
        """Return what comes next, as often as the quantifier behind it says."""
        pattern = self._pattern
        if flags := _FLAGS.match(pattern, self._at):
            self._at = flags.end()
            return []
        if literal := _LITERALLY.match(pattern, self._at):
            self._at = literal.end()
            parts = [Part(self._same(letter)) for letter in literal[1]]
        else:
            parts = [self._one()]
        if (quantifier := _QUANTIFIER.match(pattern, self._at)) and parts:
            self._at = quantifier.end() + (pattern[quantifier.end() : quantifier.end() + 1] in ("?", "+"))
            last = parts[-1]
            last.least, last.most = _counts(quantifier)
            if last.either and last.most > GROUP_REPEATED:
                raise Unbounded("a group that is repeated")
        return parts

    def _one(self) -> Part:
        pattern, at = self._pattern, self._at
        if group := _GROUP.match(pattern, at):
            self._at = group.end()
            part = self._either()
            if self._at >= len(pattern):
                raise Unbounded("a group that is not closed")
            self._at += 1
            return Part(either=[part])
        if pattern[at] == "(":
            raise Unbounded("a group that looks ahead or behind, or a flag that is not known")
        if pattern[at] == "{":
            raise Unbounded("a brace that counts nothing")
        if pattern[at] == "[":
            found = _CLASS.match(pattern, at)
            if not found:
                raise Unbounded("a class that is nested or not closed")
            self._at = found.end()
            return Part(self._class(found[0]))
        atom = _ATOM.match(pattern, at)
        if not atom:
            raise Unbounded("a reference to a group, or an escape that is not known")
        self._at = atom.end()
        return Part() if atom[0] in _NO_WIDTH else Part(self._atom(atom[0]))

    def _same(self, letter: str) -> frozenset[str]:
        return frozenset({letter, letter.lower(), letter.upper()}) & self._alphabet

    def _class(self, text: str) -> frozenset[str]:
        if "&&" in text or "\\p" in text or "\\P" in text:
            return self._alphabet
        return self._matched(text, re.DOTALL if text.startswith("[^") else re.DOTALL | re.IGNORECASE)

    def _atom(self, text: str) -> frozenset[str]:
        if len(text) == 1 and text != ".":
            return self._same(text)
        return self._matched(text, re.DOTALL | re.IGNORECASE)

    def _matched(self, text: str, flags: int) -> frozenset[str]:
        """Return the letters that one letter's pattern stands for: all where Python does not know it."""
        try:
            known = re.compile(text, flags)
        except re.error:
            return self._alphabet
        return frozenset(letter for letter in self._alphabet if known.fullmatch(letter))


def _counts(quantifier: "re.Match[str]") -> tuple[int, float]:
    """Return how often a quantifier lets its atom come, at least and at most."""
    if quantifier[0] in ("?", "*", "+"):
        return int(quantifier[0] == "+"), 1 if quantifier[0] == "?" else float("inf")
    least = int(quantifier[1])
    return least, float("inf") if quantifier[2] and not quantifier[3] else int(quantifier[3] or least)


class _States:
    """The automaton: `_wanted[s]` is the letters of state s, `_ways[s]` where it leads, state by state, how often."""

    def __init__(self, whole: Part) -> None:
        self._wanted: list[frozenset[str]] = []
        self._ways: list[dict[int, int]] = []
        end = self._state(frozenset(), {})
        self._first = self._before(whole, {end: 1})

    def _before(self, part: Part, after: dict[int, int]) -> dict[int, int]:
        """Return the ways into a part behind which come those of `after`: state → in how many ways."""
        if part.most == float("inf"):
            if not part.letters:
                raise Unbounded("a group that is repeated") if part.either else Unbounded("a repeated anchor")
            loop = self._state(part.letters, {})
            self._ways[loop] = _added([after, {loop: 1}])
            ways = _added([after, {loop: 1}]) if part.least == 0 else {loop: 1}
            rounds = range(max(0, part.least - 1))
        else:
            ways = after
            for _ in range(int(part.most) - part.least):
                ways = _added([after, self._once(part, ways)])
                self._checked()
            rounds = range(part.least)
        for _ in rounds:
            ways = self._once(part, ways)
            self._checked()
        return ways

    def _once(self, part: Part, after: dict[int, int]) -> dict[int, int]:
        if part.letters:
            return {self._state(part.letters, after): 1}
        if part.either:
            return _added([self._before(one, after) for one in part.either])
        return reduce(lambda ways, one: self._before(one, ways), reversed(part.parts), after)

    def _state(self, letters: frozenset[str], after: dict[int, int]) -> int:
        self._wanted.append(letters)
        self._ways.append(after)
        return len(self._wanted) - 1

    def _checked(self) -> None:
        if len(self._wanted) > STATES or sum(map(len, self._ways)) > WAYS:
            raise Unbounded("too many repetitions and choices")

    def _by_letter(self, ways: dict[int, int]) -> list[list[tuple[int, int]]]:
        """Return for each letter that may come the states that take it; letters that lead to the same once."""
        letters = frozenset().union(*(self._wanted[state] for state in ways))
        found = {tuple((state, n) for state, n in ways.items() if letter in self._wanted[state]) for letter in letters}
        whole = [set(one) for one in found]
        return [list(one) for one in found if not any(set(one) < other for other in whole)]

    def steps(self, letters: int) -> int:
        """Return the steps at most, over a text of so many letters; it stops counting past STEPS."""
        self._checked()
        own = [1 + sum(ways.values()) for ways in self._ways]
        lead = [self._by_letter(ways) for ways in self._ways]
        first = self._by_letter(self._first)
        needed = [own[state] for state in range(len(own))]
        total = 0
        for _ in range(letters):
            total = 1 + sum(self._first.values()) + _most(first, needed)
            if total > STEPS:
                break
            needed = [own[state] + _most(lead[state], needed) for state in range(len(own))]
        return total


def _most(choices: Sequence[Sequence[tuple[int, int]]], needed: Sequence[int]) -> int:
    return max((sum(times * needed[state] for state, times in one) for one in choices), default=0)


def _added(ways: Sequence[dict[int, int]]) -> dict[int, int]:
    """Return all ways together."""
    total: dict[int, int] = {}
    for one in ways:
        for state, times in one.items():
            total[state] = total.get(state, 0) + times
    return total


def _loops(part: Part) -> tuple[bool, int]:
    """Return whether a word always comes in a part, and the most unbounded repetitions in a row without one between."""
    if part.letters or not (part.either or part.parts):
        return False, int(part.most == float("inf"))
    if part.either:
        found = [_loops(one) for one in part.either]
        times = int(part.most) if part.most > 1 else 1
        return part.least > 0 and all(word for word, _ in found), times * max(loops for _, loops in found)
    most = row = letters = 0
    always = False
    for one in _flat(part.parts):
        single = len({letter.lower() for letter in one.letters}) == 1 and one.least == one.most == 1
        letters = letters + 1 if single else 0
        word, loops = _loops(one)
        if word or letters >= WORD:
            row, always = 0, True
        row += loops
        most = max(most, row)
    return always, most


def _flat(parts: Sequence[Part]) -> Iterator[Part]:
    """Yield parts; a group of one branch that comes once as what it holds."""
    for part in parts:
        if part.either and len(part.either) == 1 and part.least == part.most == 1:
            yield from _flat([part.either[0]])
        elif part.parts and part.least == part.most == 1:
            yield from _flat(part.parts)
        else:
            yield part
