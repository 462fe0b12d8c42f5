"""What makes an act not happen: negators, words of stopping and refusal, a failed outcome.

“no engineers were hired”, “no longer recruits”        a negator on the act
“suspended the hiring of nurses”, “a hiring freeze”     a word of stopping above it
“she turned the offer down”, “without success”          the outcome failed
“not through public calls”, “not only”, “no fewer than” negate something else
"""

import functools
import importlib.resources
import tomllib
from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from ingest.claims.english import reporting, tree
from ingest.claims.english.triggers import Trigger

_NOUN_SUBJECT = ("nsubj", "nsubjpass", "nsubj:pass", "dobj", "obj")
_NOUNS_BETWEEN = 1  # between the act and a word of stopping ("suspended its programme of recruiting")
_REACH = 25  # tokens after "not" in which "but" turns it into a contrast


@functools.cache
def lexicon() -> dict[str, frozenset[str]]:
    """Return the word lists of `lexicon/negation_en.toml`; phrases are kept whole, one a line."""
    text = importlib.resources.files("ingest.lexicon").joinpath("negation_en.toml").read_text(encoding="utf-8")
    lists: dict[str, frozenset[str]] = {}
    for name, value in tomllib.loads(text).items():
        items = value.strip().splitlines() if name.endswith("_phrases") else value.split()
        lists[name] = frozenset(item.strip() for item in items)
    return lists


def negations(token: Token, chain: Sequence[Token]) -> int:
    """Return how many negations scope over the act at a token; `chain` is what governs it, nearest first."""
    words = lexicon()
    count = nouns = 0
    below = token
    for word in (token, *chain):
        above = word.i != token.i
        if (above and reporting.is_reporting(word)) or nouns > _NOUNS_BETWEEN:
            break
        stops = word.pos_ in ("VERB", "AUX", "ADJ") and word.lower_ in words["stop_verbs"] and _stops(word, below)
        freeze = word.pos_ in ("NOUN", "PROPN") and word.lower_ in words["stop_nouns"]
        denied = _is_negated(word) and not _only_described(word, below) and not _is_question(below)
        if denied or (above and (stops or freeze)) or _none_of(word):
            count += 1
        nouns += above and tree.is_noun(word)
        below = word
    if count == 0 and (
        _no_recruiting(token) or _without(token) or _described_as_stopped(token) or _says_a_stop_again(token)
    ):
        count = 1
    return count


def _none_of(noun: Token) -> bool:
    """Whether there is "no evidence", "no plan" that governs the act."""
    return noun.lower_ in lexicon()["evidence_nouns"] and any(
        c.dep_ == "det" and c.lower_ == "no" for c in noun.children
    )


def _is_question(clause: Token) -> bool:
    """Whether a clause is an open question ("it was not clear how many they hired"), which the negator leaves open."""
    first = clause.doc[clause.left_edge.i]
    return clause.dep_ in ("ccomp", "csubj", "advcl") and first.lower_ in ("how", "who", "why", "whether", "what", "if")


def _only_described(verb: Token, below: Token) -> bool:
    """Whether a negated verb says how the recruiting is, not whether it is ("the offer did not come up to the pay")."""
    noun = below.i != verb.i and tree.is_noun(below) and below.dep_ in ("nsubj", "nsubjpass", "nsubj:pass")
    return noun and verb.lower_ not in lexicon()["happening"]


def _stops(verb: Token, below: Token) -> bool:
    """Whether what hangs below a stopping verb is what is stopped, not its purpose or its time."""
    return below.dep_ not in ("advcl", "relcl") and not (
        below.dep_ == "prep" and below.lower_ in ("after", "before", "since")
    )


def _is_negated(word: Token) -> bool:
    """Whether a negator denies the word itself."""
    if any(c.lower_ == "longer" and any(n.lower_ == "no" for n in c.children) for c in word.children):
        return True
    if any(c.lower_ == "longer" and c.i > 0 and c.nbor(-1).lower_ == "no" for c in word.children):
        return True
    if not tree.negated(word) or _is_waived(word):
        return False
    return any(_denies(negator, word) for negator in _negators(word))


