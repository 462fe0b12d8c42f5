"""A rough tree of an English paragraph without a model: noun groups, verbs, and what stands before and after them.

Of a verb, the free noun group before it is the subject, the one after it the object; what a preposition leads hangs on
the noun before it ("of", "from") or on the verb. The labels are spaCy's, so that the rules of claims read it as they
read a parser's tree. It errs more: see the figures in docs/extraction.md.
"""

import functools
import itertools
from typing import TYPE_CHECKING

from ingest.claims.english import reporting
from ingest.tagging import lists, tags

if TYPE_CHECKING:
    import spacy.language
    import spacy.tokens

_GROUP = ("DET", "ADJ", "NUM", "NOUN", "PROPN", "SYM")
_NOMINAL = ("NOUN", "PROPN", "PRON", "NUM")
_TO_THE_NOUN = ("of", "from")
_GIVING = ("offer", "give", "gave", "promis", "grant", "pay", "paid", "guarantee", "award")


def parse(text: str) -> "spacy.tokens.Doc":
    """Return a Doc of a paragraph with tags, heads and labels by rules."""
    from spacy.tokens import Doc

    blank = _blank()
    plain = blank.make_doc(text)
    words = [token.text for token in plain]
    tree = _Tree(words)
    tree.build()
    return Doc(
        blank.vocab,
        words,
        [bool(token.whitespace_) for token in plain],
        pos=[part for part, _ in tree.tags],
        tags=[tag for _, tag in tree.tags],
        heads=tree.heads,
        deps=tree.labels,
    )


@functools.cache
def _blank() -> "spacy.language.Language":
    import spacy

    return spacy.blank("en")


