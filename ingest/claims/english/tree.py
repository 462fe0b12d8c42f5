"""A label-neutral view of the parse: the same questions to spaCy's own labels and to Universal Dependencies.

Everything takes and returns spaCy tokens of one parsed paragraph. Compare tokens by `.i`; a paragraph's `start` plus
`token.idx` is the position in the document.
"""

from collections.abc import Iterator

from spacy.tokens import Token

_SUBJECT = frozenset(("nsubj", "csubj"))
_PASSIVE_SUBJECT = frozenset(("nsubjpass", "csubjpass", "nsubj:pass", "csubj:pass"))
_OBJECT = frozenset(("dobj", "obj"))
_RECIPIENT = frozenset(("dative", "iobj"))
_OBLIQUE = frozenset(("obl", "obl:agent", "obl:tmod", "obl:unmarked", "nmod", "nmod:of", "nmod:poss"))
_RELATIVE = frozenset(("relcl", "acl:relcl"))
_PARTICIPLE = frozenset(("acl",))
_NOUN = frozenset(("NOUN", "PROPN", "PRON", "NUM"))
_CLAUSE = frozenset(("ROOT", "root", "ccomp", "advcl", "relcl", "acl", "acl:relcl", "parataxis", "pcomp", "csubj"))
_NEGATOR = frozenset(("not", "n't", "n’t", "never", "no", "neither", "nor", "nobody", "none", "without"))
_CONTROL = frozenset(("xcomp", "advcl", "pcomp"))


def is_verb(token: Token) -> bool:
    """Whether the token is a verb or auxiliary used as a predicate."""
    return token.pos_ in ("VERB", "AUX")


def is_noun(token: Token) -> bool:
    """Whether the token can head a noun phrase."""
    return token.pos_ in _NOUN


def is_passive(verb: Token) -> bool:
    """Whether the verb is passive: "was hired", or a bare participle after a noun ("engineers hired by X")."""
    if any(child.dep_ in ("auxpass", "aux:pass") or child.dep_ in _PASSIVE_SUBJECT for child in verb.children):
        return True
    return verb.tag_ == "VBN" and verb.dep_ in _PARTICIPLE and not any(c.dep_ in _SUBJECT for c in verb.children)


def conjuncts(token: Token) -> tuple[Token, ...]:
    """Return the token and the tokens coordinated below it ("Zhejiang and Shenzhen"), in the order of the text."""
    found = [token]
    for child in token.children:
        if child.dep_ == "conj":
            found += conjuncts(child)
    return tuple(sorted(found, key=lambda t: t.i))


def first_conjunct(token: Token) -> Token:
    """Return the head of the coordination that the token stands in; the token itself where it stands in none."""
    while token.dep_ == "conj" and token.head.i != token.i:
        token = token.head
    return token


def _own_subject(verb: Token) -> Token | None:
    found = [child for child in verb.children if child.dep_ in _SUBJECT or child.dep_ in _PASSIVE_SUBJECT]
    if not found:
        return None
    near = [child for child in found if child.i < verb.i]  # of two, the parser mistook the farther one
    child = near[-1] if near else found[0]
    return antecedent(child) or child


def antecedent(pronoun: Token) -> Token | None:
    """Return the noun that a relative pronoun ("who", "which", "that") stands for, or None."""
    if pronoun.lower_ not in ("who", "which", "that", "whom"):
        return None
    head = pronoun
    while head.head.i != head.i:
        if head.dep_ in _RELATIVE:
            return head.head
        head = head.head
    return None


def subject(verb: Token) -> Token | None:
    """Return the grammatical subject, also where it is shared: coordination, "plans to hire", "X, seeking to hire".

    Of a participle after a noun ("engineers hired by X", "a firm hiring engineers") it is that noun.
    """
    seen = verb
    for _ in range(12):
        found = _own_subject(seen)
        if found is not None:
            return found
        if seen.dep_ in _PARTICIPLE or seen.dep_ in _RELATIVE:
            return seen.head
        if seen.dep_ in _CONTROL:
            # "asked her to join", "allows firms to hire": the object of the verb above does it
            above = seen.head
            if seen.dep_ == "xcomp" and is_verb(above):
                controlled = _child(above, _OBJECT)
                if controlled is not None:
                    return controlled
        if seen.head.i == seen.i or seen.dep_ not in (*_CONTROL, "conj", "prep", "dep", "aux", "ccomp", "attr"):
            return None
        if seen.dep_ == "ccomp" and any(c.dep_ == "mark" for c in seen.children):
            return None
        seen = seen.head
        if is_noun(seen) and not is_verb(seen):
            return None
    return None


def _child(token: Token, labels: frozenset[str]) -> Token | None:
    return next((child for child in token.children if child.dep_ in labels), None)


def direct_object(verb: Token) -> Token | None:
    """Return the direct object: of a relative clause without one ("engineers whom X hired") the noun it describes."""
    found = _child(verb, _OBJECT)
    if found is not None:
        return antecedent(found) or found
    if verb.dep_ in _RELATIVE and not is_passive(verb):
        own = next((c for c in verb.children if c.dep_ in _SUBJECT), None)
        if own is not None and own.lower_ not in ("who", "which", "that"):
            return verb.head
    return None


