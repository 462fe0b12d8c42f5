"""The modality of the act of recruiting: denied, negated, alleged, planned, else asserted; tried in this order.

Everything is scoped to the trigger: the words above it in the tree that govern it, its own auxiliaries and negators.
A negated channel ("not through public calls") or target does not negate the act; two negations cancel. An accuser's
account stays alleged where it has no hedge of its own.
"""

import functools
import importlib.resources
import tomllib
from collections.abc import Sequence

from spacy.tokens import Token

from graph.frame import Claimant
from ingest.claims.english import reporting, tree
from ingest.claims.english.negation import negations, outcome_failed
from ingest.claims.english.planning import is_infinitive, is_planned
from ingest.claims.english.triggers import Trigger
from ingest.language import Reading

_AUXILIARY = frozenset(("aux", "auxpass", "aux:pass"))
_CLAUSES = ("xcomp", "ccomp", "pcomp", "csubj", "acl", "advcl", "conj", "oprd", "attr", "appos")
_OBJECTS = ("dobj", "obj", "pobj", "dative", "prep", "agent", "compound", "poss", "amod")
_SUBJECTS = ("nsubj", "nsubjpass", "nsubj:pass")
_GOVERNED = frozenset((*_CLAUSES, *_OBJECTS, *_SUBJECTS))


@functools.cache
def lexicon() -> dict[str, frozenset[str]]:
    """Return the word lists of `lexicon/modality_en.toml`."""
    text = importlib.resources.files("ingest.lexicon").joinpath("modality_en.toml").read_text(encoding="utf-8")
    return {name: frozenset(value.split()) for name, value in tomllib.loads(text).items()}


def modality(reading: Reading, trigger: Trigger, claimants: tuple[Claimant, ...] = ()) -> str:
    """Return the modality code of the act at the trigger; "asserted" where there is no tree."""
    if trigger.token is None:
        return "asserted"
    token = reporting.content(trigger.token)
    chain = governors(token)
    denial = _denial(token, chain)
    if denial is not None:
        # "denied that it stopped hiring" says that hiring goes on
        below = [t for t in chain if denial.is_ancestor(t)]
        return "asserted" if negations(token, below) else "denied"
    if negations(token, chain) % 2 or outcome_failed(trigger):
        return "denied" if _of_oneself(token, chain, claimants) else "negated"
    if _alleged(token, chain) or _accused(reading, trigger, claimants):
        return "alleged"
    if is_planned(token, chain, trigger):
        return "planned"
    return "asserted"


def _of_oneself(token: Token, chain: Sequence[Token], claimants: tuple[Claimant, ...]) -> bool:
    """Whether a body says, of itself or of its side, that it does not recruit ("the firm insists that it never hires").

    A stop or a failure that it reports is no denial.
    """
    if not claimants or not any(_is_plainly_negated(word) for word in (token, *chain[:2])):
        return False
    teller = claimants[0]
    if teller.slot.entity.label in ("Company", "Organisation", "Region"):
        return True
    doer = tree.subject(tree.clause_head(token))
    if doer is not None and doer.lower_ in ("it", "they", "we", "i"):
        return True
    return any(word in lexicon()["official_nouns"] for word in teller.role.lower().split())


def _is_plainly_negated(word: Token) -> bool:
    if any(c.dep_ == "neg" for c in word.children):
        return True
    return any(n.lower_ == "no" and n.dep_ == "det" for child in word.children for n in child.children)


def governors(token: Token) -> list[Token]:
    """Return the tokens that govern one, nearest first: up through complements, objects and purpose, not beyond.

    A relative clause stands for itself; a coordinated verb without a subject shares what governs the first.
    """
    found: list[Token] = []
    current = token
    while current.head.i != current.i and (current.dep_ in _GOVERNED or _is_reported(current)):
        if current.dep_ == "advcl" and not is_infinitive(current):
            break
        if current.dep_ == "conj" and tree.is_verb(current):
            if any(c.dep_ in ("nsubj", "nsubjpass", "nsubj:pass") for c in current.children):
                break
            current = tree.first_conjunct(current)
        else:
            current = current.head
        if any(t.text == ";" for t in token.doc[min(token.i, current.i) : max(token.i, current.i)]):
            break
        found.append(current)
    return found


def _is_reported(verb: Token) -> bool:
    """Whether what looks like a relative clause is what a noun reports: "denied **a report that it had hired**"."""
    return verb.dep_ in ("relcl", "acl:relcl") and verb.head.lower_ in reporting.lexicon()["rejected_nouns"]


