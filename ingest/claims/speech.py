"""Acts of speech in a sentence: which verb or phrase makes a clause somebody's account.

    “X said that it would hire”      complement   the verb stands above the trigger
    “it would hire, X said”          inserted     the verb hangs on the trigger's clause
    “it would hire, according to X”  phrase       a preposition names the voice

Works on the parse of one paragraph; who the voice is, is the business of `attribution`.
"""

import functools
import importlib.resources
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from ingest.claims import tree

_COMPLEMENT = frozenset(
    ("ccomp", "xcomp", "parataxis", "pcomp", "csubj", "csubjpass", "csubj:pass", "obj", "dobj", "dep")
)
_ADVERBIAL = frozenset(("advcl", "conj", "relcl", "acl:relcl"))
_SPOKEN_ABOUT = frozenset(("of", "that", "as", "about", "for", "to"))


@dataclass(frozen=True, slots=True)
class Act:
    """One act of speech. `word` is its verb, noun or preposition; `voice` heads the noun phrase of who speaks (None
    where the sentence does not say); `hearer` heads that of the one spoken to.
    """

    word: Token
    voice: Token | None
    hearer: Token | None = None


@functools.cache
def lexicon() -> dict[str, frozenset[str]]:
    """Return the word lists of `lexicon/voices_en.toml`."""
    text = importlib.resources.files("ingest.lexicon").joinpath("voices_en.toml").read_text(encoding="utf-8")
    lists: dict[str, frozenset[str]] = {}
    for name, value in tomllib.loads(text).items():
        phrases = value.strip().splitlines() if name == "according" else value.split()
        lists[name] = frozenset(phrase.strip() for phrase in phrases)
    return lists


def acts_over(token: Token, sentence: Sequence[Token]) -> tuple[Act, ...]:
    """Return the acts of speech that the token is reported by, nearest first; empty where the narrator speaks."""
    found: list[Act] = []
    for act in (*_above(token), *_inserted(token, sentence), *_phrases(token, sentence)):
        if all(act.word.i != other.word.i for other in found):
            found.append(act)
    return tuple(found)


def is_reporting(verb: Token) -> bool:
    """Whether the verb is of the reporting list and used to report."""
    if verb.lower_ not in lexicon()["reporting_verbs"] or not tree.is_verb(verb):
        return False
    if verb.lower_ not in lexicon()["clause_only"]:
        return True
    return any(child.dep_ in ("ccomp", "parataxis") for child in verb.children) or verb.dep_ == "parataxis"


def voice_of(verb: Token) -> Token | None:
    """Return the speaker of a reporting verb: its subject; of a passive one the noun after "by"."""
    found = tree.agent(verb)
    if found is None and verb.dep_ == "pcomp" and tree.is_verb(verb.head.head):
        # "quoted the authorities as saying"
        found = tree.direct_object(verb.head.head)
    return found


def _hearer(verb: Token) -> Token | None:
    if verb.lower_ in ("told", "tell", "tells", "telling"):
        return tree.direct_object(verb) or tree.recipient(verb)
    if verb.dep_ == "pcomp" and tree.is_verb(verb.head.head):
        return tree.subject(verb.head.head)
    return tree.recipient(verb)


def _above(token: Token) -> Iterator[Act]:
    """Yield the reporting verbs whose complement the token stands in."""
    below = token
    for above in tree.above(token):
        if is_reporting(above) and _is_content(below, above):
            yield Act(above, voice_of(above), _hearer(above))
        elif above.lower_ in lexicon()["document_nouns"] and below.dep_ in ("acl", "ccomp") and tree.is_noun(above):
            # "a report that the firm hires …"
            yield Act(above, above)
        below = above


def _is_content(below: Token, verb: Token) -> bool:
    """Whether the branch under a reporting verb is what is said, not who says it, when, or what else was done."""
    if below.dep_ in _COMPLEMENT:
        return True
    if below.dep_ in ("prep", "agent", "mark") and below.lower_ in _SPOKEN_ABOUT:
        return True
    # in "X hired three people, Y said" a weak parse may hang the clause as an adverbial before the verb
    return below.dep_ == "advcl" and below.i < verb.i and not any(c.dep_ in ("mark", "advmod") for c in below.children)


def _segment(token: Token, sentence: Sequence[Token]) -> tuple[int, int]:
    """Return the token span between semicolons that holds the token."""
    first, last = sentence[0].i, sentence[-1].i + 1
    for other in sentence:
        if other.text == ";":
            if other.i < token.i:
                first = other.i + 1
            elif other.i > token.i:
                return first, other.i
    return first, last


def _inserted(token: Token, sentence: Sequence[Token]) -> Iterator[Act]:
    """Yield the reporting verbs put into or after the clause that the token stands in."""
    first, last = _segment(token, sentence)
    ancestors = {token.i, *(above.i for above in tree.above(token))}
    for other in sentence:
        if not first <= other.i < last or other.i in ancestors or not is_reporting(other):
            continue
        attached = other.head.i in ancestors and other.dep_ in ("parataxis", "ccomp", "dep", "intj")
        own_complement = any(
            child.dep_ == "ccomp" and child.i > other.i and child.i != token.i for child in other.children
        )
        if attached and not own_complement and other.dep_ != "ccomp":
            yield Act(other, voice_of(other), _hearer(other))
        elif attached and other.dep_ == "ccomp" and not own_complement and _set_off(other):
            yield Act(other, voice_of(other), _hearer(other))


def _set_off(verb: Token) -> bool:
    """Whether the verb's own clause is short and stands between commas or at the end ("…, the three said, …")."""
    clause = tree.subtree_indices(verb)
    before = verb.doc[clause.start - 1].text if clause.start > verb.sent.start else ""
    return len(clause) <= 8 and before in (",", "”", '"', "—")


def _phrases(token: Token, sentence: Sequence[Token]) -> Iterator[Act]:
    """Yield "according to X" and "by X's count" in the token's part of the sentence."""
    first, last = _segment(token, sentence)
    for other in sentence:
        if not first <= other.i < last:
            continue
        if other.lower_ == "according" and other.i + 1 < last and other.nbor().lower_ == "to":
            noun = _noun_after(other.nbor(), last)
            if noun is not None and not _inside(token, noun):
                yield Act(other, noun)
        elif other.lower_ in lexicon()["account_nouns"] and other.head.lower_ in ("by", "in", "on", "from"):
            owner = next((c for c in other.children if c.dep_ in ("poss", "nmod:poss")), None)
            if owner is not None and other.head.i < other.i:
                yield Act(other, owner)


def _inside(token: Token, noun: Token) -> bool:
    return token.i in tree.subtree_indices(noun)


def _noun_after(preposition: Token, last: int) -> Token | None:
    noun = next((child for child in preposition.children if child.dep_ in ("pobj", "obj", "nmod")), None)
    if noun is not None:
        return noun
    head = preposition.head.head
    if tree.is_noun(head) and head.i > preposition.i:
        return head
    return next((t for t in preposition.doc[preposition.i + 1 : last] if t.pos_ in ("NOUN", "PROPN", "PRON")), None)
