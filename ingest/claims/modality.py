"""The modality of the act of recruiting: denied, negated, alleged, planned, else asserted; tried in this order.

Everything is scoped to the trigger: the words above it in the tree that govern it, its own auxiliaries and negators.
A negated channel ("not through public calls") or target does not negate the act; two negations cancel. An accuser's
account stays alleged where it has no hedge of its own.
"""

import functools
import importlib.resources
import re
import tomllib
from collections.abc import Sequence

from spacy.tokens import Token

from graph.frame import Claimant
from ingest.claims import speech, tree
from ingest.claims.negation import negations, outcome_failed
from ingest.claims.triggers import Trigger
from ingest.language import Reading

_AUXILIARY = frozenset(("aux", "auxpass", "aux:pass"))
_CLAUSES = ("xcomp", "ccomp", "pcomp", "csubj", "acl", "advcl", "conj", "oprd", "attr", "appos")
_NOUNS = (
    "dobj",
    "obj",
    "pobj",
    "dative",
    "prep",
    "agent",
    "nsubj",
    "nsubjpass",
    "nsubj:pass",
    "compound",
    "poss",
    "amod",
)
_GOVERNED = frozenset((*_CLAUSES, *_NOUNS))
_IS_TO = re.compile(r"\b(?:is|are|was|were) to (?:be )?[a-z]+", re.IGNORECASE)
_INFINITIVE_BE = ("is", "are", "was", "were", "be")


@functools.cache
def lexicon() -> dict[str, frozenset[str]]:
    """Return the word lists of `lexicon/modality_en.toml`."""
    text = importlib.resources.files("ingest.lexicon").joinpath("modality_en.toml").read_text(encoding="utf-8")
    return {name: frozenset(value.split()) for name, value in tomllib.loads(text).items()}


def modality(reading: Reading, trigger: Trigger, claimants: tuple[Claimant, ...] = ()) -> str:
    """Return the modality code of the act at the trigger; "asserted" where there is no tree."""
    if trigger.token is None:
        return "asserted"
    token = speech.content(trigger.token)
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
    if _planned(token, chain, opens=trigger.sense == "open"):
        return "planned"
    return "asserted"


def _of_oneself(token: Token, chain: Sequence[Token], claimants: tuple[Claimant, ...]) -> bool:
    """Whether a voice says of itself that it does not recruit ("the firm insists that it does not hire abroad")."""
    verb = tree.clause_head(token)
    if not claimants or not any(c.dep_ == "neg" for word in (token, *chain[:2]) for c in word.children):
        return False
    doer = tree.subject(verb)
    if doer is None:
        return False
    return doer.lower_ in ("it", "they", "we", "i") or doer.text in claimants[0].slot.entity.name


def governors(token: Token) -> list[Token]:
    """Return the tokens that govern one, nearest first: up through complements, objects and purpose, not beyond.

    A relative clause stands for itself; a coordinated verb without a subject shares what governs the first.
    """
    found: list[Token] = []
    current = token
    while current.head.i != current.i and current.dep_ in _GOVERNED:
        if current.dep_ == "advcl" and not _is_infinitive(current):
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


def _is_infinitive(verb: Token) -> bool:
    return verb.tag_ in ("VB", "VBN") and any(c.lower_ == "to" for c in verb.children)


def _denial(token: Token, chain: Sequence[Token]) -> Token | None:
    """Return the word by which a party rejects the act, or None."""
    words = lexicon()
    for above in chain:
        if above.lower_ in words["denial_nouns"]:
            return above
        if above.lower_ not in words["denial_verbs"] or tree.negated(above):
            continue
        if above.lower_.startswith(("reject", "dismiss")):
            rejected = tree.patient(above)
            clause = any(c.dep_ == "ccomp" for c in above.children)
            if rejected is not None and not clause and rejected.lower_ not in speech.lexicon()["rejected_nouns"]:
                continue
        return above
    for predicate in (tree.clause_head(token), *chain[:2]):
        for child in predicate.children:
            if child.lower_ in words["untrue"] and child.i != token.i and not tree.negated(predicate):
                return child
    return None


def _alleged(token: Token, chain: Sequence[Token]) -> bool:
    words = lexicon()
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
        if word.lower_ in ("hear", "heard") and tree.is_verb(word):
            return True
    return False


def _accused(reading: Reading, trigger: Trigger, claimants: tuple[Claimant, ...]) -> bool:
    """Whether the claim is told by one who accuses: by office ("prosecutors"), or by an accusation in this text."""
    if not claimants:
        return False
    teller = claimants[0]
    words = speech.lexicon()
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
            accuses = token.lower_ in speech.lexicon()["accusing_verbs"]
            denies = token.lower_ in lexicon()["denial_verbs"]
            if not (accuses or denies) or not tree.is_verb(token) or not speech.is_reporting(token):
                continue
            party = tree.agent(token)
            if party is not None and party.pos_ == "PROPN":
                first, last = tree.phrase(party)
                (accusers if accuses else deniers).add(party.doc[first:last].text.casefold())
    return frozenset(accusers), frozenset(deniers)


def _planned(token: Token, chain: Sequence[Token], *, opens: bool) -> bool:
    words = lexicon()
    below = token
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
            if speech.is_reporting(word) and word.lower_ not in words["plan_verbs"]:
                break
        below = word
    return (opens or not _is_finite_past(token)) and _main_clause_is_future(token)


def _is_finite_past(token: Token) -> bool:
    """Whether the act itself is told as done or going on ("hired", "has hired", "is hiring")."""
    if not tree.is_verb(token):
        return False
    return token.tag_ in ("VBD", "VBZ", "VBP") or any(c.dep_ in _AUXILIARY and c.tag_ != "TO" for c in token.children)


def _main_clause_is_future(token: Token) -> bool:
    """Whether the clause in which a noun, an infinitive or an opening of something stands is future."""
    for word in (token, *tree.above(token)):
        if word.i != token.i and speech.is_reporting(word):
            break
        infinitives = [c for c in word.children if c.dep_ == "xcomp" and _is_infinitive(c)]
        if infinitives and (word.lower_ in _INFINITIVE_BE or word.lower_ in lexicon()["plan_verbs"]):
            return True
        if tree.is_verb(word) and _is_future(word):
            return True
        if word.dep_ in ("relcl", "acl:relcl", "advcl") and tree.is_verb(word):
            return False
    return _IS_TO.search(_segment_text(token)) is not None


def _segment_text(token: Token) -> str:
    """Return the words between the semicolons around a token, in its sentence."""
    before = token.doc[token.sent.start : token.i].text.rpartition(";")[2]
    return before + " " + str(token.doc[token.i : token.sent.end].text).partition(";")[0]


def _noun_is_planned(noun: Token) -> bool:
    """Whether a scheme or drive is said to be going to do something ("a fund that is to bring …")."""
    predicates = [c for c in noun.children if c.dep_ in ("relcl", "acl:relcl")]
    if noun.dep_ in ("nsubj", "nsubjpass", "nsubj:pass"):
        predicates.append(noun.head)
    for predicate in predicates:
        infinitives = [c for c in predicate.children if c.dep_ == "xcomp" and _is_infinitive(c)]
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