def _is_waived(verb: Token) -> bool:
    """Whether something that others must have or pay is waived: "do not **need a work permit**"."""
    waived = lexicon()["costs"] | lexicon()["papers"]
    return verb.lower_ in lexicon()["needing"] and any(
        c.dep_ in ("dobj", "obj") and c.lower_ in waived for c in verb.children
    )


def _negators(word: Token) -> Iterator[Token]:
    for child in word.children:
        if child.dep_ == "neg" or child.lower_ in ("not", "never", "n't", "n’t", "nobody", "none", "neither"):
            yield child
        if child.dep_ in _NOUN_SUBJECT:
            if child.lower_ in ("nobody", "none", "nothing"):
                yield child
            # "no sign that" is counted where the sign governs the act; "pays no tax" is a term of the offer
            if child.lower_ not in lexicon()["evidence_nouns"] | lexicon()["costs"]:
                yield from (c for c in child.children if c.dep_ in ("det", "preconj") and c.lower_ in ("no", "neither"))


def _denies(negator: Token, word: Token) -> bool:
    """Whether a negator reaches the act, not a number, a channel, a target or one side of a contrast."""
    words = lexicon()
    after = negator.nbor().lower_ if negator.i + 1 < len(negator.doc) else ""
    if negator.lower_ in ("no", "neither"):
        return after not in words["counting"] and after not in words["figures_of_speech"]
    if after in words["contrast"] or after in words["prepositions"] or after in words["targeting"]:
        return False
    rest = negator.doc[negator.i + 1 : min(negator.sent.end, negator.i + _REACH)]
    return negator.lower_ == "never" or not any(t.lower_ == "but" and t.i > word.i for t in rest)


def _no_recruiting(token: Token) -> bool:
    """Whether a noun of recruiting has "no" before it ("no recruitment took place")."""
    return token.pos_ in ("NOUN", "PROPN") and any(c.dep_ == "det" and c.lower_ == "no" for c in token.children)


def _without(token: Token) -> bool:
    return token.dep_ == "pcomp" and token.head.lower_ in ("without", "instead")


def _described_as_stopped(token: Token) -> bool:
    """Whether the act describes something that is stopped ("missions on which nurses were hired are suspended")."""
    noun = next((t.head for t in (token, *tree.above(token)) if t.dep_ in ("relcl", "acl:relcl")), None)
    while noun is not None and noun.dep_ == "appos":
        noun = noun.head
    if noun is None or noun.dep_ not in ("nsubj", "nsubjpass", "nsubj:pass"):
        return False
    return noun.head.lower_ in lexicon()["stop_verbs"]


def _says_a_stop_again(token: Token) -> bool:
    """Whether the act says in other words what was stopped before it ("stop recruitment, that is, hiring people")."""
    again = any(
        c.lower_ == "namely" or (c.lower_ == "is" and c.i and c.nbor(-1).lower_ == "that") for c in token.children
    )
    return again and any(w.i < token.i and w.lower_ in lexicon()["stop_verbs"] for w in token.head.subtree)


def outcome_failed(trigger: Trigger) -> bool:
    """Whether the sentence says that the act came to nothing: refused by those sought, or in vain."""
    words = lexicon()
    text = trigger.sentence.text.casefold()
    if any(phrase in text for phrase in words["failure_phrases"]):
        return True
    token = trigger.token
    if token is None:
        return False
    head = tree.clause_head(token)
    refused = token.lower_ in words["refused_things"] and token.dep_ in ("dobj", "obj", "nsubjpass", "nsubj:pass")
    turned = not head.lower_.startswith("turn") or any(c.lower_ == "down" for c in head.children)
    return refused and turned and head.lower_ in words["refusal_verbs"] and not tree.negated(head)
