"""Verbs of speech: which verb reports, who speaks by it, what it reports; their words are in `voices_en.toml`."""

import functools
import importlib.resources
import tomllib

from spacy.tokens import Token

from ingest.claims.english import tree


@functools.cache
def lexicon() -> dict[str, frozenset[str]]:
    """Return the word lists of `lexicon/voices_en.toml`."""
    text = importlib.resources.files("ingest.lexicon").joinpath("voices_en.toml").read_text(encoding="utf-8")
    return {name: frozenset(value.split()) for name, value in tomllib.loads(text).items()}


def is_reporting(verb: Token) -> bool:
    """Whether the verb is of the reporting list and used to report."""
    word, words = verb.lower_, lexicon()
    if word in ("let", "lets"):  # "let it be known that", "let the agency know that"
        return any(c.lower_ in ("know", "known") and c.dep_ in ("ccomp", "xcomp") for c in verb.children)
    if any(c.lower_ in ("no", "yes") and c.dep_ in ("dobj", "intj", "advmod", "det", "obj") for c in verb.children):
        return False  # "said no to the offer"
    clause = any(child.dep_ in ("ccomp", "parataxis") for child in verb.children)
    if word not in words["reporting_verbs"] or not (tree.is_verb(verb) or clause):
        return False
    if word not in words["clause_only"] or clause or verb.dep_ == "parataxis":
        return True
    if word in words["urging_verbs"]:
        return any(child.dep_ == "xcomp" for child in verb.children)
    rejected = tree.patient(verb)
    return rejected is not None and rejected.lower_ in words["rejected_nouns"]


def content(token: Token) -> Token:
    """Return what a verb of speech reports, its complement's verb; any other token itself."""
    seen = token
    while is_reporting(seen):
        below = next((c for c in seen.children if c.dep_ in ("ccomp", "xcomp") and tree.is_verb(c)), None)
        if below is None:
            return seen
        seen = below
    return seen


def voice_of(verb: Token) -> Token | None:
    """Return the speaker of a reporting verb: its subject; of a passive one the noun after "by"."""
    if verb.dep_ == "pcomp" and verb.head.lower_ == "as" and tree.is_verb(verb.head.head):
        return tree.direct_object(verb.head.head)  # "quoted the authorities as saying"
    if verb.dep_ == "acl" and verb.head.head.i == verb.head.i and any(c.dep_ == "ccomp" for c in verb.children):
        return verb.head  # the parser took "X described how …" for a noun with a participle
    return tree.agent(verb)


def hearer_of(verb: Token) -> Token | None:
    """Return the noun of whom a verb of speech is spoken to ("told **Reuters**"), or None."""
    if verb.lower_ in ("told", "tell", "tells", "telling"):
        return tree.direct_object(verb) or tree.recipient(verb)
    return tree.recipient(verb)
