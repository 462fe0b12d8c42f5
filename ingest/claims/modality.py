"""The modality of the act of recruiting: denied, negated, alleged, planned, else asserted; tried in this order.

Everything is scoped to the trigger: the words above it in the tree that govern it, its own auxiliaries and negators.
A negated channel ("not through public calls") or target does not negate the act; two negations cancel.
"""

import functools
import importlib.resources
import tomllib
from collections.abc import Sequence

from spacy.tokens import Token

from graph.frame import Claimant
from ingest.claims import speech, tree
from ingest.claims.triggers import Trigger
from ingest.language import Reading

_AUXILIARY = frozenset(("aux", "auxpass", "aux:pass"))
_GOVERNED = frozenset(
    ("xcomp", "ccomp", "pcomp", "dobj", "obj", "pobj", "acl", "prep", "nsubj", "nsubjpass", "nsubj:pass", "oprd", "attr",
     "agent", "advcl", "csubj", "compound", "poss", "conj", "relcl", "amod")
)  # fmt: skip
_CONTRAST = ("only", "just", "merely", "simply", "least", "even", "so")
_PREPOSITIONS = (
    "through",
    "via",
    "by",
    "in",
    "at",
    "for",
    "from",
    "with",
    "on",
    "under",
    "targeted",
    "aimed",
    "limited",
)


@functools.cache
def lexicon() -> dict[str, frozenset[str]]:
    """Return the word lists of `lexicon/modality_en.toml`."""
    text = importlib.resources.files("ingest.lexicon").joinpath("modality_en.toml").read_text(encoding="utf-8")
    lists: dict[str, frozenset[str]] = {}
    for name, value in tomllib.loads(text).items():
        items = value.strip().splitlines() if name == "in_vain" else value.split()
        lists[name] = frozenset(item.strip() for item in items)
    return lists


def modality(reading: Reading, trigger: Trigger, claimants: tuple[Claimant, ...] = ()) -> str:
    """Return the modality code of the act at the trigger; "asserted" where there is no tree."""
    token = trigger.token
    if token is None:
        return "asserted"
    chain = governors(token)
    denial = _denial(token, chain)
    if denial is not None:
        # "denied that it stopped hiring" says that hiring goes on
        return "asserted" if _negations(token, [t for t in chain if _below(t, denial)]) else "denied"
    if _negations(token, chain) % 2 or _in_vain(trigger):
        return "negated"
    if _alleged(token, chain):
        return "alleged"
    if _planned(token, chain):
        return "planned"
    return "asserted"


def governors(token: Token) -> list[Token]:
    """Return the tokens that govern one, nearest first: up through complements, objects and purpose, not beyond."""
    found: list[Token] = []
    current = token
    while current.head.i != current.i and current.dep_ in _GOVERNED:
        if current.dep_ == "advcl" and not _purpose(current):
            break
        if current.dep_ in ("relcl", "conj") and tree.is_verb(current):
            # the clause stands for itself, but shares the auxiliaries of the verb it is coordinated with
            if current.dep_ == "conj" and not _own_clause(current):
                current = tree.first_conjunct(current)
                continue
            break
        current = current.head
        found.append(current)
    return found


def _purpose(verb: Token) -> bool:
    """Whether an adverbial clause is an infinitive of purpose ("set up a fund to lure …")."""
    return verb.tag_ == "VB" and any(c.lower_ == "to" for c in verb.children)


def _own_clause(verb: Token) -> bool:
    return any(c.dep_ in ("nsubj", "nsubjpass", "nsubj:pass") for c in verb.children)


def _below(token: Token, above: Token) -> bool:
    return token.i != above.i and above.is_ancestor(token)


def _denial(token: Token, chain: Sequence[Token]) -> Token | None:
    words = lexicon()
    for above in chain:
        if above.lower_ in words["denial_nouns"]:
            return above
        if above.lower_ not in words["denial_verbs"] or tree.negated(above):
            continue
        if above.lower_.startswith(("reject", "dismiss")):
            direct = tree.patient(above)
            if direct is not None and direct.lower_ not in words["rejected_claims"] and not _clause_below(above):
                continue
        return above
    head = tree.clause_head(token)
    for child in head.children:
        if child.lower_ in words["untrue"] and not tree.negated(head):
            return child
    return None


