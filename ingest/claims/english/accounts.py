"""Whether a sentence goes on with the account of another: an accuser's, a person's own, hearsay."""

from collections.abc import Sequence

from spacy.tokens import Token

from ingest.claims.english import reporting, tree
from ingest.claims.english.voices import Voice


def fits(pronoun: str, speaker: Voice) -> bool:
    """Whether a pronoun can stand for a voice: he for a person, they for several, it for a body."""
    words = reporting.lexicon()
    if pronoun in words["person_pronouns"]:
        return speaker.person and not speaker.plural
    if pronoun in words["group_pronouns"]:
        return speaker.plural
    return not speaker.person


def accuses(word: Token, speaker: Voice) -> bool:
    """Whether a voice accuses, by the verb it speaks with or by its office."""
    words = reporting.lexicon()
    role = speaker.role.lower().split()
    return word.lower_ in words["accusing_verbs"] or any(r in words["accuser_nouns"] for r in role)


def is_hearsay(token: Token) -> bool:
    """Whether the act is told without a voice: "is said to have hired", "reportedly"."""
    for word in (token, *tree.above(token)):
        if any(c.dep_ == "advmod" and c.lower_ in ("reportedly", "allegedly") for c in word.children):
            return True
        if word.i != token.i and word.lower_ in ("said", "alleged", "reported") and tree.is_passive(word):
            return True
    return False


def is_about(speaker: Voice, tokens: Sequence[Token]) -> bool:
    """Whether the sentence goes on about a person who has just told what was done to him or her."""
    if not speaker.person or speaker.plural:
        return False
    objects = ("pobj", "dobj", "dative", "obj", "iobj")
    return any(t.lower_ in ("him", "her", "me") and t.dep_ in objects for t in tokens)


def is_indirect(token: Token) -> bool:
    """Whether the sentence is somebody's indirect speech without its verb ("The city would itself go out …")."""
    root = ([token, *tree.above(token)])[-1]
    return any(c.lower_ == "would" and c.dep_ == "aux" for word in (token, root) for c in word.children)


def names_accused(tokens: Sequence[Token]) -> bool:
    """Whether the sentence speaks of "the accused", "two suspects"."""
    words = reporting.lexicon()["accused_nouns"]
    return any(t.lower_ in words and (tree.is_noun(t) or (t.i > 0 and t.nbor(-1).lower_ == "the")) for t in tokens)