def _denial(token: Token, chain: Sequence[Token]) -> Token | None:
    """Return the word by which a party rejects the act, or None."""
    words = lexicon()
    if token.lower_ in words["denial_verbs"] and reporting.is_reporting(token) and not tree.negated(token):
        return token
    for above in chain:
        if above.lower_ in words["denial_nouns"]:
            return above
        before = above.nbor(-1).lower_ if above.i else ""
        if above.lower_ not in words["denial_verbs"] or tree.negated(above) or before == "nor":
            continue
        if above.lower_.startswith(("reject", "dismiss", "wave", "brush")):
            rejected = tree.patient(above)
            clause = any(c.dep_ == "ccomp" for c in above.children)
            if rejected is not None and not clause and rejected.lower_ not in reporting.lexicon()["rejected_nouns"]:
                continue
        return above
    for predicate in (tree.clause_head(token), *chain[:2]):
        for child in predicate.children:
            false = words["true"] if tree.negated(predicate) else words["untrue"]
            if child.lower_ in false and child.i != token.i:
                return child
    return None


def _alleged(token: Token, chain: Sequence[Token]) -> bool:
    words = lexicon()
    if any(c.lower_ in ("may", "might", "could", "must") for c in token.children) and any(
        c.lower_ == "have" and c.dep_ in _AUXILIARY for c in token.children
    ):
        return True  # "may have hired"
    below = token
    for word in chain:
        if word.lower_ in words["seeming_verbs"] and below.dep_ == "xcomp":
            return True
        below = word
    for word in (token, *chain):
        adverbs = {c.lower_ for c in word.children if c.dep_ == "advmod"}
        if adverbs & words["hearsay_adverbs"] or (adverbs & words["wrong_adverbs"] and tree.is_verb(word)):
            return True
    charged = any(t.dep_ == "pcomp" and t.head.lower_ == "of" for t in (token, *chain))
    if charged and any(t.lower_ in words["accusing_words"] for t in token.sent if t.i < token.i):
        return True
    for word in chain:
        if word.lower_ in words["accusing_words"]:
            return True
        if word.lower_ in words["hearsay_passives"] and tree.is_passive(word):
            return True
        if tree.is_verb(word) and (word.lower_ in ("hear", "heard") or _is_rumour(tree.subject(word))):
            return True
    return False


def _is_rumour(subject: Token | None) -> bool:
    return subject is not None and subject.lower_ in lexicon()["hearsay_voices"]


def _accused(reading: Reading, trigger: Trigger, claimants: tuple[Claimant, ...]) -> bool:
    """Whether the claim is told by one who accuses: by office ("prosecutors"), or by an accusation in this text."""
    if not claimants:
        return False
    teller = claimants[0]
    words = reporting.lexicon()
    if any(word in words["accuser_nouns"] for word in teller.role.lower().split()):
        return True
    name = teller.slot.entity.name.casefold()
    if any(word in words["accuser_nouns"] for word in name.split()):
        return True
    if teller.slot.entity.label not in ("Company", "Organisation", "Region") or name == _subject_text(trigger):
        return False
    accusers, deniers = _parties(reading)
    return name in accusers or bool(deniers - {name})


def _subject_text(trigger: Trigger) -> str:
    doer = tree.agent(trigger.token) if trigger.token is not None and not trigger.nominal else None
    if doer is None:
        return ""
    first, last = tree.phrase(doer)
    return str(doer.doc[first:last].text).casefold()


@functools.lru_cache(maxsize=2)
def _parties(reading: Reading) -> tuple[frozenset[str], frozenset[str]]:
    """Return the names, case folded, that accuse somewhere in the text ("X accuses", "X sued"), and those that deny."""
    accusers: set[str] = set()
    deniers: set[str] = set()
    for paragraph in reading.paragraphs:
        for token in paragraph.doc or ():
            accuses = token.lower_ in reporting.lexicon()["accusing_verbs"]
            denies = token.lower_ in lexicon()["denial_verbs"]
            if not tree.is_verb(token) or not (accuses or (denies and reporting.is_reporting(token))):
                continue
            party = tree.agent(token)
            if party is not None and party.pos_ == "PROPN":
                first, last = tree.phrase(party)
                (accusers if accuses else deniers).add(party.doc[first:last].text.casefold())
    return frozenset(accusers), frozenset(deniers)