class _Tree:
    """Heads and labels of the words of one paragraph; every word begins as its own root."""

    def __init__(self, words: list[str]) -> None:
        self.words = [word.casefold() for word in words]
        self.tags = tags(words)
        self.heads = list(range(len(words)))
        self.labels = ["ROOT"] * len(words)

    def build(self) -> None:
        """Attach all words, sentence by sentence."""
        first = 0
        for place, word in enumerate(self.words):
            if word in (".", "!", "?", ";") or place == len(self.words) - 1:
                self._sentence(first, place + 1)
                first = place + 1

    def _hang(self, child: int, head: int, label: str) -> None:
        above = head
        while self.heads[above] != above:  # never in a circle
            if above == child:
                return
            above = self.heads[above]
        if above != child:
            self.heads[child], self.labels[child] = head, label

    def _is(self, place: int, *parts: str) -> bool:
        return self.tags[place][0] in parts

    def _sentence(self, first: int, last: int) -> None:
        groups = self._groups(first, last)
        verbs = self._verbs(first, last)
        heads = {end - 1 for _, end in groups}
        self._coordinate(groups)
        free = self._prepositions(groups, verbs, first, last)
        for number, verb in enumerate(verbs):
            previous = verbs[number - 1] if number else None
            following = verbs[number + 1] if number + 1 < len(verbs) else last
            self._arguments(verb, previous, following, sorted(free))
        self._clauses(verbs)
        self._join(first, last, verbs, sorted(heads))

    def _groups(self, first: int, last: int) -> list[tuple[int, int]]:
        """Return the noun groups [begin, end), the head last; possessors hang on the group after them."""
        groups: list[tuple[int, int]] = []
        begin = first
        while begin < last:
            end = begin
            while end < last and self._is(end, *_GROUP) and not self._begins_another(begin, end):
                end += 1
            if end == begin and self._is(begin, "PRON"):
                end = begin + 1
            while end > begin and not self._is(end - 1, *_NOMINAL):
                end -= 1
            if end == begin:
                begin += 1
                continue
            for place in range(begin, end - 1):
                self._hang(place, end - 1, self._inside(place))
            if groups and groups[-1][1] == begin - 1 and self.tags[begin - 1][1] == "POS":
                owner = groups.pop()[1] - 1
                self._hang(begin - 1, owner, "case")
                self._hang(owner, end - 1, "poss")
            groups.append((begin, end))
            begin = end
        return groups

    def _begins_another(self, begin: int, place: int) -> bool:
        """Whether a word begins a group of its own after a noun ("offered engineers **a** flat")."""
        return place > begin and self._is(place, "DET") and self._is(place - 1, *_NOMINAL)

    def _inside(self, place: int) -> str:
        part, tag = self.tags[place]
        if tag == "PRP$":
            return "poss"
        return {"DET": "det", "ADJ": "amod", "NUM": "nummod", "SYM": "nmod"}.get(part, "compound")

    def _verbs(self, first: int, last: int) -> list[int]:
        """Return the main verbs; auxiliaries and negators before one hang on it."""
        verbs: list[int] = []
        waiting: list[int] = []
        for place in range(first, last):
            word, (part, tag) = self.words[place], self.tags[place]
            if part == "VERB":
                passive = tag == "VBN" and any(self.words[w] in lists()["be"] for w in waiting)
                for helper in waiting:
                    be = passive and self.words[helper] in lists()["be"]
                    negates = word != self.words[helper] and self.words[helper] in lists()["negators"]
                    self._hang(helper, place, "neg" if negates else "auxpass" if be else "aux")
                waiting = []
                verbs.append(place)
            elif part == "AUX" or tag == "TO" or word in lists()["negators"]:
                waiting.append(place)
            elif part != "ADV" and waiting:
                copula = waiting[0]
                if self._is(copula, "AUX"):  # "is a teacher", "has a plan"
                    verbs.append(copula)
                    for helper in waiting[1:]:
                        self._hang(helper, copula, "neg" if self.words[helper] in lists()["negators"] else "aux")
                waiting = []
        return verbs

    def _coordinate(self, groups: list[tuple[int, int]]) -> None:
        """Hang noun groups on the first of their list: "A, B and C"."""
        for (_, end), (begin, other) in itertools.pairwise(groups):
            between = range(end, begin)
            linked = any(self.words[p] in ("and", "or", "as") for p in between)
            listed = len(between) == 1 and self.words[end] == "," and self._listed(other)
            if between and (linked or listed) and all(self.words[p] in (",", "and", "or") for p in between):
                self._hang(other - 1, end - 1, "conj")
                for place in between:
                    self._hang(place, end - 1, "cc" if self.words[place] in ("and", "or") else "punct")

    def _listed(self, end: int) -> bool:
        """Whether a list goes on after a noun group: ", C" or "and C"."""
        return end < len(self.words) and self.words[end] in (",", "and", "or")

    def _prepositions(self, groups: list[tuple[int, int]], verbs: list[int], first: int, last: int) -> set[int]:
        """Hang what prepositions lead; return the heads of the groups that none leads."""
        free = {end - 1 for _, end in groups if self.labels[end - 1] not in ("conj", "poss")}
        starts = {begin: end - 1 for begin, end in groups}
        for place in range(first, last):
            if not self._is(place, "ADP"):
                continue
            after = place + 1
            while after < last and self._is(after, "ADV"):
                after += 1
            if after in starts and starts[after] in free:
                self._hang(starts[after], place, "pobj")
                free.discard(starts[after])
            elif after in verbs and self.tags[after][1] == "VBG":
                self._hang(after, place, "pcomp")
            else:
                continue
            self._hang(place, self._governor(place, verbs, first), self._led(place, verbs))
        return free

    def _governor(self, place: int, verbs: list[int], first: int) -> int:
        """Return what a preposition hangs on: the noun before it, or the verb before that."""
        noun = place - 1
        beside = noun >= first and self._is(noun, *_NOMINAL)
        verb = max((v for v in verbs if v < place), default=None)
        if beside and (self.words[place] in _TO_THE_NOUN or verb is None):
            return noun
        if verb is not None:
            return verb
        return min((v for v in verbs if v > place), default=noun if beside else place)

    def _led(self, place: int, verbs: list[int]) -> str:
        verb = max((v for v in verbs if v < place), default=None)
        passive = verb is not None and self.tags[verb][1] == "VBN"
        return "agent" if self.words[place] == "by" and passive else "prep"

    def _arguments(self, verb: int, previous: int | None, following: int, free: list[int]) -> None:
        """Give a verb its subject and objects."""
        begin = previous if previous is not None else -1
        before = [h for h in free if begin < h < verb and self.heads[h] == h]
        passive = any(self.labels[p] == "auxpass" and self.heads[p] == verb for p in range(max(0, verb - 5), verb))
        infinitive = any(self.tags[p][1] == "TO" and self.heads[p] == verb for p in range(max(0, verb - 3), verb))
        led = self.labels[verb] == "pcomp"
        if before and not infinitive and not led:
            self._hang(before[-1], verb, "nsubjpass" if passive else "nsubj")
        after = [h for h in free if verb < h < following and self.heads[h] == h]
        stop = next((p for p in range(verb + 1, following) if self.words[p] in (",", ":", "that")), following)
        after = [h for h in after if h < stop][:2]
        if len(after) == 2 and self.words[verb].startswith(_GIVING):
            self._hang(after[0], verb, "dative")
            self._hang(after[1], verb, "dobj")
        elif after and not self._subject_of(after[0], following):
            self._hang(after[0], verb, "dobj")

    def _subject_of(self, noun: int, following: int) -> bool:
        """Whether a noun right before the next verb is that verb's subject ("said it would hire")."""
        if following >= len(self.words) or not self._is(following, "VERB", "AUX"):
            return False
        between = range(noun + 1, following)
        to = any(self.tags[p][1] == "TO" for p in between)
        return not to and all(self._is(p, "AUX", "ADV", "PART") for p in between)

    def _clauses(self, verbs: list[int]) -> None:
        """Hang each verb on the one before it, by what stands between them."""
        for previous, verb in itertools.pairwise(verbs):
            if self.heads[verb] != verb:
                continue
            subject = next(
                (c for c in range(previous, verb) if self.heads[c] == verb and "subj" in self.labels[c]), None
            )
            between = self.words[previous + 1 : verb]
            speaks = self.words[previous] in reporting.lexicon()["reporting_verbs"]
            noun = next((p for p in range(verb - 1, previous, -1) if self._is(p, "NOUN", "PROPN")), None)
            if any(self.tags[p][1] == "TO" and self.heads[p] == verb for p in range(previous, verb)):
                self._hang(verb, previous, "xcomp")
            elif subject is not None and self.words[subject] in ("who", "which", "that") and subject:
                holder = subject - 1 if self._is(subject - 1, *_NOMINAL) else max(0, subject - 2)
                self._hang(verb, holder, "relcl")
            elif subject is None and noun == verb - 1 and self.tags[verb][1] in ("VBD", "VBN", "VBG"):
                self._hang(verb, noun, "acl")
            elif speaks:
                self._hang(verb, previous, "ccomp")
            elif self.words[verb] in reporting.lexicon()["saying_verbs"] and "," in between:
                self._hang(previous, verb, "ccomp")  # "…, X said"
            elif subject is None or {"and", "but", "or"} & set(between):
                self._hang(verb, previous, "conj")
            else:
                self._hang(verb, previous, "advcl")

    def _join(self, first: int, last: int, verbs: list[int], nouns: list[int]) -> None:
        """Hang what is left on the first root of the sentence."""
        roots = [p for p in range(first, last) if self.heads[p] == p]
        main = next((p for p in roots if p in verbs), next((p for p in roots if p in nouns), roots[0]))
        for place in roots:
            if place != main:
                adverb = self._is(place, "ADV", "PART")
                self._hang(place, main, "advmod" if adverb else "punct" if self._is(place, "PUNCT") else "dep")
