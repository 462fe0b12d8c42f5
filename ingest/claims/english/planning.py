"""Whether recruiting is yet to come: future and modal verbs, plans, schemes announced or meant to do something.

    “will hire”, “is to recruit”, “X to hire” (headline)    the verb itself
    “plans to lure”, “wants to attract”, “a plan to bring”  what stands above it
    “announced a fund for …”, “a scheme that is to bring …” what is announced or opened

“If you come, we will pay” is an offer already made.
"""

import functools
import importlib.resources
import re
import tomllib
from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from ingest.claims.english import reporting, tree
from ingest.claims.english.triggers import Trigger

_AUXILIARY = frozenset(("aux", "auxpass", "aux:pass"))
_IS_TO = re.compile(r"\b(?:is|are|was|were) to (?:be )?[a-z]+", re.IGNORECASE)
_INFINITIVE_BE = ("is", "are", "was", "were", "be")


@functools.cache
def lexicon() -> dict[str, frozenset[str]]:
    """Return the word lists of `lexicon/plans_en.toml`."""
    text = importlib.resources.files("ingest.lexicon").joinpath("plans_en.toml").read_text(encoding="utf-8")
    return {name: frozenset(value.split()) for name, value in tomllib.loads(text).items()}


def is_planned(token: Token, chain: Sequence[Token], trigger: Trigger) -> bool:
    """Whether the act at a token is future or planned; `chain` is what governs it, nearest first."""
    opens = trigger.sense == "open"
    if _planned(token, chain, opens=opens):
        return True
    return (opens or not _is_finite_past(token)) and _IS_TO.search(_segment_text(trigger)) is not None


def is_infinitive(verb: Token) -> bool:
    """Whether a verb is an infinitive with "to", active or passive."""
    return verb.tag_ in ("VB", "VBN") and any(c.lower_ == "to" for c in verb.children)


def _planned(token: Token, chain: Sequence[Token], *, opens: bool) -> bool:
    words = lexicon()
    below = token
    if any(t.lower_ in words["announcing_verbs"] and not tree.is_passive(t) for t in _outward(token)):
        return True
    if tree.is_verb(token):
        commits = token.lower_ in words["commit_verbs"] and token.tag_ in ("VBD", "VBN")
        if commits and not tree.is_passive(token) and tree.recipient(token) is None:
            return True
        if opens and token.lower_ in words["announce_verbs"]:
            return True
        opened = tree.direct_object(token)
        if opened is not None and _noun_is_planned(opened):
            return True
    elif _noun_is_planned(token):
        return True
    for word in (token, *chain):
        if tree.is_verb(word) and _is_future(word):
            return True
        if word.i != below.i:
            if below.tag_ == "VB" and below.dep_ in ("xcomp", "ccomp") and word.lower_ in words["plan_verbs"]:
                return True
            scheme = below.i == token.i or below.lower_ in words["scheme_nouns"] or below.lower_ in words["plan_nouns"]
            if scheme and word.lower_ in words["announce_verbs"] and below.dep_ in ("dobj", "obj", "nsubjpass", "prep"):
                return True
            if word.lower_ in ("target", "targets") and below.lower_ == "of":
                return True
            if word.lower_ in words["plan_nouns"] and below.dep_ in ("acl", "prep", "ccomp", "compound"):
                return True
            if reporting.is_reporting(word) and word.lower_ not in words["plan_verbs"]:
                break
        below = word
    return (opens or not _is_finite_past(token)) and _main_clause_is_future(token)


def _outward(token: Token) -> Iterator[Token]:
    """Yield the verbs above a token through whose object it is reached, relative clauses included."""
    below = token
    for above in tree.above(token):
        if tree.is_verb(above) and below.dep_ in ("dobj", "obj"):
            yield above
        elif tree.is_verb(above) and below.dep_ not in ("prep", "pobj", "acl", "relcl", "xcomp"):
            return
        below = above


def _is_finite_past(token: Token) -> bool:
    """Whether the act itself is told as done or going on ("hired", "has hired", "is hiring")."""
    if not tree.is_verb(token):
        return False
    if token.lower_ in _INFINITIVE_BE:
        return False
    return token.tag_ in ("VBD", "VBZ", "VBP") or any(c.dep_ in _AUXILIARY and c.tag_ != "TO" for c in token.children)


def _main_clause_is_future(token: Token) -> bool:
    """Whether the clause in which a noun, an infinitive or an opening of something stands is future."""
    for word in (token, *tree.above(token)):
        if word.i != token.i and reporting.is_reporting(word):
            break
        infinitives = [c for c in word.children if c.dep_ == "xcomp" and is_infinitive(c)]
        if infinitives and (word.lower_ in _INFINITIVE_BE or word.lower_ in lexicon()["plan_verbs"]):
            return True
        if tree.is_verb(word) and _is_future(word):
            return True
        if word.dep_ in ("relcl", "acl:relcl", "advcl") and tree.is_verb(word):
            return False
    return False


def _segment_text(trigger: Trigger) -> str:
    """Return the words of the sentence between the semicolons around a trigger."""
    text, place = trigger.sentence.text, trigger.start - trigger.sentence.start
    return text[:place].rpartition(";")[2] + text[place:].partition(";")[0]


def _noun_is_planned(noun: Token) -> bool:
    """Whether a scheme or drive is said to be going to do something ("a fund that is to bring …")."""
    predicates = [c for c in noun.children if c.dep_ in ("relcl", "acl:relcl")]
    if noun.dep_ in ("nsubj", "nsubjpass", "nsubj:pass"):
        predicates.append(noun.head)
    for predicate in predicates:
        infinitives = [c for c in predicate.children if c.dep_ == "xcomp" and is_infinitive(c)]
        if _is_future(predicate):
            return True
        if infinitives and (predicate.lower_ in lexicon()["plan_verbs"] or predicate.lower_ in _INFINITIVE_BE):
            return True
    return False


def _has_condition(verb: Token) -> bool:
    """Whether the future hangs on the candidate's choice: "if you come, we will pay" is an offer already made."""
    clauses = (c for c in verb.children if c.dep_ == "advcl")
    return any(m.lower_ == "if" and m.dep_ == "mark" for clause in clauses for m in clause.children)


def _is_future(verb: Token) -> bool:
    """Whether the verb is future or modal, or an infinitive of obligation ("is to bring", a headline's "X to hire")."""
    for child in verb.children:
        if child.dep_ in _AUXILIARY and child.lower_ in lexicon()["future_auxiliaries"]:
            return not _has_condition(verb)
    if not any(c.lower_ == "to" and c.dep_ in ("aux", "mark") for c in verb.children):
        return False
    if verb.dep_ in ("ROOT", "root"):
        return True
    return verb.dep_ == "xcomp" and verb.head.lower_ in _INFINITIVE_BE