def _clause_below(verb: Token) -> bool:
    return any(c.dep_ == "ccomp" for c in verb.children)


def _negations(token: Token, chain: Sequence[Token]) -> int:
    """Return how many negations scope over the act."""
    words = lexicon()
    count = 0
    for level, word in enumerate((token, *chain)):
        if _really_negated(word):
            count += 1
        if level and tree.is_verb(word) and word.lower_ in words["stop_verbs"] and not _speech_of_other(word):
            count += 1
        elif level and word.lower_ in words["stop_nouns"] and word.pos_ == "NOUN":
            count += 1
        if level and tree.is_verb(word) and speech.is_reporting(word):
            break
    if not token.pos_ == "VERB":
        head = tree.clause_head(token)
        modifiers = {c.lower_ for c in token.children if c.dep_ == "det"}
        if "no" in modifiers and head.i != token.i and not count:
            count += 1
    if any(c.dep_ in ("prep", "mark") and c.lower_ == "without" for c in (token.head,)) and token.dep_ == "pcomp":
        count += 1
    return count


def _speech_of_other(verb: Token) -> bool:
    return verb.lower_ in lexicon()["denial_verbs"]


def _really_negated(word: Token) -> bool:
    """Whether a negator denies the act itself: not a channel, not "not only", not "no fewer than"."""
    if not tree.negated(word):
        return False
    negators = [c for c in word.children if c.dep_ == "neg" or c.lower_ in ("not", "never", "no")]
    for negator in negators:
        after = negator.nbor().lower_ if negator.i + 1 < len(negator.doc) else ""
        if after in _CONTRAST or (after in _PREPOSITIONS and word.pos_ != "VERB"):
            return False
        if after in _PREPOSITIONS and negator.i > word.i:
            return False
        rest = word.doc[negator.i : word.right_edge.i + 1]
        if negator.lower_ in ("not", "n't", "n’t") and any(t.lower_ == "but" and t.i > negator.i for t in rest):
            return False
    return True


def _in_vain(trigger: Trigger) -> bool:
    text = trigger.sentence.text.casefold()
    return any(phrase in text for phrase in lexicon()["in_vain"])


def _alleged(token: Token, chain: Sequence[Token]) -> bool:
    words = lexicon()
    for word in (token, *chain):
        if any(c.lower_ in words["hearsay_adverbs"] and c.dep_ == "advmod" for c in word.children):
            return True
        if any(c.lower_ in words["wrong_adverbs"] for c in word.children) and tree.is_verb(word):
            return True
    for word in chain:
        if word.lower_ in words["accusing_words"]:
            return True
        if word.lower_ in words["hearsay_passives"] and tree.is_passive(word):
            return True
    return False


def _planned(token: Token, chain: Sequence[Token]) -> bool:
    words = lexicon()
    below = token
    for word in (token, *chain):
        if tree.is_verb(word) and _future(word):
            return True
        infinitive = below.i != word.i and below.dep_ in ("xcomp", "ccomp", "advcl") and below.tag_ == "VB"
        if infinitive and word.lower_ in words["plan_verbs"]:
            return True
        if below.i != word.i and word.lower_ in words["announce_verbs"] and below.dep_ in ("dobj", "obj", "nsubjpass"):
            return True
        if word.lower_ in words["plan_nouns"] and below.dep_ in ("acl", "prep", "relcl") and word.i != token.i:
            return True
        if word.i != token.i and speech.is_reporting(word) and word.lower_ not in words["plan_verbs"]:
            break
        below = word
    return False


def _future(verb: Token) -> bool:
    for child in verb.children:
        if child.dep_ in _AUXILIARY and child.lower_ in lexicon()["future_auxiliaries"]:
            return True
    # "is to bring", "are to be hired"
    infinitive = any(c.lower_ == "to" and c.dep_ in ("aux", "mark") for c in verb.children)
    return infinitive and verb.dep_ == "xcomp" and verb.head.lower_ in ("is", "are", "was", "were", "be")