def recipient(verb: Token) -> Token | None:
    """Return the indirect object ("offered **him** a flat", "offered a flat to **him**"), or None."""
    found = _child(verb, _RECIPIENT)
    if found is None:
        return next((noun for preposition, noun in obliques(verb) if preposition == "to" and is_noun(noun)), None)
    if found.pos_ in ("ADP", "PART"):
        return next(iter(found.children), None)
    return found


def obliques(token: Token) -> tuple[tuple[str, Token], ...]:
    """Return (preposition in lower case, its noun) for everything that hangs on the token by a preposition.

    The noun of "by hiring …" is the verb form. Coordinated prepositions count ("from Spain and from Italy").
    """
    return tuple(_obliques(token))


def _obliques(token: Token) -> Iterator[tuple[str, Token]]:
    for child in token.children:
        if child.dep_ in ("prep", "agent", "dative") and child.pos_ in ("ADP", "SCONJ", "VERB", "ADV", "PART"):
            yield from _under_preposition(child)
        elif child.dep_ in _OBLIQUE:
            case = next((c for c in child.children if c.dep_ == "case"), None)
            if case is not None:
                yield case.lower_, child


def _under_preposition(preposition: Token) -> Iterator[tuple[str, Token]]:
    for child in preposition.children:
        if child.dep_ in ("pobj", "pcomp", "obj"):
            yield preposition.lower_, child
        elif child.dep_ in ("prep", "conj") and child.pos_ in ("ADP", "SCONJ"):
            for name, noun in _under_preposition(child):
                yield (name if child.dep_ == "conj" else f"{preposition.lower_} {name}"), noun


def governor(noun: Token) -> str | None:
    """Return the preposition right above a noun, in lower case, or None."""
    case = next((child for child in noun.children if child.dep_ == "case"), None)
    if case is not None:
        return case.lower_
    return noun.head.lower_ if noun.dep_ in ("pobj", "obj") and noun.head.pos_ in ("ADP", "SCONJ", "PART") else None


def agent(verb: Token) -> Token | None:
    """Return who does it: the subject of an active verb, the noun after "by" of a passive one."""
    if is_passive(verb):
        return next((noun for preposition, noun in obliques(verb) if preposition == "by"), None)
    return subject(verb)


def patient(verb: Token) -> Token | None:
    """Return whom or what it is done to: the object of an active verb, the subject of a passive one."""
    return subject(verb) if is_passive(verb) else direct_object(verb)


def negated(token: Token) -> bool:
    """Whether a negator hangs on the token, its auxiliaries, or stands as determiner of its subject or object."""
    for child in token.children:
        if child.dep_ == "neg" or (
            child.lower_ in _NEGATOR and child.dep_ in ("advmod", "det", "preconj", "cc:preconj")
        ):
            return True
        nominal = child.dep_ in _SUBJECT or child.dep_ in _PASSIVE_SUBJECT or child.dep_ in _OBJECT
        if nominal and (
            child.lower_ in ("nobody", "none", "nothing", "no-one")
            or any(c.dep_ in ("det", "preconj") and c.lower_ in ("no", "neither") for c in child.children)
        ):
            return True
    return False


def clause_head(token: Token) -> Token:
    """Return the predicate of the clause that the token stands in: the nearest verb above it, or the root."""
    while token.head.i != token.i and not is_verb(token):
        token = token.head
    return token


def above(token: Token) -> Iterator[Token]:
    """Yield the tokens above one, nearest first, up to the root."""
    while token.head.i != token.i:
        token = token.head
        yield token


def complement_of(token: Token) -> Token | None:
    """Return the nearest verb whose complement clause the token stands in ("**said** it would hire"), or None.

    Adverbial and relative clauses are walked through only upward; the caller asks again for longer chains.
    """
    current = token
    for _ in range(40):
        head = current.head
        if head.i == current.i:
            return None
        if current.dep_ in ("ccomp", "xcomp", "parataxis") and is_verb(head):
            return head
        current = head
    return None


def modifiers(noun: Token) -> tuple[Token, ...]:
    """Return adjectives, compounds and possessors before a noun, in the order of the text ("Spanish", "AI")."""
    kinds = ("amod", "compound", "nmod", "poss", "nmod:poss", "nummod", "flat")
    found = [c for c in noun.children if c.dep_ in kinds and c.i < noun.i]
    for child in list(found):
        found += modifiers(child)
    return tuple(sorted(found, key=lambda t: t.i))


def phrase(noun: Token) -> tuple[int, int]:
    """Return (first, last + 1) token index of the noun phrase with its prepositional parts, without clauses."""
    first = last = noun.i
    for child in noun.children:
        if child.dep_ in _RELATIVE or child.dep_ in ("acl", "conj", "cc", "punct", "appos", "advcl", "ccomp", "dep"):
            continue
        start, end = phrase(child)
        first, last = min(first, start), max(last, end - 1)
    return first, last + 1


def subtree_indices(token: Token) -> range:
    """Return the token indices from the leftmost to the rightmost descendant."""
    return range(token.left_edge.i, token.right_edge.i + 1)
